package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Select is Fyne's select with Enter and Esc passed on.
type Select struct {
	widget.Select
	keys *Keys
	Ring *Panel
}

func NewSelect(k *Keys, options []string, selected int, changed func(int)) *Select {
	c := &Select{keys: k, Ring: NewPanel("", ColorControl)}
	c.Ring.Radius = SizeRadius
	c.ExtendBaseWidget(c)
	c.Options, c.PlaceHolder = options, "…" // Fyne's own is in English
	if selected >= 0 && selected < len(options) {
		c.Selected = options[selected]
	}
	c.OnChanged = func(string) { changed(c.SelectedIndex()) }
	return c
}

// CreateRenderer draws Fyne's select with the outline of our other inputs.
func (c *Select) CreateRenderer() fyne.WidgetRenderer {
	premeasure(c.Theme(), c.Selected)
	return &outlined{WidgetRenderer: inRunning(c.Select.CreateRenderer()), line: c.Ring}
}

// MinSize is as high as an entry, so that fields line up.
func (c *Select) MinSize() fyne.Size {
	c.ExtendBaseWidget(c)
	premeasure(c.Theme(), c.PlaceHolder)
	m := c.Select.MinSize()
	return fyne.NewSize(m.Width, max(m.Height, 40))
}

// FocusGained shows the ring. It does not tell Fyne's select, which would show
// its tint as well.
func (c *Select) FocusGained() {
	c.Ring.Line, c.Ring.Thick = ColorAccent, 2
	c.Ring.Refresh()
	c.keys.gained(c)
}

func (c *Select) FocusLost() {
	c.Ring.Line, c.Ring.Thick = ColorControl, 1
	c.Ring.Refresh()
}

func (c *Select) TypedKey(ev *fyne.KeyEvent) {
	if !c.keys.Typed(ev) {
		c.Select.TypedKey(ev)
	}
}

// Check is Fyne's check box with Enter and Esc passed on, and with a label that
// wraps.
type Check struct {
	widget.Check
	keys  *Keys
	Label *Paragraph
	Ring  *Panel
}

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
