package ui

import (
	"bytes"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
	"github.com/sellerkey/sellerkey/internal/setupfile"
	"github.com/sellerkey/sellerkey/internal/walk"
)

// TestClockWakesForAChange: each time the clock wakes the window, something in
// it changes, and nothing changes in between. Where nothing moves it sleeps.
func TestClockWakesForAChange(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		wakes := func() time.Duration {
			h.pass(0)
			return h.a.Tick()
		}
		if got := wakes(); got != 0 {
			t.Errorf("at the start it wakes in %v", got)
		}
		address := h.ownAppToPaste()
		if got := wakes(); got != 0 {
			t.Errorf("without a code it wakes in %v", got)
		}
		h.givesAddress(address)
		follow := func(until time.Duration, most int) {
			t.Helper()
			times := 0
			for left := until; left > 0; times++ {
				in := wakes()
				if in == 0 {
					break
				}
				before := h.screen()
				h.pass(in - 2*time.Millisecond)
				if now := h.screen(); now != before {
					t.Errorf("%v before it wakes, it says\n%s\nand not\n%s", 2*time.Millisecond, now, before)
				}
				h.pass(2 * time.Millisecond)
				if h.screen() == before {
					t.Errorf("it wakes in %v for nothing; it says\n%s", in, before)
				}
				left -= in
			}
			if times > most || times == 0 {
				t.Errorf("it wakes %d times in %v", times, until)
			}
		}
		follow(walk.CodeLife+time.Minute, 40)
		h.sees("code.over")
		if got := wakes(); got != 0 {
			t.Errorf("over a dead code it wakes in %v", got)
		}
		h.atTokens(func(d *session) { d.revealed = nil })
		follow(10*time.Minute, 11)
	})
}

// TestStartedAgain: a later start is believed to be seen only while there is a
// window to see it in; otherwise that start opens one of its own.
func TestStartedAgain(t *testing.T) {
	h := newHarness(t, "ja")
	path := filepath.Join("..", "docs", "examples", "japan-code-and-seller-id.sellerkey")
	answer := make(chan bool, 1)
	ask := func() { answer <- h.a.StartedAgain(path) }
	go ask()
	h.waits("setup_file.use")
	if !<-answer {
		t.Error("an open window says that it is closing")
	}
	h.quit()
	go ask()
	if <-answer {
		t.Error("a closed window says that it will be seen")
	}
}

// TestReturnLink: a link of the return page fills the waiting walk, wherever in the
// program one is; a guide's fixed state asks first.
func TestReturnLink(t *testing.T) {
	for _, lang := range i18n.Tags() {
		h := newHarness(t, lang)
		w := h.waitingWalk("")
		link, err := w.Link()
		if err != nil {
			t.Fatal(err)
		}
		good := returnLink(link.State)
		h.a.makeSetup()
		h.a.OpenArgument(good)
		h.settle()
		if !w.Done(walk.StepPaste) || !w.StateMatches() || h.journey().walk != w {
			t.Fatalf("%s: the code isn't there; the window says:\n%s", lang, h.screen())
		}
		h.sees("helper.title")
		h.a.OpenArgument(good) // pressed once more
		if h.a.Win.Canvas().Overlays().Top() != nil {
			t.Error(lang, "the second press is complained about")
		}
		h.quit()
	}
}

// TestReturnLinkAsks before it takes a code for a state that many people know.
func TestReturnLinkAsks(t *testing.T) {
	h := newHarness(t, "en")
	w := h.waitingWalk("&state=guide-state")
	good := returnLink("guide-state")
	h.a.OpenArgument(good)
	h.settle()
	h.press("button.cancel")
	if w.Done(walk.StepPaste) {
		t.Fatal("taken without being asked")
	}
	h.a.OpenArgument(good)
	h.settle()
	h.press("return_link.ask_use")
	if !w.Done(walk.StepPaste) {
		t.Fatal("not taken")
	}
}

// TestHostileReturnLinks: a thousand of them change no walk, lie over each other
// no deeper than one message, and reach no log.
func TestHostileReturnLinks(t *testing.T) {
	h := newHarness(t, "en")
	var log strings.Builder
	h.a.Log = slog.New(slog.NewTextHandler(&log, nil))
	links := practicetest.HostileLinks("guide-state")
	flood := func() {
		for i := range 1000 {
			h.a.OpenArgument(links[i%len(links)])
			if n := len(h.a.Win.Canvas().Overlays().List()); n > 1 {
				t.Fatalf("%d messages lie over the window", n)
			}
		}
		h.settle()
	}
	flood() // without a walk
	h.press("button.ok")
	w := h.waitingWalk("")
	link, _ := w.Link()
	flood()
	if after, _ := w.Link(); after != link || w.Pasted() != "" || w.Step() != walk.StepPaste {
		t.Error("the walk has changed")
	}
	h.press("button.ok")
	if h.a.Win.Canvas().Overlays().Top() != nil {
		t.Error("something is left over the window")
	}
	h.a.OpenArgument(returnLink(link.State))
	if !w.Done(walk.StepPaste) {
		t.Error("after the flood, the right link isn't taken")
	}
	if log.Len() > 0 {
		t.Errorf("the log has %.300s", log.String())
	}
	if len(h.opened) != 1 {
		t.Errorf("the browser was asked to open %d pages", len(h.opened))
	}
}

// TestReturnLinkElsewhere: a walk of practice mode takes no code once one has left
// it, and one of the real world none inside it.
func TestReturnLinkElsewhere(t *testing.T) {
	h := newHarness(t, "en")
	for range 2 {
		w := h.waitingWalk("")
		link, err := w.Link()
		if err != nil {
			t.Fatal(err)
		}
		h.a.showStart()
		h.settle()
		if h.a.practising() {
			h.press("practice.leave")
		} else {
			h.press("start.practice_title")
		}
		h.a.OpenArgument(returnLink(link.State))
		h.settle()
		if w.Done(walk.StepPaste) {
			t.Error("a code has reached a walk of the other world")
		}
		h.sees("return_link.not_expected_title")
		h.press("button.ok")
	}
}

// TestSaveReturnPage: the page goes where downloads go, once, however often it is
// saved.
func TestSaveReturnPage(t *testing.T) {
	home := t.TempDir()
	for _, name := range []string{"XDG_DOWNLOAD_DIR", "XDG_CONFIG_HOME", "HOME", "USERPROFILE"} {
		t.Setenv(name, home)
	}
	h := newHarness(t, "en")
	h.a.makeSetup()
	for range 2 {
		h.press("setup_make.save_return_page")
		h.settle()
		h.press("button.ok")
	}
	files, _ := filepath.Glob(filepath.Join(downloads(), "return*.html"))
	if len(files) != 1 {
		t.Fatalf("there are %q", files)
	}
	if data, err := os.ReadFile(files[0]); err != nil || !bytes.Equal(data, h.a.deps.ReturnPage) {
		t.Errorf("%s: %v", data, err)
	}
}

// TestSaysHowOneComesBack: a setup file says that the page brings the code back, and
// the walk says so beforehand; an owner's choice stays with the account.
func TestSaysHowOneComesBack(t *testing.T) {
	h := newHarness(t, "pt-BR")
	h.a.begin(walk.Guide)
	w := h.journey().walk
	back := h.word("return_page.back")
	for _, returns := range []bool{false, true} {
		w.Use(setupfile.File{Provider: "Example Tools", ApplicationID: "amzn1.sp.solution.00000000-0000-0000-0000-0000000000aa", ReturnPage: returns})
		for _, s := range []walk.Step{walk.StepConsent, walk.StepPaste} {
			w.GoTo(s)
			h.journey().turn(h.a)
			h.settle()
			if strings.Contains(h.screen(), back) != returns {
				t.Errorf("return_page = %t, %s:\n%s", returns, s, h.screen())
			}
		}
	}
	own := walk.New(walk.OwnApp, h.a.home(), h.clock.Now)
	own.ReturnPage = true
	if !walk.ForAccount(own.Account(), h.a.Now).ComesBack() {
		t.Error("authorizing again, the owner's choice is lost")
	}
}

// fakeLinks is the choice in the registry.
type fakeLinks struct {
	open bool
	err  error
}

func (l *fakeLinks) Open() bool { return l.open }

func (l *fakeLinks) SetOpen(on bool) error {
	if l.err == nil {
		l.open = on
	}
	return l.err
}

// setLinks presses the entry of the menu.
func (h *harness) setLinks(l *fakeLinks) {
	h.t.Helper()
	h.a.deps.Links = l
	h.t.Cleanup(func() { h.a.deps.Links = nil })
	h.press("menu.open")
	h.settle()
	h.press("menu.links")
	h.settle()
}

// TestLinksChoice: the menu's entry changes what is so and says so.
func TestLinksChoice(t *testing.T) {
	h := newHarness(t, "en")
	h.press("menu.open")
	if strings.Contains(h.screen(), h.word("menu.links")) {
		t.Error("the menu offers a choice that there isn't")
	}
	h.key(fyne.KeyEscape)
	l := &fakeLinks{}
	for _, c := range []struct {
		err  error
		says string
		open bool
	}{{nil, "on", true}, {fs.ErrPermission, "failed", true}, {nil, "off", false}} {
		l.err = c.err
		h.setLinks(l)
		h.sees("return_link." + c.says + "_title")
		h.press("button.ok")
		if l.open != c.open {
			t.Errorf("%s: it is %t", c.says, l.open)
		}
	}
}

// returnLink is what the return page's button leads to.
func returnLink(state string) string {
	return "sellerkey://return?spapi_oauth_code=EXAMPLEcode000000001&selling_partner_id=A0EXAMPLE00000&state=" + url.QueryEscape(state)
}

// waitingWalk is a guide's walk whose page was opened.
func (h *harness) waitingWalk(more string) *walk.Walk {
	h.t.Helper()
	h.a.begin(walk.Guide)
	j := h.journey()
	if err := j.walk.ReadApp("https://sellercentral.amazon.com/apps/authorize/consent?application_id=amzn1.sp.solution.00000000-0000-0000-0000-0000000000aa" + more); err != nil {
		h.t.Fatal(err)
	}
	j.walk.GoTo(walk.StepConsent)
	j.openConsent(h.a)
	h.settle()
	return j.walk
}
