package kit

import (
	"sort"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Entry is Fyne's entry with Enter and Esc passed on. An entry of several lines
// takes line breaks by pasting only; nothing here needs one typed.
type Entry struct {
	widget.Entry
	// OnPaste sees a pasted text before it gets in, with its line breaks, which an
	// entry of one line loses. If it returns true, the text stays out.
	OnPaste func(text string) bool

	keys *Keys
	Face *Panel // shows the focus
	// rows is how many lines an area shows at least, most how many at most; 0 for
	// an entry of one line.
	rows, most int
	// counted caches the number of lines, up to one more than most: Fyne asks for the
	// height whenever it paints.
	counted struct {
		text        string
		width, size float32
		lines       int
	}
}

// NewEntry makes an entry of one line; changed may be nil.
func NewEntry(k *Keys, text, placeholder string, changed func(string)) *Entry {
	e := &Entry{keys: k, Face: NewPanel(ColorCard, ColorControl)}
	e.Face.Radius = SizeRadius
	e.TextStyle = running()
	e.ExtendBaseWidget(e)
	premeasure(e.Theme())
	e.Text = text
	e.PlaceHolder = placeholder
	e.OnChanged = changed
	return e
}

// NewSecretEntry hides what is typed. The word show at its end shows it, and the
// word hide hides it again.
func NewSecretEntry(k *Keys, show, hide, text, placeholder string, changed func(string)) *Entry {
	e := NewEntry(k, text, placeholder, changed)
	e.Password = true
	e.ActionItem = newRevealer(e, show, hide)
	return e
}

// Revealer shows and hides a secret by mouse. It is a word where Fyne has an
// eye, because that is an image, for which Fyne paints a new screen twice. Like
// the eye it is no stop for Tab, so that one Tab is enough between two fields.
type Revealer struct {
	widget.BaseWidget
	field      *Entry
	show, hide string
	Label      *Paragraph
}

func newRevealer(field *Entry, show, hide string) *Revealer {
	r := &Revealer{field: field, show: show, hide: hide, Label: Line(show, Muted)}
	r.ExtendBaseWidget(r)
	return r
}

// Tapped shows or hides, and leaves the focus with the field.
func (r *Revealer) Tapped(*fyne.PointEvent) {
	r.field.Password = !r.field.Password
	if r.field.Password {
		r.Label.SetText(r.show)
	} else {
		r.Label.SetText(r.hide)
	}
	r.field.Refresh()
	if c := fyne.CurrentApp().Driver().CanvasForObject(r); c != nil {
		c.Focus(r.field)
	}
}

func (r *Revealer) Cursor() desktop.Cursor { return desktop.PointerCursor }

func (r *Revealer) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(Padded(12, 0, container.NewCenter(r.Label)))
}

// NewArea is an entry of several lines.
func NewArea(k *Keys, rows int, text, placeholder string, changed func(string)) *Entry {
	e := NewEntry(k, text, placeholder, changed)
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapBreak
	e.SetMinRowsVisible(rows)
	e.rows, e.most = rows, rows
	return e
}

// Grows makes an area grow with its text by a few lines.
func (e *Entry) Grows() *Entry {
	e.most = e.rows + 3
	return e
}

// HeightAt is the height for the current text at a width.
func (e *Entry) HeightAt(width float32) float32 {
	h := e.MinSize().Height
	if e.most == 0 {
		return h
	}
	look := e.Theme()
	size, c := look.Size(SizeText), &e.counted
	if c.lines == 0 || c.text != e.Text || c.width != width || c.size != size {
		c.text, c.width, c.size, c.lines = e.Text, width, size, 0
		inner := width - 2*look.Size(theme.SizeNameInnerPadding) - 2
		for _, line := range strings.Split(e.Text, "\n") {
			c.lines += linesOf([]rune(line), inner, e.most+1-c.lines, func(s string) float32 { return fyne.MeasureText(s, size, e.TextStyle).Width })
			if c.lines > e.most {
				break
			}
		}
	}
	return h + float32(max(min(c.lines, e.most), e.rows)-e.rows)*fyne.MeasureText("M", size, e.TextStyle).Height
}

// linesOf counts the lines of a text that breaks anywhere, up to most.
func linesOf(text []rune, width float32, most int, measure func(string) float32) int {
	const longest = 500 // characters on a line
	n := 1
	for ; n < most && len(text) > 0; n++ {
		part := text[:min(len(text), longest)]
		fits := sort.Search(len(part), func(i int) bool { return measure(string(part[:i+1])) > width })
		if fits == len(text) {
			break
		}
		text = text[max(fits, 1):]
	}
	return n
}

// MinSize leaves room for a line of any of the bundled fonts.
func (e *Entry) MinSize() fyne.Size {
	e.ExtendBaseWidget(e)
	m := e.Entry.MinSize()
	return fyne.NewSize(min(m.Width, 160), max(m.Height, 40))
}

// CreateRenderer draws Fyne's entry on our face in place of its own two, which
// would be painted below it for nothing: without a graphics card every pixel
// counts.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	r := e.Entry.CreateRenderer()
	w := &wheel{entry: e}
	for _, o := range r.Objects() {
		if s, ok := o.(fyne.Scrollable); ok {
			w.own = s
		}
	}
	w.ExtendBaseWidget(w)
	return &faced{outlined{WidgetRenderer: r, line: e.Face}, w}
}

// wheel covers an entry and takes its mouse wheel. Fyne gives the wheel to the
// innermost thing that scrolls, so an entry would keep it even with nothing to
// scroll, and the page wouldn't move.
type wheel struct {
	widget.BaseWidget
	entry *Entry
	own   fyne.Scrollable // the entry's; nil without
}

// Scrolled scrolls the entry if its text has more lines than show, and the page
// otherwise.
func (w *wheel) Scrolled(ev *fyne.ScrollEvent) {
	e := w.entry
	switch {
	case w.own != nil && e.most > 0 && e.counted.lines > e.most:
		w.own.Scrolled(ev)
	case e.keys.Scroll != nil:
		e.keys.Scroll(-ev.Scrolled.DY / pageLine)
	}
}

func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}

func (e *Entry) FocusGained() {
	e.Entry.FocusGained()
	e.Face.Line, e.Face.Thick = ColorAccent, 2
	e.Face.Refresh()
	e.keys.gained(e)
}

func (e *Entry) FocusLost() {
	e.Entry.FocusLost()
	e.Face.Line, e.Face.Thick = ColorControl, 1
	e.Face.Refresh()
}

func (e *Entry) TypedKey(ev *fyne.KeyEvent) {
	if !e.keys.Typed(ev) {
		e.Entry.TypedKey(ev)
	}
}

func (e *Entry) TypedRune(r rune) {
	e.keys.Used()
	e.Entry.TypedRune(r)
}

// mostPasted is a little more than we read of any text, in bytes. Fyne needs
// minutes to lay out megabytes in a field.
const mostPasted = 65 << 10

// CleanPaste is what a field takes of a pasted text: no more than mostPasted, and with
// line feeds only. Fyne draws a carriage return as an unknown letter.
func CleanPaste(text string) string {
	if len(text) > mostPasted {
		text = strings.ToValidUTF8(text[:mostPasted], "")
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
}

// TypedShortcut limits what is pasted.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	e.keys.Used()
	if p, ok := s.(*fyne.ShortcutPaste); ok {
		if e.OnPaste != nil && e.OnPaste(CleanPaste(p.Clipboard.Content())) {
			return
		}
		s = &fyne.ShortcutPaste{Clipboard: cutClipboard{p.Clipboard}}
	}
	e.Entry.TypedShortcut(s)
}

type cutClipboard struct{ fyne.Clipboard }

func (c cutClipboard) Content() string { return CleanPaste(c.Clipboard.Content()) }

// AcceptsTab is false for an area as well: Tab goes on.
func (e *Entry) AcceptsTab() bool { return false }

// outlined adds an outline to another renderer.
type outlined struct {
	fyne.WidgetRenderer
	line *Panel
}

func (o *outlined) Layout(size fyne.Size) {
	o.WidgetRenderer.Layout(size)
	o.line.Resize(size)
}

func (o *outlined) Refresh() {
	o.WidgetRenderer.Refresh()
	o.line.Refresh()
}

func (o *outlined) Objects() []fyne.CanvasObject {
	return append(o.WidgetRenderer.Objects(), o.line)
}

// faced is outlined, but with the panel behind everything, in place of Fyne's own
// rectangles.
type faced struct {
	outlined
	wheel *wheel
}

func (f *faced) Layout(size fyne.Size) {
	f.outlined.Layout(size)
	f.wheel.Resize(size)
}

func (f *faced) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{f.line}
	for _, o := range f.WidgetRenderer.Objects() {
		if _, face := o.(*canvas.Rectangle); !face {
			objects = append(objects, o)
		}
	}
	return append(objects, f.wheel)
}
