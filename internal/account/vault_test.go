package account

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// faultyVault is a vault in memory whose calls can be refused.
type faultyVault struct {
	mu     sync.Mutex
	items  map[string]lwa.Secret
	before func(op, key string) error
}

func newFaultyVault() *faultyVault { return &faultyVault{items: map[string]lwa.Secret{}} }

// on sets what is asked before every call; an error is what the call fails with.
func (v *faultyVault) on(before func(op, key string) error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.before = before
}

func (v *faultyVault) copy() map[string]lwa.Secret {
	v.mu.Lock()
	defer v.mu.Unlock()
	return maps.Clone(v.items)
}

func (v *faultyVault) call(op, key string) error {
	v.mu.Lock()
	before := v.before
	v.mu.Unlock()
	if before == nil {
		return nil
	}
	return before(op, key)
}

func (v *faultyVault) Get(_ context.Context, key string) (lwa.Secret, error) {
	if err := v.call("get", key); err != nil {
		return lwa.Secret{}, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	s, ok := v.items[key]
	if !ok {
		return lwa.Secret{}, &vault.Error{Op: "get", Kind: vault.NotFound}
	}
	return s, nil
}

func (v *faultyVault) Set(_ context.Context, key string, s lwa.Secret) error {
	if err := v.call("set", key); err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.items[key] = s
	return nil
}

func (v *faultyVault) Delete(_ context.Context, key string) error {
	if err := v.call("delete", key); err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.items, key)
	return nil
}

// refused is what a vault fails with.
func refused(kind vault.Kind) error { return &vault.Error{Op: "set", Kind: kind} }

// fake makes an obviously invented secret of n bytes.
func fake(name string, n int) lwa.Secret {
	s := "Atzr|FAKE-" + name + "-"
	least := len(s)
	s += strings.Repeat("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-", n/60+1)
	return lwa.NewSecret(s[:max(n, least)])
}

func wantSecret(t *testing.T, v vault.Vault, key string, want lwa.Secret) {
	t.Helper()
	got, err := v.Get(t.Context(), key)
	if err != nil && !(want.IsEmpty() && vault.KindOf(err) == vault.NotFound) {
		t.Fatalf("get %s: %v", key, err)
	}
	if !got.Equal(want) {
		t.Fatalf("get %s: a value of %d bytes that is not the one of %d bytes", key, len(got.Reveal()), len(want.Reveal()))
	}
}

func wantKind(t *testing.T, err error, want vault.Kind) {
	t.Helper()
	if got := vault.KindOf(err); got != want {
		t.Fatalf("kind %q (%v), want %q", got, err, want)
	}
}

// vaultFile copies the encrypted file of testdata to path and opens it. It was
// made with the least work, so that tests need not wait a second for each.
func vaultFile(t *testing.T, path string) *vault.File {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "secrets.age"))
	if err == nil {
		err = os.MkdirAll(filepath.Dir(path), 0o700)
	}
	if err == nil {
		err = os.WriteFile(path, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	f, err := vault.OpenFile(t.Context(), path, lwa.NewSecret("a fake passphrase"))
	if err != nil {
		t.Fatal(err)
	}
	return f
}
