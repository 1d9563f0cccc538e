package lwa

// Actor says who must act.
type Actor string

// Who can act. The key owner is whoever registered the app: the tool's
// provider, or the seller in their role as developer.
const (
	ActorSeller   Actor = "seller"
	ActorKeyOwner Actor = "key_owner"
	ActorWait     Actor = "wait" // time heals it
	ActorApp      Actor = "app"  // this program renews something, or is at fault
	ActorNobody   Actor = "nobody"
	// ActorAppOwner owns the app's settings: the tool provider, or the seller
	// whose own app it is.
	ActorAppOwner Actor = "app_owner"
	// ActorProvider has to ask Amazon, or get the app published.
	ActorProvider Actor = "provider"
)

// String returns the stable identifier.
func (a Actor) String() string { return string(a) }

// Retry says whether trying again helps.
type Retry string

// Whether trying again helps.
const (
	RetryNo Retry = "no"
	// RetryAuto: the same request may succeed later; the program tries by
	// itself where that does no harm.
	RetryAuto Retry = "auto"
	// RetryAfterUser: only after somebody has changed something.
	RetryAfterUser Retry = "after_user_action"
)

// String returns the stable identifier.
func (r Retry) String() string { return string(r) }

// Where the meanings were read. Threads are named and not linked: strangers
// offer "support" in them, and this list is shown to sellers.
const (
	docs        = "https://developer-docs.amazon.com/sp-api/docs/"
	docsConnect = docs + "connecting-to-the-selling-partner-api"
	docsErrors  = docs + "resolve-common-http-and-authorization-error-codes"
	lwaGuide    = "https://developer.amazon.com/docs/login-with-amazon/authorization-code-grant.html"
	rfc6749     = "RFC 6749, section "
	ours        = "SellerKey"
)

type kindRow struct {
	kind   Kind
	actor  Actor
	retry  Retry
	source string
}

// kindTable is the meaning of every kind, in the order of kind.go.
func kindTable() []kindRow {
	return []kindRow{
		{KindCode, ActorSeller, RetryAfterUser, rfc6749 + "5.2 (invalid_grant); amzn/selling-partner-api-models#4480"},
		{KindCodeMalformed, ActorSeller, RetryAfterUser, rfc6749 + "5.2 (invalid_request); amz-tools/amazon-sp-api, configErrors.spec.mjs"},
		{KindRefreshToken, ActorSeller, RetryAfterUser, rfc6749 + "5.2 (invalid_grant); amzn/selling-partner-api-docs#268"},
		{KindRevoked, ActorSeller, RetryAfterUser, docs + "renew-authorizations; amzn/selling-partner-api-docs#2379"},
		{KindClientAuth, ActorKeyOwner, RetryAfterUser, rfc6749 + "5.2 (invalid_client); jlevers/selling-partner-api#578"},
		{KindClientNotAuthorized, ActorKeyOwner, RetryAfterUser, rfc6749 + "5.2 (unauthorized_client); amzn/selling-partner-api-models#1891"},
		{KindScope, ActorKeyOwner, RetryAfterUser, docs + "grantless-operations; saleweaver/python-amazon-sp-api#278"},
		{KindAccessDenied, ActorSeller, RetryAfterUser, rfc6749 + "4.1.2.1 (access_denied); amzn/selling-partner-api-sdk, LWAExceptionErrorCode"},
		{KindMissingParameter, ActorSeller, RetryAfterUser, rfc6749 + "5.2 (invalid_request); " + lwaGuide},
		{KindMalformedRequest, ActorApp, RetryNo, rfc6749 + "5.2 (invalid_request); amzn/selling-partner-api-models#1851"},
		{KindUnsupportedGrant, ActorApp, RetryNo, rfc6749 + "5.2 (unsupported_grant_type); amzn/selling-partner-api-docs#45"},
		{KindRefused, ActorApp, RetryNo, rfc6749 + "5.2; " + lwaGuide},

		{KindAccessTokenExpired, ActorApp, RetryAuto, docsErrors},
		{KindAccessTokenBad, ActorApp, RetryAuto, docsErrors},
		{KindHeaderMissing, ActorApp, RetryNo, docsErrors},
		{KindSecretExpired, ActorKeyOwner, RetryAfterUser, docs + "lwa-credentials-faq; amzn/selling-partner-api-models#4489"},
		{KindForbidden, ActorKeyOwner, RetryAfterUser, docsErrors + "; amzn/selling-partner-api-docs#290"},
		{KindWrongRegion, ActorSeller, RetryAfterUser, docs + "sp-api-endpoints"},
		{KindNotForVendors, ActorNobody, RetryNo, docs + "sellers-api"},

		{KindThrottled, ActorWait, RetryAuto, "RFC 6585, section 4; " + docs + "usage-plans-and-rate-limits"},
		{KindServer, ActorWait, RetryAuto, rfc6749 + "4.1.2.1 (server_error); RFC 9110, section 15.6"},
		{KindUnavailable, ActorWait, RetryAuto, rfc6749 + "4.1.2.1 (temporarily_unavailable); RFC 9110, section 15.6.4"},
		{KindOffline, ActorSeller, RetryAfterUser, ours},
		{KindConnection, ActorWait, RetryAuto, ours},
		{KindTimeout, ActorWait, RetryAuto, ours},
		{KindOutcomeUnknown, ActorSeller, RetryAfterUser, rfc6749 + "4.1.2 (a code is used once)"},
		{KindNotAmazon, ActorSeller, RetryAfterUser, "RFC 6585, section 6; RFC 8952"},
		{KindTLS, ActorSeller, RetryAfterUser, "RFC 9110, section 4.3.4"},
		{KindClock, ActorSeller, RetryAfterUser, "RFC 5280, section 4.1.2.5"},
		{KindCanceled, ActorNobody, RetryAfterUser, ours},

		{KindUnparseable, ActorApp, RetryNo, rfc6749 + "5.1"},
		{KindIncomplete, ActorApp, RetryNo, rfc6749 + "5.1; " + docsConnect},
		{KindMalformedSuccess, ActorApp, RetryNo, rfc6749 + "5.1"},
	}
}

func (k Kind) row() kindRow {
	for _, r := range kindTable() {
		if r.kind == k {
			return r
		}
	}
	return kindRow{k, ActorApp, RetryNo, ""}
}

// Kinds returns every kind, in the order in which the documentation lists them.
func Kinds() []Kind {
	var all []Kind
	for _, r := range kindTable() {
		all = append(all, r.kind)
	}
	return all
}

// Actor says who must act. A kind that is in no list is the program's fault.
func (k Kind) Actor() Actor { return k.row().actor }

// Retry says whether trying again helps.
func (k Kind) Retry() Retry { return k.row().retry }

// Source says where the meaning of the kind was read: a page of Amazon's, an
// RFC, a thread; "SellerKey" where it is a matter of this program alone.
func (k Kind) Source() string { return k.row().source }

// Scope is what a grantless token may be asked for.
type Scope struct {
	Value string
	// Retired scopes are refused by Amazon and kept because guides still name
	// them.
	Retired bool
}

// Scopes returns the scopes of grantless operations
// (https://developer-docs.amazon.com/sp-api/docs/grantless-operations). The
// migration scope went with the Authorization API on 2024-03-27.
func Scopes() []Scope {
	return []Scope{
		{"sellingpartnerapi::notifications", false},
		{"sellingpartnerapi::client_credential:rotation", false},
		{"sellingpartnerapi::migration", true},
	}
}
