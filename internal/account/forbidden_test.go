package account

import (
	"slices"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/date"
)

// TestForbiddenCauses: the causes, in the order of what is known of the account.
func TestForbiddenCauses(t *testing.T) {
	const role, region, sandbox, secret = ForbiddenRole, ForbiddenRegion, ForbiddenSandbox, ForbiddenSecret
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.Local)
	ago := func(days int) time.Time { return now.AddDate(0, 0, -days) }
	for _, c := range []struct {
		name    string
		account Account
		want    []ForbiddenCause
	}{
		{"authorized today in the browser", Account{CreatedAt: ago(0), AuthorizedAt: date.Of(now)}, []ForbiddenCause{role, region, secret}},
		{"not saved", Account{AuthorizedAt: date.Of(now)}, []ForbiddenCause{role, region, secret}},
		{"authorized long ago, with a young secret", Account{CreatedAt: ago(300), AuthorizedAt: date.Of(ago(300)), SecretMadeAt: date.Of(ago(20))}, []ForbiddenCause{role, region, secret}},
		{"with an old secret", Account{CreatedAt: ago(10), AuthorizedAt: date.Of(ago(10)), SecretMadeAt: date.Of(ago(180))}, []ForbiddenCause{secret, role, region}},
		{"a day before it's old", Account{CreatedAt: ago(10), SecretMadeAt: date.Of(ago(179))}, []ForbiddenCause{role, region, secret}},
		{"a secret of unknown date in an old account", Account{CreatedAt: ago(200)}, []ForbiddenCause{secret, role, region}},
		{"a token brought today", Account{SelfAuthorized: true, CreatedAt: ago(0)}, []ForbiddenCause{region, sandbox, role, secret}},
		{"a token not saved", Account{SelfAuthorized: true}, []ForbiddenCause{region, sandbox, role, secret}},
		{"a token in use", Account{SelfAuthorized: true, CreatedAt: ago(1)}, []ForbiddenCause{role, region, sandbox, secret}},
		{"a token brought today with an old secret", Account{SelfAuthorized: true, CreatedAt: ago(0), SecretMadeAt: date.Of(ago(365))}, []ForbiddenCause{secret, region, sandbox, role}},
		{"a sandbox app's token brought today", Account{Sandbox: true, SelfAuthorized: true, CreatedAt: ago(0)}, []ForbiddenCause{region, ForbiddenProduction, role, secret}},
		{"a sandbox app's token in use", Account{Sandbox: true, CreatedAt: ago(1)}, []ForbiddenCause{role, region, ForbiddenProduction, secret}},
	} {
		if got := c.account.ForbiddenCauses(now); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
