package shell

import "fyne.io/fyne/v2"

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
