package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// ChoiceCard is a card that is pressed as a whole, with a drawing if there is
// room for one.
type ChoiceCard struct {
	Button
	Title, text *Paragraph
	Drawing     *Picture
	tinted      bool
}

// NewChoiceCard makes a card with the drawing of a file in drawings, without its
// suffix. A tinted card stands out from the others.
func NewChoiceCard(k *Keys, title, text, drawing string, tinted bool, press func()) *ChoiceCard {
	c := &ChoiceCard{
		Button:  Button{OnPress: press, Keys: k},
		Title:   Text(title, Heading),
		text:    Text(text, Small),
		Drawing: newDrawing(drawing),
		tinted:  tinted,
	}
	c.ExtendBaseWidget(c)
	return c
}

// FocusGained scrolls the page to the card, not to the button embedded in it.
func (c *ChoiceCard) FocusGained() {
	c.focused = true
	c.Keys.gained(c)
	c.Refresh()
}

// textWidth is the width of the texts in a card, and whether a drawing is beside
// them: not if they would have less than about 16 letters a line.
func (c *ChoiceCard) textWidth(width float32) (text float32, drawn bool) {
	all := width - 2*cardInset
	beside := all - cardInset - drawingWidth
	if beside < 16*c.Theme().Size(SizeText) {
		return all, false
	}
	return beside, true
}

// HeightAt is the height of both texts at a width, or of the drawing.
func (c *ChoiceCard) HeightAt(width float32) float32 {
	w, drawn := c.textWidth(width)
	h := c.Title.HeightAt(w) + GapTiny + c.text.HeightAt(w)
	if drawn {
		h = max(h, drawingHeight)
	}
	return h + 2*cardInset
}

// MinSize is a card's height at its current width.
func (c *ChoiceCard) MinSize() fyne.Size {
	w := c.Size().Width
	if w == 0 {
		w = guessWidth / 2
	}
	return fyne.NewSize(200, c.HeightAt(w))
}

const cardInset float32 = 20

func (c *ChoiceCard) CreateRenderer() fyne.WidgetRenderer {
	face := canvas.NewRectangle(nil)
	lay := func(size fyne.Size) {
		face.Resize(size)
		w, drawn := c.textWidth(size.Width)
		h := c.Title.HeightAt(w)
		c.Title.Move(fyne.NewPos(cardInset, cardInset))
		c.Title.Resize(fyne.NewSize(w, h))
		c.text.Move(fyne.NewPos(cardInset, cardInset+h+GapTiny))
		c.text.Resize(fyne.NewSize(w, c.text.HeightAt(w)))
		c.Drawing.Hidden = !drawn
		c.Drawing.Move(fyne.NewPos(size.Width-cardInset-drawingWidth, (size.Height-drawingHeight)/2))
		c.Drawing.Resize(fyne.NewSize(drawingWidth, drawingHeight))
	}
	return newRenderer(lay, c.MinSize, func() {
		role, line, thick := ColorCard, ColorLine, float32(1)
		if c.tinted {
			role = ColorTint
		}
		if c.hovered {
			line = ColorAccent
		}
		if c.focused {
			line, thick = ColorAccent, 2.5
		}
		face.FillColor = themeColor(c, role)
		face.StrokeColor = themeColor(c, line)
		face.StrokeWidth = thick
		face.CornerRadius = c.Theme().Size(SizeCard)
		face.Refresh()
	}, face, c.Title, c.text, c.Drawing)
}
