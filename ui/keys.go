package ui

import (
	"sort"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sellerkey/sellerkey/i18n"
)

// keys is what the keyboard does on the screen that shows: Enter presses its
// primary button, Esc goes back, F1 opens the help, F10 the menu. Fyne hands
// keys to the focused widget only, so every widget of ours passes them on.
type keys struct {
	enter, escape func()
	// help and menu are what F1 and F10 open; nil for nothing.
	help, menu func()
	// reveal scrolls the focused widget into sight.
	reveal func(fyne.CanvasObject)
	// scroll moves the page for the keys that move pages, as far as it goes.
	scroll func(lines float32)
	// clicks are those of the mouse on all pages; nil where there is but one.
	clicks *clicks
}

// doubleClick is how far apart the clicks of a double click are at most; Windows
// and macOS take this long unless told otherwise.
const doubleClick = 500 * time.Millisecond

// clicks remembers the last click that was taken. Many people click twice on
// everything: when the first click, or what came of it, brought another page,
// the second one is not meant for what happens to lie at that place there.
type clicks struct {
	now func() time.Time
	at  time.Time
	on  *keys // the page
}

// clicked reports whether a click on something of this page is meant for it.
func (k *keys) clicked() bool {
	c := k.clicks
	if c == nil {
		return true
	}
	now := c.now()
	if since := now.Sub(c.at); c.on != nil && c.on != k && since >= 0 && since < doubleClick {
		return false
	}
	c.at, c.on = now, k
	return true
}

// typed does what a key means wherever the focus is, and reports whether it
// means anything.
func (k *keys) typed(e *fyne.KeyEvent) bool {
	does := map[fyne.KeyName]func(){
		fyne.KeyReturn: k.Enter, fyne.KeyEnter: k.Enter, fyne.KeyEscape: k.Escape,
		fyne.KeyF1: k.help, fyne.KeyF10: k.menu,
	}
	do, means := does[e.Name]
	if do != nil {
		do()
	}
	return means
}

// scrolls moves the page for a key that does so where the focus has no use for
// it, and reports whether it is one.
func (k *keys) scrolls(e *fyne.KeyEvent) bool {
	by := map[fyne.KeyName]float32{
		fyne.KeyUp: -2, fyne.KeyDown: 2, fyne.KeyPageUp: -14, fyne.KeyPageDown: 14, fyne.KeyHome: -1e4, fyne.KeyEnd: 1e4,
	}
	lines, is := by[e.Name]
	if is && k.scroll != nil {
		k.scroll(lines)
	}
	return is
}

// Enter presses the primary button.
func (k *keys) Enter() {
	if k.enter != nil {
		k.enter()
	}
}

// Escape goes back.
func (k *keys) Escape() {
	if k.escape != nil {
		k.escape()
	}
}

func (k *keys) gained(o fyne.CanvasObject) {
	if k.reveal != nil {
		k.reveal(o)
	}
}

// addCopyShortcut lets Ctrl+C, or Cmd+C, copy the value that has the focus: that
// of the Copy button beside it. In a field it copies what is selected.
func addCopyShortcut(c fyne.Canvas) {
	c.AddShortcut(&fyne.ShortcutCopy{}, func(fyne.Shortcut) {
		if b, ok := c.Focused().(*button); ok && b.copies {
			b.Press()
		}
	})
}

// entry is Fyne's entry with Enter and Esc passed on. A many-line entry takes
// line breaks by pasting only: nothing here needs one typed.
type entry struct {
	widget.Entry
	keys *keys
	face *panel // shows the focus as plainly as a button's does
	// rows is how many lines an area shows, and most how many when its text is
	// longer; 0 for an entry of one line.
	rows, most int
	// counted is for what the lines were counted last: a height is asked for
	// whenever something is painted.
	counted struct {
		text        string
		width, size float32
		lines       int
	}
}

func newEntry(k *keys, text, placeholder string, changed func(string)) *entry {
	e := &entry{keys: k, face: newPanel(colorCard, colorControl)}
	e.face.radius = sizeRadius
	e.TextStyle = running()
	e.ExtendBaseWidget(e)
	premeasure(e.Theme())
	e.Text = text
	e.PlaceHolder = placeholder
	e.OnChanged = changed
	return e
}

// newSecretEntry hides what is typed, and has a word at its end that shows it
// and hides it again.
func newSecretEntry(k *keys, words *i18n.Localizer, text, placeholder string, changed func(string)) *entry {
	e := newEntry(k, text, placeholder, changed)
	e.Password = true
	e.ActionItem = newRevealer(e, words)
	return e
}

// revealer is what a secret's field is shown and hidden with, by mouse. It is a
// word where Fyne has an eye, a picture, for which it paints a new screen twice.
// Like the eye it is no stop for Tab, so that three values are pasted with a Tab
// between them.
type revealer struct {
	widget.BaseWidget
	field *entry
	words *i18n.Localizer
	label *paragraph
}

func newRevealer(field *entry, words *i18n.Localizer) *revealer {
	r := &revealer{field: field, words: words, label: newLine("", styleMuted())}
	r.ExtendBaseWidget(r)
	r.say()
	return r
}

func (r *revealer) say() {
	if r.field.Password {
		r.label.SetText(r.words.T("button.show"))
	} else {
		r.label.SetText(r.words.T("button.hide"))
	}
}

// Tapped shows or hides, and leaves the keyboard with the field.
func (r *revealer) Tapped(*fyne.PointEvent) {
	r.field.Password = !r.field.Password
	r.say()
	r.field.Refresh()
	if c := fyne.CurrentApp().Driver().CanvasForObject(r); c != nil {
		c.Focus(r.field)
	}
}

func (r *revealer) Cursor() desktop.Cursor { return desktop.PointerCursor }

func (r *revealer) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(newPadded(12, 0, container.NewCenter(r.label)))
}

// newArea is an entry of several lines. It grows with its text by a few, so that
// the last one is not cut in two.
func newArea(k *keys, rows int, text, placeholder string, changed func(string)) *entry {
	e := newEntry(k, text, placeholder, changed)
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapBreak
	e.SetMinRowsVisible(rows)
	e.rows, e.most = rows, rows+3
	return e
}

// HeightAt is the height for the text that is there, at a width.
func (e *entry) HeightAt(width float32) float32 {
	h := e.MinSize().Height
	if e.most == 0 {
		return h
	}
	look := e.Theme()
	size, c := look.Size(sizeText), &e.counted
	if c.lines == 0 || c.text != e.Text || c.width != width || c.size != size {
		c.text, c.width, c.size, c.lines = e.Text, width, size, 0
		inner := width - 2*look.Size(theme.SizeNameInnerPadding) - 2
		for _, line := range strings.Split(e.Text, "\n") {
			c.lines += linesOf([]rune(line), inner, e.most-c.lines, func(s string) float32 { return fyne.MeasureText(s, size, e.TextStyle).Width })
			if c.lines >= e.most {
				break
			}
		}
	}
	return h + float32(max(c.lines, e.rows)-e.rows)*fyne.MeasureText("M", size, e.TextStyle).Height
}

// linesOf is how many lines a text takes that breaks anywhere; no more are
// counted than most.
func linesOf(text []rune, width float32, most int, measure func(string) float32) int {
	const longest = 500 // no line has more characters than that
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
func (e *entry) MinSize() fyne.Size {
	e.ExtendBaseWidget(e)
	m := e.Entry.MinSize()
	return fyne.NewSize(min(m.Width, 160), max(m.Height, 40))
}

// CreateRenderer draws Fyne's entry on our face in place of its own two, which
// would be painted below it for nothing: without a graphics card a painting
// takes as long as it has pixels.
func (e *entry) CreateRenderer() fyne.WidgetRenderer {
	return &faced{outlined{WidgetRenderer: e.Entry.CreateRenderer(), line: e.face}}
}

func (e *entry) FocusGained() {
	e.Entry.FocusGained()
	e.face.line, e.face.thick = colorAccent, 2
	e.face.Refresh()
	e.keys.gained(e)
}

func (e *entry) FocusLost() {
	e.Entry.FocusLost()
	e.face.line, e.face.thick = colorControl, 1
	e.face.Refresh()
}

func (e *entry) TypedKey(ev *fyne.KeyEvent) {
	if !e.keys.typed(ev) {
		e.Entry.TypedKey(ev)
	}
}

// mostPasted is a little more than lwa reads of any text. A field that is given
// megabytes lays them out for minutes.
const mostPasted = 65 << 10

// cut is what a field takes of a text that is pasted: no more than that, and with
// the line breaks that Fyne knows. It makes blanks of them in a field of one
// line, and draws the other half of those of Windows as an unknown letter.
func cut(text string) string {
	if len(text) > mostPasted {
		text = strings.ToValidUTF8(text[:mostPasted], "")
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
}

// TypedShortcut pastes no more than can be read.
func (e *entry) TypedShortcut(s fyne.Shortcut) {
	if p, ok := s.(*fyne.ShortcutPaste); ok {
		s = &fyne.ShortcutPaste{Clipboard: cutClipboard{p.Clipboard}}
	}
	e.Entry.TypedShortcut(s)
}

type cutClipboard struct{ fyne.Clipboard }

func (c cutClipboard) Content() string { return cut(c.Clipboard.Content()) }

// AcceptsTab is false also for the many-line entry: Tab goes on.
func (e *entry) AcceptsTab() bool { return false }

// choice is Fyne's select with Enter and Esc passed on.
type choice struct {
	widget.Select
	keys *keys
	ring *panel
}

func newChoice(k *keys, options []string, selected int, changed func(int)) *choice {
	c := &choice{keys: k, ring: newPanel("", colorControl)}
	c.ring.radius = sizeRadius
	c.ExtendBaseWidget(c)
	c.Options, c.PlaceHolder = options, "…" // Fyne's own is in English
	if selected >= 0 && selected < len(options) {
		c.Selected = options[selected]
	}
	c.OnChanged = func(string) { changed(c.SelectedIndex()) }
	return c
}

// CreateRenderer draws Fyne's select with the outline that our other inputs
// have.
func (c *choice) CreateRenderer() fyne.WidgetRenderer {
	premeasure(c.Theme(), c.Selected)
	return &outlined{WidgetRenderer: inRunning(c.Select.CreateRenderer()), line: c.ring}
}

// outlined draws a line around what another renderer draws.
type outlined struct {
	fyne.WidgetRenderer
	line *panel
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

// faced has the panel behind everything, where Fyne has its rectangles.
type faced struct{ outlined }

func (f *faced) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{f.line}
	for _, o := range f.WidgetRenderer.Objects() {
		if _, face := o.(*canvas.Rectangle); !face {
			objects = append(objects, o)
		}
	}
	return objects
}

// MinSize is that of an entry, so that fields line up.
func (c *choice) MinSize() fyne.Size {
	c.ExtendBaseWidget(c)
	premeasure(c.Theme(), c.PlaceHolder)
	m := c.Select.MinSize()
	return fyne.NewSize(m.Width, max(m.Height, 40))
}

// FocusGained shows the ring in place of Fyne's tint, of which the select must
// not know for that.
func (c *choice) FocusGained() {
	c.ring.line, c.ring.thick = colorAccent, 2
	c.ring.Refresh()
	c.keys.gained(c)
}

func (c *choice) FocusLost() {
	c.ring.line, c.ring.thick = colorControl, 1
	c.ring.Refresh()
}

func (c *choice) TypedKey(ev *fyne.KeyEvent) {
	if !c.keys.typed(ev) {
		c.Select.TypedKey(ev)
	}
}

// tick is Fyne's check box with Enter and Esc passed on, and with a label that
// wraps.
type tick struct {
	widget.Check
	keys  *keys
	label *paragraph
	ring  *panel
}

func newTick(k *keys, label string, on bool, changed func(bool)) *tick {
	t := &tick{keys: k, label: newText(label, styleBody()), ring: newPanel("", "")}
	t.ring.radius, t.ring.thick = sizeRadius, 2
	t.ExtendBaseWidget(t)
	t.Checked = on
	t.OnChanged = changed
	return t
}

// box is the room for the box itself, as Fyne's check box has it.
func (t *tick) box() float32 {
	th := t.Theme()
	return th.Size(theme.SizeNameInlineIcon) + th.Size(theme.SizeNameInnerPadding) + 2*th.Size(theme.SizeNameInputBorder)
}

// HeightAt is the height of the wrapped label.
func (t *tick) HeightAt(width float32) float32 {
	return max(40, t.label.HeightAt(width-t.box())+2*9)
}

// MinSize is that at the present width.
func (t *tick) MinSize() fyne.Size {
	t.ExtendBaseWidget(t)
	width := t.Size().Width
	if width == 0 {
		width = guessWidth
	}
	return fyne.NewSize(t.box()+t.label.MinSize().Width, t.HeightAt(width))
}

// Tapped takes a press anywhere on it.
func (t *tick) Tapped(*fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil {
		c.Focus(t)
	}
	t.SetChecked(!t.Checked)
}

func (t *tick) CreateRenderer() fyne.WidgetRenderer {
	return &tickRenderer{WidgetRenderer: inRunning(t.Check.CreateRenderer()), t: t}
}

type tickRenderer struct {
	fyne.WidgetRenderer
	t *tick
}

func (r *tickRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	w := size.Width - r.t.box()
	h := r.t.label.HeightAt(w)
	r.t.label.Move(fyne.NewPos(r.t.box(), (size.Height-h)/2))
	r.t.label.Resize(fyne.NewSize(w, h))
	// Round box and words, however wide the line is.
	words := r.t.label.measure(r.t.label.text) + 12
	r.t.ring.Resize(fyne.NewSize(min(size.Width, r.t.box()+words), size.Height))
}

func (r *tickRenderer) MinSize() fyne.Size { return r.t.MinSize() }

func (r *tickRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	r.t.label.Refresh()
	r.t.ring.Refresh()
}

func (r *tickRenderer) Objects() []fyne.CanvasObject {
	return append(r.WidgetRenderer.Objects(), r.t.label, r.t.ring)
}

// FocusGained shows the ring in place of Fyne's dot behind the box.
func (t *tick) FocusGained() {
	t.ring.line = colorAccent
	t.ring.Refresh()
	t.keys.gained(t)
}

func (t *tick) FocusLost() {
	t.ring.line = ""
	t.ring.Refresh()
}

func (t *tick) TypedKey(ev *fyne.KeyEvent) {
	if !t.keys.typed(ev) {
		t.Check.TypedKey(ev)
	}
}
