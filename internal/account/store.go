package account

import (
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/internal/vault"
)

const (
	indexName = "accounts.json"
	// backupName is a copy of the index. It is written after the index, and read only
	// if that is damaged or gone.
	backupName = indexName + ".bak"
	lockName   = "accounts.lock"
	// replaceLock is locked while a refresh token is compared and replaced.
	replaceLock = "tokens.lock"
	// damagedMark is in the name of an index that was set aside.
	damagedMark = ".damaged-"
)

// Store is the accounts and their secrets. It is safe for concurrent use, and
// several processes may have the same folder open: every change reads what is
// on the disk, under a lock, before it writes.
type Store struct {
	dir string
	now func() time.Time

	// writing lets one change run at a time.
	writing sync.Mutex
	// replacing is held while a refresh token is compared and replaced.
	replacing chan struct{}
	// moving is held for reading by every call to the vault, and for writing
	// while the secrets move to another one.
	moving sync.RWMutex

	mu sync.Mutex
	// vault is nil while it is locked.
	vault vault.Vault
	// list is sorted, and replaced rather than changed.
	list []Account
	at   map[string]int
	// sum is that of the file that list was read from.
	sum     [sha256.Size]byte
	notices []Notice
}

// Open reads the index of accounts in dir, which it makes when it is missing.
// With dir "" nothing is written and everything is forgotten at exit. A nil
// vault is a locked one, see [Store.SetVault]; Open does not touch the vault. now
// may be nil.
//
// A damaged index is not an error: it is set aside, what can be recovered is, and
// [Store.Notices] tells. Errors are *[IndexError]s. A list that a newer
// SellerKey wrote is one, and stays unchanged.
func Open(dir string, v vault.Vault, now func() time.Time) (*Store, error) {
	if now == nil {
		now = time.Now
	}
	s := &Store{dir: dir, vault: v, now: now, at: map[string]int{}, replacing: make(chan struct{}, 1)}
	if dir == "" {
		return s, nil
	}
	if full, err := filepath.Abs(dir); err == nil {
		s.dir = full
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, s.fail(err)
	}
	if _, err := s.Reload(); err != nil {
		return nil, err
	}
	return s, nil
}

// Notices returns what was repaired while opening and reloading, each repair once.
func (s *Store) Notices() []Notice {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.notices
	s.notices = nil
	return n
}

// List returns the accounts, sorted by title. The slice is the store's: clone it to
// change it. A change of the store makes another one.
func (s *Store) List() []Account {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.list
}

// Find returns the account of an ID.
func (s *Store) Find(id string) (Account, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, ok := s.at[id]
	if !ok {
		return Account{}, false
	}
	return s.list[i], true
}

// Search returns the accounts that hold every word of the query in their name,
// shop, stores, seller ID, application ID or client ID. Case and width of the
// letters do not matter. An empty query gives [Store.List].
func (s *Store) Search(query string) []Account {
	words := strings.Fields(fold(query))
	if len(words) == 0 {
		return s.List()
	}
	return slices.DeleteFunc(slices.Clone(s.List()), func(a Account) bool {
		text := fold(strings.Join([]string{a.Name, a.Shop, a.Marketplace, a.Stores, a.SellerID, a.ApplicationID, a.ClientID, a.Provider}, "\n"))
		return slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
	})
}

// Update changes an account's record under the lock and returns it. change may be
// called with newer data than the caller saw, and must not call the store.
//
// The ID, and whose refresh token it is, can't be changed. Another marketplace or
// another Sandbox is a correction: the authorization is what it was, and everything
// in the vault stays. The name and the stores follow.
func (s *Store) Update(id string, change func(*Account)) (Account, error) {
	return s.change(context.Background(), id, change)
}

func (s *Store) change(ctx context.Context, id string, change func(*Account)) (Account, error) {
	return s.edit(ctx, id, func(a *Account, all []Account) error {
		before := *a
		change(a)
		a.ID = id
		*a = tidy(*a)
		same := *a
		same.Marketplace = before.Marketplace
		if err := before.differs(same); err != nil && before.HasRefreshToken {
			return err
		}
		return a.correct(before, all)
	})
}

// edit changes an account under the lock and returns it. do may look at the other
// accounts.
func (s *Store) edit(ctx context.Context, id string, do func(a *Account, all []Account) error) (Account, error) {
	var after Account
	err := s.update(ctx, func(list []Account) ([]Account, error) {
		i := slices.IndexFunc(list, func(a Account) bool { return a.ID == id })
		if i < 0 {
			return nil, ErrNotFound
		}
		before := list[i]
		if err := do(&list[i], list); err != nil {
			return nil, err
		}
		if after = list[i]; after == before {
			return nil, errUnchanged
		}
		return list, nil
	})
	return after, err
}

// Reload reads what another process may have written, and reports whether anything
// has changed. It's cheap if nothing has.
func (s *Store) Reload() (changed bool, err error) {
	if s.dir == "" {
		return false, nil
	}
	before := s.List()
	if ok, err := s.read(); ok || err != nil {
		return !slices.Equal(before, s.List()), err
	}
	// Repairing takes the lock; another process may have done it by then.
	s.writing.Lock()
	defer s.writing.Unlock()
	unlock, err := s.lock(context.Background())
	if err == nil {
		defer unlock()
		err = s.readOrRepair()
	}
	return !slices.Equal(before, s.List()), err
}

// Dir is the folder of the list, "" if nothing is written.
func (s *Store) Dir() string { return s.dir }

// CheckFolder reports whether the list of accounts in dir can be read and saved,
// and changes nothing there. A missing folder is made, as [Open] does. Errors are
// *[IndexError]s. A damaged list is no error, because [Open] repairs it.
func CheckFolder(dir string) error {
	s := &Store{dir: dir}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return s.fail(err)
	}
	for _, name := range []string{indexName, backupName} {
		data, err := disk.Read(s.path(name))
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return s.fail(err)
		case parseIndex(data).newer:
			return &IndexError{Kind: indexNewer, Path: s.path(name)}
		}
	}
	f, err := os.CreateTemp(dir, "check-*.tmp")
	if err != nil {
		return s.fail(err)
	}
	_, err = f.WriteString("SellerKey")
	if err = errors.Join(err, f.Close(), disk.Remove(f.Name())); err != nil {
		return s.fail(err)
	}
	return nil
}

// errUnchanged ends an update that has nothing to write.
var errUnchanged = errors.New("nothing to write")

// update runs a change of the list under the lock, on what is on the disk now,
// and writes the result. change gets a copy that it may alter.
func (s *Store) update(ctx context.Context, change func([]Account) ([]Account, error)) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if s.dir != "" {
		unlock, err := s.lock(ctx)
		if err != nil {
			return err
		}
		defer unlock()
		if err := s.readOrRepair(); err != nil {
			return err
		}
	}
	list, err := change(slices.Clone(s.List()))
	if errors.Is(err, errUnchanged) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.write(list)
}

// lock takes the lock against other processes.
func (s *Store) lock(ctx context.Context) (func(), error) {
	ctx, cancel := context.WithTimeout(ctx, disk.Patience)
	defer cancel()
	unlock, err := disk.Lock(ctx, s.path(lockName))
	if err != nil {
		return nil, s.fail(err)
	}
	return unlock, nil
}

// write puts the list on the disk and takes it over. The caller has the lock.
func (s *Store) write(list []Account) error {
	sortAccounts(list)
	if s.dir == "" {
		s.adopt(list, [sha256.Size]byte{})
		return nil
	}
	data, err := encodeIndex(list)
	if err == nil {
		err = disk.Write(s.path(indexName), data, 0o600)
	}
	if err != nil {
		return s.fail(err)
	}
	s.adopt(list, sha256.Sum256(data))
	// The index is safe; without a fresh backup it is only safe once.
	_ = disk.Write(s.path(backupName), data, 0o600)
	return nil
}

func (s *Store) adopt(list []Account, sum [sha256.Size]byte) {
	at := make(map[string]int, len(list))
	for i, a := range list {
		at[a.ID] = i
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list, s.at, s.sum = list, at, sum
}

// read takes over the index file if nothing in it has to be repaired.
func (s *Store) read() (ok bool, err error) {
	s.mu.Lock()
	known := s.sum
	s.mu.Unlock()
	data, err := disk.Read(s.path(indexName))
	if errors.Is(err, fs.ErrNotExist) {
		_, berr := os.Stat(s.path(backupName))
		// The program doesn't forget what it knows because files vanish while it
		// runs.
		return known != [sha256.Size]byte{} || errors.Is(berr, fs.ErrNotExist), nil
	}
	if err != nil {
		return false, s.fail(err)
	}
	sum := sha256.Sum256(data)
	if sum == known {
		return true, nil
	}
	x := parseIndex(data)
	switch {
	case x.newer:
		return false, &IndexError{Kind: indexNewer, Path: s.path(indexName)}
	case x.damaged:
		return false, nil
	}
	sortAccounts(x.accounts)
	s.adopt(x.accounts, sum)
	return true, nil
}

// readOrRepair is read. A damaged file is set aside and replaced by what can be
// recovered. The caller has the lock.
func (s *Store) readOrRepair() error {
	ok, err := s.read()
	if ok || err != nil {
		return err
	}
	data, err := disk.Read(s.path(indexName))
	there := err == nil
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return s.fail(err)
	}
	x := parseIndex(data)
	n := Notice{Lost: x.lost}
	list, err := s.fromBackup(x.accounts, &n)
	if err != nil {
		return err
	}
	n.Recovered = len(list)
	if there {
		aside := disk.AsideName(s.path(indexName), damagedMark, s.now())
		if n.SetAside, err = disk.CreateNumbered(aside, "-", "", data, 0o600); err != nil {
			return s.fail(err)
		}
	}
	if err := s.write(list); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notices = append(s.notices, n)
	return nil
}

// fromBackup adds the accounts that only the backup knows.
func (s *Store) fromBackup(list []Account, n *Notice) ([]Account, error) {
	data, err := disk.Read(s.path(backupName))
	if err != nil {
		return list, nil
	}
	x := parseIndex(data)
	if x.newer {
		return nil, &IndexError{Kind: indexNewer, Path: s.path(backupName)}
	}
	have := map[string]bool{}
	for _, a := range list {
		have[a.ID] = true
	}
	for _, a := range x.accounts {
		if !have[a.ID] {
			list = append(list, a)
			n.FromBackup = true
			n.Lost = max(0, n.Lost-1)
		}
	}
	return list, nil
}

func (s *Store) path(name string) string { return filepath.Join(s.dir, name) }

// fail turns an error of the file system into ours.
func (s *Store) fail(err error) *IndexError {
	kind := indexFailed
	switch {
	case errors.Is(err, disk.ErrBusy):
		kind = indexBusy
	case disk.IsRefused(err):
		kind = indexRefused
	case disk.IsFull(err):
		kind = indexFull
	}
	return &IndexError{Kind: kind, Path: s.dir, cause: err}
}
