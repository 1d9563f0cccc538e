package shell

import (
	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/ui/kit"
)

func (w *Window) newHelpPanel(title string, blocks []fyne.CanvasObject) *helpPanel {
	k := &kit.Keys{OnEscape: w.CloseHelp, OnHelp: w.CloseHelp, OnMenu: w.Keys.OnMenu, Clicks: w.clicks}
	p := &helpPanel{close: kit.NewButton(k, kit.Secondary, w.Words.T("help.close"), w.CloseHelp)}
	p.close.Fixed = true
	page := kit.NewPage(kit.Padded(24, 18, kit.Limited(pageWidth, kit.Column(kit.Gap, blocks...))))
	k.Scroll = page.Scroll
	head := kit.Padded(24, 14, kit.Row(0, kit.Text(title, kit.Heading), p.close))
	bg := kit.NewPanel(kit.ColorRail, "")
	bg.Radius = ""
	p.object = kit.Padded(0, 0, kit.Topped(fyne.Size{}, kit.Column(0, head, kit.Rule()), page), bg)
	return p
}

// newHelpButton opens the help of the screen that is being built.
func (w *Window) newHelpButton() *kit.Button {
	b := kit.NewButton(w.Keys, kit.Plain, w.Words.T("help.open"), w.ToggleHelp)
	b.Fixed, b.Mark = true, "?"
	return b
}

// ToggleHelp opens the help of the present screen, or closes it.
func (w *Window) ToggleHelp() {
	if w.helping != nil {
		w.CloseHelp()
		return
	}
	if w.now.Help != nil {
		w.helpOpen = true
		w.Redraw()
		w.Win.Canvas().Focus(w.helping.close)
	}
}

// CloseHelp closes the help panel.
func (w *Window) CloseHelp() {
	w.helpOpen = false
	w.Redraw()
}

// showHelp puts the help next to the page that has just been built.
func (w *Window) showHelp() {
	s := w.now
	w.helping = nil
	if s.Help == nil {
		return
	}
	w.Keys.OnHelp = w.ToggleHelp
	if !w.helpOpen || w.frame == nil {
		return
	}
	w.helping = w.newHelpPanel(s.Help())
	l := w.frame.Layout.(*frameLayout)
	l.help = w.helping.object
	w.frame.Add(w.helping.object)
	if s.Steps != nil {
		l.compact = newCompactRail(s.Steps())
		w.frame.Objects = append([]fyne.CanvasObject{l.compact}, w.frame.Objects...)
	}
	w.Keys.OnEscape = w.CloseHelp
}

// helpCovers reports whether the help stands in the page's place.
func (w *Window) helpCovers() bool {
	if w.helping == nil {
		return false
	}
	_, page, _ := w.frame.Layout.(*frameLayout).widths(w.Win.Canvas().Size().Width)
	return page == 0
}
