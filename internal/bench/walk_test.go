//go:build window && linux

package bench

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/wintest"
)

// visit is one person's way through the program, every press counted.
type visit struct {
	d       *desk
	a       *wintest.App
	dir     string
	sample  practice.Sample
	link    string // what is pasted to name the app
	presses int
	steps   int // those of the list at the left that had to be gone through
}

// visit opens the program on an empty folder.
func (d *desk) visit(program string) *visit {
	d.t.Helper()
	v := &visit{d: d, dir: d.folder(), sample: d.amazon.Sample()}
	v.link = v.sample.ConsentLink
	v.a = d.start(program, d.toAmazon(v.dir)...).app
	v.at("start.window")
	return v
}

// visitBack opens it where a link of the return page finds it: with the folder
// that a start without flags has.
func (d *desk) visitBack() *visit {
	d.t.Helper()
	v := &visit{d: d, dir: filepath.Join(d.rig.Home, ".config", "SellerKey"), sample: d.amazon.Sample()}
	if err := os.RemoveAll(v.dir); err != nil {
		d.t.Fatal(err)
	}
	v.link = v.sample.ConsentLink
	v.a = d.start(tool(d.t, ours), d.toAmazon(v.dir)...).app
	v.at("start.window")
	return v
}

// comeBack allows the access and presses the button that leads back.
func (v *visit) comeBack() {
	v.d.t.Helper()
	v.key("Return")
	v.step("step.paste")
	b := v.d.rig.Browser()
	b.WaitURL("/apps/authorize/consent")
	b.Allow()
	v.presses += 4 // the box, Confirm, Back to SellerKey, the browser's question
	v.d.rig.ComeBack(v.a.Window(), b)
}

func (v *visit) at(id string) {
	v.d.t.Helper()
	v.a.WaitTitle(v.d.words.T(id))
}

// step waits for the next step of the walk.
func (v *visit) step(id string) {
	v.d.t.Helper()
	v.at(id)
	v.steps++
}

// key presses keys in the program.
func (v *visit) key(keys ...string) {
	v.d.t.Helper()
	v.presses += len(keys)
	v.a.Key(keys...)
}

// paste pastes what was copied somewhere else.
func (v *visit) paste(text string) {
	v.d.t.Helper()
	v.d.rig.SetClipboard(text)
	v.key("ctrl+v")
	v.a.Settle() // a busy program fetches it late
}

// chooseOwnApp presses the second card of the start screen, with the mouse, as
// a newcomer does.
func (v *visit) chooseOwnApp() {
	v.d.t.Helper()
	v.presses++
	v.a.Click(690, 245)
}

// toConsent goes to the step that opens Amazon's page, with an app of one's own,
// and on the way there fills in what more there is.
func (v *visit) toConsent(more ...func()) {
	v.d.t.Helper()
	v.chooseOwnApp()
	v.step("step.app")
	v.paste(v.link)
	for _, fill := range more {
		fill()
	}
	v.key("Return")
	v.step("step.consent")
}

// authorize allows the access in the browser and copies the address.
func (v *visit) authorize() *wintest.Browser {
	v.d.t.Helper()
	v.key("Return")
	v.step("step.paste")
	b := v.d.rig.Browser()
	b.WaitURL("/apps/authorize/consent")
	b.Allow()
	b.CopyAddress()
	// The box, Confirm, the address bar, copy, back to the program.
	v.presses += 5
	v.a.Front()
	return b
}

// login fills in what Amazon's developer console shows, beginning in the field
// that has the keyboard.
func (v *visit) login() {
	v.d.t.Helper()
	v.paste(v.sample.ClientID)
	v.key("Tab")
	v.paste(v.sample.ClientSecret.Reveal())
}

// tokens gets the tokens and waits until they are kept.
func (v *visit) tokens() {
	v.d.t.Helper()
	v.key("Return")
	v.step("step.tokens")
	v.d.rig.Eventually("the account to be saved", v.saved)
	v.a.Settle()
}

// saved tells whether there is an account in the index, which is written after
// the keychain.
func (v *visit) saved() bool {
	data, err := os.ReadFile(filepath.Join(v.dir, "accounts.json"))
	return err == nil && strings.Contains(string(data), `"has_refresh_token":true`)
}

// copyAccess presses Copy at the access token.
func (v *visit) copyAccess() {
	v.d.t.Helper()
	v.key("Return")
	v.d.rig.WaitClipboard("the access token", func(s string) bool { return strings.HasPrefix(s, "Atza|") })
}

// pressAt goes to the button so many Tabs away, back with a negative number,
// and presses it.
func (v *visit) pressAt(tabs int) {
	v.d.t.Helper()
	key := "Tab"
	if tabs < 0 {
		key, tabs = "shift+Tab", -tabs
	}
	for range tabs {
		v.key(key)
	}
	v.key("Return")
}

// folder is a new folder for the program's files.
func (d *desk) folder() string {
	d.t.Helper()
	dir, err := os.MkdirTemp(d.rig.Home, "data")
	if err != nil {
		d.t.Fatal(err)
	}
	return dir
}
