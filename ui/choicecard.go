package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// choiceCard is a card that is pressed as a whole, with a drawing if there is
// room for one.
type choiceCard struct {
	button
	title, text *paragraph
	drawing     *picture
	tinted      bool
}

func newChoiceCard(k *keys, title, text, drawing string, tinted bool, press func()) *choiceCard {
	c := &choiceCard{
		button:  button{press: press, keys: k},
		title:   newText(title, styleHead()),
		text:    newText(text, styleSmall()),
		drawing: newDrawing(drawing),
		tinted:  tinted,
	}
	c.ExtendBaseWidget(c)
	return c
}

// FocusGained scrolls the page to the card, not to the button embedded in it.
func (c *choiceCard) FocusGained() {
	c.focused = true
	c.keys.gained(c)
	c.Refresh()
}

// textWidth is the width of the texts in a card, and whether a drawing is beside
// them: not if they would have less than about 16 letters a line.
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

// MinSize is a card's height at its current width.
func (c *choiceCard) MinSize() fyne.Size {
	w := c.Size().Width
	if w == 0 {
		w = guessWidth / 2
	}
	return fyne.NewSize(200, c.HeightAt(w))
}

const cardInset float32 = 20

func (c *choiceCard) CreateRenderer() fyne.WidgetRenderer {
	face := canvas.NewRectangle(nil)
	lay := func(size fyne.Size) {
		face.Resize(size)
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
	return newRenderer(lay, c.MinSize, func() {
		role, line, thick := colorCard, colorLine, float32(1)
		if c.tinted {
			role = colorTint
		}
		if c.hovered {
			line = colorAccent
		}
		if c.focused {
			line, thick = colorAccent, 2.5
		}
		face.FillColor = themeColor(c, role)
		face.StrokeColor = themeColor(c, line)
		face.StrokeWidth = thick
		face.CornerRadius = c.Theme().Size(sizeCard)
		face.Refresh()
		c.title.Refresh()
		c.text.Refresh()
		c.drawing.Refresh()
	}, face, c.title, c.text, c.drawing)
}
