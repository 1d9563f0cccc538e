package lwa

import (
	"slices"
	"time"
)

// TokenURL is Amazon's token endpoint, the same for every region
// (https://developer-docs.amazon.com/sp-api/docs/connecting-to-the-selling-partner-api).
const TokenURL = "https://api.amazon.com/auth/o2/token"

// Credentials are an app's LWA credentials. They belong to the app owner.
type Credentials struct {
	ClientID     string
	ClientSecret Secret
}

// Token is the response of the token endpoint.
type Token struct {
	// Access is the access token.
	Access Secret
	// Refresh is the refresh token. After [Client.Refresh] it's the one to keep:
	// the old one, or a new one that replaces it.
	Refresh Secret
	// Type is "bearer". Only grantless tokens have a Scope.
	Type, Scope string
	// Expiry is wall-clock time, counted from before the request. Without a
	// plausible expires_in it is one hour, the lifetime that Amazon documents.
	Expiry time.Time
	// Skew is how far this computer's clock is ahead of Amazon's (negative:
	// behind), or 0 if that is less than a minute or unknown.
	Skew time.Duration
}

func (t Token) empty() bool { return t.Access.IsEmpty() && t.Refresh.IsEmpty() }

// tokenRequest is a request to the token endpoint.
type tokenRequest struct {
	grant       string
	cred        Credentials
	given       Secret // the code or the refresh token
	scope       string
	redirectURI string
}

// validate rejects a request with an empty field; oauth2 would silently omit it.
func (q tokenRequest) validate() error {
	name := ""
	switch {
	case q.cred.ClientID == "":
		name = "client_id"
	case q.cred.ClientSecret.IsEmpty():
		name = "client_secret"
	case q.grant == grantCode && q.given.IsEmpty():
		name = "code"
	case q.grant == grantRefresh && q.given.IsEmpty():
		name = "refresh_token"
	case q.grant == grantCredentials && q.scope == "":
		name = "scope"
	default:
		return nil
	}
	return &Error{Kind: KindMissingParameter, Parameter: name, Request: q.grant, At: time.Now().Round(0)}
}

// secrets are the values that a description may echo and that must not show.
func (q tokenRequest) secrets() []string {
	return slices.DeleteFunc(
		[]string{q.cred.ClientSecret.Reveal(), q.given.Reveal()},
		func(s string) bool { return s == "" })
}
