package lwa

import (
	"crypto/rand"
	"encoding/base64"
	"strings"
)

// consentPath is the authorization page, the same on all hosts of Seller and
// Vendor Central
// (https://developer-docs.amazon.com/sp-api/docs/website-authorization-workflow).
const consentPath = "/apps/authorize/consent"

// ConsentLink is a link to Amazon's authorization page.
type ConsentLink struct {
	// Host is the Seller or Vendor Central host. It's "" after reading only an
	// application ID, or a link without its beginning: the marketplace has it.
	Host string
	// ApplicationID is amzn1.sp.solution.… or, older, amzn1.sellerapps.app.….
	ApplicationID string
	// State is for one authorization; see [NewState].
	State string
	// RedirectURI may be "": then Amazon uses the first registered one.
	RedirectURI string
	// Draft is version=beta, which an app must have until it's published, and
	// must not have afterwards.
	Draft bool
	// Repaired: the link wouldn't have opened as it was pasted (a second "?",
	// "&amp;", line breaks, lost hyphens).
	Repaired bool
	// Unusual: the application ID has none of the documented forms.
	Unusual bool
}

// URL returns the link, over https, with the parameters that are set.
func (c ConsentLink) URL() string { return c.URLAt("https://" + c.Host) }

// URLAt returns the link with another origin, such as http://127.0.0.1:4567 in
// practice mode.
func (c ConsentLink) URLAt(origin string) string {
	var q query
	q.add("application_id", c.ApplicationID)
	q.add("state", c.State)
	q.add("redirect_uri", c.RedirectURI)
	if c.Draft {
		q.add("version", "beta")
	}
	link := strings.TrimRight(origin, "/") + consentPath
	if q.Len() > 0 {
		link += "?" + q.String()
	}
	return link
}

// NewState returns a state (RFC 6749, section 10.12) of 128 random bits, in
// characters that no server changes. It must not be used again.
func NewState() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // crypto/rand.Read never fails; it ends the program instead
	return base64.RawURLEncoding.EncodeToString(b[:])
}
