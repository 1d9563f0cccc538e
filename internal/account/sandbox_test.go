package account

import (
	"testing"

	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// TestSandbox: an account of a sandbox app has its own endpoint and no yearly day,
// over a restart as well, and can be corrected without losing its secrets.
func TestSandbox(t *testing.T) {
	dir, v := t.TempDir(), vault.NewMemory()
	s := mustOpen(t, dir, v)
	a, secrets := example(1)
	a.Marketplace, a.Sandbox, a.AuthorizedAt, a.SecretMadeAt = "DE", true, date.On(2026, 3, 1), date.On(2026, 2, 1)
	saved := mustSave(t, s, a, secrets)
	again := mustOpen(t, dir, v)
	if list := again.List(); len(list) != 1 || list[0] != saved || !saved.Sandbox {
		t.Fatalf("on the disk: %+v", list)
	}
	if at := saved.Endpoint(); at != (lwa.Endpoint{Region: lwa.Europe, Sandbox: true}) {
		t.Errorf("at %+v", at)
	}
	if !saved.AuthorizationDue().IsZero() || saved.SecretDue().IsZero() {
		t.Errorf("due %v, the secret %v", saved.AuthorizationDue(), saved.SecretDue())
	}
	if _, err := again.RecordStores(saved.ID, []string{"DE"}, ""); err != nil {
		t.Fatal(err)
	}
	// Saved again by somebody who didn't say so, it's still one.
	a.Sandbox = false
	if b := mustSave(t, again, a, secrets); b.ID != saved.ID || !b.Sandbox {
		t.Errorf("saved again: %+v", b)
	}
	got, err := again.Update(saved.ID, func(a *Account) { a.Sandbox = false })
	if err != nil || got.Sandbox || got.Stores != "" || got.ID != saved.ID || got.AuthorizationDue().IsZero() {
		t.Errorf("corrected: %+v, %v", got, err)
	}
	if kept, err := again.Secrets(t.Context(), saved.ID); err != nil || !kept.RefreshToken.Equal(secrets.RefreshToken) {
		t.Errorf("the secrets: %v", err)
	}
	_, err = again.Update("nobody", func(a *Account) { a.Sandbox = true })
	wantIndexKind(t, err, indexNotFound)
}
