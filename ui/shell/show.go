package shell

import (
	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/ui/kit"
)

// Show replaces the screen. build is called now, and again whenever the screen
// has to be drawn from what is known by then.
func (w *Window) Show(build func() Screen) {
	if w.helpCovers() {
		w.helpOpen = false // help in the page's place would hide the next one
	}
	w.build = build
	w.Redraw()
}

// Shows reports whether the screen is about this state.
func (w *Window) Shows(about any) bool { return w.now.About == about }

// Screen is the one that shows. It must not be changed.
func (w *Window) Screen() *Screen { return w.now }

// WayBack returns what shows the present screen again.
func (w *Window) WayBack() func() {
	before := w.build
	return func() { w.Show(before) }
}

// Redraw builds the screen again from what is known: after a change of language,
// or when work in the background came back.
func (w *Window) Redraw() {
	w.Keys, w.frame = w.NewKeys(), nil
	w.clipBar.speak()
	// Fyne would go on moving, and painting, what no longer shows.
	for _, m := range w.moving {
		m.Stop()
	}
	w.moving = nil
	s := w.build()
	w.now = &s
	w.SetClock()
	w.Keys.OnEnter, w.Keys.OnEscape = s.OnEnter, s.OnEscape
	w.showHelp()
	w.body.Objects = []fyne.CanvasObject{s.Body}
	w.body.Refresh()
	w.Win.SetTitle(s.Title + " — " + w.Words.T("app.name"))
	if w.helpCovers() {
		w.Win.Canvas().Focus(w.helping.close)
	} else if s.Focus != nil {
		w.Win.Canvas().Focus(s.Focus)
	} else if w.Win.Canvas().Overlays().Top() == nil { // it is the question that would lose the keyboard
		w.Win.Canvas().Unfocus()
	}
	if s.ScrollTo != nil && w.Keys.Reveal != nil {
		w.Keys.Reveal(s.ScrollTo)
	}
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

// helpCovers reports whether the help is shown instead of the page.
func (w *Window) helpCovers() bool {
	if w.helping == nil {
		return false
	}
	_, page, _ := w.frame.Layout.(*frameLayout).widths(w.Win.Canvas().Size().Width)
	return page == 0
}

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
