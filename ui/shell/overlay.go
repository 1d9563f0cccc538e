package shell

import (
	"maps"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/sellerkey/sellerkey/ui/kit"
)

// putOver takes note of what has just been put over the window.
func (w *Window) putOver(o *overlay) {
	overlays := w.Win.Canvas().Overlays()
	maps.DeleteFunc(w.over, func(gone fyne.CanvasObject, _ *overlay) bool { return !slices.Contains(overlays.List(), gone) })
	w.over[overlays.Top()] = o
}

// topKeys are the keys of what is on top. A click beside everything takes the
// keyboard from the button or menu that had it, and from then on Fyne hands the
// keys to the window, which must not work below a question.
func (w *Window) topKeys() *kit.Keys {
	top := w.Win.Canvas().Overlays().Top()
	if top == nil {
		return w.Keys
	}
	if o := w.over[top]; o != nil {
		return o.keys
	}
	return &kit.Keys{} // one of Fyne's own
}

// PutOver shows content over the window, with keys of its own. says tells it from
// others; focus has the keyboard first.
func (w *Window) PutOver(k *kit.Keys, says string, content fyne.CanvasObject, width float32, focus fyne.Focusable) *widget.PopUp {
	box := kit.Padded(24, 22, kit.FixedWidth(content, width), kit.NewPanel(kit.ColorCard, kit.ColorLine))
	pop := widget.NewModalPopUp(box, w.Win.Canvas())
	pop.Show()
	w.putOver(&overlay{k, says})
	w.Win.Canvas().Focus(focus)
	return pop
}

// EscapeHides makes Esc close a dialog that Fyne draws. Call it after Show.
func (w *Window) EscapeHides(hide func()) { w.putOver(&overlay{keys: &kit.Keys{OnEscape: hide}}) }

// ClearOverlays takes away all questions and menus: they are about a screen that
// is going.
func (w *Window) ClearOverlays() {
	overlays := w.Win.Canvas().Overlays()
	for _, over := range overlays.List() {
		overlays.Remove(over)
	}
}

// Alert says something that has no place on the screen. hide takes it away.
func (w *Window) Alert(title, text string) (hide func()) {
	return w.Offer(title, text, w.Words.T("button.ok"))
}

// Ask is [Window.Message] with Cancel.
func (w *Window) Ask(title, text, action string, do func()) {
	w.Message(title, text, w.Words.T("button.cancel"), action, do)
}

// Message shows a question over the window with one action that takes something
// away for good; see [Window.Offer].
func (w *Window) Message(title, text, away, action string, do func()) (hide func()) {
	return w.Offer(title, text, away, Choice{Label: action, Do: do, Danger: true})
}

// Choice is one of the actions of [Window.Offer].
type Choice struct {
	Label string
	Do    func()
	// Danger: it takes something away for good.
	Danger bool
}

// Offer shows a text over the window, unless it is there already. The button
// that takes it away is the safe choice: it is the filled one and has the focus,
// Enter and Esc. The actions are the others. hide takes the text away; it does
// nothing if this call showed none.
func (w *Window) Offer(title, text, away string, actions ...Choice) (hide func()) {
	says := title + "\n" + text
	if o := w.over[w.Win.Canvas().Overlays().Top()]; o != nil && o.says == says {
		return func() {}
	}
	k := w.NewKeys()
	var pop *widget.PopUp
	hide = func() { pop.Hide() }
	first := kit.NewButton(k, kit.Primary, away, hide)
	buttons := []fyne.CanvasObject{first}
	for _, action := range actions {
		kind := kit.Secondary
		if action.Danger {
			kind = kit.Danger
		}
		buttons = append(buttons, kit.NewButton(k, kind, action.Label, func() {
			hide()
			action.Do()
		}))
	}
	k.OnEnter, k.OnEscape = first.Press, hide
	content := kit.Column(kit.Gap, kit.Text(title, kit.Heading), kit.Text(text, kit.Body), kit.Flow(buttons...))
	pop = w.PutOver(k, says, content, 420, first)
	return hide
}
