//go:build window && linux

package wintest

import (
	"encoding/json"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/lwa"
)

const (
	light    = `{"appearance":"light"}`
	register = "/register"
)

// TestGuideWalk is the walk of a seller who has only what a provider sent, by
// keyboard, to the provider's registration page in the browser, which gets the
// seller ID and the code through the clipboard and accepts them. What the
// provider sent is the link of a guide, or a setup file.
func TestGuideWalk(t *testing.T) {
	const lang = "ja"
	w := wordsOf(t, lang)
	sample := practice.New(practice.Options{}).Sample()
	t.Run("link", func(t *testing.T) {
		r := Start(t, Options{Lang: lang})
		a := r.App("--practice")
		a.choose(w, "guide")
		a.Paste(sample.ConsentLink)
		guideWalk(t, r, a, lang, false)
	})
	t.Run("setup file", func(t *testing.T) {
		r := Start(t, Options{Lang: lang})
		file := filepath.Join(r.Home, "practice.sellerkey")
		r.write(file, 0o600, `version = 1
provider = "Practice Tool"
application_id = "`+sample.ApplicationID+`"
draft = true
marketplaces = ["JP"]

[[boxes]]
value = "seller_id"
label.ja = "セラーID"

[[boxes]]
value = "code"
label.ja = "認可コード"
`)
		a := r.App("--practice", file)
		a.WaitTitle(w.T(t, "setup_file.title"))
		a.Shot("setup-file")
		a.Key("Return")
		a.WaitTitle(w.T(t, "step.app"))
		guideWalk(t, r, a, lang, true)
	})
}

// guideWalk goes from the first step, with everything in it, to the end; if slim,
// with the small window beside the browser.
func guideWalk(t *testing.T, r *Rig, a *App, lang string, slim bool) {
	w := wordsOf(t, lang)
	sample := practice.New(practice.Options{}).Sample()
	a.Shot("app")
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.consent"))
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.paste"))

	t.Log("allow access in the browser, and bring the address back")
	b := r.Browser()
	consent, err := url.Parse(b.WaitURL(consentPath))
	if err != nil {
		t.Fatal(err)
	}
	address, err := url.Parse(b.Allow())
	if err != nil {
		t.Fatal(err)
	}
	code := address.Query().Get("spapi_oauth_code")
	b.CopyAddress()
	a.Key("ctrl+v")
	a.WaitTitle(w.T(t, "step.register"))
	a.Shot("register")
	if slim {
		// Before the primary button come Back, "Get a new code", "Open the
		// registration page", "Small window".
		a.Key("shift+Tab", "shift+Tab", "shift+Tab", "shift+Tab", "Return")
		a.WaitTitle(w.T(t, "helper.window"))
		a.Settle()
	}

	t.Log("take both values over to the registration page")
	b.Go("http://" + consent.Host + register)
	b.WaitURL(register)
	if got := b.Eval("document.documentElement.lang"); got != lang {
		t.Errorf("the registration page speaks %v", got)
	}
	for _, box := range []struct{ selector, value string }{
		{"#seller_id", sample.SellerID},
		{"#oauth_code", code},
	} {
		r.SetClipboard("something else")
		a.Key("Return") // copies what is lit and lights the next
		r.WaitClipboard("the value for "+box.selector, func(s string) bool { return s == box.value })
		a.Shot("copied")
		pasteInto(b, box.selector, box.value)
	}
	b.Screenshot("browser-register")
	b.KeyIn("#oauth_code", "Return")
	b.WaitFor(`document.querySelector("h1").innerText === ` + quoted(w.T(t, "practice_page.registered_title")))
	b.Screenshot("browser-registered")

	t.Log("done: nothing of it is kept")
	if slim {
		a.Key("Return") // closes the small window
		a.waitWindows(1)
	}
	a.WaitChange(func() { a.Key("Return") }) // it asks whether the provider's page took them
	a.WaitChange(func() { a.Key("Return") }) // yes: the end of the walk
	a.Key("Return")
	a.WaitTitle(w.T(t, "accounts.title"))
	a.Quit()
	if r.Clipboard() == code {
		t.Error("the code is still on the clipboard after the end")
	}
	if files := r.FilesHolding(code); len(files) > 0 {
		t.Errorf("the code is in %q", files)
	}
	for _, app := range r.apps {
		app.checkLog(t, code)
	}
}

// pasteInto does in a page what a person does: press on the box, Ctrl+V.
func pasteInto(b *Browser, selector, value string) {
	b.rig.t.Helper()
	b.KeyIn(selector, "ctrl+a", "ctrl+v")
	b.WaitFor(`document.querySelector(` + quoted(selector) + `).value === ` + quoted(value))
}

// TestTokenWalk is the walk of a seller who has a refresh token already, still
// wrapped in Postman's whole answer. A wrong client secret is explained, costs
// nothing of what was entered, and is put right.
func TestTokenWalk(t *testing.T) {
	const lang = "pt-BR"
	r := Start(t, Options{Lang: lang})
	r.Settings("", light)
	w := wordsOf(t, lang)
	sample := practice.New(practice.Options{}).Sample()
	secret := sample.ClientSecret.Reveal()

	a := r.App("--practice")
	a.toCredentials(w)
	wrong := sample
	wrong.ClientSecret, wrong.RefreshToken = lwa.NewSecret(wrongSecret(secret)), lwa.NewSecret(postman(t, sample.RefreshToken.Reveal()))
	a.enterCredentials(wrong)
	a.Shot("credentials")
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.tokens"))

	t.Log("refused, and explained")
	a.WaitCard()
	a.Shot("refused")
	// After "Check the credentials", which has the focus, and "Try again": copy the details.
	r.SetClipboard("something else")
	a.Key("Tab", "Tab", "Return")
	details := r.WaitClipboard("the details", func(s string) bool { return strings.Contains(s, "client_auth_failed") })
	for _, s := range []string{wrongSecret(secret), sample.RefreshToken.Reveal(), sample.ClientID} {
		if strings.Contains(details, s) {
			t.Error("the details for support hold what was entered")
		}
	}
	a.Key("shift+Tab", "shift+Tab", "Return")
	a.WaitTitle(w.T(t, "step.credentials"))
	a.Shot("kept")

	t.Log("put right")
	// Amazon refused the pair, so the focus is on its first half.
	a.Key("Tab", "ctrl+a")
	a.Type(secret)
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.tokens"))
	saved := waitForAccount(t, r, "")
	a.Shot("tokens")
	access := copyAccess(r, a)
	if strings.Contains(access, "postman") {
		t.Error("the access token is the old one of Postman's answer")
	}
	for item, want := range map[string]string{"refresh_token": sample.RefreshToken.Reveal(), "client_secret": secret} {
		if got := r.Secret("service", practiceService, "username", saved.ID+"."+item); got != want {
			t.Errorf("the %s in the keychain is not the one that was entered", item)
		}
	}
	a.Quit()
	for name, s := range map[string]string{"access token": access, "refresh token": sample.RefreshToken.Reveal(), "client secret": secret} {
		if files := r.FilesHolding(s); len(files) > 0 {
			t.Errorf("the %s is in %q", name, files)
		}
	}
	for _, app := range r.apps {
		app.checkLog(t, access, sample.RefreshToken.Reveal(), secret)
	}
}

// wrongSecret is a client secret of the right shape that is not the app's.
func wrongSecret(secret string) string { return secret[:len(secret)-8] + "deadbeef" }

// postman is the token endpoint's response as Postman shows it.
func postman(t *testing.T, refresh string) string {
	t.Helper()
	answer, err := json.MarshalIndent(map[string]any{
		"access_token": accessPrefix + "postman" + strings.Repeat("0", 300), "refresh_token": refresh,
		"token_type": "bearer", "expires_in": 3600,
	}, "", "    ")
	if err != nil {
		t.Fatal(err)
	}
	return string(answer)
}

// TestNoKeychain: on a computer without a keychain the tokens can be had all
// the same. The program says that they are not saved, and writes them nowhere.
func TestNoKeychain(t *testing.T) {
	const lang = "en"
	r := Start(t, Options{Lang: lang, NoKeychain: true})
	r.Settings("", light)
	w := wordsOf(t, lang)
	sample := practice.New(practice.Options{}).Sample()

	a := r.App("--practice")
	a.toTokens(w, sample)
	a.WaitCard()
	a.Shot("not-saved")
	access := copyAccess(r, a)
	if r.Exists(practiceIndex) {
		t.Errorf("an account was saved: %s", r.ReadFile(practiceIndex))
	}

	t.Log("go on without saving")
	// From the access token's Copy back over its Show to the card's last button.
	a.Key("shift+Tab", "shift+Tab", "Return")
	a.WaitNoCard()
	a.Shot("only-today")
	if again := copyAccess(r, a); again != access {
		t.Error("the access token has changed by going on without saving")
	}
	a.Quit()

	t.Log("the next start knows nothing of it")
	a = r.App("--practice")
	a.WaitTitle(w.T(t, "start.window"))
	a.Quit()
	for name, s := range map[string]string{
		"access token": access, "refresh token": sample.RefreshToken.Reveal(), "client secret": sample.ClientSecret.Reveal(),
	} {
		if files := r.FilesHolding(s); len(files) > 0 {
			t.Errorf("the %s is in %q", name, files)
		}
	}
	for _, app := range r.apps {
		app.checkLog(t, access, sample.RefreshToken.Reveal(), sample.ClientSecret.Reveal())
	}
}

// TestLanguageSwitch changes the language in the middle of a walk, by the mouse
// and the keyboard: the window speaks the new one at once, nothing that was
// entered is lost, and the next start remembers.
func TestLanguageSwitch(t *testing.T) {
	r := Start(t, Options{Lang: "en"})
	r.Settings("", light)
	en, ja, pt := wordsOf(t, "en"), wordsOf(t, "ja"), wordsOf(t, "pt-BR")
	sample := practice.New(practice.Options{}).Sample()

	a := r.App("--practice")
	a.toCredentials(en)
	a.enterCredentials(sample)
	a.Shot("english")

	a.chooseLanguage(1)
	a.WaitTitle(ja.T(t, "step.credentials"))
	a.Shot("japanese")
	a.chooseLanguage(2)
	a.WaitTitle(pt.T(t, "step.credentials"))
	a.Shot("portuguese")
	a.chooseLanguage(0)
	a.WaitTitle(en.T(t, "step.credentials"))
	a.chooseLanguage(1)
	a.WaitTitle(ja.T(t, "step.credentials"))

	t.Log("what was entered is still there: it gets tokens")
	a.Key("Return")
	a.WaitTitle(ja.T(t, "step.tokens"))
	saved := waitForAccount(t, r, "")
	if got := r.Secret("service", practiceService, "username", saved.ID+".refresh_token"); got != sample.RefreshToken.Reveal() {
		t.Error("the refresh token in the keychain is not the one that was entered")
	}
	copyAccess(r, a)
	a.chooseLanguage(2)
	a.WaitTitle(pt.T(t, "step.tokens"))
	a.Shot("tokens")
	copyAccess(r, a)
	a.Quit()

	a = r.App("--practice")
	a.WaitTitle(pt.T(t, "accounts.title"))
	a.Quit()
	for _, app := range r.apps {
		app.checkLog(t, sample.RefreshToken.Reveal(), sample.ClientSecret.Reveal())
	}
}
