package ui

import (
	"image/color"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/go-text/typesetting/segmenter"

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

// running is Fyne's style for running text and for what is typed into fields.
// For every other style of the theme Fyne goes through the system's fonts, all
// of them the first time, and loads the one for the system's language as well,
// in full (19 MB for Japanese), although ours has every character that is
// shown. Only symbols it draws with the fonts it has, and looks for one of the
// system when a character is in none of them.
func running() fyne.TextStyle { return fyne.TextStyle{Symbol: true} }

// premeasure measures what Fyne's fields measure in the theme's plain style,
// whatever their own, so that this style's fonts are not loaded for it: how high
// a line is at least, and in pickers the dots of a text that is too long, and
// the text they begin with. Fyne remembers a measure under the name of its font,
// none for the theme's, until nobody has asked for it for a minute.
func premeasure(look fyne.Theme, texts ...string) {
	for _, s := range append(texts, "M", "…") {
		fyne.CurrentApp().Driver().RenderedTextSize(s, look.Size(sizeText), fyne.TextStyle{}, fonts.Bold())
	}
}

// inRunning has a widget of Fyne's draw its texts as running text.
func inRunning(r fyne.WidgetRenderer) fyne.WidgetRenderer {
	for _, o := range r.Objects() {
		switch o := o.(type) {
		case *canvas.Text:
			o.TextStyle = running()
		case *widget.RichText:
			for _, part := range o.Segments {
				part.(*widget.TextSegment).Style.TextStyle = running()
			}
			o.Refresh()
		}
	}
	return r
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
	r := &paragraphRenderer{p: p}
	if p.Size().Width > 0 { // otherwise there is a layout to come
		r.Refresh()
	}
	return r
}

type paragraphRenderer struct {
	p       *paragraph
	objects []fyne.CanvasObject
	used    int
	width   float32 // for which the lines were broken
}

// Layout breaks the lines anew for another width only. Fyne lays everything out
// a second time just before it paints, and whatever changes then is painted
// twice.
func (r *paragraphRenderer) Layout(size fyne.Size) {
	if size.Width != r.width {
		r.Refresh()
	}
}

func (r *paragraphRenderer) MinSize() fyne.Size           { return r.p.MinSize() }
func (r *paragraphRenderer) Destroy()                     {}
func (r *paragraphRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *paragraphRenderer) Refresh() {
	p := r.p
	r.width = p.Size().Width
	width := r.width
	if width == 0 {
		width = guessWidth
	}
	r.used = 0
	for i, line := range p.lines(width) {
		r.line(line, float32(i)*p.lineHeight(), width)
	}
	r.objects = r.objects[:r.used]
	for _, o := range r.objects {
		o.Refresh()
	}
}

// line places a line in the middle of its height.
func (r *paragraphRenderer) line(line string, y, width float32) {
	p, t := r.p, r.next()
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
}

// next is a text that nothing is drawn with yet.
func (r *paragraphRenderer) next() *canvas.Text {
	if r.used == len(r.objects) {
		r.objects = append(r.objects, canvas.NewText("", color.Black))
	}
	r.used++
	return r.objects[r.used-1].(*canvas.Text)
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

// breakLines wraps text to a width. It breaks where the text's language
// allows it and, in a piece longer than a whole line, before the first
// character that does not fit.
func breakLines(text string, width float32, measure func(string) float32) []string {
	if text == "" {
		return []string{""}
	}
	var lines []string
	for _, part := range strings.Split(text, "\n") {
		lines = append(lines, breakLine(part, width, measure)...)
	}
	return lines
}

// evenLines is breakLines for text that is read. Where only a scrap is left for
// the last line, a syllable of Japanese or a short word, the lines before it
// are made a little shorter, as long as that takes no line more.
func evenLines(text string, width float32, measure func(string) float32) []string {
	var all []string
	for _, part := range strings.Split(text, "\n") {
		lines := breakLines(part, width, measure)
		const scrap, least, step = 0.25, 0.7, 0.05
		for share := float32(1 - step); len(lines) > 1 && measure(lines[len(lines)-1]) < scrap*width && share >= least; share -= step {
			shorter := breakLines(part, share*width, measure)
			if len(shorter) > len(lines) {
				break
			}
			lines = shorter
		}
		all = append(all, lines...)
	}
	return all
}

// pieces are the parts of a text between which a line may break. Those of a
// Japanese phrase stay together, a noun with its particle, as long as that
// takes no more than half a line.
func pieces(text string, width float32, measure func(string) float32) []string {
	var seg segmenter.Segmenter
	seg.Init([]rune(text))
	var all, phrase []string
	end := func() {
		if whole := strings.Join(phrase, ""); measure(whole) <= width/2 {
			all = append(all, whole)
		} else {
			all = append(all, phrase...)
		}
		phrase = nil
	}
	for it := seg.LineIterator(); it.Next(); {
		piece := it.Line().Text
		if len(phrase) > 0 {
			before, _ := utf8.DecodeLastRuneInString(phrase[len(phrase)-1])
			if newPhrase(before, piece[0]) {
				end()
			}
		}
		phrase = append(phrase, string(piece))
	}
	if len(phrase) > 0 {
		end()
	}
	return all
}

// newPhrase reports whether a phrase may begin between two characters. In
// Japanese it begins where the script changes from hiragana, which ends a
// phrase, to another one; elsewhere with every word.
func newPhrase(before, after rune) bool {
	japanese := func(r rune) bool { return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r == 'ー' }
	hiragana := unicode.Is(unicode.Hiragana, after)
	switch {
	case !japanese(before) && !japanese(after):
		return !strings.ContainsRune("（「『", after) || !unicode.IsLetter(before)
	case strings.ContainsRune("、。：？！…・を", before):
		return true
	case before == 'お' || before == 'ご':
		return false // a polite prefix
	case unicode.Is(unicode.Hiragana, before):
		return !hiragana
	}
	return before == ' ' || strings.ContainsRune("」）", before) && !hiragana
}

// notFirst may not begin a line, not even inside a piece that is broken for
// want of a better place.
const notFirst = "、。，．・：；？！）」』】〕］｝〉》,.:;?!)]}"

func breakLine(text string, width float32, measure func(string) float32) []string {
	if measure(text) <= width {
		return []string{text}
	}
	var (
		lines []string
		line  strings.Builder
		used  float32
	)
	flush := func() {
		lines = append(lines, strings.TrimRight(line.String(), " "))
		line.Reset()
		used = 0
	}
	for _, piece := range pieces(text, width, measure) {
		w := measure(strings.TrimRight(piece, " "))
		if used > 0 && used+w > width {
			flush()
		}
		if w <= width {
			line.WriteString(piece)
			used += measure(piece)
			continue
		}
		for _, c := range piece {
			cw := measure(string(c))
			if used > 0 && used+cw > width {
				// What may not begin a line takes what is before it along.
				all, carried := line.String(), ""
				for first := c; strings.ContainsRune(notFirst, first) && len(all) > 0; {
					r, n := utf8.DecodeLastRuneInString(all)
					carried, all, first = string(r)+carried, all[:len(all)-n], r
				}
				if all == "" {
					all, carried = carried, ""
				}
				line.Reset()
				line.WriteString(all)
				flush()
				line.WriteString(carried)
				used = measure(carried)
			}
			line.WriteRune(c)
			used += cw
		}
	}
	if line.Len() > 0 || len(lines) == 0 {
		flush()
	}
	return lines
}
