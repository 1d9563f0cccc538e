//go:build window && linux

package wintest

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/internal/practice"
)

// TestFlags: what makes no sense is refused in one line, before any window.
func TestFlags(t *testing.T) {
	r := Start(t, Options{NoKeychain: true})
	for _, args := range [][]string{
		{"--lang", "xx"},
		{"--vault", "paper"},
		{"--no-such-flag"},
		{"--token-url", "https://api.example.com/auth/o2/token"},
		{"--consent-origin", "http://127.0.0.1.example.com"},
		{"--sp-api-url", "http://user@127.0.0.1:1/"},
	} {
		a := r.Launch(args...)
		if code := a.WaitExit(); code != 2 {
			t.Errorf("%v: exit code %d, not 2", args, code)
		}
		if said := strings.TrimSpace(a.Log()); said == "" || strings.Contains(said, "\n") {
			t.Errorf("%v: said not one line but %q", args, said)
		}
	}
}

// TestSecondStart: started again, the program brings its window to the front
// instead of opening another.
func TestSecondStart(t *testing.T) {
	r := Start(t, Options{Lang: "ja", NoKeychain: true})
	a := r.App()
	// Something else has come to lie over it.
	other := r.App("--data-dir", filepath.Join(r.Home, "other"))
	other.Front()
	again := r.Launch()
	if code := again.WaitExit(); code != 0 {
		t.Errorf("the second start ended with code %d: %s", code, again.Log())
	}
	if n := len(a.windows()); n != 1 || !a.Running() {
		t.Errorf("there are %d windows", n)
	}
	window := a.Window()
	r.Eventually("the first window to be in front", func() bool {
		now, err := r.try("xdotool", "getactivewindow")
		return err == nil && now == window
	})
	other.Quit()
	a.Quit()
}

// TestNewerList: the list of accounts of a newer SellerKey is left as it is; the
// program says so in a small window, for there may be no terminal, and ends.
func TestNewerList(t *testing.T) {
	r := Start(t, Options{Lang: "en", NoKeychain: true})
	const list = `{"version":99,"accounts":[{"id":"example","whatever":"comes then"}]}` + "\n"
	path := filepath.Join(r.Home, ".config/SellerKey/accounts.json")
	r.write(path, 0o600, list)
	a := r.App() // it opens a window of a few words
	a.Shot("newer")
	if titles := a.Titles(); len(titles) != 1 || titles[0] != "SellerKey" {
		t.Errorf("the windows are %q", titles)
	}
	if code := a.Dismiss(); code != 1 {
		t.Errorf("it ended with code %d", code)
	}
	if now := r.ReadFile(".config/SellerKey/accounts.json"); now != list {
		t.Errorf("the list is %q now", now)
	}
	if files, _ := filepath.Glob(path + "*"); len(files) != 1 {
		t.Errorf("there are %q", files)
	}
}

// TestMemory: what is kept in memory is in no keychain, and gone at the end.
func TestMemory(t *testing.T) {
	r := Start(t, Options{Lang: "en"})
	r.Settings("", light)
	w, sample := wordsOf(t, "en"), practice.New(practice.Options{}).Sample()
	a := r.App("--practice", "--vault", "memory")
	a.toTokens(w, sample)
	saved := waitForAccount(t, r, "")
	if got := r.Secret("service", practiceService, "username", saved.ID+".refresh_token"); got != "" {
		t.Error("the keychain has it")
	}
	a.Quit()
	if files := r.FilesHolding(sample.RefreshToken.Reveal()); len(files) > 0 {
		t.Errorf("%q hold it", files)
	}
	a = r.App("--practice", "--vault", "memory")
	a.WaitTitle(w.T(t, "accounts.title"))
	a.Key("Return")
	a.WaitCard() // the values are not there any more
	a.Shot("gone")
	a.Quit()
}
