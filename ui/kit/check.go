package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Check is Fyne's check box with Enter and Esc passed on, and with a label that
// wraps.
type Check struct {
	widget.Check
	keys  *Keys
	Label *Paragraph
	Ring  *Panel
}

// NewCheck makes a check box with its label.
func NewCheck(k *Keys, label string, on bool, changed func(bool)) *Check {
	t := &Check{keys: k, Label: Text(label, Body), Ring: NewPanel("", "")}
	t.Ring.Radius, t.Ring.Thick = SizeRadius, 2
	t.ExtendBaseWidget(t)
	t.Checked = on
	t.OnChanged = changed
	return t
}

// box is the width of the box itself, as in Fyne's check box.
func (t *Check) box() float32 {
	th := t.Theme()
	return th.Size(theme.SizeNameInlineIcon) + th.Size(theme.SizeNameInnerPadding) + 2*th.Size(theme.SizeNameInputBorder)
}

// HeightAt is the height of the wrapped label.
func (t *Check) HeightAt(width float32) float32 {
	return max(40, t.Label.HeightAt(width-t.box())+2*9)
}

// MinSize is for the current width.
func (t *Check) MinSize() fyne.Size {
	t.ExtendBaseWidget(t)
	width := t.Size().Width
	if width == 0 {
		width = guessWidth
	}
	return fyne.NewSize(t.box()+t.Label.MinSize().Width, t.HeightAt(width))
}

// Tapped takes a click anywhere on it, the label included.
func (t *Check) Tapped(*fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil {
		c.Focus(t)
	}
	t.SetChecked(!t.Checked)
}

func (t *Check) CreateRenderer() fyne.WidgetRenderer {
	check := inRunning(t.Check.CreateRenderer())
	lay := func(size fyne.Size) {
		check.Layout(size)
		w := size.Width - t.box()
		h := t.Label.HeightAt(w)
		t.Label.Move(fyne.NewPos(t.box(), (size.Height-h)/2))
		t.Label.Resize(fyne.NewSize(w, h))
		// Around box and label, however wide the line is.
		label := t.Label.Measure(t.Label.Text) + 12
		t.Ring.Resize(fyne.NewSize(min(size.Width, t.box()+label), size.Height))
	}
	return newRenderer(lay, t.MinSize, func() {
		check.Refresh()
		t.Label.Refresh()
		t.Ring.Refresh()
	}, append(check.Objects(), t.Label, t.Ring)...)
}

// FocusGained shows the ring in place of Fyne's dot behind the box.
func (t *Check) FocusGained() {
	t.Ring.Line = ColorAccent
	t.Ring.Refresh()
	t.keys.gained(t)
}

func (t *Check) FocusLost() {
	t.Ring.Line = ""
	t.Ring.Refresh()
}

func (t *Check) TypedKey(ev *fyne.KeyEvent) {
	if !t.keys.Typed(ev) {
		t.Check.TypedKey(ev)
	}
}
