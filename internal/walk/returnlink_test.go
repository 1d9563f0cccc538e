package walk

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
)

const guideLink = "https://sellercentral.amazon.com/apps/authorize/consent?application_id=" + someApp + "&state=guide-state"

// linkBack is the link that the return page makes out of the walk's address.
func linkBack(t testing.TB, w *Walk, code string) string {
	t.Helper()
	_, query, _ := strings.Cut(answer(t, w, code), "?")
	return "sellerkey://return?" + query
}

// kept is everything that a walk knows.
func kept(w *Walk) Walk {
	k := *w
	k.now = nil // a func never equals another
	return k
}

func TestTakeReturn(t *testing.T) {
	for _, head := range []string{"sellerkey://return?", "sellerkey://return/?", "SELLERKEY://RETURN?", "SellerKey://Return/?"} {
		w, _ := atPaste(t)
		w.GoTo(StepApp) // the seller may have looked at another step
		_, query, _ := strings.Cut(linkBack(t, w, code1), "?")
		if got := w.TakeReturn(head+query, false); got != ReturnTaken || w.Step() != StepPaste || !w.StateMatches() {
			t.Fatalf("%s: %s, at %s", head, got, w.Step())
		}
		pasted, _ := atPaste(t)
		pasteIn(t, pasted, answer(t, pasted, code1))
		got, _ := w.Redirect()
		want, _ := pasted.Redirect()
		if got.Code.Reveal() != want.Code.Reveal() || got.SellerID != want.SellerID {
			t.Errorf("%s: a paste reads something else", head)
		}
		if left, ok := w.CodeLeft(); !ok || left != CodeLife {
			t.Errorf("%s: %s left", head, left)
		}
	}
}

// TestTakeReturnOnce: the second press of the button is no news, and another code
// with the same state isn't taken.
func TestTakeReturnOnce(t *testing.T) {
	w, clock := atPaste(t)
	link, other := linkBack(t, w, code1), linkBack(t, w, code2)
	w.TakeReturn(link, false)
	clock.Pass(time.Minute)
	before := kept(w)
	for l, want := range map[string]Returned{link: ReturnAgain, other: ReturnNotExpected} {
		if got := w.TakeReturn(l, true); got != want || !reflect.DeepEqual(kept(w), before) {
			t.Errorf("%s, not %s", got, want)
		}
	}
	w.StartOver()
	if got := w.TakeReturn(link, true); got != ReturnNotExpected {
		t.Errorf("before the new link was opened: %s", got)
	}
	w.HandedOut()
	if got := w.TakeReturn(link, true); got != ReturnOther {
		t.Errorf("the state of the attempt before: %s", got)
	}
	if got := w.TakeReturn(linkBack(t, w, code2), false); got != ReturnTaken {
		t.Errorf("the new attempt: %s", got)
	}
}

// TestTakeReturnAsks: who knows the guide knows its state.
func TestTakeReturnAsks(t *testing.T) {
	w, _ := newWalk(t, Guide)
	read(t, w, guideLink)
	w.HandedOut()
	link, before := linkBack(t, w, code1), kept(w)
	if got := w.TakeReturn(link, false); got != ReturnAsk || !reflect.DeepEqual(kept(w), before) {
		t.Fatal(got)
	}
	if got := w.TakeReturn(link, true); got != ReturnTaken || !w.StateMatches() {
		t.Fatal(got)
	}
}

// TestHostileReturns: whatever the walk is at, no hostile link changes it.
func TestHostileReturns(t *testing.T) {
	own, _ := atPaste(t)
	fixed, _ := newWalk(t, Guide)
	read(t, fixed, guideLink)
	fixed.HandedOut()
	fresh, _ := newWalk(t, OwnApp)
	unopened, _ := newWalk(t, OwnApp)
	read(t, unopened, someApp)
	wrongApp, _ := atPaste(t)
	_ = wrongApp.ReadApp("not an app")
	done, _ := atPaste(t)
	pasteIn(t, done, answer(t, done, code1))
	accepted, _ := newWalk(t, Guide)
	read(t, accepted, someApp)
	accepted.HandedOut()
	accepted.Accept()
	token, _ := newWalk(t, HasToken)
	links := 0
	for name, w := range map[string]*Walk{
		"waiting": own, "waiting with a fixed state": fixed, "fresh": fresh, "not opened": unopened, "no app": wrongApp,
		"has a code": done, "accepted": accepted, "has a token": token, "none": nil,
	} {
		state := "guide-state"
		if w != nil && w.state != "" {
			state = w.state
		}
		var before Walk
		if w != nil {
			before = kept(w)
		}
		all := practicetest.HostileLinks(state)
		links = len(all)
		for _, link := range all {
			for _, confirmed := range []bool{false, true} {
				switch got := w.TakeReturn(link, confirmed); got {
				case ReturnUnknown, ReturnOther, ReturnNotExpected:
				default:
					t.Errorf("%s: %.120q is %s", name, link, got)
				}
			}
			if w != nil && !reflect.DeepEqual(kept(w), before) {
				t.Fatalf("%s: %.120q changed the walk", name, link)
			}
		}
	}
	if links < 200 {
		t.Errorf("only %d links", links)
	}
	// Good links for walks that expect none.
	for name, w := range map[string]*Walk{"fresh": fresh, "not opened": unopened, "no app": wrongApp, "has a code": done, "accepted": accepted, "has a token": token} {
		before := kept(w)
		if got := w.TakeReturn("sellerkey://return?spapi_oauth_code="+code2+"&state="+w.state, true); got != ReturnNotExpected || !reflect.DeepEqual(kept(w), before) {
			t.Errorf("%s: %s", name, got)
		}
	}
	if got := own.TakeReturn(linkBack(t, own, code1), false); got != ReturnTaken {
		t.Error("after all that, the walk doesn't take its own:", got)
	}
}

func FuzzReturn(f *testing.F) {
	for _, link := range practicetest.HostileLinks("EXAMPLEstate0000000000") {
		f.Add(link[:min(len(link), 300)])
	}
	f.Fuzz(func(t *testing.T, link string) {
		w, _ := atPaste(t)
		if strings.Contains(link, w.state) {
			return
		}
		before := kept(w)
		if got := w.TakeReturn(link, true); got == ReturnTaken || !reflect.DeepEqual(kept(w), before) {
			t.Fatal(got)
		}
	})
}

// TestReturnPageLink: the page's button leads to the links that are read here.
func TestReturnPageLink(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "return.html"))
	if err != nil || !strings.Contains(string(page), "'"+ReturnScheme+"://return'") {
		t.Error("docs/return.html leads elsewhere:", err)
	}
}
