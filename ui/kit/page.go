package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Page scrolls content vertically and gives it the whole width, and at least
// its own height. An arrow below it shows that there is more.
type Page struct {
	widget.BaseWidget
	content fyne.CanvasObject
	sheet   *sheet
	scroll  *scroller
	more    *canvas.Text
}

// NewPage puts content into a page.
func NewPage(content fyne.CanvasObject) *Page {
	p := &Page{content: content, sheet: newSheet(content), more: newDown(9)}
	p.scroll = newScroller(p.sheet)
	p.scroll.OnScrolled = func(fyne.Position) { p.mark() }
	p.ExtendBaseWidget(p)
	return p
}

// HasMore reports whether there is content below what shows.
func (p *Page) HasMore() bool {
	return p.scroll.Offset.Y+p.scroll.Size().Height < p.sheet.Size().Height-1
}

// mark shows or hides the arrow.
func (p *Page) mark() {
	if p.more.Hidden == p.HasMore() {
		p.more.Hidden = !p.HasMore()
		p.more.Refresh()
	}
}

// moreHeight is the height of the strip with the arrow. A page that scrolls keeps
// it, so that nothing moves when the end is reached.
const moreHeight float32 = 12

// CreateRenderer implements fyne.Widget.
func (p *Page) CreateRenderer() fyne.WidgetRenderer {
	lay := func(size fyne.Size) {
		need, room := p.sheet.HeightAt(size.Width), size.Height
		if need > room {
			room = max(0, room-moreHeight)
		}
		p.sheet.Resize(fyne.NewSize(size.Width, max(room, need)))
		p.scroll.Resize(fyne.NewSize(size.Width, room))
		p.more.Move(fyne.NewPos(0, room))
		p.more.Resize(fyne.NewSize(size.Width, moreHeight))
		p.more.Hidden = !p.HasMore()
	}
	return newRenderer(lay, func() fyne.Size { return fyne.NewSize(p.content.MinSize().Width, 120) }, func() {
		p.more.Color = themeColor(p, ColorAccent)
		lay(p.Size())
		p.scroll.Refresh()
		p.more.Refresh()
	}, p.scroll, p.more)
}

// underField is the room for the note below a field.
const underField float32 = 56

// Reveal scrolls an object inside into view, with the line below it.
func (p *Page) Reveal(o fyne.CanvasObject) {
	// The driver knows the place of an object only after it has drawn it.
	at, ok := placeIn(p.content, o)
	if !ok {
		return
	}
	top, bottom := at.Y, at.Y+o.Size().Height
	off := p.scroll.Offset
	switch {
	case top < off.Y:
		off.Y = max(0, top-Gap)
	case bottom+underField > off.Y+p.scroll.Size().Height:
		off.Y = min(bottom+underField-p.scroll.Size().Height, max(0, top-Gap))
	default:
		return
	}
	p.scroll.ScrollToOffset(off)
	p.mark()
}

// pageLine is the height of a line for [Page.Scroll].
const pageLine = 24

// Scroll moves the content by a number of lines, as far as it goes; a negative
// number moves it up.
func (p *Page) Scroll(lines float32) {
	most := max(0, p.sheet.Size().Height-p.scroll.Size().Height)
	off := p.scroll.Offset
	off.Y = min(max(off.Y+lines*pageLine, 0), most)
	p.scroll.ScrollToOffset(off)
	p.mark()
}

// placeIn returns the position of an object relative to the parent of around,
// which holds it; false if it does not.
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

// scroller is Fyne's. Fyne lays out a new screen once more while it paints it, and
// the layout of a scroller with a bar makes it paint the window again (v2.8.1,
// scrollContainerRenderer.updatePosition). So where nothing has changed, nothing is laid
// out.
type scroller struct{ container.Scroll }

func newScroller(content fyne.CanvasObject) *scroller {
	s := &scroller{container.Scroll{Direction: container.ScrollVerticalOnly, Content: content}}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer implements fyne.Widget.
func (s *scroller) CreateRenderer() fyne.WidgetRenderer {
	return &scrollRenderer{WidgetRenderer: s.Scroll.CreateRenderer(), content: s.Content}
}

// scrollRenderer knows what was laid out last.
type scrollRenderer struct {
	fyne.WidgetRenderer
	content    fyne.CanvasObject
	size, need fyne.Size
}

// Layout implements fyne.WidgetRenderer.
func (r *scrollRenderer) Layout(size fyne.Size) {
	need := r.content.MinSize()
	if size != r.size || need != r.need {
		r.size, r.need = size, need
		r.WidgetRenderer.Layout(size)
	}
}

// sheet is the content of a page's scroller. It keeps its width, so that it can
// tell its height.
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
func (s *sheet) HeightAt(width float32) float32 { return HeightAt(s.content, width) }

// MinSize is the content's at the current width.
func (s *sheet) MinSize() fyne.Size {
	width := s.Size().Width
	if width == 0 {
		width = guessWidth
	}
	return fyne.NewSize(0, s.HeightAt(width))
}

func (s *sheet) CreateRenderer() fyne.WidgetRenderer {
	return &renderer{
		objects: []fyne.CanvasObject{s.content},
		layout:  s.content.Resize,
		min:     s.MinSize,
		refresh: s.content.Refresh,
	}
}
