//go:build window && linux

package wintest

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/practice"
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
	a.toCredentials(p.w)
	p.shot("has-token")
	a.Key("Escape")

	a.choose(p.w, "guide")
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
	p.at("step.register")
	a.Key("Escape")
	p.at("step.paste")
	p.shot("paste")
	a.Key("Return")
	p.at("step.register")
	a.Key("Return")
	p.shot("register")
	p.help("register")
	a.quitAnyway()
}

// ownApp is an app of one's own: the same, then credentials and tokens.
func (p *album) ownApp() {
	a := p.open("start.window", "--practice")
	a.choose(p.w, "own app")
	a.Paste(p.sample.ConsentLink)
	p.shot("app-own")
	p.authorize()
	p.credentials()
	p.shot("credentials")
	p.help("credentials")
	a.Key("Return")
	p.at("step.tokens")
	waitForAccount(p.t, p.r, "")
	copyAccess(p.r, a)
	p.shot("tokens")
	a.pressOnTokens("check")
	a.WaitGood()
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

// credentials fills in the credentials.
func (p *album) credentials() {
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
	// Before the list come "Renew all", "Add an account", and "Renew the Client secret".
	a.Key("shift+Tab", "shift+Tab", "shift+Tab", "Return")
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
	// Before Copy come Back, the button that saves, Browse, and the file's name,
	// which must not be this machine's.
	a.Key("shift+Tab", "shift+Tab", "shift+Tab", "shift+Tab", "ctrl+a")
	a.Type("/home/seller/.config/python-sp-api/credentials.yml")
	a.Key("Tab", "Tab", "Tab", "Tab")
	p.shot("use-in")
	a.Key("Escape")
	a.WaitTitle("A0PRACTICE0001")
	a.Settle()
	// From the access token's Copy back over its Show.
	a.Key("shift+Tab", "shift+Tab", "Return")
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
	a.choose(p.w, "own app")
	a.Paste(p.sample.ConsentLink)
	p.authorize()
	p.credentials()
	a.Key("Return")
	p.at("step.tokens")
	p.r.Eventually("a saved account", func() bool { return p.r.Exists(name + "/practice/accounts.json") })
	a.Settle()
	p.shot(name + "-tokens")
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
