package walk

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/sellerkey/sellerkey/internal/paste"
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
		var issued string // of the link that was opened, or stands in the guide
		var shown string  // the state of the pasted address
		var has, pastes bool
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
				before, _ := w.Link()
				read(t, w, text)
				if after, _ := w.Link(); after.State != before.State {
					issued, pastes = "", false
					if text != someApp {
						issued = after.State
					}
				}
			case 1, 2:
				done = append(done, "open")
				w.HandedOut()
				issued = link.State
			case 3, 4, 5:
				state := []string{link.State, "guide-state", "elsewhere", ""}[r.IntN(4)]
				text := address(fmt.Sprintf("EXAMPLEcode%09d", r.IntN(3)), state, seller)
				if state == "" && r.IntN(2) == 0 {
					text = code1 // a bare code
				}
				done = append(done, "paste "+text)
				_ = w.ReadPaste(text)
				shown, has, pastes = state, state != "", true
			case 6:
				done = append(done, "back")
				w.Back()
			case 7:
				done = append(done, "on")
				w.GoTo(w.Visitor.Steps()[r.IntN(3)])
			}
			_, usable := w.Redirect()
			want := pastes && has && issued != "" && shown == issued
			if w.StateMatches() != want {
				t.Fatalf("seed %d: matched is %v with state %q of the address and %q of the link, after %q", seed, w.StateMatches(), shown, issued, done)
			}
			if wrong := pastes && issued != "" && shown != issued; wrong == usable && pastes {
				t.Fatalf("seed %d: usable is %v with state %q of the address and %q of the link, after %q", seed, usable, shown, issued, done)
			}
			if want {
				matched++
			} else if pastes && !usable {
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
