package rotate

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// desk is somebody's computer with accounts of the practice app.
type desk struct {
	t        *testing.T
	clock    *practicetest.Clock
	amazon   *practice.Server
	sample   practice.Sample
	client   *lwa.Client
	fresh    *account.Refresher
	vault    *breaking
	store    *account.Store
	book     *Book
	files    export.Files
	accounts []account.Account
}

// breaking is a vault that can be broken.
type breaking struct {
	*vault.Memory
	setsLeft int // -1: no limit
	// onSet, if it is there, is called before a value is set.
	onSet func()
}

func (v *breaking) Set(ctx context.Context, key string, s lwa.Secret) error {
	if v.setsLeft == 0 {
		return &vault.Error{Op: "set", Kind: vault.Locked}
	}
	v.setsLeft--
	if v.onSet != nil {
		v.onSet()
	}
	return v.Memory.Set(ctx, key, s)
}

func newDesk(t *testing.T, accounts int) *desk {
	t.Helper()
	clock := practicetest.NewClock()
	clock.Set(time.Date(2026, 5, 12, 9, 0, 0, 0, time.Local))
	d := &desk{t: t, clock: clock, amazon: practicetest.Start(t, practice.Options{Now: clock.Now}), vault: &breaking{Memory: vault.NewMemory(), setsLeft: -1}}
	d.sample = d.amazon.Sample()
	d.client = &lwa.Client{TokenURL: d.amazon.TokenURL()}
	dir := t.TempDir()
	d.files = export.Files{Dir: dir}
	store, err := account.Open(dir, d.vault, clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	d.store, d.book = store, New(store, clock.Now)
	d.fresh = account.NewRefresher(store, d.client.Refresh, nil)
	for i := range accounts {
		d.add(account.Account{
			Name: "Shop " + string(rune('A'+i)), Marketplace: []string{"JP", "US", "DE"}[i%3], SellerID: "A0EXAMPLE" + string(rune('A'+i)), ClientID: d.sample.ClientID,
			SecretMadeAt: date.On(2025, time.November, 20),
		}, account.Secrets{ClientSecret: d.sample.ClientSecret, RefreshToken: d.sample.RefreshToken})
	}
	return d
}

func (d *desk) add(a account.Account, s account.Secrets) account.Account {
	d.t.Helper()
	saved, err := d.store.Save(d.t.Context(), a, s)
	if err != nil {
		d.t.Fatal(err)
	}
	d.accounts = append(d.accounts, saved)
	return saved
}

// newSecret is what the seller gets in the developer console.
func (d *desk) newSecret() lwa.Secret {
	d.t.Helper()
	secret, ok := d.amazon.RotateSecret(d.sample.ClientID)
	if !ok {
		d.t.Fatal("no such app")
	}
	return secret
}

// renewed is a secret that was renewed as far as the vault.
func (d *desk) renewed() lwa.Secret {
	d.t.Helper()
	secret := d.newSecret()
	if _, err := d.book.Try(d.t.Context(), d.client, d.fresh, d.sample.ClientID, secret); err != nil {
		d.t.Fatal(err)
	}
	if _, err := d.book.Save(d.t.Context(), d.sample.ClientID, secret, date.Date{}); err != nil {
		d.t.Fatal(err)
	}
	return secret
}

// values is what "Use it in…" writes of an account.
func (d *desk) values(a account.Account, name string) export.Values {
	d.t.Helper()
	s, err := d.store.Secrets(d.t.Context(), a.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	return export.Values{
		AccountName: name, ClientID: a.ClientID, ClientSecret: s.ClientSecret, RefreshToken: s.RefreshToken,
		SellerID: a.SellerID, Marketplace: a.Marketplace, Region: a.Region(), Sandbox: a.Sandbox,
	}
}

// use writes a file for an account, as "Use it in…" does.
func (d *desk) use(a account.Account, target export.Target, path, name string) {
	d.t.Helper()
	v := d.values(a, name)
	var err error
	if target.Merges {
		err = d.files.Merge(target, path, v)
	} else if text, rerr := target.Render(v); rerr != nil {
		err = rerr
	} else {
		err = d.files.Write(path, []byte(text.Reveal()), false)
	}
	if err == nil {
		err = d.book.Remember(Place{Account: a.ID, Target: target.ID, Path: path, Name: name}, v.ClientSecret)
	}
	if err != nil {
		d.t.Fatal(target.ID, err)
	}
}

func (d *desk) items() []Item {
	d.t.Helper()
	items, err := d.book.Items(d.sample.ClientID)
	if err != nil {
		d.t.Fatal(err)
	}
	return items
}

func (d *desk) write(items []Item) []Item {
	d.t.Helper()
	items, err := d.book.Write(d.t.Context(), d.files, d.sample.ClientID, items)
	if err != nil {
		d.t.Fatal(err)
	}
	return items
}

func (d *desk) rotation() Rotation {
	d.t.Helper()
	r, ok, err := d.book.Rotation(d.sample.ClientID)
	if err != nil || !ok {
		d.t.Fatal("no rotation", err)
	}
	return r
}

// want compares an item's state, by the name of its file.
func (d *desk) want(items []Item, want map[string]State) {
	d.t.Helper()
	got := map[string]State{}
	for _, i := range items {
		name := filepath.Base(i.Path)
		if i.Path == "" {
			name = i.Target
		}
		got[name] = i.State
	}
	for name, state := range want {
		if got[name] != state {
			d.t.Errorf("%s is %q, want %q", name, got[name], state)
		}
	}
	if len(got) != len(want) {
		d.t.Errorf("%d places, want %d: %v", len(got), len(want), got)
	}
}

func (d *desk) wantKind(err error, want Kind) {
	d.t.Helper()
	var e *Error
	if !errors.As(err, &e) || e.Kind != want {
		d.t.Errorf("%v, want %s", err, want)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func put(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func target(t *testing.T, id string) export.Target {
	t.Helper()
	found, ok := export.Find(id)
	if !ok {
		t.Fatal("no target", id)
	}
	return found
}

// others is what somebody else has in a file, for each target that merges.
func others(id, ending string) string {
	text := map[string]string{
		"python_file": "# mine\nversion: '1.0'\n\nother:\n  refresh_token: \"x\" # keep\n\n",
		"python_env":  "# mine\nDEBUG=1\n\nNAME='a b' # keep\n",
		"node_file":   "# mine\nDEBUG=1\n\n",
		"dotenv":      "# mine\nexport DEBUG=1\nNAME=\"a\nb\"\n\n",
	}[id]
	return strings.ReplaceAll(text, "\n", ending)
}
