package account

import (
	"context"
	"sync"

	"github.com/sellerkey/sellerkey/lwa"
)

// Memory is a vault that forgets everything at exit.
type Memory struct {
	mu    sync.Mutex
	items map[string]lwa.Secret
}

// NewMemory returns an empty one.
func NewMemory() *Memory { return &Memory{items: map[string]lwa.Secret{}} }

// Get implements [Vault].
func (m *Memory) Get(ctx context.Context, key string) (lwa.Secret, error) {
	if err := ctx.Err(); err != nil {
		return lwa.Secret{}, vaultErr("get", VaultCanceled, err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.items[key]
	if !ok {
		return lwa.Secret{}, vaultErr("get", VaultNotFound, nil)
	}
	return v, nil
}

// Set implements [Vault].
func (m *Memory) Set(ctx context.Context, key string, v lwa.Secret) error {
	if err := ctx.Err(); err != nil {
		return vaultErr("set", VaultCanceled, err)
	}
	if len(v.Reveal()) > maxSecret {
		return vaultErr("set", VaultTooBig, nil)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.items[key] = v
	return nil
}

// Delete implements [Vault].
func (m *Memory) Delete(ctx context.Context, key string) error {
	if err := ctx.Err(); err != nil {
		return vaultErr("delete", VaultCanceled, err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.items, key)
	return nil
}
