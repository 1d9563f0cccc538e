package account

import (
	"context"

	"github.com/sellerkey/sellerkey/lwa"
)

// The service names under which the items appear in the system's keychain.
const (
	Service         = "app.sellerkey"
	PracticeService = "app.sellerkey.practice"
)

// Keychain is the keychain of the operating system.
type Keychain struct{ service string }

// NewKeychain returns the system's keychain under a service name. It does not
// touch it.
func NewKeychain(service string) *Keychain { return &Keychain{service: service} }

// Get implements [Vault].
func (k *Keychain) Get(ctx context.Context, key string) (lwa.Secret, error) {
	return lwa.Secret{}, vaultErr("get", VaultMissing, nil)
}

// Set implements [Vault].
func (k *Keychain) Set(ctx context.Context, key string, v lwa.Secret) error {
	return vaultErr("set", VaultMissing, nil)
}

// Delete implements [Vault].
func (k *Keychain) Delete(ctx context.Context, key string) error {
	return vaultErr("delete", VaultMissing, nil)
}
