// Package value names the values that an authorization needs or yields, for
// screens, setup files and exports alike.
package value

// ID names a value. It's a stable identifier in setup files and in the IDs of
// messages.
type ID string

// The values.
const (
	SellerID     ID = "seller_id"
	Code         ID = "code" // authorization code
	RefreshToken ID = "refresh_token"
	ClientID     ID = "client_id"
	ClientSecret ID = "client_secret"
	AccessToken  ID = "access_token"

	ApplicationID ID = "application_id"
	MarketplaceID ID = "marketplace_id"
	Region        ID = "region"   // an lwa.Region
	Endpoint      ID = "endpoint" // the URL of an lwa.Endpoint
)

// All returns every value.
func All() []ID {
	return []ID{
		SellerID, Code, RefreshToken, ClientID, ClientSecret, AccessToken,
		ApplicationID, MarketplaceID, Region, Endpoint,
	}
}

// IsSecret reports whether the value is masked on the screen and cleared from
// the clipboard.
func (v ID) IsSecret() bool { return v == Code || v.GivesAccess() }

// GivesAccess reports whether somebody with the value can get at the seller's
// data. A code needs the client secret, too.
func (v ID) GivesAccess() bool {
	return v == RefreshToken || v == ClientSecret || v == AccessToken
}
