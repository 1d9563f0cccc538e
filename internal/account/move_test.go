package account

import (
	"bytes"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/sellerkey/sellerkey/internal/vault"
)

func TestLockedVault(t *testing.T) {
	s := mustOpen(t, t.TempDir(), nil)
	a, secrets := example(1)
	_, err := s.Save(t.Context(), a, secrets)
	wantKind(t, err, vault.Locked)
	s.SetVault(vault.NewMemory())
	a = mustSave(t, s, a, secrets)
	s.SetVault(nil)
	_, err = s.Secrets(t.Context(), a.ID)
	wantKind(t, err, vault.Locked)
	wantKind(t, s.Forget(t.Context(), a.ID), vault.Locked)
}

// TestMove moves the secrets of some accounts out of the encrypted file, with the
// program at work meanwhile. It moves all or none, also those of an account that
// the list has lost.
func TestMove(t *testing.T) {
	const accounts = 4
	for _, tc := range []struct {
		name string
		// before is asked before each writing to the new vault, with its number.
		before func(n int, op string) error
		want   vault.Kind
	}{
		{"well", func(int, string) error { return nil }, ""},
		{"refused at once", func(int, string) error { return refused(vault.Refused) }, vault.Refused},
		{"refused half-way", func(n int, op string) error {
			if n == accounts && op == "set" {
				return refused(vault.Refused)
			}
			return nil
		}, vault.Refused},
		{"refused at the last", func(n int, op string) error {
			if n == 2*accounts+1 && op == "set" {
				return refused(vault.Refused)
			}
			return nil
		}, vault.Refused},
		{"canceled", func(n int, op string) error {
			if n == 3 && op == "set" {
				return refused(vault.Canceled)
			}
			return nil
		}, vault.Canceled},
	} {
		t.Run(tc.name, func(t *testing.T) {
			dir := t.TempDir()
			from := vaultFile(t, filepath.Join(dir, "secrets.age"))
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
			to := newFaultyVault()
			to.before = func(op, _ string) error {
				if writings++; writings == 1 {
					late.Go(func() { // Amazon changes a refresh token just now
						if err := replace(s, first, token); err != nil {
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
			if moved := s.vault == vault.Vault(to); moved != (tc.want == "") || !moved && s.vault != vault.Vault(from) {
				t.Errorf("the store has a %T", s.vault)
			}
			if keys, err := from.Keys(t.Context()); err != nil || len(keys) < 2*accounts+1 {
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
	from := vaultFile(t, filepath.Join(dir, "secrets.age"))
	s := mustOpen(t, dir, from)
	a, secrets := example(1)
	mustSave(t, s, a, secrets)
	if err := from.Set(t.Context(), "zz.refresh_token", fake("zz", 60)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "secrets.age")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// Another item under the name of this one.
	data = bytes.Replace(data, []byte(`"zz.refresh_token"`), []byte(`"zz.client_secret"`), 1)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	to := newFaultyVault()
	wantKind(t, s.MoveSecrets(t.Context(), from, to), vault.Damaged)
	if len(to.items) > 0 || s.vault != vault.Vault(from) {
		t.Error("something has moved")
	}
}
