package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// mood is what a banner, a pill or a note says beside its words. It shows in a
// sign as well as in a color.
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

// newBanner is a tinted strip that says one thing and may offer actions.
func newBanner(m mood, text string, actions ...fyne.CanvasObject) *fyne.Container {
	fill, ink, sign := m.roles()
	for _, o := range actions {
		if b, ok := o.(*button); ok {
			b.raised = true
		}
	}
	var line fyne.CanvasObject = newText(text, styleBody().in(ink))
	bg := newPanel(fill, "")
	if len(actions) == 1 && sign == "" {
		return newPadded(16, 11, newRow(0, line, actions[0]), bg)
	}
	if sign != "" {
		line = newTopRow(1, newLine(sign, styleLabel().in(ink)), line)
	}
	blocks := []fyne.CanvasObject{line}
	if len(actions) > 0 {
		blocks = append(blocks, newFlow(actions...))
	}
	return newPadded(16, 12, newColumn(10, blocks...), bg)
}

// pill is a short state in a colored capsule: the time that is left.
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

// Set changes both, and repaints only if one of them differs.
func (p *pill) Set(m mood, text string) {
	if p.mood == m && p.text == text {
		return
	}
	p.mood, p.text = m, text
	p.Refresh()
}

func (p *pill) CreateRenderer() fyne.WidgetRenderer {
	face, text := canvas.NewRectangle(nil), newLine(p.text, styleSmall().strong().centred())
	lay := func(size fyne.Size) {
		face.Resize(size)
		face.CornerRadius = size.Height / 2
		h := text.MinSize().Height
		text.Move(fyne.NewPos(0, (size.Height-h)/2))
		text.Resize(fyne.NewSize(size.Width, h))
	}
	least := func() fyne.Size {
		t := text.MinSize()
		return fyne.NewSize(t.Width+26, t.Height+8)
	}
	return newRenderer(lay, least, func() {
		fill, ink, _ := p.mood.roles()
		face.FillColor = themeColor(p, fill)
		text.text, text.style.color = p.text, ink
		face.Refresh()
		text.Refresh()
	}, face, text)
}

// note is a line below a field that comes and goes: a hint, a correction, what
// is missing.
type note struct {
	*paragraph
}

func newNote() note {
	n := note{&paragraph{style: styleSmall()}}
	n.ExtendBaseWidget(n) // the note, not the text inside, is what gets drawn
	n.Hide()
	return n
}

// Say shows a text in a mood; an empty text hides the note.
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
