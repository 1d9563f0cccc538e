package account

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/vault"
)

// Match finds the saved account of the same app, seller and region as a, which
// comes from another computer or an older backup. Without a seller ID, the refresh
// token or a provider's link decides. The secrets are those of the account found.
//
// A secret that the vault has lost is empty. Errors are those of
// [Store.Secrets].
func (s *Store) Match(ctx context.Context, a Account, secrets Secrets) (found Account, has Secrets, ok bool, err error) {
	if _, err := s.Reload(); err != nil {
		return Account{}, Secrets{}, false, err
	}
	list := s.List()
	i := slices.IndexFunc(list, func(b Account) bool {
		switch {
		case a.identity() != "" || b.identity() != "":
			return a.identity() == b.identity() && a.ProviderApp == b.ProviderApp
		case b.ID == a.ID || b.ID == restoredID(s.dir, a.ID):
			return b.differs(a) == nil
		case a.ProviderApp && b.ProviderApp:
			return a.ApplicationID == b.ApplicationID && a.Link == b.Link && a.Region() == b.Region()
		}
		return false
	})
	if i < 0 {
		id, known := s.same(ctx, a, secrets.RefreshToken)
		i = slices.IndexFunc(list, func(b Account) bool { return known && b.ID == id && b.ProviderApp == a.ProviderApp })
	}
	if i < 0 {
		return Account{}, Secrets{}, false, nil
	}
	has, err = s.present(ctx, list[i])
	return list[i], has, err == nil, err
}

// present is Secrets without an error for what the vault has lost.
func (s *Store) present(ctx context.Context, a Account) (Secrets, error) {
	has, err := s.Secrets(ctx, a.ID)
	if vault.KindOf(err) == vault.NotFound {
		err = nil
	}
	return has, err
}

// Conflicts reports whether the secrets of a backup differ from those that the
// account has, so that a person has to say which are the newer ones.
func (s Secrets) Conflicts(has Secrets) bool {
	return !s.RefreshToken.IsEmpty() && !has.RefreshToken.IsEmpty() && !s.RefreshToken.Equal(has.RefreshToken) ||
		!s.ClientSecret.IsEmpty() && !has.ClientSecret.IsEmpty() && !s.ClientSecret.Equal(has.ClientSecret)
}

// Restore saves an account of a backup. If [Store.Match] finds one, replace says
// whether the backup's values replace its own; otherwise the backup only adds what
// is missing there. Restoring the same account again changes nothing. Errors are
// those of [Store.Save].
func (s *Store) Restore(ctx context.Context, a Account, secrets Secrets, replace bool) (Account, error) {
	found, has, ok, err := s.Match(ctx, a, secrets)
	if err != nil {
		return Account{}, err
	}
	a.HasClientSecret, a.HasRefreshToken, a.HasPrevious = false, false, false
	switch {
	case !ok:
		if a.identity() != "" {
			a.ID = ""
		} else {
			a.ID = restoredID(s.dir, a.ID)
		}
		return s.Save(ctx, a, secrets)
	case replace:
		a.ID = found.ID
		if other := !secrets.ClientSecret.IsEmpty() && !secrets.ClientSecret.Equal(has.ClientSecret); other && a.SecretMadeAt.IsZero() {
			// The date that's here is the other secret's.
			if _, err := s.Update(a.ID, func(here *Account) { here.SecretMadeAt = date.Date{} }); err != nil {
				return Account{}, err
			}
		}
		return s.Save(ctx, a, secrets)
	}
	if !secrets.Conflicts(has) {
		// The later date counts: a reminder was renewed, or the program was killed
		// between a new secret and its date.
		for _, d := range []struct{ here, there *date.Date }{{&found.AuthorizedAt, &a.AuthorizedAt}, {&found.SecretMadeAt, &a.SecretMadeAt}} {
			if d.here.Before(*d.there) {
				*d.here = *d.there
			}
		}
	}
	merged := merge(a, found)
	if !has.RefreshToken.IsEmpty() {
		secrets.RefreshToken = has.RefreshToken
	}
	if !has.ClientSecret.IsEmpty() {
		secrets.ClientSecret = has.ClientSecret
	}
	return s.Save(ctx, merged, secrets)
}

// restoredID is the ID that an account without an identity gets in a folder: the
// same each time, and another one in every folder, because folders share a
// keychain.
func restoredID(dir, id string) string {
	sum := sha256.Sum256([]byte("sellerkey restored account\x00" + id + "\x00" + dir))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:16])[:26])
}

// ReplacedMark is in the name of a backup of accounts that a restored backup
// replaced. Such a file is the person's to delete; [Erase] deletes it.
const ReplacedMark = ".replaced-"

// ReplacedBackup is the path to which [ReplacedMark] and the time are added.
func ReplacedBackup(dir string) string { return filepath.Join(dir, "backup.age") }
