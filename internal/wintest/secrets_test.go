//go:build window && linux

package wintest

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
	"github.com/sellerkey/sellerkey/lwa"
)

// TestSecrets takes distinctive secrets through every screen that handles one,
// through refusals, a crash, an export and a computer without a keychain, and
// then looks for each of them, whole and in part, plain and encoded: in every
// file of the pretend machine, in what the program printed, in its environment
// and command line, in window titles and on the clipboard. Only the keychain has
// them, and the one file that the seller asked for.
func TestSecrets(t *testing.T) {
	const lang = "en"
	r := Start(t, Options{Lang: lang})
	w := wordsOf(t, lang)
	amazon := practicetest.Start(t, practice.Options{})
	sample := amazon.Sample()
	tokens := httptest.NewServer(knowsAs(amazon, sample.ClientSecret.Reveal(), distinctive))
	defer tokens.Close()
	sample.ClientSecret = lwa.NewSecret(distinctive)
	tokenURL, err := url.Parse(amazon.TokenURL())
	if err != nil {
		t.Fatal(err)
	}
	flags := []string{"--consent-origin", amazon.Origin(), "--token-url", tokens.URL + tokenURL.Path, "--sp-api-url", amazon.SPAPIURL()}
	s := &search{r: r, t: t, values: map[string]string{
		"client secret": distinctive,
		"wrong secret":  "amzn1.oa2-cs.v1.b7709d1e8f35426ac1e2d94f07b8365ae95c40f3718d2b6ee7f10a9c43d85b26",
		"refresh token": sample.RefreshToken.Reveal(),
	}}
	r.Settings("", light)

	t.Log("a wrong client secret, and a refresh token")
	a := r.App(flags...)
	a.toCredentials(w)
	wrong := sample
	wrong.ClientSecret, wrong.RefreshToken = lwa.NewSecret(s.values["wrong secret"]), lwa.NewSecret(postman(t, sample.RefreshToken.Reveal()))
	a.enterCredentials(wrong)
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.tokens"))
	s.aside()
	a.WaitCard()
	s.look("refused")
	a.Key("Escape")
	a.WaitTitle(w.T(t, "step.credentials"))
	a.WaitNoCard()
	for range 5 {
		a.Key("Escape")
	}

	t.Log("the whole walk, first with a code that is dead")
	a.choose(w, "own app")
	a.Paste(sample.ConsentLink)
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.consent"))
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.paste"))
	b := r.Browser()
	b.WaitURL(consentPath)
	s.values["dead code"] = "ANdead0made0up0code0xyz"
	a.Front()
	a.Paste("https://tool.example.com/register?spapi_oauth_code=" + s.values["dead code"] + "&state=practice-guide&selling_partner_id=" + sample.SellerID)
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.credentials"))
	s.aside()
	a.Type(sample.ClientID)
	a.Key("Tab")
	a.Type(sample.ClientSecret.Reveal())
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.tokens"))
	a.WaitCard()
	s.look("a dead code")
	a.Key("Return") // start over: everything but the code is kept
	a.WaitTitle(w.T(t, "step.consent"))
	b.Opens(consentPath, func() {
		a.Key("Return")
		a.WaitTitle(w.T(t, "step.paste"))
	})
	s.values["code"] = between(b.Allow(), "spapi_oauth_code=", "&")
	b.CopyAddress()
	a.Key("ctrl+v")
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.tokens"))
	s.aside()
	var id string
	r.Eventually("the refresh token in the keychain", func() bool {
		id = s.account(".config/SellerKey")
		return id != ""
	})
	s.values["second refresh token"] = r.Secret("service", realService, "username", id+".refresh_token")
	s.look("the tokens")

	t.Log("copy, show, check, app-only token")
	s.values["access token"] = copyAccess(r, a)
	s.look("a token copied")
	a.Key("shift+Tab")
	a.WaitChange(func() { a.Key("Return") }) // shows the access token; the focus stays
	s.look("a token shown")
	a.Key("Tab")
	a.pressOnTokens("check")
	a.WaitGood()
	a.WaitChange(func() { a.pressOnTokens("show refresh") })
	a.Shot("everything-shown")
	s.look("the other token shown")
	a.Key("shift+Tab") // back to the first Copy

	t.Log("export, to the clipboard and into a file")
	a.pressOnTokens("use in")
	a.WaitTitle(w.T(t, "export.title"))
	r.SetClipboard("something else")
	a.Key("Return")
	r.WaitClipboard("the export", func(text string) bool { return strings.Contains(text, sample.ClientSecret.Reveal()) })
	a.Key("shift+Tab", "shift+Tab", "Return") // over Back to "Clear now"
	r.WaitClipboard("nothing more", func(text string) bool { return text == "" })
	a.Key("Escape")
	a.WaitTitle(w.T(t, "step.tokens"))
	a.pressOnTokens("use in")
	a.WaitTitle(w.T(t, "export.title"))
	file := filepath.Join(r.Home, "for-my-tool.yml")
	// Before Copy come Back, the button that saves, Browse, and the file's name.
	a.Key("shift+Tab", "shift+Tab", "shift+Tab", "shift+Tab", "ctrl+a")
	a.Type(file)
	a.Key("Tab", "Tab")
	a.WaitChange(func() { a.Key("Return") })
	a.Key("Tab", "Return") // the warning's own button
	r.Eventually("the file", func() bool { return r.Exists("for-my-tool.yml") })
	s.chosen = file
	s.look("an export")

	t.Log("a crash, with everything in memory")
	_ = syscall.Kill(a.pid, syscall.SIGQUIT) // what the Go runtime does then is what it does in a panic
	if code := a.WaitExit(); code == 0 {
		t.Error("it did not crash")
	}
	if !strings.Contains(a.Log(), "goroutine ") {
		t.Error("the crash was not written down")
	}
	s.aside() // what a crash leaves on the clipboard is gone with the program on X11

	t.Log("open it again, forget it")
	a = r.App(flags...)
	a.WaitTitle(w.T(t, "accounts.title"))
	a.Key("Return")
	a.WaitTitle(sample.SellerID)
	s.values["another access token"] = copyAccess(r, a)
	s.look("an account")
	a.pressOnTokens("helper")
	a.WaitTitle(w.T(t, "helper.window"))
	s.look("the registration helper")
	a.Key("Escape")
	a.waitWindows(1)
	a.Key("Tab", "Tab", "Tab", "Tab", "Return") // on from the helper's button
	a.WaitTitle(w.T(t, "grantless.title"))
	a.WaitChange(func() { a.Key("Return") })
	a.Settle()
	s.look("an app-only token")
	a.Key("Escape")
	a.WaitTitle(sample.SellerID)
	s.values["last access token"] = copyAccess(r, a)
	a.pressOnTokens("forget")
	a.Key("Tab", "Return") // the question begins on Cancel
	a.WaitTitle(w.T(t, "start.window"))
	if got := r.Secret("service", realService, "username", id+".refresh_token"); got != "" {
		t.Error("a forgotten account's refresh token is still in the keychain")
	}
	a.Quit()
	if r.Clipboard() == s.values["another access token"] {
		t.Error("the access token is still on the clipboard after the end")
	}

	t.Log("no keychain: an encrypted file")
	r.StopKeychain()
	dir := filepath.Join(r.Home, "second")
	r.Settings(dir, light)
	s.values["passphrase"] = "Zq7-distinctive-passphrase-Vk3"
	a = r.App(slices.Concat(flags, []string{"--data-dir", dir})...)
	a.toCredentials(w)
	a.enterCredentials(sample)
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.tokens"))
	s.aside()
	a.WaitCard()
	s.look("no keychain")
	a.WaitChange(func() { a.Key("shift+Tab", "shift+Tab", "shift+Tab", "shift+Tab", "Return") })
	a.Type(s.values["passphrase"])
	a.Key("Tab")
	a.Type(s.values["passphrase"])
	a.Key("Return")
	r.Eventually("the encrypted file", func() bool { return r.Exists("second/secrets.age") && r.Exists("second/accounts.json") })
	a.WaitNoCard()
	s.values["third access token"] = copyAccess(r, a)
	s.look("an encrypted file")
	a.Quit()

	t.Log("and now look everywhere")
	s.everywhere()

	t.Log("control: what is planted is found")
	for name, value := range s.values {
		for form, text := range forms(value) {
			planted := filepath.Join(r.Home, ".config/SellerKey/logs/planted")
			r.write(planted, 0o600, "before "+text+" after")
			if found := s.files(); !slices.ContainsFunc(found, func(f string) bool { return strings.Contains(f, planted) && strings.Contains(f, name) }) {
				t.Errorf("the %s, %s, was planted and not found", name, form)
			}
			if err := os.Remove(planted); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// distinctive is a client secret of which no part looks like anything else.
// That of practice mode is nearly all zeros, as its Client ID is.
const distinctive = "amzn1.oa2-cs.v1.7f3e91c04b8d26a5e0917c3f48bd62a1d5c907e3f1684b2a9d0c5e7183f6b24a"

// knowsAs is a token endpoint for which another client secret is the right one.
func knowsAs(amazon http.Handler, right, other string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		form := r.PostForm
		switch form.Get("client_secret") {
		case other:
			form.Set("client_secret", right)
		case right:
			form.Set("client_secret", other)
		}
		body := form.Encode()
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
		r.Form, r.PostForm = nil, nil
		amazon.ServeHTTP(w, r)
	})
}
