package vault

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
		return lwa.Secret{}, newError("get", Canceled, err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.items[key]
	if !ok {
		return lwa.Secret{}, newError("get", NotFound, nil)
	}
	return v, nil
}

// Set implements [Vault].
func (m *Memory) Set(ctx context.Context, key string, v lwa.Secret) error {
	if err := ctx.Err(); err != nil {
		return newError("set", Canceled, err)
	}
	if len(v.Reveal()) > maxSecret {
		return newError("set", TooBig, nil)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.items[key] = v
	return nil
}

// Delete implements [Vault].
func (m *Memory) Delete(ctx context.Context, key string) error {
	if err := ctx.Err(); err != nil {
		return newError("delete", Canceled, err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.items, key)
	return nil
}
