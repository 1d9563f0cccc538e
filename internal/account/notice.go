package account

// IndexError is every error of the list of accounts and its file. The system's
// error, if there is one, is wrapped.
type IndexError struct {
	Kind IndexKind
	// Path is the file or folder, "" if the error has none.
	Path  string
	cause error
}

// ErrNotFound is the *[IndexError] for an ID that no account has, and for a
// marketplace that doesn't exist.
var ErrNotFound error = &IndexError{Kind: indexNotFound}

// IndexKind says what is wrong with the list. Its value is a stable identifier
// and the key of its message.
type IndexKind string

// What can be wrong with the list.
const (
	// indexNewer: a newer SellerKey wrote it; this one leaves it alone.
	indexNewer IndexKind = "newer_version"
	// indexBusy: another SellerKey holds the lock and doesn't let go.
	indexBusy IndexKind = "busy"
	// indexRefused: the folder may not be read or written.
	indexRefused IndexKind = "refused"
	// indexFull: the disk is full.
	indexFull     IndexKind = "full"
	indexNotFound IndexKind = "no_such_account"
	// indexFailed: another failure of the file system.
	indexFailed IndexKind = "failed"
)

// Error is for logs.
func (e *IndexError) Error() string { return "account: index: " + string(e.Kind) }

// Unwrap returns the system's error.
func (e *IndexError) Unwrap() error { return e.cause }

// Notice says that part of the index was unreadable, so it was set aside and rebuilt
// from the rest.
type Notice struct {
	// SetAside is the file that keeps the former content, "" when there was none.
	SetAside string
	// Recovered and Lost count accounts. Lost counts those that left a trace.
	Recovered, Lost int
	FromBackup      bool
}
