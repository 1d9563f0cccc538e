package account

import (
	"cmp"
	"slices"
	"time"

	"github.com/sellerkey/sellerkey/internal/date"
)

// nextDue is the next day on which something of the account runs out, zero if none is
// known. A day that has passed counts, because it still needs attention.
func (a Account) nextDue() date.Date {
	secret, authorization := a.SecretDue(), a.AuthorizationDue()
	if secret.IsZero() || !authorization.IsZero() && authorization.Before(secret) {
		return authorization
	}
	return secret
}

// SortByNeed sorts a list by what needs to be done: the accounts with a problem
// first, then by [Account.nextDue], those without a date last. Otherwise the order
// stays the same.
func SortByNeed(list []Account, now time.Time) {
	type need struct {
		level int
		due   time.Time
	}
	needs := make(map[string]need, len(list))
	for _, a := range list {
		n := need{slices.Index([]Level{Attention, RenewSoon, Fine}, a.State(now).Level), a.nextDue().Time()}
		if a.nextDue().IsZero() {
			n.due = now.AddDate(1000, 0, 0)
		}
		needs[a.ID] = n
	}
	slices.SortStableFunc(list, func(a, b Account) int {
		x, y := needs[a.ID], needs[b.ID]
		return cmp.Or(cmp.Compare(x.level, y.level), x.due.Compare(y.due))
	})
}
