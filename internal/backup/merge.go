package backup

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/lwa"
)

// UnreadableError says whose secrets could not be read, and wraps why.
type UnreadableError struct {
	Account account.Account
	Err     error
}

// Error is for logs.
func (e *UnreadableError) Error() string { return fmt.Sprintf("backup: unreadable secrets: %v", e.Err) }

// Unwrap is the error of [account.Store.Secrets].
func (e *UnreadableError) Unwrap() error { return e.Err }

// Gather reads what a backup of accounts holds. An error is an *[UnreadableError].
func Gather(ctx context.Context, s *account.Store, accounts []account.Account, now time.Time) (Backup, error) {
	b := Backup{MadeAt: now}
	for _, a := range accounts {
		secrets, err := s.Secrets(ctx, a.ID)
		if err != nil {
			return Backup{}, &UnreadableError{a, err}
		}
		b.Items = append(b.Items, Item{a, secrets})
	}
	return b, nil
}

// Merging is an account of a backup next to what this computer has of it.
type Merging struct {
	Item
	// Known: Here is the same account on this computer.
	Known bool
	Here  account.Account
	// Conflict: the secrets differ, and only a person knows which are the newer ones.
	Conflict bool
	// Replace is the answer: the backup's secrets replace those that are here.
	Replace bool
}

// keyless is 1 for an account without secrets, and 0 for any other one.
func (m Merging) keyless() int {
	if m.Secrets.ClientSecret.IsEmpty() && m.Secrets.RefreshToken.IsEmpty() {
		return 1
	}
	return 0
}

// Compare finds out what [Restore] would do, and changes nothing. Errors are those
// of [account.Store.Match].
func Compare(ctx context.Context, s *account.Store, b Backup) ([]Merging, error) {
	all := make([]Merging, len(b.Items))
	for i, item := range b.Items {
		found, has, known, err := s.Match(ctx, item.Account, item.Secrets)
		if err != nil {
			return nil, err
		}
		all[i] = Merging{Item: item, Known: known, Here: found, Conflict: known && item.Secrets.Conflicts(has)}
	}
	return all, nil
}

// Restore saves the accounts of a backup. What it replaces it first puts into a
// backup of its own in the data folder, under the same passphrase; replaced is
// its path, "" if nothing is replaced. Restoring the same backup again changes
// nothing, so after an error, or after the program was killed, it can be called
// again. Errors are those of [Write] and of [account.Store.Restore].
func Restore(ctx context.Context, s *account.Store, all []Merging, passphrase lwa.Secret, now time.Time) (replaced string, saved []account.Account, err error) {
	return restore(ctx, s, all, passphrase, now, work)
}

func restore(ctx context.Context, s *account.Store, all []Merging, passphrase lwa.Secret, now time.Time, work int) (replaced string, saved []account.Account, err error) {
	before := Backup{MadeAt: now}
	for _, m := range all {
		if !m.Replace {
			continue
		}
		// Again, because the answer took time.
		found, has, known, err := s.Match(ctx, m.Account, m.Secrets)
		if err != nil {
			return "", nil, err
		}
		if known && m.Secrets.Conflicts(has) {
			before.Items = append(before.Items, Item{found, has})
		}
	}
	if len(before.Items) > 0 {
		if replaced, err = setAside(s.Dir(), before, passphrase, now, work); err != nil {
			return "", nil, err
		}
	}
	// Those with secrets first: without a keychain nothing is saved at all.
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b Merging) int { return cmp.Compare(a.keyless(), b.keyless()) })
	for _, m := range all {
		a, err := s.Restore(ctx, m.Account, m.Secrets, m.Replace)
		if err != nil {
			return replaced, saved, err
		}
		saved = append(saved, a)
	}
	return replaced, saved, nil
}

// setAside writes a backup of what is about to be replaced. Half of one never has its
// name.
func setAside(dir string, b Backup, passphrase lwa.Secret, now time.Time, work int) (path string, err error) {
	path = disk.AsideName(account.ReplacedBackup(dir), account.ReplacedMark, now)
	temp := disk.TempName(account.ReplacedBackup(dir))
	if err := disk.Remove(temp); err != nil { // an earlier run may have been killed here
		return "", fail(temp, err)
	}
	if err := write(temp, b, passphrase, work); err != nil {
		return "", err
	}
	if err := disk.Rename(temp, path); err != nil {
		return "", fail(path, err)
	}
	return path, nil
}

// Replaced are the backups of what [Restore] replaced, until a person deletes them.
func Replaced(s *account.Store) []string {
	if s.Dir() == "" {
		return nil
	}
	return disk.Aside(account.ReplacedBackup(s.Dir()), account.ReplacedMark)
}
