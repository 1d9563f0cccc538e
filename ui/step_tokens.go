package ui

import (
	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// newTokensStep is the end of a walk for a visitor with an app of their own.
func newTokensStep(a *App, j *journey) step {
	view := newTokensView(a, j.session)
	s := step{counts: !j.session.token.Access.IsEmpty(), Screen: shell.Screen{
		Body: view.content, Focus: view.first, ScrollTo: view.news, Tick: view.tick, Left: j.session.mask,
		Help: func() (string, []fyne.CanvasObject) { return helpTokens(a) },
	}}
	if !j.session.token.Access.IsEmpty() && !j.busy() {
		// The copies are what matters here.
		s.next = kit.NewButton(a.Keys, kit.Secondary, a.Words.T("button.done"), func() { j.session.beforeLeaving(a.showHome) })
	}
	return s
}
