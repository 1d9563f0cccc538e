package ui

import (
	"errors"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// seesAddress reports whether the clipboard holds an address to offer. It is
// never taken without a press.
func (j *journey) seesAddress(a *App) bool {
	text := a.Clipboard.Content()
	if text == "" || text == j.walk.Pasted() {
		return false
	}
	_, err := paste.ParseRedirect(text)
	var pe *paste.Error
	isLogin := errors.As(err, &pe) && pe.Login != nil
	if err != nil && !isLogin {
		return false
	}
	j.offer = text
	return true
}

// newOffer offers the address that was seen on the clipboard; hidden without one.
func (j *journey) newOffer(a *App) *fyne.Container {
	if j.offer == "" || j.offer == j.walk.Pasted() {
		none := kit.Column(0)
		none.Hide()
		return none
	}
	use := kit.NewButton(a.Keys, kit.Primary, a.Words.T("paste_step.use_offer"), func() { j.take(a, j.offer) })
	return kit.Banner(kit.Info, a.Words.T("paste_step.offer"), use)
}
