package ui

import (
	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// newMarketChoice picks a marketplace, named in the seller's language.
func newMarketChoice(a *App, m lwa.Marketplace, changed func(lwa.Marketplace)) *kit.Select {
	all := lwa.Marketplaces()
	names := make([]string, len(all))
	for i, m := range all {
		names[i] = marketName(a.Words, m)
	}
	return kit.NewSelect(a.Keys, names, marketIndex(m), func(i int) {
		if i >= 0 {
			changed(all[i])
		}
	})
}

// marketName is a marketplace's name with its host, which is what a seller
// recognizes: "日本 (sellercentral.amazon.co.jp)".
func marketName(words *i18n.Localizer, m lwa.Marketplace) string {
	return words.T("market.name", "Country", words.T("market."+m.Code), "Host", m.SellerHost)
}

func marketIndex(m lwa.Marketplace) int {
	for i, other := range lwa.Marketplaces() {
		if other.Code == m.Code {
			return i
		}
	}
	return -1
}

// sellerHost is Seller Central of a marketplace; "" for vendors, whose pages
// are elsewhere.
func sellerHost(marketplace string, vendor bool) string {
	if vendor {
		return ""
	}
	m, _ := lwa.FindMarketplace(marketplace)
	return m.SellerHost
}
