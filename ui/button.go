package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// buttonKind is a button's weight.
type buttonKind int

const (
	primary   buttonKind = iota // the one next thing on a screen
	tonal                       // the action of a value, beside it: Copy
	secondary                   // everything else
	plain                       // an action that looks like a link
)

// button is SellerKey's button. Unlike Fyne's own it is pressed by Enter as
// well as by Space, passes Esc on, and shows its focus as a ring.
type button struct {
	widget.BaseWidget
	label string
	kind  buttonKind
	press func()
	keys  *keys

	mark   string // a sign before the label: a tick when it is done
	opens  bool   // it opens a menu or more fields: an arrow after the label
	raised bool   // it is on a tinted background, where the usual face is hard to see
	copies bool   // it copies the value beside it, and so does Ctrl+C
	fixed  bool   // it is outside of what scrolls, so focus scrolls nothing

	focused, hovered, disabled bool

	words *paragraph // the label as it is drawn, see says
}

func newButton(k *keys, kind buttonKind, label string, press func()) *button {
	b := &button{label: label, kind: kind, press: press, keys: k}
	b.ExtendBaseWidget(b)
	return b
}

// Press does what a click does.
func (b *button) Press() {
	if !b.disabled && b.press != nil {
		b.press()
	}
}

// Copies marks the button as one that copies a value.
func (b *button) Copies() *button {
	b.copies = true
	return b
}

// Opens marks the button as one that opens something below it.
func (b *button) Opens() *button {
	b.opens = true
	return b
}

// SetLabel changes the label, and the mark before it.
func (b *button) SetLabel(mark, label string) {
	b.mark, b.label = mark, label
	b.Refresh()
}

func (b *button) SetKind(k buttonKind) {
	b.kind = k
	b.Refresh()
}

func (b *button) Disable() {
	b.disabled = true
	b.Refresh()
}

func (b *button) Enable() {
	b.disabled = false
	b.Refresh()
}

func (b *button) Disabled() bool { return b.disabled }

// Tapped takes a click.
func (b *button) Tapped(*fyne.PointEvent) {
	if b.keys.clicked() {
		b.Press()
	}
}

func (b *button) FocusGained() {
	b.focused = true
	if !b.fixed {
		b.keys.gained(b)
	}
	b.Refresh()
}

func (b *button) FocusLost() {
	b.focused = false
	b.Refresh()
}

func (b *button) TypedRune(rune) {}

func (b *button) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		b.Press()
	default:
		if !b.keys.typed(e) {
			b.keys.scrolls(e)
		}
	}
}

func (b *button) MouseIn(*desktop.MouseEvent) {
	b.hovered = true
	b.Refresh()
}
func (b *button) MouseMoved(*desktop.MouseEvent) {}
func (b *button) MouseOut() {
	b.hovered = false
	b.Refresh()
}

func (b *button) Cursor() desktop.Cursor {
	if b.disabled {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

func (b *button) padding() (x, y float32) {
	if b.kind == plain {
		return plainInset, 6
	}
	return 18, 9
}

// plainInset is the padding at the sides of a plain button's label.
const plainInset float32 = 8

// says is the label as a paragraph, which wraps in a narrow button.
func (b *button) says() *paragraph {
	if b.words == nil {
		b.words = newText("", style{})
	}
	b.words.style = style{size: sizeText, color: b.ink(), bold: b.kind != plain, align: fyne.TextAlignCenter, lead: 1.47}
	b.words.text = b.label
	if b.mark != "" {
		b.words.text = b.mark + " " + b.label
	}
	return b.words
}

func (b *button) ink() fyne.ThemeColorName {
	switch {
	case b.disabled:
		return theme.ColorNameDisabled
	case b.kind == primary:
		return colorOnAccent
	case b.kind == tonal && !b.hovered:
		return colorOnTint
	case b.kind == plain && !b.hovered:
		return colorMuted
	}
	return colorText
}

// HeightAt is the height of the wrapped label, with its padding.
func (b *button) HeightAt(width float32) float32 {
	x, y := b.padding()
	return max(b.says().HeightAt(width-2*x-b.arrow())+2*y, 34)
}

const arrowSide float32 = 20

func (b *button) arrow() float32 {
	if b.opens {
		return arrowSide
	}
	return 0
}

// face is the role of the button's face; "" for none.
func (b *button) face() fyne.ThemeColorName {
	if b.disabled {
		return theme.ColorNameDisabledButton
	}
	var rest, hovered fyne.ThemeColorName
	switch b.kind {
	case primary:
		rest, hovered = colorAccent, colorAccentHi
	case tonal:
		rest, hovered = colorTint, colorQuietHi
	case plain:
		rest, hovered = "", colorQuiet
	default:
		rest, hovered = colorQuiet, colorQuietHi
		if b.raised {
			rest = colorCard
		}
	}
	if b.hovered {
		return hovered
	}
	return rest
}

func (b *button) CreateRenderer() fyne.WidgetRenderer {
	ring, face, text := canvas.NewRectangle(nil), canvas.NewRectangle(nil), b.says()
	// Not an image: Fyne repaints the window when a new one shows. Not a polygon:
	// it has a shader of its own to be compiled.
	down := &canvas.Text{Text: "▼", TextSize: 8, TextStyle: running(), Alignment: fyne.TextAlignCenter}
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
		w := says.measure(says.text) + 1 + 2*x + b.arrow()
		return fyne.NewSize(w, b.HeightAt(w))
	}
	return newRenderer(lay, least, func() {
		face.FillColor = nil
		if role := b.face(); role != "" {
			face.FillColor = themeColor(b, role)
		}
		face.CornerRadius = b.Theme().Size(sizeRadius)
		ring.StrokeColor, ring.StrokeWidth = themeColor(b, colorAccent), 2
		ring.FillColor = nil
		ring.CornerRadius = face.CornerRadius + 3
		ring.Hidden = !b.focused

		down.Hidden = !b.opens
		if b.opens {
			down.Color = themeColor(b, b.ink())
			down.Refresh()
		}
		lay(b.Size())
		ring.Refresh()
		face.Refresh()
		b.says().Refresh()
	}, ring, face, text, down)
}
