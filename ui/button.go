package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// buttonKind is how much a button wants to be pressed.
type buttonKind int

const (
	primary   buttonKind = iota // the one next thing on a screen
	tonal                       // what a value is there for, beside it: Copy
	secondary                   // everything else
	plain                       // a link-like action in a corner
)

// button is SellerKey's button. Unlike Fyne's own it is pressed by Enter as
// well as by Space, passes Esc on, and shows its focus as a ring.
type button struct {
	widget.BaseWidget
	label string
	kind  buttonKind
	press func()
	keys  *keys

	mark   string // a sign before the label: a tick once what it does is done
	opens  bool   // it opens a menu or more fields: an arrow behind the label
	raised bool   // on a tinted field, where the usual face would be lost

	// copies: it copies the value that it stands beside, and so does Ctrl+C.
	copies bool
	// fixed: it stands outside what scrolls, so focus scrolls nothing.
	fixed bool

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

// plainInset is the room at the sides of a plain button's label.
const plainInset float32 = 8

// says is the label, wrapped where the button has to be narrower than it.
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

// HeightAt is the height of the label at a width, and of what is around it.
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

func (b *button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{
		b:    b,
		ring: canvas.NewRectangle(nil),
		face: canvas.NewRectangle(nil),
		text: b.says(),
		down: &canvas.Text{Text: "▼", TextSize: 8, TextStyle: running(), Alignment: fyne.TextAlignCenter},
	}
	r.Refresh()
	return r
}

type buttonRenderer struct {
	b          *button
	ring, face *canvas.Rectangle
	text       *paragraph
	// Neither a picture, as whenever a new one shows Fyne paints the window
	// twice, nor a polygon, which has a shader of its own to be translated.
	down *canvas.Text
}

func (r *buttonRenderer) Layout(size fyne.Size) {
	const out = 3
	r.ring.Move(fyne.NewPos(-out, -out))
	r.ring.Resize(fyne.NewSize(size.Width+2*out, size.Height+2*out))
	r.face.Resize(size)
	x, _ := r.b.padding()
	w := size.Width - 2*x - r.b.arrow()
	h := r.text.HeightAt(w)
	r.text.Move(fyne.NewPos(x, (size.Height-h)/2))
	r.text.Resize(fyne.NewSize(w, h))
	r.down.Move(fyne.NewPos(size.Width-arrowSide-4, (size.Height-arrowSide)/2))
	r.down.Resize(fyne.NewSize(arrowSide, arrowSide))
}

func (r *buttonRenderer) MinSize() fyne.Size {
	x, _ := r.b.padding()
	says := r.b.says()
	w := says.measure(says.text) + 1 + 2*x + r.b.arrow()
	return fyne.NewSize(w, r.b.HeightAt(w))
}

func (r *buttonRenderer) Refresh() {
	b := r.b
	face := colorQuiet
	switch b.kind {
	case primary:
		face = colorAccent
		if b.hovered {
			face = colorAccentHi
		}
	case tonal:
		face = colorTint
		if b.hovered {
			face = colorQuietHi
		}
	case secondary:
		if b.raised {
			face = colorCard
		}
		if b.hovered {
			face = colorQuietHi
		}
	case plain:
		face = ""
		if b.hovered {
			face = colorQuiet
		}
	}
	if b.disabled {
		face = theme.ColorNameDisabledButton
	}
	r.face.FillColor = nil
	if face != "" {
		r.face.FillColor = themeColor(b, face)
	}
	r.face.CornerRadius = b.Theme().Size(sizeRadius)
	r.ring.StrokeColor, r.ring.StrokeWidth = themeColor(b, colorAccent), 2
	r.ring.FillColor = nil
	r.ring.CornerRadius = r.face.CornerRadius + 3
	r.ring.Hidden = !b.focused

	r.down.Hidden = !b.opens
	if b.opens {
		r.down.Color = themeColor(b, b.ink())
		r.down.Refresh()
	}
	r.Layout(b.Size())
	r.ring.Refresh()
	r.face.Refresh()
	b.says().Refresh()
}

func (r *buttonRenderer) Destroy() {}
func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ring, r.face, r.text, r.down}
}

// choiceCard is a card that is pressed as a whole: one of the ways to start,
// with a drawing where there is room for one.
type choiceCard struct {
	button
	title, text *paragraph
	drawing     *drawing
	tinted      bool
}

func newChoiceCard(k *keys, title, text, picture string, tinted bool, press func()) *choiceCard {
	c := &choiceCard{
		button:  button{press: press, keys: k},
		title:   newText(title, styleHead()),
		text:    newText(text, styleSmall()),
		drawing: newDrawing(picture),
		tinted:  tinted,
	}
	c.ExtendBaseWidget(c)
	return c
}

// FocusGained marks the card; it is the card, not the button inside, that the
// page scrolls to.
func (c *choiceCard) FocusGained() {
	c.focused = true
	c.keys.gained(c)
	c.Refresh()
}

// textWidth is the width of the texts in a card, and whether a drawing stands
// beside them: not where they would have less than some 16 letters a line.
func (c *choiceCard) textWidth(width float32) (text float32, drawn bool) {
	all := width - 2*cardInset
	beside := all - cardInset - drawingWidth
	if beside < 16*c.Theme().Size(sizeText) {
		return all, false
	}
	return beside, true
}

// HeightAt is the height of both texts at a width, or of the drawing.
func (c *choiceCard) HeightAt(width float32) float32 {
	w, drawn := c.textWidth(width)
	h := c.title.HeightAt(w) + gapTiny + c.text.HeightAt(w)
	if drawn {
		h = max(h, drawingHeight)
	}
	return h + 2*cardInset
}

// MinSize is a card's height at its present width.
func (c *choiceCard) MinSize() fyne.Size {
	w := c.Size().Width
	if w == 0 {
		w = guessWidth / 2
	}
	return fyne.NewSize(200, c.HeightAt(w))
}

const cardInset float32 = 20

func (c *choiceCard) CreateRenderer() fyne.WidgetRenderer {
	r := &choiceRenderer{c: c, face: canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

type choiceRenderer struct {
	c    *choiceCard
	face *canvas.Rectangle
}

func (r *choiceRenderer) Layout(size fyne.Size) {
	c := r.c
	r.face.Resize(size)
	w, drawn := c.textWidth(size.Width)
	h := c.title.HeightAt(w)
	c.title.Move(fyne.NewPos(cardInset, cardInset))
	c.title.Resize(fyne.NewSize(w, h))
	c.text.Move(fyne.NewPos(cardInset, cardInset+h+gapTiny))
	c.text.Resize(fyne.NewSize(w, c.text.HeightAt(w)))
	c.drawing.Hidden = !drawn
	c.drawing.Move(fyne.NewPos(size.Width-cardInset-drawingWidth, (size.Height-drawingHeight)/2))
	c.drawing.Resize(fyne.NewSize(drawingWidth, drawingHeight))
}
func (r *choiceRenderer) MinSize() fyne.Size { return r.c.MinSize() }
func (r *choiceRenderer) Refresh() {
	c := r.c
	face, line, thick := colorCard, colorLine, float32(1)
	if c.tinted {
		face = colorTint
	}
	if c.hovered {
		line = colorAccent
	}
	if c.focused {
		line, thick = colorAccent, 2.5
	}
	r.face.FillColor = themeColor(c, face)
	r.face.StrokeColor = themeColor(c, line)
	r.face.StrokeWidth = thick
	r.face.CornerRadius = c.Theme().Size(sizeCard)
	r.face.Refresh()
	c.title.Refresh()
	c.text.Refresh()
	c.drawing.Refresh()
}
func (r *choiceRenderer) Destroy() {}
func (r *choiceRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.face, r.c.title, r.c.text, r.c.drawing}
}
