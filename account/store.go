package account

import (
	"context"
	"sync"
	"time"

	"github.com/sellerkey/sellerkey/lwa"
)

// IndexKind says what is the matter with the index file. Its value is a stable
// identifier and the key of its message.
type IndexKind string

// What can be the matter with the index.
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

// String returns the stable identifier.
func (k IndexKind) String() string { return string(k) }

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

// NoticeKind says what the person should be told although all went on.
type NoticeKind string

// What there is to tell.
const (
	// NoticeDamaged: the index was unreadable in part; it was set aside and
	// rebuilt from what could be read.
	NoticeDamaged NoticeKind = "index_damaged"
	// NoticeMigrated: the index of an older SellerKey was taken over.
	NoticeMigrated NoticeKind = "index_migrated"
)

// Notice is something to tell about the index.
type Notice struct {
	Kind NoticeKind
	// SetAside is the file that keeps the former content, "" when there was none.
	SetAside string
	// Recovered and Lost count accounts. Lost counts those that left a trace.
	Recovered, Lost int
	FromBackup      bool
}

// Store is the accounts and their secrets. It is safe for concurrent use, and
// several processes may have the same folder open.
type Store struct {
	dir   string
	vault Vault
	now   func() time.Time
	mu    sync.Mutex
}

// Open reads the index of accounts in dir, which it makes when it is missing.
// With dir "" nothing is ever written and all is forgotten at exit. The vault
// is not touched. now may be nil.
//
// A damaged index is no error: it is set aside, what can be recovered is, and
// [Store.Notices] tells. Errors are *[IndexError]s; of [IndexNewer] nothing was
// changed on the disk.
func Open(dir string, vault Vault, now func() time.Time) (*Store, error) {
	return &Store{dir: dir, vault: vault, now: now}, nil
}

// Notices returns what there is to tell about opening and reloading, once.
func (s *Store) Notices() []Notice { return nil }

// List returns the accounts, sorted by title.
func (s *Store) List() []Account { return nil }

// Find returns the account of an ID.
func (s *Store) Find(id string) (Account, bool) { return Account{}, false }

// Search returns the accounts that hold every word of the query in their name,
// marketplace, seller ID, application ID or client ID. An empty query gives all.
func (s *Store) Search(query string) []Account { return nil }

// Save stores an account: secrets first, read back, then the index.
//
// With an empty ID it is a new account, unless app, seller and region are those
// of one that is there: then that one is brought up to date. Empty texts, zero
// times and empty secrets leave what is there. The account as saved is
// returned. Errors are *[VaultError] or *[IndexError]; then the list is as
// before, and saving again is safe.
func (s *Store) Save(ctx context.Context, a Account, secrets Secrets) (Account, error) {
	return a, nil
}

// Secrets opens an account. It is the only reading that touches the vault. A
// secret that the account never had is empty; one that should be there and is
// not gives [VaultNotFound], with the other one filled in.
func (s *Store) Secrets(ctx context.Context, id string) (Secrets, error) { return Secrets{}, nil }

// SaveRefreshToken puts a new refresh token in the place of the old one.
func (s *Store) SaveRefreshToken(ctx context.Context, id string, token lwa.Secret) error { return nil }

// SaveClientSecret puts a new client secret in the place of the old one and
// keeps the refresh token: Amazon keeps it too. madeAt zero means unknown.
func (s *Store) SaveClientSecret(ctx context.Context, id string, secret lwa.Secret, madeAt time.Time) error {
	return nil
}

// Update changes an account's record under the lock. The ID cannot be changed.
func (s *Store) Update(id string, change func(*Account)) (Account, error) { return Account{}, nil }

// Rename gives an account a name; "" goes back to the suggested one.
func (s *Store) Rename(id, name string) error { return nil }

// Record writes down how renewals went, all in one writing. Accounts that are
// gone are passed over.
func (s *Store) Record(outcomes []Outcome) error { return nil }

// Forget removes every trace of an account, keychain first. When the keychain
// refuses, the account stays in the list and the error says why; trying again
// is safe.
func (s *Store) Forget(ctx context.Context, id string) error { return nil }

// Reload reads what another process may have written, and tells whether
// anything is different.
func (s *Store) Reload() (changed bool, err error) { return false, nil }
