package account

import (
	"context"
	"net/url"
	"slices"
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

// SetMarketplace corrects the marketplace of an account, also to one of another
// region: the authorization is what it was, and somebody had picked the wrong
// store. The ID stays, and with it everything in the vault; so do name and dates. A
// name that begins with the marketplace's code follows. code is one of
// [lwa.Marketplaces].
func (s *Store) SetMarketplace(id, code string) (Account, error) {
	m, ok := lwa.FindMarketplace(code)
	if !ok {
		return Account{}, &IndexError{Kind: IndexNotFound}
	}
	return s.edit(context.Background(), id, func(a *Account, all []Account) error {
		if a.Marketplace == m.Code {
			return nil
		}
		was, _ := lwa.FindMarketplace(a.Marketplace)
		a.Marketplace = m.Code
		if rest, ok := strings.CutPrefix(a.Name, was.Code+nameSign); ok && was.Code != "" {
			a.Name = untaken(all, id, SuggestName(m.Code, rest))
		}
		if was.Region != m.Region {
			a.Stores = ""
		}
		// A provider's link leads to the authorization page of a marketplace.
		if link, err := url.Parse(a.Link); err == nil && was.Code != "" && link.Host == was.Host(a.Vendor) {
			link.Host = m.Host(a.Vendor)
			a.Link = link.String()
		}
		return nil
	})
}

// SetSandbox corrects whether an account is one of a sandbox app: nothing else in a
// token tells. What a check has found at the other hosts is forgotten.
func (s *Store) SetSandbox(id string, on bool) (Account, error) {
	return s.Update(id, func(a *Account) {
		if a.Sandbox != on {
			a.Sandbox, a.Stores = on, ""
		}
	})
}

// Covers reports whether the account's authorization covers a store: the
// account's own marketplace, or one that Amazon named at the last check.
func (a Account) Covers(code string) bool {
	return a.Marketplace == code || slices.Contains(strings.Fields(a.Stores), code)
}
