package paste

import (
	"net/url"
	"strings"

	"github.com/sellerkey/sellerkey/lwa"
)

// AppKind says why a text is no application ID and no consent link, or what is
// wrong with a redirect URI. Its value is a stable identifier.
type AppKind string

// What was entered instead.
const (
	AppEmpty    AppKind = "empty"
	AppTooLarge AppKind = "too_large"
	// AppNotAnApp: nothing that is known.
	AppNotAnApp     AppKind = "not_an_app"
	AppClientID     AppKind = "client_id"
	AppClientSecret AppKind = "client_secret"
	AppToken        AppKind = "token"
	AppSellerID     AppKind = "seller_id"
	// AppNotAmazonLink: an address that is not Seller or Vendor Central's.
	AppNotAmazonLink AppKind = "not_amazon_link"
	// AppNoApplicationID: an address of Amazon's without an application ID.
	AppNoApplicationID AppKind = "no_application_id"
	AppPlaceholder     AppKind = "placeholder"
	// AppAmbiguous: links with two different application IDs.
	AppAmbiguous AppKind = "ambiguous"
	// AppRedirect: the finished address, with a code in it.
	AppRedirect   AppKind = "redirect"
	AppConfirmURL AppKind = "confirm_url"
	AppLoginURI   AppKind = "login_uri"
)

// What [CheckRedirectURI] finds.
const (
	AppRedirectURIScheme    AppKind = "redirect_uri_scheme"
	AppRedirectURIFragment  AppKind = "redirect_uri_fragment"
	AppRedirectURIMalformed AppKind = "redirect_uri_malformed"
	// AppRedirectURILocal is a remark, not a refusal: Amazon registers no
	// address on this computer, but a practice or test server takes one.
	AppRedirectURILocal AppKind = "redirect_uri_local"
)

// String returns the stable identifier.
func (k AppKind) String() string { return string(k) }

// AppError is why a text was refused. Its text holds the kind only, never
// anything that was entered.
type AppError struct{ Kind AppKind }

// Error returns the kind identifier.
func (e *AppError) Error() string { return "paste: app: " + string(e.Kind) }

// ParseConsentLink reads a consent link out of a text, in the same states of
// disrepair that [ParseRedirect] knows, and repairs what Amazon could not have
// read. Only links to genuine Seller and Vendor Central hosts are returned.
// Every error is an [*AppError].
func ParseConsentLink(text string) (lwa.ConsentLink, error) {
	r, err := readApp(text)
	if err != nil {
		return lwa.ConsentLink{}, err
	}
	return r.consentLink()
}

// ParseApp reads what a seller has from a tool provider: an application ID
// alone, or a whole consent link, as with [ParseConsentLink]. Every error is an
// [*AppError].
func ParseApp(text string) (lwa.ConsentLink, error) {
	r, err := readApp(text)
	if err != nil {
		return lwa.ConsentLink{}, err
	}
	link, err := r.consentLink()
	if err == nil || !isAppKind(err, AppNotAnApp) {
		return link, err
	}
	return r.bareApplicationID()
}

func isAppKind(err error, kind AppKind) bool {
	e, ok := err.(*AppError)
	return ok && e.Kind == kind
}

func readApp(text string) (*reading, error) {
	if len(text) > maxPaste {
		return nil, &AppError{AppTooLarge}
	}
	r := &reading{}
	r.text, r.lines = clean(text, &r.marks)
	if r.text == "" {
		return nil, &AppError{AppEmpty}
	}
	r.findAddresses(r.text)
	return r, nil
}

// consentLink finds the consent link among the addresses that were read. A
// sign-in page that leads on to a consent link counts as that link.
func (r *reading) consentLink() (lwa.ConsentLink, error) {
	refuse := func(kind AppKind) (lwa.ConsentLink, error) { return lwa.ConsentLink{}, &AppError{kind} }
	if r.badScheme {
		return refuse(AppNotAmazonLink)
	}
	var consent *address
	other := AppNotAnApp
	for i := range r.addresses {
		a := &r.addresses[i]
		// A guide shows the finished address too, with sample values.
		if f, _ := a.code(); f != nil && codeFlaw(codeValue(f.value)) == "" {
			return refuse(AppRedirect)
		}
		switch a.page() {
		case pageConsent:
			switch id := a.get(nameApplicationID); {
			case consent == nil || consent.get(nameApplicationID) == "":
				consent = a
			case id != "" && !strings.EqualFold(id, consent.get(nameApplicationID)):
				return refuse(AppAmbiguous)
			}
		case pageConfirm:
			other = AppConfirmURL
		case pageLogin:
			other = AppLoginURI
		default:
			switch {
			case other != AppNotAnApp || a.host == "":
			case lwa.IsAmazonHost(a.host):
				other = AppNoApplicationID
			default:
				other = AppNotAmazonLink
			}
		}
	}
	if consent == nil {
		if other == AppNotAmazonLink && findCredentials(r.text).applicationID {
			// A sentence with an ID in it and some address beside it.
			other = AppNotAnApp
		}
		return refuse(other)
	}
	return r.repair(consent)
}

// repair makes a link of what was read.
func (r *reading) repair(a *address) (lwa.ConsentLink, error) {
	refuse := func(kind AppKind) (lwa.ConsentLink, error) { return lwa.ConsentLink{}, &AppError{kind} }
	if a.host != "" && !lwa.IsAmazonHost(a.host) || !isWeb(a.scheme) {
		return refuse(AppNotAmazonLink)
	}
	if a.fields[nameApplicationID].clash {
		return refuse(AppAmbiguous)
	}
	if a.get(nameApplicationID) == "" {
		return refuse(AppNoApplicationID)
	}
	c, err := applicationID(a.get(nameApplicationID))
	if err != nil {
		return lwa.ConsentLink{}, err
	}
	c.Host = strings.ToLower(a.host)
	c.State = plainValue(a.get(nameState))
	c.RedirectURI = plainValue(a.get(nameRedirectURI))
	c.Draft = strings.EqualFold(a.get(nameVersion), "beta")
	c.Repaired = c.Repaired || a.questions > 0 || a.scheme != "https" ||
		r.marks.has(HTMLEscaped) || r.marks.has(LineBroken) || r.marks.has(FullWidth) ||
		r.marks.has(DoubleEncoded)
	return c, nil
}

// bareApplicationID reads an application ID that stands alone, behind a label
// or in a sentence, and names what else it might be.
func (r *reading) bareApplicationID() (lwa.ConsentLink, error) {
	refuse := func(kind AppKind) (lwa.ConsentLink, error) { return lwa.ConsentLink{}, &AppError{kind} }
	// An ID has no blanks, so those inside come from copying.
	value, _ := Tidy(r.text)
	switch shape := Classify(value); {
	case hasPrefixFold(value, "amzn1.sp.") || hasPrefixFold(value, "amzn1.sellerapps."):
		if end := applicationIDLen(value); end == len(value) || !strings.ContainsAny(r.text, " \n") {
			return applicationID(value)
		}
	case shape == ShapeSellerID || shape == ShapeVendorGroup || shape == ShapeMarketplaceID:
		return refuse(AppSellerID)
	case isTemplate(r.text) || isSample(value):
		return refuse(AppPlaceholder)
	}
	switch c := findCredentials(r.text); {
	case c.clientSecret:
		return refuse(AppClientSecret)
	case c.anyToken():
		return refuse(AppToken)
	case c.applicationID:
		i := max(strings.Index(r.text, "amzn1.sp."), strings.Index(r.text, "amzn1.sellerapps."))
		id := r.text[i:]
		return applicationID(strings.TrimRight(id[:applicationIDLen(id)], ".-"))
	case c.clientID:
		return refuse(AppClientID)
	}
	return refuse(AppNotAnApp)
}

// applicationIDLen is the length of the application ID that s begins with.
func applicationIDLen(s string) int {
	n := 0
	for n < len(s) && (isWordByte(s[n]) || s[n] == '.' || s[n] == '-') {
		n++
	}
	return n
}

// applicationID vets an application ID. An ID whose hyphens were lost, as text
// recognition does, gets them back; other forms pass as unusual, because
// Amazon has changed the form before. An ID of zeros is what examples and
// practice mode use, and passes.
func applicationID(id string) (lwa.ConsentLink, error) {
	id = strings.TrimSpace(id)
	switch classifyAmazonName(strings.ToLower(id)) {
	case ShapeClientID:
		return lwa.ConsentLink{}, &AppError{AppClientID}
	case ShapeClientSecret:
		return lwa.ConsentLink{}, &AppError{AppClientSecret}
	case ShapeVendorGroup:
		return lwa.ConsentLink{}, &AppError{AppSellerID}
	}
	c := lwa.ConsentLink{ApplicationID: id}
	for _, prefix := range []string{solutionPrefix, sellerAppPrefix} {
		if !hasPrefixFold(id, prefix) {
			continue
		}
		rest := id[len(prefix):]
		if len(rest) == 32 && isHexString(rest) {
			rest = rest[:8] + "-" + rest[8:12] + "-" + rest[12:16] + "-" + rest[16:20] + "-" + rest[20:]
			c.Repaired, c.Unusual = true, true
		}
		if isUUID(rest) {
			// A telephone writes the first letter large.
			c.ApplicationID = prefix + rest
			c.Repaired = c.Repaired || id[:len(prefix)] != prefix
			return c, nil
		}
	}
	last := id[strings.LastIndexByte(id, '.')+1:]
	marks := strings.Trim(strings.ReplaceAll(last, "-", ""), "xX")
	switch {
	case isTemplate(id), strings.ContainsAny(id, "<>{}[]()$%"), !isASCII(id), strings.HasSuffix(id, ".."), last == "", marks == "", isSample(id), saysCode(last), hasPrefixFold(last, "your"):
		return lwa.ConsentLink{}, &AppError{AppPlaceholder}
	case applicationIDLen(id) != len(id) || !strings.HasPrefix(strings.ToLower(id), "amzn1.sp.") && !strings.HasPrefix(strings.ToLower(id), "amzn1.sellerapps."):
		return lwa.ConsentLink{}, &AppError{AppNotAnApp}
	}
	c.Unusual = true
	return c, nil
}

// CheckRedirectURI says what Amazon will not like about a redirect URI, nil if
// nothing or if it is empty. Errors are [*AppError]. The rules are those of
// the registration form: https only (http is [AppRedirectURIScheme]), no
// fragment ([AppRedirectURIFragment]; the permission page answers MD5110), no
// blanks and a host ([AppRedirectURIMalformed]), and not on this computer
// ([AppRedirectURILocal], for a practice or test server).
func CheckRedirectURI(s string) error {
	if s == "" {
		return nil
	}
	u, err := url.Parse(s)
	switch {
	case strings.ContainsAny(s, " \t\r\n\u00a0\u3000") || err != nil || u.Scheme == "" && u.Host == "":
		return &AppError{AppRedirectURIMalformed}
	case strings.Contains(s, "#"):
		return &AppError{AppRedirectURIFragment}
	case u.Scheme != "https" && u.Scheme != "http":
		return &AppError{AppRedirectURIScheme}
	case u.Hostname() == "" || u.User != nil:
		return &AppError{AppRedirectURIMalformed}
	case lwa.IsLoopback(u.Hostname()):
		return &AppError{AppRedirectURILocal}
	case u.Scheme != "https":
		return &AppError{AppRedirectURIScheme}
	}
	return nil
}
