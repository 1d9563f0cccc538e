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

// NewBrand is the mark and the name.
func (w *Window) NewBrand() fyne.CanvasObject {
	return kit.Row(-1, kit.NewLogo(24), kit.Line(w.Words.T("app.name"), kit.Heading))
}

// NewRail is the column at the left: the brand, what the screen puts there, and
// help, language and menu at its foot.
func (w *Window) NewRail(middle ...fyne.CanvasObject) fyne.CanvasObject {
	language, menu := w.NewCorner()
	help := w.NewHelpButton()
	help.Kind, help.Raised = kit.Secondary, true
	foot := kit.Column(kit.Gap, kit.Flow(help), kit.Flow(language, menu))
	bg := kit.NewPanel(kit.ColorRail, "")
	bg.Radius = ""
	return kit.Padded(18, 22, kit.Spread(22, kit.PlainInset, w.NewBrand(), kit.Column(4, middle...), foot), bg)
}

// newCompactRail shows where one is, and nothing else, while the help takes the
// room of the whole rail.
func newCompactRail(steps []fyne.CanvasObject) fyne.CanvasObject {
	for _, s := range steps {
		s.(*kit.StepItem).Compact = true
	}
	bg := kit.NewPanel(kit.ColorRail, "")
	bg.Radius = ""
	const logoSide = 24
	logo := kit.Padded((compactWidth-2*compactInset-logoSide)/2, 0, kit.NewLogo(logoSide))
	return kit.Padded(compactInset, 22, kit.Column(22, logo, kit.Column(4, steps...)), bg)
}

// The width of what a page shows, beside a rail and without one. In a wider
// window it is centered.
const (
	pageWidth float32 = 720
	WideWidth float32 = 880
)

// NewFrame lays out a screen with a rail; banner is above the page, nil for none.
func (w *Window) NewFrame(rail, banner, content, foot fyne.CanvasObject) fyne.CanvasObject {
	p := kit.NewPage(kit.Padded(kit.Margin, 30, kit.Limited(pageWidth, content)))
	return w.newFrameOf(rail, banner, p, w.bar(pageWidth, foot))
}

// NewWideFrame lays out a screen without a rail: what is at a rail's top and foot
// is in a row above the content.
func (w *Window) NewWideFrame(helpful bool, banner, content, foot fyne.CanvasObject) fyne.CanvasObject {
	p := kit.NewPage(kit.Padded(kit.Margin, 28, kit.Limited(WideWidth, kit.Column(18, w.NewHead(helpful), content))))
	return w.newFrameOf(nil, banner, p, w.bar(WideWidth, foot))
}

// NewHead is the row at the top of a screen without a rail.
func (w *Window) NewHead(helpful bool) fyne.CanvasObject {
	language, menu := w.NewCorner()
	items := []fyne.CanvasObject{w.NewBrand(), kit.Text("", kit.Body)}
	if helpful {
		items = append(items, w.NewHelpButton())
	}
	return kit.Row(1, append(items, language, menu)...)
}

func (w *Window) newFrameOf(rail, banner fyne.CanvasObject, p *kit.Page, foot fyne.CanvasObject) fyne.CanvasObject {
	w.Keys.Reveal, w.Keys.Scroll = p.Reveal, p.Scroll
	l := &frameLayout{rail: rail, banner: banner, page: p, foot: foot, large: w.Settings.TextSize == kit.TextLarge}
	w.frame = container.New(l)
	// The Tab key goes in this order.
	for _, o := range []fyne.CanvasObject{rail, banner, p, foot} {
		if o != nil {
			w.frame.Add(o)
		}
	}
	return w.frame
}

// frameLayout keeps the rail at the left, the foot below, and the help at the
// right. Where there is no room for all, the rail goes away while the help is
// open, or leaves its compact form there; in a narrow window the help takes the
// page's place.
type frameLayout struct {
	large                    bool // the text is
	rail, banner, page, foot fyne.CanvasObject
	help, compact            fyne.CanvasObject // nil without
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
	// What is below and above the page goes with it, or with what is in its place.
	w := max(page, size.Width-rail-help)
	if page == 0 {
		w = help
	}
	top, bottom := float32(0), float32(0)
	if l.banner != nil {
		top = kit.HeightAt(l.banner, w)
	}
	if l.foot != nil {
		bottom = kit.HeightAt(l.foot, w)
	}
	if compact := l.compact != nil && rail == compactWidth; compact {
		place(l.rail, 0, 0, 0, size.Height)
		place(l.compact, 0, 0, rail, size.Height)
	} else {
		place(l.rail, 0, 0, rail, size.Height)
		place(l.compact, 0, 0, 0, size.Height)
	}
	place(l.banner, rail, 0, w, top)
	place(l.page, rail, top, page, size.Height-top-bottom)
	place(l.foot, rail, size.Height-bottom, w, bottom)
	if page == 0 {
		place(l.help, rail, top, help, size.Height-top-bottom)
	} else {
		place(l.help, rail+page, 0, help, size.Height)
	}
}

func (l *frameLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	if l.large {
		return fyne.NewSize(LeastWidth, largeLeastHeight)
	}
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

// bar puts a foot below a page whose content has a width.
func (w *Window) bar(width float32, foot fyne.CanvasObject) fyne.CanvasObject {
	return kit.Column(0, kit.Rule(), w.clipBar.object, kit.Padded(kit.Margin, 14, kit.Limited(width, foot)))
}

// RefreshFrame lays the screen out again, after a change of what is in it.
func (w *Window) RefreshFrame() {
	if w.frame != nil {
		w.frame.Refresh()
	}
}
