package walk

import (
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
)

// TestForAccount: an account is authorized again by the same kind of visitor, in its
// marketplace, with what is known of its app.
func TestForAccount(t *testing.T) {
	const app = "amzn1.sp.solution.00000000-0000-0000-0000-000000000000"
	const link = "https://sellercentral.amazon.co.jp/apps/authorize/consent?application_id=" + app + "&version=beta"
	for _, c := range []struct {
		name    string
		account account.Account
		visitor Visitor
		step    Step
		known   bool // the app
	}{
		{"the seller's app", account.Account{Marketplace: "JP", ApplicationID: app, Draft: true, RedirectURI: "https://example.com/", ReturnPage: true}, OwnApp, StepApp, true},
		{"an app that isn't known", account.Account{Marketplace: "JP"}, OwnApp, StepApp, false},
		{"a provider's app", account.Account{Marketplace: "JP", ProviderApp: true, ApplicationID: app, Link: link, Draft: true}, Guide, StepApp, true},
		{"a refresh token from Seller Central", account.Account{Marketplace: "JP", SelfAuthorized: true, Vendor: true}, HasToken, StepCredentials, false},
		{"a sandbox app", account.Account{Marketplace: "JP", Sandbox: true}, HasToken, StepCredentials, false},
	} {
		c.account.ID, c.account.ClientID = "id", "amzn1.application-oa2-client.00000000000000000000000000000000"
		w := ForAccount(c.account, time.Now)
		if w.Visitor != c.visitor || w.Step() != c.step || w.Market.Code != "JP" || w.AccountID != "id" || w.ClientID != c.account.ClientID {
			t.Errorf("%s: %s at %s in %s, %+v", c.name, w.Visitor, w.Step(), w.Market.Code, w)
		}
		if id, err := w.App(); (err == nil) != c.known || c.known && id != app {
			t.Errorf("%s: app %q, %v", c.name, id, err)
		}
		if w.Vendor != c.account.Vendor || w.Draft != c.account.Draft || w.Sandbox != c.account.Sandbox || w.RedirectURI != c.account.RedirectURI || w.ReturnPage != c.account.ReturnPage {
			t.Errorf("%s: %+v", c.name, w)
		}
	}
	if w := ForAccount(account.Account{Marketplace: "XX"}, time.Now); w.Market.Code != "US" {
		t.Errorf("an unknown marketplace becomes %s", w.Market.Code)
	}
}
