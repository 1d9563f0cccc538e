package account

import (
	"context"
	"errors"
	"sync"

	"github.com/sellerkey/sellerkey/internal/disk"
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

// Move copies the secrets under these keys into another vault, each read back,
// and then has that vault take the place: of an encrypted file by a keychain
// that has appeared. What is saved meanwhile goes into both. The present vault
// keeps all it has; deleting that is the caller's, once it is remembered where
// the secrets are now.
//
// After an error everything is as it was, and what was copied is taken out of
// the other vault again as far as that lets us. A key with nothing under it is
// passed over.
func (s *Slot) Move(ctx context.Context, to Vault, keys []string) error {
	from, err := s.now("get")
	if err != nil {
		return err
	}
	m := &moving{from: from, to: to, done: map[string]bool{}}
	if !s.replace(from, m) {
		return vaultErr("get", VaultCanceled, nil)
	}
	for _, key := range keys {
		if err = m.copy(ctx, key); err != nil {
			break
		}
	}
	err = m.settle(err)
	s.replace(m, m.home)
	if err != nil {
		m.undo(ctx)
	}
	return err
}

// replace puts a vault in the place of another if that one still has it.
func (s *Slot) replace(old, v Vault) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.vault != old {
		return false
	}
	s.vault = v
	return true
}

// moving is the vault of a [Slot] while its secrets move to another. The one
// that they come from stays right to the end.
type moving struct {
	from, to Vault

	mu   sync.Mutex
	done map[string]bool // keys that were written to the new vault
	err  error           // what kept the new one from being right
	// home is where the secrets are once the moving is over; whoever still
	// has the moving in hand is led there.
	home Vault
}

func (m *moving) Get(ctx context.Context, key string) (lwa.Secret, error) {
	m.mu.Lock()
	v := m.home
	m.mu.Unlock()
	if v == nil {
		v = m.from
	}
	return v.Get(ctx, key)
}

func (m *moving) Set(ctx context.Context, key string, value lwa.Secret) error {
	return m.both(key, func(v Vault) error { return v.Set(ctx, key, value) })
}

func (m *moving) Delete(ctx context.Context, key string) error {
	return m.both(key, func(v Vault) error { return v.Delete(ctx, key) })
}

// both does something to the vault that is right, and to the one that shall
// become it.
func (m *moving) both(key string, do func(Vault) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.home != nil {
		return do(m.home)
	}
	if err := do(m.from); err != nil {
		return err
	}
	m.done[key] = true
	m.err = errors.Join(m.err, do(m.to))
	return nil
}

func (m *moving) copy(ctx context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.done[key] || m.err != nil {
		return m.err
	}
	v, err := m.from.Get(ctx, key)
	if KindOfVault(err) == VaultNotFound {
		return nil
	}
	if err == nil {
		m.done[key] = true // also of a try that failed something may be left
		err = m.to.Set(ctx, key, v)
	}
	return err
}

// settle ends the moving, and says why it failed.
func (m *moving) settle(err error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err = errors.Join(err, m.err); err != nil {
		m.home = m.from
		return err
	}
	m.home = m.to
	return nil
}

// undo takes out of the new vault what was put there.
func (m *moving) undo(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), disk.Patience)
	defer cancel()
	m.mu.Lock()
	defer m.mu.Unlock()
	for key := range m.done {
		_ = m.to.Delete(ctx, key)
	}
}
