package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// ButtonKind is a button's weight.
type ButtonKind int

const (
	Primary   ButtonKind = iota // the one next thing on a screen
	Tonal                       // the action of a value, next to it: Copy
	Secondary                   // everything else
	Plain                       // looks like a link, and leads somewhere
	Danger                      // takes something away for good; never the first choice
)

// Button is SellerKey's button. Unlike Fyne's own it is pressed by Enter as
// well as by Space, passes Esc on, and shows its focus as a ring.
type Button struct {
	widget.BaseWidget
	Label   string
	Kind    ButtonKind
	OnPress func()
	Keys    *Keys

	Mark        string // a sign before the label: a tick when it is done
	HasArrow    bool   // it opens a menu or more fields: an arrow after the label
	Raised      bool   // it is on a tinted background, where the usual face is hard to see
	CopiesValue bool   // it copies the value next to it, and so does Ctrl+C
	Fixed       bool   // it is outside of what scrolls, so focus scrolls nothing

	focused, hovered, pressed, disabled bool

	words *Paragraph // the label as it is drawn, see says
}

// NewButton makes a button; press may be nil.
func NewButton(k *Keys, kind ButtonKind, label string, press func()) *Button {
	b := &Button{Label: label, Kind: kind, OnPress: press, Keys: k}
	b.ExtendBaseWidget(b)
	return b
}

// Press does what a click does.
func (b *Button) Press() {
	if !b.disabled && b.OnPress != nil {
		b.OnPress()
	}
}

// Copies marks the button as one that copies a value.
func (b *Button) Copies() *Button {
	b.CopiesValue = true
	return b
}

// Opens marks the button as one that opens something below it: an arrow shows.
func (b *Button) Opens() *Button {
	b.HasArrow = true
	return b
}

// SetLabel changes the label, and the mark before it.
func (b *Button) SetLabel(mark, label string) {
	b.Mark, b.Label = mark, label
	b.Refresh()
}

// SetKind changes the weight.
func (b *Button) SetKind(k ButtonKind) {
	b.Kind = k
	b.Refresh()
}

// Disable makes the button ignore presses, and gray.
func (b *Button) Disable() {
	b.disabled = true
	b.Refresh()
}

// Enable undoes Disable.
func (b *Button) Enable() {
	b.disabled = false
	b.Refresh()
}

// Disabled reports whether the button ignores presses.
func (b *Button) Disabled() bool { return b.disabled }

// Tapped takes a click.
func (b *Button) Tapped(*fyne.PointEvent) {
	if b.Keys.Clicked() {
		b.Press()
	}
}

func (b *Button) FocusGained() {
	b.focused = true
	if !b.Fixed {
		b.Keys.gained(b)
	}
	b.Refresh()
}

func (b *Button) FocusLost() {
	b.focused = false
	b.Refresh()
}

func (b *Button) TypedRune(rune) {}

func (b *Button) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		if b.Keys.Pressed() {
			b.Press()
		}
	default:
		if !b.Keys.Typed(e) {
			b.Keys.Scrolls(e)
		}
	}
}

func (b *Button) MouseIn(*desktop.MouseEvent) {
	b.hovered = true
	b.Refresh()
}
func (b *Button) MouseMoved(*desktop.MouseEvent) {}
func (b *Button) MouseOut() {
	b.hovered = false
	b.Refresh()
}

// MouseDown shows at once that the button was pressed; it acts when the mouse is
// released.
func (b *Button) MouseDown(*desktop.MouseEvent) {
	b.pressed = true
	b.Refresh()
}

// MouseUp ends what MouseDown shows.
func (b *Button) MouseUp(*desktop.MouseEvent) {
	b.pressed = false
	b.Refresh()
}

func (b *Button) Cursor() desktop.Cursor {
	if b.disabled {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

func (b *Button) padding() (x, y float32) {
	if b.Kind == Plain {
		return PlainInset, 6
	}
	return 18, 9
}

// PlainInset is the padding at the sides of a plain button's label.
const PlainInset float32 = 8

// hang is how far the button hangs out of a line that it begins or ends, so that
// its label lines up with what is above, not its invisible face.
func (b *Button) hang() float32 {
	if b.Kind == Plain {
		return PlainInset
	}
	return 0
}

// says is the label as a paragraph, which wraps in a narrow button.
func (b *Button) says() *Paragraph {
	if b.words == nil {
		b.words = Text("", Style{})
	}
	b.words.style = Style{Size: SizeText, Color: b.ink(), bold: b.Kind != Plain, align: fyne.TextAlignCenter, Lead: 1.47}
	b.words.Text = b.Label
	if b.Mark != "" {
		b.words.Text = b.Mark + " " + b.Label
	}
	return b.words
}

func (b *Button) ink() fyne.ThemeColorName {
	switch {
	case b.disabled:
		return theme.ColorNameDisabled
	case b.Kind == Primary:
		return ColorOnAccent
	case b.Kind == Tonal && !b.hovered:
		return ColorOnTint
	case b.Kind == Plain:
		return ColorAccent
	case b.Kind == Danger:
		return ColorError
	}
	return ColorText
}

// HeightAt is the height of the wrapped label, with its padding.
func (b *Button) HeightAt(width float32) float32 {
	x, y := b.padding()
	return max(b.says().HeightAt(width-2*x-b.arrow())+2*y, 34)
}

const arrowSide float32 = 20

func (b *Button) arrow() float32 {
	if b.HasArrow {
		return arrowSide
	}
	return 0
}

// face is the role of the button's face; "" for none.
func (b *Button) face() fyne.ThemeColorName {
	if b.disabled {
		return theme.ColorNameDisabledButton
	}
	var rest, hovered, pressed fyne.ThemeColorName
	switch b.Kind {
	case Primary:
		rest, hovered, pressed = ColorAccent, ColorAccentHover, ColorAccentPressed
	case Tonal:
		rest, hovered, pressed = ColorTint, ColorQuietHover, ColorQuietPressed
	case Plain:
		rest, hovered, pressed = "", ColorQuiet, ColorQuiet
	default:
		rest, hovered, pressed = ColorQuiet, ColorQuietHover, ColorQuietPressed
		if b.Raised {
			rest = ColorCard
		}
	}
	switch {
	case b.pressed:
		return pressed
	case b.hovered:
		return hovered
	}
	return rest
}

// newDown is an arrow that points down. It is not an image: Fyne repaints the
// window when a new one shows. Nor is it a polygon, which has a shader of its own
// to be compiled.
func newDown(size float32) *canvas.Text {
	return &canvas.Text{Text: "▼", TextSize: size, TextStyle: running(), Alignment: fyne.TextAlignCenter}
}

func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	ring, face, text := canvas.NewRectangle(nil), canvas.NewRectangle(nil), b.says()
	down := newDown(8)
	lay := func(size fyne.Size) {
		const out = 3
		ring.Move(fyne.NewPos(-out, -out))
		ring.Resize(fyne.NewSize(size.Width+2*out, size.Height+2*out))
		face.Resize(size)
		x, _ := b.padding()
		w := size.Width - 2*x - b.arrow()
		h := text.HeightAt(w)
		text.Move(fyne.NewPos(x, (size.Height-h)/2))
		text.Resize(fyne.NewSize(w, h))
		down.Move(fyne.NewPos(size.Width-arrowSide-4, (size.Height-arrowSide)/2))
		down.Resize(fyne.NewSize(arrowSide, arrowSide))
	}
	least := func() fyne.Size {
		x, _ := b.padding()
		says := b.says()
		w := says.Measure(says.Text) + 1 + 2*x + b.arrow()
		return fyne.NewSize(w, b.HeightAt(w))
	}
	return newRenderer(lay, least, func() {
		face.FillColor = nil
		if role := b.face(); role != "" {
			face.FillColor = themeColor(b, role)
		}
		face.CornerRadius = b.Theme().Size(SizeRadius)
		ring.StrokeColor, ring.StrokeWidth = themeColor(b, ColorAccent), 2
		ring.FillColor = nil
		ring.CornerRadius = face.CornerRadius + 3
		ring.Hidden = !b.focused

		down.Hidden = !b.HasArrow
		if b.HasArrow {
			down.Color = themeColor(b, b.ink())
			down.Refresh()
		}
		lay(b.Size())
		ring.Refresh()
		face.Refresh()
		b.says().Refresh()
	}, ring, face, text, down)
}

// AddCopyShortcut makes Ctrl+C or Cmd+C press the focused Copy button. In a field
// it copies the selection, as always.
func AddCopyShortcut(c fyne.Canvas) {
	c.AddShortcut(&fyne.ShortcutCopy{}, func(fyne.Shortcut) {
		if b, ok := c.Focused().(*Button); ok && b.CopiesValue {
			b.Press()
		}
	})
}
