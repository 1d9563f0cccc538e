package vault

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/lwa"
)

func noon() time.Time { return time.Date(2026, 11, 5, 12, 0, 0, 0, time.UTC) }

func opened(t *testing.T, path, passphrase string) (*File, error) {
	t.Helper()
	return openFile(t.Context(), path, lwa.NewSecret(passphrase), 10)
}

func TestFileVault(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secrets.vault")
	f, err := opened(t, path, "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	if err := Probe(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{30, 3000, maxSecret} {
		if err := f.Set(t.Context(), fmt.Sprint("key", n), fake("filed", n)); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Set(t.Context(), "two lines", lwa.NewSecret("one\ntwo\n")); err != nil {
		t.Fatal(err)
	}
	wantKind(t, f.Set(t.Context(), "key", fake("long", maxSecret+1)), TooBig)
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Fatal(info.Mode(), err)
	}
	data, _ := os.ReadFile(path)
	if strings.Contains(string(data), "FAKE-filed") || strings.Contains(string(data), "correct horse") {
		t.Fatal("readable")
	}

	g, err := opened(t, path, "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	wantSecret(t, g, "key3000", fake("filed", 3000))
	wantSecret(t, g, "two lines", lwa.NewSecret("one\ntwo\n"))
	wantSecret(t, g, "nothing", lwa.Secret{})
	// One sees at once what the other writes.
	for i := range 5 {
		v := fake(fmt.Sprint("turn", i), 40)
		if err := f.Set(t.Context(), "shared", v); err != nil {
			t.Fatal(err)
		}
		wantSecret(t, g, "shared", v)
	}
	if err := g.Delete(t.Context(), "shared"); err != nil {
		t.Fatal(err)
	}
	wantSecret(t, f, "shared", lwa.Secret{})
	if err := g.Set(t.Context(), "key30", lwa.Secret{}); err != nil {
		t.Fatal(err)
	}
	wantSecret(t, f, "key30", lwa.Secret{})

	_, err = opened(t, path, "wrong horse")
	wantKind(t, err, WrongPassphrase)
	_, err = opened(t, path, "")
	wantKind(t, err, Refused)
	if strings.Contains(fmt.Sprintf("%v %+v", err, err), "horse") {
		t.Error(err)
	}
	done, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = f.Get(done, "key3000")
	wantKind(t, err, Canceled)
	wantKind(t, f.Set(done, "key3000", fake("x", 30)), Canceled)
	_, err = OpenFile(done, path, lwa.NewSecret("correct horse"))
	wantKind(t, err, Canceled)
}

func TestFileVaultDamage(t *testing.T) {
	dir := t.TempDir()
	good := filepath.Join(dir, "good")
	f, err := opened(t, good, "pass")
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"one", "two"} {
		if err := f.Set(t.Context(), key, fake(key, 60)); err != nil {
			t.Fatal(err)
		}
	}
	data, _ := os.ReadFile(good)
	for name, bad := range map[string]string{
		"empty": "", "cut": string(data[:len(data)/2]), "other": "{}", "newer": strings.Replace(string(data), `"version": 1`, `"version": 2`, 1),
		"key": strings.Replace(string(data), `"key": "-----BEGIN`, `"key": "-----BEGUN`, 1),
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := opened(t, path, "pass")
		wantKind(t, err, Damaged)
		if now, _ := os.ReadFile(path); string(now) != bad {
			t.Errorf("%s: touched", name)
		}
	}
	// Items that somebody swapped, or damaged.
	var file fileContent
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	file.Items["one"], file.Items["three"] = file.Items["two"], "nonsense"
	if err := f.store("set", file); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"one", "three"} {
		_, err = f.Get(t.Context(), key)
		wantKind(t, err, Damaged)
	}
	wantSecret(t, f, "two", fake("two", 60))
	if err := os.Remove(good); err != nil {
		t.Fatal(err)
	}
	_, err = f.Get(t.Context(), "two")
	wantKind(t, err, Missing)
	_, err = opened(t, filepath.Join(dir, "no such folder", "x"), "pass")
	wantKind(t, err, Missing)
}

func TestFileVaultChangePassphrase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "v")
	f, err := opened(t, path, "the first one")
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"one", "two"} {
		if err := f.Set(t.Context(), key, fake(key, 60)); err != nil {
			t.Fatal(err)
		}
	}
	before, _ := os.ReadFile(path)
	unchanged := func(what string) {
		t.Helper()
		if now, _ := os.ReadFile(path); string(now) != string(before) {
			t.Error("the file is another after", what)
		}
		wantSecret(t, f, "one", fake("one", 60))
	}
	change := func(ctx context.Context, present, next string) error {
		return f.changePassphrase(ctx, lwa.NewSecret(present), lwa.NewSecret(next), 10)
	}
	wantKind(t, change(t.Context(), "a wrong one", "the second one"), WrongPassphrase)
	unchanged("a wrong passphrase")
	wantKind(t, change(t.Context(), "the first one", ""), Refused)
	unchanged("an empty passphrase")
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	wantKind(t, change(canceled, "the first one", "the second one"), Canceled)
	unchanged("a cancel")

	other, err := opened(t, path, "the first one")
	if err != nil {
		t.Fatal(err)
	}
	if err := change(t.Context(), "the first one", "the second one"); err != nil {
		t.Fatal(err)
	}
	// A second program, which knows the old one only, is locked out rather
	// than allowed to write what nobody could read.
	_, err = other.Get(t.Context(), "one")
	wantKind(t, err, Locked)
	wantKind(t, other.Set(t.Context(), "one", fake("lost", 60)), Locked)
	wantSecret(t, f, "one", fake("one", 60))
	if err := f.Set(t.Context(), "three", fake("three", 60)); err != nil {
		t.Fatal(err)
	}
	_, err = opened(t, path, "the first one")
	wantKind(t, err, WrongPassphrase)
	g, err := opened(t, path, "the second one")
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"one", "two", "three"} {
		wantSecret(t, g, key, fake(key, 60))
	}
	// The key of an older copy is not the present key.
	var old fileContent
	if err := json.Unmarshal(before, &old); err != nil {
		t.Fatal(err)
	}
	identity, err := unlockKey(old.Key, "the first one")
	if err != nil {
		t.Fatal(err)
	}
	now, err := g.load()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := decrypt(now.Items["three"], identity); err == nil {
		t.Error("the key of before opens what was saved later")
	}
}

func TestFileVaultOutOfTheWay(t *testing.T) {
	path := filepath.Join(t.TempDir(), "v")
	if aside, err := SetFileAside(path, noon()); aside != "" || err != nil {
		t.Error(aside, err)
	}
	var asides []string
	for i := range 3 {
		f, err := opened(t, path, fmt.Sprint("passphrase ", i))
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Set(t.Context(), "key", fake(fmt.Sprint(i), 40)); err != nil {
			t.Fatal(err)
		}
		aside, err := SetFileAside(path, noon())
		if err != nil {
			t.Fatal(err)
		}
		asides = append(asides, aside)
	}
	for i, aside := range asides { // should it come to mind again
		f, err := opened(t, aside, fmt.Sprint("passphrase ", i))
		if err != nil {
			t.Fatal(err)
		}
		wantSecret(t, f, "key", fake(fmt.Sprint(i), 40))
		if err := RemoveFile(aside); err != nil {
			t.Error(err)
		}
	}
	if err := RemoveFile(path); err != nil {
		t.Error(err)
	}
	left, _ := filepath.Glob(path + ".aside*")
	if len(left) > 0 {
		t.Errorf("%q are left", left)
	}
}

func TestFileVaultTwoAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "v")
	var wg sync.WaitGroup
	for w := range 3 {
		f, err := opened(t, path, "pass")
		if err != nil {
			t.Fatal(err)
		}
		wg.Go(func() {
			for i := range 10 {
				if err := f.Set(t.Context(), fmt.Sprintf("%d-%d", w, i), fake("x", 50)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	f, err := opened(t, path, "pass")
	if err != nil {
		t.Fatal(err)
	}
	for w := range 3 {
		for i := range 10 {
			wantSecret(t, f, fmt.Sprintf("%d-%d", w, i), fake("x", 50))
		}
	}
}

// TestFileComposesPassphrases: é is one character on some systems, and two on
// others.
func TestFileComposesPassphrases(t *testing.T) {
	composed, decomposed := "caf\u00e9 \u30d1\u30b9", "cafe\u0301 \u30cf\u309a\u30b9"
	for _, passphrases := range [][2]string{{composed, decomposed}, {decomposed, composed}} {
		path := filepath.Join(t.TempDir(), "secrets.age")
		for _, passphrase := range append(passphrases[:], passphrases[0]) {
			if _, err := opened(t, path, passphrase); err != nil {
				t.Errorf("%+q: %v", passphrase, err)
			}
		}
		_, err := opened(t, path, "cafe \u30d1\u30b9")
		wantKind(t, err, WrongPassphrase)
	}
}

// TestFileRefusesEndlessWork: each step of the work factor doubles time and
// memory; 22 takes 4 GiB.
func TestFileRefusesEndlessWork(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secrets.age")
	if _, err := openFile(t.Context(), path, lwa.NewSecret("correct horse"), scryptWork+1); err != nil {
		t.Fatal(err)
	}
	_, err := opened(t, path, "correct horse")
	wantKind(t, err, Damaged)
}

func TestFileAt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secrets.age")
	if FileAt(path) || IsFile(path) {
		t.Error("there is no file")
	}
	for text, want := range map[string]bool{
		"age-encryption.org/v1\n-> X25519": false, "-----BEGIN AGE ENCRYPTED FILE-----": false, "": true, `{"version":1,`: true,
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if FileAt(path) != want || IsFile(path) {
			t.Errorf("%q: %t", text, FileAt(path))
		}
	}
}
