package account

import (
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
