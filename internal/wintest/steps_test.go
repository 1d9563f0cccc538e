//go:build window && linux

package wintest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sellerkey/sellerkey/internal/practice"
)

// What the tests know of the screens: which keys lead where. When a screen
// changes, this is the file to change.

// startCards are the cards of the first screen in the order of the Tab key, from
// the one that has the focus when it opens, with the step that each leads to.
var startCards = []struct{ name, step string }{
	{"guide", "step.app"}, {"own app", "step.app"}, {"token", "step.credentials"},
}

// choose presses a card of the first screen, and waits for the step that it leads to.
func (a *App) choose(w words, card string) {
	t := a.rig.t
	t.Helper()
	a.WaitTitle(w.T(t, "start.window"))
	for _, c := range startCards {
		if c.name == card {
			a.Key("Return")
			a.WaitTitle(w.T(t, c.step))
			return
		}
		a.Key("Tab")
	}
	t.Fatalf("no card %q on the first screen", card)
}

// toCredentials goes from the first screen to the credentials, as somebody does who has a refresh token.
func (a *App) toCredentials(w words) {
	a.rig.t.Helper()
	a.choose(w, "token")
}

// enterCredentials fills in the step of the credentials, from its first field on.
func (a *App) enterCredentials(s practice.Sample) {
	a.rig.t.Helper()
	a.Type(s.ClientID)
	a.Key("Tab")
	a.Type(s.ClientSecret.Reveal())
	a.Key("Tab")
	a.Paste(s.RefreshToken.Reveal())
}

// toTokens goes on from there to the tokens, without waiting for what Amazon says.
func (a *App) toTokens(w words, s practice.Sample) {
	a.rig.t.Helper()
	a.toCredentials(w)
	a.enterCredentials(s)
	a.Key("Return")
	a.WaitTitle(w.T(a.rig.t, "step.tokens"))
}

// tokensButtons are the buttons of the tokens screen in the order of the Tab
// key, from the one that has the focus when the screen opens. The last two are
// only there for a saved account; no test enters the date of the secret. Another
// button of the screen has to go in here, and nowhere else.
var tokensButtons = []string{"copy access", "show refresh", "copy refresh", "helper", "use in", "renew", "check", "grantless", "forget", "secret date"}

// pressOnTokens goes from the access token's Copy, which has the focus, to
// another button of the tokens screen and presses it.
func (a *App) pressOnTokens(name string) {
	a.rig.t.Helper()
	at := slices.Index(tokensButtons, name)
	if at < 0 {
		a.rig.t.Fatalf("no button %q on the tokens screen", name)
	}
	for range at {
		a.Key("Tab")
	}
	a.Key("Return")
}

// pressInCheck presses one of the controls that a check with Amazon has brought, on
// the tokens screen of a walk: it has no "forget", and they come after the date of
// the secret.
func (a *App) pressInCheck(n int) {
	a.rig.t.Helper()
	for range len(tokensButtons) - 1 + n {
		a.Key("Tab")
	}
	a.Key("Return")
}

// copyAccess waits until the tokens are on the screen with the focus on the
// access token's Copy, and copies it; a token that was there before is not it.
// Ctrl+C presses a Copy button and no other, so it does nothing until then.
func copyAccess(r *Rig, a *App, before ...string) (token string) {
	r.t.Helper()
	r.SetClipboard("something else")
	isNew := func() bool {
		token = r.Clipboard()
		return strings.HasPrefix(token, accessPrefix) && !slices.Contains(before, token)
	}
	r.eventually("a new access token to copy", func() error {
		a.Key("ctrl+c")
		for range 20 { // one press is answered before the next
			if isNew() {
				return nil
			}
			time.Sleep(100 * time.Millisecond)
		}
		return errors.New("there is none on the clipboard")
	})
	return token
}

// quitAnyway closes the window while a code is alive, which the program asks about.
func (a *App) quitAnyway() {
	a.rig.t.Helper()
	a.WaitChange(func() { a.Key("alt+F4") })
	a.Key("Tab", "Return") // the question begins on Cancel
	if code := a.WaitExit(); code != 0 {
		a.rig.t.Fatalf("the program ended with code %d: %v", code, a.err)
	}
}

// chooseLanguage opens the menu of languages, which is at the right of the bar,
// before the program's menu, and takes the entry with this number from the top. It
// clicks again if no menu has come: a page that is made new just then loses a click.
func (a *App) chooseLanguage(n int) {
	a.rig.t.Helper()
	width, _ := a.Size()
	where := fmt.Sprintf("260x160+%d+45", width-260) // what an open menu covers
	before := a.part(where)
	a.rig.eventually("the menu of languages", func() error {
		a.Click(width-140, 20)
		for range 20 { // one click is answered before the next
			if now := a.part(where); now != "" && now != before {
				return nil
			}
			time.Sleep(100 * time.Millisecond)
		}
		return errors.New("there is none")
	})
	for range n + 1 {
		a.Key("Down")
	}
	a.Key("Return")
}

// part is a part of the window in grey, "" while it cannot be seen.
func (a *App) part(geometry string) string {
	a.rig.t.Helper()
	said, err := a.rig.tryRaw("import", "-silent", "-window", a.Window(), "-crop", geometry, "+repage", "-depth", "8", "gray:-")
	if err != nil {
		return ""
	}
	return said
}
