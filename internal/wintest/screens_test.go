//go:build window && linux

package wintest

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/lwa"
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

// album takes the pictures of one language.
type album struct {
	t         *testing.T
	r         *Rig
	w         words
	lang, dir string
	sample    practice.Sample
	a         *App
	b         *Browser
	squeezing sync.WaitGroup
}

func takePictures(t *testing.T, lang, dir string) {
	r := Start(t, Options{Lang: lang, Out: filepath.Join(root(t), "out", "screens-"+lang)})
	p := &album{t: t, r: r, w: wordsOf(t, lang), lang: lang, dir: dir, sample: practice.New(practice.Options{}).Sample()}
	r.Settings("", light)
	p.start()
	p.setupFile()
	p.guide()
	p.ownApp()
	p.accounts()
	// The other looks once each, in the languages that are hardest to fit in.
	switch lang {
	case "ja":
		p.look("dark", `{"appearance":"dark"}`)
	case "pt-BR":
		p.look("small", `{"appearance":"light","width":720,"height":560}`)
	}
	p.errors() // last: it takes the keychain away
	p.squeezing.Wait()
}

// open starts the program and waits for a title.
func (p *album) open(title string, args ...string) *App {
	p.t.Helper()
	p.a = p.r.App(args...)
	p.at(title)
	return p.a
}

// at waits for the window's title.
func (p *album) at(id string) {
	p.t.Helper()
	p.a.WaitTitle(p.w.T(p.t, id))
}

func (p *album) path(name string) string { return filepath.Join(p.dir, name+".png") }

func (p *album) shot(name string) {
	p.t.Helper()
	p.a.ShotTo(p.path(name))
	p.squeeze(name)
}

func (p *album) page(name string) {
	p.t.Helper()
	p.b.Front()
	p.b.ScreenshotPage(p.path(name))
	p.squeeze(name)
}

// squeeze makes a picture a third of its size, with 256 colours, which nobody
// sees in a window that is drawn in twenty. It does so while the walk goes on.
func (p *album) squeeze(name string) {
	p.squeezing.Go(func() {
		path := p.path(name)
		if _, err := p.r.try("convert", path, "-strip", "-dither", "None", "-colors", "256",
			"-define", "png:compression-level=9", "-define", "png:exclude-chunks=date,time", "PNG8:"+path); err != nil {
			p.t.Error(err)
		}
	})
}

func (p *album) start() {
	a := p.open("start.window")
	p.shot("start")
	p.help("start")
	a.WaitChange(func() { a.Key("shift+Tab", "Return") })
	p.shot("menu")
	a.Key("Escape")
	a.Quit()
}

// help takes a picture of a step with its help, and closes it again.
func (p *album) help(name string) {
	p.t.Helper()
	p.a.WaitChange(func() { p.a.Key("F1") })
	p.shot("help-" + name)
	p.a.WaitChange(func() { p.a.Key("Escape") })
}

func (p *album) setupFile() {
	name := "website-authorization-seller-id-and-code.sellerkey"
	if p.lang == "ja" {
		name = "japan-code-and-seller-id.sellerkey"
	}
	good := filepath.Join(root(p.t), "docs/examples", name)
	a := p.open("setup_file.title", good)
	p.shot("setup-file")
	a.Quit()
	text, err := os.ReadFile(good)
	if err != nil {
		p.t.Fatal(err)
	}
	bad := filepath.Join(p.r.Home, "bad.sellerkey")
	p.r.write(bad, 0o600, "client_secret = \"amzn1.oa2-cs.v1."+strings.Repeat("0", 64)+"\"\n"+string(text))
	a = p.open("setup_file.refused_title", bad)
	p.shot("setup-file-refused")
	a.Quit()

	// The provider's side: the form with the same file in it. Before "Use it" come
	// "Do not use it" and "change this file".
	a = p.open("setup_file.title", good)
	a.Key("shift+Tab", "shift+Tab", "Return")
	p.at("setup_make.title")
	p.shot("make-setup")
	a.Quit()
}

// guide is a provider's guide: link, consent, address, registration screen.
// Before that, the one step of somebody with a refresh token.
func (p *album) guide() {
	a := p.open("start.window", "--practice")
	a.Key("Tab", "Tab", "Return")
	p.at("step.credentials")
	p.shot("has-token")
	a.Key("Escape")
	p.at("start.window")

	a.Key("Return")
	p.at("step.app")
	a.Paste(p.sample.ConsentLink)
	p.shot("app-guide")
	p.help("app")
	a.Key("Return")
	p.at("step.consent")
	p.shot("consent")
	a.Key("Return")
	p.at("step.paste")
	p.b = p.r.Browser()
	p.b.WaitURL(consentPath)
	p.page("browser-consent")
	p.help("paste")
	a.Paste(p.sample.SellerID)
	p.shot("paste-refused")
	p.b.Allow()
	p.page("browser-address")
	p.b.CopyAddress()
	a.Front()
	p.shot("paste-offer")
	a.Key("ctrl+a", "ctrl+v")
	p.shot("paste")
	a.Key("Return")
	p.at("step.register")
	a.Key("Return")
	p.shot("register")
	p.help("register")
	a.Quit()
}

// ownApp is an app of one's own: the same, then credentials and tokens.
func (p *album) ownApp() {
	a := p.open("start.window", "--practice")
	a.Key("Tab", "Return")
	p.at("step.app")
	a.Paste(p.sample.ConsentLink)
	p.shot("app-own")
	p.authorize()
	p.credentials()
	p.shot("credentials")
	p.help("credentials")
	a.Key("Return")
	p.at("step.tokens")
	waitForAccount(p.t, p.r, "")
	a.Settle()
	a.Key("Return")
	p.shot("tokens")
	a.WaitChange(func() { a.pressOnTokens("check") })
	p.shot("check")
	a.pressOnTokens("helper")
	p.at("helper.window")
	p.shot("helper")
	a.Key("Escape")
	a.Quit()
}

// authorize goes from the filled-in first step to the pasted address.
func (p *album) authorize() {
	p.a.Key("Return")
	p.openPage()
	p.b.Allow()
	p.b.CopyAddress()
	p.a.Key("ctrl+v")
}

// openPage goes over the step that opens Amazon's page.
func (p *album) openPage() {
	p.at("step.consent")
	p.b.Opens(consentPath, func() {
		p.a.Key("Return")
		p.at("step.paste")
	})
}

// credentials goes from the pasted address to the filled-in credentials.
func (p *album) credentials() {
	p.a.Key("Return")
	p.at("step.credentials")
	p.a.Type(p.sample.ClientID)
	p.a.Key("Tab")
	p.a.Type(p.sample.ClientSecret.Reveal())
}

// accounts shows the list, with two more accounts than there were: one whose
// client secret runs out soon, and one whose secrets have gone.
func (p *album) accounts() {
	var index map[string]any
	if err := json.Unmarshal([]byte(p.r.ReadFile(practiceIndex)), &index); err != nil {
		p.t.Fatal(err)
	}
	all, _ := index["accounts"].([]any)
	first, _ := all[0].(map[string]any)
	for i, changes := range []map[string]any{
		{"seller_id": "A0PRACTICE0002", "secret_made_at": time.Now().AddDate(0, 0, -160)},
		{"seller_id": "A0PRACTICE0003", "marketplace": "SG"},
	} {
		other := maps.Clone(first)
		maps.Copy(other, changes)
		other["id"] = "other" + string(rune('a'+i))
		all = append(all, other)
	}
	for _, item := range []string{".refresh_token", ".client_secret"} {
		secret := p.r.Secret("service", practiceService, "username", first["id"].(string)+item)
		p.r.SetSecret(secret, "service", practiceService, "username", "othera"+item)
	}
	index["accounts"] = all
	data, err := json.Marshal(index)
	if err != nil {
		p.t.Fatal(err)
	}
	p.r.write(filepath.Join(p.r.Home, practiceIndex), 0o600, string(data))

	a := p.open("accounts.title", "--practice")
	p.shot("accounts")
	// After the list come "Add an account" and "Renew all".
	a.Key("Tab", "Tab", "Return")
	p.at("renew_all.title")
	a.WaitCard() // of the one whose secrets have gone
	p.shot("renew-all")
	a.Key("Return")
	p.at("accounts.title")
	a.Settle()
	a.Key("Return")
	a.WaitTitle("A0PRACTICE0001")
	a.Settle()
	p.shot("account")
	a.pressOnTokens("use in")
	p.at("export.title")
	// Before Copy come Back, the button that saves, and the file's name, which
	// shall not be this machine's.
	a.Key("shift+Tab", "shift+Tab", "shift+Tab", "ctrl+a")
	a.Type("/home/seller/.config/python-sp-api/credentials.yml")
	a.Key("Tab", "Tab", "Tab")
	p.shot("use-in")
	a.Key("Escape")
	a.WaitTitle("A0PRACTICE0001")
	a.Settle()
	// From the access token's Copy back over its Show, the way out of practice,
	// menu, language and help.
	a.Key("shift+Tab", "shift+Tab", "shift+Tab", "shift+Tab", "shift+Tab", "shift+Tab", "Return")
	p.at("details.title")
	p.shot("account-settings")
	a.Quit()
}

// look shows some screens in another look.
func (p *album) look(name, settings string) {
	dir := filepath.Join(p.r.Home, name)
	p.r.Settings(dir, settings)
	a := p.open("start.window", "--data-dir", dir)
	p.shot(name + "-start")
	p.help(name + "-start")
	a.WaitChange(func() { a.Key("Tab", "Tab", "Tab", "Return") }) // practice
	a.Key("Tab", "Return")
	p.at("step.app")
	a.Paste(p.sample.ConsentLink)
	p.authorize()
	p.shot(name + "-paste")
	p.credentials()
	a.Key("Return")
	p.at("step.tokens")
	p.r.Eventually("a saved account", func() bool { return p.r.Exists(name + "/practice/accounts.json") })
	a.Settle()
	p.shot(name + "-tokens")
	a.Quit()
}

// errors shows what goes wrong most often, each with its words. It is the real
// program in earnest, with a pretend Amazon of the test's own that misbehaves.
func (p *album) errors() {
	t, r, sample := p.t, p.r, p.sample
	amazon := startAmazon(t)
	// It stands in the pictures of the encrypted file, so it has the same name every time.
	dir := filepath.Join(os.TempDir(), "sellerkey-pictures")
	remove := func() {
		if err := os.RemoveAll(dir); err != nil {
			p.t.Fatal(err)
		}
	}
	remove()
	p.t.Cleanup(remove)
	r.Settings(dir, light)
	a := p.open("start.window", "--data-dir", dir,
		"--consent-origin", amazon.Origin(), "--token-url", amazon.TokenURL(), "--sp-api-url", amazon.SPAPIURL())

	// In place of the application ID, and of the address after Confirm.
	a.Key("Return")
	p.at("step.app")
	a.Paste(sample.ClientID)
	p.shot("error-client-id")
	a.Key("ctrl+a")
	a.Paste(sample.ConsentLink)
	a.Key("Return")
	p.openPage()
	const code = "ANmade0up0code0xyz"
	after := "https://tool.example.com/register?spapi_oauth_code=" + code + "&state=%s&selling_partner_id=" + sample.SellerID
	for _, pasted := range []struct{ name, text string }{
		{"consent-link", sample.ConsentLink},
		{"login-page", "https://tool.example.com/login?amazon_callback_uri=https%3A%2F%2Fsellercentral.amazon.co.jp%2Fapps%2Fauthorize%2Fconfirm%2F" +
			sample.ApplicationID + "&amazon_state=amazon-0123456789&version=beta&selling_partner_id=" + sample.SellerID},
		{"other-attempt", fmt.Sprintf(after, "yesterday")},
		{"sample-text", "https://tool.example.com/register?spapi_oauth_code=XXXXXXXXXX&state=XXXXX&selling_partner_id=XXXXXXXXXX"},
		{"refresh-token", sample.RefreshToken.Reveal()},
		{"md1000", "MD1000"},
	} {
		a.WaitChange(func() {
			a.Key("ctrl+a")
			a.Paste(pasted.text)
		})
		a.WaitCard()
		if pasted.name != "md1000" {
			a.Key("Up", "Up", "Up", "Up", "Up", "Home") // the text's beginning
			p.shot("error-" + pasted.name)
		}
	}
	// Paste, "Amazon shows an error", "What MD1000 means".
	a.Key("Tab", "Tab", "Tab", "Return")
	p.at("amazon_error.title")
	p.shot("error-md1000")
	p.home()

	// A code that has been used, or is too old.
	a.Key("Tab", "Return")
	p.at("step.app")
	a.Paste(sample.ConsentLink)
	a.Key("Return")
	p.openPage()
	a.Paste(fmt.Sprintf(after, "practice-guide"))
	p.credentials()
	p.refused("code-dead")
	p.home()

	// A refresh token with the wrong secret, and Amazon in trouble.
	a.Key("Tab", "Tab", "Return")
	p.at("step.credentials")
	wrong := sample
	wrong.ClientSecret = lwa.NewSecret(wrongSecret(sample.ClientSecret.Reveal()))
	a.enterCredentials(wrong)
	p.refused("wrong-secret")
	amazon.SetFault("/auth/o2/token", practice.Fault{Status: 503, ContentType: "text/html", Body: "<h1>503 Service Unavailable</h1>"})
	p.again()
	p.refused("amazon-down")
	amazon.SetFault("/auth/o2/token", practice.Fault{Reset: true})
	p.again()
	p.refused("no-connection")
	amazon.ClearFaults()

	// Everything right but the computer, which has no keychain.
	r.StopKeychain()
	p.again()
	a.Key("shift+Tab", "shift+Tab", "shift+Tab", "shift+Tab", "ctrl+a")
	a.Type(sample.ClientSecret.Reveal())
	p.refused("no-keychain")
	a.WaitChange(func() { a.Key("alt+F4") }) // it asks: the tokens are nowhere else
	p.shot("leave-unsaved")
	a.WaitChange(func() { a.Key("Escape") })
	p.vaultFile(dir)
}

// vaultFile goes on without a keychain: an encrypted file, the next start, and
// what can be done with the file.
func (p *album) vaultFile(dir string) {
	const passphrase = "twelve letters or more"
	a := p.a
	// From the access token's Copy back over its Show and "go on without".
	a.WaitChange(func() { a.Key("shift+Tab", "shift+Tab", "shift+Tab", "Return") })
	a.Type(passphrase)
	a.Key("Tab")
	a.Type(passphrase)
	p.shot("vault-file-offer")
	a.Key("Return")
	p.r.Eventually("the encrypted file and an account", func() bool {
		_, secrets := os.Stat(filepath.Join(dir, "secrets.age"))
		_, accounts := os.Stat(filepath.Join(dir, "accounts.json"))
		return secrets == nil && accounts == nil
	})
	a.WaitNoCard()
	p.shot("vault-file-saved")
	a.Quit()

	a = p.open("accounts.title", "--data-dir", dir)
	a.Key("Return")
	a.WaitCard()
	p.shot("vault-file-locked")
	// Menu, "Encrypted file": over the first screen and the three submenus.
	a.WaitChange(func() { a.Key("shift+Tab", "Return") })
	a.Key("Down", "Down", "Down", "Down", "Down", "Return")
	p.at("menu.vault_file")
	a.WaitChange(func() { a.Key("Return") })
	p.shot("vault-file-unlock")
	a.Type(passphrase)
	a.WaitChange(func() { a.Key("Return") })
	a.Settle()
	p.shot("vault-file")
	a.Quit()
}

// refused presses the primary button of the credentials and takes a picture of
// what is said about it.
func (p *album) refused(name string) {
	p.t.Helper()
	p.a.Key("Return")
	p.at("step.tokens")
	p.a.WaitCard()
	p.shot("error-" + name)
}

// again goes back to the credentials, where everything still is.
func (p *album) again() {
	p.t.Helper()
	p.a.Key("Escape")
	p.at("step.credentials")
	p.a.WaitNoCard()
}

// home goes back to the first screen, step by step. There is nowhere to go
// back to from there.
func (p *album) home() {
	p.t.Helper()
	p.a.Key("Escape", "Escape", "Escape", "Escape", "Escape")
	p.at("start.window")
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
	a.Key("Return")
	if code := a.WaitExit(); code != 1 {
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
	a.WaitTitle(w.T(t, "start.window"))
	a.Key("Tab", "Tab", "Return")
	a.WaitTitle(w.T(t, "step.credentials"))
	a.enterCredentials(sample)
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.tokens"))
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
	a.Settle()
	a.Key("Return")
	a.WaitCard() // the values are not there any more
	a.Shot("gone")
	a.Quit()
}
