package rotate

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/lwa"
)

// TestPlaces: what is remembered holds no secret, can be seen and cleared, and goes
// with the account.
func TestPlaces(t *testing.T) {
	d := newDesk(t, 2)
	dir := t.TempDir()
	a, b := d.accounts[0], d.accounts[1]
	d.use(a, target(t, "dotenv"), filepath.Join(dir, ".env"), "")
	d.use(b, target(t, "json"), filepath.Join(dir, "x.json"), "")
	if err := d.book.Remember(Place{Account: a.ID, Target: "php_jlevers"}, d.sample.ClientSecret); err != nil {
		t.Fatal(err)
	}
	places, err := d.book.Places(a.ID)
	if err != nil || len(places) != 2 || places[0].Path != filepath.Join(dir, ".env") || places[1].On != date.Of(d.clock.Now()) {
		t.Fatalf("%+v, %v", places, err)
	}
	list := read(t, filepath.Join(d.files.Dir, fileName))
	for _, secret := range []string{d.sample.ClientSecret.Reveal(), d.sample.RefreshToken.Reveal(), d.sample.ClientSecret.Reveal()[20:]} {
		if strings.Contains(list, secret) {
			t.Error("the list has a secret in it")
		}
	}
	other := newDesk(t, 1)
	other.use(other.accounts[0], target(t, "dotenv"), filepath.Join(t.TempDir(), ".env"), "")
	f, _ := other.book.read()
	if strings.Contains(list, f.Places[0].Secret) {
		t.Error("two folders have the same fingerprint of a secret")
	}
	if err := d.book.Clear(places[0]); err != nil {
		t.Fatal(err)
	}
	if places, _ := d.book.Places(a.ID); len(places) != 1 || places[0].Target != "php_jlevers" {
		t.Errorf("%+v", places)
	}
	if _, err := os.Stat(filepath.Join(dir, ".env")); err != nil {
		t.Error("the file went too")
	}
	if err := d.book.Forget(a.ID); err != nil {
		t.Fatal(err)
	}
	// An account that is forgotten elsewhere goes with the next writing.
	if err := d.store.Forget(t.Context(), b.ID); err != nil {
		t.Fatal(err)
	}
	if err := d.book.Remember(Place{Account: a.ID, Target: "json"}, d.sample.ClientSecret); err != nil {
		t.Fatal(err)
	}
	if list := read(t, filepath.Join(d.files.Dir, fileName)); strings.Contains(list, b.ID) || strings.Contains(list, "php") {
		t.Error("the list still has what was forgotten")
	}
	if err := Erase(d.files.Dir); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{fileName, lockName} {
		if _, err := os.Stat(filepath.Join(d.files.Dir, name)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is left", name)
		}
	}
}

// TestOverwritten: a place has what was written last.
func TestOverwritten(t *testing.T) {
	d := newDesk(t, 2)
	path := filepath.Join(t.TempDir(), ".env")
	for range 2 {
		d.use(d.accounts[0], target(t, "dotenv"), path, "")
		d.use(d.accounts[1], target(t, "dotenv"), path, "")
	}
	d.use(d.accounts[0], target(t, "python_env"), path, "")
	first, _ := d.book.Places(d.accounts[0].ID)
	second, _ := d.book.Places(d.accounts[1].ID)
	if len(first) != 1 || first[0].Target != "python_env" || len(second) != 1 {
		t.Errorf("%+v %+v", first, second)
	}
	if _, err := d.book.Places("none"); err != nil {
		t.Error(err)
	}
}

// TestNothingIsWritten: a store in memory remembers no places.
func TestNothingIsWritten(t *testing.T) {
	store, err := account.Open("", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	book := New(store, nil)
	if err := book.Remember(Place{Account: "x", Target: "json"}, lwa.NewSecret("amzn1.oa2-cs.v1.EXAMPLE")); err != nil {
		t.Error(err)
	}
	if open, err := book.Rotations(); err != nil || len(open) != 0 {
		t.Error(open, err)
	}
}

// TestDamagedList: it only helps to remember, so a damaged one is empty.
func TestDamagedList(t *testing.T) {
	d := newDesk(t, 1)
	for _, text := range []string{"", "{", "[]", `{"places": 1}`, "\x00\xff"} {
		put(t, filepath.Join(d.files.Dir, fileName), text)
		if places, err := d.book.Places(d.accounts[0].ID); err != nil || len(places) != 0 {
			t.Errorf("%q: %v, %v", text, places, err)
		}
		if err := d.book.Remember(Place{Account: d.accounts[0].ID, Target: "json"}, d.sample.ClientSecret); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if places, err := d.book.Places(d.accounts[0].ID); err != nil || len(places) != 1 {
			t.Errorf("%q: %v, %v", text, places, err)
		}
	}
}

// TestSideBySide: windows and command lines that write at the same time lose nothing
// of each other's.
func TestSideBySide(t *testing.T) {
	d := newDesk(t, 1)
	ids := []string{"json", "dotenv", "node_code", "php_jlevers", "amazon_java", "go_fond", "amazon_python", "env"}
	var group sync.WaitGroup
	for _, id := range ids {
		store, err := account.Open(d.files.Dir, d.vault, d.clock.Now)
		if err != nil {
			t.Fatal(err)
		}
		group.Go(func() {
			for range 5 {
				if err := New(store, d.clock.Now).Remember(Place{Account: d.accounts[0].ID, Target: id}, d.sample.ClientSecret); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if places, err := d.book.Places(d.accounts[0].ID); err != nil || len(places) != len(ids) {
		t.Errorf("%d of %d places, %v", len(places), len(ids), err)
	}
}
