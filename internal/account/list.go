package account

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/width"
)

// Search returns the accounts that hold every word of the query in their name,
// marketplace, seller ID, application ID or client ID. Case and width of the
// letters do not matter. An empty query gives all.
func (s *Store) Search(query string) []Account {
	words := strings.Fields(fold(query))
	return slices.DeleteFunc(s.List(), func(a Account) bool {
		text := fold(strings.Join([]string{a.Name, a.Marketplace, a.SellerID, a.ApplicationID, a.ClientID}, "\n"))
		return slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
	})
}

// sortAccounts sorts by title as people read it, and by ID.
func sortAccounts(accounts []Account) {
	keys := make(map[string]string, len(accounts))
	for _, a := range accounts {
		keys[a.ID] = fold(a.Title())
	}
	slices.SortFunc(accounts, func(a, b Account) int {
		return cmp.Or(cmp.Compare(keys[a.ID], keys[b.ID]), cmp.Compare(a.ID, b.ID))
	})
}

// fold makes text comparable for a person: ABC, abc and ＡＢＣ are the same.
func fold(s string) string { return strings.ToLower(width.Fold.String(s)) }
