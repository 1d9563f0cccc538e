package account

import (
	"time"

	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

const (
	// SecretLife is how long Amazon accepts a client secret
	// (https://developer-docs.amazon.com/sp-api/docs/rotating-your-apps-lwa-credentials).
	SecretLife = 180
	// AuthorizationLife is how long a seller's authorization of a public app lasts
	// (https://developer-docs.amazon.com/sp-api/docs/renew-authorizations).
	AuthorizationLife = 365
	// WarnAhead is how many days before either date the account says so.
	WarnAhead = 30
)

// Level is how an account is doing. Its value is a stable identifier.
type Level string

// The levels, from good to bad.
const (
	Fine      Level = "fine"
	RenewSoon Level = "renew_soon"
	Attention Level = "attention"
)

// ReasonID says why an account is not fine. Its value is a stable identifier
// and the key of its words.
type ReasonID string

// Why an account is not fine.
const (
	reasonSecretDue     ReasonID = "secret_due"
	reasonSecretOverdue ReasonID = "secret_overdue"
	// reasonSecretExpired: Amazon says that the client secret has expired.
	reasonSecretExpired        ReasonID = "secret_expired"
	reasonAuthorizationDue     ReasonID = "authorization_due"
	reasonAuthorizationOverdue ReasonID = "authorization_overdue"
	// reasonRevoked: the access was taken back, or the year is over.
	reasonRevoked ReasonID = "revoked"
	// reasonRefreshToken: Amazon does not accept the refresh token.
	reasonRefreshToken ReasonID = "refresh_token_invalid"
	// reasonClient: client ID, secret and token do not belong together.
	reasonClient ReasonID = "client_refused"
	// reasonSecretGone: the index says that there is a secret, the vault has none.
	reasonSecretGone ReasonID = "secret_gone"
	// reasonNoToken: there is no refresh token yet.
	reasonNoToken ReasonID = "no_token"
	// reasonOther: another lasting problem; [Reason.Problem] has its kind.
	reasonOther ReasonID = "other_problem"
)

// Reason is one thing to see to.
type Reason struct {
	ID    ReasonID
	Level Level
	// Date is the 180- or 365-day date where the reason is one.
	Date date.Date
	// Problem is [Account.Problem] where the reason comes from it.
	Problem string
}

// SecretExpires reports whether the reason is the age of the client secret.
func (r Reason) SecretExpires() bool {
	return r.ID == reasonSecretDue || r.ID == reasonSecretOverdue || r.ID == reasonSecretExpired
}

// State is how an account is doing and why, the worst reason first.
type State struct {
	Level   Level
	Reasons []Reason
}

// SecretDue is the day on which the client secret runs out, zero when unknown.
func (a Account) SecretDue() date.Date { return a.SecretMadeAt.AddDays(SecretLife) }

// AuthorizationDue is the day on which the authorization runs out, zero when
// unknown. A sandbox app has none.
func (a Account) AuthorizationDue() date.Date {
	if a.Sandbox {
		return date.Date{}
	}
	return a.AuthorizedAt.AddDays(AuthorizationLife)
}

// State tells how the account is doing at the given moment.
//
// Passing problems (no network, Amazon busy) say nothing about the account, so they
// aren't part of it. Amazon doesn't say whether the year applies to a self-authorized
// token: its date is only a reminder, and not even that once a renewal has worked
// after it.
func (a Account) State(now time.Time) State {
	s := State{Level: Fine}
	problem := reasonOf(a.Problem)
	if problem != "" {
		s.add(Reason{ID: problem, Level: Attention, Problem: a.Problem})
	}
	if !a.HasRefreshToken && !a.ProviderApp && !a.CreatedAt.IsZero() {
		s.add(Reason{ID: reasonNoToken, Level: Attention})
	}
	today, authorization := date.Of(now), a.AuthorizationDue()
	if renewed := date.Of(a.RenewedAt); a.SelfAuthorized && !renewed.Before(authorization) {
		authorization = date.Date{}
	}
	dates := []struct {
		due        date.Date
		over, soon ReasonID
		alarms     bool // once it is over
		known      bool // the problem says it
	}{
		{a.SecretDue(), reasonSecretOverdue, reasonSecretDue, true, problem == reasonSecretExpired},
		{authorization, reasonAuthorizationOverdue, reasonAuthorizationDue, !a.SelfAuthorized, problem == reasonRevoked},
	}
	for _, d := range dates {
		if d.alarms && !d.known && reached(today, d.due) {
			s.add(Reason{ID: d.over, Level: Attention, Date: d.due})
		}
	}
	for _, d := range dates {
		if !(d.alarms && reached(today, d.due)) && reached(today, d.due.AddDays(-WarnAhead)) {
			s.add(Reason{ID: d.soon, Level: RenewSoon, Date: d.due})
		}
	}
	return s
}

// add appends a reason. The worst comes first and is the level.
func (s *State) add(r Reason) {
	if len(s.Reasons) == 0 {
		s.Level = r.Level
	}
	s.Reasons = append(s.Reasons, r)
}

// reached reports whether a day has come; the zero day never does.
func reached(today, day date.Date) bool { return !day.IsZero() && !today.Before(day) }

// reasonOf gives the reason of a lasting problem, "" for a passing one or none.
func reasonOf(problem string) ReasonID {
	switch problem {
	case "":
		return ""
	case string(lwa.KindRevoked):
		return reasonRevoked
	case string(lwa.KindRefreshToken):
		return reasonRefreshToken
	case string(lwa.KindClientAuth), string(lwa.KindClientNotAuthorized):
		return reasonClient
	case string(lwa.KindSecretExpired):
		return reasonSecretExpired
	case string(vault.NotFound):
		return reasonSecretGone
	}
	if lwa.Kind(problem).Lasting() {
		return reasonOther
	}
	return ""
}
