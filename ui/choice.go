package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// choice is Fyne's select with Enter and Esc passed on.
type choice struct {
	widget.Select
	keys *keys
	ring *panel
}

func newChoice(k *keys, options []string, selected int, changed func(int)) *choice {
	c := &choice{keys: k, ring: newPanel("", colorControl)}
	c.ring.radius = sizeRadius
	c.ExtendBaseWidget(c)
	c.Options, c.PlaceHolder = options, "…" // Fyne's own is in English
	if selected >= 0 && selected < len(options) {
		c.Selected = options[selected]
	}
	c.OnChanged = func(string) { changed(c.SelectedIndex()) }
	return c
}

// CreateRenderer draws Fyne's select with the outline of our other inputs.
func (c *choice) CreateRenderer() fyne.WidgetRenderer {
	premeasure(c.Theme(), c.Selected)
	return &outlined{WidgetRenderer: inRunning(c.Select.CreateRenderer()), line: c.ring}
}

// MinSize is as high as an entry, so that fields line up.
func (c *choice) MinSize() fyne.Size {
	c.ExtendBaseWidget(c)
	premeasure(c.Theme(), c.PlaceHolder)
	m := c.Select.MinSize()
	return fyne.NewSize(m.Width, max(m.Height, 40))
}

// FocusGained shows the ring. It does not tell Fyne's select, which would show
// its tint as well.
func (c *choice) FocusGained() {
	c.ring.line, c.ring.thick = colorAccent, 2
	c.ring.Refresh()
	c.keys.gained(c)
}

func (c *choice) FocusLost() {
	c.ring.line, c.ring.thick = colorControl, 1
	c.ring.Refresh()
}

func (c *choice) TypedKey(ev *fyne.KeyEvent) {
	if !c.keys.typed(ev) {
		c.Select.TypedKey(ev)
	}
}

// tick is Fyne's check box with Enter and Esc passed on, and with a label that
// wraps.
type tick struct {
	widget.Check
	keys  *keys
	label *paragraph
	ring  *panel
}

func newTick(k *keys, label string, on bool, changed func(bool)) *tick {
	t := &tick{keys: k, label: newText(label, styleBody()), ring: newPanel("", "")}
	t.ring.radius, t.ring.thick = sizeRadius, 2
	t.ExtendBaseWidget(t)
	t.Checked = on
	t.OnChanged = changed
	return t
}

// box is the width of the box itself, as in Fyne's check box.
func (t *tick) box() float32 {
	th := t.Theme()
	return th.Size(theme.SizeNameInlineIcon) + th.Size(theme.SizeNameInnerPadding) + 2*th.Size(theme.SizeNameInputBorder)
}

// HeightAt is the height of the wrapped label.
func (t *tick) HeightAt(width float32) float32 {
	return max(40, t.label.HeightAt(width-t.box())+2*9)
}

// MinSize is for the current width.
func (t *tick) MinSize() fyne.Size {
	t.ExtendBaseWidget(t)
	width := t.Size().Width
	if width == 0 {
		width = guessWidth
	}
	return fyne.NewSize(t.box()+t.label.MinSize().Width, t.HeightAt(width))
}

// Tapped takes a click anywhere on it, the label included.
func (t *tick) Tapped(*fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil {
		c.Focus(t)
	}
	t.SetChecked(!t.Checked)
}

func (t *tick) CreateRenderer() fyne.WidgetRenderer {
	check := inRunning(t.Check.CreateRenderer())
	lay := func(size fyne.Size) {
		check.Layout(size)
		w := size.Width - t.box()
		h := t.label.HeightAt(w)
		t.label.Move(fyne.NewPos(t.box(), (size.Height-h)/2))
		t.label.Resize(fyne.NewSize(w, h))
		// Around box and label, however wide the line is.
		label := t.label.measure(t.label.text) + 12
		t.ring.Resize(fyne.NewSize(min(size.Width, t.box()+label), size.Height))
	}
	return newRenderer(lay, t.MinSize, func() {
		check.Refresh()
		t.label.Refresh()
		t.ring.Refresh()
	}, append(check.Objects(), t.label, t.ring)...)
}

// FocusGained shows the ring in place of Fyne's dot behind the box.
func (t *tick) FocusGained() {
	t.ring.line = colorAccent
	t.ring.Refresh()
	t.keys.gained(t)
}

func (t *tick) FocusLost() {
	t.ring.line = ""
	t.ring.Refresh()
}

func (t *tick) TypedKey(ev *fyne.KeyEvent) {
	if !t.keys.typed(ev) {
		t.Check.TypedKey(ev)
	}
}
