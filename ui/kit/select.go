package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Select is Fyne's select with Enter and Esc passed on.
type Select struct {
	widget.Select
	keys *Keys
	Ring *Panel
}

// NewSelect makes a select; selected is the index of an option, or -1. It calls
// changed with the index of the new one.
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
