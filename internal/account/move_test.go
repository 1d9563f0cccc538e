package account

import (
	"context"
	"path/filepath"
	"sync"
	"testing"

	"github.com/sellerkey/sellerkey/lwa"
)

// stubborn is a vault in memory whose writings can be refused.
type stubborn struct {
	*Memory
	before func(op, key string) error
}

func (v *stubborn) Set(ctx context.Context, key string, value lwa.Secret) error {
	if err := v.before("set", key); err != nil {
		return err
	}
	return v.Memory.Set(ctx, key, value)
}

func (v *stubborn) Delete(ctx context.Context, key string) error {
	if err := v.before("delete", key); err != nil {
		return err
	}
	return v.Memory.Delete(ctx, key)
}

func TestLockedVault(t *testing.T) {
	s := mustOpen(t, t.TempDir(), nil)
	a, secrets := example(1)
	_, err := s.Save(t.Context(), a, secrets)
	wantKind(t, err, VaultLocked)
	s.SetVault(NewMemory())
	a = mustSave(t, s, a, secrets)
	s.SetVault(nil)
	_, err = s.Secrets(t.Context(), a.ID)
	wantKind(t, err, VaultLocked)
	wantKind(t, s.Forget(t.Context(), a.ID), VaultLocked)
}

// TestMove moves the secrets of some accounts out of the encrypted file, with the
// program at work meanwhile. It moves all or none, also those of an account that
// the list has lost.
func TestMove(t *testing.T) {
	const accounts = 4
	refused := func(op string) error { return vaultErr(op, VaultRefused, nil) }
	for _, tc := range []struct {
		name string
		// before is asked before each writing to the new vault, with its number.
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
			if n == 2*accounts+1 && op == "set" {
				return refused(op)
			}
			return nil
		}, VaultRefused},
		{"canceled", func(n int, op string) error {
			if n == 3 && op == "set" {
				return vaultErr(op, VaultCanceled, context.Canceled)
			}
			return nil
		}, VaultCanceled},
	} {
		t.Run(tc.name, func(t *testing.T) {
			dir := t.TempDir()
			from, err := openFileVault(t.Context(), filepath.Join(dir, "secrets.age"), lwa.NewSecret("a fake passphrase"), 2)
			if err != nil {
				t.Fatal(err)
			}
			s := mustOpen(t, dir, from)
			want := map[string]Secrets{}
			for i := range accounts {
				a, secrets := example(i)
				want[mustSave(t, s, a, secrets).ID] = secrets
			}
			lost := fake("of an account that the list has lost", 60)
			if err := from.Set(t.Context(), "lost.refresh_token", lost); err != nil {
				t.Fatal(err)
			}
			writings := 0
			var late sync.WaitGroup
			first, token := s.List()[0].ID, fake("changed-meanwhile", 60)
			to := &stubborn{NewMemory(), nil}
			to.before = func(op, _ string) error {
				if writings++; writings == 1 {
					late.Go(func() { // Amazon changes a refresh token just now
						if err := s.SaveRefreshToken(t.Context(), first, token); err != nil {
							t.Error(err)
						}
					})
				}
				return tc.before(writings, op)
			}
			wantKind(t, s.MoveSecrets(t.Context(), from, to), tc.want)
			late.Wait()
			want[first] = Secrets{RefreshToken: token, ClientSecret: want[first].ClientSecret}
			for id, secrets := range want {
				got, err := s.Secrets(t.Context(), id)
				if err != nil || !got.RefreshToken.Equal(secrets.RefreshToken) || !got.ClientSecret.Equal(secrets.ClientSecret) {
					t.Errorf("an account has lost its secrets: %v", err)
				}
			}
			if moved := s.vault == Vault(to); moved != (tc.want == "") || !moved && s.vault != Vault(from) {
				t.Errorf("the store has a %T", s.vault)
			}
			keys, err := from.Keys(t.Context())
			if err != nil || len(keys) != 2*accounts+1 {
				t.Errorf("the file has %d secrets, %v", len(keys), err)
			}
			if tc.want != "" {
				if len(to.items) > 0 {
					t.Errorf("%d secrets are in the new vault", len(to.items))
				}
				return
			}
			wantSecret(t, to, "lost.refresh_token", lost)
		})
	}
}

// TestMoveStopsAtDamage: a secret that cannot be read is not left behind in a
// file that is deleted next.
func TestMoveStopsAtDamage(t *testing.T) {
	dir := t.TempDir()
	from, err := openFileVault(t.Context(), filepath.Join(dir, "secrets.age"), lwa.NewSecret("a fake passphrase"), 2)
	if err != nil {
		t.Fatal(err)
	}
	s := mustOpen(t, dir, from)
	a, secrets := example(1)
	mustSave(t, s, a, secrets)
	file, err := from.load()
	if err != nil {
		t.Fatal(err)
	}
	file.Items["zz.refresh_token"] = "damaged"
	if err := from.store("set", file); err != nil {
		t.Fatal(err)
	}
	to := NewMemory()
	wantKind(t, s.MoveSecrets(t.Context(), from, to), VaultDamaged)
	if len(to.items) > 0 || s.vault != Vault(from) {
		t.Error("something has moved")
	}
}
