// Package vaulttest has a vault that outlives a process, for tests that kill one.
package vaulttest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// Folder is the path of a folder that must exist. Each item is a file that is written
// in one step, as the keychains of the systems do.
type Folder string

// Get reads an item; a missing one is [vault.NotFound].
func (f Folder) Get(_ context.Context, key string) (lwa.Secret, error) {
	data, err := disk.Read(f.path(key))
	if errors.Is(err, fs.ErrNotExist) {
		return lwa.Secret{}, &vault.Error{Op: "get", Kind: vault.NotFound}
	}
	return lwa.NewSecret(string(data)), err
}

// Set writes an item.
func (f Folder) Set(_ context.Context, key string, s lwa.Secret) error {
	temp := fmt.Sprintf("%s.%d.tmp", f.path(key), os.Getpid())
	if err := os.WriteFile(temp, []byte(s.Reveal()), 0o600); err != nil {
		return err
	}
	return disk.Rename(temp, f.path(key))
}

// Delete removes an item. A missing one is no error.
func (f Folder) Delete(_ context.Context, key string) error { return os.RemoveAll(f.path(key)) }

func (f Folder) path(key string) string { return filepath.Join(string(f), key) }
