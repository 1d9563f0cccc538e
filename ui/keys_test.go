package ui

import (
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/setupfile"
	"github.com/sellerkey/sellerkey/internal/version"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// tabTo presses Tab until a control has the keyboard.
func (h *harness) tabTo(name string) {
	h.t.Helper()
	c := h.a.Win.Canvas()
	for range 60 {
		if o, ok := c.Focused().(fyne.CanvasObject); ok && nameOf(o) == name {
			return
		}
		h.key(fyne.KeyTab)
	}
	h.t.Fatalf("Tab does not lead to %s in:\n%s", name, h.screen())
}

func (h *harness) typeKeys(text string) {
	h.t.Helper()
	f := h.a.Win.Canvas().Focused()
	if f == nil {
		h.t.Fatal("nothing has the keyboard")
	}
	for _, c := range text {
		f.TypedRune(c)
	}
	h.settle()
}

// TestWholeWalkByKeyboard: from the first question to the copied token without
// a mouse.
func TestWholeWalkByKeyboard(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		sample := h.amazon.Sample()
		h.tabTo(`card "` + h.word("start.own_app_title") + `"`)
		h.key(fyne.KeyReturn)
		h.typeKeys(sample.ApplicationID) // the field has the keyboard already
		h.tabTo(`tick "` + h.word("app_step.draft") + `"`)
		h.key(fyne.KeySpace)
		h.typeKeys(" ")
		if !h.journey().walk.Draft {
			t.Fatal("Space does not tick the box")
		}
		h.tabTo(`field "` + h.word("credentials.id_placeholder") + `"`)
		h.typeKeys(sample.ClientID)
		h.tabTo(`field "` + h.word("credentials.secret_placeholder") + `"`)
		h.typeKeys(sample.ClientSecret.Reveal())
		h.key(fyne.KeyReturn)
		h.sees("consent_step.title")
		h.key(fyne.KeyReturn)
		h.sees("paste_step.title")
		h.clip.SetContent(h.browserGoes())
		h.a.Win.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutPaste{Clipboard: h.clip})
		h.sees("paste_step.state_ok")
		h.key(fyne.KeyReturn)
		h.waits("tokens.saved")
		h.tabTo(`button "` + h.word("button.copy") + `"`)
		h.key(fyne.KeySpace)
		h.clipboardHolds(h.journey().session.token.Access.Reveal())
	})
}

// TestShowKeepsTheFocus: whoever shows a token by keyboard hides it again with
// the same key.
func TestShowKeepsTheFocus(t *testing.T) {
	h := newHarness(t, "en")
	h.atTokens(func(*session) {})
	c := h.a.Win.Canvas()
	h.key(fyne.KeyTab) // from the first Copy to the second Show
	h.key(fyne.KeySpace)
	refresh := h.journey().session.token.Refresh.Reveal()
	shows := func() bool { return strings.Contains(strings.ReplaceAll(h.screen(), "\n", ""), refresh) }
	if !shows() {
		t.Fatalf("the refresh token does not show in:\n%s", h.screen())
	}
	if b, ok := c.Focused().(*kit.Button); !ok || b.Label != h.word("button.hide") {
		t.Fatalf("the keyboard is at %v", c.Focused())
	}
	h.key(fyne.KeySpace)
	if shows() {
		t.Error("the refresh token still shows")
	}
}

// TestRevealSecretField: the word in a secret's field shows what was typed and
// hides it; the field keeps it, and the keyboard.
func TestRevealSecretField(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		h.at(walk.HasToken, walk.StepCredentials)
		const secret = "amzn1.oa2-cs.v1.EXAMPLE"
		h.types("value.client_secret", secret)
		if strings.Contains(h.screen(), secret) {
			t.Fatal("the secret shows unasked")
		}
		for _, press := range []string{"button.show", "button.hide"} {
			field := h.field("value.client_secret")
			reveal := field.ActionItem.(*kit.Revealer)
			if got := reveal.Label.Text; got != h.word(press) {
				t.Errorf("the field offers %q, not %q", got, h.word(press))
			}
			test.Tap(reveal)
			h.settle()
			if got, want := strings.Contains(h.screen(), secret), press == "button.show"; got != want {
				t.Errorf("after %q the secret shows: %v", h.word(press), got)
			}
			if h.a.Win.Canvas().Focused() != field {
				t.Errorf("the keyboard is at %v", h.a.Win.Canvas().Focused())
			}
		}
		if got := h.field("value.client_secret").Text; got != secret {
			t.Errorf("the field holds %q", got)
		}
		h.key(fyne.KeyTab)
		if h.a.Win.Canvas().Focused() != h.field("value.refresh_token") {
			t.Errorf("Tab goes from the field to %v", h.a.Win.Canvas().Focused())
		}
	})
}

// TestFocusRing: every kind of control shows the focus with the same ring, and
// loses it again.
func TestFocusRing(t *testing.T) {
	h := newHarness(t, "en")
	h.at(walk.OwnApp, walk.StepApp)
	c := h.a.Win.Canvas()
	seen := map[string]bool{}
	for range 20 {
		var ring *kit.Panel
		switch o := c.Focused().(type) {
		case *kit.Entry:
			ring, seen["entry"] = o.Face, true
		case *kit.Select:
			ring, seen["choice"] = o.Ring, true
		case *kit.Check:
			ring, seen["tick"] = o.Ring, true
		}
		if ring != nil && (ring.Line != kit.ColorAccent || ring.Thick < 2) {
			t.Errorf("%s has no ring with the focus", nameOf(c.Focused().(fyne.CanvasObject)))
		}
		h.key(fyne.KeyTab)
		if ring != nil && ring.Line == kit.ColorAccent {
			t.Error("a ring stays without the focus")
		}
	}
	if len(seen) != 3 {
		t.Errorf("Tab came by %v only", seen)
	}
}

// TestPasteFromAnywhere: on the step of the address, what Ctrl+V calls wherever
// the keyboard is takes the address. (The test driver sends no shortcuts to a
// window; the key itself is pressed in the tests with a real one.)
func TestPasteFromAnywhere(t *testing.T) {
	h := newHarness(t, "en")
	h.clip.SetContent(h.guideToPaste())
	h.tabTo(`button "` + h.word("button.back") + `"`)
	h.a.Screen().Paste()
	h.sees("paste_step.state_ok")
}

// TestPasteLinesOfWindows: a name that is pasted with line breaks of Windows is a
// name of one line.
func TestPasteLinesOfWindows(t *testing.T) {
	h := newHarness(t, "ja")
	h.clip.SetContent("櫻井\r\n商店\rKōbe\n")
	for want, e := range map[string]*kit.Entry{
		"櫻井 商店 Kōbe ":    kit.NewEntry(&kit.Keys{}, "", "", nil),
		"櫻井\n商店\nKōbe\n": kit.NewArea(&kit.Keys{}, 3, "", "", nil),
	} {
		e.TypedShortcut(&fyne.ShortcutPaste{Clipboard: h.clip})
		if e.Text != want {
			t.Errorf("pasted %q, want %q", e.Text, want)
		}
	}
}

func TestEscapeGoesBack(t *testing.T) {
	h := newHarness(t, "en")
	h.givesAddress(h.guideToPaste())
	h.press("button.next")
	for _, id := range []string{"helper.title", "paste_step.title_read", "consent_step.title", "app_step.title", "start.title"} {
		if id == "start.title" {
			h.press("code.leave_anyway")
		}
		h.sees(id)
		h.key(fyne.KeyEscape)
	}
	h.sees("start.title")
	h.press("start.guide_title")
	h.press("menu.open")
	if h.a.Win.Canvas().Overlays().Top() == nil {
		t.Fatal("no menu")
	}
	h.key(fyne.KeyEscape)
	if h.a.Win.Canvas().Overlays().Top() != nil {
		t.Error("Esc does not close the menu")
	}
	h.sees("app_step.title")
}

// TestHelpByKeyboard: F1 opens the help of every step and takes the keyboard
// there, Esc and F1 close it, and the step is as it was.
func TestHelpByKeyboard(t *testing.T) {
	h := newHarness(t, "en")
	c := h.a.Win.Canvas()
	for _, size := range []fyne.Size{{Width: 1440, Height: 900}, {Width: 960, Height: 680}, {Width: shell.LeastWidth, Height: shell.LeastHeight}} {
		for _, close := range []fyne.KeyName{fyne.KeyEscape, fyne.KeyF1} {
			h.a.Win.Resize(size)
			h.at(walk.Guide, walk.StepApp)
			h.typeKeys("amzn1.sp.solution.") // F1 is heard from within a field
			h.key(fyne.KeyF1)
			h.sees("help.link.title")
			if b, ok := c.Focused().(*kit.Button); !ok || b.Label != h.word("help.close") {
				t.Errorf("%v: after F1 the keyboard is at %v", size, c.Focused())
			}
			for range 20 {
				h.key(fyne.KeyDown)
			}
			h.key(close)
			h.misses("help.link.title")
			h.holdsText("app_step.field", "amzn1.sp.solution.")
			if c.Focused() != h.field("app_step.field") {
				t.Errorf("%v: after %s the keyboard is at %v", size, close, c.Focused())
			}
		}
	}
}

// TestHelpGoesAlong: next to the page the help follows from step to step; in the
// page's place it makes room for the next one.
func TestHelpGoesAlong(t *testing.T) {
	h := newHarness(t, "en")
	h.a.Win.Resize(fyne.NewSize(960, 680))
	h.at(walk.Guide, walk.StepApp, withApp)
	h.key(fyne.KeyF1)
	h.press("button.next")
	h.sees("consent_step.title")
	h.sees("help.consent.title")
	h.a.Win.Resize(fyne.NewSize(shell.LeastWidth, shell.LeastHeight))
	h.misses("consent_step.title")
	h.sees("help.consent.title")
	h.press("consent_step.open")
	h.sees("paste_step.title")
	h.misses("help.address.title")
}

// TestHelpScrolls: the keys that move pages move the help, too.
func TestHelpScrolls(t *testing.T) {
	h := newHarness(t, "en")
	h.a.Win.Resize(fyne.NewSize(shell.LeastWidth, shell.LeastHeight))
	h.at(walk.OwnApp, walk.StepApp)
	h.key(fyne.KeyF1)
	h.key(fyne.KeyEnd)
	last := h.word("help.term.client_secret_text")
	for _, p := range h.objects() {
		if textOf(p.object) == last && !p.area.inside(p.clip, 1) {
			t.Errorf("the end of the help is at %s, outside of %s", p.area, p.clip)
		}
	}
	h.key(fyne.KeyHome)
	first := h.word("help.developer.open")
	for _, p := range h.objects() {
		if textOf(p.object) == first && p.area.y1 < p.clip.y1 {
			t.Errorf("the beginning of the help is at %s, above %s", p.area, p.clip)
		}
	}
}

// TestMenuByKeyboard: F10 opens the menu from wherever the keyboard is.
func TestMenuByKeyboard(t *testing.T) {
	h := newHarness(t, "en")
	h.at(walk.Guide, walk.StepApp)
	h.key(fyne.KeyF10)
	if h.a.Win.Canvas().Overlays().Top() == nil {
		t.Fatal("no menu")
	}
	h.sees("menu.quit")
}

// TestQuestionsByKeyboard: a question takes the keyboard, Esc closes it and
// gives the keyboard back.
func TestQuestionsByKeyboard(t *testing.T) {
	h := newHarness(t, "en")
	before := h.a.Win.Canvas().Focused()
	if before == nil {
		t.Fatal("nothing has the keyboard at the start")
	}
	showAbout(h.a)
	h.sees("about.text")
	if f, ok := h.a.Win.Canvas().Focused().(*kit.Button); !ok || f.Label != h.word("button.ok") {
		t.Errorf("the keyboard is at %v", h.a.Win.Canvas().Focused())
	}
	h.key(fyne.KeyEscape)
	h.misses("about.text")
	if h.a.Win.Canvas().Focused() != before {
		t.Error("the keyboard did not go back")
	}
}

// TestSafeChoiceIsFilled: on every screen and in every question, what takes
// something away for good is told from the rest, and is never what the keyboard
// begins with. In a question, the filled button takes it away, and has the keyboard.
func TestSafeChoiceIsFilled(t *testing.T) {
	h := newHarness(t, "en")
	dangers := []string{
		"account.forget", "new_secret.forget", "tokens.leave_anyway", "code.leave_anyway", "code.break_off", "export.there.replace", "setup_make.replace",
	}
	seen := map[string]bool{}
	for _, look := range append(screensToLookAt(), dangerousQuestions()...) {
		h.fresh(kit.TextNormal)
		look.show(h)
		h.settle()
		focus := h.a.Win.Canvas().Focused()
		var filled []*kit.Button
		for _, p := range h.objects() {
			b, ok := p.object.(*kit.Button)
			if !ok {
				continue
			}
			if b.Kind == kit.Primary {
				filled = append(filled, b)
			}
			for _, id := range dangers {
				if b.Label == h.word(id) {
					seen[id] = true
					if b.Kind != kit.Danger {
						t.Errorf("%s: %q looks harmless", look.name, b.Label)
					}
				}
			}
			if b.Kind == kit.Danger && focus == fyne.Focusable(b) {
				t.Errorf("%s: the keyboard begins at %q", look.name, b.Label)
			}
		}
		if strings.HasPrefix(look.name, "question") && (len(filled) != 1 || focus != fyne.Focusable(filled[0])) {
			t.Errorf("%s: %d filled buttons, and the keyboard is at %v", look.name, len(filled), focus)
		}
	}
	for _, id := range dangers {
		if !seen[id] {
			t.Errorf("no screen shows %q", h.word(id))
		}
	}
}

// TestJapaneseButtons have one form: with an object they end in a verb (リンクをコピーする);
// what every program calls so stands alone without する (コピー).
func TestJapaneseButtons(t *testing.T) {
	h := newHarness(t, "ja")
	noun := regexp.MustCompile(`[をにで](コピー|追加|編集|保存|削除|確認|更新|変更|登録|入力|貼り付け)$`)
	alone := regexp.MustCompile(`^(コピー|追加|編集|保存|削除|確認|更新|変更|登録|入力)する$|^貼り付ける$`)
	for _, look := range screensToLookAt() {
		h.fresh(kit.TextNormal)
		look.show(h)
		h.settle()
		for _, p := range h.objects() {
			if b, ok := p.object.(*kit.Button); ok && (noun.MatchString(b.Label) || alone.MatchString(b.Label)) {
				t.Errorf("%s: %q", look.name, b.Label)
			}
		}
	}
}

// dangerousQuestions are the questions that no screen to look at shows.
func dangerousQuestions() []lookAt {
	return []lookAt{
		{name: "question, leave a code", show: func(h *harness) {
			h.at(walk.Guide, walk.StepPaste, withApp, withCode)
			h.a.AskClose()
		}},
		{name: "question, break off", show: func(h *harness) { h.a.askBeforeBreakingOff(func() {}) }},
		{name: "question, replace a file", show: func(h *harness) { (&useIn{h: h.holdingOf(func(*session) {})}).overwrite(h.a) }},
		{name: "question, replace a form", show: func(h *harness) {
			h.making(setupfile.FormOf(fullFile()), false)
			changeSetup(h.a, fullFile())
		}},
	}
}

// TestKeysBelowAQuestion: a click on a question's words takes the keyboard from
// its button, as any click beside everything does; the keys stay with it.
func TestKeysBelowAQuestion(t *testing.T) {
	h := newHarness(t, "en")
	h.givesAddress(h.guideToPaste())
	h.sees("paste_step.title_read")
	c := h.a.Win.Canvas()
	under := h.a.Screen()
	for _, key := range []fyne.KeyName{fyne.KeyEscape, fyne.KeyReturn} {
		h.a.Alert("?", "!")
		c.Unfocus()
		h.key(fyne.KeyF10)
		h.key(fyne.KeyF1)
		h.a.Paste()
		if len(c.Overlays().List()) != 1 || h.a.Screen() != under {
			t.Fatalf("%s: the screen below took a key", key)
		}
		h.key(key)
		if c.Overlays().Top() != nil || h.a.Screen() != under {
			t.Errorf("%s does not answer the question, and nothing else", key)
		}
	}
	h.press("menu.open")
	c.Unfocus()
	h.key(fyne.KeyEscape)
	if c.Overlays().Top() != nil || h.a.Screen() != under {
		t.Error("Esc does not close the menu, and nothing else")
	}
}

// TestQuestionStaysInFront: a page that is drawn again below a question leaves it
// the keyboard, and the same question is not asked twice.
func TestQuestionStaysInFront(t *testing.T) {
	h := newHarness(t, "en")
	h.atTokens(func(d *session) { d.saved = false })
	c := h.a.Win.Canvas()
	h.a.AskClose()
	h.a.AskClose() // the window's own button
	h.a.Redraw()
	if n := len(c.Overlays().List()); n != 1 {
		t.Fatalf("%d questions", n)
	}
	if f, ok := c.Focused().(*kit.Button); !ok || f.Label != h.word("button.stay") {
		t.Errorf("the keyboard is at %v", c.Focused())
	}
	h.key(fyne.KeyEscape)
	h.sees("tokens.title")
	if c.Focused() == nil {
		t.Error("nothing has the keyboard")
	}
}

// TestQuestionOverAStepWithoutFocus: the same where the page has no first focus.
func TestQuestionOverAStepWithoutFocus(t *testing.T) {
	h := newHarness(t, "en")
	h.givesAddress(h.guideToPaste())
	h.press("button.next")
	h.sees("helper.title")
	c := h.a.Win.Canvas()
	h.a.Alert("?", "!")
	h.a.Redraw()
	if f, ok := c.Focused().(*kit.Button); !ok || f.Label != h.word("button.ok") {
		t.Errorf("the keyboard is at %v", c.Focused())
	}
}

// TestAboutSaysWhereToLook: the version, and the pages for newer ones and for
// problems, which open when a button is pressed and not before.
func TestAboutSaysWhereToLook(t *testing.T) {
	h := newHarness(t, "en")
	for i, page := range []struct{ button, address string }{{"about.open", version.Releases}, {"about.open_report", version.Issues}} {
		showAbout(h.a)
		h.sees("about.title", "Version", "test")
		h.sees("about.newer", "Address", version.Releases)
		h.sees("about.report", "Address", version.Issues)
		if len(h.opened) > i {
			t.Fatalf("opened by itself: %v", h.opened)
		}
		h.press(page.button)
		if len(h.opened) != i+1 || h.opened[i].String() != page.address {
			t.Errorf("%s opened %v", page.button, h.opened)
		}
		h.misses("about.newer", "Address", version.Releases)
	}
}

// TestTabAsRead: on every screen something has the keyboard at first, Tab
// reaches every control once, and inside the page it goes as one reads.
func TestTabAsRead(t *testing.T) {
	h := newHarness(t, "en")
	for _, s := range screensToLookAt() {
		if s.canvas != nil {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			h.t = t
			h.fresh(kit.TextNormal)
			s.show(h)
			h.settle()
			if h.a.Shows(manyBlocks) {
				return // many cards that no screen has all at once
			}
			c := h.a.Win.Canvas()
			if top := c.Overlays().Top(); top != nil {
				if c.Focused() == nil {
					t.Error("nothing has the keyboard")
				}
				return
			}
			// One Enter too many must do nothing there.
			waits := slices.Contains([]string{"tokens, waiting", "account, opening", "renew all, under way", "new secret, trying"}, s.name)
			if (c.Focused() == nil) != waits {
				t.Errorf("the keyboard is at %T", c.Focused())
			}
			places := map[fyne.CanvasObject]placed{}
			reachable := 0
			for _, p := range h.objects() {
				d, _ := p.object.(fyne.Disableable)
				if _, ok := p.object.(fyne.Focusable); ok && (d == nil || !d.Disabled()) && controlAround(p.parents) == nil {
					reachable++
				}
				places[p.object] = p
			}
			var order []placed
			c.Unfocus()
			for range reachable + 1 {
				c.FocusNext()
				o, ok := c.Focused().(fyne.CanvasObject)
				if !ok {
					break
				}
				if len(order) > 0 && o == order[0].object {
					break
				}
				order = append(order, places[o])
			}
			if len(order) != reachable {
				t.Errorf("Tab reaches %d of %d controls", len(order), reachable)
			}
			for i := 1; i < len(order); i++ {
				a, b := order[i-1], order[i]
				if scroller(a) == nil || scroller(a) != scroller(b) {
					continue
				}
				below := b.area.y1 >= a.area.y2-4
				beside := b.area.y1 < a.area.y2 && b.area.y2 > a.area.y1 && b.area.x1 >= a.area.x1
				if !below && !beside {
					t.Errorf("Tab goes from %s %s to %s %s", nameOf(a.object), a.area, nameOf(b.object), b.area)
				}
			}
		})
	}
	h.t = t
}

func scroller(p placed) fyne.CanvasObject {
	for _, o := range p.parents {
		if _, ok := o.(fyne.Scrollable); ok {
			return o
		}
	}
	return nil
}

// TestFocusScrollsIntoSight: whatever Tab reaches can be seen.
func TestFocusScrollsIntoSight(t *testing.T) {
	h := newHarness(t, "en")
	h.a.Win.Resize(fyne.NewSize(shell.LeastWidth, shell.LeastHeight))
	h.at(walk.OwnApp, walk.StepApp, more)
	c := h.a.Win.Canvas()
	seen := 0
	for range 30 {
		h.key(fyne.KeyTab)
		for _, p := range h.objects() {
			if o, ok := c.Focused().(fyne.CanvasObject); !ok || p.object != o {
				continue
			}
			seen++
			if !p.area.inside(p.clip, 1) {
				t.Errorf("%s has the keyboard and is out of sight: %s of %s", nameOf(p.object), p.area, p.clip)
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d looks at the focus", seen)
	}
}

// TestDoubleClicks: who clicks twice on everything comes no further than with one
// click, whatever lies at that place on the page that the first click brought.
func TestDoubleClicks(t *testing.T) {
	h := newHarness(t, "en")
	again := func(o fyne.Tappable) {
		t.Helper()
		if o == nil {
			t.Fatalf("nothing to click on in:\n%s", h.screen())
		}
		test.Tap(o)
		h.settle()
	}
	h.press("start.practice_title")
	h.sees("practice.banner")
	again(h.control(h.word("start.leave_title")))
	h.sees("practice.banner")

	h.a.leavePractice()
	h.press("start.guide_title")
	h.pastes("app_step.field", h.guideLink())
	h.press("button.next")
	h.sees("consent_step.title")
	again(h.control(h.word("consent_step.open")))
	if len(h.opened) > 0 {
		t.Error("the second click opened Amazon's page")
	}
	h.clock.Pass(kit.DoubleClick)
	again(h.control(h.word("consent_step.open")))
	if len(h.opened) != 1 {
		t.Error("a click of its own did not open Amazon's page")
	}

	h.givesAddress(h.browserGoes())
	h.press("button.next")
	h.press("helper.copy_value", "Value", h.word("value.seller_id"))
	again(h.primaryButton())
	h.clipboardHolds(h.amazon.Sample().SellerID)
	h.clock.Pass(-time.Hour) // somebody sets the clock
	again(h.primaryButton())
	h.misses("helper.copy_value", "Value", h.word("value.code"))
}

// TestDoubleClickOnAnAccount opens it, and presses nothing there.
func TestDoubleClickOnAnAccount(t *testing.T) {
	h := newHarness(t, "en")
	h.withAccounts(2, func(int, *account.Account) {})
	h.a.showHome()
	h.settle()
	list, _ := h.accounts()
	h.a.Keys.Clicks.On = nil
	list.Select(1)
	h.settle()
	if h.a.session() == nil {
		t.Fatalf("opened %T", h.a.Screen().About)
	}
	test.Tap(h.control(h.word("accounts.to_list")))
	h.settle()
	if h.a.session() == nil {
		t.Error("the second click pressed a button")
	}
}

// TestWheelOverFields: the wheel scrolls the page over a field too, and an area's
// own text where that has more lines than show.
func TestWheelOverFields(t *testing.T) {
	h := newHarness(t, "en")
	h.a.Win.Resize(fyne.NewSize(shell.LeastWidth, shell.LeastHeight))
	h.press("start.own_app_title")
	at := func() fyne.Position {
		h.settle()
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(h.field("app_step.field"))
	}
	scroll := func(by float32) (moved float32) {
		before := at()
		test.Scroll(h.a.Win.Canvas(), before.AddXY(20, 12), 0, by)
		return at().Y - before.Y
	}
	if moved := scroll(-24); moved != -24 {
		t.Errorf("over an empty area the page moved by %v", moved)
	}
	if moved := scroll(24); moved != 24 {
		t.Errorf("back up the page moved by %v", moved)
	}
	h.pastes("app_step.field", strings.Repeat("a line\n", 40))
	if moved := scroll(-24); moved != 0 {
		t.Errorf("over an area with more lines the page moved by %v", moved)
	}
}

// waitingAmazon answers nothing until it is closed.
type waitingAmazon chan struct{}

func (w waitingAmazon) RoundTrip(*http.Request) (*http.Response, error) {
	<-w
	return nil, io.ErrUnexpectedEOF
}

// TestEscapeWhileRenewing cancels at once: the code has done its work, and nobody
// is told that it would be lost.
func TestEscapeWhileRenewing(t *testing.T) {
	h := newHarness(t, "en")
	h.ownAppToTokens()
	h.waits("tokens.saved")
	amazon := make(waitingAmazon)
	t.Cleanup(func() { close(amazon) })
	h.real.LWA.HTTP = &http.Client{Transport: amazon}
	h.press("tokens.renew_now")
	h.sees("tokens.renewing")
	h.key(fyne.KeyEscape)
	h.misses("code.sent_title")
	h.until("the end of the renewal", func() bool { return !h.journey().busy() })
	if h.journey().session.token.Access.IsEmpty() {
		t.Error("the token is gone")
	}
}

// TestEscapeClosesTheFileWindow: Esc closes Fyne's file window, too.
func TestEscapeClosesTheFileWindow(t *testing.T) {
	h := newHarness(t, "en")
	h.press("setup_file.open")
	if h.a.Win.Canvas().Overlays().Top() == nil {
		t.Fatal("there is no window to choose a file")
	}
	h.key(fyne.KeyEscape)
	if h.a.Win.Canvas().Overlays().Top() != nil {
		t.Error("Esc does not close it")
	}
	h.sees("start.title")
}

// TestPracticeInTheSlimWindow: it says that nothing goes to Amazon.
func TestPracticeInTheSlimWindow(t *testing.T) {
	for _, practising := range []bool{false, true} {
		h := newHarness(t, "en")
		if practising {
			h.a.StartPractice()
		}
		h.at(walk.Guide, walk.StepRegister, withApp, withCode)
		h.press("helper.small_window")
		if says := strings.Contains(screenOf(helperCanvas(h)), h.word("practice.banner")); says != practising {
			t.Errorf("practising %v, and the slim window says so: %v", practising, says)
		}
	}
}
