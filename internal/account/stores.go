package account

import (
	"context"
	"strings"
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
