package account

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// sortAccounts sorts by title as people read it, and by ID. The marketplace in front
// of a title doesn't count. A seller's accounts are next to each other: those with
// the same seller ID or shop.
func sortAccounts(accounts []Account) {
	type place struct{ group, title string }
	places := make(map[string]place, len(accounts))
	for _, a := range accounts {
		title := fold(strings.TrimPrefix(a.Title(), a.Marketplace+nameSign))
		places[a.ID] = place{title, title}
	}
	compare := func(a, b Account) int {
		p, q := places[a.ID], places[b.ID]
		return cmp.Or(cmp.Compare(p.group, q.group), cmp.Compare(p.title, q.title), cmp.Compare(a.Marketplace, b.Marketplace), cmp.Compare(a.ID, b.ID))
	}
	slices.SortFunc(accounts, compare)
	// The first account of a seller decides where the others are.
	groups := map[string]string{}
	for _, a := range accounts {
		p := places[a.ID]
		keys := []string{"seller\x00" + fold(a.SellerID), "shop\x00" + fold(a.Shop)}
		for _, key := range keys {
			if g, ok := groups[key]; ok {
				p.group = g
				break
			}
		}
		for i, value := range []string{a.SellerID, a.Shop} {
			if _, ok := groups[keys[i]]; !ok && value != "" {
				groups[keys[i]] = p.group
			}
		}
		places[a.ID] = p
	}
	slices.SortFunc(accounts, compare)
}

// fold makes text comparable for a person: ABC, abc and ＡＢＣ are the same; so are
// ㈱ and (株), and ガ and ｶﾞ.
func fold(s string) string { return strings.ToLower(norm.NFKC.String(s)) }
