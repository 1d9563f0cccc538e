package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Page scrolls content vertically and gives it the whole width, and at least
// its own height.
type Page struct {
	widget.BaseWidget
	content fyne.CanvasObject
	sheet   *sheet
	scroll  *container.Scroll
}

// NewPage puts content into a page.
func NewPage(content fyne.CanvasObject) *Page {
	p := &Page{content: content, sheet: newSheet(content)}
	p.scroll = container.NewVScroll(p.sheet)
	p.ExtendBaseWidget(p)
	return p
}

func (p *Page) CreateRenderer() fyne.WidgetRenderer {
	lay := func(size fyne.Size) {
		p.sheet.Resize(fyne.NewSize(size.Width, max(size.Height, p.sheet.HeightAt(size.Width))))
		p.scroll.Resize(size)
	}
	return &renderer{
		objects: []fyne.CanvasObject{p.scroll},
		layout:  lay,
		min:     func() fyne.Size { return fyne.NewSize(p.content.MinSize().Width, 120) },
		refresh: func() {
			lay(p.Size())
			p.scroll.Refresh()
		},
	}
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
}

// Scroll moves the content by a number of lines, as far as it goes; a negative
// number moves it up.
func (p *Page) Scroll(lines float32) {
	const line = 24
	most := max(0, p.sheet.Size().Height-p.scroll.Size().Height)
	off := p.scroll.Offset
	off.Y = min(max(off.Y+lines*line, 0), most)
	p.scroll.ScrollToOffset(off)
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
