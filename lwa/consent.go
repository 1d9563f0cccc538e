package lwa

import (
	"crypto/rand"
	"encoding/base64"
	"strings"
)

// consentPath is the permission page, the same on every host of Seller and
// Vendor Central
// (https://developer-docs.amazon.com/sp-api/docs/website-authorization-workflow).
const consentPath = "/apps/authorize/consent"

// ConsentLink is a link to Amazon's permission page.
type ConsentLink struct {
	// Host is the Seller or Vendor Central host. It is empty when only an
	// application ID, or a link without its beginning, was read: the chosen
	// marketplace has it.
	Host string
	// ApplicationID is amzn1.sp.solution.… or, older, amzn1.sellerapps.app.….
	ApplicationID string
	// State is the check value; see [NewState].
	State string
	// RedirectURI may be empty: Amazon then takes the first registered one.
	RedirectURI string
	// Draft is version=beta, which an app needs until it is published and
	// must not have afterwards.
	Draft bool
	// Repaired reports that what was read could not have been opened as it
	// was (a second "?", "&amp;", line breaks, lost hyphens).
	Repaired bool
	// Unusual reports an application ID in none of the documented forms.
	Unusual bool
}

// URL returns the link, over https, with only the parameters that are set.
func (c ConsentLink) URL() string { return c.URLAt("https://" + c.Host) }

// URLAt returns the link with its host replaced by an origin, such as
// http://127.0.0.1:4567: practice mode shows the same page from a server on
// this computer.
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

// NewState returns a fresh check value of 128 random bits in a form that no
// server on the way changes. Amazon asks for one that cannot be guessed and is
// not used again.
func NewState() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // crypto/rand.Read never fails; it ends the program instead
	return base64.RawURLEncoding.EncodeToString(b[:])
}
