package rotate

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
	"github.com/sellerkey/sellerkey/internal/vault/vaulttest"
	"github.com/sellerkey/sellerkey/lwa"
)

// openDesk opens a desk whose vault is a folder, with fresh eyes.
func openDesk(t *testing.T, dir, tokenURL, clientID string) *desk {
	t.Helper()
	store, err := account.Open(dir, vaulttest.Folder(filepath.Join(dir, "ring")), nil)
	if err != nil {
		t.Fatal(err)
	}
	if n := store.Notices(); n != nil {
		t.Fatalf("%+v", n)
	}
	client := &lwa.Client{TokenURL: tokenURL}
	return &desk{
		t: t, store: store, book: New(store, nil), files: export.Files{Dir: dir},
		client: client, fresh: account.NewRefresher(store, client.Refresh, nil), sample: practice.Sample{ClientID: clientID}, accounts: store.List(),
	}
}

// renew is the whole of a renewal, also of one that was interrupted.
func (d *desk) renew(secret lwa.Secret) error {
	_, err := d.book.Try(d.t.Context(), d.client, d.fresh, d.sample.ClientID, secret)
	if same := (*Error)(nil); errors.As(err, &same) && same.Kind == KindSame {
		err = nil
	} else if err == nil {
		_, err = d.book.Save(d.t.Context(), d.sample.ClientID, secret, date.Date{})
	}
	if err != nil {
		return err
	}
	items, err := d.book.Items(d.sample.ClientID)
	if err == nil {
		_, err = d.book.Write(d.t.Context(), d.files, d.sample.ClientID, items)
	}
	return err
}

// TestHelperRenew is no test: it is the program that TestKilled kills.
func TestHelperRenew(t *testing.T) {
	dir := os.Getenv("SELLERKEY_TEST_RENEW")
	if dir == "" {
		t.Skip("only run by other tests")
	}
	d := openDesk(t, dir, os.Getenv("SELLERKEY_TEST_AMAZON"), os.Getenv("SELLERKEY_TEST_CLIENT"))
	fmt.Println("begin")
	if err := d.renew(lwa.NewSecret(os.Getenv("SELLERKEY_TEST_SECRET"))); err != nil {
		fmt.Println("error", err)
		os.Exit(3)
	}
	fmt.Println("done")
	os.Exit(0)
}

// helper starts a renewal in a process of its own.
func (d *desk) helper(secret lwa.Secret) (*exec.Cmd, *bufio.Scanner) {
	d.t.Helper()
	cmd := exec.CommandContext(d.t.Context(), os.Args[0], "-test.run=^TestHelperRenew$")
	cmd.Env = append(os.Environ(), "SELLERKEY_TEST_RENEW="+d.files.Dir, "SELLERKEY_TEST_AMAZON="+d.client.TokenURL,
		"SELLERKEY_TEST_CLIENT="+d.sample.ClientID, "SELLERKEY_TEST_SECRET="+secret.Reveal())
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		d.t.Fatal(err)
	}
	return cmd, bufio.NewScanner(out)
}

// killDesk is a folder with three accounts of an app, and files of theirs.
func killDesk(t *testing.T) (d *desk, amazon *practice.Server, paths []string) {
	t.Helper()
	amazon = practicetest.Start(t, practice.Options{})
	sample := amazon.Sample()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "ring"), 0o700); err != nil {
		t.Fatal(err)
	}
	d = openDesk(t, dir, amazon.TokenURL(), sample.ClientID)
	files := t.TempDir()
	shared, env, whole := filepath.Join(files, "credentials.yml"), filepath.Join(files, ".env"), filepath.Join(files, "x.json")
	put(t, shared, others("python_file", "\n"))
	put(t, env, others("dotenv", "\r\n"))
	for i := range 3 {
		a := d.add(account.Account{Name: fmt.Sprint("shop", i), SellerID: fmt.Sprint("A0EXAMPLE", i), Marketplace: "JP", ClientID: sample.ClientID},
			account.Secrets{ClientSecret: sample.ClientSecret, RefreshToken: sample.RefreshToken})
		d.use(a, target(t, "python_file"), shared, a.Name)
	}
	d.use(d.accounts[0], target(t, "dotenv"), env, "")
	d.use(d.accounts[1], target(t, "json"), whole, "")
	return d, amazon, []string{shared, env, whole}
}

// TestKilled kills a renewal at a random moment, again and again, and looks each time
// with fresh eyes: every account has a whole secret that Amazon accepts, every file
// the old or the new one and no other byte changed, what is left is known, and doing
// it once more completes it.
func TestKilled(t *testing.T) {
	runs := 500
	if testing.Short() {
		runs = 30
	}
	d, amazon, paths := killDesk(t)
	old := amazon.Sample().ClientSecret
	texts := map[string]string{}
	for _, path := range paths {
		texts[path] = strings.ReplaceAll(read(t, path), old.Reveal(), "\x00")
	}
	// life is about as long as a renewal takes at the moment, so that the kills hit all
	// of it also on a busy machine.
	var life time.Duration
	killed, mixed, halfFiles := 0, 0, 0
	for run := range runs {
		secret, _ := amazon.RotateSecret(d.sample.ClientID)
		cmd, lines := d.helper(secret)
		done := false
		var begun time.Time
		for lines.Scan() {
			switch {
			case lines.Text() == "begin":
				begun = time.Now()
				if life > 0 {
					time.AfterFunc(rand.N(life), func() { _ = cmd.Process.Kill() })
				}
			case lines.Text() == "done":
				done = true
				life = time.Since(begun) * 9 / 10
			case strings.HasPrefix(lines.Text(), "error"):
				t.Fatal(lines.Text())
			}
		}
		_ = cmd.Wait()
		if begun.IsZero() {
			t.Fatalf("run %d did nothing", run)
		}
		if !done {
			killed++
			life = life * 21 / 20
		}
		now := openDesk(t, d.files.Dir, d.client.TokenURL, d.sample.ClientID)
		behind := now.look(run, old, secret)
		if behind > 0 && behind < len(now.accounts) {
			mixed++
		}
		if now.compare(run, texts, old, secret) {
			halfFiles++
		}
		if err := now.renew(secret); err != nil {
			t.Fatalf("run %d: completing: %v", run, err)
		}
		if now.look(run, secret, secret); now.rotation().Left != 0 || len(now.rotation().Behind) != 0 {
			t.Fatalf("run %d: %+v is left, completed", run, now.rotation())
		}
		now.compare(run, texts, secret, secret)
		old = secret
	}
	t.Logf("%d of %d runs were killed before the end, %d between two accounts, %d between two files", killed, runs, mixed, halfFiles)
	if killed < runs/4 {
		t.Errorf("only %d of %d were killed before the end", killed, runs)
	}
	if found, err := os.ReadDir(filepath.Dir(paths[0])); err != nil || len(found) != len(paths) {
		t.Errorf("something is left: %v, %v", found, err)
	}
}

// look checks the secrets of every account, and returns how many have the old one.
func (d *desk) look(run int, old, secret lwa.Secret) (behind int) {
	d.t.Helper()
	var pending []account.Account
	if r, ok, err := d.book.Rotation(d.sample.ClientID); err != nil {
		d.t.Fatal(err)
	} else if ok {
		pending = r.Behind
	}
	if len(d.accounts) != 3 {
		d.t.Fatalf("run %d: %d accounts", run, len(d.accounts))
	}
	for _, a := range d.accounts {
		s, err := d.store.Secrets(d.t.Context(), a.ID)
		if err != nil {
			d.t.Fatalf("run %d: %v", run, err)
		}
		if _, err := d.client.Refresh(d.t.Context(), lwa.Credentials{ClientID: a.ClientID, ClientSecret: s.ClientSecret}, s.RefreshToken); err != nil {
			d.t.Fatalf("run %d: Amazon refuses the saved secret: %v", run, err)
		}
		switch {
		case s.ClientSecret.Equal(secret):
		case s.ClientSecret.Equal(old):
			behind++
			if known := slices.ContainsFunc(pending, func(b account.Account) bool { return b.ID == a.ID }); len(pending) > 0 && !known {
				d.t.Fatalf("run %d: an account has the old secret, and only others are known to", run)
			}
		default:
			d.t.Fatalf("run %d: an account has neither the old nor the new secret", run)
		}
	}
	if behind > 0 && behind < len(d.accounts) && len(pending) == 0 {
		d.t.Fatalf("run %d: %d accounts have the old secret, and nobody knows", run, behind)
	}
	return behind
}

// compare checks every byte of the files, and reports whether some have the old
// secret and some the new one.
func (d *desk) compare(run int, texts map[string]string, old, secret lwa.Secret) bool {
	d.t.Helper()
	has := map[lwa.Secret]bool{}
	for path, want := range texts {
		text := read(d.t, path)
		which := old
		if strings.Contains(text, secret.Reveal()) {
			which = secret
		}
		has[which] = true
		if text != strings.ReplaceAll(want, "\x00", which.Reveal()) {
			d.t.Fatalf("run %d: %s has other bytes", run, filepath.Base(path))
		}
	}
	return len(has) > 1
}

// TestTwoAtOnce: the window and the command line renew at the same time.
func TestTwoAtOnce(t *testing.T) {
	d, amazon, paths := killDesk(t)
	texts := map[string]string{}
	for _, path := range paths {
		texts[path] = strings.ReplaceAll(read(t, path), amazon.Sample().ClientSecret.Reveal(), "\x00")
	}
	for run := range 5 {
		secret, _ := amazon.RotateSecret(d.sample.ClientID)
		one, first := d.helper(secret)
		two, second := d.helper(secret)
		var said []string
		for _, lines := range []*bufio.Scanner{first, second} {
			for lines.Scan() {
				said = append(said, lines.Text())
			}
		}
		if err := errors.Join(one.Wait(), two.Wait()); err != nil {
			t.Fatalf("%v: %q", err, said)
		}
		now := openDesk(t, d.files.Dir, d.client.TokenURL, d.sample.ClientID)
		if now.look(run, secret, secret); now.rotation().Left != 0 || len(now.rotation().Behind) != 0 {
			t.Fatalf("%+v is left", now.rotation())
		}
		now.compare(run, texts, secret, secret)
	}
}
