package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/canvas"

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
