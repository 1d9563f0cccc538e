package account

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/lwa"
)

func names(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestErase(t *testing.T) {
	// A folder whose name would be a pattern.
	dir := filepath.Join(t.TempDir(), "[a] SellerKey")
	ring := newFakeRing()
	k := newKeychain(ring)
	s := mustOpen(t, dir, k)
	a, secrets := example(1)
	secrets.RefreshToken = fake("long", 9000) // in parts
	mustSave(t, s, a, secrets)
	b, secrets := example(2)
	mustSave(t, s, b, secrets)
	lost := fake("of a list that was lost", 5000)
	if err := k.Set(t.Context(), "lost.refresh_token", lost); err != nil {
		t.Fatal(err)
	}
	secretsFile := filepath.Join(dir, "secrets.age")
	if _, err := openFileVault(t.Context(), secretsFile, lwa.NewSecret("a fake passphrase"), 2); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"accounts.json.damaged-20261105T120000Z": "{", "accounts.json.new": "", "mine.txt": "of the person"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}

	// A keychain that refuses keeps the list, so that it can be tried again.
	ring.on(func(op, _ string) error {
		if op == "delete" {
			return ringError(VaultRefused)
		}
		return nil
	})
	if err := Erase(t.Context(), dir, k, secretsFile); KindOfVault(err) != VaultRefused {
		t.Fatal(err)
	}
	if n := len(mustOpen(t, dir, k).List()); n != 2 {
		t.Fatalf("%d accounts are left in the list", n)
	}

	ring.on(nil)
	for range 2 { // the second time there is nothing to do
		if err := Erase(t.Context(), dir, k, secretsFile); err != nil {
			t.Fatal(err)
		}
		if left := ring.copy(); len(left) > 0 {
			t.Fatalf("%d items are left in the keychain", len(left))
		}
		if left := names(t, dir); !slices.Equal(left, []string{"mine.txt"}) {
			t.Fatalf("left in the folder: %q", left)
		}
	}
	if err := Erase(t.Context(), filepath.Join(dir, "never", "was"), k, ""); err != nil {
		t.Fatal(err)
	}
}

// TestEraseReadsBack: a keychain that says "deleted" and has it still.
func TestEraseReadsBack(t *testing.T) {
	dir, ring := t.TempDir(), newFakeRing()
	k := newKeychain(ring)
	a, secrets := example(1)
	mustSave(t, mustOpen(t, dir, k), a, secrets)
	ring.store = func(string, string) (string, bool) { return "", false }
	if err := Erase(t.Context(), dir, k, ""); KindOfVault(err) != VaultMismatch {
		t.Fatal(err)
	}
	if n := len(mustOpen(t, dir, k).List()); n != 1 {
		t.Fatal("the list is gone, and with it the names of what is left")
	}
}

// TestEraseKnowsDamagedLists: what the list cannot say any more, its backup or
// the copy that was set aside can.
func TestEraseKnowsDamagedLists(t *testing.T) {
	for _, keep := range []string{indexName + ".bak", indexName + ".damaged-x"} {
		dir, ring := t.TempDir(), newFakeRing()
		k := newKeychain(ring)
		a, secrets := example(1)
		mustSave(t, mustOpen(t, dir, k), a, secrets)
		data, err := os.ReadFile(filepath.Join(dir, indexName))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range matches(dir, indexName+"*") {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(filepath.Join(dir, keep), data, 0o600); err != nil {
			t.Fatal(err)
		}
		if keys := secretsOf(dir); len(keys) != 2 {
			t.Errorf("%s: %d keys", keep, len(keys))
		}
	}
}

// TestEraseWithoutAKeychain: on a computer that has none, there is only
// something to complain about when accounts say that they have items in one.
func TestEraseWithoutAKeychain(t *testing.T) {
	missing := newFakeRing()
	missing.on(func(string, string) error { return ringError(VaultMissing) })
	for _, c := range []struct {
		name                 string
		account, file, fails bool
	}{
		{name: "nothing saved"},
		{name: "saved in the file", account: true, file: true},
		{name: "saved in a keychain that is gone", account: true, fails: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if c.account {
				a, secrets := example(1)
				mustSave(t, mustOpen(t, dir, NewMemory()), a, secrets)
			}
			vaultFile := filepath.Join(dir, "secrets.age")
			if c.file {
				if err := os.WriteFile(vaultFile, []byte("{}"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			err := Erase(t.Context(), dir, newKeychain(missing), vaultFile)
			if (KindOfVault(err) == VaultMissing) != c.fails || !c.fails && err != nil {
				t.Error(err)
			}
			if left := len(names(t, dir)) > 0; left != c.fails {
				t.Errorf("left: %q", names(t, dir))
			}
		})
	}
}

// TestEraseFileInUse: what cannot be removed is an error, and the list goes last.
func TestEraseFileInUse(t *testing.T) {
	dir := t.TempDir()
	a, secrets := example(1)
	mustSave(t, mustOpen(t, dir, NewMemory()), a, secrets)
	if err := os.Remove(filepath.Join(dir, lockName)); err != nil {
		t.Fatal(err)
	}
	// A folder with something in it cannot be removed as a file on any system.
	if err := os.MkdirAll(filepath.Join(dir, lockName, strings.Repeat("x", 3)), 0o700); err != nil {
		t.Fatal(err)
	}
	wantIndexKind(t, Erase(t.Context(), dir, newKeychain(newFakeRing()), ""), IndexRefused)
	if _, err := os.Stat(filepath.Join(dir, indexName)); err != nil {
		t.Error("the list is gone")
	}
}
