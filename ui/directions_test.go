package ui

import "testing"

// TestDirectionsOpenThePage: next to the names of Amazon's menus is a button
// that opens the page on the Seller Central of the account's marketplace.
func TestDirectionsOpenThePage(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		opens := func(label, want string) {
			t.Helper()
			h.press("open.page", "Label", h.word("amazon_label."+label))
			if got := h.opened[len(h.opened)-1].String(); got != want {
				t.Errorf("%s opened %s, want %s", label, got, want)
			}
		}
		h.ownAppToTokens()
		opens("manage_apps", "https://"+h.journey().walk.Market.SellerHost+"/apps/manage")
		h.journey().walk.Vendor = true
		h.press("button.back")
		h.misses("open.page", "Label", h.word("amazon_label.develop_apps"))
		h.journey().walk.Vendor = false
		h.a.Redraw()
		opens("develop_apps", "https://"+h.journey().walk.Market.SellerHost+"/sellingpartner/developerconsole")
	})
}

func TestPracticeOpensNoPageOfAmazons(t *testing.T) {
	h := newHarness(t, "en")
	h.a.StartPractice()
	h.ownAppToTokens()
	h.sees("tokens.take_back")
	h.misses("open.page", "Label", h.word("amazon_label.manage_apps"))
}
