package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Fyne asks an object for its smallest size before it says how wide it will
// be; a paragraph cannot answer that. Screens are therefore laid out from the
// width down: whatever can tell its height for a width says so by fluid, and
// the layouts in this file pass the question on.
type fluid interface {
	// HeightAt is the height needed at a width.
	HeightAt(width float32) float32
}

// fluidLayout is the same for the layout of a container.
type fluidLayout interface {
	fyne.Layout
	heightAt(objects []fyne.CanvasObject, width float32) float32
}

// heightAt asks any object for its height at a width.
func heightAt(o fyne.CanvasObject, width float32) float32 {
	switch o := o.(type) {
	case fluid:
		return o.HeightAt(width)
	case *fyne.Container:
		if l, ok := o.Layout.(fluidLayout); ok {
			return l.heightAt(o.Objects, width)
		}
	}
	return o.MinSize().Height
}

// guessWidth stands in for the width until the first layout.
const guessWidth float32 = 560

// column stacks objects over the full width.
type column struct {
	gap   float32
	width float32 // of the last layout
}

func newColumn(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&column{gap: gap, width: guessWidth}, objects...)
}

func (c *column) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	var sum float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		if sum > 0 {
			sum += c.gap
		}
		sum += heightAt(o, width)
	}
	return sum
}

func (c *column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	c.width = size.Width
	var y float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		h := heightAt(o, size.Width)
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, h))
		y += h + c.gap
	}
}

func (c *column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(widest(objects), c.heightAt(objects, c.width))
}

func widest(objects []fyne.CanvasObject) float32 {
	var w float32
	for _, o := range objects {
		if o.Visible() {
			w = max(w, o.MinSize().Width)
		}
	}
	return w
}

// row puts objects beside one another, middles aligned. The object at grow
// takes the width that is left; -1 leaves it free at the end.
type row struct {
	gap   float32
	grow  int
	top   bool // align tops instead of middles
	width float32
}

func newRow(grow int, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&row{gap: 10, grow: grow, width: guessWidth}, objects...)
}

func newTopRow(grow int, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&row{gap: 12, grow: grow, top: true, width: guessWidth}, objects...)
}

func (r *row) widths(objects []fyne.CanvasObject, width float32) []float32 {
	ws := make([]float32, len(objects))
	left, seen := width, false
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		if seen {
			left -= r.gap
		}
		seen = true
		if i != r.grow {
			ws[i] = o.MinSize().Width
			left -= ws[i]
		}
	}
	if r.grow >= 0 && r.grow < len(objects) {
		ws[r.grow] = max(left, 0)
	}
	return ws
}

func (r *row) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	var h float32
	for i, w := range r.widths(objects, width) {
		if objects[i].Visible() {
			h = max(h, heightAt(objects[i], w))
		}
	}
	return h
}

func (r *row) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	r.width = size.Width
	var x float32
	for i, w := range r.widths(objects, size.Width) {
		o := objects[i]
		if !o.Visible() {
			continue
		}
		h := min(heightAt(o, w), size.Height)
		y := (size.Height - h) / 2
		if r.top {
			y = 0
		}
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
		x += w + r.gap
	}
}

func (r *row) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var w float32
	for _, o := range objects {
		if o.Visible() {
			if w > 0 {
				w += r.gap
			}
			w += o.MinSize().Width
		}
	}
	return fyne.NewSize(w, r.heightAt(objects, r.width))
}

// valueRow puts a value and its buttons beside one another, or the buttons
// below it where the value would not fit on a line.
type valueRow struct {
	gap, need float32
	width     float32
}

// newValueRow is for a value that needs a width to stand on one line.
func newValueRow(need float32, value fyne.CanvasObject, buttons ...fyne.CanvasObject) *fyne.Container {
	return container.New(&valueRow{gap: 10, need: need, width: guessWidth}, value, newFlow(buttons...))
}

func (v *valueRow) place(objects []fyne.CanvasObject, width float32, put func(o fyne.CanvasObject, x, y, w, h float32)) float32 {
	value, buttons := objects[0], objects[1]
	var w float32
	for i, b := range buttons.(*fyne.Container).Objects {
		if i > 0 {
			w += v.gap
		}
		w += b.MinSize().Width
	}
	left := width - w - v.gap
	if left < v.need {
		h, bh := heightAt(value, width), heightAt(buttons, width)
		put(value, 0, 0, width, h)
		put(buttons, 0, h+v.gap, width, bh)
		return h + v.gap + bh
	}
	h, bh := heightAt(value, left), heightAt(buttons, w)
	all := max(h, bh)
	put(value, 0, (all-h)/2, left, h)
	put(buttons, left+v.gap, (all-bh)/2, w, bh)
	return all
}

func (v *valueRow) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	return v.place(objects, width, func(fyne.CanvasObject, float32, float32, float32, float32) {})
}

func (v *valueRow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	v.width = size.Width
	v.place(objects, size.Width, func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	})
}

func (v *valueRow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(widest(objects), v.heightAt(objects, v.width))
}

// flow puts objects beside one another at their own widths, middles aligned,
// and starts a new line when one does not fit.
type flow struct {
	gap float32
	// hang is how far the lines stand out at the left, so that the words of plain
	// buttons, and not their invisible faces, line up with what is above.
	hang  float32
	width float32
}

func newFlow(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flow{gap: 10, width: guessWidth}, objects...)
}

// newPlainFlow is a flow of plain buttons.
func newPlainFlow(buttons ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flow{gap: 4, hang: plainInset, width: guessWidth}, buttons...)
}

func (f *flow) place(objects []fyne.CanvasObject, width float32, put func(o fyne.CanvasObject, x, y, w, h float32)) float32 {
	type placed struct {
		o       fyne.CanvasObject
		x, w, h float32
	}
	var line []placed
	var x, y, high float32
	end := func() {
		for _, p := range line {
			put(p.o, p.x-f.hang, y+(high-p.h)/2, p.w, p.h)
		}
	}
	width += f.hang
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		w := min(o.MinSize().Width, width)
		if x > 0 && x+w > width {
			end()
			line, x, y, high = nil, 0, y+high+f.gap, 0
		}
		h := heightAt(o, w)
		line = append(line, placed{o, x, w, h})
		x += w + f.gap
		high = max(high, h)
	}
	end()
	return y + high
}

func (f *flow) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	return f.place(objects, width, func(fyne.CanvasObject, float32, float32, float32, float32) {})
}

func (f *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.width = size.Width
	f.place(objects, size.Width, func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	})
}

func (f *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(widest(objects), f.heightAt(objects, f.width))
}

// pair lays objects out in two columns of equal width and, where there is no
// room for that, in one. Objects of one line get the same height.
type pair struct {
	gap, least float32
	width      float32
}

func newPair(gap, least float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&pair{gap: gap, least: least, width: guessWidth}, objects...)
}

func (p *pair) place(objects []fyne.CanvasObject, width float32, put func(o fyne.CanvasObject, x, y, w, h float32)) float32 {
	perLine := 2
	if (width-p.gap)/2 < p.least {
		perLine = 1
	}
	w := (width - p.gap*float32(perLine-1)) / float32(perLine)
	var y float32
	for i := 0; i < len(objects); i += perLine {
		line := objects[i:min(i+perLine, len(objects))]
		var h float32
		for _, o := range line {
			h = max(h, heightAt(o, w))
		}
		for j, o := range line {
			put(o, float32(j)*(w+p.gap), y, w, h)
		}
		y += h + p.gap
	}
	return max(0, y-p.gap)
}

func (p *pair) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	return p.place(objects, width, func(fyne.CanvasObject, float32, float32, float32, float32) {})
}

func (p *pair) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	p.width = size.Width
	p.place(objects, size.Width, func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	})
}

func (p *pair) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(widest(objects), p.heightAt(objects, p.width))
}

// padding keeps the same distance on opposite sides of all its objects, which
// lie over one another: a background, and what stands on it.
type padding struct {
	x, y  float32
	width float32
}

// newPadded puts content on backgrounds that fill the whole area.
func newPadded(x, y float32, content fyne.CanvasObject, backgrounds ...fyne.CanvasObject) *fyne.Container {
	return container.New(&padding{x: x, y: y, width: guessWidth}, append(backgrounds, content)...)
}

func (p *padding) content(objects []fyne.CanvasObject) fyne.CanvasObject {
	return objects[len(objects)-1]
}

func (p *padding) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	return heightAt(p.content(objects), max(0, width-2*p.x)) + 2*p.y
}

func (p *padding) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	p.width = size.Width
	for _, o := range objects[:len(objects)-1] {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
	c := p.content(objects)
	c.Move(fyne.NewPos(p.x, p.y))
	c.Resize(fyne.NewSize(max(0, size.Width-2*p.x), max(0, size.Height-2*p.y)))
}

func (p *padding) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(p.content(objects).MinSize().Width+2*p.x, p.heightAt(objects, p.width))
}

// limit keeps a line of text readable on a wide window, and content at the left.
type limit struct{ most float32 }

func newLimited(most float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&limit{most}, o)
}

func (l *limit) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	return heightAt(objects[0], min(width, l.most))
}

func (l *limit) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(min(size.Width, l.most), size.Height))
}

func (l *limit) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// page scrolls content upright and gives it the whole width, never less than
// the window's height.
type page struct {
	widget.BaseWidget
	content fyne.CanvasObject
	sheet   *sheet
	scroll  *container.Scroll
}

func newPage(content fyne.CanvasObject) *page {
	p := &page{content: content, sheet: newSheet(content)}
	p.scroll = container.NewVScroll(p.sheet)
	p.ExtendBaseWidget(p)
	return p
}

func (p *page) CreateRenderer() fyne.WidgetRenderer { return &pageRenderer{p} }

// underField is the room for what is said below a field.
const underField float32 = 56

// Reveal scrolls so that an object inside can be seen, and the line below it.
func (p *page) Reveal(o fyne.CanvasObject) {
	// Not asked of the driver, which knows only what it has drawn once: a screen
	// that is built anew has not been.
	at, ok := placeIn(p.content, o)
	if !ok {
		return
	}
	top, bottom := at.Y, at.Y+o.Size().Height
	off := p.scroll.Offset
	switch {
	case top < off.Y:
		off.Y = max(0, top-gap)
	case bottom+underField > off.Y+p.scroll.Size().Height:
		off.Y = min(bottom+underField-p.scroll.Size().Height, max(0, top-gap))
	default:
		return
	}
	p.scroll.ScrollToOffset(off)
}

// Scroll moves the content by a number of lines, as far as it goes.
func (p *page) Scroll(lines float32) {
	const line = 24
	most := max(0, p.sheet.Size().Height-p.scroll.Size().Height)
	off := p.scroll.Offset
	off.Y = min(max(off.Y+lines*line, 0), most)
	p.scroll.ScrollToOffset(off)
}

// placeIn is where an object lies within another one that holds it.
func placeIn(around, o fyne.CanvasObject) (fyne.Position, bool) {
	if around == o {
		return around.Position(), true
	}
	if c, ok := around.(*fyne.Container); ok {
		for _, child := range c.Objects {
			if at, found := placeIn(child, o); found {
				return around.Position().Add(at), true
			}
		}
	}
	return fyne.Position{}, false
}

type pageRenderer struct{ p *page }

func (r *pageRenderer) Layout(size fyne.Size) {
	r.p.sheet.Resize(fyne.NewSize(size.Width, max(size.Height, r.p.sheet.HeightAt(size.Width))))
	r.p.scroll.Resize(size)
}
func (r *pageRenderer) MinSize() fyne.Size { return fyne.NewSize(r.p.content.MinSize().Width, 120) }
func (r *pageRenderer) Refresh() {
	r.Layout(r.p.Size())
	r.p.scroll.Refresh()
}
func (r *pageRenderer) Destroy() {}
func (r *pageRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.p.scroll}
}

// sheet is what a page scrolls: it knows its width before it is asked for its
// height.
type sheet struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

func newSheet(content fyne.CanvasObject) *sheet {
	s := &sheet{content: content}
	s.ExtendBaseWidget(s)
	return s
}

// HeightAt is the content's height at a width.
func (s *sheet) HeightAt(width float32) float32 { return heightAt(s.content, width) }

// MinSize is the content's at the present width.
func (s *sheet) MinSize() fyne.Size {
	width := s.Size().Width
	if width == 0 {
		width = guessWidth
	}
	return fyne.NewSize(0, s.HeightAt(width))
}

func (s *sheet) CreateRenderer() fyne.WidgetRenderer {
	return &sheetRenderer{s}
}

type sheetRenderer struct{ s *sheet }

func (r *sheetRenderer) Layout(size fyne.Size)        { r.s.content.Resize(size) }
func (r *sheetRenderer) MinSize() fyne.Size           { return r.s.MinSize() }
func (r *sheetRenderer) Refresh()                     { r.s.content.Refresh() }
func (r *sheetRenderer) Destroy()                     {}
func (r *sheetRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.s.content} }
