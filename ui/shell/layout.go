package shell

import (
	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/ui/kit"
)

const (
	// RailWidth is the width of the column at the left.
	RailWidth float32 = 240
	// The width of the rail where there is no room for its words.
	compactWidth, compactInset float32 = 60, 8
	// The width of what a page shows, beside a rail and without one. In a wider
	// window it is centered.
	pageWidth, WideWidth float32 = 720, 880
	// The width of the help, and the least that a page next to it must have.
	helpWidth, pageLeast float32 = 380, 520
)

// frameLayout keeps the bar above everything, the rail at the left, the foot below,
// and the help at the right. Where there is no room for all, the rail goes away
// while the help is open, or leaves its compact form there; in a narrow window the
// help takes the page's place.
type frameLayout struct {
	bar, rail, banner, page, foot fyne.CanvasObject
	help, compact                 fyne.CanvasObject // nil without
}

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

// Strip is a line across the window on a field of its own. What it says begins and
// ends with the page.
func (w *Window) Strip(field fyne.ThemeColorName, margin, inset float32, content fyne.CanvasObject) fyne.CanvasObject {
	bg := kit.NewPanel(field, "")
	bg.Radius = ""
	return kit.Padded(margin, inset, kit.LimitedTo(func() float32 { return w.pageWidth }, content), bg)
}

// RefreshFrame lays the screen out again, after a change of what is in it.
func (w *Window) RefreshFrame() {
	if w.frame != nil {
		w.frame.Refresh()
	}
}
