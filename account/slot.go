package account

import (
	"context"
	"sync"

	"github.com/sellerkey/sellerkey/lwa"
)

// Slot is a vault whose place can be taken by another while the program runs:
// the keychain by an encrypted file, once a person has asked for that. An empty
// Slot answers as a locked vault does.
type Slot struct {
	mu    sync.RWMutex
	vault Vault
}

// NewSlot returns a slot that holds v; nil leaves it locked.
func NewSlot(v Vault) *Slot { return &Slot{vault: v} }

// Use puts another vault into the slot.
func (s *Slot) Use(v Vault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.vault = v
}

func (s *Slot) now(op string) (Vault, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.vault == nil {
		return nil, vaultErr(op, VaultLocked, nil)
	}
	return s.vault, nil
}

// Get implements [Vault].
func (s *Slot) Get(ctx context.Context, key string) (lwa.Secret, error) {
	v, err := s.now("get")
	if err != nil {
		return lwa.Secret{}, err
	}
	return v.Get(ctx, key)
}

// Set implements [Vault].
func (s *Slot) Set(ctx context.Context, key string, value lwa.Secret) error {
	v, err := s.now("set")
	if err != nil {
		return err
	}
	return v.Set(ctx, key, value)
}

// Delete implements [Vault].
func (s *Slot) Delete(ctx context.Context, key string) error {
	v, err := s.now("delete")
	if err != nil {
		return err
	}
	return v.Delete(ctx, key)
}
