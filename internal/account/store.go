package account

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/sellerkey/sellerkey/internal/disk"
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
// several processes may have the same folder open: every change reads what is
// on the disk, under a lock, before it writes.
type Store struct {
	dir    string
	vault  Vault
	now    func() time.Time
	format format

	// writing lets one change run at a time.
	writing sync.Mutex

	mu sync.Mutex
	// list is sorted, and replaced rather than changed.
	list []Account
	at   map[string]int
	// texts are what [Store.Search] looks through, nil until it does.
	texts []string
	// head is the first line of the file that list was read from; it is
	// different for every writing.
	head    string
	notices []Notice
}

const (
	indexName = "accounts.json"
	// backupName holds the same once more. It is written after the index, and
	// read only when the index is damaged or gone.
	backupName = indexName + ".bak"
	lockName   = "accounts.lock"
	headLimit  = 256
)

// Open reads the index of accounts in dir, which it makes when it is missing.
// With dir "" nothing is ever written and all is forgotten at exit. The vault
// is not touched. now may be nil.
//
// A damaged index is no error: it is set aside, what can be recovered is, and
// [Store.Notices] tells. Errors are *[IndexError]s; of [IndexNewer] nothing was
// changed on the disk.
func Open(dir string, vault Vault, now func() time.Time) (*Store, error) {
	return open(dir, vault, now, currentFormat())
}

func open(dir string, vault Vault, now func() time.Time, f format) (*Store, error) {
	if now == nil {
		now = time.Now
	}
	s := &Store{dir: dir, vault: vault, now: now, format: f}
	s.adopt(nil, "")
	if dir == "" {
		return s, nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, s.fail(err)
	}
	if _, err := s.Reload(); err != nil {
		return nil, err
	}
	return s, nil
}

// Notices returns what there is to tell about opening and reloading, once.
func (s *Store) Notices() []Notice {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.notices
	s.notices = nil
	return n
}

// List returns the accounts, sorted by title.
func (s *Store) List() []Account { return slices.Clone(s.accounts()) }

// Len is the number of accounts.
func (s *Store) Len() int { return len(s.accounts()) }

func (s *Store) accounts() []Account {
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
// marketplace, seller ID, application ID or client ID. Case and width of the
// letters do not matter. An empty query gives all.
func (s *Store) Search(query string) []Account {
	words := strings.Fields(fold(query))
	if len(words) == 0 {
		return s.List()
	}
	list, texts := s.searchable()
	// Thousands of accounts share a few apps.
	folded := map[string]string{}
	app := func(id string) string {
		text, ok := folded[id]
		if !ok {
			text = fold(id)
			folded[id] = text
		}
		return text
	}
	var found []int // an account is large, and may be found with thousands of others
	for i := range list {
		a := &list[i]
		missing := func(w string) bool {
			return !strings.Contains(texts[i], w) && !strings.Contains(app(a.ApplicationID), w) && !strings.Contains(app(a.ClientID), w)
		}
		if !slices.ContainsFunc(words, missing) {
			found = append(found, i)
		}
	}
	accounts := make([]Account, len(found))
	for n, i := range found {
		accounts[n] = list[i]
	}
	return accounts
}

// searchable is the list and, for each of its accounts, the text to look
// through but for the IDs of its app.
func (s *Store) searchable() ([]Account, []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.texts == nil {
		s.texts = make([]string, len(s.list))
		for i, a := range s.list {
			s.texts[i] = fold(a.Name + "\n" + a.Marketplace + "\n" + a.SellerID)
		}
	}
	return s.list, s.texts
}

// Save stores an account: secrets first, read back, then the index.
//
// With an empty ID it is a new account, unless app, seller and region are those
// of one that is there (or, without a seller ID, app and refresh token are):
// then that one is brought up to date. Empty texts, zero times and empty
// secrets leave what is there. The account as saved is returned. Errors are
// *[VaultError] or *[IndexError]; then the list is as before, and saving again
// is safe and overwrites what the first try left in the vault.
func (s *Store) Save(ctx context.Context, a Account, secrets Secrets) (Account, error) {
	if _, err := s.Reload(); err != nil {
		return Account{}, err
	}
	a.Marketplace = strings.ToUpper(strings.TrimSpace(a.Marketplace))
	if m, ok := lwa.FindMarketplace(a.Marketplace); ok {
		a.Marketplace = m.Code
	}
	var known bool
	if a.ID == "" {
		a.ID, known = s.same(ctx, a, secrets.RefreshToken)
	} else {
		_, known = s.Find(a.ID)
	}
	if !validID(a.ID) {
		return Account{}, &IndexError{Kind: IndexNotFound}
	}
	a.HasRefreshToken = !secrets.RefreshToken.IsEmpty()
	a.HasClientSecret = !secrets.ClientSecret.IsEmpty()
	// The refresh token first: it is the one that cannot be got again.
	if a.HasRefreshToken {
		if err := s.vault.Set(ctx, refreshKey(a.ID), secrets.RefreshToken); err != nil {
			return Account{}, err
		}
	}
	if a.HasClientSecret {
		if err := s.vault.Set(ctx, clientKey(a.ID), secrets.ClientSecret); err != nil {
			if !known && a.HasRefreshToken {
				s.drop(ctx, refreshKey(a.ID))
			}
			return Account{}, err
		}
	}
	var saved Account
	// From here on a cancel would only lose the way to what the vault holds.
	err := s.update(context.WithoutCancel(ctx), func(list []Account) ([]Account, error) {
		i := slices.IndexFunc(list, func(b Account) bool { return b.ID == a.ID })
		if i < 0 {
			list, i = append(list, Account{ID: a.ID, CreatedAt: s.now()}), len(list)
		}
		list[i] = tidy(merge(list[i], a))
		if list[i].Name == "" && list[i].SellerID == "" {
			// A refresh token does not say whose it is: two would look alike.
			if title := list[i].Title(); untaken(list, a.ID, title) != title {
				list[i].Name = untaken(list, a.ID, title)
			}
		}
		saved = list[i]
		return list, nil
	})
	return saved, err
}

// same finds the account that a is, or makes an ID for a new one.
func (s *Store) same(ctx context.Context, a Account, refresh lwa.Secret) (id string, known bool) {
	list := s.accounts()
	identity := a.identity()
	for _, b := range list {
		if identity != "" && b.identity() == identity {
			return b.ID, true
		}
		if identity == "" && b.SellerID == a.SellerID && b.ClientID == a.ClientID && b.Region() == a.Region() &&
			b.HasRefreshToken && !refresh.IsEmpty() {
			if old, err := s.vault.Get(ctx, refreshKey(b.ID)); err == nil && old.Equal(refresh) {
				return b.ID, true
			}
		}
	}
	id = a.newID()
	for n := 2; ; n++ {
		if _, taken := s.Find(id); !taken {
			return id, false
		}
		// The account that was made with this identity has another one by now.
		id = a.newID()[:20] + "-" + strconv.Itoa(n)
	}
}

// untaken is a title that no other account of the list has: the one that is
// wished for, or that with a number.
func untaken(list []Account, id, title string) string {
	wish := title
	for n := 2; slices.ContainsFunc(list, func(a Account) bool { return a.ID != id && a.Title() == title }); n++ {
		title = SuggestName(wish, strconv.Itoa(n))
	}
	return title
}

// NameStore names an account that has no name and no seller ID after the store
// that Amazon says is the seller's; an account that has either stays as it is.
// It returns the account as it is then.
func (s *Store) NameStore(id, store string) (Account, error) {
	store = strings.Join(strings.Fields(store), " ")
	var named Account
	err := s.update(context.Background(), func(list []Account) ([]Account, error) {
		i := slices.IndexFunc(list, func(a Account) bool { return a.ID == id })
		if i < 0 {
			return nil, &IndexError{Kind: IndexNotFound}
		}
		if store == "" || !list[i].unnamed() {
			named = list[i]
			return nil, errUnchanged
		}
		list[i].Name = untaken(list, id, SuggestName(list[i].Marketplace, store))
		named = list[i]
		return list, nil
	})
	return named, err
}

// merge brings old up to date with what is known in a.
func merge(old, a Account) Account {
	for _, f := range []struct{ to, from *string }{
		{&a.Name, &old.Name},
		{&a.Marketplace, &old.Marketplace},
		{&a.SellerID, &old.SellerID},
		{&a.ApplicationID, &old.ApplicationID},
		{&a.ClientID, &old.ClientID},
		{&a.RedirectURI, &old.RedirectURI},
		{&a.Layout, &old.Layout},
		{&a.SetupFile, &old.SetupFile},
	} {
		if *f.to == "" {
			*f.to = *f.from
		}
	}
	for _, f := range []struct{ to, from *time.Time }{
		{&a.CreatedAt, &old.CreatedAt},
		{&a.AuthorizedAt, &old.AuthorizedAt},
		{&a.SecretMadeAt, &old.SecretMadeAt},
		{&a.RenewedAt, &old.RenewedAt},
	} {
		if f.to.IsZero() {
			*f.to = *f.from
		}
	}
	a.HasClientSecret = a.HasClientSecret || old.HasClientSecret
	a.HasRefreshToken = a.HasRefreshToken || old.HasRefreshToken
	return a
}

// tidy makes times what a file can hold: whole seconds of the wall clock.
func tidy(a Account) Account {
	for _, t := range []*time.Time{&a.CreatedAt, &a.AuthorizedAt, &a.SecretMadeAt, &a.RenewedAt} {
		if !t.IsZero() {
			*t = t.UTC().Truncate(time.Second)
		}
	}
	return a
}

// drop deletes what a failed saving left in the vault. It is worth a try and
// no more: the next saving of the same account overwrites it.
func (s *Store) drop(ctx context.Context, key string) {
	go func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), disk.Patience)
		defer cancel()
		_ = s.vault.Delete(ctx, key)
	}()
}

// Keys are the names of all items that the vault should hold.
func (s *Store) Keys() []string {
	var keys []string
	for _, a := range s.accounts() {
		if a.HasRefreshToken {
			keys = append(keys, refreshKey(a.ID))
		}
		if a.HasClientSecret {
			keys = append(keys, clientKey(a.ID))
		}
	}
	return keys
}

// The names of an account's items in the vault.
func refreshKey(id string) string { return id + ".refresh_token" }
func clientKey(id string) string  { return id + ".client_secret" }

// Secrets opens an account. Beside [Store.Save] it is the only reading that
// touches the vault. A secret that the account never had is empty; one that
// should be there and is not gives [VaultNotFound], with the other one filled in.
func (s *Store) Secrets(ctx context.Context, id string) (Secrets, error) {
	a, ok := s.Find(id)
	if !ok {
		return Secrets{}, &IndexError{Kind: IndexNotFound}
	}
	var out Secrets
	var missing error
	for _, f := range []struct {
		key  string
		has  bool
		into *lwa.Secret
	}{
		{refreshKey(id), a.HasRefreshToken, &out.RefreshToken},
		{clientKey(id), a.HasClientSecret, &out.ClientSecret},
	} {
		if !f.has {
			continue
		}
		v, err := s.vault.Get(ctx, f.key)
		switch {
		case err == nil:
			*f.into = v
		case KindOfVault(err) == VaultNotFound:
			missing = err
		default:
			return out, err
		}
	}
	return out, missing
}

// SaveRefreshToken puts a new refresh token in the place of the old one. It is
// in the vault, read back, when the error is nil or an *[IndexError].
func (s *Store) SaveRefreshToken(ctx context.Context, id string, token lwa.Secret) error {
	return s.saveSecret(ctx, id, refreshKey(id), token, func(a *Account) { a.HasRefreshToken = true })
}

// SaveClientSecret puts a new client secret in the place of the old one and
// keeps the refresh token: Amazon keeps it too. madeAt zero means unknown.
func (s *Store) SaveClientSecret(ctx context.Context, id string, secret lwa.Secret, madeAt time.Time) error {
	return s.saveSecret(ctx, id, clientKey(id), secret, func(a *Account) {
		a.HasClientSecret, a.SecretMadeAt = true, madeAt
		if r := reasonOf(a.Problem); r == ReasonClient || r == ReasonSecretOverdue {
			a.Problem = "" // it was the old secret's
		}
	})
}

func (s *Store) saveSecret(ctx context.Context, id, key string, v lwa.Secret, note func(*Account)) error {
	a, ok := s.Find(id)
	if !ok {
		return &IndexError{Kind: IndexNotFound}
	}
	if v.IsEmpty() {
		return vaultErr("set", VaultRefused, nil)
	}
	if err := s.vault.Set(ctx, key, v); err != nil {
		return err
	}
	b := a
	if note(&b); b == a {
		return nil
	}
	_, err := s.change(context.WithoutCancel(ctx), id, note)
	var gone *IndexError
	if errors.As(err, &gone) && gone.Kind == IndexNotFound {
		s.drop(ctx, key) // forgotten meanwhile, perhaps in another window
	}
	return err
}

// Update changes an account's record under the lock and returns it. The ID
// cannot be changed. change may be called with newer data than the caller saw,
// and must not call the store.
func (s *Store) Update(id string, change func(*Account)) (Account, error) {
	return s.change(context.Background(), id, change)
}

func (s *Store) change(ctx context.Context, id string, change func(*Account)) (Account, error) {
	var changed Account
	err := s.update(ctx, func(list []Account) ([]Account, error) {
		i := slices.IndexFunc(list, func(a Account) bool { return a.ID == id })
		if i < 0 {
			return nil, &IndexError{Kind: IndexNotFound}
		}
		before := list[i]
		change(&list[i])
		list[i].ID = id
		list[i] = tidy(list[i])
		changed = list[i]
		if changed == before {
			return nil, errUnchanged
		}
		return list, nil
	})
	return changed, err
}

// Rename gives an account a name; "" goes back to the suggested one.
func (s *Store) Rename(id, name string) error {
	name = strings.Join(strings.Fields(name), " ")
	_, err := s.Update(id, func(a *Account) { a.Name = name })
	return err
}

// Record writes down how renewals went, all in one writing. Accounts that are
// gone are passed over. A passing trouble does not wipe out a lasting one.
func (s *Store) Record(outcomes []Outcome) error {
	latest := make(map[string]Outcome, len(outcomes))
	for _, o := range outcomes {
		latest[o.ID] = o
	}
	return s.update(context.Background(), func(list []Account) ([]Account, error) {
		changed := false
		for i, a := range list {
			o, ok := latest[a.ID]
			if !ok {
				continue
			}
			if o.Problem == "" {
				list[i].RenewedAt, list[i].Problem = o.At, ""
			} else if reasonOf(o.Problem) != "" || reasonOf(a.Problem) == "" {
				list[i].Problem = o.Problem
			}
			list[i] = tidy(list[i])
			changed = changed || list[i] != a
		}
		if !changed {
			return nil, errUnchanged
		}
		return list, nil
	})
}

// Forget removes every trace of an account, keychain first. When the keychain
// refuses, the account stays in the list and the error says why; trying again
// is safe. Files that were set aside as damaged are the person's to delete;
// they hold no secret.
func (s *Store) Forget(ctx context.Context, id string) error {
	a, ok := s.Find(id)
	if !ok {
		return &IndexError{Kind: IndexNotFound}
	}
	for _, key := range []string{refreshKey(id), clientKey(id)} {
		err := s.vault.Delete(ctx, key)
		if KindOfVault(err) == VaultMissing && !a.HasRefreshToken && !a.HasClientSecret {
			err = nil // never was in a keychain, and there is none
		}
		if err != nil {
			return err
		}
	}
	return s.update(context.WithoutCancel(ctx), func(list []Account) ([]Account, error) {
		return slices.DeleteFunc(list, func(a Account) bool { return a.ID == id }), nil
	})
}

// Reload reads what another process may have written, and tells whether
// anything is different. It is cheap when nothing is.
func (s *Store) Reload() (changed bool, err error) {
	if s.dir == "" {
		return false, nil
	}
	before := s.accounts()
	if ok, err := s.read(); ok || err != nil {
		return !slices.Equal(before, s.accounts()), err
	}
	// Something is to be repaired or migrated, which takes the lock; whoever
	// had it may have done it already.
	s.writing.Lock()
	defer s.writing.Unlock()
	unlock, err := s.lock(context.Background())
	if err == nil {
		defer unlock()
		err = s.readOrRepair()
	}
	return !slices.Equal(before, s.accounts()), err
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
	list, err := change(slices.Clone(s.accounts()))
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
		s.adopt(list, "")
		return nil
	}
	data, head, err := s.format.encode(list)
	if err == nil {
		err = disk.Write(s.path(indexName), data, 0o600)
	}
	if err != nil {
		return s.fail(err)
	}
	s.adopt(list, head)
	// The index is safe; without a fresh backup it is only safe once.
	_ = disk.Write(s.path(backupName), data, 0o600)
	return nil
}

func (s *Store) adopt(list []Account, head string) {
	at := make(map[string]int, len(list))
	for i, a := range list {
		at[a.ID] = i
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list, s.at, s.head, s.texts = list, at, head, nil
}

// read takes over the index file if it is whole and of this version. It is not
// ok when there is something to repair.
func (s *Store) read() (ok bool, err error) {
	s.mu.Lock()
	head := s.head
	s.mu.Unlock()
	if head != "" && head == s.headOnDisk() {
		return true, nil
	}
	data, err := os.ReadFile(s.path(indexName))
	if errors.Is(err, fs.ErrNotExist) {
		_, berr := os.Stat(s.path(backupName))
		// Files that vanish under a running program are no reason to forget
		// what it knows.
		return head != "" || errors.Is(berr, fs.ErrNotExist), nil
	}
	if err != nil {
		return false, s.fail(err)
	}
	x := s.format.parse(data)
	switch {
	case x.newer:
		return false, &IndexError{Kind: IndexNewer, Path: s.path(indexName)}
	case x.damaged || x.version != s.format.version:
		return false, nil
	}
	sortAccounts(x.accounts)
	s.adopt(x.accounts, headOf(data))
	return true, nil
}

// headOnDisk is the first line of the index file, "" when it cannot be told.
func (s *Store) headOnDisk() string {
	f, err := os.Open(s.path(indexName))
	if err != nil {
		return ""
	}
	defer f.Close()
	b := make([]byte, headLimit)
	n, _ := io.ReadFull(f, b)
	return headOf(b[:n])
}

func headOf(data []byte) string {
	line, _, ok := bytes.Cut(data[:min(len(data), headLimit)], []byte("\n"))
	if !ok {
		return ""
	}
	return string(line)
}

// readOrRepair is read, and, where that is not enough, sets the file aside and
// writes a new one of what can be recovered. The caller has the lock.
func (s *Store) readOrRepair() error {
	ok, err := s.read()
	if ok || err != nil {
		return err
	}
	data, err := os.ReadFile(s.path(indexName))
	there := err == nil
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return s.fail(err)
	}
	x := index{damaged: true}
	if there {
		x = s.format.parse(data)
	}
	n := Notice{Kind: NoticeMigrated, Lost: x.lost}
	list := x.accounts
	suffix := ".version-" + strconv.Itoa(x.version)
	if x.damaged {
		n.Kind = NoticeDamaged
		suffix = ".damaged-" + s.now().UTC().Format("20060102T150405Z")
		if list, err = s.fromBackup(list, &n); err != nil {
			return err
		}
	}
	n.Recovered = len(list)
	if there {
		if n.SetAside, err = s.setAside(data, suffix); err != nil {
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
	data, err := os.ReadFile(s.path(backupName))
	if err != nil {
		return list, nil
	}
	x := s.format.parse(data)
	if x.newer {
		return nil, &IndexError{Kind: IndexNewer, Path: s.path(backupName)}
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

// setAside keeps the content of a file that is about to be replaced.
func (s *Store) setAside(data []byte, suffix string) (string, error) {
	return disk.CreateNumbered(s.path(indexName+suffix), "-", "", data, 0o600)
}

func (s *Store) path(name string) string { return filepath.Join(s.dir, name) }

// fail turns an error of the file system into ours.
func (s *Store) fail(err error) *IndexError {
	kind := IndexFailed
	switch {
	case errors.Is(err, disk.ErrBusy):
		kind = IndexBusy
	case errors.Is(err, fs.ErrPermission), disk.IsReadOnly(err):
		kind = IndexRefused
	case disk.IsFull(err):
		kind = IndexFull
	}
	return &IndexError{Kind: kind, Path: s.dir, cause: err}
}
