package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sellerkey/sellerkey/ui/kit"
)

// RailWidth is the width of the column at the left.
const RailWidth float32 = 240

// The width of the rail where there is no room for its words.
const compactWidth, compactInset float32 = 60, 8

// newBar is the row above every screen, in which everything has its place: the
// brand, help, language and menu.
func (w *Window) newBar() fyne.CanvasObject {
	language, menu := w.newCorner()
	brand := kit.Row(-1, kit.NewLogo(24), kit.Line(w.Words.T("app.name"), kit.Heading))
	bg := kit.NewPanel(kit.ColorRail, "")
	bg.Radius = ""
	return kit.Padded(railInset, 3, kit.Row(1, brand, kit.Text("", kit.Body), w.newHelpButton(), language, menu), bg)
}

// The padding of the rail, and of the bar above it.
const railInset float32 = 18

// NewRail is the column at the left, with what the screen puts there.
func (w *Window) NewRail(items ...fyne.CanvasObject) fyne.CanvasObject {
	bg := kit.NewPanel(kit.ColorRail, "")
	bg.Radius = ""
	return kit.Padded(railInset, 14, kit.Column(4, items...), bg)
}

// newCompactRail shows where one is, and nothing else, while the help takes the
// room of the whole rail.
func newCompactRail(steps []fyne.CanvasObject) fyne.CanvasObject {
	for _, s := range steps {
		s.(*kit.StepItem).Compact = true
	}
	bg := kit.NewPanel(kit.ColorRail, "")
	bg.Radius = ""
	return kit.Padded(compactInset, 14, kit.Column(4, steps...), bg)
}

// The width of what a page shows, beside a rail and without one. In a wider
// window it is centered.
const (
	pageWidth float32 = 720
	WideWidth float32 = 880
)

// NewFrame lays out a screen with a rail; banner is above the page, nil for none.
func (w *Window) NewFrame(rail, banner, content, foot fyne.CanvasObject) fyne.CanvasObject {
	return w.newPageFrame(rail, banner, pageWidth, content, foot)
}

// NewWideFrame lays out a screen without a rail.
func (w *Window) NewWideFrame(banner, content, foot fyne.CanvasObject) fyne.CanvasObject {
	return w.newPageFrame(nil, banner, WideWidth, content, foot)
}

func (w *Window) newPageFrame(rail, banner fyne.CanvasObject, width float32, content, foot fyne.CanvasObject) fyne.CanvasObject {
	w.pageWidth = width
	p := kit.NewPage(kit.Padded(kit.Margin, 14, kit.Limited(width, content)))
	w.Keys.Reveal, w.Keys.Scroll = p.Reveal, p.Scroll
	foot = kit.Column(0, kit.Rule(), w.clipBar.object, kit.Padded(kit.Margin, 10, kit.Limited(width, foot)))
	return w.newFrame(rail, banner, p, foot)
}

// NewListFrame lays out a screen whose body scrolls by itself.
func (w *Window) NewListFrame(banner, body fyne.CanvasObject) fyne.CanvasObject {
	w.pageWidth = WideWidth
	return w.newFrame(nil, banner, body, nil)
}

// Strip is a line across the window on a field of its own. What it says begins and
// ends with the page.
func (w *Window) Strip(field fyne.ThemeColorName, margin, inset float32, content fyne.CanvasObject) fyne.CanvasObject {
	bg := kit.NewPanel(field, "")
	bg.Radius = ""
	return kit.Padded(margin, inset, kit.LimitedTo(func() float32 { return w.pageWidth }, content), bg)
}

func (w *Window) newFrame(rail, banner, page, foot fyne.CanvasObject) fyne.CanvasObject {
	l := &frameLayout{bar: w.newBar(), rail: rail, banner: banner, page: page, foot: foot}
	w.frame = container.New(l)
	// The Tab key goes in this order.
	for _, o := range []fyne.CanvasObject{l.bar, rail, banner, page, foot} {
		if o != nil {
			w.frame.Add(o)
		}
	}
	return w.frame
}

// frameLayout keeps the bar above everything, the rail at the left, the foot below,
// and the help at the right. Where there is no room for all, the rail goes away while the help is
// open, or leaves its compact form there; in a narrow window the help takes the
// page's place.
type frameLayout struct {
	bar, rail, banner, page, foot fyne.CanvasObject
	help, compact                 fyne.CanvasObject // nil without
}

// The width of the help, and the least that a page next to it must have.
const (
	helpWidth float32 = 380
	pageLeast float32 = 520
)

// widths divides the window; a page of no width is not shown.
func (l *frameLayout) widths(width float32) (rail, page, help float32) {
	if l.rail != nil {
		rail = RailWidth
	}
	var least float32
	if l.compact != nil {
		least = compactWidth
	}
	switch {
	case l.help == nil:
		return rail, width - rail, 0
	case width >= rail+pageLeast+helpWidth:
		return rail, width - rail - helpWidth, helpWidth
	case width >= least+pageLeast+helpWidth:
		return least, width - least - helpWidth, helpWidth
	default:
		return rail, 0, width - rail
	}
}

func (l *frameLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	rail, page, help := l.widths(size.Width)
	place := func(o fyne.CanvasObject, x, y, w, h float32) {
		if o == nil {
			return
		}
		if (w > 0) != o.Visible() {
			if w > 0 {
				o.Show()
			} else {
				o.Hide()
			}
		}
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	bar := kit.HeightAt(l.bar, size.Width)
	place(l.bar, 0, 0, size.Width, bar)
	// What is below and above the page goes with it, or with what is in its place.
	w := max(page, size.Width-rail-help)
	if page == 0 {
		w = help
	}
	top, bottom := bar, float32(0)
	if l.banner != nil {
		top += kit.HeightAt(l.banner, w)
	}
	if l.foot != nil {
		bottom = kit.HeightAt(l.foot, w)
	}
	below := size.Height - bar
	if compact := l.compact != nil && rail == compactWidth; compact {
		place(l.rail, 0, bar, 0, below)
		place(l.compact, 0, bar, rail, below)
	} else {
		place(l.rail, 0, bar, rail, below)
		place(l.compact, 0, bar, 0, below)
	}
	place(l.banner, rail, bar, w, top-bar)
	place(l.page, rail, top, page, size.Height-top-bottom)
	place(l.foot, rail, size.Height-bottom, w, bottom)
	if page == 0 {
		place(l.help, rail, top, help, size.Height-top-bottom)
	} else {
		place(l.help, rail+page, bar, help, below)
	}
}

func (l *frameLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(LeastWidth, LeastHeight)
}

// NewFoot is the bar at the bottom: what goes back at the left, what goes on
// at the right.
func (w *Window) NewFoot(left, right *kit.Button) fyne.CanvasObject {
	for _, b := range []*kit.Button{left, right} {
		if b != nil {
			b.Fixed = true
		}
	}
	space := kit.Text("", kit.Body)
	var items []fyne.CanvasObject
	grow := 0
	if left != nil {
		items = append(items, left)
		grow = 1
	}
	items = append(items, space)
	if right != nil {
		items = append(items, right)
	}
	return kit.Row(grow, items...)
}

// RefreshFrame lays the screen out again, after a change of what is in it.
func (w *Window) RefreshFrame() {
	if w.frame != nil {
		w.frame.Refresh()
	}
}
