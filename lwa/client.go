package lwa

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// TokenURL is Amazon's token endpoint, the same for every region.
const TokenURL = "https://api.amazon.com/auth/o2/token"

// Credentials are the two halves of an app's LWA key.
type Credentials struct {
	ClientID     string
	ClientSecret Secret
}

// Client asks the token endpoint for tokens.
type Client struct {
	TokenURL string
	HTTP     *http.Client
}

// Token is what the token endpoint gave.
type Token struct {
	Access, Refresh Secret
	Type, Scope     string
	Expiry          time.Time
}

// Exchange turns a code into tokens.
func (c *Client) Exchange(ctx context.Context, cred Credentials, code Secret, redirectURI string) (Token, error) {
	return Token{}, errors.ErrUnsupported
}

// Refresh gets a new access token.
func (c *Client) Refresh(ctx context.Context, cred Credentials, refresh Secret) (Token, error) {
	return Token{}, errors.ErrUnsupported
}

// Grantless gets an access token that belongs to no seller.
func (c *Client) Grantless(ctx context.Context, cred Credentials, scope string) (Token, error) {
	return Token{}, errors.ErrUnsupported
}
