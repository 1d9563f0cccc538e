package account

// IndexKind says what is wrong with the index file. Its value is a stable
// identifier and the key of its message.
type IndexKind string

// What can be wrong with the index.
const (
	// IndexNewer: a newer SellerKey wrote it; this one leaves it alone.
	IndexNewer IndexKind = "newer_version"
	// IndexBusy: another SellerKey holds the lock and does not let go.
	IndexBusy IndexKind = "busy"
	// IndexRefused: the folder may not be read or written.
	IndexRefused IndexKind = "refused"
	// IndexFull: the disk is full.
	IndexFull IndexKind = "full"
	// IndexNotFound: there is no account of that ID.
	IndexNotFound IndexKind = "no_such_account"
	// IndexFailed: another failure of the file system.
	IndexFailed IndexKind = "failed"
)

// IndexError is every error of the index.
type IndexError struct {
	Kind  IndexKind
	Path  string
	cause error
}

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
