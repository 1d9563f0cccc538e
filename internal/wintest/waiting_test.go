//go:build window && linux

package wintest

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
)

// TestWaiting: while Amazon takes its time, the window says what it is doing,
// moves, answers keys, and stops when it is told to. Nothing that was entered
// is lost by that.
func TestWaiting(t *testing.T) {
	const lang = "ja"
	r := Start(t, Options{Lang: lang})
	w := wordsOf(t, lang)
	amazon := practicetest.Start(t, practice.Options{})
	dir := filepath.Join(r.Home, "waiting")
	r.Settings(dir, light)
	const tokens, sellers = "/auth/o2/token", "/sellers/v1/marketplaceParticipations"
	slow := practice.Fault{Delay: time.Hour} // longer than anybody waits for anything here

	a := r.App("--data-dir", dir,
		"--consent-origin", amazon.Origin(), "--token-url", amazon.TokenURL(), "--sp-api-url", amazon.SPAPIURL())
	a.toCredentials(w)
	a.enterCredentials(amazon.Sample())

	t.Log("the first tokens")
	amazon.SetFault(tokens, slow)
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.tokens"))
	a.waitMoving()
	a.Shot("getting")
	a.WaitChange(func() { a.Key("F1") })
	a.waitMoving()
	a.Shot("getting-help")
	a.WaitChange(func() { a.Key("Escape") })
	a.Key("Escape") // cancels
	a.WaitCard()
	a.Shot("getting-canceled")
	amazon.ClearFaults()
	a.Key("Return") // again, with all that was entered
	a.WaitNoCard()
	r.Eventually("a saved account", func() bool { return r.Exists("waiting/accounts.json") })

	for _, doing := range []struct{ button, path string }{{"check", sellers}, {"renew", tokens}} {
		t.Log(doing.button)
		copyAccess(r, a)
		amazon.SetFault(doing.path, slow)
		a.pressOnTokens(doing.button)
		a.waitMoving()
		a.Shot(doing.button)
		// Escape would leave; Cancel stands after the buttons.
		a.WaitChange(func() { a.Key("Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Return") })
		a.WaitNoCard() // nothing went wrong: it was the seller who stopped it
		a.Shot(doing.button + "-canceled")
		amazon.ClearFaults()
	}
	a.Quit()
}

// waitMoving waits until the window has changed by itself.
func (a *App) waitMoving() {
	a.rig.t.Helper()
	a.Window()
	var last []byte
	a.rig.Eventually("the window to move while it waits", func() bool {
		now, err := a.pixels()
		if err != nil {
			return false
		}
		moved := len(last) == len(now) && !bytes.Equal(last, now) && closeTo(last, now)
		last = now
		return moved
	})
}
