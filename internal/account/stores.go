package account

import (
	"context"
	"net/url"
	"strings"

	"github.com/sellerkey/sellerkey/lwa"
)

// RecordStores writes down what a check with Amazon found: the country codes of the
// stores that the authorization covers, and the seller's name for the shop, which
// may be empty. The first name stays, see [Account.Shop].
//
// An account without a name and a seller ID is named after the shop. RecordStores
// returns the account as it is then.
func (s *Store) RecordStores(id string, codes []string, shop string) (Account, error) {
	shop = strings.Join(strings.Fields(shop), " ")
	return s.edit(context.Background(), id, func(a *Account, all []Account) error {
		a.Stores = strings.Join(codes, " ")
		if a.Shop == "" {
			a.Shop = shop
		}
		if shop != "" && a.unnamed() {
			a.Name = untaken(all, id, SuggestName(a.Marketplace, shop))
		}
		return nil
	})
}

// correct sees to what follows from another marketplace, which somebody had picked
// wrongly, or from another kind of app, which nothing in a token tells: a name that
// begins with the marketplace's code follows, and a provider's link leads to the
// authorization page of the new one. What a check has found at other hosts is
// forgotten. The error is an *[IndexError] if there is no such marketplace.
func (a *Account) correct(before Account, all []Account) error {
	if a.Endpoint() != before.Endpoint() {
		a.Stores = ""
	}
	if a.Marketplace == before.Marketplace {
		return nil
	}
	m, ok := lwa.FindMarketplace(a.Marketplace)
	if !ok {
		return &IndexError{Kind: IndexNotFound}
	}
	a.Marketplace = m.Code
	was, ok := lwa.FindMarketplace(before.Marketplace)
	if !ok {
		return nil
	}
	if rest, ok := strings.CutPrefix(a.Name, was.Code+nameSign); ok {
		a.Name = untaken(all, a.ID, SuggestName(m.Code, rest))
	}
	if link, err := url.Parse(a.Link); err == nil && link.Host == was.Host(a.Vendor) {
		link.Host = m.Host(a.Vendor)
		a.Link = link.String()
	}
	return nil
}
