package account

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/internal/vault"
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
	k := newFaultyVault()
	s := mustOpen(t, dir, k)
	a, secrets := example(1)
	mustSave(t, s, a, secrets)
	b, secrets := example(2)
	mustSave(t, s, b, secrets)
	other := fake("of another folder", 60)
	if err := k.Set(t.Context(), "other.refresh_token", other); err != nil {
		t.Fatal(err)
	}
	secretsFile := filepath.Join(dir, "secrets.age")
	vaultFile(t, secretsFile)
	for _, name := range []string{"accounts.json.damaged-20261105T120000Z", "accounts.json.new", "secrets.age.aside-20261105T120000Z-2"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("{"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	theirs := []string{
		"accounts.json.damaged-by-me", "accounts.json.sql", "accounts.jsonl", "instance.tf", "instance.yaml",
		"mine.txt", "secrets.age.aside-old", "secrets.age.txt", "settings.json.example",
	}
	for _, name := range theirs {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("{}"), 0o600); err != nil {
			t.Fatal(err)
		}
	}

	// A keychain that refuses keeps the list, so that it can be tried again.
	k.on(func(op, _ string) error {
		if op == "delete" {
			return refused(vault.Refused)
		}
		return nil
	})
	if err := Erase(t.Context(), dir, k, secretsFile); vault.KindOf(err) != vault.Refused {
		t.Fatal(err)
	}
	if n := len(mustOpen(t, dir, k).List()); n != 2 {
		t.Fatalf("%d accounts are left in the list", n)
	}

	k.on(nil)
	for range 2 { // the second time there is nothing to do
		if err := Erase(t.Context(), dir, k, secretsFile); err != nil {
			t.Fatal(err)
		}
		if left := k.copy(); len(left) != 1 {
			t.Fatalf("%d items are left in the keychain", len(left))
		}
		wantSecret(t, k, "other.refresh_token", other)
		if left := names(t, dir); !slices.Equal(left, theirs) {
			t.Fatalf("left in the folder: %q", left)
		}
	}
	if err := Erase(t.Context(), filepath.Join(dir, "never", "was"), k, ""); err != nil {
		t.Fatal(err)
	}
}

// TestEraseKnowsDamagedLists: what the list cannot say any more, its backup or
// the copy that was set aside can.
func TestEraseKnowsDamagedLists(t *testing.T) {
	for _, keep := range []string{indexName + ".bak", indexName + ".damaged-20261105T120000Z"} {
		dir, k := t.TempDir(), newFaultyVault()
		a, secrets := example(1)
		mustSave(t, mustOpen(t, dir, k), a, secrets)
		data, err := os.ReadFile(filepath.Join(dir, indexName))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{indexName, backupName} {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(filepath.Join(dir, keep), data, 0o600); err != nil {
			t.Fatal(err)
		}
		if keys := secretsOf(dir); len(keys) != 4 {
			t.Errorf("%s: %d keys", keep, len(keys))
		}
	}
}

// TestEraseWithoutAKeychain: on a computer that has none, there is only
// something to complain about when accounts say that they have items in one.
func TestEraseWithoutAKeychain(t *testing.T) {
	missing := newFaultyVault()
	missing.on(func(string, string) error { return refused(vault.Missing) })
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
				mustSave(t, mustOpen(t, dir, vault.NewMemory()), a, secrets)
			}
			file := filepath.Join(dir, "secrets.age")
			if c.file {
				vaultFile(t, file)
			}
			err := Erase(t.Context(), dir, missing, file)
			if (vault.KindOf(err) == vault.Missing) != c.fails || !c.fails && err != nil {
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
	mustSave(t, mustOpen(t, dir, vault.NewMemory()), a, secrets)
	if err := os.Remove(filepath.Join(dir, lockName)); err != nil {
		t.Fatal(err)
	}
	// A folder with something in it cannot be removed as a file on any system.
	if err := os.MkdirAll(filepath.Join(dir, lockName, strings.Repeat("x", 3)), 0o700); err != nil {
		t.Fatal(err)
	}
	wantIndexKind(t, Erase(t.Context(), dir, newFaultyVault(), ""), indexRefused)
	if _, err := os.Stat(filepath.Join(dir, indexName)); err != nil {
		t.Error("the list is gone")
	}
}

// TestEraseLeavesForeignFiles: "secrets.age" is a name that users of age choose
// as well.
func TestEraseLeavesForeignFiles(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "secrets.age")
	for _, text := range []string{"age-encryption.org/v1\n-> X25519 …", "-----BEGIN AGE ENCRYPTED FILE-----", "{}", ""} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := Erase(t.Context(), dir, vault.NewMemory(), file); err != nil {
			t.Fatal(err)
		}
		if data, err := os.ReadFile(file); err != nil || string(data) != text {
			t.Errorf("%q: %v", text, err)
		}
	}
}
