package lwa

import "net/url"

// Page is the path of a page of Seller Central. It outlives the names in the
// menus that lead to the page.
type Page string

// The pages that a seller is sent to.
const (
	// ManageApps lists the authorizations, to renew or end them
	// (https://developer-docs.amazon.com/sp-api/docs/renew-authorizations).
	ManageApps Page = "/apps/manage"
	// DevelopApps has an app's IDs and its client secret. Newer accounts are
	// sent on from there to the Solution Provider Portal.
	DevelopApps Page = "/sellingpartner/developerconsole"
	// MerchantToken has the seller ID.
	MerchantToken Page = "/sw/AccountInfo/MerchantToken/step/MerchantToken"
)

// On returns the address of the page on a host of Seller Central.
func (p Page) On(host string) string {
	return (&url.URL{Scheme: "https", Host: host, Path: string(p)}).String()
}
