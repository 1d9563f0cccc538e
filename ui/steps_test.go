package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// goes presses a step in the list at the left.
func (h *harness) goes(s walk.Step) {
	h.t.Helper()
	h.settle()
	for _, p := range h.objects() {
		if item, ok := p.object.(*kit.StepItem); ok && item.Name == h.word("step."+string(s)) {
			if item.Disabled() {
				h.t.Fatalf("the step %q is not open", item.Name)
			}
			h.a.Keys.Clicks.On = nil
			item.Tapped(nil)
			h.settle()
			return
		}
	}
	h.t.Fatalf("no step %s in the list", s)
}

// TestStepList: every step that lies open can be gone to from every other, that
// of the tokens once "Get the tokens" was pressed.
func TestStepList(t *testing.T) {
	h := newHarness(t, "en")
	h.givesAddress(h.ownAppToPaste())
	for _, s := range []walk.Step{walk.StepApp, walk.StepConsent, walk.StepCredentials, walk.StepPaste, walk.StepApp} {
		h.goes(s)
		h.sees("step." + string(s))
	}
	for _, p := range h.objects() {
		if item, ok := p.object.(*kit.StepItem); ok && item.Name == h.word("step.tokens") && !item.Disabled() {
			t.Error("the list gets the tokens")
		}
	}
	h.goes(walk.StepPaste)
	h.press("button.get_tokens")
	h.waits("tokens.saved")
	h.goes(walk.StepApp)
	h.goes(walk.StepTokens)
	h.sees("tokens.title")
}

// TestNotesFollow: what stands under a field changes with the field, and not
// only when the screen is drawn again.
func TestNotesFollow(t *testing.T) {
	h := newHarness(t, "en")
	h.press("start.guide_title")
	e := h.field("app_step.field")
	drawn := func() string {
		var lines []string
		for _, p := range h.objects() {
			if text, ok := p.object.(*canvas.Text); ok {
				lines = append(lines, text.Text)
			}
		}
		return strings.Join(lines, " ")
	}
	for _, c := range []struct{ typed, says string }{
		{"abc", "app_field.not_an_app"},
		{"amzn1.application-oa2-client.0000000000000000000000000000abcd", "app_field.client_id"},
		{"Atzr|EXAMPLE0000000000000000", "app_field.token"},
	} {
		e.SetText(c.typed)
		if want := h.word(c.says); !strings.Contains(drawn(), strings.Fields(want)[0]+" "+strings.Fields(want)[1]+" "+strings.Fields(want)[2]) {
			t.Errorf("after %q the screen does not draw %q but\n%s", c.typed, want, drawn())
		}
	}
}

// TestCopiedLink: after Copy link the window says what to do with it, and the next
// press leads on; the address that comes back is offered here already.
func TestCopiedLink(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		h.press("start.own_app_title")
		h.types("app_step.field", h.amazon.Sample().ApplicationID)
		h.press("app_step.draft")
		h.press("button.next")
		h.misses("consent_step.copied")
		h.press("consent_step.copy_link")
		h.sees("consent_step.copied")
		h.sees("button.copied")
		link := h.clip.Content()
		h.key(fyne.KeyReturn)
		h.sees("paste_step.lead")
		h.press("button.back")
		h.sees("consent_step.copied")
		if len(h.opened) != 0 {
			t.Errorf("opened %v", h.opened)
		}

		h.clip.SetContent(practicetest.Confirm(t, link))
		h.a.Screen().Returned()
		h.sees("paste_step.offer")
		h.press("paste_step.use_offer")
		h.sees("paste_step.title_read")
		if !h.journey().walk.StateMatches() {
			t.Error("the state was not compared")
		}
	})
}

// TestPasteBeforeItsStep: Ctrl+V on the step of Amazon's page reads the address on
// the step for it.
func TestPasteBeforeItsStep(t *testing.T) {
	h := newHarness(t, "ja")
	h.ownAppToPaste()
	h.press("button.back")
	h.clip.SetContent(h.browserGoes())
	h.a.Screen().Paste()
	h.sees("paste_step.title_read")
}
