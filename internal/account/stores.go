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
	var after Account
	err := s.update(context.Background(), func(list []Account) ([]Account, error) {
		i := slices.IndexFunc(list, func(a Account) bool { return a.ID == id })
		if i < 0 {
			return nil, &IndexError{Kind: IndexNotFound}
		}
		before := list[i]
		list[i].Stores = strings.Join(codes, " ")
		if list[i].Shop == "" {
			list[i].Shop = shop
		}
		if shop != "" && list[i].unnamed() {
			list[i].Name = untaken(list, id, SuggestName(list[i].Marketplace, shop))
		}
		if after = list[i]; after == before {
			return nil, errUnchanged
		}
		return list, nil
	})
	return after, err
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
	var after Account
	err := s.update(context.Background(), func(list []Account) ([]Account, error) {
		i := slices.IndexFunc(list, func(a Account) bool { return a.ID == id })
		if i < 0 {
			return nil, &IndexError{Kind: IndexNotFound}
		}
		if after = list[i]; after.Marketplace == m.Code {
			return nil, errUnchanged
		}
		was, _ := lwa.FindMarketplace(after.Marketplace)
		after.Marketplace = m.Code
		if rest, ok := strings.CutPrefix(after.Name, was.Code+nameSign); ok && was.Code != "" {
			after.Name = untaken(list, id, SuggestName(m.Code, rest))
		}
		if was.Region != m.Region {
			after.Stores = ""
		}
		// A provider's link leads to the authorization page of a marketplace.
		if link, err := url.Parse(after.Link); err == nil && was.Code != "" && link.Host == was.Host(after.Vendor) {
			link.Host = m.Host(after.Vendor)
			after.Link = link.String()
		}
		list[i] = after
		return list, nil
	})
	return after, err
}

// Covers reports whether the account's authorization covers a store: the
// account's own marketplace, or one that Amazon named at the last check.
func (a Account) Covers(code string) bool {
	return a.Marketplace == code || slices.Contains(strings.Fields(a.Stores), code)
}
