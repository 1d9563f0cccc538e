package ui

import (
	"net/url"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/ui/kit"
)

// sellerPage is a page of Seller Central: its path, which outlives the names in the
// menus that lead to it, and its label.
type sellerPage struct{ path, label string }

// on is the address of the page on a host of Seller Central.
func (p sellerPage) on(host string) string {
	return (&url.URL{Scheme: "https", Host: host, Path: p.path}).String()
}

// title is what a button says that opens the page.
func (p sellerPage) title(a *App) string {
	return a.Words.T("open.page", "Label", a.Words.T("amazon_label."+p.label))
}

// manageApps lists the authorizations, to renew or end them
// (https://developer-docs.amazon.com/sp-api/docs/renew-authorizations).
func manageApps() sellerPage { return sellerPage{"/apps/manage", "manage_apps"} }

// developApps has an app's IDs and its client secret. Newer accounts are sent on
// from there to the Solution Provider Portal.
func developApps() sellerPage { return sellerPage{"/sellingpartner/developerconsole", "develop_apps"} }

// merchantToken has the seller ID.
func merchantToken() sellerPage {
	return sellerPage{"/sw/AccountInfo/MerchantToken/step/MerchantToken", "seller_id"}
}

// newDirections adds to a text that names the menus of Seller Central a button
// that opens the page itself: Amazon renames its menus, but the page stays.
func newDirections(a *App, text, host string, page sellerPage) fyne.CanvasObject {
	return kit.Column(kit.GapTiny, append([]fyne.CanvasObject{kit.Text(text, kit.Small)}, newPageButton(a, host, page)...)...)
}

// newPageButton opens a page of Seller Central. It's nil without a host, and in practice
// mode, where nothing goes to Amazon.
func newPageButton(a *App, host string, page sellerPage) []fyne.CanvasObject {
	if host == "" || a.practising() {
		return nil
	}
	return []fyne.CanvasObject{kit.Flow(kit.NewButton(a.Keys, kit.Plain, page.title(a), func() {
		a.Open(page.on(host))
	}))}
}
