package ui

import (
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// panel is a rounded rectangle, filled or outlined or both; its colors are
// roles, so it follows a change of the theme.
type panel struct {
	widget.BaseWidget
	fill, line fyne.ThemeColorName // "" for none
	radius     fyne.ThemeSizeName  // "" for square corners
	thick      float32             // of the line
}

func newPanel(fill, line fyne.ThemeColorName) *panel {
	p := &panel{fill: fill, line: line, radius: sizeCard, thick: 1}
	p.ExtendBaseWidget(p)
	return p
}

func (p *panel) CreateRenderer() fyne.WidgetRenderer {
	rect := canvas.NewRectangle(nil)
	return newRenderer(rect.Resize, func() fyne.Size { return fyne.Size{} }, func() {
		rect.FillColor, rect.StrokeColor, rect.StrokeWidth = nil, nil, 0
		if p.fill != "" {
			rect.FillColor = themeColor(p, p.fill)
		}
		if p.line != "" {
			rect.StrokeColor, rect.StrokeWidth = themeColor(p, p.line), p.thick
		}
		rect.CornerRadius = 0
		if p.radius != "" {
			rect.CornerRadius = p.Theme().Size(p.radius)
		}
		rect.Refresh()
	}, rect)
}

// newCard stacks blocks on a card.
func newCard(blocks ...fyne.CanvasObject) *fyne.Container {
	return newPadded(inset, 16, newColumn(10, blocks...), newPanel(colorCard, colorLine))
}

// newHeading is a page's title with the line below it.
func newHeading(title, lead string) *fyne.Container {
	return newColumn(gapTiny, newText(title, styleTitle()), newText(lead, styleMuted()))
}

// newField is a labeled input with help below it.
func newField(label string, input fyne.CanvasObject, below ...fyne.CanvasObject) *fyne.Container {
	blocks := append([]fyne.CanvasObject{newText(label, styleLabel()), input}, below...)
	return newColumn(gapTiny, blocks...)
}

// newRule is a thin line across.
func newRule() fyne.CanvasObject {
	r := newPanel(colorLine, "")
	r.radius = ""
	return newSized(r, fyne.NewSize(1, 1))
}

// disc is a round sign in the accent's color: a number, a tick.
type disc struct {
	widget.BaseWidget
	sign string
}

func newDisc(sign string) *disc {
	d := &disc{sign: sign}
	d.ExtendBaseWidget(d)
	return d
}

func (d *disc) CreateRenderer() fyne.WidgetRenderer {
	face := canvas.NewCircle(nil)
	text := newLine(d.sign, styleSmall().strong().in(colorOnAccent).centred())
	side := func() float32 { return d.Theme().Size(sizeSmall) * 1.65 }
	lay := func(fyne.Size) {
		face.Resize(fyne.NewSquareSize(side()))
		h := text.MinSize().Height
		text.Move(fyne.NewPos(0, (side()-h)/2))
		text.Resize(fyne.NewSize(side(), h))
	}
	return newRenderer(lay, func() fyne.Size { return fyne.NewSquareSize(side()) }, func() {
		face.FillColor = themeColor(d, colorAccent)
		lay(d.Size())
		face.Refresh()
		text.Refresh()
	}, face, text)
}

// logo is the app's mark: a rounded square with a ring, in the accent's color.
type logo struct {
	widget.BaseWidget
	side float32
}

func newLogo(side float32) *logo {
	l := &logo{side: side}
	l.ExtendBaseWidget(l)
	return l
}

func (l *logo) CreateRenderer() fyne.WidgetRenderer {
	square, ring := canvas.NewRectangle(nil), canvas.NewCircle(nil)
	lay := func(size fyne.Size) {
		s := min(size.Width, size.Height)
		square.Resize(fyne.NewSize(s, s))
		square.CornerRadius = s * 0.27
		// Whole numbers: Fyne stores a circle as two corners and takes a rounding
		// error between them for a change of size, which repaints the window.
		whole := func(share float32) float32 { return float32(math.Round(float64(s * share))) }
		ring.Move(fyne.NewPos(whole(0.36), whole(0.14)))
		ring.Resize(fyne.NewSquareSize(whole(0.5)))
		ring.StrokeWidth = s * 0.1
	}
	return newRenderer(lay, func() fyne.Size { return fyne.NewSquareSize(l.side) }, func() {
		square.FillColor = themeColor(l, colorAccent)
		ring.FillColor, ring.StrokeColor = nil, themeColor(l, colorOnAccent)
		square.Refresh()
		ring.Refresh()
	}, square, ring)
}

// busy is a bar that shows that something is going on. It moves four times a
// second, because each step repaints the whole window; Fyne's own bar moves
// sixty times, which keeps a laptop without a fast graphics card busy.
type busy struct {
	widget.BaseWidget
	step int
}

const (
	busySteps = 8
	busyStep  = time.Second / 4
)

// newBusy returns a bar, and the animation that moves it, already running; nil
// if the bar is to keep still. The caller stops the animation.
func newBusy(still bool) (fyne.CanvasObject, *fyne.Animation) {
	b := &busy{}
	b.ExtendBaseWidget(b)
	bar := newSized(b, fyne.NewSize(120, 6))
	if still {
		return bar, nil
	}
	moving := &fyne.Animation{
		Duration: busySteps * busyStep, Curve: fyne.AnimationLinear, RepeatCount: fyne.AnimationRepeatForever,
		Tick: func(part float32) {
			if step := int(part * busySteps); step%busySteps != b.step {
				b.step = step % busySteps
				b.Refresh()
			}
		},
	}
	moving.Start()
	return bar, moving
}

func (b *busy) CreateRenderer() fyne.WidgetRenderer {
	track, piece := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	lay := func(size fyne.Size) {
		track.Resize(size)
		track.CornerRadius, piece.CornerRadius = size.Height/2, size.Height/2
		piece.Resize(fyne.NewSize(size.Width/busySteps, size.Height))
		piece.Move(fyne.NewPos(size.Width/busySteps*float32(b.step), 0))
	}
	return newRenderer(lay, func() fyne.Size { return fyne.NewSize(40, 6) }, func() {
		track.FillColor, piece.FillColor = themeColor(b, colorTint), themeColor(b, colorAccent)
		lay(b.Size())
		track.Refresh()
		piece.Refresh()
	}, track, piece)
}
