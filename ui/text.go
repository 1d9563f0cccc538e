package ui

import (
	"image/color"
	"sort"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sellerkey/sellerkey/ui/fonts"
)

// style is how a text looks: roles, not values.
type style struct {
	size  fyne.ThemeSizeName
	color fyne.ThemeColorName
	bold  bool
	fixed bool // letters of one width, for values
	align fyne.TextAlign
	lead  float32 // line height as a multiple of the size; 0 means 1.55
}

// The styles that screens use.
func styleTitle() style { return style{size: sizeTitle, color: colorText, bold: true, lead: 1.35} }
func styleHead() style  { return style{size: sizeHead, color: colorText, bold: true, lead: 1.4} }
func styleBody() style  { return style{size: sizeText, color: colorText} }
func styleMuted() style { return style{size: sizeText, color: colorMuted} }
func styleSmall() style { return style{size: sizeSmall, color: colorMuted} }
func styleLabel() style { return style{size: sizeText, color: colorText, bold: true, lead: 1.4} }
func styleValue() style { return style{size: sizeText, color: colorText, fixed: true} }

func (s style) in(c fyne.ThemeColorName) style   { s.color = c; return s }
func (s style) strong() style                    { s.bold = true; return s }
func (s style) mono() style                      { s.fixed = true; return s }
func (s style) sized(n fyne.ThemeSizeName) style { s.size = n; return s }
func (s style) centred() style                   { s.align = fyne.TextAlignCenter; return s }

// paragraph is text that wraps at the places where its language may break a
// line (Unicode Standard Annex 14): between kanji but not before 、 or 。,
// between words in the others, anywhere in a value that is longer than a line.
// Fyne's own label breaks at blanks, and so leaves ragged lines wherever a
// Japanese sentence holds a Latin word, and full stops at the start of lines.
type paragraph struct {
	widget.BaseWidget
	text  string
	style style
	// single keeps the text on one line, as wide as it is.
	single bool

	// broken are the lines that the text was broken into last: heights are asked
	// for more often than anything changes.
	broken struct {
		text        string
		style       style
		size, width float32
		lines       []string
	}
}

func newText(text string, s style) *paragraph {
	p := &paragraph{text: text, style: s}
	p.ExtendBaseWidget(p)
	return p
}

// newLine is text that stays on one line.
func newLine(text string, s style) *paragraph {
	p := newText(text, s)
	p.single = true
	return p
}

// SetText shows another text.
func (p *paragraph) SetText(text string) {
	if text == p.text {
		return
	}
	p.text = text
	p.Refresh()
}

// SetStyle shows the text in another style.
func (p *paragraph) SetStyle(s style) {
	if s == p.style {
		return
	}
	p.style = s
	p.Refresh()
}

func (p *paragraph) textSize() float32 { return p.Theme().Size(p.style.size) }

// font is what the text is drawn with: Fyne's style, and a font where the
// theme's is not asked.
func (s style) font() (fyne.TextStyle, fyne.Resource) {
	switch {
	case s.fixed:
		return fyne.TextStyle{Monospace: true}, theme.DefaultTextMonospaceFont()
	case s.bold:
		return fyne.TextStyle{Bold: true}, fonts.Bold()
	}
	return running(), nil
}

func (p *paragraph) lineHeight() float32 {
	lead := p.style.lead
	if lead == 0 {
		lead = 1.55
	}
	return p.textSize() * lead
}

// extent is the room that a line of the text takes.
func (p *paragraph) extent(line string) fyne.Size {
	look, font := p.style.font()
	size, _ := fyne.CurrentApp().Driver().RenderedTextSize(line, p.textSize(), look, font)
	return size
}

func (p *paragraph) measure(s string) float32 { return p.extent(s).Width }

// HeightAt is the height of the wrapped text.
func (p *paragraph) HeightAt(width float32) float32 {
	return float32(len(p.lines(width))) * p.lineHeight()
}

// MinSize is one line where the text may not wrap, otherwise the present
// wrapping and a width that holds a few characters. Fyne asks for it before it
// paints anything, the name of a field before the field.
func (p *paragraph) MinSize() fyne.Size {
	p.ExtendBaseWidget(p)
	premeasure(p.Theme())
	if p.single {
		return fyne.NewSize(p.measure(p.text)+1, p.lineHeight())
	}
	width := p.Size().Width
	if width == 0 {
		width = guessWidth
	}
	return fyne.NewSize(min(p.measure(p.text)+1, 8*p.textSize()), p.HeightAt(width))
}

func (p *paragraph) lines(width float32) []string {
	if p.single {
		return []string{shorten(p.text, width, p.measure)}
	}
	if width <= 0 {
		return []string{p.text} // not laid out yet
	}
	b, size := &p.broken, p.textSize()
	if b.lines == nil || b.width != width || b.size != size || b.text != p.text || b.style != p.style {
		b.text, b.style, b.size, b.width = p.text, p.style, size, width
		if p.style.fixed {
			b.lines = breakLines(p.text, width, p.measure)
		} else {
			b.lines = evenLines(p.text, width, p.measure)
		}
	}
	return b.lines
}

func (p *paragraph) CreateRenderer() fyne.WidgetRenderer {
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

// draw puts the lines into texts, taking those that are there already first.
func (p *paragraph) draw(texts []fyne.CanvasObject) []fyne.CanvasObject {
	width := p.Size().Width
	if width == 0 {
		width = guessWidth
	}
	lines := p.lines(width)
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
func (p *paragraph) drawLine(t *canvas.Text, line string, y, width float32) {
	t.TextStyle, t.FontSource = p.style.font()
	t.Text, t.TextSize, t.Color = line, p.textSize(), themeColor(p, p.style.color)
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

// themeColor is the colour of a role in a widget's theme.
func themeColor(w interface{ Theme() fyne.Theme }, n fyne.ThemeColorName) color.Color {
	return w.Theme().Color(n, fyne.CurrentApp().Settings().ThemeVariant())
}

// shorten ends a text that is too long for its one line with dots. Nothing of
// ours should be; a name that somebody gave may be.
func shorten(text string, width float32, measure func(string) float32) string {
	if measure(text) <= width+1 {
		return text
	}
	runes := []rune(text)
	n := sort.Search(len(runes), func(n int) bool { return measure(string(runes[:n+1])+"…") > width })
	return strings.TrimRight(string(runes[:n]), " ") + "…"
}
