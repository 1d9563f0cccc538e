package lwa

// Kind says what a refusal or failure means to the person at the screen. Its
// value is a stable identifier and the key of the message (lwa.<kind>.title
// and lwa.<kind>.todo).
type Kind string

// What the token endpoint refused.
const (
	// KindCode: the code is past its five minutes, was used already, or was
	// made for another app (invalid_grant … : code).
	KindCode Kind = "code_invalid_or_expired"
	// KindCodeMalformed: what was sent is no code at all (invalid_request … : code).
	KindCodeMalformed Kind = "code_malformed"
	// KindRefreshToken: the refresh token is not accepted; often a cut copy.
	KindRefreshToken Kind = "refresh_token_invalid"
	// KindRevoked: the seller took the access back, or the year is over.
	KindRevoked Kind = "refresh_token_revoked"
	// KindClientAuth: client ID and secret do not match, or the secret was changed.
	KindClientAuth Kind = "client_auth_failed"
	// KindClientNotAuthorized: code or token belong to another app's client ID.
	KindClientNotAuthorized Kind = "client_not_authorized"
	// KindScope: the grantless scope is unknown, retired, or not the app's.
	KindScope Kind = "scope_invalid"
	// KindAccessDenied: the authorization was refused.
	KindAccessDenied Kind = "access_denied"
	// KindMissingParameter: a field was sent empty.
	KindMissingParameter Kind = "missing_parameter"
	// KindMalformedRequest and KindUnsupportedGrant: our request was not
	// understood; a fault of this program.
	KindMalformedRequest Kind = "malformed_request"
	KindUnsupportedGrant Kind = "unsupported_grant_type"
	// KindRefused: a refusal that is in no list. Never read as "revoked".
	KindRefused Kind = "other_error"
)

// What the marketplaces call of the SP-API refused.
const (
	KindAccessTokenExpired Kind = "access_token_expired"
	KindAccessTokenBad     Kind = "access_token_bad"
	KindHeaderMissing      Kind = "header_missing"
	// KindSecretExpired: the app's client secret is older than 180 days.
	KindSecretExpired Kind = "secret_expired"
	// KindForbidden: the token is good, this call is not allowed: a role is
	// missing or was added after the authorization, or the region is another.
	KindForbidden   Kind = "role_missing"
	KindWrongRegion Kind = "wrong_region"
	// KindNotForVendors: the call exists for sellers only; it was not sent.
	KindNotForVendors Kind = "not_for_vendors"
)

// What went wrong on Amazon's side or on the way there.
const (
	KindThrottled   Kind = "throttled"
	KindServer      Kind = "server_error"
	KindUnavailable Kind = "temporarily_unavailable"
	// KindOffline: no connection to the internet, or the name did not resolve.
	KindOffline Kind = "offline"
	// KindConnection: the connection was refused or broke off.
	KindConnection Kind = "connection_failed"
	KindTimeout    Kind = "timeout"
	// KindOutcomeUnknown: a code was sent and no answer came. Amazon may or
	// may not have used it up.
	KindOutcomeUnknown Kind = "outcome_unknown"
	// KindNotAmazon: a web page answered: a hotel's or company's sign-in page
	// or proxy stands between.
	KindNotAmazon Kind = "not_amazon"
	// KindTLS: the certificate is not Amazon's. KindClock: it is out of its
	// dates, which nearly always means that this computer's clock is wrong.
	KindTLS   Kind = "tls_untrusted"
	KindClock Kind = "clock_wrong"
	// KindCanceled: the person pressed Cancel.
	KindCanceled Kind = "canceled"
)

// A success that is none.
const (
	// KindUnparseable: not JSON, empty or cut off.
	KindUnparseable Kind = "unparseable"
	// KindIncomplete: no token in it, or no refresh token after a code exchange.
	KindIncomplete Kind = "incomplete_success"
	// KindMalformedSuccess: fields of a wrong type.
	KindMalformedSuccess Kind = "malformed_success"
)

// String returns the stable identifier.
func (k Kind) String() string { return string(k) }
