package account

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/internal/docs"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

func noon() time.Time { return time.Date(2026, 11, 5, 12, 0, 0, 123, time.UTC) }

func mustOpen(t testing.TB, dir string, v vault.Vault) *Store {
	t.Helper()
	s, err := Open(dir, v, noon)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func mustSave(t testing.TB, s *Store, a Account, secrets Secrets) Account {
	t.Helper()
	a, err := s.Save(t.Context(), a, secrets)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func example(n int) (Account, Secrets) {
	a := Account{
		Marketplace: "JP", SellerID: fmt.Sprintf("A1FAKE%07d", n), ClientID: "amzn1.application-oa2-client.fake",
		ApplicationID: "amzn1.sp.solution.00000000-fake", AuthorizedAt: date.Of(noon()), SecretMadeAt: date.Of(noon()),
	}
	return a, Secrets{
		RefreshToken: fake(fmt.Sprint("refresh", n), 380),
		ClientSecret: fake(fmt.Sprint("client", n), 80),
	}
}

// onlyMine: on Windows the profile's access list does it, and the mode says nothing.
func onlyMine(info fs.FileInfo) bool {
	return runtime.GOOS == "windows" || info.Mode().Perm()&0o077 == 0
}

func wantIndexKind(t *testing.T, err error, want IndexKind) {
	t.Helper()
	var e *IndexError
	if !errors.As(err, &e) || e.Kind != want {
		t.Fatalf("%v, want %q", err, want)
	}
}

func TestStoreRemembers(t *testing.T) {
	dir, vault := filepath.Join(t.TempDir(), "made", "for us"), vault.NewMemory()
	s := mustOpen(t, dir, vault)
	if s.Notices() != nil || len(s.List()) != 0 {
		t.Fatal("a new folder is not empty")
	}
	a, secrets := example(1)
	a.Marketplace, a.Name = " jp ", "秋葉原"
	saved := mustSave(t, s, a, secrets)
	if !validID(saved.ID) || saved.Marketplace != "JP" || !saved.CreatedAt.Equal(noon().Truncate(time.Second)) ||
		!saved.HasClientSecret || !saved.HasRefreshToken {
		t.Fatalf("%+v", saved)
	}
	b, _ := example(2)
	b.Vendor, b.Draft, b.SelfAuthorized, b.RedirectURI, b.Problem = true, true, true, "https://example.com/x", "offline"
	mustSave(t, s, b, Secrets{})

	s = mustOpen(t, dir, vault)
	if got, ok := s.Find(saved.ID); !ok || got != saved {
		t.Fatalf("%+v\n%+v", got, saved)
	}
	if n := len(s.List()); n != 2 {
		t.Fatal(n)
	}
	got, err := s.Secrets(t.Context(), saved.ID)
	if err != nil || !got.RefreshToken.Equal(secrets.RefreshToken) || !got.ClientSecret.Equal(secrets.ClientSecret) {
		t.Fatal(err)
	}
	if s.Notices() != nil {
		t.Fatal("notices of nothing")
	}
	files, _ := os.ReadDir(dir)
	for _, f := range files {
		data, _ := os.ReadFile(filepath.Join(dir, f.Name()))
		if strings.Contains(string(data), "FAKE-") {
			t.Errorf("%s holds a secret", f.Name())
		}
		if info, _ := f.Info(); !onlyMine(info) {
			t.Errorf("%s has mode %v", f.Name(), info.Mode())
		}
	}
}

func TestStoreKnowsTheSameAccount(t *testing.T) {
	s := mustOpen(t, t.TempDir(), vault.NewMemory())
	a, secrets := example(1)
	a.Name = "mine"
	first := mustSave(t, s, a, secrets)

	again, _ := example(1)
	again.Marketplace = "AU" // the same region as Japan
	again.SellerID = strings.ToLower(again.SellerID)
	next := Secrets{RefreshToken: fake("refresh again", 380)}
	second := mustSave(t, s, again, next)
	if second.ID != first.ID || second.Name != "mine" || len(s.List()) != 1 {
		t.Fatalf("doubled: %+v", s.List())
	}
	got, err := s.Secrets(t.Context(), first.ID)
	if err != nil || !got.RefreshToken.Equal(next.RefreshToken) || !got.ClientSecret.Equal(secrets.ClientSecret) {
		t.Fatal("a new refresh token, and the client secret of before:", err)
	}

	for _, change := range []func(*Account){
		func(a *Account) { a.Marketplace = "DE" },
		func(a *Account) { a.Marketplace = "US" },
		func(a *Account) { a.SellerID = "A1FAKE9999999" },
		func(a *Account) { a.ClientID = "amzn1.application-oa2-client.other" },
		func(a *Account) { a.ClientID = "" },
	} {
		b, secrets := example(1)
		change(&b)
		if got := mustSave(t, s, b, secrets); got.ID == first.ID {
			t.Fatalf("%+v is not the same account", b)
		}
	}
	if n := len(s.List()); n != 6 {
		t.Fatal(n)
	}
	// Without a seller ID only the token tells.
	b, secrets := example(1)
	b.SellerID = ""
	one := mustSave(t, s, b, secrets)
	if two := mustSave(t, s, b, Secrets{RefreshToken: fake("of another seller", 380)}); two.ID == one.ID {
		t.Fatal("another seller's token went over the first one's")
	}
	if same := mustSave(t, s, b, secrets); same.ID != one.ID {
		t.Fatal("the same token made a second account")
	}
	// Whose token it is cannot be edited.
	var other *OtherAccountError
	if _, err := s.Update(first.ID, func(a *Account) { a.SellerID = "A1FAKEMOVED" }); !errors.As(err, &other) || !other.Seller {
		t.Fatal(err)
	}
}

// TestStoreKeepsAccountsApart: authorizing again replaces the secrets of the same
// app, seller and region only.
func TestStoreKeepsAccountsApart(t *testing.T) {
	v := newFaultyVault()
	s := mustOpen(t, t.TempDir(), v)
	a, secrets := example(1)
	a.Name = "mine"
	a = mustSave(t, s, a, secrets)
	before := v.copy()
	for _, c := range []struct {
		want   OtherAccountError
		change func(*Account)
	}{
		{OtherAccountError{Seller: true}, func(a *Account) { a.SellerID = "A1FAKE9999999" }},
		{OtherAccountError{Region: true}, func(a *Account) { a.Marketplace = "US" }},
		{OtherAccountError{App: true}, func(a *Account) { a.ClientID = "amzn1.application-oa2-client.other" }},
		{OtherAccountError{App: true}, func(a *Account) { a.ApplicationID, a.ClientID = "amzn1.sp.solution.other", "" }},
		{OtherAccountError{Seller: true, Region: true}, func(a *Account) { a.SellerID, a.Marketplace = "A1FAKE9999999", "de" }},
	} {
		b, _ := example(1)
		b.ID = a.ID
		b.ApplicationID = a.ApplicationID
		c.change(&b)
		_, err := s.Save(t.Context(), b, Secrets{RefreshToken: fake("of another one", 380), ClientSecret: fake("c", 60)})
		var other *OtherAccountError
		if !errors.As(err, &other) || other.Account != a || other.Seller != c.want.Seller || other.App != c.want.App || other.Region != c.want.Region {
			t.Errorf("%+v: %v", c.want, err)
		}
		if !maps.Equal(v.copy(), before) || !slices.Equal(s.List(), []Account{a}) {
			t.Fatal("something has changed")
		}
		// As an account of its own it is welcome.
		b.ID = ""
		own := mustSave(t, s, b, Secrets{RefreshToken: fake("of another one", 380)})
		if own.ID == a.ID {
			t.Fatal("not an account of its own")
		}
		if err := s.Forget(t.Context(), own.ID); err != nil {
			t.Fatal(err)
		}
	}
	// What is not known cannot differ.
	b := Account{ID: a.ID, Marketplace: "AU"}
	mustSave(t, s, b, Secrets{RefreshToken: fake("again", 380)})
	if a, _ := s.Find(a.ID); a.SellerID == "" || !a.HasPrevious {
		t.Errorf("%+v", a)
	}
}

// TestStoreKeepsThePreviousToken until the new one has worked.
func TestStoreKeepsThePreviousToken(t *testing.T) {
	v := newFaultyVault()
	s := mustOpen(t, t.TempDir(), v)
	a, secrets := example(1)
	a = mustSave(t, s, a, secrets)
	first, second, third := secrets.RefreshToken, fake("second", 60), fake("third", 60)
	holds := func(present, previous lwa.Secret) {
		t.Helper()
		wantSecret(t, v, refreshKey(a.ID), present)
		wantSecret(t, v, previousKey(a.ID), previous)
		if got, _ := s.Find(a.ID); got.HasPrevious == previous.IsEmpty() {
			t.Error("the list says something else")
		}
	}
	if err := s.replaceRefreshToken(t.Context(), a.ID, first, first, second); err != nil {
		t.Fatal(err)
	}
	holds(second, first)
	// A refresh that began with the first one comes too late.
	if err := s.replaceRefreshToken(t.Context(), a.ID, first, first, third); !errors.Is(err, errSuperseded) {
		t.Fatal(err)
	}
	holds(second, first)
	if err := s.refreshTokenWorked(t.Context(), a.ID); err != nil {
		t.Fatal(err)
	}
	holds(second, lwa.Secret{})
	mustSave(t, s, a, Secrets{RefreshToken: third})
	holds(third, second)
	// Saving the same again changes nothing.
	mustSave(t, s, a, Secrets{RefreshToken: third})
	holds(third, second)
	// The former one is the one that works.
	if err := s.replaceRefreshToken(t.Context(), a.ID, third, second, second); err != nil {
		t.Fatal(err)
	}
	holds(second, lwa.Secret{})
	mustSave(t, s, a, Secrets{RefreshToken: third})
	mustSave(t, s, a, Secrets{RefreshToken: first})
	holds(first, second) // the third has not worked, the second has
	if err := s.Forget(t.Context(), a.ID); err != nil || len(v.copy()) > 0 {
		t.Fatal(err, len(v.copy()))
	}
}

func TestStoreWithoutSellerIDs(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir, vault.NewMemory())
	var saved []Account
	for i := range 3 {
		a, secrets := example(1)
		a.SellerID, a.Name = "", ""
		secrets.RefreshToken = fake(fmt.Sprint("seller", i), 380)
		saved = append(saved, mustSave(t, s, a, secrets))
	}
	// The same token again is the same account.
	a, secrets := example(1)
	a.SellerID, a.Name = "", ""
	secrets.RefreshToken = fake("seller1", 380)
	if again := mustSave(t, s, a, secrets); again.ID != saved[1].ID || again.Title() != saved[1].Title() {
		t.Errorf("another account: %+v", again)
	}
	var titles []string
	for i, a := range saved {
		titles = append(titles, a.Title())
		got, err := s.Secrets(t.Context(), a.ID)
		if err != nil || !got.RefreshToken.Equal(fake(fmt.Sprint("seller", i), 380)) {
			t.Errorf("account %d has another's token: %v", i, err)
		}
	}
	if want := []string{"JP", "JP · 2", "JP · 3"}; !slices.Equal(titles, want) {
		t.Errorf("titles %q, want %q", titles, want)
	}

	for i, tc := range []struct{ store, want string }{{"Example Store", "JP · Example Store"}, {" Example  Store ", "JP · Example Store · 2"}, {"", "JP · 3"}} {
		got, err := s.RecordStores(saved[i].ID, nil, tc.store)
		if err != nil || got.Title() != tc.want {
			t.Errorf("named %q, want %q: %v", got.Title(), tc.want, err)
		}
	}
	if got, err := s.RecordStores(saved[0].ID, nil, "Another"); err != nil || got.Title() != "JP · Example Store" {
		t.Errorf("a name was changed into %q: %v", got.Title(), err)
	}
	if err := rename(s, saved[2].ID, "mine"); err != nil {
		t.Fatal(err)
	}
	if got, err := s.RecordStores(saved[2].ID, nil, "Another"); err != nil || got.Title() != "mine" {
		t.Errorf("the person's own name was changed into %q: %v", got.Title(), err)
	}
	known, secrets := example(2)
	known.Name = ""
	known = mustSave(t, s, known, secrets)
	if got, err := s.RecordStores(known.ID, nil, "Another"); err != nil || got.Name != "" {
		t.Errorf("an account with a seller ID was named %q: %v", got.Name, err)
	}
	_, err := s.RecordStores("nobody", nil, "Another")
	wantIndexKind(t, err, indexNotFound)
}

func TestStoreSortsAndSearches(t *testing.T) {
	s := mustOpen(t, "", vault.NewMemory())
	for i, name := range []string{"banana", "Äpfel", "Ｂanane", "apple", "ｶﾞﾗｽ㈱", ""} {
		a, _ := example(i)
		a.Name = name
		mustSave(t, s, a, Secrets{})
	}
	var names []string
	for _, a := range s.List() {
		names = append(names, a.Title())
	}
	if want := []string{"JP · A1FAKE0000005", "apple", "banana", "Ｂanane", "Äpfel", "ｶﾞﾗｽ㈱"}; !slices.Equal(names, want) {
		t.Errorf("%q", names)
	}
	for query, want := range map[string]int{"": 6, " ": 6, "BANAN": 2, "ガラス(株)": 1, "jp banan": 2, "a1fake0000003": 1, "solution.0000": 6, "jp de": 0} {
		if got := len(s.Search(query)); got != want {
			t.Errorf("%q finds %d, want %d", query, got, want)
		}
	}
	list := s.List()
	id := list[1].ID
	if err := rename(s, id, "  zebra \n two "); err != nil {
		t.Fatal(err)
	}
	if list[1].Name != "apple" {
		t.Error("a list that was given out changes with the store")
	}
	if a, _ := s.Find(id); a.Name != "zebra two" {
		t.Error(a.Name)
	}
	wantIndexKind(t, rename(s, "nobody", "x"), indexNotFound)
	_, err := s.Secrets(t.Context(), "nobody")
	wantIndexKind(t, err, indexNotFound)
}

// TestStoreVaultFaults: a vault that fails leaves the list as it was, and
// trying again works.
func TestStoreVaultFaults(t *testing.T) {
	kinds := []vault.Kind{vault.Locked, vault.Missing, vault.Refused, vault.Full, vault.Dismissed, vault.Unavailable}
	for _, kind := range kinds {
		for _, what := range []string{"refresh_token", "client_secret"} {
			t.Run(string(kind)+" "+what, func(t *testing.T) {
				ring := newFaultyVault()
				dir := t.TempDir()
				s := mustOpen(t, dir, ring)
				a, secrets := example(1)
				broken := func(_, key string) error {
					if strings.HasSuffix(key, what) {
						return refused(kind)
					}
					return nil
				}
				ring.on(broken)
				_, err := s.Save(t.Context(), a, secrets)
				wantKind(t, err, kind)
				if len(s.List()) != 0 {
					t.Fatal("it is in the list")
				}
				for range 1000 { // the refresh token of a saving that failed goes again
					if len(ring.copy()) == 0 {
						break
					}
					time.Sleep(time.Millisecond)
				}
				if n := len(ring.copy()); n != 0 {
					t.Fatalf("%d items are left in the keychain", n)
				}
				ring.on(nil)
				a = mustSave(t, s, a, secrets)

				ring.on(broken)
				_, err = s.Save(t.Context(), a, Secrets{RefreshToken: fake("n", 50), ClientSecret: fake("m", 50)})
				wantKind(t, err, kind)
				if what == "refresh_token" {
					wantKind(t, replace(s, a.ID, fake("o", 50)), kind)
				} else {
					wantKind(t, s.SaveClientSecret(t.Context(), a.ID, fake("o", 50), date.Of(noon())), kind)
				}
				_, err = s.Secrets(t.Context(), a.ID)
				wantKind(t, err, kind)
				// Forgetting goes through the keychain or not at all.
				wantKind(t, s.Forget(t.Context(), a.ID), kind)
				if _, ok := s.Find(a.ID); !ok {
					t.Fatal("gone from the list, not from the keychain")
				}
				ring.on(nil)
				if err := s.Forget(t.Context(), a.ID); err != nil {
					t.Fatal(err)
				}
				if len(ring.copy()) != 0 || len(mustOpen(t, dir, vault.NewMemory()).List()) != 0 {
					t.Fatal("a trace is left")
				}
				for _, name := range []string{indexName, backupName} {
					if data, _ := os.ReadFile(filepath.Join(dir, name)); strings.Contains(string(data), a.SellerID) {
						t.Errorf("%s still names the seller", name)
					}
				}
			})
		}
	}
}

func TestStoreSecretsGone(t *testing.T) {
	v := vault.NewMemory()
	s := mustOpen(t, "", v)
	a, secrets := example(1)
	a = mustSave(t, s, a, secrets)
	if err := v.Delete(t.Context(), clientKey(a.ID)); err != nil {
		t.Fatal(err)
	}
	got, err := s.Secrets(t.Context(), a.ID)
	wantKind(t, err, vault.NotFound)
	if !got.RefreshToken.Equal(secrets.RefreshToken) {
		t.Fatal("the one that is there is not given")
	}
	if err := s.SaveClientSecret(t.Context(), a.ID, secrets.ClientSecret, date.Of(noon()).AddDays(-3)); err != nil {
		t.Fatal(err)
	}
	if a, _ = s.Find(a.ID); a.SecretMadeAt != date.Of(noon()).AddDays(-3) {
		t.Fatal(a.SecretMadeAt)
	}
	wantIndexKind(t, replace(s, "nobody", fake("x", 40)), indexNotFound)
	wantKind(t, replace(s, a.ID, lwa.Secret{}), vault.Refused)
	// Without any keychain an account that never had secrets can be forgotten.
	ring := newFaultyVault()
	ring.on(func(string, string) error { return refused(vault.Missing) })
	s = mustOpen(t, "", ring)
	b, _ := example(2)
	b = mustSave(t, s, b, Secrets{})
	if err := s.Forget(t.Context(), b.ID); err != nil {
		t.Fatal(err)
	}
}

// orderVault notes whether the index knew the account when its secret came.
type orderVault struct {
	vault.Vault
	dir  string
	seen []bool
}

func (v *orderVault) Set(ctx context.Context, key string, s lwa.Secret) error {
	_, err := os.Stat(filepath.Join(v.dir, indexName))
	v.seen = append(v.seen, err == nil)
	return v.Vault.Set(ctx, key, s)
}

func TestStoreSavesSecretsBeforeTheIndex(t *testing.T) {
	dir := t.TempDir()
	v := &orderVault{Vault: vault.NewMemory(), dir: dir}
	s := mustOpen(t, dir, v)
	a, secrets := example(1)
	mustSave(t, s, a, secrets)
	if !slices.Equal(v.seen, []bool{false, false}) {
		t.Fatal(v.seen)
	}
}

func TestStoreIndexCannotBeWritten(t *testing.T) {
	dir, v := t.TempDir(), newFaultyVault()
	s := mustOpen(t, dir, v)
	if err := os.Mkdir(filepath.Join(dir, indexName+".new"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, indexName+".new", "x"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	a, secrets := example(1)
	_, err := s.Save(t.Context(), a, secrets)
	var e *IndexError
	if !errors.As(err, &e) || len(s.List()) != 0 {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, indexName+".new")); err != nil {
		t.Fatal(err)
	}
	mustSave(t, s, a, secrets)
	if n := len(v.items); n != 2 {
		t.Fatalf("%d items: the first try left others than the second used", n)
	}
	// The folder vanishes under a running program.
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Reload(); err != nil || len(s.List()) != 1 {
		t.Fatal("forgot what it knew:", err)
	}
}

func TestStoreLockIsBusy(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir, vault.NewMemory())
	unlock, err := disk.Lock(t.Context(), filepath.Join(dir, lockName))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	wantIndexKind(t, s.update(ctx, func(l []Account) ([]Account, error) { return l, nil }), indexBusy)
	unlock()
	a, _ := example(1)
	mustSave(t, s, a, Secrets{})
}

// TestStoreDamage: whatever happened to the index file, the accounts that can
// be known are there, the file is kept, and the person is told.
func TestStoreDamage(t *testing.T) {
	build := func(t *testing.T) (string, []byte) {
		dir := t.TempDir()
		s := mustOpen(t, dir, vault.NewMemory())
		for i := range 5 {
			a, _ := example(i)
			a.Name = fmt.Sprintf(`odd } { "id": [%d] 名`, i)
			mustSave(t, s, a, Secrets{})
		}
		data, err := os.ReadFile(filepath.Join(dir, indexName))
		if err != nil {
			t.Fatal(err)
		}
		return dir, data
	}
	cases := []struct {
		name   string
		damage func([]byte) []byte
		// without is how many accounts are left when there is no backup.
		without int
	}{
		{"empty", func([]byte) []byte { return []byte{} }, 0},
		{"nulls, as after a power cut", func(b []byte) []byte { return make([]byte, len(b)) }, 0},
		{"not ours", func([]byte) []byte { return []byte("hello") }, 0},
		{"null", func([]byte) []byte { return []byte("null") }, 0},
		{"an array", func([]byte) []byte { return []byte("[]") }, 0},
		{"no list", func([]byte) []byte { return []byte(`{"version":1}`) }, 0},
		{"negative version", func(b []byte) []byte { return []byte(strings.Replace(string(b), `"version":1`, `"version":-1`, 1)) }, 5},
		{"cut off in the last entry", func(b []byte) []byte { return b[:len(b)-60] }, 4},
		{"cut off after the first entry", func(b []byte) []byte { return b[:strings.Index(string(b), "A1FAKE0000001")] }, 1},
		{"the end is missing", func(b []byte) []byte { return b[:len(b)-4] }, 5},
		{"the head is garbage", func(b []byte) []byte { return append([]byte("\x00\x01"), b[20:]...) }, 5},
		{"garbage in the middle", func(b []byte) []byte {
			i := strings.Index(string(b), "A1FAKE0000002")
			return slices.Concat(b[:i], []byte("\"\x00{[}"), b[i+5:])
		}, 4},
		{"two lines run together", func(b []byte) []byte { return []byte(strings.Replace(string(b), "},\n{", "}{", 1)) }, 5},
		{"twice the same", func(b []byte) []byte {
			return []byte(strings.Replace(string(b), "\n{", "\n{\"id\":\"same\"},{\"id\":\"same\"},{", 1))
		}, 6},
		{"an ID that is a path", func(b []byte) []byte {
			return []byte(strings.Replace(string(b), `{"id":"`, `{"id":"../../`, 1))
		}, 4},
		{"a bad date", func(b []byte) []byte { return []byte(strings.Replace(string(b), "2026-11-05T", "2026-99-05T", 1)) }, 5},
		{"a name that is a number", func(b []byte) []byte {
			return []byte(strings.Replace(string(b), `"marketplace":"JP"`, `"marketplace":81`, 1))
		}, 5},
		{"reformatted and cut off", func(b []byte) []byte {
			var v any
			_ = json.Unmarshal(b, &v)
			out, _ := json.MarshalIndent(v, "", "\t")
			// encoding/json sorts the keys: the ID is not first any more.
			return out[:len(out)-50]
		}, 0},
	}
	docs.Says(t, fmt.Sprintf("| %d kinds of damage (", len(cases)))
	for _, c := range cases {
		for _, backup := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s/backup %v", c.name, backup), func(t *testing.T) {
				dir, data := build(t)
				bad := c.damage(data)
				path := filepath.Join(dir, indexName)
				if err := os.WriteFile(path, bad, 0o600); err != nil {
					t.Fatal(err)
				}
				want := c.without
				if backup {
					want = max(want, 5)
				} else if err := os.Remove(filepath.Join(dir, backupName)); err != nil {
					t.Fatal(err)
				}
				s := mustOpen(t, dir, vault.NewMemory())
				if got := len(s.List()); got != want {
					t.Fatalf("%d accounts, want %d", got, want)
				}
				n := s.Notices()
				if len(n) != 1 || n[0].Recovered != want || len(s.Notices()) != 0 {
					t.Fatalf("%+v", n)
				}
				kept, err := os.ReadFile(n[0].SetAside)
				if err != nil || string(kept) != string(bad) {
					t.Fatal("the damaged file was not kept:", err)
				}
				if s = mustOpen(t, dir, vault.NewMemory()); len(s.List()) != want || s.Notices() != nil {
					t.Fatal("not repaired")
				}
				a, _ := example(77)
				mustSave(t, s, a, Secrets{})
			})
		}
	}
	t.Run("gone", func(t *testing.T) {
		dir, _ := build(t)
		if err := os.Remove(filepath.Join(dir, indexName)); err != nil {
			t.Fatal(err)
		}
		s := mustOpen(t, dir, vault.NewMemory())
		n := s.Notices()
		if len(s.List()) != 5 || len(n) != 1 || !n[0].FromBackup || n[0].SetAside != "" {
			t.Fatalf("%d %+v", len(s.List()), n)
		}
	})
	t.Run("cut off at every place", func(t *testing.T) {
		_, data := build(t)
		for i := range data {
			x := parseIndex(data[:i])
			whole := strings.Count(string(data[:i]), "}\n") + strings.Count(string(data[:i]), "},\n")
			if !x.damaged && i < len(data)-1 || len(x.accounts) < whole {
				t.Fatalf("at %d: %d of %d, damaged %v", i, len(x.accounts), whole, x.damaged)
			}
		}
	})
	t.Run("twice in the same second", func(t *testing.T) {
		dir, data := build(t)
		for range 2 {
			if err := os.WriteFile(filepath.Join(dir, indexName), data[:50], 0o600); err != nil {
				t.Fatal(err)
			}
			mustOpen(t, dir, vault.NewMemory())
		}
		aside, _ := filepath.Glob(filepath.Join(dir, indexName+".damaged-*"))
		if len(aside) != 2 {
			t.Fatal(aside)
		}
	})
	t.Run("a byte order mark is no damage", func(t *testing.T) {
		dir, data := build(t)
		if err := os.WriteFile(filepath.Join(dir, indexName), append([]byte("\xef\xbb\xbf"), data...), 0o600); err != nil {
			t.Fatal(err)
		}
		if s := mustOpen(t, dir, vault.NewMemory()); s.Notices() != nil || len(s.List()) != 5 {
			t.Fatal("taken for damage")
		}
	})
}

func TestStoreRefusesNewerVersions(t *testing.T) {
	for _, text := range []string{
		`{"version":2,"accounts":[{"id":"x"}]}`,
		`{"version":7,"people":[]}`,
		`{"version": 2, "accounts":[{"id":"x"`,
		`{"version":2000000000,"accounts":{}}`,
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, indexName)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Open(dir, vault.NewMemory(), noon)
		wantIndexKind(t, err, indexNewer)
		if data, _ := os.ReadFile(path); string(data) != text {
			t.Fatal("touched")
		}
		if files, _ := os.ReadDir(dir); len(files) > 2 {
			t.Fatal(files)
		}
	}
	// A newer SellerKey starts while this one runs.
	dir := t.TempDir()
	s := mustOpen(t, dir, vault.NewMemory())
	a, secrets := example(1)
	a = mustSave(t, s, a, secrets)
	if err := os.WriteFile(filepath.Join(dir, indexName), []byte(`{"version":2,"accounts":[]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	wantIndexKind(t, rename(s, a.ID, "x"), indexNewer)
	if err := os.WriteFile(filepath.Join(dir, backupName), []byte(`{"version":2,"accounts":[]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, indexName), []byte(`??`), 0o600); err != nil {
		t.Fatal(err)
	}
	wantIndexKind(t, rename(s, a.ID, "x"), indexNewer)
}

func TestStoreTwoAtOnce(t *testing.T) {
	dir, vault := t.TempDir(), vault.NewMemory()
	var wg sync.WaitGroup
	for w := range 4 {
		s := mustOpen(t, dir, vault)
		wg.Go(func() {
			for i := range 15 {
				a, secrets := example(w*100 + i)
				a, err := s.Save(t.Context(), a, secrets)
				if err != nil {
					t.Error(err)
					return
				}
				if err := rename(s, a.ID, fmt.Sprintf("renamed %d", w)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	s := mustOpen(t, dir, vault)
	if got := len(s.Search("renamed")); got != 60 {
		t.Fatalf("%d of 60", got)
	}
	other := mustOpen(t, dir, vault)
	id := other.List()[0].ID
	if err := rename(other, id, "by the other window"); err != nil {
		t.Fatal(err)
	}
	if changed, err := s.Reload(); err != nil || !changed {
		t.Fatal(changed, err)
	}
	if a, _ := s.Find(id); a.Name != "by the other window" {
		t.Fatal(a.Name)
	}
	if changed, err := s.Reload(); err != nil || changed {
		t.Fatal(changed, err)
	}
}

func TestStoreForgottenMeanwhile(t *testing.T) {
	dir, v := t.TempDir(), vault.NewMemory()
	s, other := mustOpen(t, dir, v), mustOpen(t, dir, v)
	a, secrets := example(1)
	a = mustSave(t, s, a, secrets)
	if _, err := other.Reload(); err != nil {
		t.Fatal(err)
	}
	if err := other.Forget(t.Context(), a.ID); err != nil {
		t.Fatal(err)
	}
	err := s.replaceRefreshToken(t.Context(), a.ID, secrets.RefreshToken, secrets.RefreshToken, fake("late", 50))
	wantKind(t, err, vault.NotFound)
	if err := s.SaveClientSecret(t.Context(), a.ID, fake("late", 50), date.Of(noon())); err == nil {
		t.Fatal("saved for a forgotten account")
	}
	for _, key := range keysOf(a.ID) {
		for range 1000 {
			if _, err = v.Get(t.Context(), key); err != nil {
				break
			}
			time.Sleep(time.Millisecond)
		}
		if err == nil {
			t.Fatal("a secret of a forgotten account stays in the vault")
		}
	}
}

func TestStoreRecord(t *testing.T) {
	s := mustOpen(t, t.TempDir(), vault.NewMemory())
	a, secrets := example(1)
	a = mustSave(t, s, a, secrets)
	problem := func(want string) {
		t.Helper()
		if got, _ := s.Find(a.ID); got.Problem != want {
			t.Fatalf("%q, want %q", got.Problem, want)
		}
	}
	for _, step := range [][2]string{
		{"offline", "offline"},
		{"refresh_token_revoked", "refresh_token_revoked"},
		{"timeout", "refresh_token_revoked"},
		{"client_auth_failed", "client_auth_failed"},
		{"", ""},
	} {
		if err := s.record([]outcome{{ID: "nobody", Problem: "x"}, {ID: a.ID, At: noon(), Problem: step[0]}}); err != nil {
			t.Fatal(err)
		}
		problem(step[1])
	}
	if got, _ := s.Find(a.ID); !got.RenewedAt.Equal(noon().Truncate(time.Second)) {
		t.Fatal(got.RenewedAt)
	}
	if err := s.record([]outcome{{ID: a.ID, At: noon(), Problem: "client_auth_failed"}}); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveClientSecret(t.Context(), a.ID, fake("new", 60), date.Of(noon())); err != nil {
		t.Fatal(err)
	}
	problem("")
}

// TestIndexRoundTrip: what is written comes back as it was.
func TestIndexRoundTrip(t *testing.T) {
	list := []Account{
		{ID: "a", Name: "O'Neil & <Söhne> \"店舗\" \u2028 \\ 𠮷野屋 ☃\t", Marketplace: "JP", CreatedAt: noon().Truncate(time.Second), Draft: true},
		{ID: "b", HasRefreshToken: true, SetupFile: "{\n}\n"},
		{ID: "c"},
	}
	data, err := encodeIndex(list)
	if err != nil {
		t.Fatal(err)
	}
	x := parseIndex(data)
	if x.damaged || !slices.Equal(x.accounts, list) {
		t.Errorf("%+v", x)
	}
	for _, i := range []int{len(data) / 3, len(data) / 2, len(data) - 3} {
		if !parseIndex(data[:i]).damaged {
			t.Errorf("the first %d bytes are a whole file", i)
		}
	}
}

// TestIndexLeavesBadDatesOut: a date that RFC 3339 cannot write costs neither its
// account nor the writing of the others.
func TestIndexLeavesBadDatesOut(t *testing.T) {
	for _, date := range []string{"9999-12-31T23:59:59-23:00", "0000-01-01T00:00:00+12:00", "2026-13-01T00:00:00Z", "soon"} {
		dir := t.TempDir()
		text := fmt.Sprintf(`{"version":1,"accounts":[{"id":"a","name":"one","renewed_at":%q},{"id":"b","name":"two"}]}`, date)
		if err := os.WriteFile(filepath.Join(dir, indexName), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s := mustOpen(t, dir, vault.NewMemory())
		if err := rename(s, "a", "other"); err != nil {
			t.Errorf("%s: %v", date, err)
		}
		if err := s.record([]outcome{{ID: "b", At: noon()}, {ID: "a", Problem: "revoked"}}); err != nil {
			t.Errorf("%s: %v", date, err)
		}
		if a, ok := s.Find("a"); !ok || a.Name != "other" || !a.RenewedAt.IsZero() {
			t.Errorf("%s: %+v", date, a)
		}
	}
}

// TestIndexOfBrackets: no depth of nesting ends the program.
func TestIndexOfBrackets(t *testing.T) {
	for _, part := range []string{"[", `{"a":`, `{"version":1,"accounts":[`, `{"id":`} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, indexName), bytes.Repeat([]byte(part), 2_000_000/len(part)), 0o600); err != nil {
			t.Fatal(err)
		}
		s := mustOpen(t, dir, vault.NewMemory())
		if n := s.Notices(); len(n) != 1 || n[0].SetAside == "" {
			t.Errorf("%s: %+v", part, n)
		}
	}
}

func FuzzIndex(f *testing.F) {
	data, err := encodeIndex([]Account{{ID: "a", Name: "x"}, {ID: "b", CreatedAt: noon()}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add(data[:len(data)/2])
	f.Add([]byte(`{"version":1,"accounts":[{"id":"x","created_at":"?"},{"id":7}]}`))
	f.Add([]byte(`{"version":3}`))
	f.Add([]byte(`{"id":{"id":{"id":`))
	f.Fuzz(func(t *testing.T, data []byte) {
		x := parseIndex(data)
		if x.newer && len(x.accounts) > 0 {
			t.Fatal("read a newer version")
		}
		seen := map[string]bool{}
		for _, a := range x.accounts {
			if !validID(a.ID) || seen[a.ID] {
				t.Fatalf("ID %q", a.ID)
			}
			seen[a.ID] = true
			a.State(noon())
		}
		sortAccounts(x.accounts)
		// What was read can be written and read again.
		out, err := encodeIndex(x.accounts)
		if err != nil {
			t.Fatal(err)
		}
		y := parseIndex(out)
		if y.damaged || len(y.accounts) != len(x.accounts) {
			t.Fatalf("%d became %d", len(x.accounts), len(y.accounts))
		}
	})
}

// rename gives an account a name, as the screens do.
func rename(s *Store, id, name string) error {
	_, err := s.Update(id, func(a *Account) { a.Name = strings.Join(strings.Fields(name), " ") })
	return err
}

func filled(tb testing.TB, n int) string {
	tb.Helper()
	dir := tb.TempDir()
	list := make([]Account, n)
	for i := range list {
		list[i], _ = example(i)
		list[i].ID = list[i].newID("")
		list[i].Name = fmt.Sprintf("Shop number %d", i)
		list[i].CreatedAt, list[i].RenewedAt = noon(), noon()
		list[i].HasRefreshToken, list[i].HasClientSecret = true, true
	}
	s := mustOpen(tb, dir, vault.NewMemory())
	if err := s.write(list); err != nil {
		tb.Fatal(err)
	}
	return dir
}

func TestStoreMemory(t *testing.T) {
	const n = 1000
	dir := filled(t, n)
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	s := mustOpen(t, dir, vault.NewMemory())
	each := (heap() - before) / n
	t.Logf("%d bytes for each of %d accounts", each, len(s.List()))
	if each > 1024 {
		t.Errorf("%d bytes for each account", each)
	}
}

func BenchmarkStore(b *testing.B) {
	for _, n := range []int{10, 1000} {
		dir := filled(b, n)
		s := mustOpen(b, dir, vault.NewMemory())
		id := s.List()[n/2].ID
		b.Run(fmt.Sprintf("open/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				mustOpen(b, dir, vault.NewMemory())
			}
		})
		b.Run(fmt.Sprintf("list/%d", n), func(b *testing.B) {
			for b.Loop() {
				s.List()
			}
		})
		b.Run(fmt.Sprintf("search/%d", n), func(b *testing.B) {
			for b.Loop() {
				s.Search("number 77")
			}
		})
		b.Run(fmt.Sprintf("reload unchanged/%d", n), func(b *testing.B) {
			for b.Loop() {
				_, _ = s.Reload()
			}
		})
		b.Run(fmt.Sprintf("update/%d", n), func(b *testing.B) {
			i := 0
			for b.Loop() {
				i++
				if err := rename(s, id, fmt.Sprint("name ", i)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestExpiredSecretIsRemembered: renewals go on working with an expired client
// secret, so only the SP-API or a new secret ends that problem.
func TestExpiredSecretIsRemembered(t *testing.T) {
	s := mustOpen(t, t.TempDir(), vault.NewMemory())
	acc, secrets := example(1)
	a := mustSave(t, s, acc, secrets)
	problem := func() string {
		got, _ := s.Find(a.ID)
		return got.Problem
	}
	renewed := func() {
		if err := s.record([]outcome{{ID: a.ID, At: time.Now()}}); err != nil {
			t.Fatal(err)
		}
	}
	expired := func() {
		if _, err := s.Update(a.ID, func(a *Account) { a.Problem = string(lwa.KindSecretExpired) }); err != nil {
			t.Fatal(err)
		}
	}
	expired()
	renewed()
	if problem() != string(lwa.KindSecretExpired) {
		t.Errorf("after a renewal: %q", problem())
	}
	if err := s.SaveClientSecret(t.Context(), a.ID, lwa.NewSecret("amzn1.oa2-cs.v1.EXAMPLE"), date.Date{}); err != nil {
		t.Fatal(err)
	}
	if problem() != "" {
		t.Errorf("after a new secret: %q", problem())
	}
}
