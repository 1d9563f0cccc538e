package lwa

import "time"

// Grant says what was asked.
type Grant string

// What can be asked.
const (
	GrantCode         Grant = "authorization_code"
	GrantRefresh      Grant = "refresh_token"
	GrantCredentials  Grant = "client_credentials"
	GrantMarketplaces Grant = "marketplaces"
)

// Error is every refusal and failure.
type Error struct {
	Kind                         Kind
	Status                       int
	Code, Description, RequestID string

	Grant      Grant
	RetryAfter time.Duration
	At         time.Time
}

// Error gives kind, status, Amazon's code and request ID.
func (e *Error) Error() string { return string(e.Kind) }

// Details is the text of "Copy details".
func (e *Error) Details(version string) string { return string(e.Kind) }
