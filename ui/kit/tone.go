package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Tone is what a banner, a pill or a note says next to its words. It shows in a
// sign as well as in a color.
type Tone int

// The tones.
const (
	Info Tone = iota
	Success
	Warning
	Error
)

func (m Tone) roles() (fill, text fyne.ThemeColorName, sign string) {
	switch m {
	case Success:
		return ColorSuccessField, ColorSuccess, "✓"
	case Warning:
		return ColorWarningField, ColorWarning, "!"
	case Error:
		return ColorErrorField, ColorError, "!"
	default:
		return ColorTint, ColorOnTint, ""
	}
}

// Banner is a tinted strip that says one thing and may offer actions.
func Banner(m Tone, text string, actions ...fyne.CanvasObject) *fyne.Container {
	fill, ink, sign := m.roles()
	for _, o := range actions {
		if b, ok := o.(*Button); ok {
			b.Raised = true
		}
	}
	var line fyne.CanvasObject = Text(text, Body.In(ink))
	bg := NewPanel(fill, "")
	if len(actions) == 1 && sign == "" {
		return Padded(16, 11, Row(0, line, actions[0]), bg)
	}
	if sign != "" {
		line = TopRow(1, Line(sign, Label.In(ink)), line)
	}
	blocks := []fyne.CanvasObject{line}
	if len(actions) > 0 {
		blocks = append(blocks, Flow(actions...))
	}
	return Padded(16, 12, Column(10, blocks...), bg)
}

// Pill is a short state in a colored capsule: the time that is left.
type Pill struct {
	widget.BaseWidget
	Tone Tone
	text string
}

// NewPill makes a pill.
func NewPill(m Tone, text string) *Pill {
	p := &Pill{Tone: m, text: text}
	p.ExtendBaseWidget(p)
	return p
}

// Set changes both, and repaints only if one of them differs.
func (p *Pill) Set(m Tone, text string) {
	if p.Tone == m && p.text == text {
		return
	}
	p.Tone, p.text = m, text
	p.Refresh()
}

func (p *Pill) CreateRenderer() fyne.WidgetRenderer {
	face, text := canvas.NewRectangle(nil), Line(p.text, Small.Bold().Centered())
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
		fill, ink, _ := p.Tone.roles()
		face.FillColor = themeColor(p, fill)
		text.Text, text.style.Color = p.text, ink
		face.Refresh()
		text.Refresh()
	}, face, text)
}

// Note is a line below a field that comes and goes: a hint, a correction, what
// is missing.
type Note struct {
	*Paragraph
}

// NewNote makes a hidden note.
func NewNote() Note {
	n := Note{&Paragraph{style: Small}}
	n.ExtendBaseWidget(n) // the note, not the text inside, is what gets drawn
	n.Hide()
	return n
}

// Say shows a text in a mood; an empty text hides the note.
func (n Note) Say(m Tone, text string) {
	if text == "" {
		n.Hide()
		return
	}
	_, ink, sign := m.roles()
	if m == Info {
		ink = ColorMuted
	}
	if sign != "" {
		text = sign + " " + text
	}
	n.SetStyle(Small.In(ink))
	n.SetText(text)
	n.Show()
}
