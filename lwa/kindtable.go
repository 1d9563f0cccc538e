package lwa

// Actor is who can solve a problem.
type Actor string

// The actors. The key owner is the person who registered the app: the tool
// provider, or the seller as a developer.
const (
	ActorSeller   Actor = "seller"
	ActorKeyOwner Actor = "key_owner"
	ActorWait     Actor = "wait" // waiting helps
	ActorApp      Actor = "app"  // this program gets a new token, or is at fault
	ActorNobody   Actor = "nobody"
	// ActorAppOwner owns the app's settings: the tool provider, or the seller
	// whose own app it is.
	ActorAppOwner Actor = "app_owner"
	// ActorProvider has to ask Amazon, or get the app published.
	ActorProvider Actor = "provider"
)

// kindRow is what a kind means for everything that reacts to it. Rows have no
// field names, so that a forgotten column doesn't compile; a test finds a
// forgotten row.
type kindRow struct {
	kind  Kind
	actor Actor
	// lasting: the problem stays until somebody solves it.
	lasting bool
	// codeSurvives: the authorization code of a failed exchange can still be
	// used, because Amazon didn't get it or didn't look at it.
	codeSurvives bool
	// repeatable: the same request may succeed a moment later.
	repeatable bool
	// needsConsent: only a new authorization by the seller helps.
	needsConsent bool
	// needsSecret: only another client secret, or the client ID that goes with it,
	// helps.
	needsSecret bool
}

// kindTable is the meaning of every kind, in the order of kind.go.
func kindTable() []kindRow {
	// The words of the columns.
	const (
		lasting, passing   = true, false
		kept, lost         = true, false // the code
		again, once        = true, false
		consent, noConsent = true, false
		secret, noSecret   = true, false
	)
	return []kindRow{
		{KindCode, ActorSeller, lasting, lost, once, noConsent, noSecret},
		{KindCodeMalformed, ActorSeller, lasting, lost, once, noConsent, noSecret},
		{KindRefreshToken, ActorSeller, lasting, lost, once, consent, noSecret},
		{KindRevoked, ActorSeller, lasting, lost, once, consent, noSecret},
		{KindClientAuth, ActorKeyOwner, lasting, kept, once, noConsent, secret},
		{KindClientNotAuthorized, ActorKeyOwner, lasting, lost, once, noConsent, noSecret},
		{KindScope, ActorKeyOwner, lasting, lost, once, noConsent, noSecret},
		{KindAccessDenied, ActorSeller, lasting, lost, once, noConsent, noSecret},
		{KindMissingParameter, ActorSeller, lasting, kept, once, noConsent, noSecret},
		{KindMalformedRequest, ActorApp, lasting, lost, once, noConsent, noSecret},
		{KindUnsupportedGrant, ActorApp, lasting, lost, once, noConsent, noSecret},
		{KindRefused, ActorApp, lasting, lost, once, noConsent, noSecret},

		{KindAccessTokenExpired, ActorApp, passing, lost, once, noConsent, noSecret},
		{KindAccessTokenBad, ActorApp, passing, lost, once, noConsent, noSecret},
		{KindHeaderMissing, ActorApp, passing, lost, once, noConsent, noSecret},
		{KindSecretExpired, ActorKeyOwner, lasting, lost, once, noConsent, secret},
		{KindForbidden, ActorKeyOwner, lasting, lost, once, noConsent, noSecret},
		{KindWrongRegion, ActorSeller, lasting, lost, once, noConsent, noSecret},
		{KindNotForVendors, ActorNobody, lasting, lost, once, noConsent, noSecret},

		{KindThrottled, ActorWait, passing, kept, again, noConsent, noSecret},
		{KindServer, ActorWait, passing, lost, again, noConsent, noSecret},
		{KindUnavailable, ActorWait, passing, kept, again, noConsent, noSecret},
		{KindOffline, ActorSeller, passing, kept, once, noConsent, noSecret},
		{KindConnection, ActorWait, passing, kept, again, noConsent, noSecret},
		{KindTimeout, ActorWait, passing, kept, again, noConsent, noSecret},
		{KindOutcomeUnknown, ActorSeller, passing, lost, once, noConsent, noSecret},
		{KindNotAmazon, ActorSeller, passing, kept, once, noConsent, noSecret},
		{KindTLS, ActorSeller, passing, kept, once, noConsent, noSecret},
		{KindClock, ActorSeller, passing, kept, once, noConsent, noSecret},
		{KindCanceled, ActorNobody, passing, kept, once, noConsent, noSecret},

		{KindUnparseable, ActorApp, passing, lost, again, noConsent, noSecret},
		{KindIncomplete, ActorApp, passing, lost, once, noConsent, noSecret},
		{KindMalformedSuccess, ActorApp, passing, lost, once, noConsent, noSecret},
	}
}

// row returns the row of a kind. An unknown kind is this program's fault and
// counts as passing.
func (k Kind) row() kindRow {
	for _, r := range kindTable() {
		if r.kind == k {
			return r
		}
	}
	return kindRow{kind: k, actor: ActorApp}
}

// Kinds returns every kind, in the order in which the documentation lists them.
func Kinds() []Kind {
	var all []Kind
	for _, r := range kindTable() {
		all = append(all, r.kind)
	}
	return all
}

// Actor returns who can solve the problem.
func (k Kind) Actor() Actor { return k.row().actor }

// Lasting reports whether the problem stays until somebody solves it.
func (k Kind) Lasting() bool { return k.row().lasting }

// CodeSurvives reports whether the authorization code of a failed exchange can
// still be used, unless the error is [Error.Uncertain].
func (k Kind) CodeSurvives() bool { return k.row().codeSurvives }

// NeedsConsent reports whether only a new authorization by the seller helps.
func (k Kind) NeedsConsent() bool { return k.row().needsConsent }

// NeedsSecret reports whether only another client secret helps, or the client ID that
// goes with it.
func (k Kind) NeedsSecret() bool { return k.row().needsSecret }

// Scope is a scope of a grantless token.
type Scope struct {
	Value string
	// Retired: Amazon refuses the scope, but guides still mention it.
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
