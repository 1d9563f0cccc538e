package account

import (
	"context"

	"github.com/sellerkey/sellerkey/lwa"
)

// FileVault is a file of secrets, encrypted under a passphrase. It is for
// computers without a keychain, and for nobody who was not asked.
type FileVault struct{ path string }

// OpenFileVault opens the vault file at path, or starts a new one there when
// there is none. The error is a *[VaultError]: [VaultWrongPassphrase],
// [VaultDamaged], [VaultRefused] …
func OpenFileVault(ctx context.Context, path string, passphrase lwa.Secret) (*FileVault, error) {
	return nil, vaultErr("open", VaultMissing, nil)
}

// Get implements [Vault].
func (f *FileVault) Get(ctx context.Context, key string) (lwa.Secret, error) {
	return lwa.Secret{}, vaultErr("get", VaultMissing, nil)
}

// Set implements [Vault].
func (f *FileVault) Set(ctx context.Context, key string, v lwa.Secret) error {
	return vaultErr("set", VaultMissing, nil)
}

// Delete implements [Vault].
func (f *FileVault) Delete(ctx context.Context, key string) error {
	return vaultErr("delete", VaultMissing, nil)
}
