package paste

import (
	"net/url"
	"strings"

	"github.com/sellerkey/sellerkey/lwa"
)

// What was entered in place of an application ID or a consent link, beside the
// kinds that an address can have as well.
const (
	// NotAnApp: nothing that is known.
	NotAnApp        Kind = "not_an_app"
	AppClientID     Kind = "client_id"
	AppClientSecret Kind = "client_secret"
	AppToken        Kind = "token"
	AppSellerID     Kind = "seller_id"
	// NotAmazonLink: an address that is not Seller or Vendor Central's.
	NotAmazonLink Kind = "not_amazon_link"
	// NoApplicationID: the authorization page without an application ID.
	NoApplicationID Kind = "no_application_id"
	// AppRedirect: the address after Confirm, with a code in it.
	AppRedirect Kind = "redirect"
	AppLoginURI Kind = "login_uri"
)

// What [CheckRedirectURI] finds.
const (
	RedirectURIScheme    Kind = "redirect_uri_scheme"
	RedirectURIFragment  Kind = "redirect_uri_fragment"
	RedirectURIMalformed Kind = "redirect_uri_malformed"
	// RedirectURILocal is a remark, not a refusal: Amazon registers no address
	// on this computer, but a practice or test server takes one.
	RedirectURILocal Kind = "redirect_uri_local"
)

// AppKinds returns the kinds of [ParseApp] and [CheckRedirectURI].
func AppKinds() []Kind {
	return []Kind{
		Empty, TooLarge, NotAnApp, AppClientID, AppClientSecret, AppToken, AppSellerID, NotAmazonLink, OtherPage, NoApplicationID,
		Placeholder, Ambiguous, AppRedirect, ConfirmPage, AppLoginURI, LWALink,
		RedirectURIScheme, RedirectURIFragment, RedirectURIMalformed, RedirectURILocal,
	}
}

// ParseApp reads what a seller has from a tool provider: an application ID
// alone, or a whole consent link, damaged in the ways that [ParseRedirect] knows.
// What Amazon could not have read is repaired, and only links to genuine Seller and
// Vendor Central hosts are returned. Every error is an [*Error].
func ParseApp(text string) (lwa.ConsentLink, error) {
	r, err := readApp(text)
	if err != nil {
		return lwa.ConsentLink{}, err
	}
	link, err := r.consentLink()
	if e, ok := err.(*Error); ok && e.Kind == NotAnApp {
		return r.bareApplicationID()
	}
	return link, err
}

func readApp(text string) (*reading, error) {
	if len(text) > maxPaste {
		return nil, &Error{Kind: TooLarge}
	}
	r := &reading{}
	// An ID has hyphens only, which text programs make dashes of.
	r.text, r.lines = clean(strings.ReplaceAll(text, "–", "-"), &r.marks)
	if r.text == "" {
		return nil, &Error{Kind: Empty}
	}
	r.findAddresses(r.text)
	return r, nil
}

// consentLink finds the consent link among the addresses that were read. A
// sign-in page that leads on to a consent link counts as that link.
func (r *reading) consentLink() (lwa.ConsentLink, error) {
	refuse := func(kind Kind) (lwa.ConsentLink, error) { return lwa.ConsentLink{}, &Error{Kind: kind} }
	if r.badScheme {
		return refuse(NotAmazonLink)
	}
	var consent *address
	other := NotAnApp
	for i := range r.addresses {
		a := &r.addresses[i]
		// A guide shows the finished address too, with sample values.
		if f, _ := a.code(); f != nil && codeFlaw(codeValue(f.value)) == "" {
			return refuse(AppRedirect)
		}
		if a.page() == pageConsent {
			switch id := a.get(nameApplicationID); {
			case consent == nil || consent.get(nameApplicationID) == "":
				consent = a
			case id != "" && !strings.EqualFold(id, consent.get(nameApplicationID)):
				return refuse(Ambiguous)
			}
		} else if kind, certain := a.otherPage(); certain || other == NotAnApp {
			other = kind
		}
	}
	if consent == nil {
		if (other == NotAmazonLink || other == OtherPage) && findCredentials(r.text).applicationID {
			// An ID beside some address, or in the address of its page in the store.
			other = NotAnApp
		}
		return refuse(other)
	}
	return r.repair(consent)
}

// otherPage is what an address is that isn't the authorization page. certain: it's
// a page of the authorization, which says more than another address beside it.
func (a *address) otherPage() (kind Kind, certain bool) {
	switch a.page() {
	case pageConfirm:
		return ConfirmPage, true
	case pageLogin:
		return AppLoginURI, true
	case pageLWA:
		return LWALink, true
	}
	switch {
	case a.host == "":
		return NotAnApp, false
	case isAmazonDomain(a.host):
		return OtherPage, false
	}
	return NotAmazonLink, false
}

// repair makes a link of what was read.
func (r *reading) repair(a *address) (lwa.ConsentLink, error) {
	refuse := func(kind Kind) (lwa.ConsentLink, error) { return lwa.ConsentLink{}, &Error{Kind: kind} }
	if a.host != "" && !lwa.IsAmazonHost(a.host) || !isWeb(a.scheme) {
		return refuse(NotAmazonLink)
	}
	if a.fields[nameApplicationID].clash {
		return refuse(Ambiguous)
	}
	if a.get(nameApplicationID) == "" {
		// Perhaps it's elsewhere: in the path, or behind ":" for "=".
		s := scan{text: r.text}
		s.run()
		apps := distinct(s.apps)
		if len(apps) != 1 {
			return refuse(NoApplicationID)
		}
		a.fields[nameApplicationID].put(apps[0].value)
		a.unnamedID = true
	}
	c, err := applicationID(a.get(nameApplicationID))
	if err != nil {
		return lwa.ConsentLink{}, err
	}
	c.Host = strings.ToLower(a.host)
	c.State = plainValue(a.get(nameState))
	c.RedirectURI = plainValue(a.get(nameRedirectURI))
	c.Draft = strings.EqualFold(a.get(nameVersion), "beta")
	c.Repaired = c.Repaired || a.questions > 0 || a.unnamedID || a.scheme != "https" ||
		r.marks.has(HTMLEscaped) || r.marks.has(LineBroken) || r.marks.has(FullWidth) ||
		r.marks.has(DoubleEncoded)
	return c, nil
}

// bareApplicationID reads an application ID that is alone, behind a label
// or in a sentence, and names what else it might be.
func (r *reading) bareApplicationID() (lwa.ConsentLink, error) {
	refuse := func(kind Kind) (lwa.ConsentLink, error) { return lwa.ConsentLink{}, &Error{Kind: kind} }
	s := scan{text: r.text}
	s.run()
	switch apps := distinct(s.apps); {
	case len(apps) == 1:
		return applicationID(apps[0].value)
	case len(apps) > 1:
		return refuse(Ambiguous)
	}
	if id := cutID(r.text); id != "" {
		return applicationID(id)
	}
	// An ID has no blanks, so those inside come from copying.
	value, _ := Tidy(r.text)
	switch shape := Classify(value); {
	case isApplicationID(value):
		oneWord := !strings.ContainsAny(r.text, " \n")
		if end := applicationIDLen(value); end == len(value) || oneWord {
			if link, err := applicationID(value); err != nil || oneWord || link.Repaired {
				return link, err
			}
		}
	case shape == ShapeSellerID || shape == ShapeVendorGroup || shape == ShapeMarketplaceID:
		return refuse(AppSellerID)
	case isTemplate(r.text) || isSample(value):
		return refuse(Placeholder)
	}
	return r.applicationIDInText()
}

// applicationIDInText reads an application ID with other text around it, and names
// what else is there.
func (r *reading) applicationIDInText() (lwa.ConsentLink, error) {
	refuse := func(kind Kind) (lwa.ConsentLink, error) { return lwa.ConsentLink{}, &Error{Kind: kind} }
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
	return refuse(NotAnApp)
}

// cutID puts an ID together that was cut into words, "" if that makes no whole one.
func cutID(text string) (id string) {
	i := max(strings.Index(text, "amzn1.sp."), strings.Index(text, "amzn1.sellerapps."))
	if i < 0 {
		return ""
	}
	for _, word := range strings.Fields(text[i:]) {
		n := applicationIDLen(word)
		id += word[:n]
		if isUUID(id[strings.LastIndexByte(id, '.')+1:]) {
			return id
		}
		if n < len(word) || len(id) > 100 {
			break
		}
	}
	return ""
}

// applicationID vets an application ID. An ID whose hyphens were lost, as text
// recognition does, gets them back; other forms pass as unusual, because
// Amazon has changed the form before. An ID of zeros is what examples and
// practice mode use, and passes.
func applicationID(id string) (lwa.ConsentLink, error) {
	id = strings.TrimSpace(id)
	switch classifyAmazonName(strings.ToLower(id)) {
	case ShapeClientID:
		return lwa.ConsentLink{}, &Error{Kind: AppClientID}
	case ShapeClientSecret:
		return lwa.ConsentLink{}, &Error{Kind: AppClientSecret}
	case ShapeVendorGroup:
		return lwa.ConsentLink{}, &Error{Kind: AppSellerID}
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
	case isTemplate(id), strings.ContainsAny(id, "<>{}[]()$%*"), !isASCII(id), strings.Contains(id, ".."), last == "", marks == "", containsFold(last, "xxxx"), isSample(id), saysCode(last), hasPrefixFold(last, "your"):
		return lwa.ConsentLink{}, &Error{Kind: Placeholder}
	case applicationIDLen(id) != len(id) || !isApplicationID(id):
		return lwa.ConsentLink{}, &Error{Kind: NotAnApp}
	}
	c.Unusual = true
	return c, nil
}

// CheckRedirectURI says what Amazon will not like about a redirect URI, nil if
// nothing or if it is empty. Errors are [*Error]. The rules are those of
// the registration form: https only (http is [RedirectURIScheme]), no
// fragment ([RedirectURIFragment]; the permission page answers MD5110), no
// blanks and a host ([RedirectURIMalformed]), and not on this computer
// ([RedirectURILocal], for a practice or test server).
func CheckRedirectURI(s string) error {
	if s == "" {
		return nil
	}
	u, err := url.Parse(s)
	switch {
	case strings.ContainsAny(s, " \t\r\n\u00a0\u3000") || err != nil || u.Scheme == "" && u.Host == "":
		return &Error{Kind: RedirectURIMalformed}
	case strings.Contains(s, "#"):
		return &Error{Kind: RedirectURIFragment}
	case u.Scheme != "https" && u.Scheme != "http":
		return &Error{Kind: RedirectURIScheme}
	case u.Hostname() == "" || u.User != nil:
		return &Error{Kind: RedirectURIMalformed}
	case lwa.IsLoopback(u.Hostname()):
		return &Error{Kind: RedirectURILocal}
	case u.Scheme != "https":
		return &Error{Kind: RedirectURIScheme}
	}
	return nil
}
