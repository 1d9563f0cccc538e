package check

import (
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
)

// Cause is one of the causes of a bare 403 of the SP-API, "Access to
// requested resource is denied." without details.
type Cause string

const (
	// CauseRole: the app lacks a role, or got it after the authorization
	// (amzn/selling-partner-api-docs#290, #556).
	CauseRole Cause = "role"
	// CauseRegion: the account belongs to another region (docs#196, #173).
	CauseRegion Cause = "region"
	// CauseSandbox: the token is for the sandbox (models#4958).
	CauseSandbox Cause = "sandbox"
	// CauseProduction: the token is for production, at the sandbox.
	CauseProduction Cause = "production"
	// CauseSecret: the client secret has expired, while Login with Amazon still
	// accepts it (models#4489).
	CauseSecret Cause = "secret"
)

// causesOf returns the causes of a bare 403, the likeliest for this account
// first. It's a plain rule over what is saved, and asks nobody:
//
//   - A secret that is older than [account.SecretLife] comes first, a younger one last. One
//     whose date is unknown is at least as old as the account.
//   - A token that didn't come from a seller's authorization and is new here was
//     brought by hand, with a marketplace that somebody picked: region, then sandbox,
//     then role. Once it's a day old, it has been in use, and roles are what changes.
//   - Who authorized on a marketplace's own page has the right region: the role comes
//     first. It isn't the sandbox, whose apps nobody authorizes
//     (https://developer-docs.amazon.com/sp-api/docs/sp-api-sandbox).
//   - At the sandbox, which asks for the same roles (models#4958), a token may be one
//     for production instead.
func causesOf(a account.Account, now time.Time) []Cause {
	other := CauseSandbox
	if a.Sandbox {
		other = CauseProduction
	}
	used := now.Sub(a.CreatedAt) >= 24*time.Hour && !a.CreatedAt.IsZero()
	causes := []Cause{CauseRole, CauseRegion}
	switch byHand := a.SelfAuthorized || a.Sandbox; {
	case byHand && !used:
		causes = []Cause{CauseRegion, other, CauseRole}
	case byHand:
		causes = append(causes, other)
	}
	made := a.SecretMadeAt
	if made.IsZero() {
		made = date.Of(a.CreatedAt)
	}
	if due := made.AddDays(account.SecretLife); !due.IsZero() && !date.Of(now).Before(due) {
		return append([]Cause{CauseSecret}, causes...)
	}
	return append(causes, CauseSecret)
}
