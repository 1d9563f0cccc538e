package account

import (
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/lwa"
)

// TestSortByNeed: problems first, then what runs out first, then what has no date;
// what is equal keeps its order.
func TestSortByNeed(t *testing.T) {
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.Local)
	today := date.Of(now)
	made := func(id string, secret, authorized int) Account {
		a := Account{ID: id, HasRefreshToken: true, CreatedAt: now}
		if secret != 0 {
			a.SecretMadeAt = today.AddDays(-secret)
		}
		if authorized != 0 {
			a.AuthorizedAt = today.AddDays(-authorized)
		}
		return a
	}
	problem := made("e", 10, 0)
	problem.Problem = string(lwa.KindRevoked)
	list := []Account{
		made("a", 0, 0), made("b", 10, 300), made("c", 20, 10), problem, made("d", 0, 360), made("f", 0, 0), made("g", 170, 0), made("h", 200, 0),
	}
	SortByNeed(list, now)
	order := ""
	for _, a := range list {
		order += a.ID
	}
	// h has run out and e is revoked; d has 5 days left, g 10; b has 65, c 160.
	if order != "hedgbcaf" {
		t.Errorf("sorted %s", order)
	}
}
