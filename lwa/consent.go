package lwa

// ConsentLink is a link to Amazon's permission page.
type ConsentLink struct {
	Host                              string
	ApplicationID, State, RedirectURI string
	// Draft is version=beta.
	Draft bool
	// Repaired reports that the link was malformed (a second "?", "&amp;", line breaks, hyphens lost).
	Repaired bool
	// Unusual reports an application ID of a shape that is not documented.
	Unusual bool
}

// URL returns the link.
func (c ConsentLink) URL() string { return c.URLAt("https://" + c.Host) }

// URLAt returns the same link at another origin, such as http://127.0.0.1:4567.
func (c ConsentLink) URLAt(origin string) string { return origin }

// AppKind says why a text is no application ID and no consent link.
type AppKind string

// What was entered instead.
const (
	AppEmpty           AppKind = "empty"
	AppClientID        AppKind = "client_id"
	AppClientSecret    AppKind = "client_secret"
	AppToken           AppKind = "token"
	AppSellerID        AppKind = "seller_id"
	AppNotAmazonLink   AppKind = "not_amazon_link"
	AppPlaceholder     AppKind = "placeholder"
	AppNoApplicationID AppKind = "no_application_id"
	AppRedirect        AppKind = "redirect"
	AppConfirmURL      AppKind = "confirm_url"
	AppLoginURI        AppKind = "login_uri"
	AppNotAnApp        AppKind = "not_an_app"
	AppTooLarge        AppKind = "too_large"

	AppRedirectURIScheme    AppKind = "redirect_uri_scheme"
	AppRedirectURIFragment  AppKind = "redirect_uri_fragment"
	AppRedirectURIMalformed AppKind = "redirect_uri_malformed"
	// AppRedirectURILocal is a warning, not a refusal.
	AppRedirectURILocal AppKind = "redirect_uri_local"
)

// String returns the stable identifier.
func (k AppKind) String() string { return string(k) }

// AppError is why a text was refused. Its text holds the kind only.
type AppError struct{ Kind AppKind }

// Error returns the kind identifier.
func (e *AppError) Error() string { return "lwa: app: " + string(e.Kind) }

// ParseConsentLink reads a consent link out of text.
func ParseConsentLink(text string) (ConsentLink, error) { return ConsentLink{}, &AppError{AppNotAnApp} }

// ParseApp reads an application ID or a consent link out of text.
func ParseApp(text string) (ConsentLink, error) { return ConsentLink{}, &AppError{AppNotAnApp} }

// NewState returns 128 random bits.
func NewState() string { return "" }

// CheckRedirectURI reports what is wrong with a redirect URI.
func CheckRedirectURI(s string) error { return nil }
