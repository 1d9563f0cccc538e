package kit

import (
	"image/color"
	"sort"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sellerkey/sellerkey/ui/kit/fonts"
)

// Style is how a text looks: roles, not values.
type Style struct {
	Size  fyne.ThemeSizeName
	Color fyne.ThemeColorName
	bold  bool
	fixed bool // letters of one width, for values
	align fyne.TextAlign
	Lead  float32 // line height as a multiple of the size; 0 means 1.55
}

// The styles that screens use.
var (
	Title   = Style{Size: SizeTitle, Color: ColorText, bold: true, Lead: 1.35}
	Heading = Style{Size: SizeHeading, Color: ColorText, bold: true, Lead: 1.4}
	Body    = Style{Size: SizeText, Color: ColorText}
	Muted   = Style{Size: SizeText, Color: ColorMuted}
	Small   = Style{Size: SizeSmall, Color: ColorMuted}
	Label   = Style{Size: SizeText, Color: ColorText, bold: true, Lead: 1.4}
	Value   = Style{Size: SizeText, Color: ColorText, fixed: true}
)

// In returns the style in another color.
func (s Style) In(c fyne.ThemeColorName) Style { s.Color = c; return s }

// Bold returns the style in bold.
func (s Style) Bold() Style { s.bold = true; return s }

// Mono returns the style with letters of one width.
func (s Style) Mono() Style { s.fixed = true; return s }

// Sized returns the style in another size.
func (s Style) Sized(n fyne.ThemeSizeName) Style { s.Size = n; return s }

// Centered returns the style with the lines centered.
func (s Style) Centered() Style { s.align = fyne.TextAlignCenter; return s }

// Paragraph is text that wraps where its language allows a line break (see
// breakLines). Fyne's own label breaks at spaces only, which leaves ragged lines
// wherever a Japanese sentence contains a Latin word, and periods at the start
// of lines.
type Paragraph struct {
	widget.BaseWidget
	Text   string
	style  Style
	single bool // one line, as wide as it is
	cut    bool // one line, however long the text is

	// broken caches the lines: heights are asked for more often than anything
	// changes.
	broken struct {
		text        string
		style       Style
		size, width float32
		lines       []string
	}
}

// Text makes a paragraph that wraps.
func Text(text string, s Style) *Paragraph {
	p := &Paragraph{Text: text, style: s}
	p.ExtendBaseWidget(p)
	return p
}

// Line makes a paragraph that stays on one line, and ends in dots if it does not
// fit.
func Line(text string, s Style) *Paragraph {
	p := Text(text, s)
	p.single = true
	return p
}

// Cut makes a paragraph that shows as much of a long value as fits on a line.
func Cut(text string, s Style) *Paragraph {
	p := Line(text, s)
	p.cut = true
	return p
}

// SetText shows another text.
func (p *Paragraph) SetText(text string) {
	if text == p.Text {
		return
	}
	p.Text = text
	p.Refresh()
}

// SetStyle shows the text in another style.
func (p *Paragraph) SetStyle(s Style) {
	if s == p.style {
		return
	}
	p.style = s
	p.Refresh()
}

func (p *Paragraph) textSize() float32 { return p.Theme().Size(p.style.Size) }

// font is Fyne's style for the text, and a font in place of the theme's, or nil.
func (s Style) font() (fyne.TextStyle, fyne.Resource) {
	switch {
	case s.fixed:
		return fyne.TextStyle{Monospace: true}, theme.DefaultTextMonospaceFont()
	case s.bold:
		return fyne.TextStyle{Bold: true}, fonts.Bold()
	}
	return running(), nil
}

func (p *Paragraph) lineHeight() float32 {
	lead := p.style.Lead
	if lead == 0 {
		lead = 1.55
	}
	return p.textSize() * lead
}

// extent is the size of a line of the text.
func (p *Paragraph) extent(line string) fyne.Size {
	look, font := p.style.font()
	size, _ := fyne.CurrentApp().Driver().RenderedTextSize(line, p.textSize(), look, font)
	return size
}

// Measure is the width of a line in the paragraph's style.
func (p *Paragraph) Measure(s string) float32 { return p.extent(s).Width }

// HeightAt is the height of the wrapped text.
func (p *Paragraph) HeightAt(width float32) float32 {
	return float32(len(p.Lines(width))) * p.lineHeight()
}

// MinSize is the whole line if the text may not wrap, otherwise a width of a few
// characters and the height at the current width. It premeasures because Fyne
// asks a field's label for its size before the field.
func (p *Paragraph) MinSize() fyne.Size {
	p.ExtendBaseWidget(p)
	premeasure(p.Theme())
	switch {
	case p.cut:
		return fyne.NewSize(8*p.textSize(), p.lineHeight())
	case p.single:
		return fyne.NewSize(p.Measure(p.Text)+1, p.lineHeight())
	}
	width := p.Size().Width
	if width == 0 {
		width = guessWidth
	}
	return fyne.NewSize(min(p.Measure(p.Text)+1, 8*p.textSize()), p.HeightAt(width))
}

// Lines breaks the text into the lines that are drawn at a width.
func (p *Paragraph) Lines(width float32) []string {
	if p.single {
		return []string{shorten(p.Text, width, p.Measure)}
	}
	if width <= 0 {
		return []string{p.Text} // not laid out yet
	}
	b, size := &p.broken, p.textSize()
	if b.lines == nil || b.width != width || b.size != size || b.text != p.Text || b.style != p.style {
		b.text, b.style, b.size, b.width = p.Text, p.style, size, width
		if p.style.fixed {
			b.lines = breaker{measure: p.Measure, anywhere: true}.lines(p.Text, width)
		} else {
			b.lines = breaker{measure: p.Measure, keep: keepOf(p.Theme())}.even(p.Text, width)
		}
	}
	return b.lines
}

func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	var width float32 // for which the lines were broken
	r := &renderer{min: p.MinSize}
	r.refresh = func() {
		width = p.Size().Width
		r.objects = p.draw(r.objects)
	}
	// Fyne lays everything out a second time just before it paints, and repaints
	// what has changed by then.
	r.layout = func(size fyne.Size) {
		if size.Width != width {
			r.refresh()
		}
	}
	if p.Size().Width > 0 { // otherwise a layout is still to come
		r.refresh()
	}
	return r
}

// draw puts the lines into texts, and makes more of them as needed.
func (p *Paragraph) draw(texts []fyne.CanvasObject) []fyne.CanvasObject {
	width := p.Size().Width
	if width == 0 {
		width = guessWidth
	}
	lines := p.Lines(width)
	for len(texts) < len(lines) {
		texts = append(texts, canvas.NewText("", color.Black))
	}
	texts = texts[:len(lines)]
	for i, line := range lines {
		p.drawLine(texts[i].(*canvas.Text), line, float32(i)*p.lineHeight(), width)
	}
	return texts
}

// drawLine draws a line in the middle of its height.
func (p *Paragraph) drawLine(t *canvas.Text, line string, y, width float32) {
	t.TextStyle, t.FontSource = p.style.font()
	t.Text, t.TextSize, t.Color = line, p.textSize(), themeColor(p, p.style.Color)
	size := p.extent(line)
	var x float32
	switch p.style.align {
	case fyne.TextAlignCenter:
		x = (width - size.Width) / 2
	case fyne.TextAlignTrailing:
		x = width - size.Width
	}
	t.Move(fyne.NewPos(x, y+(p.lineHeight()-size.Height)/2))
	t.Resize(size)
	t.Refresh()
}

// themeColor is the color of a role in a widget's theme.
func themeColor(w interface{ Theme() fyne.Theme }, n fyne.ThemeColorName) color.Color {
	return w.Theme().Color(n, fyne.CurrentApp().Settings().ThemeVariant())
}

// shorten cuts a text that is too long for its line and ends it with dots. Our
// texts all fit; a name that a person chose may not.
func shorten(text string, width float32, measure func(string) float32) string {
	if measure(text) <= width+1 {
		return text
	}
	runes := []rune(text)
	n := sort.Search(len(runes), func(n int) bool { return measure(string(runes[:n+1])+"…") > width })
	return strings.TrimRight(string(runes[:n]), " ") + "…"
}
