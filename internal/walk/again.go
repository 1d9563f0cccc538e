package walk

import (
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/lwa"
)

// ForAccount starts a walk that authorizes a saved account again, with everything
// filled in that is known of it.
func ForAccount(acc account.Account, now func() time.Time) *Walk {
	m, ok := lwa.FindMarketplace(acc.Marketplace)
	if !ok {
		m, _ = lwa.FindMarketplace("US")
	}
	v, app := OwnApp, acc.ApplicationID
	switch {
	case acc.SelfAuthorized || acc.Sandbox:
		v = HasToken
	case acc.ProviderApp:
		v, app = Guide, acc.Link
	}
	w := New(v, m, now)
	w.AccountID = acc.ID
	_ = w.ReadApp(app) // without one, the walk asks for it
	w.Vendor, w.Draft, w.RedirectURI, w.ReturnPage, w.ClientID, w.Sandbox = acc.Vendor, acc.Draft, acc.RedirectURI, acc.ReturnPage, acc.ClientID, acc.Sandbox
	w.Recall(acc)
	return w
}
