package ui

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/setupfile"
	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// label is the field for a box's label in a language; boxes count from 1.
func (h *harness) label(box int, tag string) *kit.Entry {
	h.t.Helper()
	h.settle()
	name := ""
	for _, l := range i18n.Languages() {
		if l.Tag == tag {
			name = l.Name
		}
	}
	value, label := h.word("setup_make.value", "Number", h.a.Words.Number(box)), h.word("setup_make.label", "Language", name)
	inBox, found := false, false
	for _, p := range h.objects() {
		if e, ok := p.object.(*kit.Entry); ok && found {
			return e
		}
		inBox = inBox || textOf(p.object) == value
		found = found || inBox && textOf(p.object) == label
	}
	h.t.Fatalf("no box %d with a label in %s in:\n%s", box, name, h.screen())
	return nil
}

func (h *harness) typesLabel(box int, tag, text string) {
	h.t.Helper()
	e := h.label(box, tag)
	h.a.Win.Canvas().Focus(e)
	for _, c := range text {
		e.TypedRune(c)
	}
	h.settle()
}

// TestProviderMakesASetupFile: a provider fills in the form, is told what is
// wrong as a seller would be, looks at what the seller sees, and saves a file
// that a seller's window takes.
func TestProviderMakesASetupFile(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		h.press("menu.open")
		h.press("menu.make_setup")
		h.sees("setup_make.lead")
		h.sees("setup_make.missing_some")
		h.misses("setup_make.missing")

		h.types("setup_make.provider", "Amazon Tools")
		h.sees("setup_make.own_name")
		h.types("setup_make.provider", "Example Tools")
		h.misses("setup_make.not_yet")
		// Key by key: what the link sets changes while it is typed.
		h.types("setup_make.app", h.guideLink())
		if !h.a.making.form.Draft || !slices.Equal(h.a.making.form.Marketplaces, []string{"JP"}) {
			t.Errorf("the link sets %+v", h.a.making.form)
		}
		h.holdsText("setup_file.state", "practice-guide")
		h.types("setup_make.page", "http://tools.example/register")
		h.sees("setup_make.not_yet")
		h.types("setup_make.page", "https://tools.example/register")
		h.misses("setup_make.not_yet")

		h.press("setup_make.save")
		h.sees("setup_make.missing") // the labels
		h.typesLabel(1, "en", "Merchant")
		h.typesLabel(2, lang, "Atzr|EXAMPLE")
		h.sees("setup_make.problem", "Title", h.word("setup_file_error.secret_inside.title"), "Todo", h.word("setup_file_error.secret_inside.todo"))
		h.press("setup_make.save")
		h.sees("setup_make.not_yet")
		e := h.label(2, lang)
		h.a.Win.Canvas().Focus(e)
		e.SetText("Code!")
		h.sees("setup_make.good")
		h.press("setup_make.down")

		h.press("setup_make.look")
		h.sees("setup_make.look_banner")
		h.sees("setup_file.from", "Provider", "Example Tools")
		if said := h.screen(); strings.Index(said, "Code!") > strings.Index(said, "Merchant") {
			t.Errorf("the boxes were not moved:\n%s", said)
		}
		h.key(fyne.KeyEscape)
		h.sees("setup_make.good")
		h.key(fyne.KeyEscape)
		h.sees("start.title")
		h.press("menu.open")
		h.press("menu.make_setup")
		h.holdsText("setup_make.provider", "Example Tools")

		path := filepath.Join(t.TempDir(), "mine")
		h.types("setup_make.path", path)
		h.press("setup_make.save")
		path += setupfile.Extension
		h.sees("setup_make.saved", "Path", path)
		want := h.a.making.form.File()
		got, err := (setupfile.Rules{}).ReadFile(path)
		if err != nil || !reflect.DeepEqual(got, want) || got.Boxes[0].Value != value.Code {
			t.Fatalf("%v\n got %+v\nwant %+v", err, got, want)
		}

		h.press("setup_make.as_seller")
		h.sees("setup_file.from", "Provider", "Example Tools")
		if h.offers("setup_make.change") {
			t.Error("the way back to the form is offered as something else")
		}
		h.key(fyne.KeyEscape)
		h.types("setup_make.provider", "Example Tools 2")
		h.press("setup_make.save")
		h.sees("export.there.title")
		h.press("export.there.replace")
		h.sees("setup_make.saved", "Path", path)
		if got, err := (setupfile.Rules{}).ReadFile(path); err != nil || got.Provider != "Example Tools 2" {
			t.Errorf("%v %q", err, got.Provider)
		}
	})
}

// TestChangeASetupFile: a file that was opened goes into the form as it is, and
// not over something that is saved nowhere without a question.
func TestChangeASetupFile(t *testing.T) {
	h := newHarness(t, "en")
	h.openSetup(fullFile())
	h.press("setup_make.change")
	h.holdsText("setup_make.app", fullFile().ApplicationID)
	h.holdsText("setup_make.host", fullFile().ConsentHost)
	if got := h.a.making.form.File(); !reflect.DeepEqual(got, fullFile()) {
		t.Errorf("%+v", got)
	}
	h.types("setup_make.provider", "Somebody else")
	h.key(fyne.KeyEscape)
	h.press("setup_make.change")
	h.sees("setup_make.other_title")
	h.press("button.cancel")
	if h.a.making.form.Provider != "Somebody else" {
		t.Error("what was in the form is gone without a question")
	}
	h.press("setup_make.change")
	h.press("setup_make.replace")
	h.holdsText("setup_make.provider", fullFile().Provider)
	h.press("setup_make.remove")
	if n := len(h.a.making.form.Boxes); n != len(fullFile().Boxes)-1 {
		t.Errorf("%d boxes after one was removed", n)
	}
	h.press("setup_make.add_box")
	h.press("setup_make.empty")
	h.press("button.cancel")
	h.press("setup_make.empty") // the question
	h.press("setup_make.empty")
	h.holdsText("setup_make.provider", "")
}

// TestSetupFileWithAWarning: Enter does not accept a file that asks for a secret,
// and accepts one that does not.
func TestSetupFileWithAWarning(t *testing.T) {
	for _, c := range []struct {
		box  value.ID
		then string
	}{{value.RefreshToken, "start.title"}, {value.SellerID, "app_step.title"}} {
		h := newHarness(t, "ja")
		f := setupfile.File{
			Version: 1, Provider: "Example Tools", ApplicationID: h.amazon.Sample().ApplicationID,
			Boxes: []setupfile.Box{{Value: c.box, Label: map[string]string{"en": "Value"}}},
		}
		h.openSetup(f)
		h.sees("setup_file.use")
		h.key(fyne.KeyReturn)
		h.sees(c.then)
	}
}

// TestSetupFileCannotBeSaved: the folder is not there.
func TestSetupFileCannotBeSaved(t *testing.T) {
	h := newHarness(t, "pt-BR")
	h.making(setupfile.FormOf(fullFile()), false)
	h.types("setup_make.path", filepath.Join(t.TempDir(), "none", "x.sellerkey"))
	h.press("setup_make.save")
	h.sees("setup_make.failed_title")
	h.holdsText("setup_make.provider", fullFile().Provider)
}

// TestSetupFileOverAWalk: a file that is dropped on the window in the middle of
// a walk is shown, and nothing is lost unless the person is told before.
func TestSetupFileOverAWalk(t *testing.T) {
	h := newHarness(t, "ja")
	address := h.guideToPaste()
	h.givesAddress(address)
	code := valueIn(t, address, "spapi_oauth_code")
	same := setupfile.File{
		Version: 1, Provider: "Example Tools", ApplicationID: h.amazon.Sample().ApplicationID, RegistrationPage: "https://tools.example/register",
		Boxes: []setupfile.Box{
			{Value: value.Code, Label: map[string]string{"ja": "認可コード"}},
			{Value: value.SellerID, Label: map[string]string{"ja": "出品者ID"}},
		},
	}
	other := same
	other.ApplicationID = "amzn1.sp.solution.00000000-0000-0000-0000-0000000000ff"

	h.openSetup(other)
	h.sees("setup_file.walk_ends")
	h.key(fyne.KeyReturn) // one Enter too many doesn't start over
	h.sees("paste_step.state_ok")

	h.openSetup(other)
	h.openSetup(same) // a second one in place of the first
	h.sees("setup_file.walk_goes_on")
	h.press("setup_file.use")
	h.sees("paste_step.state_ok")
	h.press("button.next")
	h.sees("helper.title")
	if !strings.Contains(h.screen(), "認可コード") {
		t.Errorf("the provider's labels are not there:\n%s", h.screen())
	}
	h.press("helper.copy_value", "Value", h.word("value.code"))
	h.clipboardHolds(code)
	h.press("helper.open_page")
	if got := h.opened[len(h.opened)-1].String(); got != same.RegistrationPage {
		t.Errorf("opened %s", got)
	}

	// A refused one leads back as well.
	bad := filepath.Join(t.TempDir(), "bad.sellerkey")
	if err := os.WriteFile(bad, []byte("client_secret = \"x\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	h.a.OpenSetup(bad)
	h.sees("setup_file.refused_title")
	h.press("button.back")
	h.sees("helper.title")

	// With the other one the walk begins again.
	h.openSetup(other)
	h.press("setup_file.use")
	h.press("code.leave_anyway")
	h.sees("app_step.title")
	j := h.journey()
	if id, _ := j.walk.App(); id != other.ApplicationID || j.walk.Step() != walk.StepApp {
		t.Errorf("%s at %s", id, j.walk.Step())
	}
}

// TestPickASetupFile opens the picker.
func TestPickASetupFile(t *testing.T) {
	h := newHarness(t, "ja")
	h.press("setup_file.open")
	top := h.a.Win.Canvas().Overlays().Top()
	if top == nil {
		t.Fatal("there is nothing to pick from")
	}
	window := h.a.Win.Canvas().Size()
	if size := top.Size(); size.Width > window.Width || size.Height > window.Height {
		t.Errorf("the picker is larger than the window: %v", size)
	}
}

// TestSetupFileOverAQuestion: a question about what is no longer on the screen
// goes with it.
func TestSetupFileOverAQuestion(t *testing.T) {
	h := newHarness(t, "en")
	h.a.Ask("?", "?", "!", func() { t.Error("it was answered") })
	h.openSetup(fullFile())
	h.sees("setup_file.title")
	if h.a.Win.Canvas().Overlays().Top() != nil {
		t.Error("the question is still there")
	}
}

// TestSetupFileOverUnsavedTokens: tokens that are nowhere else are asked about.
func TestSetupFileOverUnsavedTokens(t *testing.T) {
	h := newHarness(t, "en")
	h.atTokens(func(d *session) { d.saved = false })
	f := fullFile()
	f.Boxes = f.Boxes[:2] // of a provider's app
	h.openSetup(f)
	h.press("setup_file.use")
	h.sees("tokens.leave_title")
	h.press("button.stay")
	h.press("setup_file.dont")
	h.sees("tokens.title")
}

// TestRegistrationScreenOfAnAccount: which boxes the tool's screen has is chosen
// in the slim window, and remembered.
func TestRegistrationScreenOfAnAccount(t *testing.T) {
	h := newHarness(t, "en")
	h.ownAppToTokens()
	h.until("a saved account", func() bool { return h.journey().session.saved })
	h.press("tokens.helper")
	slim := func() string {
		h.settle()
		return screenOf(helperCanvas(h))
	}
	for _, id := range []string{"value.client_id", "value.client_secret", "value.refresh_token", "helper.keys"} {
		if !strings.Contains(slim(), h.word(id)) {
			t.Errorf("no %s in:\n%s", id, slim())
		}
	}
	sample := h.amazon.Sample()
	enter := func() {
		c := helperCanvas(h)
		h.a.Keys.Clicks.On = nil
		c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		h.settle()
	}
	enter()
	h.clipboardHolds(sample.ClientID)
	enter()
	h.clipboardHolds(sample.ClientSecret.Reveal())
	enter()
	h.clipboardHolds(h.journey().session.token.Refresh.Reveal())
	if !strings.Contains(slim(), h.word("helper.all_copied")) {
		t.Errorf("all is copied, and it says:\n%s", slim())
	}
	var pick *kit.Select
	for _, p := range objectsOf(helperCanvas(h)) {
		if c, ok := p.object.(*kit.Select); ok {
			pick = c
		}
	}
	pick.SetSelected(h.word("layout.refresh"))
	h.until("the choice to be remembered", func() bool { return h.a.env.Store.List()[0].Layout == string(walk.LayoutRefresh) })
	if !strings.Contains(slim(), h.word("value.seller_id")) || strings.Contains(slim(), h.word("helper.all_copied")) {
		t.Errorf("the other boxes are not there, or are said to be copied:\n%s", slim())
	}
	enter()
	h.clipboardHolds("A0PRACTICE0001")
	enter() // the token
	enter() // closes
	if h.a.Beside() != nil {
		t.Error("Enter does not close the window once all is copied")
	}

	h.quit()
	h.start(shell.Settings{Lang: "en"})
	h.key(fyne.KeyReturn)
	h.waits("tokens.helper")
	h.press("tokens.helper")
	if !strings.Contains(slim(), h.word("value.seller_id")) || strings.Contains(slim(), h.word("value.client_secret")) {
		t.Errorf("the choice was forgotten:\n%s", slim())
	}
}

// TestStartOverInTheSlimWindow: when the code has died, one key begins again
// with everything else in its place.
func TestStartOverInTheSlimWindow(t *testing.T) {
	h := newHarness(t, "en")
	h.givesAddress(h.guideToPaste())
	h.press("button.next")
	h.press("helper.small_window")
	h.pass(walk.CodeLife)
	h.a.Keys.Clicks.On = nil
	helperCanvas(h).Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	h.settle()
	if h.a.Beside() != nil {
		t.Error("the slim window shows a dead code")
	}
	h.sees("consent_step.title")
	h.key(fyne.KeyEscape)
	h.holdsText("app_step.field", h.guideLink())
}

// TestFirstStepNamesTheSetupFile and doesn't ask for a link that is there already.
func TestFirstStepNamesTheSetupFile(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		f := fullFile()
		h.openSetup(f)
		h.press("setup_file.use")
		h.sees("app_step.lead_setup", "Provider", f.Provider)
		h.misses("app_step.lead_guide")
		h.press("button.next")
		h.sees("consent_step.title")
	})
}
