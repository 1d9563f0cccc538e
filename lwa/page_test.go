package lwa

import "testing"

func TestPageOnAHost(t *testing.T) {
	m, _ := FindMarketplace("JP")
	if got := ManageApps.On(m.SellerHost); got != "https://sellercentral.amazon.co.jp/apps/manage" {
		t.Error(got)
	}
}
