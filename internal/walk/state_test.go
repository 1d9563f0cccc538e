package walk

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
	"github.com/sellerkey/sellerkey/lwa"
)

// TestStateShownIsThatOfTheAddress walks forwards and backwards at random, with
// four addresses and three links. A second, simple record knows which link was
// opened last and which address was pasted; what the walk shows must follow
// from these two, whatever the order of steps.
func TestStateShownIsThatOfTheAddress(t *testing.T) {
	const (
		guide  = "https://sellercentral.amazon.co.jp/apps/authorize/consent?application_id=" + someApp + "&state=guide-state"
		guide2 = "https://sellercentral.amazon.co.jp/apps/authorize/consent?application_id=" + someApp + "&state=second-state"
	)
	links := []string{someApp, guide, guide2}
	matched, refused := 0, 0
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 16))
		w, _ := newWalk(t, []Visitor{Guide, OwnApp}[seed%2])
		read(t, w, links[0])
		type record struct {
			issued      string // state of the link that was opened, or of the guide's link
			shown       string // state of the pasted address
			has, pastes bool
		}
		var now, aside record
		app, asideOf, code := links[0], "", ""
		var done []string
		for range 60 {
			link, err := w.Link()
			if err != nil {
				t.Fatal(err)
			}
			switch n := r.IntN(8); n {
			case 0:
				text := links[r.IntN(len(links))]
				done = append(done, "link "+text)
				_, usable := w.Redirect()
				read(t, w, text)
				if text == app {
					break
				}
				if usable { // its code is still good
					aside, asideOf = now, app
				}
				now = record{}
				if after, _ := w.Link(); text != someApp {
					now.issued = after.State
				}
				if app = text; asideOf == app {
					now, asideOf = aside, ""
				}
			case 1, 2:
				done = append(done, "open")
				w.HandedOut()
				now.issued, asideOf = link.State, ""
			case 3, 4, 5:
				state := []string{link.State, "guide-state", "elsewhere", ""}[r.IntN(4)]
				text := address(fmt.Sprintf("EXAMPLEcode%09d", r.IntN(3)), state, seller)
				if state == "" && r.IntN(2) == 0 {
					text = code1 // a bare code
				}
				done = append(done, "paste "+text)
				_ = w.ReadPaste(text)
				now.shown, now.has, now.pastes = state, state != "", true
				if got, usable := w.Redirect(); usable && got.Code.Reveal() != code {
					code, asideOf = got.Code.Reveal(), ""
				}
			case 6:
				done = append(done, "back")
				w.Back()
			case 7:
				done = append(done, "on")
				w.GoTo(w.Visitor.Steps()[r.IntN(3)])
			}
			_, usable := w.Redirect()
			want := now.pastes && now.has && now.issued != "" && now.shown == now.issued
			if w.StateMatches() != want {
				t.Fatalf("seed %d: matched is %v with state %q of the address and %q of the link, after %q", seed, w.StateMatches(), now.shown, now.issued, done)
			}
			if wrong := now.pastes && now.issued != "" && now.shown != now.issued; wrong == usable && now.pastes {
				t.Fatalf("seed %d: usable is %v with state %q of the address and %q of the link, after %q", seed, usable, now.shown, now.issued, done)
			}
			if want {
				matched++
			} else if now.pastes && !usable {
				refused++
			}
		}
	}
	if matched < 100 || refused < 100 {
		t.Errorf("the walks met %d right and %d wrong states: too few to prove anything", matched, refused)
	}
}

// TestOpeningAgainComparesAgain: an address that was pasted before the link was
// opened from here is compared once it was.
func TestOpeningAgainComparesAgain(t *testing.T) {
	for name, text := range map[string]string{"another state": address(code1, "elsewhere", seller), "a bare code": code1} {
		w, _ := newWalk(t, Guide)
		read(t, w, someApp)
		if err := w.ReadPaste(text); err != nil || w.StateMatches() {
			t.Fatalf("%s, link not opened: %v, matches %v", name, err, w.StateMatches())
		}
		w.HandedOut()
		if _, usable := w.Redirect(); usable || w.StateMatches() || w.CanGoTo(StepRegister) {
			t.Errorf("%s: still usable after the link was opened", name)
		}
		if p := problems(w, StepPaste); !slices.Contains([]string{"paste " + paste.StateMismatch.String(), "paste " + paste.StateMissing.String()}, p) {
			t.Errorf("%s: the problem is %q", name, p)
		}
	}
}

// TestAnotherAppKeepsTheCode: somebody types another application ID while a code
// is good, is told what opening its link costs, and types the first one again.
func TestAnotherAppKeepsTheCode(t *testing.T) {
	const other = "amzn1.sp.solution.00000000-0000-0000-0000-0000000000bb"
	start := func() (*Walk, *practicetest.Clock) {
		w, at := newWalk(t, OwnApp)
		read(t, w, someApp)
		w.HandedOut()
		link, _ := w.Link()
		if err := w.ReadPaste(address(code1, link.State, seller)); err != nil {
			t.Fatal(err)
		}
		at.Pass(time.Minute)
		w.ReadApp("amzn1.sp.sol")
		read(t, w, other)
		return w, at
	}
	w, _ := start()
	if _, usable := w.Redirect(); usable || !w.CodeLive() || !w.Loses((*Walk).HandedOut) {
		t.Errorf("with another app: usable %v, live %v, opening loses it %v", usable, w.CodeLive(), w.Loses((*Walk).HandedOut))
	}
	read(t, w, someApp)
	left, _ := w.CodeLeft()
	if !w.StateMatches() || w.Loses((*Walk).HandedOut) || left != CodeLife-time.Minute {
		t.Errorf("back: matches %v, opening loses it %v, %v left", w.StateMatches(), w.Loses((*Walk).HandedOut), left)
	}

	w, at := start()
	at.Pass(CodeLife)
	if _, counts := w.CodeLeft(); counts || w.Loses((*Walk).HandedOut) || w.CodeDead() {
		t.Error("a code that was set aside outlived its five minutes")
	}
	read(t, w, someApp)
	if _, usable := w.Redirect(); usable {
		t.Error("a dead code came back")
	}

	w, _ = start()
	w.HandedOut()
	if w.CodeLive() {
		t.Error("the other link was opened, and the code is still there")
	}
	read(t, w, someApp)
	if _, usable := w.Redirect(); usable {
		t.Error("the code came back after another link was opened")
	}
}

// TestLoses: what costs a live code, and what does not.
func TestLoses(t *testing.T) {
	const app, other = "amzn1.sp.solution.00000000-0000-4000-8000-000000000001", "amzn1.sp.solution.00000000-0000-4000-8000-000000000002"
	const address = "https://example.com/?spapi_oauth_code=EXAMPLEcode000000000&state=x&selling_partner_id=A0EXAMPLE00000"
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	w := New(Guide, lwa.Marketplaces()[0], func() time.Time { return now })
	_ = w.ReadApp(app)
	if w.Loses((*Walk).StartOver) {
		t.Error("there is nothing to lose yet")
	}
	_ = w.ReadPaste(address)
	for name, c := range map[string]struct {
		change func(*Walk)
		loses  bool
	}{
		"start over":            {(*Walk).StartOver, true},
		"another address":       {(*Walk).ForgetPaste, true},
		"the link, opened":      {(*Walk).HandedOut, true},                       // its state is not that of the address
		"another app":           {func(w *Walk) { _ = w.ReadApp(other) }, false}, // set aside
		"another app, opened":   {func(w *Walk) { _ = w.ReadApp(other); w.HandedOut() }, true},
		"a slip, mended":        {func(w *Walk) { _ = w.ReadApp("x"); _ = w.ReadApp(app) }, false},
		"the same app":          {func(w *Walk) { _ = w.ReadApp(app) }, false},
		"something else pasted": {func(w *Walk) { _ = w.ReadPaste("hello") }, true},
		"the same address":      {func(w *Walk) { _ = w.ReadPaste(address) }, false},
		"a newer address":       {func(w *Walk) { _ = w.ReadPaste(strings.Replace(address, "code0", "code1", 1)) }, false},
		"another marketplace":   {func(w *Walk) { w.Choose(lwa.Marketplaces()[3], false) }, false},
		"back":                  {func(w *Walk) { w.Back() }, false},
	} {
		if got := w.Loses(c.change); got != c.loses {
			t.Errorf("%s: %v", name, got)
		}
		if !w.CodeLive() || w.AppText() != app {
			t.Fatalf("%s: asking has changed the walk", name)
		}
	}
	now = now.Add(CodeLife)
	if w.Loses((*Walk).StartOver) {
		t.Error("the code is dead")
	}
}
