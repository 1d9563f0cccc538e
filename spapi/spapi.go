// Package spapi is the one call of the Selling Partner API that proves a token.
package spapi

import (
	"context"
	"errors"
	"net/http"

	"github.com/sellerkey/sellerkey/lwa"
)

// Client calls the Selling Partner API.
type Client struct {
	BaseURL string
	HTTP    *http.Client
	Version string
}

// Participation is one marketplace that the account can sell in.
type Participation struct {
	MarketplaceID, CountryCode, Name       string
	CurrencyCode, LanguageCode, DomainName string
	StoreName                              string
	Participating, HasSuspendedListings    bool
}

// MarketplaceParticipations lists the marketplaces of the account.
func (c *Client) MarketplaceParticipations(ctx context.Context, region lwa.Region, access lwa.Secret) ([]Participation, error) {
	return nil, errors.ErrUnsupported
}
