//go:build window && linux

package wintest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/internal/practice"
)

// Where the program keeps what belongs to practising.
const (
	practiceIndex   = ".config/SellerKey/practice/accounts.json"
	practiceService = "app.sellerkey.practice"
	accessPrefix    = "Atza|"
	refreshPrefix   = "Atzr|"
	consentPath     = "/apps/authorize/consent"
)

// languages are the ones to walk in: those of the sellers that the program is
// made for, or the one that SELLERKEY_LANG names.
func languages() []string {
	if lang := os.Getenv("SELLERKEY_LANG"); lang != "" {
		return []string{lang}
	}
	return []string{"ja", "pt-BR"}
}

// TestPracticeWalk is the main job from start to finish, by keyboard: a seller
// with an app of their own chooses it, allows access in the browser, brings the
// address back, enters the credentials, gets the tokens and copies the access
// token. Then the program is closed and opened again, finds the account, and
// renews the token without anything being typed.
//
// The language is not chosen anywhere: it comes from the system's.
func TestPracticeWalk(t *testing.T) {
	for _, lang := range languages() {
		t.Run(lang, func(t *testing.T) {
			r := Start(t, Options{Lang: lang, Out: filepath.Join(root(t), "out", "practice-"+lang)})
			walkThrough(t, r, lang)
		})
	}
}

func walkThrough(t *testing.T, r *Rig, lang string) {
	w := wordsOf(t, lang)
	sample := practice.New(practice.Options{}).Sample()

	a := r.App("--practice")
	a.WaitTitle(w.T(t, "start.window"))
	a.Shot("start")

	t.Log("choose: an app of one's own")
	a.choose(w, "own app")
	a.Paste(sample.ConsentLink)
	a.Shot("app")
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.consent"))
	a.Shot("consent")

	t.Log("allow access in the browser")
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.paste"))
	b := r.Browser()
	b.WaitURL(consentPath)
	if got := b.Eval("document.documentElement.lang"); got != lang {
		t.Errorf("the permission page speaks %v", got)
	}
	if b.Eval(`document.querySelector("#confirm").disabled`) != true {
		t.Error("Confirm can be pressed before the box is ticked")
	}
	b.Screenshot("browser-consent")
	if said := b.Text(); strings.Contains(said, "〚") {
		t.Errorf("the permission page lacks words:\n%s", said)
	}
	address := b.Allow()
	b.Screenshot("browser-address")
	if copied := b.CopyAddress(); copied != address {
		t.Fatalf("copied %q from the browser, which is at %q", copied, address)
	}

	t.Log("bring the address back")
	a.Front()
	a.Shot("paste-offer")
	a.Key("ctrl+v")
	a.WaitTitle(w.T(t, "step.credentials"))

	t.Log("enter the credentials")
	a.Type(sample.ClientID)
	a.Key("Tab")
	a.Type(sample.ClientSecret.Reveal())
	a.Shot("credentials")
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.tokens"))

	t.Log("get the tokens")
	saved := waitForAccount(t, r, "")
	a.Shot("tokens")
	access := copyAccess(r, a)
	a.Shot("tokens-copied")
	refresh := r.Secret("service", practiceService, "username", saved.ID+".refresh_token")
	if !strings.HasPrefix(refresh, refreshPrefix) {
		t.Error("the refresh token is not in the keychain")
	}
	if got := r.Secret("service", practiceService, "username", saved.ID+".client_secret"); got != sample.ClientSecret.Reveal() {
		t.Error("the client secret is not in the keychain")
	}

	t.Log("close, and open again")
	a.Quit()
	if r.Clipboard() == access {
		t.Error("the access token is still on the clipboard after the end")
	}
	a = r.App("--practice")
	a.WaitTitle(w.T(t, "accounts.title"))
	a.Shot("accounts")
	a.Key("Return") // opens the account, which renews its access token
	a.WaitTitle(sample.SellerID)
	opened := waitForAccount(t, r, saved.RenewedAt)
	a.Shot("account")
	second := copyAccess(r, a, access) // opening has renewed it

	t.Log("renew")
	a.pressOnTokens("renew")
	waitForAccount(t, r, opened.RenewedAt)
	a.Shot("renewed")
	copyAccess(r, a, access, second)
	a.Quit()

	for name, secret := range map[string]string{
		"access token": access, "refresh token": refresh,
		"client secret": sample.ClientSecret.Reveal(),
		"code":          between(address, "spapi_oauth_code=", "&"),
	} {
		if files := r.FilesHolding(secret); len(files) > 0 {
			t.Errorf("the %s is in %q", name, files)
		}
	}
	for _, app := range r.apps {
		app.checkLog(t, access, refresh)
	}
	// The toolkit goes through the system's fonts only for a character that ours
	// have not got, or for a menu of its own.
	if index, _ := filepath.Glob(filepath.Join(r.Home, ".cache", "font_index*")); len(index) > 0 {
		t.Errorf("the system's fonts were gone through: %q", index)
	}
}

// checkLog looks at what the program printed: no secrets, and no complaints but
// one. Fyne empties its file of preferences before it writes it; the program
// keeps nothing there, so that an end in between is only noise at the next start.
func (a *App) checkLog(t *testing.T, secrets ...string) {
	t.Helper()
	said := a.Log()
	for _, s := range secrets {
		if strings.Contains(said, s) {
			t.Error("the program printed a secret")
		}
	}
	for _, line := range strings.Split(said, "\n") {
		bad := strings.Contains(line, "level=ERROR") || strings.Contains(line, "Fyne error") || strings.Contains(line, "panic")
		if bad && !strings.Contains(line, "Preferences load error") {
			t.Errorf("the program printed: %s", line)
		}
	}
}

// saved is an account as the program's index of accounts has it.
type saved struct {
	ID              string `json:"id"`
	HasRefreshToken bool   `json:"has_refresh_token"`
	RenewedAt       string `json:"renewed_at"`
}

// waitForAccount waits until the program has saved an account, keychain and
// all, or has renewed its access token since the time that is given.
func waitForAccount(t *testing.T, r *Rig, renewedBefore string) (a saved) {
	t.Helper()
	r.Eventually("a saved account with a new access token", func() bool {
		data, err := os.ReadFile(filepath.Join(r.data, "practice", "accounts.json"))
		if err != nil {
			return false
		}
		var index struct{ Accounts []saved }
		if err := json.Unmarshal(data, &index); err != nil {
			t.Fatalf("the index is not whole: %v", err)
		}
		if len(index.Accounts) != 1 {
			return false
		}
		a = index.Accounts[0]
		return a.HasRefreshToken && (renewedBefore == "" || a.RenewedAt != renewedBefore)
	})
	return a
}

func between(s, start, end string) string {
	_, s, _ = strings.Cut(s, start)
	s, _, _ = strings.Cut(s, end)
	return s
}
