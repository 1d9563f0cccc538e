package account

import (
	"time"

	"github.com/sellerkey/sellerkey/internal/date"
)

// ForbiddenCause is one of the four causes of a bare 403 of the SP-API, "Access to
// requested resource is denied." without details.
type ForbiddenCause string

const (
	// ForbiddenRole: the app lacks a role, or got it after the authorization
	// (amzn/selling-partner-api-docs#290, #556).
	ForbiddenRole ForbiddenCause = "role"
	// ForbiddenRegion: the account belongs to another region (docs#196, #173).
	ForbiddenRegion ForbiddenCause = "region"
	// ForbiddenSandbox: the token is for the sandbox (models#4958).
	ForbiddenSandbox ForbiddenCause = "sandbox"
	// ForbiddenSecret: the client secret has expired, while Login with Amazon still
	// accepts it (models#4489).
	ForbiddenSecret ForbiddenCause = "secret"
)

// ForbiddenCauses returns the causes of a bare 403, the likeliest for this account
// first. It's a plain rule over what is saved, and asks nobody:
//
//   - A secret that is older than [SecretLife] comes first, a younger one last. One
//     whose date is unknown is at least as old as the account.
//   - A token of Seller Central's own page that is new here was brought by hand,
//     with a marketplace that somebody picked: region, then sandbox, then role.
//     Once it's a day old, it has been in use, and roles are what changes.
//   - Who authorized on a marketplace's own page has the right region, and no
//     sandbox: the role comes first.
func (a Account) ForbiddenCauses(now time.Time) []ForbiddenCause {
	causes := []ForbiddenCause{ForbiddenRole, ForbiddenRegion, ForbiddenSandbox}
	if used := now.Sub(a.CreatedAt) >= 24*time.Hour && !a.CreatedAt.IsZero(); a.SelfAuthorized && !used {
		causes = []ForbiddenCause{ForbiddenRegion, ForbiddenSandbox, ForbiddenRole}
	}
	made := a.SecretMadeAt
	if made.IsZero() {
		made = date.Of(a.CreatedAt)
	}
	if due := made.AddDays(SecretLife); !due.IsZero() && !date.Of(now).Before(due) {
		return append([]ForbiddenCause{ForbiddenSecret}, causes...)
	}
	return append(causes, ForbiddenSecret)
}
