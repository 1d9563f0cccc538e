package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/internal/instance"
	"github.com/sellerkey/sellerkey/internal/logs"
	"github.com/sellerkey/sellerkey/internal/native"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/internal/version"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// TestBadFlags: one clear line on stderr, nothing on stdout, exit code 2, and
// no window.
func TestBadFlags(t *testing.T) {
	for _, args := range [][]string{
		{"--lang", "fr"},
		{"--lang", "EN"},
		{"--lang"},
		{"--vault", "file"},
		{"--vault", ""},
		{"--practice=maybe"},
		{"--no-such-flag"},
		{"one.toml", "two.toml"},
		{"--data-dir", "one", "--data-dir", "two"},
		{"--lang", "en", "--lang=ja"},
		{"--consent-origin", "https://example.com"},
		{"--token-url", "http://127.0.0.1.evil.example/auth/o2/token"},
		{"--token-url", "http://localhost.evil.example/"},
		{"--token-url", "http://localhost@evil.example/"},
		{"--token-url", "http://user@localhost:1/"},
		{"--token-url", "http://user:password@127.0.0.1/"},
		{"--token-url", "http://127.0.0.1@example.com/"},
		{"--token-url", "ftp://127.0.0.1/"},
		{"--token-url", "127.0.0.1:80"},
		{"--token-url", "//127.0.0.1/"},
		{"--token-url", "http://"},
		{"--token-url", "http://[::1"},
		{"--sp-api-url", "http://0.0.0.0/"},
		{"--sp-api-url", "http://192.168.0.1/"},
		{"--sp-api-url", "http://[::2]/"},
		{"--sp-api-url", "javascript:alert(1)"},
		{"--sp-api-url", "http://127.0.0.1\n.example.com/"},
	} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			var out, err bytes.Buffer
			if code := run(args, native.Messages{Out: &out, Err: &err}); code != 2 {
				t.Errorf("the exit code is %d", code)
			}
			if out.Len() > 0 {
				t.Errorf("stdout has %q", out.String())
			}
			if s := err.String(); strings.Count(s, "\n") != 1 || !strings.HasPrefix(s, "sellerkey: ") || len(s) < 20 {
				t.Errorf("stderr has %q", s)
			}
			if strings.Contains(err.String(), "password") {
				t.Error("stderr repeats what may be a password")
			}
		})
	}
}

func TestGoodFlags(t *testing.T) {
	for _, args := range [][]string{
		{},
		{"--lang", "en"},
		{"--lang", "ja"},
		{"--lang=pt-BR"},
		{"--practice"},
		{"-practice"},
		{"--vault", "keychain"},
		{"--vault", "memory"},
		{"--data-dir", "/tmp/somewhere"},
		{"--data-dir", "same", "--data-dir=same"},
		{"--token-url", "http://localhost:1/"},
		{"--token-url", "http://127.0.0.1:4567/auth/o2/token"},
		{"--token-url", "https://127.1.2.3/"},
		{"--consent-origin", "http://[::1]:80"},
		{"--sp-api-url", "http://127.0.0.1"},
		{"one.toml"},
		{"--forget-everything"},
	} {
		if _, err := parseFlags(args); err != nil {
			t.Errorf("%q: %v", args, err)
		}
	}
	o, err := parseFlags([]string{"--lang", "ja", "--practice", "--data-dir", "d", "--vault", "memory", "--token-url", "http://localhost:1/"})
	if err != nil || o.lang != "ja" || !o.practice || o.dataDir != "d" || o.vault != "memory" || o.tokenURL != "http://localhost:1/" {
		t.Errorf("read %+v, %v", o, err)
	}
}

func TestVersionAndHelp(t *testing.T) {
	var out, err bytes.Buffer
	if code := run([]string{"--version"}, native.Messages{Out: &out, Err: &err}); code != 0 || out.String() != version.Text("SellerKey")+"\n" || err.Len() > 0 {
		t.Errorf("--version: %d, %q, %q", code, out.String(), err.String())
	}
	out.Reset()
	if code := run([]string{"--help"}, native.Messages{Out: &out, Err: &err}); code != 0 || !strings.Contains(err.String(), "-data-dir") {
		t.Errorf("--help: %d, %q", code, err.String())
	}
}

// TestNowhereToWrite: a data folder that cannot be made ends with a line and
// exit code 1, not with a window that forgets everything.
func TestNowhereToWrite(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var out, err bytes.Buffer
	if code := run([]string{"--data-dir", filepath.Join(file, "x")}, native.Messages{Out: &out, Err: &err}); code != 1 || !strings.HasPrefix(err.String(), "sellerkey: ") {
		t.Errorf("exit code %d, stderr %q", code, err.String())
	}
}

// TestForgetEverything: after it, a folder that was in use by everything that
// writes there is gone, but for what is the person's own.
func TestForgetEverything(t *testing.T) {
	for _, own := range []bool{false, true} {
		dir := filepath.Join(t.TempDir(), "SellerKey 設定")
		args := []string{"--forget-everything", "--data-dir", dir, "--vault", "memory", "--lang", "en"}
		log, closeLog, err := logs.Open(filepath.Join(dir, logFolder), nil)
		if err != nil {
			t.Fatal(err)
		}
		log.Info("started")
		if err := logs.KeepCrashes(filepath.Join(dir, logFolder)); err != nil {
			t.Fatal(err)
		}
		if err := (shell.Settings{Lang: "ja"}).Save(dir); err != nil {
			t.Fatal(err)
		}
		for _, folder := range []string{dir, filepath.Join(dir, practiceFolder)} {
			store, err := account.Open(folder, vault.NewMemory(), time.Now)
			if err != nil {
				t.Fatal(err)
			}
			a := account.Account{Marketplace: "JP", SellerID: "A1EXAMPLE00001"}
			if _, err := store.Save(t.Context(), a, account.Secrets{RefreshToken: lwa.NewSecret("Atzr|EXAMPLE")}); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 { // one of them with a passphrase that was forgotten
			if _, err := vault.SetFileAside(filepath.Join(dir, vault.FileName), time.Now()); err != nil {
				t.Fatal(err)
			}
			if _, err := vault.OpenFile(t.Context(), filepath.Join(dir, vault.FileName), lwa.NewSecret("an example passphrase")); err != nil {
				t.Fatal(err)
			}
		}
		mine := filepath.Join(dir, "notes.txt")
		if own {
			if err := os.WriteFile(mine, []byte("the person's own"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		closeLog()
		shown := 0
		release, _, err := instance.Claim(dir, "", func(string) bool { shown++; return true })
		if err != nil {
			t.Fatal(err)
		}

		var out, errs bytes.Buffer
		messages := native.Messages{Out: &out, Err: &errs}
		if code := run(args, messages); code != exitInUse || out.Len() > 0 || !strings.Contains(errs.String(), "open") {
			t.Errorf("with a window open: %d, %q, %q", code, out.String(), errs.String())
		}
		if _, err := os.Stat(filepath.Join(dir, "accounts.json")); err != nil {
			t.Error("with a window open:", err)
		}
		release()
		errs.Reset()
		for again := range 2 {
			out.Reset()
			errs.Reset()
			code := exitDone
			if again == 1 && own {
				code = exitFailed // a folder without a list of accounts
			}
			if got := run(args, messages); got != code || (out.Len() > 0) != (code == exitDone) || (errs.Len() > 0) != (code != exitDone) {
				t.Errorf("%d, %q, %q", got, out.String(), errs.String())
			}
			var left []string
			_ = filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
				if err == nil {
					left = append(left, path)
				}
				return nil
			})
			want := []string(nil)
			if own {
				want = []string{dir, mine}
			}
			if !slices.Equal(left, want) {
				t.Errorf("left: %q", left)
			}
		}
	}
}

// TestForgetFails: what stays is said, with the exit code that the uninstaller looks at.
func TestForgetFails(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "accounts.json.bak", "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "accounts.json"), []byte(`{"version":1,"accounts":[{"id":"example"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	code := run([]string{"--forget-everything", "--data-dir", dir, "--vault", "memory", "--lang", "pt-BR"}, native.Messages{Out: &out, Err: &errs})
	if code != exitFailed || out.Len() > 0 || !strings.Contains(errs.String(), "permissões") {
		t.Errorf("%d, %q, %q", code, out.String(), errs.String())
	}
}

// TestStartErrors: each has words of its own in each language.
func TestStartErrors(t *testing.T) {
	for _, l := range i18n.Languages() {
		seen := map[string]bool{}
		for _, cause := range []error{
			noOpenGL("1.1.0"),
			instance.ErrNoAnswer,
			&disk.SharedError{Path: "/srv/shared"},
			&account.IndexError{Kind: "newer_version"},
			os.ErrPermission,
		} {
			title, text := (&startError{
				cause: cause, dir: "C:\\Users\\山田\\SellerKey", lang: l.Tag, cli: []string{"/opt/my programs/sellerkey-cli", "--data-dir", "/srv"},
			}).words()
			if _, ok := cause.(noOpenGL); ok && !strings.Contains(text, `"/opt/my programs/sellerkey-cli" --data-dir /srv authorize`) {
				t.Errorf("%s: how to go on in a terminal isn't said: %q", l.Tag, text)
			}
			if title == "" || text == "" || strings.Contains(title+text, "⟦") || seen[title] {
				t.Errorf("%s: %v: %q, %q", l.Tag, cause, title, text)
			}
			seen[title] = true
			if cause == os.ErrPermission && !strings.Contains(text, "山田") {
				t.Errorf("%s: the folder is not named: %q", l.Tag, text)
			}
		}
	}
}

// TestNewerListIsRefused: where the system has no window for words, the program
// opens one of its own, in the language that was last chosen.
func TestNewerListIsRefused(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"accounts.json": `{"version":99,"accounts":[]}` + "\n", "settings.json": `{"lang":"ja"}`} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	words, err := i18n.New("ja")
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	code := run([]string{"--data-dir", dir, "--vault", "memory"}, native.Messages{Out: io.Discard, Err: io.Discard, Window: func(lang, title, text string) {
		said = append(said, lang, title, text)
	}})
	want := []string{"ja", words.T("vault.index_newer_version.title"), words.T("vault.index_newer_version.todo")}
	if code != exitFailed || !slices.Equal(said, want) {
		t.Errorf("%d, %q", code, said)
	}
}

// TestForgetNothingOfOthers: a folder that is not ours stays as it is, and so do
// the keychain items of another folder and files that only look like ours.
func TestForgetNothingOfOthers(t *testing.T) {
	forget := func(dir string) (int, string) {
		var out, errs bytes.Buffer
		code := run([]string{"--forget-everything", "--data-dir", dir, "--vault", "memory", "--lang", "en"}, native.Messages{Out: &out, Err: &errs})
		return code, errs.String()
	}
	theirs := []string{
		"accounts.json.sql", "accounts.json.damaged-by-me", "instance.tf", "instance.yaml", "settings.json.example",
		"secrets.age", "secrets.age.aside-old", "notes.txt",
	}
	dir := t.TempDir()
	write := func(name string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte("-----BEGIN AGE ENCRYPTED FILE-----"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	left := func() (names []string) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			names = append(names, e.Name())
		}
		return names
	}
	for _, name := range append(theirs, "settings.json", "accounts.json") {
		write(name)
	}
	if code, said := forget(dir); code != exitFailed || !strings.Contains(said, dir) {
		t.Errorf("a folder without a list of ours: %d, %q", code, said)
	}
	if n := len(left()); n != len(theirs)+2 {
		t.Errorf("%d files are left: %q", n, left())
	}
	// Now it is one of ours, with files of theirs in it.
	for _, name := range []string{"settings.json", "accounts.json"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	store, err := account.Open(dir, vault.NewMemory(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Save(t.Context(), account.Account{Marketplace: "JP"}, account.Secrets{RefreshToken: lwa.NewSecret("Atzr|EXAMPLE")}); err != nil {
		t.Fatal(err)
	}
	if code, said := forget(dir); code != exitDone {
		t.Errorf("%d, %q", code, said)
	}
	slices.Sort(theirs)
	if names := left(); !slices.Equal(names, theirs) {
		t.Errorf("left: %q", names)
	}
}

// TestSharedFolder: the program does not keep its files where others can change
// them.
func TestSharedFolder(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the access list of the folder above counts there")
	}
	dir := filepath.Join(t.TempDir(), "shared")
	if err := os.MkdirAll(filepath.Join(dir, "of somebody else"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if code := run([]string{"--data-dir", dir, "--lang", "en"}, native.Messages{Out: &out, Err: &errs}); code != exitFailed || !strings.Contains(errs.String(), dir) {
		t.Errorf("%d, %q", code, errs.String())
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Error("it has written there", err)
	}
}

// TestManyEarlyStarts: however often the program is started before its window is
// there, each start gets its answer, and the first ones are kept.
func TestManyEarlyStarts(t *testing.T) {
	s := newLaterStarts()
	for i := range 100 {
		if !s.add(strconv.Itoa(i)) {
			t.Fatal("a starting window says that it is closing")
		}
	}
	for i := range cap(s.early) {
		if got := <-s.early; got != strconv.Itoa(i) {
			t.Errorf("start %d opens %q", i, got)
		}
	}
}

// TestArgument: a path becomes absolute, because the running program may have been
// started elsewhere; a link stays a link, however long.
func TestArgument(t *testing.T) {
	t.Chdir(t.TempDir())
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	in := func(name string) string { return filepath.Join(here, name) }
	tests := map[string]string{
		"a.sellerkey":                   in("a.sellerkey"),
		in("a.sellerkey"):               in("a.sellerkey"),
		"sellerkey":                     in("sellerkey"),
		"sellerkey://return?state=x":    "sellerkey://return?state=x",
		"SELLERKEY://return/?state=%2F": "SELLERKEY://return/?state=%2F",
		"sellerkey:../../a.sellerkey":   "sellerkey:../../a.sellerkey",
	}
	if runtime.GOOS != "windows" {
		tests["file:///home/mika/%E8%A8%AD%E5%AE%9A%201.sellerkey"] = "/home/mika/設定 1.sellerkey"
		tests["file://localhost/a%25b.sellerkey"] = "/a%b.sellerkey"
	}
	for arg, want := range tests {
		if o, err := parseFlags([]string{"--", arg}); err != nil || o.open != want {
			t.Errorf("%q opens %q, %v", arg, o.open, err)
		}
	}
	long := "sellerkey://return?x=" + strings.Repeat("A", 1<<20)
	if got := argument(long); len(got) > 64<<10 || !strings.HasPrefix(got, "sellerkey://return?x=") {
		t.Errorf("a link of 1 MB becomes one of %d bytes", len(got))
	}
}
