package paste

// Where the meanings were read.
const (
	pageDocs       = "https://developer-docs.amazon.com/sp-api/docs/"
	pageConnect    = pageDocs + "connecting-to-the-selling-partner-api"
	pageWorkflow   = pageDocs + "website-authorization-workflow"
	pageAppstore   = pageDocs + "selling-partner-appstore-authorization-workflow"
	pageAuthErrors = pageDocs + "authorization-errors"
	rfcOAuth       = "RFC 6749, section "
	own            = "SellerKey"
)

type pasteRow struct {
	kind   Kind
	source string
}

func pasteTable() []pasteRow {
	const (
		policy = own
		prefix = pageConnect + " (how tokens begin)"
	)
	return []pasteRow{
		{Empty, policy},
		{TooLarge, policy},
		{NotRedirect, pageWorkflow},
		{Placeholder, pageWorkflow + " (its sample values)"},
		{Truncated, policy},
		{EmptyCode, pageWorkflow},
		{NoCode, pageWorkflow},
		{Ambiguous, "RFC 9700, section 4.5"},
		{BadScheme, "RFC 8252, section 8.10"},

		{LoginURI, pageAppstore + "; amzn/selling-partner-api-models#4093"},
		{UntrustedCallback, "RFC 9700, section 4.11"},
		{ConfirmPage, pageAppstore},
		{ConsentLink, pageWorkflow},
		{MalformedConsent, pageAuthErrors + "; amzn/selling-partner-api-docs#265"},
		{SignInPage, policy},
		{SellerCentralError, pageAuthErrors},
		{Denied, rfcOAuth + "4.1.2.1 (access_denied)"},
		{OAuthError, rfcOAuth + "4.1.2.1"},

		{TokensInURL, rfcOAuth + "4.2.2"},
		{AccessToken, prefix},
		{RefreshToken, prefix},
		{ClientID, pageConnect},
		{ClientSecret, pageDocs + "rotating-your-apps-lwa-credentials"},
		{ApplicationID, pageWorkflow},
		{TokenAnswer, rfcOAuth + "5.1"},
		{PictureText, policy},

		{StateMismatch, rfcOAuth + "10.12; RFC 9700, section 4.7"},
		{StateMissing, rfcOAuth + "10.12; RFC 9700, section 4.7"},
	}
}

// Kinds returns every kind of unusable paste, in the order in which the
// documentation lists them.
func Kinds() []Kind {
	var all []Kind
	for _, r := range pasteTable() {
		all = append(all, r.kind)
	}
	return all
}

// Source says where the meaning of the kind was read, as [lwa.Kind.Source] does.
func (k Kind) Source() string {
	for _, r := range pasteTable() {
		if r.kind == k {
			return r.source
		}
	}
	return ""
}

type warningRow struct {
	warning Warning
	source  string
}

func warningTable() []warningRow {
	return []warningRow{
		{GenericCodeParam, rfcOAuth + "4.1.2; " + pageWorkflow},
		{NoSellerID, pageWorkflow},
		{NoState, rfcOAuth + "10.12"},
		{SampleValue, pageWorkflow + " (its sample values)"},
		{CodeUnusual, own},
		{SellerIDUnusual, own},
		{LooksLikeToken, pageConnect},
		{TokensInText, pageConnect},
		{NotHTTPS, pageWorkflow},
		{BareCode, rfcOAuth + "10.12"},
		{TwoWords, own},
		{CodeHashState, own},
		{PathOnly, own},
		{QueryOnly, own},
		{LineBroken, own},
		{LogLine, own},
		{HTMLEscaped, own},
		{DoubleEncoded, own},
		{QuotedPrintable, "RFC 2045, section 6.7"},
		{FullWidth, own},
		{Wrapped, own},
	}
}

// Warnings returns every warning, in the order in which the documentation
// lists them.
func Warnings() []Warning {
	var all []Warning
	for _, r := range warningTable() {
		all = append(all, r.warning)
	}
	return all
}

// Source says where the reason for the warning was read, as [lwa.Kind.Source] does.
func (w Warning) Source() string {
	for _, r := range warningTable() {
		if r.warning == w {
			return r.source
		}
	}
	return ""
}
