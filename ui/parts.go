package ui

import (
	"math"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/sellerkey/sellerkey/internal/walk"
)

// panel is a rounded field of one colour role, with or without an outline. It
// repaints itself when light and dark change.
type panel struct {
	widget.BaseWidget
	fill, line fyne.ThemeColorName
	radius     fyne.ThemeSizeName
	thick      float32
}

func newPanel(fill, line fyne.ThemeColorName) *panel {
	p := &panel{fill: fill, line: line, radius: sizeCard, thick: 1}
	p.ExtendBaseWidget(p)
	return p
}

func (p *panel) CreateRenderer() fyne.WidgetRenderer {
	r := &panelRenderer{p: p, rect: canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

type panelRenderer struct {
	p    *panel
	rect *canvas.Rectangle
}

func (r *panelRenderer) Layout(size fyne.Size) { r.rect.Resize(size) }
func (r *panelRenderer) MinSize() fyne.Size    { return fyne.Size{} }
func (r *panelRenderer) Destroy()              {}
func (r *panelRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.rect}
}

func (r *panelRenderer) Refresh() {
	r.rect.FillColor, r.rect.StrokeColor, r.rect.StrokeWidth = nil, nil, 0
	if r.p.fill != "" {
		r.rect.FillColor = themeColor(r.p, r.p.fill)
	}
	if r.p.line != "" {
		r.rect.StrokeColor, r.rect.StrokeWidth = themeColor(r.p, r.p.line), r.p.thick
	}
	r.rect.CornerRadius = 0
	if r.p.radius != "" {
		r.rect.CornerRadius = r.p.Theme().Size(r.p.radius)
	}
	r.rect.Refresh()
}

// newCard puts blocks on a card.
func newCard(blocks ...fyne.CanvasObject) *fyne.Container {
	return newPadded(inset, 16, newColumn(10, blocks...), newPanel(colorCard, colorLine))
}

// mood is what a banner, a pill or a mark says beside its words.
type mood int

const (
	calm mood = iota
	good
	soon
	wrong
)

func (m mood) roles() (fill, text fyne.ThemeColorName, sign string) {
	switch m {
	case good:
		return colorGoodField, colorGood, "✓"
	case soon:
		return colorSoonField, colorSoon, "!"
	case wrong:
		return colorWrongField, colorWrong, "!"
	default:
		return colorTint, colorOnTint, ""
	}
}

// newBanner is a tinted strip that says one thing and may offer to do it. Its
// mood shows in its sign as well as in its colour.
func newBanner(m mood, text string, actions ...fyne.CanvasObject) *fyne.Container {
	fill, ink, sign := m.roles()
	for _, o := range actions {
		if b, ok := o.(*button); ok {
			b.raised = true
		}
	}
	var blocks []fyne.CanvasObject
	line := newText(text, styleBody().in(ink))
	if sign != "" {
		mark := newLine(sign, styleLabel().in(ink))
		blocks = append(blocks, newTopRow(1, mark, line))
	} else {
		blocks = append(blocks, line)
	}
	bg := newPanel(fill, "")
	if len(actions) == 1 && sign == "" {
		return newPadded(16, 11, newRow(0, line, actions[0]), bg)
	}
	if len(actions) > 0 {
		blocks = append(blocks, newFlow(actions...))
	}
	return newPadded(16, 12, newColumn(10, blocks...), bg)
}

// calmly is what a countdown shows of the time that is left: steps of ten
// seconds, and single ones only at the very end. Nobody knows a code's age any
// better, a number that changes every second hurries people who have minutes,
// and each change paints the whole window. It never shows more than is left.
func calmly(left time.Duration) time.Duration {
	if left < calmStep {
		return left
	}
	return left.Truncate(calmStep)
}

const calmStep = 10 * time.Second

// codeClock is the countdown of a code: what is left at the most.
type codeClock struct {
	a    *App
	walk *walk.Walk
	pill *pill
	dead bool // when it was drawn
}

func newCodeClock(a *App, w *walk.Walk) *codeClock {
	c := &codeClock{a: a, walk: w, pill: newPill(soon, "")}
	c.start()
	return c
}

// start shows the countdown of the code that there is now.
func (c *codeClock) start() {
	c.dead = c.walk.CodeDead()
	c.tick(func() {})
	c.a.setClock()
}

// tick moves the countdown; only the pill repaints. When the code has died, the
// screen is drawn again. It returns how long the pill stays as it is, 0 for good.
func (c *codeClock) tick(redraw func()) (stays time.Duration) {
	left, ok := c.walk.CodeLeft()
	if !ok {
		return 0
	}
	mood, text := soon, c.a.words.Clock(calmly(left))
	switch {
	case left <= 0:
		mood, text = wrong, c.a.words.T("code.over")
	case left <= time.Minute:
		mood = wrong
	}
	c.pill.Set(mood, text)
	if c.walk.CodeDead() != c.dead {
		redraw()
	}
	switch {
	case left <= 0:
		return 0
	case left < calmStep:
		return until(left, time.Second)
	default:
		return until(left, calmStep)
	}
}

// until is how long it takes until a time that is left is below its last whole
// step, and shows as the next one.
func until(left, step time.Duration) time.Duration {
	return left%step + time.Millisecond
}

// pill is a short state in a coloured capsule: the time that is left.
type pill struct {
	widget.BaseWidget
	mood mood
	text string
}

func newPill(m mood, text string) *pill {
	p := &pill{mood: m, text: text}
	p.ExtendBaseWidget(p)
	return p
}

// Set changes both; drawing happens only when something did change.
func (p *pill) Set(m mood, text string) {
	if p.mood == m && p.text == text {
		return
	}
	p.mood, p.text = m, text
	p.Refresh()
}

func (p *pill) CreateRenderer() fyne.WidgetRenderer {
	r := &pillRenderer{p: p, face: canvas.NewRectangle(nil), text: newLine(p.text, styleSmall().strong().centred())}
	r.Refresh()
	return r
}

type pillRenderer struct {
	p    *pill
	face *canvas.Rectangle
	text *paragraph
}

func (r *pillRenderer) Layout(size fyne.Size) {
	r.face.Resize(size)
	r.face.CornerRadius = size.Height / 2
	h := r.text.MinSize().Height
	r.text.Move(fyne.NewPos(0, (size.Height-h)/2))
	r.text.Resize(fyne.NewSize(size.Width, h))
}

func (r *pillRenderer) MinSize() fyne.Size {
	t := r.text.MinSize()
	return fyne.NewSize(t.Width+26, t.Height+8)
}

func (r *pillRenderer) Refresh() {
	fill, ink, _ := r.p.mood.roles()
	r.face.FillColor = themeColor(r.p, fill)
	r.text.text, r.text.style.color = r.p.text, ink
	r.face.Refresh()
	r.text.Refresh()
}

func (r *pillRenderer) Destroy() {}
func (r *pillRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.face, r.text}
}

// stepState is how a step stands in the list at the left.
type stepState int

const (
	stepAhead stepState = iota
	stepHere
	stepDone
)

// stepItem is one step in the list at the left. A step that is done changes
// its shape (a filled disc with a tick for an outlined one with its number)
// as well as its colour. Pressing it goes there where that is possible.
type stepItem struct {
	button
	number int
	name   string
	state  stepState
	// compact shows the disc only: there is no room for the name.
	compact bool
}

func newStepItem(k *keys, number int, name string, state stepState, press func()) *stepItem {
	s := &stepItem{button: button{press: press, keys: k, disabled: press == nil}, number: number, name: name, state: state}
	s.ExtendBaseWidget(s)
	return s
}

// HeightAt is that of the name, not of a button's label.
func (s *stepItem) HeightAt(float32) float32 { return s.MinSize().Height }

func (s *stepItem) FocusGained() {
	s.focused = true
	s.Refresh()
}

func (s *stepItem) CreateRenderer() fyne.WidgetRenderer {
	r := &stepRenderer{
		s: s, field: canvas.NewRectangle(nil), disc: canvas.NewCircle(nil),
		sign: newLine("", styleSmall().strong().centred()), name: newText(s.name, styleBody()),
	}
	r.Refresh()
	return r
}

type stepRenderer struct {
	s     *stepItem
	field *canvas.Rectangle
	disc  *canvas.Circle
	sign  *paragraph
	name  *paragraph
}

const (
	discSize  float32 = 26
	stepInset float32 = 10
)

func (r *stepRenderer) nameWidth(width float32) float32 {
	return max(40, width-2*stepInset-discSize-12)
}

func (r *stepRenderer) Layout(size fyne.Size) {
	r.field.Resize(size)
	x, y := stepInset, (size.Height-discSize)/2
	if r.s.compact {
		x = (size.Width - discSize) / 2
	}
	r.disc.Move(fyne.NewPos(x, y))
	r.disc.Resize(fyne.NewSize(discSize, discSize))
	h := r.sign.MinSize().Height
	r.sign.Move(fyne.NewPos(x, (size.Height-h)/2))
	r.sign.Resize(fyne.NewSize(discSize, h))
	w := r.nameWidth(size.Width)
	nh := r.name.HeightAt(w)
	r.name.Move(fyne.NewPos(stepInset+discSize+12, (size.Height-nh)/2))
	r.name.Resize(fyne.NewSize(w, nh))
}

func (r *stepRenderer) MinSize() fyne.Size {
	if r.s.compact {
		return fyne.NewSquareSize(compactWidth - 2*compactInset)
	}
	width := r.s.Size().Width
	if width == 0 {
		width = railWidth - 36
	}
	return fyne.NewSize(120, max(44, r.name.HeightAt(r.nameWidth(width))+16))
}

func (r *stepRenderer) Refresh() {
	s := r.s
	r.field.CornerRadius = s.Theme().Size(sizeRadius)
	r.field.FillColor, r.field.StrokeColor, r.field.StrokeWidth = nil, nil, 0
	r.disc.FillColor, r.disc.StrokeColor, r.disc.StrokeWidth = nil, nil, 0
	r.sign.text = strconv.Itoa(s.number)
	look := styleMuted()
	look.lead = 1.35
	switch s.state {
	case stepHere:
		r.field.FillColor = themeColor(s, colorCard)
		r.disc.FillColor = themeColor(s, colorAccent)
		r.sign.style.color = colorOnAccent
		look = look.strong().in(colorText)
	case stepDone:
		r.disc.FillColor = themeColor(s, colorTint)
		r.sign.text, r.sign.style.color = "✓", colorOnTint
	default:
		r.disc.StrokeColor, r.disc.StrokeWidth = themeColor(s, colorControl), 1
		r.sign.style.color = colorMuted
	}
	if s.hovered && !s.disabled && s.state != stepHere {
		r.field.FillColor = themeColor(s, colorQuiet)
	}
	if s.focused {
		r.field.StrokeColor, r.field.StrokeWidth = themeColor(s, colorAccent), 2
	}
	r.name.style = look
	r.name.Refresh()
	r.Layout(s.Size())
	r.field.Refresh()
	r.disc.Refresh()
	r.sign.Refresh()
}

func (r *stepRenderer) Destroy() {}
func (r *stepRenderer) Objects() []fyne.CanvasObject {
	if r.s.compact {
		return []fyne.CanvasObject{r.field, r.disc, r.sign}
	}
	return []fyne.CanvasObject{r.field, r.disc, r.sign, r.name}
}

// newField is a labelled input with what helps below it.
func newField(label string, input fyne.CanvasObject, below ...fyne.CanvasObject) *fyne.Container {
	blocks := append([]fyne.CanvasObject{newText(label, styleLabel()), input}, below...)
	return newColumn(gapTiny, blocks...)
}

// note is a line below a field that comes and goes: a hint, a repair, what is
// missing.
type note struct {
	*paragraph
}

func newNote() note {
	n := note{&paragraph{style: styleSmall()}}
	n.ExtendBaseWidget(n) // the note, not the text inside, is what gets drawn
	n.Hide()
	return n
}

// Say shows a text in a mood; an empty one hides the line.
func (n note) Say(m mood, text string) {
	if text == "" {
		n.Hide()
		return
	}
	_, ink, sign := m.roles()
	if m == calm {
		ink = colorMuted
	}
	if sign != "" {
		text = sign + " " + text
	}
	n.SetStyle(styleSmall().in(ink))
	n.SetText(text)
	n.Show()
}

// newRule is a thin line across.
func newRule() fyne.CanvasObject {
	r := newPanel(colorLine, "")
	r.radius = ""
	return newSized(r, fyne.NewSize(1, 1))
}

// newSized gives an object a smallest size of its own.
func newSized(o fyne.CanvasObject, size fyne.Size) *fyne.Container {
	return container.New(&sized{size}, o)
}

type sized struct{ size fyne.Size }

func (s *sized) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
}
func (s *sized) MinSize([]fyne.CanvasObject) fyne.Size { return s.size }

// logo is the mark of the app: a rounded square with a ring, drawn in the
// accent so that it fits light and dark.
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
	r := &logoRenderer{l: l, square: canvas.NewRectangle(nil), ring: canvas.NewCircle(nil)}
	r.Refresh()
	return r
}

type logoRenderer struct {
	l      *logo
	square *canvas.Rectangle
	ring   *canvas.Circle
}

func (r *logoRenderer) Layout(size fyne.Size) {
	s := min(size.Width, size.Height)
	r.square.Resize(fyne.NewSize(s, s))
	r.square.CornerRadius = s * 0.27
	// Whole numbers: Fyne keeps a circle as two corners, and takes a rounding
	// error between them for another size, which paints the window once more.
	d := float32(math.Round(float64(s * 0.5)))
	r.ring.Move(fyne.NewPos(float32(math.Round(float64(s*0.36))), float32(math.Round(float64(s*0.14)))))
	r.ring.Resize(fyne.NewSize(d, d))
	r.ring.StrokeWidth = s * 0.1
}
func (r *logoRenderer) MinSize() fyne.Size { return fyne.NewSize(r.l.side, r.l.side) }
func (r *logoRenderer) Refresh() {
	r.square.FillColor = themeColor(r.l, colorAccent)
	r.ring.FillColor, r.ring.StrokeColor = nil, themeColor(r.l, colorOnAccent)
	r.square.Refresh()
	r.ring.Refresh()
}
func (r *logoRenderer) Destroy() {}
func (r *logoRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.square, r.ring}
}

// busy is a bar that shows that something is under way. It moves a step four
// times a second: every step paints the whole window anew, and Fyne's own bar
// takes sixty, which keeps a laptop without a fast graphics card busy.
type busy struct {
	widget.BaseWidget
	step int
}

const (
	busySteps = 8
	busyStep  = time.Second / 4
)

// newBusy makes a bar that moves until the screen is replaced, or stands still
// for whoever wants that; the words beside it say what is under way.
func (a *App) newBusy() fyne.CanvasObject {
	b := &busy{}
	b.ExtendBaseWidget(b)
	bar := newSized(b, fyne.NewSize(120, 6))
	if a.still() {
		return bar
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
	a.moving = append(a.moving, moving)
	return bar
}

func (b *busy) CreateRenderer() fyne.WidgetRenderer {
	r := &busyRenderer{b: b, track: canvas.NewRectangle(nil), piece: canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

type busyRenderer struct {
	b            *busy
	track, piece *canvas.Rectangle
}

func (r *busyRenderer) Layout(size fyne.Size) {
	r.track.Resize(size)
	r.track.CornerRadius, r.piece.CornerRadius = size.Height/2, size.Height/2
	r.piece.Resize(fyne.NewSize(size.Width/busySteps, size.Height))
	r.piece.Move(fyne.NewPos(size.Width/busySteps*float32(r.b.step), 0))
}

func (r *busyRenderer) MinSize() fyne.Size { return fyne.NewSize(40, 6) }

func (r *busyRenderer) Refresh() {
	r.track.FillColor, r.piece.FillColor = themeColor(r.b, colorTint), themeColor(r.b, colorAccent)
	r.Layout(r.b.Size())
	r.track.Refresh()
	r.piece.Refresh()
}

func (r *busyRenderer) Destroy() {}
func (r *busyRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.track, r.piece}
}
