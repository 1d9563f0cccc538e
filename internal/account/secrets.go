package account

import (
	"context"
	"errors"

	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// The names of an account's items in the vault.
func refreshKey(id string) string { return id + ".refresh_token" }
func clientKey(id string) string  { return id + ".client_secret" }

// previousKey holds the former refresh token until the present one has worked.
func previousKey(id string) string { return id + ".previous_refresh_token" }

// accessKey holds the access token that all processes of this person share.
func accessKey(id string) string { return id + ".access_token" }

func keysOf(id string) []string {
	return []string{refreshKey(id), previousKey(id), clientKey(id), accessKey(id)}
}

// Secrets reads an account's secrets from the vault. A secret that the account never
// had is empty. If the vault has lost one, the error is a [vault.NotFound], and the
// other one is filled in.
func (s *Store) Secrets(ctx context.Context, id string) (Secrets, error) {
	a, ok := s.Find(id)
	if !ok {
		return Secrets{}, ErrNotFound
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
		v, err := s.get(ctx, f.key)
		switch {
		case err == nil:
			*f.into = v
		case vault.KindOf(err) == vault.NotFound:
			missing = err
		default:
			return out, err
		}
	}
	return out, missing
}

// errSuperseded: the account has another refresh token by now.
var errSuperseded = errors.New("account: the refresh token was replaced meanwhile")

// replaceRefreshToken puts next in the place of the refresh token was, and keeps
// another one until next has worked: the one that it came in exchange for. If
// that is next itself, it has worked, and none is kept. It is in the vault, read
// back, when the error is nil or an *[IndexError].
//
// If the vault has another one than was, nothing changes and the error is
// [errSuperseded]: the seller has authorized again meanwhile.
func (s *Store) replaceRefreshToken(ctx context.Context, id string, was, keep, next lwa.Secret) error {
	if _, ok := s.Find(id); !ok {
		return ErrNotFound
	}
	if next.IsEmpty() {
		return &vault.Error{Op: "set", Kind: vault.Refused}
	}
	err := s.replacingToken(ctx, func() error {
		present, err := s.get(ctx, refreshKey(id))
		if err != nil {
			return err
		}
		if !present.Equal(was) {
			return errSuperseded
		}
		if !keep.Equal(next) {
			if err := s.set(ctx, previousKey(id), keep); err != nil {
				return err
			}
		}
		return s.set(ctx, refreshKey(id), next)
	})
	if err != nil {
		return err
	}
	if keep.Equal(next) {
		return s.refreshTokenWorked(ctx, id)
	}
	_, err = s.change(context.WithoutCancel(ctx), id, func(a *Account) { a.HasRefreshToken, a.HasPrevious = true, true })
	if errors.Is(err, ErrNotFound) {
		s.drop(ctx, refreshKey(id), previousKey(id)) // forgotten meanwhile, perhaps in another window
	}
	return err
}

// putToken stores a refresh token of a new authorization. It reports whether a
// former one is kept: the one before, unless that one has not worked yet and
// another is kept already.
func (s *Store) putToken(ctx context.Context, id string, next lwa.Secret) (kept bool, err error) {
	err = s.replacingToken(ctx, func() error {
		present, err := s.get(ctx, refreshKey(id))
		switch kind := vault.KindOf(err); {
		case kind == vault.NotFound, kind == vault.Damaged:
			return s.set(ctx, refreshKey(id), next)
		case err != nil:
			return err
		case present.Equal(next):
			return nil
		}
		kept = true
		_ = s.delete(ctx, accessKey(id)) // it belongs to the former authorization
		if _, err := s.get(ctx, previousKey(id)); vault.KindOf(err) == vault.NotFound {
			if err := s.set(ctx, previousKey(id), present); err != nil {
				return err
			}
		}
		return s.set(ctx, refreshKey(id), next)
	})
	return kept, err
}

// replacingToken lets one replacement of a refresh token run at a time, also of
// other processes.
func (s *Store) replacingToken(ctx context.Context, do func() error) error {
	select {
	case s.replacing <- struct{}{}:
		defer func() { <-s.replacing }()
	case <-ctx.Done():
		return vault.Gone(ctx, "set")
	}
	if s.dir != "" {
		waiting, cancel := context.WithTimeout(ctx, disk.Patience)
		defer cancel()
		// A keychain that asks its person can hold it for long: then go on.
		if unlock, err := disk.Lock(waiting, s.path(replaceLock)); err == nil {
			defer unlock()
		}
	}
	return do()
}

// refreshTokenWorked deletes the former refresh token, if one is kept.
func (s *Store) refreshTokenWorked(ctx context.Context, id string) error {
	if a, ok := s.Find(id); !ok || !a.HasPrevious {
		return nil
	}
	if err := s.delete(ctx, previousKey(id)); err != nil {
		return err
	}
	_, err := s.change(context.WithoutCancel(ctx), id, func(a *Account) { a.HasPrevious = false })
	return err
}

// previousToken is the former refresh token, empty if there is none or it cannot
// be read.
func (s *Store) previousToken(ctx context.Context, id string) lwa.Secret {
	v, _ := s.get(ctx, previousKey(id))
	return v
}

// SaveClientSecret replaces an account's client secret, made at a day that may be
// zero for unknown. The refresh token stays, because a new secret doesn't end it. If
// the error is nil or an *[IndexError], the secret is in the vault and was read back.
func (s *Store) SaveClientSecret(ctx context.Context, id string, secret lwa.Secret, madeAt date.Date) error {
	if _, ok := s.Find(id); !ok {
		return ErrNotFound
	}
	if secret.IsEmpty() {
		return &vault.Error{Op: "set", Kind: vault.Refused}
	}
	if err := s.set(ctx, clientKey(id), secret); err != nil {
		return err
	}
	_, err := s.change(context.WithoutCancel(ctx), id, func(a *Account) {
		a.HasClientSecret, a.SecretMadeAt = true, madeAt
		if r := reasonOf(a.Problem); r == reasonClient || r == reasonSecretExpired {
			a.Problem = "" // it was the old secret's
		}
	})
	if errors.Is(err, ErrNotFound) {
		s.drop(ctx, clientKey(id)) // forgotten meanwhile, perhaps in another window
	}
	return err
}

// SetVault replaces the vault, by an encrypted file that was opened or by the
// keychain again. It moves no secrets. Calls under way finish in the old one.
func (s *Store) SetVault(v vault.Vault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.vault = v
}

// MoveSecrets copies every secret of from, the present vault, into another one,
// each read back, and then uses that. Other calls to the vault wait meanwhile.
// from keeps all it has; deleting it is the caller's, once it is remembered
// where the secrets are now.
//
// After an error from is still in use, and what was copied is removed from the
// other vault as far as that allows.
func (s *Store) MoveSecrets(ctx context.Context, from *vault.File, to vault.Vault) (err error) {
	s.moving.Lock()
	defer s.moving.Unlock()
	keys, err := from.Keys(ctx)
	if err != nil {
		return err
	}
	for i, key := range keys {
		var v lwa.Secret
		if v, err = from.Get(ctx, key); err == nil {
			err = to.Set(ctx, key, v)
		}
		if err != nil {
			undoing, cancel := context.WithTimeout(context.WithoutCancel(ctx), disk.Patience)
			defer cancel()
			for _, key := range keys[:i+1] {
				_ = to.Delete(undoing, key)
			}
			return err
		}
	}
	s.SetVault(to)
	return nil
}

// openVault returns the vault, or the error of a locked one, and holds it until
// release is called.
func (s *Store) openVault(op string) (v vault.Vault, release func(), err error) {
	s.moving.RLock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.vault == nil {
		s.moving.RUnlock()
		return nil, nil, &vault.Error{Op: op, Kind: vault.Locked}
	}
	return s.vault, s.moving.RUnlock, nil
}

func (s *Store) get(ctx context.Context, key string) (lwa.Secret, error) {
	v, release, err := s.openVault("get")
	if err != nil {
		return lwa.Secret{}, err
	}
	defer release()
	return v.Get(ctx, key)
}

func (s *Store) set(ctx context.Context, key string, value lwa.Secret) error {
	v, release, err := s.openVault("set")
	if err != nil {
		return err
	}
	defer release()
	return v.Set(ctx, key, value)
}

func (s *Store) delete(ctx context.Context, key string) error {
	v, release, err := s.openVault("delete")
	if err != nil {
		return err
	}
	defer release()
	return v.Delete(ctx, key)
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
