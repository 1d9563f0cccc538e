package account

import (
	"context"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
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
// [Store.Notices] tells. Errors are *[IndexError]s; after [IndexNewer] the disk
// is unchanged.
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

// Save stores an account: secrets first, read back, then the index.
//
// With an empty ID it is a new account, unless app, seller and region are those
// of one that is there (or, without a seller ID, app and refresh token are):
// then that one is brought up to date. Empty texts, zero times and empty
// secrets leave what is there. The former refresh token stays in the vault until
// the new one has worked. The account as saved is returned.
//
// Errors are *[OtherAccountError], *[vault.Error] or *[IndexError]; then the list
// is as before, and saving again is safe and overwrites what the first try left
// in the vault.
func (s *Store) Save(ctx context.Context, a Account, secrets Secrets) (Account, error) {
	if err := s.Check(a); err != nil {
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
		var err error
		if a.HasPrevious, err = s.putToken(ctx, a.ID, secrets.RefreshToken); err != nil {
			return Account{}, err
		}
	}
	if a.HasClientSecret {
		if err := s.set(ctx, clientKey(a.ID), secrets.ClientSecret); err != nil {
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
			if title := untaken(list, a.ID, list[i].Title()); title != list[i].Title() {
				list[i].Name = title
			}
		}
		saved = list[i]
		return list, nil
	})
	return saved, err
}

// Check reports whether [Store.Save] would put the secrets of a, which has the ID
// of a saved account, in the place of another app's, seller's or region's. The
// error is an *[OtherAccountError] then, or an *[IndexError].
func (s *Store) Check(a Account) error {
	if _, err := s.Reload(); err != nil {
		return err
	}
	saved, ok := s.Find(a.ID)
	if !ok {
		return nil
	}
	return saved.differs(a)
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
			if old, err := s.get(ctx, refreshKey(b.ID)); err == nil && old.Equal(refresh) {
				return b.ID, true
			}
		}
	}
	id = a.newID(s.dir)
	for n := 2; ; n++ {
		if _, taken := s.Find(id); !taken {
			return id, false
		}
		// The account that was made with this identity has another one by now.
		id = a.newID(s.dir)[:20] + "-" + strconv.Itoa(n)
	}
}

// untaken is a title that no other account of the list has: wish, or wish with a
// number.
func untaken(list []Account, id, wish string) string {
	taken := make(map[string]bool, len(list))
	for _, a := range list {
		if a.ID != id {
			taken[a.Title()] = true
		}
	}
	title := wish
	for n := 2; taken[title]; n++ {
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
		{&a.Provider, &old.Provider},
		{&a.Link, &old.Link},
		{&a.Layout, &old.Layout},
		{&a.SetupFile, &old.SetupFile},
	} {
		if *f.to == "" {
			*f.to = *f.from
		}
	}
	if a.AuthorizedAt.IsZero() {
		a.AuthorizedAt = old.AuthorizedAt
	}
	if a.SecretMadeAt.IsZero() {
		a.SecretMadeAt = old.SecretMadeAt
	}
	for _, f := range []struct{ to, from *time.Time }{
		{&a.CreatedAt, &old.CreatedAt},
		{&a.RenewedAt, &old.RenewedAt},
	} {
		if f.to.IsZero() {
			*f.to = *f.from
		}
	}
	a.HasClientSecret = a.HasClientSecret || old.HasClientSecret
	a.HasRefreshToken = a.HasRefreshToken || old.HasRefreshToken
	a.HasPrevious = a.HasPrevious || old.HasPrevious
	return a
}

// tidy makes times what a file can hold: whole seconds in UTC, of years that
// RFC 3339 can write. Any other time becomes unknown.
func tidy(a Account) Account {
	for _, t := range []*time.Time{&a.CreatedAt, &a.RenewedAt} {
		*t = t.UTC().Truncate(time.Second)
		if t.Year() < 1 || t.Year() > 9999 {
			*t = time.Time{}
		}
	}
	return a
}

// drop tries to delete what a failed saving left in the vault. If that fails,
// the next saving of the same account overwrites it.
func (s *Store) drop(ctx context.Context, keys ...string) {
	go func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), disk.Patience)
		defer cancel()
		for _, key := range keys {
			_ = s.delete(ctx, key)
		}
	}()
}

// Update changes an account's record under the lock and returns it. The ID, and
// whose refresh token it is, cannot be changed. change may be called with newer data than the caller saw,
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
		if err := before.differs(list[i]); err != nil && before.HasRefreshToken {
			return nil, err
		}
		changed = list[i]
		if changed == before {
			return nil, errUnchanged
		}
		return list, nil
	})
	return changed, err
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
				list[i].RenewedAt = o.At
				if a.Problem != string(lwa.KindSecretExpired) { // see RecordCheck
					list[i].Problem = ""
				}
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

// RecordCheck writes down what a call of the SP-API told about the client secret:
// that it has expired, or, where err is nil, that it works. Login with Amazon goes
// on renewing tokens for an expired secret
// (https://developer-docs.amazon.com/sp-api/docs/lwa-credentials-faq), so renewals
// do not end this problem; a new secret does.
func (s *Store) RecordCheck(id string, err error) error {
	var e *lwa.Error
	expired := errors.As(err, &e) && e.Kind == lwa.KindSecretExpired
	a, ok := s.Find(id)
	known := a.Problem == string(lwa.KindSecretExpired)
	if !ok || err != nil && !expired || known == expired {
		return nil
	}
	_, err = s.Update(id, func(a *Account) {
		a.Problem = ""
		if expired {
			a.Problem = string(lwa.KindSecretExpired)
		}
	})
	return err
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
	for _, key := range keysOf(id) {
		err := s.delete(ctx, key)
		if vault.KindOf(err) == vault.Missing && !a.HasRefreshToken && !a.HasClientSecret {
			err = nil // never was in a keychain, and there is none
		}
		if err != nil {
			return err
		}
	}
	if s.dir != "" {
		_ = disk.Remove(filepath.Join(s.dir, tokenLock(id)))
	}
	return s.update(context.WithoutCancel(ctx), func(list []Account) ([]Account, error) {
		return slices.DeleteFunc(list, func(a Account) bool { return a.ID == id }), nil
	})
}
