package account

import (
	"context"
	"os"
	"path/filepath"
	"slices"

	"github.com/sellerkey/sellerkey/internal/disk"
)

// Erase removes what this package ever wrote for a folder: the secrets of its
// accounts, whatever else is in their vault (what a crash has left, or a list
// that was lost), the vault file, where there is one, and then the list. Other
// files are left alone, and so are those of [Claim], see [Unclaim]. A folder
// that is not there is no error.
//
// The caller owns the folder. On an error, a *[VaultError] or an
// *[IndexError], the list of accounts is still there, and trying again is safe.
func Erase(ctx context.Context, dir string, v Clearer, vaultFile string) error {
	keys, elsewhere := secretsOf(dir), false
	if _, err := os.Stat(vaultFile); err == nil {
		elsewhere = true
	}
	for _, key := range keys {
		if err := v.Delete(ctx, key); err != nil && !(elsewhere && KindOfVault(err) == VaultMissing) {
			return err
		}
	}
	// Where there is no keychain, nothing can have been left in it, unless an
	// account says so.
	if err := v.Clear(ctx); err != nil && !((elsewhere || len(keys) == 0) && KindOfVault(err) == VaultMissing) {
		return err
	}
	return removeFiles(dir, vaultFile)
}

// secretsOf names the keychain items of the accounts in a folder, as far as its
// list, the backup and what was set aside can be read.
func secretsOf(dir string) []string {
	var keys []string
	for _, path := range matches(dir, indexName+"*") {
		data, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		for _, a := range currentFormat().parse(data).accounts {
			if a.HasRefreshToken {
				keys = append(keys, refreshKey(a.ID))
			}
			if a.HasClientSecret {
				keys = append(keys, clientKey(a.ID))
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// matches lists the files in a folder that a pattern fits. [filepath.Glob]
// would take a folder's own name for a pattern.
func matches(dir, pattern string) (paths []string) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if ok, _ := filepath.Match(pattern, e.Name()); ok {
			paths = append(paths, filepath.Join(dir, e.Name()))
		}
	}
	return paths
}

// removeFiles removes the files of this package, the list of accounts last: as
// long as it is there, the names of the keychain items are known.
func removeFiles(dir, vaultFile string) error {
	paths := slices.Concat([]string{filepath.Join(dir, lockName)}, matches(dir, indexName+".*"), matches(dir, indexName))
	if vaultFile != "" {
		paths = append([]string{vaultFile, vaultFile + ".lock", vaultFile + ".new"}, paths...)
		paths = append(matches(filepath.Dir(vaultFile), filepath.Base(vaultFile)+asideMark+"*"), paths...)
	}
	for _, path := range paths {
		if err := disk.Remove(path); err != nil {
			return &IndexError{Kind: IndexRefused, Path: path, cause: err}
		}
	}
	return nil
}
