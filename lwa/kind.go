package lwa

// Kind is what an error means to the person at the screen. It is a stable
// identifier and part of the messages' IDs (lwa.<kind>.title, lwa.<kind>.todo).
// kindtable.go has what the program does about each.
type Kind string

// Error responses of the token endpoint.
const (
	// KindCode: the code is older than five minutes, was used already, or is for
	// another app (invalid_grant … : code).
	KindCode Kind = "code_invalid_or_expired"
	// KindCodeMalformed: what was sent isn't a code (invalid_request … : code).
	KindCodeMalformed Kind = "code_malformed"
	// KindRefreshToken: the refresh token is invalid, often because it was not
	// copied completely.
	KindRefreshToken Kind = "refresh_token_invalid"
	// KindRevoked: the seller revoked access, or the year is over.
	KindRevoked Kind = "refresh_token_revoked"
	// KindClientAuth: client ID and secret don't match, or there is a new secret.
	KindClientAuth Kind = "client_auth_failed"
	// KindClientNotAuthorized: the code or token belongs to another client ID.
	KindClientNotAuthorized Kind = "client_not_authorized"
	// KindScope: the grantless scope is unknown, retired, or not the app's.
	KindScope Kind = "scope_invalid"
	// KindAccessDenied: the authorization was refused.
	KindAccessDenied Kind = "access_denied"
	// KindMissingParameter: a field was sent empty.
	KindMissingParameter Kind = "missing_parameter"
	// KindMalformedRequest and KindUnsupportedGrant: Amazon didn't understand our
	// request; this program is at fault.
	KindMalformedRequest Kind = "malformed_request"
	KindUnsupportedGrant Kind = "unsupported_grant_type"
	// KindRefused: an unknown error code. Never taken for "revoked".
	KindRefused Kind = "other_error"
)

// Error responses of the marketplaces call of the SP-API.
const (
	KindAccessTokenExpired Kind = "access_token_expired"
	KindAccessTokenBad     Kind = "access_token_bad"
	KindHeaderMissing      Kind = "header_missing"
	// KindSecretExpired: the app's client secret is older than 180 days.
	KindSecretExpired Kind = "secret_expired"
	// KindForbidden: the token is valid, but not for this call: a role is missing
	// or was added after the authorization, or the region is wrong.
	KindForbidden   Kind = "role_missing"
	KindWrongRegion Kind = "wrong_region"
	// KindNotForVendors: only sellers have this call, so it was not sent.
	KindNotForVendors Kind = "not_for_vendors"
)

// Failures at Amazon or on the way there.
const (
	KindThrottled   Kind = "throttled"
	KindServer      Kind = "server_error"
	KindUnavailable Kind = "temporarily_unavailable"
	// KindOffline: no connection to the internet, or the name did not resolve.
	KindOffline Kind = "offline"
	// KindConnection: the connection was refused or broke off.
	KindConnection Kind = "connection_failed"
	KindTimeout    Kind = "timeout"
	// KindOutcomeUnknown: a code was sent and no response came. Amazon may have
	// used the code.
	KindOutcomeUnknown Kind = "outcome_unknown"
	// KindNotAmazon: the response is a web page, from the sign-in page or proxy of
	// a hotel or company.
	KindNotAmazon Kind = "not_amazon"
	// KindTLS: the certificate is not Amazon's. KindClock: it's expired or not yet
	// valid, which nearly always means that this computer's clock is wrong.
	KindTLS   Kind = "tls_untrusted"
	KindClock Kind = "clock_wrong"
	// KindCanceled: the person pressed Cancel.
	KindCanceled Kind = "canceled"
)

// Responses of status 2xx that can't be used.
const (
	// KindUnparseable: not JSON, empty or cut off.
	KindUnparseable Kind = "unparseable"
	// KindIncomplete: no token in it, or no refresh token after a code exchange.
	KindIncomplete Kind = "incomplete_success"
	// KindMalformedSuccess: fields of a wrong type.
	KindMalformedSuccess Kind = "malformed_success"
)
