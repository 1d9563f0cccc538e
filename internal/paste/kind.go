package paste

import (
	"github.com/sellerkey/sellerkey/lwa"
)

// Kind says what a pasted text is when no code may be taken from it. Its
// value is a stable identifier and the key of the message (paste.<kind>.title
// and paste.<kind>.todo).
type Kind string

// What was pasted instead of the finished address.
const (
	Empty       Kind = "empty"
	TooLarge    Kind = "too_large"
	NotRedirect Kind = "not_a_redirect"
	// Placeholder: sample text of a guide (XXXXX, <code>, (Oauthコード)).
	Placeholder Kind = "placeholder"
	// Truncated: a value shortened with dots, as programs show long addresses.
	Truncated Kind = "truncated_value"
	EmptyCode Kind = "empty_code"
	// NoCode: a seller ID alone, or an address without a code.
	NoCode Kind = "no_code"
	// Ambiguous: two different codes.
	Ambiguous Kind = "ambiguous"
	BadScheme Kind = "bad_scheme"

	// LoginURI: the hop to the app's login URI, halfway through the
	// Appstore workflow. [Error.Login] lets the walk go on from there.
	LoginURI Kind = "login_uri_no_code"
	// UntrustedCallback: the same, with a callback that is not Amazon's.
	UntrustedCallback Kind = "untrusted_callback_host"
	// OtherApp comes from the walk: the login URI of another app than its own.
	OtherApp    Kind = "other_app"
	ConfirmPage Kind = "confirm_url"
	ConsentLink Kind = "consent_url"
	// MalformedConsent: a consent link that Amazon cannot read (a second
	// "?", no application_id).
	MalformedConsent Kind = "malformed_consent"
	SignInPage       Kind = "sign_in_page"
	// SellerCentralError: an error code of the permission page;
	// [Error.AmazonCode] holds it.
	SellerCentralError Kind = "seller_central_error"
	// Denied: error=access_denied, the person said no. It wins over a code.
	Denied Kind = "error_denied"
	// OAuthError: another error=… parameter.
	OAuthError Kind = "error_other"

	TokensInURL   Kind = "tokens_in_url"
	AccessToken   Kind = "looks_like_access_token"
	RefreshToken  Kind = "looks_like_refresh_token"
	ClientID      Kind = "looks_like_client_id"
	ClientSecret  Kind = "looks_like_client_secret"
	ApplicationID Kind = "looks_like_application_id"
	// TokenAnswer: a whole answer of the token endpoint, as Postman shows it.
	TokenAnswer Kind = "token_answer"
	// PictureText: text read off a picture ("Atzai…"); never to be trusted.
	PictureText Kind = "picture_text"
	// LWALink, LWACode and LWAPage belong to another product of Login with Amazon,
	// most often Amazon Ads: a link to its consent page, the code that came back or
	// a token, an error of its own page.
	LWALink Kind = "lwa_link"
	LWACode Kind = "lwa_code"
	LWAPage Kind = "lwa_page"

	// Amazon pages without an error code; see [FindPage].
	PrimaryUserPage  Kind = "primary_user_page"
	NoPermissionPage Kind = "no_permission_page"
	MWSPage          Kind = "mws_page"
	LogInPage        Kind = "log_in_page"
	OutagePage       Kind = "outage_page"
	// CodelessPage: the page of an error code, copied without the code.
	CodelessPage Kind = "codeless_page"
	// ProviderDone: a tool provider's page says that everything is done.
	ProviderDone Kind = "provider_done"
	// ProviderToken: a provider's page shows a refresh token to be copied into
	// the provider's own settings.
	ProviderToken Kind = "provider_token"

	// OtherPage: the address of another page of Seller Central.
	OtherPage Kind = "other_page"

	// NoCredentials comes from [FindCredentials].
	NoCredentials Kind = "no_credentials"

	// StateMismatch and StateMissing come from [Redirect.CheckState].
	StateMismatch Kind = "state_mismatch"
	StateMissing  Kind = "state_missing"
)

// String returns the stable identifier.
func (k Kind) String() string { return string(k) }

// Warning is something odd about a paste that is usable all the same. Its
// value is a stable identifier and the key of its message (warning.<id>).
// Warnings with nothing for a seller to do have no message and are kept for
// support.
type Warning string

// What can be odd about a usable paste.
const (
	GenericCodeParam Warning = "generic_code_param" // code= instead of spapi_oauth_code=
	NoSellerID       Warning = "no_seller_id"
	NoState          Warning = "no_state"
	SampleValue      Warning = "sample_value"
	CodeUnusual      Warning = "code_unusual"
	SellerIDUnusual  Warning = "seller_id_unusual"
	LooksLikeToken   Warning = "looks_like_token"
	TokensInText     Warning = "tokens_in_text"
	NotHTTPS         Warning = "not_https"
	BareCode         Warning = "bare_code"
	TwoWords         Warning = "two_words"
	CodeHashState    Warning = "code_hash_state"
	PathOnly         Warning = "path_only"
	QueryOnly        Warning = "query_only"
	LineBroken       Warning = "line_broken"
	LogLine          Warning = "log_line"
	HTMLEscaped      Warning = "html_escaped"
	DoubleEncoded    Warning = "double_encoded"
	FullWidth        Warning = "fullwidth"
	Wrapped          Warning = "wrapped_url"
)

// String returns the stable identifier.
func (w Warning) String() string { return string(w) }

// Error says what a pasted text is when no code may be taken from it.
type Error struct {
	Kind Kind
	// AmazonCode is the error code of the permission page ("MD1000"), with
	// [SellerCentralError].
	AmazonCode string
	// OAuthError is the value of the error=… parameter ("access_denied"), with
	// [Denied] and [OAuthError]; "other" if it is no such identifier.
	OAuthError string
	// SellerID and State are what could be read all the same.
	SellerID, State string
	// Login is set with [LoginURI] and lets the walk go on.
	Login *lwa.LoginURI
}

// Error holds identifiers only. Nothing that was pasted is ever in it, so that
// it can go into a log.
func (e *Error) Error() string {
	s := "paste: " + string(e.Kind)
	if e.AmazonCode != "" {
		s += " " + e.AmazonCode
	}
	return s
}

// Unneeded is something that people keep with their credentials and that the
// SP-API does not need, or not any more.
type Unneeded string

// What is not needed. AWS keys and roles went in October 2023
// (https://developer-docs.amazon.com/sp-api/docs/sp-api-faq), MWS in 2024; an
// access token has expired by the time it is found in a note.
const (
	UnneededAWSKey      Unneeded = "aws_key"
	UnneededRoleARN     Unneeded = "role_arn"
	UnneededMWSToken    Unneeded = "mws_token"
	UnneededAccessToken Unneeded = "access_token"
	// UnneededAds: credentials of an app for Amazon Ads.
	UnneededAds Unneeded = "ads"
)
