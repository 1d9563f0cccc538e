//go:build window && linux

package wintest

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
)

var (
	presses = flag.Int("presses", 120, "how many random keys and clicks TestRandomPresses makes")
	seed    = flag.Uint64("seed", 1, "where the random keys and clicks begin")
)

// TestRandomPresses: whatever is pressed in the real window while a code lives,
// the code is lost only after a question, and tokens are asked for only where a
// button says so: never in a guide's walk, and in the other one on the steps whose
// main button gets the tokens, once something is in both fields.
//
// What the window shows is known by its title, by the strip with the countdown
// below the bar, and by the shadow that a question casts on everything.
func TestRandomPresses(t *testing.T) {
	r := Start(t, Options{Lang: "en", NoKeychain: true})
	amazon := practicetest.Start(t, practice.Options{})
	var asked atomic.Int64
	counting := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		asked.Add(1)
		amazon.ServeHTTP(w, req)
	}))
	t.Cleanup(counting.Close)
	// No browser comes to the front.
	tools := filepath.Join(r.Home, "tools")
	r.write(filepath.Join(tools, "xdg-open"), 0o755, "#!/bin/sh\n")
	r.env = append(r.env, "PATH="+tools+":"+r.Getenv("PATH"))
	m := &monkey{t: t, r: rand.New(rand.NewPCG(*seed, 0)), rig: r, w: wordsOf(t, "en"), sample: amazon.Sample()}
	m.args = []string{
		"--vault", "memory",
		"--consent-origin", amazon.Origin(), "--token-url", counting.URL + "/auth/o2/token", "--sp-api-url", amazon.SPAPIURL(),
	}
	m.start()
	requests := 0
	for i := range *presses {
		if time.Since(m.began) > 4*time.Minute { // before the code dies of age
			m.start()
		}
		fetches := m.did[0] == "own app" && m.is("step.paste", "step.credentials", "step.tokens")
		m.did = append(m.did, m.press())
		m.judge()
		if n := asked.Swap(0); n != 0 {
			if !fetches {
				t.Fatalf("press %d asked for tokens: %q", i, m.did)
			}
			requests++
			m.start()
		}
	}
	t.Logf("%d presses in %d walks: %d codes dropped after a question, %d requests for tokens", *presses, m.walks, m.dropped, requests)
}

// monkey is somebody who presses anything at all while a code lives.
type monkey struct {
	t      *testing.T
	r      *rand.Rand
	rig    *Rig
	w      words
	sample practice.Sample
	args   []string

	a              *App
	main           string // its window
	began          time.Time
	walks, dropped int
	bar, strip     string // the colors without a shadow
	// asked: a question was seen since the code was last seen alive.
	asked bool
	title string // of the window after the last press
	did   []string
}

// start starts the program and walks to a live code.
func (m *monkey) start() {
	m.t.Helper()
	if m.a != nil && m.a.Running() {
		m.a.Kill()
	}
	dir := filepath.Join(m.rig.Home, fmt.Sprint("presses", m.walks)) // without an account that was remembered
	m.rig.Settings(dir, light)
	m.a = m.rig.App(append([]string{"--data-dir", dir}, m.args...)...)
	card := []string{"guide", "own app"}[m.r.IntN(2)]
	m.a.choose(m.w, card)
	m.main = m.a.Window()
	m.a.Paste(m.sample.ConsentLink)
	m.a.Key("Return")
	m.a.WaitTitle(m.w.T(m.t, "step.consent"))
	m.a.Paste(m.address("EXAMPLEcode0000000000", "")) // leads to the step for it
	m.a.WaitTitle(m.w.T(m.t, "step.paste"))
	m.a.Key("Escape")
	m.a.WaitTitle(m.w.T(m.t, "step.consent"))
	m.a.Settle()
	m.bar, m.strip = m.colors()
	m.began, m.walks, m.asked, m.did = time.Now(), m.walks+1, false, []string{card}
	m.title = m.w.T(m.t, "step.consent") + " — SellerKey"
}

// address is one that Amazon sends back to; state "" for the right one.
func (m *monkey) address(code, state string) string {
	if link, err := url.Parse(m.sample.ConsentLink); err == nil && state == "" {
		state = link.Query().Get("state")
	}
	return "https://tools.example/callback?" + url.Values{"spapi_oauth_code": {code}, "selling_partner_id": {"A0EXAMPLE00000"}, "state": {state}}.Encode()
}

// press presses something and returns what.
func (m *monkey) press() string {
	m.t.Helper()
	keys := []string{
		"Return", "Return", "Return", "space", "space", "Escape", "Escape", "Tab", "Tab", "Tab", "Tab", "shift+Tab", "Up", "Down", "Left", "Right",
		"BackSpace", "Delete", "F1", "F10", "Next", "Prior", "Home", "End", "a", "1", "ctrl+a", "ctrl+x", "ctrl+c", "ctrl+z", "alt+F4",
	}
	texts := []string{
		"nothing that anybody knows", m.sample.ClientID, "Atzr|EXAMPLE0000000000000000",
		m.address("EXAMPLEcode0000000001", "of-another-link"), m.address("EXAMPLEcode0000000002", ""),
		"https://sellercentral.amazon.co.jp/apps/authorize/consent?application_id=amzn1.sp.solution.00000000-0000-0000-0000-000000000009",
		"amzn1.sp.solution.00000000-0000-4000-8000-000000000009",
	}
	window := m.a.Window()
	send := func(args ...string) string {
		// A window can go away under the press: a menu, or the program.
		_, _ = m.rig.try("xdotool", append([]string{"windowactivate", window}, args...)...)
		return fmt.Sprint(args)
	}
	switch n := m.r.IntN(100); {
	case n < 55:
		return send("key", "--clearmodifiers", keys[m.r.IntN(len(keys))])
	case n < 62:
		i := m.r.IntN(len(texts))
		m.rig.SetClipboard(texts[i])
		return fmt.Sprint("text ", i, send("key", "--clearmodifiers", "ctrl+v"))
	case n < 66: // a double press
		return send("key", "--clearmodifiers", "Return", "Return")
	default:
		x, y := 10+m.r.IntN(940), 5+m.r.IntN(670)
		if m.r.IntN(3) == 0 {
			y = 600 + m.r.IntN(75) // where Back and the main button are
		}
		return send("mousemove", "--window", window, strconv.Itoa(x), strconv.Itoa(y), "click", "1")
	}
}

// colors are those of the bar and of the strip below it, "" if they can't be seen.
func (m *monkey) colors() (bar, strip string) {
	said, err := m.rig.tryRaw("import", "-silent", "-window", m.main, "-crop", "1x60+255+0", "+repage", "-depth", "8", "rgb:-")
	if err != nil || len(said) != 180 {
		return "", ""
	}
	return said[15:18], said[138:141] // at 5 and 46
}

// judge looks at what came of a press, once nothing moves any more.
func (m *monkey) judge() {
	m.t.Helper()
	var title, bar, strip string
	for same := 0; same < 3 && m.a.Running(); time.Sleep(40 * time.Millisecond) {
		now, _ := m.rig.try("xdotool", "getwindowname", m.main)
		nowBar, nowStrip := m.colors()
		if now == title && nowBar == bar && nowStrip == strip && now != "" {
			same++
		} else {
			same = 0
		}
		title, bar, strip = now, nowBar, nowStrip
	}
	lost := func(how string) {
		m.t.Helper()
		if !m.asked {
			m.rig.picture(m.main, m.rig.nextShot("lost"))
			m.t.Fatalf("%s without a question: %q", how, m.did)
		}
		m.dropped++
		m.start()
	}
	m.title = title
	switch {
	case !m.a.Running():
		lost("the program ended")
	case bar != m.bar:
		m.asked = true // the shadow of a question
	case m.is("start.window", "accounts.title"):
		lost("the walk was left")
	case len(m.a.windows()) > 1 || !m.is("step.app", "step.consent", "step.register"):
		// The strip can't be seen.
	case strip == m.strip:
		m.asked = m.is("step.register") // which ends in the question whether the code was accepted
	default:
		lost("the code")
	}
}

// is reports whether the window shows one of these.
func (m *monkey) is(ids ...string) bool {
	return slices.ContainsFunc(ids, func(id string) bool { return m.title == m.w.T(m.t, id)+" — SellerKey" })
}
