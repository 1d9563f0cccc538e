package lwa

// Value is one of the values that an authorization needs or yields. It is a
// stable identifier in setup files and in the IDs of messages.
type Value string

// The values.
const (
	ValueSellerID     Value = "seller_id"
	ValueCode         Value = "code" // authorization code
	ValueRefreshToken Value = "refresh_token"
	ValueClientID     Value = "client_id"
	ValueClientSecret Value = "client_secret"
	ValueAccessToken  Value = "access_token"

	ValueApplicationID Value = "application_id"
	ValueMarketplaceID Value = "marketplace_id"
	ValueRegion        Value = "region"   // see [Region]
	ValueEndpoint      Value = "endpoint" // see [Region.Endpoint]
)

// Values returns every value.
func Values() []Value {
	return []Value{
		ValueSellerID, ValueCode, ValueRefreshToken, ValueClientID, ValueClientSecret, ValueAccessToken,
		ValueApplicationID, ValueMarketplaceID, ValueRegion, ValueEndpoint,
	}
}

// IsSecret reports whether the value is masked on the screen and cleared from
// the clipboard.
func (v Value) IsSecret() bool { return v == ValueCode || v.GivesAccess() }

// GivesAccess reports whether somebody with the value can get at the seller's
// data. A code needs the client secret, too.
func (v Value) GivesAccess() bool {
	return v == ValueRefreshToken || v == ValueClientSecret || v == ValueAccessToken
}
