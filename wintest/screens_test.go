//go:build window && linux

package wintest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/practice"
)

// TestScreens takes the pictures of the documentation: every screen of the real
// program, in three languages, into the folder that SELLERKEY_SCREENS names.
// "make screens" runs it.
func TestScreens(t *testing.T) {
	dir := os.Getenv("SELLERKEY_SCREENS")
	if dir == "" {
		t.Skip("SELLERKEY_SCREENS names no folder; make screens does")
	}
	for _, lang := range []string{"en", "ja", "pt-BR"} {
		t.Run(lang, func(t *testing.T) {
			takePictures(t, lang, filepath.Join(dir, lang))
		})
	}
}

func takePictures(t *testing.T, lang, dir string) {
	r := Start(t, Options{Lang: lang, Out: filepath.Join(root(t), "out", "screens-"+lang)})
	r.write(filepath.Join(r.Home, ".config/SellerKey/settings.json"), 0o600, `{"appearance":"light"}`)
	w := wordsOf(t, lang)
	sample := practice.New(practice.Options{}).Sample()
	var a *App
	shot := func(name string) {
		t.Helper()
		a.ShotTo(filepath.Join(dir, name+".png"))
	}

	a = r.App()
	a.WaitTitle(w.T(t, "start.window"))
	shot("start")
	a.Quit()

	// Somebody with a refresh token needs one step only.
	a = r.App("--practice")
	a.Key("Tab", "Tab", "Return")
	a.WaitTitle(w.T(t, "step.credentials"))
	shot("has-token")
	a.Key("Escape")
	a.WaitTitle(w.T(t, "start.window"))

	// A provider's guide: link, consent, address, registration screen.
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.app"))
	a.Paste(sample.ConsentLink)
	shot("app-guide")
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.consent"))
	shot("consent")
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.paste"))
	b := r.Browser()
	b.WaitURL(consentPath)
	b.Front()
	b.ScreenshotPage(filepath.Join(dir, "browser-consent.png"))
	a.Paste(sample.SellerID)
	shot("paste-refused")
	a.Key("Tab", "Tab", "Return")
	a.WaitTitle(w.T(t, "amazon_error.title"))
	a.Type("MD1000")
	shot("amazon-error")
	a.Key("Escape")
	a.WaitTitle(w.T(t, "step.paste"))
	allow(b)
	b.ScreenshotPage(filepath.Join(dir, "browser-address.png"))
	b.CopyAddress()
	a.Front()
	shot("paste-offer")
	a.Key("ctrl+a", "ctrl+v")
	shot("paste")
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.register"))
	a.Key("Return")
	shot("register")
	a.Quit()

	// An app of one's own: the same, then credentials and tokens.
	a = r.App("--practice")
	a.Key("Tab", "Return")
	a.WaitTitle(w.T(t, "step.app"))
	a.Paste(sample.ConsentLink)
	shot("app-own")
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.consent"))
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.paste"))
	b.WaitURL(consentPath)
	allow(b)
	b.CopyAddress()
	a.Key("ctrl+v", "Return")
	a.WaitTitle(w.T(t, "step.credentials"))
	a.Type(sample.ClientID)
	a.Key("Tab")
	a.Type(sample.ClientSecret.Reveal())
	shot("credentials")
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.tokens"))
	waitForAccount(t, r, "")
	a.Settle()
	a.Key("Return")
	shot("tokens")
	// From the access token's Copy on: show and copy the refresh token, helper, renew, check.
	a.WaitChange(func() { a.Key("Tab", "Tab", "Tab", "Tab", "Tab", "Return") })
	shot("check")
	a.Key("Tab", "Tab", "Tab", "Return")
	a.WaitTitle(w.T(t, "helper.window"))
	shot("helper")
	a.Key("Escape")
	a.Quit()

	a = r.App("--practice")
	a.WaitTitle(w.T(t, "accounts.title"))
	shot("accounts")
	a.Quit()
}

// allow does on the permission page what a seller does there.
func allow(b *Browser) (address string) {
	b.Click("#agree")
	b.Click("#confirm")
	return b.WaitURL("spapi_oauth_code=")
}

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
	r := Start(t, Options{Lang: "ja"})
	a := r.App()
	again := r.Launch()
	if code := again.WaitExit(); code != 0 {
		t.Errorf("the second start ended with code %d: %s", code, again.Log())
	}
	if n := len(a.windows()); n != 1 || !a.Running() {
		t.Errorf("there are %d windows", n)
	}
	a.Quit()
}
