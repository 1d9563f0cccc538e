package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sellerkey/sellerkey/ui/kit"
)

// newBar is the row above every screen, in which everything has its place: the
// brand, help, language and menu.
func (w *Window) newBar() fyne.CanvasObject {
	language, menu := w.newCorner()
	brand := kit.Row(-1, kit.NewLogo(24), kit.Line(w.Words.T("app.name"), kit.Heading))
	bg := kit.NewPanel(kit.ColorRail, "")
	bg.Radius = ""
	return kit.Padded(railInset, 3, kit.Row(1, brand, kit.Text("", kit.Body), w.newHelpButton(), language, menu), bg)
}

// newHelpButton opens the help of the screen that is being built.
func (w *Window) newHelpButton() *kit.Button {
	b := kit.NewButton(w.Keys, kit.Plain, w.Words.T("help.open"), w.ToggleHelp)
	b.Fixed, b.Mark = true, "?"
	return b
}

// The padding of the rail, and of the bar above it.
const railInset float32 = 18

// NewRail is the column at the left, with what the screen puts there.
func (w *Window) NewRail(items ...fyne.CanvasObject) fyne.CanvasObject {
	bg := kit.NewPanel(kit.ColorRail, "")
	bg.Radius = ""
	return kit.Padded(railInset, 14, kit.Column(4, items...), bg)
}

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
