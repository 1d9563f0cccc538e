package account

import (
	"context"
	"os"
	"path/filepath"
	"slices"

	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/internal/vault"
)

// Erase removes the secrets of the accounts in a folder, the vault file, if there
// is one ("" for none), and then the list itself, with its backup, its lock, and the
// lists and replaced accounts that were set aside. It removes no other file and no
// other secret. A missing folder is not an error.
//
// The caller owns the folder. After an error, a *[vault.Error] or an
// *[IndexError], the list of accounts is still there, and trying again is safe.
func Erase(ctx context.Context, dir string, v vault.Vault, vaultFile string) error {
	ours := vault.IsFile(vaultFile)
	for _, key := range secretsOf(dir) {
		// With a vault file, there may never have been a keychain.
		if err := v.Delete(ctx, key); err != nil && !(ours && vault.KindOf(err) == vault.Missing) {
			return err
		}
	}
	if ours {
		if err := vault.EraseFile(vaultFile); err != nil {
			return err
		}
	}
	// The list goes last: as long as it is there, the keychain items are known.
	paths := []string{lockName, replaceLock, disk.TempName(backupName), disk.TempName(indexName), backupName, indexName}
	for _, x := range lists(dir) {
		for _, a := range x.accounts {
			paths = append([]string{tokenLock(a.ID)}, paths...)
		}
	}
	for i, name := range paths {
		paths[i] = filepath.Join(dir, name)
	}
	paths = append([]string{disk.TempName(ReplacedBackup(dir))}, paths...)
	aside := append(disk.Aside(ReplacedBackup(dir), ReplacedMark), disk.Aside(filepath.Join(dir, indexName), damagedMark)...)
	for _, path := range append(aside, paths...) {
		if err := disk.Remove(path); err != nil {
			return &IndexError{Kind: indexRefused, Path: path, cause: err}
		}
	}
	return nil
}

// HasList reports whether a folder has a list of accounts, or a copy of one.
func HasList(dir string) bool { return len(lists(dir)) > 0 }

// lists are the list of accounts in a folder, its backup, and those that were set
// aside, as far as they can be read and look like ones.
func lists(dir string) (found []index) {
	path := filepath.Join(dir, indexName)
	for _, path := range append(disk.Aside(path, damagedMark), path, filepath.Join(dir, backupName)) {
		data, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		if x := parseIndex(data); !x.damaged || len(x.accounts) > 0 {
			found = append(found, x)
		}
	}
	return found
}

// secretsOf names the keychain items of the accounts in a folder.
func secretsOf(dir string) []string {
	var keys []string
	for _, x := range lists(dir) {
		for _, a := range x.accounts {
			if a.HasRefreshToken {
				keys = append(keys, refreshKey(a.ID), previousKey(a.ID), accessKey(a.ID))
			}
			if a.HasClientSecret {
				keys = append(keys, clientKey(a.ID))
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
