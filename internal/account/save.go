package account

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

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
		return Account{}, ErrNotFound
	}
	a.HasRefreshToken = !secrets.RefreshToken.IsEmpty()
	a.HasClientSecret = !secrets.ClientSecret.IsEmpty()
	// The refresh token first, because it can't be got again.
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
	// Canceling now would only lose track of what is in the vault.
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
	err := saved.differs(a)
	var other *OtherAccountError
	if errors.As(err, &other) {
		other.Known, _ = s.known(a)
	}
	return err
}

// known finds the saved account that [Store.Save] would bring up to date with a if it
// had no ID: the one with the same app, seller and region.
func (s *Store) known(a Account) (Account, bool) {
	for _, b := range s.List() {
		if a.identity() != "" && b.identity() == a.identity() {
			return b, true
		}
	}
	return Account{}, false
}

// same finds the account that a is, or makes an ID for a new one.
func (s *Store) same(ctx context.Context, a Account, refresh lwa.Secret) (id string, known bool) {
	if b, ok := s.known(a); ok {
		return b.ID, true
	}
	for _, b := range s.List() {
		if a.identity() == "" && b.SellerID == a.SellerID && b.ClientID == a.ClientID && b.Region() == a.Region() &&
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

// merge brings old up to date with what is known in a.
func merge(old, a Account) Account {
	for _, f := range []struct{ to, from *string }{
		{&a.Name, &old.Name},
		{&a.Marketplace, &old.Marketplace},
		{&a.SellerID, &old.SellerID},
		{&a.ApplicationID, &old.ApplicationID},
		{&a.ClientID, &old.ClientID},
		{&a.RedirectURI, &old.RedirectURI},
		{&a.Shop, &old.Shop},
		{&a.Stores, &old.Stores},
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
	a.Sandbox = a.Sandbox || old.Sandbox // what an app is doesn't change, except by Store.Update
	a.HasClientSecret = a.HasClientSecret || old.HasClientSecret
	a.HasRefreshToken = a.HasRefreshToken || old.HasRefreshToken
	a.HasPrevious = a.HasPrevious || old.HasPrevious
	return a
}

// record writes down how renewals went, all in one writing. Accounts that are
// gone are passed over. A passing trouble does not wipe out a lasting one.
func (s *Store) record(outcomes []outcome) error {
	latest := make(map[string]outcome, len(outcomes))
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
				// Login with Amazon goes on renewing tokens for an expired secret
				// (https://developer-docs.amazon.com/sp-api/docs/lwa-credentials-faq): only a
				// check with the SP-API, or a new secret, ends this problem.
				if a.Problem != string(lwa.KindSecretExpired) {
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

// Forget removes every trace of an account, keychain first. When the keychain
// refuses, the account stays in the list and the error says why; trying again
// is safe. Files that were set aside as damaged are the person's to delete;
// they hold no secret.
func (s *Store) Forget(ctx context.Context, id string) error {
	a, ok := s.Find(id)
	if !ok {
		return ErrNotFound
	}
	for _, key := range keysOf(id) {
		err := s.delete(ctx, key)
		if vault.KindOf(err) == vault.Missing && !a.HasRefreshToken && !a.HasClientSecret {
			err = nil // it was never in a keychain, and there isn't one
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
