package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

const backupLine = "pine-apple-rope-lamp-noon-crab\n"

// stock fills a desk with an account that has everything, one without a seller ID
// and a reminder for a provider's app.
func stock(t *testing.T, d *desk) {
	t.Helper()
	s, err := account.Open(d.dir, d.env.Keychain, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	sample := d.amazon.Sample()
	day := date.Of(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
	for _, x := range []struct {
		a       account.Account
		secrets account.Secrets
	}{
		{
			account.Account{
				Name: "Tokyo shop", Marketplace: "JP", SellerID: sample.SellerID, ClientID: sample.ClientID, RedirectURI: "https://example.com/",
				Layout: "plain", SetupFile: "version = 1", Draft: true, AuthorizedAt: day, SecretMadeAt: day, Problem: "secret_expired",
			},
			account.Secrets{ClientSecret: sample.ClientSecret, RefreshToken: sample.RefreshToken},
		},
		{
			account.Account{Marketplace: "US", ClientID: sample.ClientID, SelfAuthorized: true, AuthorizedAt: day},
			account.Secrets{ClientSecret: sample.ClientSecret, RefreshToken: lwa.NewSecret("Atzr|EXAMPLE-unnamed")},
		},
		{account.Account{Marketplace: "JP", ApplicationID: "amzn1.sp.solution.example", ProviderApp: true, Provider: "Tool", Link: "https://example.com/x", AuthorizedAt: day}, account.Secrets{}},
	} {
		if _, err := s.Save(context.Background(), x.a, x.secrets); err != nil {
			t.Fatal(err)
		}
	}
}

// stored is everything that a desk has, without the IDs, which a folder makes.
func stored(t *testing.T, dir string, v vault.Vault) (list []account.Account, secrets []account.Secrets) {
	t.Helper()
	s, err := account.Open(dir, v, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range s.List() {
		x, err := s.Secrets(context.Background(), a.ID)
		if err != nil {
			t.Fatal(err)
		}
		a.ID = ""
		list, secrets = append(list, a), append(secrets, x)
	}
	return list, secrets
}

func sameSecrets(a, b []account.Secrets) bool {
	return slices.EqualFunc(a, b, func(x, y account.Secrets) bool {
		return x.ClientSecret.Equal(y.ClientSecret) && x.RefreshToken.Equal(y.RefreshToken)
	})
}

// TestBackup moves accounts from a keychain into an encrypted file and back: they
// are the same, and the same again after a second time.
func TestBackup(t *testing.T) {
	d := newDesk(t)
	stock(t, d)
	list, secrets := stored(t, d.dir, d.env.Keychain)
	file := filepath.Join(t.TempDir(), "shops.age")
	d.must(backupLine, "backup", "-o", file)
	if _, errs, code := d.run("", "restore", "--check", file); code != exitFailed || !strings.Contains(errs, "empty") {
		t.Errorf("no passphrase: %d %s", code, errs)
	}

	moved := newDesk(t)
	moved.must("", "list") // makes the folder SellerKey's
	safe, err := vault.OpenFile(context.Background(), filepath.Join(moved.dir, vault.FileName), lwa.NewSecret("file"))
	if err != nil {
		t.Fatal(err)
	}
	answers := []string{strings.TrimSpace(backupLine), "file"}
	moved.env.Interactive = true
	moved.env.ReadPassword = func() (string, error) {
		if len(answers) == 0 {
			return "", errors.New("no answer left")
		}
		answer := answers[0]
		answers = answers[1:]
		return answer, nil
	}
	moved.must("", "restore", "--yes", file)
	check := func(what string, d *desk, v vault.Vault) {
		t.Helper()
		l, s := stored(t, d.dir, v)
		if !slices.Equal(l, list) || !sameSecrets(s, secrets) {
			t.Errorf("%s:\n%+v\n%+v", what, l, list)
		}
	}
	check("into an encrypted file", moved, safe)

	second := filepath.Join(t.TempDir(), "again.age")
	answers = []string{"file", "another passphrase", "another passphrase"}
	moved.must("", "backup", "-o", second)
	back := newDesk(t)
	for range 2 {
		back.must("another passphrase\n", "restore", "--yes", second)
		check("back into a keychain", back, back.env.Keychain)
	}
	d.must("another passphrase\n", "restore", "--yes", second)
	check("over what it came from", d, d.env.Keychain)

	empty := newDesk(t)
	empty.must(backupLine, "restore", "--check", file)
	if l, _ := stored(t, empty.dir, empty.env.Keychain); len(l) > 0 {
		t.Error("--check has restored something")
	}
	for name, c := range map[string]struct {
		stdin string
		args  []string
		code  int
		says  string
	}{
		"wrong passphrase": {"x\n", []string{"restore", "--yes", file}, exitFailed, "doesn't open"},
		"no file":          {"x\n", []string{"restore", "--yes", file + ".gone"}, exitFailed, "doesn't exist"},
		"unasked":          {backupLine, []string{"restore", file}, exitUsage, "--yes"},
		"nothing to save":  {backupLine, []string{"backup", "-o", file + "2"}, exitAccount, "no accounts"},
	} {
		if _, errs, code := empty.run(c.stdin, c.args...); code != c.code || !strings.Contains(errs, c.says) {
			t.Errorf("%s: %d %s", name, code, errs)
		}
	}
	table := filepath.Join(t.TempDir(), "shops.csv")
	if _, errs, code := d.run("", "backup", "--csv", "-o", table); code != exitUsage || !strings.Contains(errs, "--yes") {
		t.Errorf("a table, unasked: %d %s", code, errs)
	}
	d.must("", "backup", "--csv", "--yes", "-o", table)
	if data, err := os.ReadFile(table); err != nil || !strings.Contains(string(data), secrets[0].RefreshToken.Reveal()) {
		t.Errorf("a table: %v", err)
	}
	if _, errs, code := d.run(backupLine, "backup", "-o", file); code != exitFailed || !strings.Contains(errs, "already exists") {
		t.Errorf("over another file: %d %s", code, errs)
	}
}

// TestRestoreConflict: other keys stay unless the person wants the backup's; what
// gives way is kept in a backup of its own.
func TestRestoreConflict(t *testing.T) {
	d := newDesk(t)
	sample := d.amazon.Sample()
	id := save(t, d.dir, d.env.Keychain, sample, "Tokyo shop")
	file := filepath.Join(t.TempDir(), "shops.age")
	d.must(backupLine, "backup", "-o", file, "Tokyo")
	next := sample
	next.ClientSecret, next.RefreshToken = lwa.NewSecret("EXAMPLE-new-secret"), lwa.NewSecret("Atzr|EXAMPLE-new")
	save(t, d.dir, d.env.Keychain, next, "Tokyo shop")
	token := func() string {
		v, err := d.env.Keychain.Get(context.Background(), id+".client_secret")
		if err != nil {
			t.Fatal(err)
		}
		return v.Reveal()
	}

	_, errs, code := d.run(backupLine, "restore", "--yes", file)
	if code != exitDone || token() != next.ClientSecret.Reveal() || !strings.Contains(errs, "They stay") {
		t.Fatalf("--yes: %d %s", code, errs)
	}
	for _, c := range []struct{ answers, want string }{{"yes\nno\n", next.ClientSecret.Reveal()}, {"yes\nyes\n", sample.ClientSecret.Reveal()}} {
		d.env.Interactive = true
		d.env.ReadPassword = func() (string, error) { return strings.TrimSpace(backupLine), nil }
		d.must(c.answers, "restore", file)
		if token() != c.want {
			t.Errorf("after %q it has the other secret", c.answers)
		}
	}
	d.env.Interactive = false
	aside := disk.Aside(account.ReplacedBackup(d.dir), account.ReplacedMark)
	if len(aside) != 1 {
		t.Fatalf("set aside: %q", aside)
	}
	d.must(backupLine, "restore", "--yes", "--replace", aside[0])
	if token() != next.ClientSecret.Reveal() {
		t.Error("what was replaced does not come back")
	}
	if err := account.Erase(context.Background(), d.dir, d.env.Keychain, ""); err != nil {
		t.Fatal(err)
	}
	for _, path := range aside {
		if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("after forgetting everything: %v", err)
		}
	}
}
