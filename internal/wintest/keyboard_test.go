//go:build window && linux

package wintest

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
)

// TestKeyboard: what the tests without a window cannot press. Language, menu,
// settings and help by keys alone, Ctrl+V from wherever the focus is, Ctrl+C on
// a value, and the window's size the next time.
func TestKeyboard(t *testing.T) {
	r := Start(t, Options{Lang: "pt-BR", NoKeychain: true, Out: filepath.Join(root(t), "out", "keyboard")})
	amazon := practicetest.Start(t, practice.Options{})
	ja, sample := wordsOf(t, "ja"), amazon.Sample()
	settings := func(has string) bool { return strings.Contains(r.ReadFile("data/settings.json"), has) }
	r.Settings(filepath.Join(r.Home, "data"), `{"appearance":"light"}`)
	a := r.App("--data-dir", filepath.Join(r.Home, "data"), "--vault", "memory", "--lang", "pt-BR", "--consent-origin", amazon.Origin())
	a.WaitTitle(wordsOf(t, "pt-BR").T(t, "start.window"))

	t.Log("another language")
	// Before the first card come menu and language; Japanese is the second one.
	a.WaitChange(func() { a.Key("shift+Tab", "shift+Tab", "Return") })
	a.WaitChange(func() { a.Key("Down", "Down", "Return") })
	a.WaitTitle(ja.T(t, "start.window"))

	t.Log("a setting")
	// Home, light or dark, text size: small, normal, large.
	a.WaitChange(func() { a.Key("F10") })
	a.Shot("menu")
	a.WaitChange(func() { a.Key("Down", "Down", "Down", "Right") })
	a.Shot("menu-text-size")
	a.WaitChange(func() { a.Key("Down", "Down", "Return") })
	r.Eventually("the text size to be saved", func() bool { return settings(`"text_size": "large"`) })
	if !settings(`"lang": "ja"`) {
		t.Errorf("the language was not saved: %s", r.ReadFile("data/settings.json"))
	}

	t.Log("help")
	a.choose(ja, "guide")
	a.Paste(sample.ConsentLink)
	a.WaitChange(func() { a.Key("F1") })
	a.Shot("help")
	a.WaitChange(func() { a.Key("End") })
	a.WaitChange(func() { a.Key("Escape") })
	a.WaitTitle(ja.T(t, "step.app"))
	a.Key("Return")
	a.WaitTitle(ja.T(t, "step.consent"))

	t.Log("Ctrl+C on a value")
	r.SetClipboard("something else")
	a.Key("shift+Tab", "shift+Tab", "shift+Tab") // Back, "Amazon shows an error", "Copy link"
	a.Key("ctrl+c")
	r.WaitClipboard("the link", func(s string) bool { return strings.Contains(s, "application_id="+sample.ApplicationID) })
	a.Key("Escape")
	a.WaitTitle(ja.T(t, "step.app"))

	t.Log("Ctrl+V from anywhere")
	a.Key("Return")
	a.WaitTitle(ja.T(t, "step.consent"))
	// As the link was copied, Enter would go on without opening it again: from there
	// back over Back, the errors, and to the button that opens it.
	a.Key("shift+Tab", "shift+Tab", "shift+Tab", "Return")
	a.WaitTitle(ja.T(t, "step.paste"))
	b := r.Browser()
	b.WaitURL(consentPath)
	b.Allow()
	b.CopyAddress()
	a.WaitChange(func() { a.Key("Tab", "Tab", "ctrl+v") })
	a.Shot("pasted")
	a.Key("Return")
	a.WaitTitle(ja.T(t, "step.register"))
	a.Key("ctrl+c") // the focus is on the button that copies the first box
	r.WaitClipboard("the seller ID", func(s string) bool { return s == sample.SellerID })

	t.Log("the size of the window comes back")
	a.Resize(1100, 720)
	a.quitAnyway()
	a = r.App("--data-dir", filepath.Join(r.Home, "data"), "--vault", "memory")
	a.WaitTitle(ja.T(t, "start.window"))
	if w, h := a.Size(); w != 1100 || h != 720 {
		t.Errorf("the window opens at %d×%d", w, h)
	}
	a.Quit()
}
