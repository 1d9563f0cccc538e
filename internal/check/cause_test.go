package check

import (
	"slices"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
)

// TestCauses: the causes, in the order of what is known of the account.
func TestCauses(t *testing.T) {
	const role, region, sandbox, secret = CauseRole, CauseRegion, CauseSandbox, CauseSecret
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.Local)
	ago := func(days int) time.Time { return now.AddDate(0, 0, -days) }
	for _, c := range []struct {
		name    string
		account account.Account
		want    []Cause
	}{
		{"authorized today in the browser", account.Account{CreatedAt: ago(0), AuthorizedAt: date.Of(now)}, []Cause{role, region, secret}},
		{"not saved", account.Account{AuthorizedAt: date.Of(now)}, []Cause{role, region, secret}},
		{"authorized long ago, with a young secret", account.Account{CreatedAt: ago(300), AuthorizedAt: date.Of(ago(300)), SecretMadeAt: date.Of(ago(20))}, []Cause{role, region, secret}},
		{"with an old secret", account.Account{CreatedAt: ago(10), AuthorizedAt: date.Of(ago(10)), SecretMadeAt: date.Of(ago(180))}, []Cause{secret, role, region}},
		{"a day before it's old", account.Account{CreatedAt: ago(10), SecretMadeAt: date.Of(ago(179))}, []Cause{role, region, secret}},
		{"a secret of unknown date in an old account", account.Account{CreatedAt: ago(200)}, []Cause{secret, role, region}},
		{"a token brought today", account.Account{SelfAuthorized: true, CreatedAt: ago(0)}, []Cause{region, sandbox, role, secret}},
		{"a token not saved", account.Account{SelfAuthorized: true}, []Cause{region, sandbox, role, secret}},
		{"a token in use", account.Account{SelfAuthorized: true, CreatedAt: ago(1)}, []Cause{role, region, sandbox, secret}},
		{"a token brought today with an old secret", account.Account{SelfAuthorized: true, CreatedAt: ago(0), SecretMadeAt: date.Of(ago(365))}, []Cause{secret, region, sandbox, role}},
		{"a sandbox app's token brought today", account.Account{Sandbox: true, SelfAuthorized: true, CreatedAt: ago(0)}, []Cause{region, CauseProduction, role, secret}},
		{"a sandbox app's token in use", account.Account{Sandbox: true, CreatedAt: ago(1)}, []Cause{role, region, CauseProduction, secret}},
	} {
		if got := causesOf(c.account, now); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
