package kit

import (
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Panel is a rounded rectangle, filled or outlined or both; its colors are
// roles, so it follows a change of the theme.
type Panel struct {
	widget.BaseWidget
	Fill, Line fyne.ThemeColorName // "" for none
	Radius     fyne.ThemeSizeName  // "" for square corners
	Thick      float32             // of the line
}

// NewPanel makes a panel of a fill and a line color, either of which may be "".
// It has the round corners of a card.
func NewPanel(fill, line fyne.ThemeColorName) *Panel {
	p := &Panel{Fill: fill, Line: line, Radius: SizeCard, Thick: 1}
	p.ExtendBaseWidget(p)
	return p
}

func (p *Panel) CreateRenderer() fyne.WidgetRenderer {
	rect := canvas.NewRectangle(nil)
	return newRenderer(rect.Resize, func() fyne.Size { return fyne.Size{} }, func() {
		rect.FillColor, rect.StrokeColor, rect.StrokeWidth = nil, nil, 0
		if p.Fill != "" {
			rect.FillColor = themeColor(p, p.Fill)
		}
		if p.Line != "" {
			rect.StrokeColor, rect.StrokeWidth = themeColor(p, p.Line), p.Thick
		}
		rect.CornerRadius = 0
		if p.Radius != "" {
			rect.CornerRadius = p.Theme().Size(p.Radius)
		}
		rect.Refresh()
	}, rect)
}

// Card stacks blocks on a card.
func Card(blocks ...fyne.CanvasObject) *fyne.Container {
	return Padded(Inset, 16, Column(10, blocks...), NewPanel(ColorCard, ColorLine))
}

// Headed is a page's title with the line below it.
func Headed(title, lead string) *fyne.Container {
	return Column(GapTiny, Text(title, Title), Text(lead, Muted))
}

// Field is a labeled input with help below it.
func Field(label string, input fyne.CanvasObject, below ...fyne.CanvasObject) *fyne.Container {
	blocks := append([]fyne.CanvasObject{Text(label, Label), input}, below...)
	return Column(GapTiny, blocks...)
}

// Rule is a thin line across.
func Rule() fyne.CanvasObject {
	r := NewPanel(ColorLine, "")
	r.Radius = ""
	return Sized(r, fyne.NewSize(1, 1))
}

// disc is a round sign in the accent's color: a number, a tick.
type disc struct {
	widget.BaseWidget
	sign string
}

// NewDisc makes a disc with a sign of one character.
func NewDisc(sign string) *disc {
	d := &disc{sign: sign}
	d.ExtendBaseWidget(d)
	return d
}

func (d *disc) CreateRenderer() fyne.WidgetRenderer {
	face := canvas.NewCircle(nil)
	text := Line(d.sign, Small.Bold().In(ColorOnAccent).Centered())
	side := func() float32 { return d.Theme().Size(SizeSmall) * 1.65 }
	lay := func(fyne.Size) {
		face.Resize(fyne.NewSquareSize(side()))
		h := text.MinSize().Height
		text.Move(fyne.NewPos(0, (side()-h)/2))
		text.Resize(fyne.NewSize(side(), h))
	}
	return newRenderer(lay, func() fyne.Size { return fyne.NewSquareSize(side()) }, func() {
		face.FillColor = themeColor(d, ColorAccent)
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

// NewLogo makes a logo of a side length.
func NewLogo(side float32) *logo {
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
		square.FillColor = themeColor(l, ColorAccent)
		ring.FillColor, ring.StrokeColor = nil, themeColor(l, ColorOnAccent)
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

// NewBusy returns a bar, and the animation that moves it, already running; nil
// if the bar is to keep still. The caller stops the animation.
func NewBusy(still bool) (fyne.CanvasObject, *fyne.Animation) {
	b := &busy{}
	b.ExtendBaseWidget(b)
	bar := Sized(b, fyne.NewSize(120, 6))
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
		track.FillColor, piece.FillColor = themeColor(b, ColorTint), themeColor(b, ColorAccent)
		lay(b.Size())
		track.Refresh()
		piece.Refresh()
	}, track, piece)
}

// Gauge is a thin bar of which a share is filled.
type Gauge struct {
	widget.BaseWidget
	share float32
}

// NewGauge makes an empty gauge.
func NewGauge() *Gauge {
	g := &Gauge{}
	g.ExtendBaseWidget(g)
	return g
}

// Set fills a share from 0 to 1, and repaints only if it differs.
func (g *Gauge) Set(share float32) {
	if share = min(max(share, 0), 1); share != g.share {
		g.share = share
		g.Refresh()
	}
}

func (g *Gauge) CreateRenderer() fyne.WidgetRenderer {
	filled := canvas.NewRectangle(nil)
	lay := func(size fyne.Size) { filled.Resize(fyne.NewSize(size.Width*g.share, size.Height)) }
	return newRenderer(lay, func() fyne.Size { return fyne.NewSize(1, 3) }, func() {
		filled.FillColor = themeColor(g, ColorAccent)
		lay(g.Size())
		filled.Refresh()
	}, filled)
}

// LoadFonts sets the theme and makes Fyne read the fonts that every window
// needs. That takes a while, and can be done before there is a window.
func LoadFonts(app fyne.App, a Appearance, t TextSize) {
	app.Settings().SetTheme(NewTheme(a, t, nil))
	for _, s := range []Style{Body, Title} {
		Line("0", s).MinSize()
	}
}

// valueInset is the room at the sides of a value in its box.
const valueInset float32 = 12

// ValueBox frames a value that is there to be copied.
func ValueBox(value *Paragraph) fyne.CanvasObject {
	box := NewPanel("", ColorControl)
	box.Radius = SizeRadius
	return Padded(valueInset, 7, value, box)
}

// ValueRow puts a value in its box and its buttons beside one another, or the
// buttons below it if the value doesn't fit on a line beside them.
func ValueRow(value *Paragraph, buttons ...fyne.CanvasObject) *fyne.Container {
	return Beside(value.Measure(value.Text)+2*valueInset+1, ValueBox(value), buttons...)
}

// Beside puts buttons beside an object, or below it if they leave it less than the
// width that it needs.
func Beside(need float32, o fyne.CanvasObject, buttons ...fyne.CanvasObject) *fyne.Container {
	const gap = 10
	return container.New(&layout{place: func(objects []fyne.CanvasObject, size fyne.Size, put put) float32 {
		o, flow := objects[0], objects[1]
		w := float32(gap * (len(buttons) - 1))
		for _, b := range buttons {
			w += b.MinSize().Width
		}
		left := size.Width - w - gap
		if left < need {
			h, bh := HeightAt(o, size.Width), HeightAt(flow, size.Width)
			put(o, 0, 0, size.Width, h)
			put(flow, 0, h+gap, size.Width, bh)
			return h + gap + bh
		}
		h, bh := HeightAt(o, left), HeightAt(flow, w)
		all := max(h, bh)
		put(o, 0, (all-h)/2, left, h)
		put(flow, left+gap, (all-bh)/2, w, bh)
		return all
	}}, o, Flow(buttons...))
}
