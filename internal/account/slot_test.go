package account

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/sellerkey/sellerkey/lwa"
)

func TestSlot(t *testing.T) {
	s := NewSlot(nil)
	secret := lwa.NewSecret("Atzr|EXAMPLE")
	if err := s.Set(t.Context(), "k", secret); KindOfVault(err) != VaultLocked {
		t.Errorf("an empty slot: %v", err)
	}
	if _, err := s.Get(t.Context(), "k"); KindOfVault(err) != VaultLocked {
		t.Errorf("an empty slot: %v", err)
	}
	if err := s.Delete(t.Context(), "k"); KindOfVault(err) != VaultLocked {
		t.Errorf("an empty slot: %v", err)
	}
	first, second := NewMemory(), NewMemory()
	s.Use(first)
	if err := s.Set(t.Context(), "k", secret); err != nil {
		t.Fatal(err)
	}
	s.Use(second)
	if _, err := s.Get(t.Context(), "k"); KindOfVault(err) != VaultNotFound {
		t.Errorf("the new vault has what the old one got: %v", err)
	}
	if v, err := first.Get(t.Context(), "k"); err != nil || !v.Equal(secret) {
		t.Errorf("the old vault lost it: %v", err)
	}
	if err := s.Delete(t.Context(), "k"); err != nil {
		t.Error(err)
	}
}

// stubborn is memory that does something before each writing, and can refuse it.
type stubborn struct {
	*Memory
	before func(op, key string) error
}

func (v *stubborn) Set(ctx context.Context, key string, s lwa.Secret) error {
	if err := v.before("set", key); err != nil {
		return err
	}
	return v.Memory.Set(ctx, key, s)
}

func (v *stubborn) Delete(ctx context.Context, key string) error {
	if err := v.before("delete", key); err != nil {
		return err
	}
	return v.Memory.Delete(ctx, key)
}

// TestMove moves the secrets of some accounts to another vault, with the
// program at work meanwhile.
func TestMove(t *testing.T) {
	const accounts = 8
	refused := func(op string) error { return vaultErr(op, VaultRefused, nil) }
	for _, tc := range []struct {
		name string
		// before is asked before each writing to the new vault, with the number of that writing.
		before func(n int, op string) error
		want   VaultKind
	}{
		{"well", func(int, string) error { return nil }, ""},
		{"refused at once", func(_ int, op string) error { return refused(op) }, VaultRefused},
		{"refused half-way", func(n int, op string) error {
			if n == accounts && op == "set" {
				return refused(op)
			}
			return nil
		}, VaultRefused},
		{"refused at the last", func(n int, op string) error {
			if n == 2*accounts && op == "set" {
				return refused(op)
			}
			return nil
		}, VaultRefused},
	} {
		t.Run(tc.name, func(t *testing.T) {
			from := NewMemory()
			slot := NewSlot(from)
			s := mustOpen(t, t.TempDir(), slot)
			want := map[string]Secrets{}
			for i := range accounts {
				a, secrets := example(i)
				want[mustSave(t, s, a, secrets).ID] = secrets
			}
			writings := 0
			var late sync.WaitGroup
			defer late.Wait()
			first := s.List()[0].ID
			token := fake("changed-meanwhile", 50)
			to := &stubborn{NewMemory(), nil}
			to.before = func(op, _ string) error {
				if writings++; writings == 3 {
					// Amazon changes a refresh token just now.
					late.Go(func() {
						if err := s.SaveRefreshToken(t.Context(), first, token); err != nil {
							t.Error(err)
						}
					})
				}
				return tc.before(writings, op)
			}
			wantKind(t, slot.Move(t.Context(), to, s.Keys()), tc.want)
			late.Wait()
			if writings >= 3 {
				want[first] = Secrets{RefreshToken: token, ClientSecret: want[first].ClientSecret}
			}
			for id, secrets := range want {
				got, err := s.Secrets(t.Context(), id)
				if err != nil || !got.RefreshToken.Equal(secrets.RefreshToken) || !got.ClientSecret.Equal(secrets.ClientSecret) {
					t.Errorf("an account has lost its secrets: %v", err)
				}
			}
			now, err := slot.now("get")
			if err != nil {
				t.Fatal(err)
			}
			if moved := now == Vault(to); moved != (tc.want == "") || !moved && now != Vault(from) {
				t.Errorf("the slot has a %T", now)
			}
			for _, key := range s.Keys() {
				if _, err := to.Get(t.Context(), key); (err == nil) != (tc.want == "") {
					t.Errorf("%s in the new vault: %v", key, err)
				}
				if _, err := from.Get(t.Context(), key); err != nil {
					t.Errorf("%s in the old vault: %v", key, err)
				}
			}
		})
	}
}

// TestMoveCanceled: nothing has moved, and nothing is left.
func TestMoveCanceled(t *testing.T) {
	from := NewMemory()
	slot := NewSlot(from)
	var keys []string
	for i := range 5 {
		keys = append(keys, fmt.Sprint("key", i))
		if err := from.Set(t.Context(), keys[i], fake(keys[i], 40)); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	to := NewMemory()
	n := 0
	wantKind(t, slot.Move(ctx, &stubborn{to, func(op, key string) error {
		if n++; n == 3 {
			cancel()
			return gone(ctx, op)
		}
		return nil
	}}, keys), VaultCanceled)
	for _, key := range keys {
		wantSecret(t, slot, key, fake(key, 40))
		wantSecret(t, to, key, lwa.Secret{})
	}
	wantKind(t, NewSlot(nil).Move(t.Context(), to, keys), VaultLocked)
}
