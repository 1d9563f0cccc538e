package ui

import (
	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// newDirections adds to a text that names the menus of Seller Central a button
// that opens the page itself: Amazon renames its menus, but the page stays.
func newDirections(a *App, text, host string, page lwa.Page) fyne.CanvasObject {
	return kit.Column(kit.GapTiny, append([]fyne.CanvasObject{kit.Text(text, kit.Small)}, newPageButton(a, host, page)...)...)
}

// newPageButton opens a page of Seller Central. There is none without a host, and
// none in practice, where nothing goes to Amazon.
func newPageButton(a *App, host string, page lwa.Page) []fyne.CanvasObject {
	if host == "" || a.practising() {
		return nil
	}
	label := map[lwa.Page]string{lwa.ManageApps: "manage_apps", lwa.DevelopApps: "develop_apps", lwa.MerchantToken: "seller_id"}[page]
	return []fyne.CanvasObject{kit.Flow(kit.NewButton(a.Keys, kit.Plain, a.Words.T("open.page", "Label", a.Words.T("amazon_label."+label)), func() {
		a.Open(page.On(host))
	}))}
}
