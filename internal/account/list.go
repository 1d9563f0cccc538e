package account

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/width"
)

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
