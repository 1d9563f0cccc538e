package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// enter changes to an environment and starts renewing its access tokens.
func (a *App) enter(w *Environment) {
	if w != a.env {
		a.walking = nil // it belongs to the other environment, and so does its code
	}
	a.env = w
	a.filter.showAll()
	if w.fresh != nil {
		return
	}
	w.fresh = account.NewRefresher(w.Store, w.LWA.Refresh, func(id string, r account.Renewal, err error) {
		fyne.Do(func() { a.renewed(w, id, r, err) })
	})
	go w.fresh.Run(a.Running())
	a.AtEnd(w.fresh.Wait) // or the program could end with an unsaved refresh token
}

// enterPractice changes to practice mode and reports whether that worked.
func (a *App) enterPractice() bool {
	if a.practised == nil {
		w, err := a.deps.Practice(a.home(), wordIn)
		if err != nil {
			a.Log.Error("starting practice mode", "err", err)
			a.Alert(a.Words.T("practice.failed_title"), a.Words.T("practice.failed_text"))
			return false
		}
		a.practised = w
	}
	a.enter(a.practised)
	return true
}

func (a *App) leavePractice() {
	a.enter(a.real)
	a.showHome()
}

// wordIn gives a text in any language, for the pages of practice mode.
func wordIn(tag, id string) string {
	words, err := i18n.New(i18n.Match(tag))
	if err != nil {
		return id
	}
	return words.T(id)
}

// practiceBanner says that nothing goes to Amazon; nil outside practice mode.
func (a *App) practiceBanner() fyne.CanvasObject { return a.banner(false) }

// banner is practiceBanner on a screen about an account or an app. It also says if
// that is a sandbox app.
func (a *App) banner(sandbox bool) fyne.CanvasObject {
	if !a.practising() {
		return a.strip(kit.Margin, sandbox)
	}
	leave := kit.NewButton(a.Keys, kit.Plain, a.Words.T("practice.leave"), func() { a.beforeLeaving(a.leavePractice) })
	leave.Fixed = true
	return a.strip(kit.Margin, sandbox, leave)
}

// strip says both, with buttons at its end; nil if there is nothing to say.
func (a *App) strip(margin float32, sandbox bool, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	t := a.Words.T
	text := t("practice.banner")
	switch {
	case !a.practising() && !sandbox:
		return nil
	case !a.practising():
		text = t("sandbox.banner")
	case sandbox:
		text = t("accounts.place", "Market", t("sandbox.word"), "Seller", text)
	}
	line := kit.Text(text, kit.Small.Bold().In(kit.ColorWarning))
	return a.Strip(kit.ColorWarningField, margin, 5, kit.Row(0, append([]fyne.CanvasObject{line}, buttons...)...))
}

// renewed records how a renewal ended, and shows the token if it is the account on
// the screen.
func (a *App) renewed(w *Environment, id string, r account.Renewal, err error) {
	if w.failed == nil {
		w.failed = map[string]bool{}
	}
	if !errors.Is(err, context.Canceled) {
		w.failed[id] = err != nil && r.Token.Access.IsEmpty()
	}
	if h := a.session(); h != nil && a.env == w && h.stop == nil && h.account.ID == id {
		h.renewed(r, err)
	}
}
