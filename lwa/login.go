package lwa

import (
	"errors"
	"net/url"
	"strings"
)

// LoginURI is the hop to the app's login URI: the first half of the Appstore
// workflow, which also shows up in the middle of the website workflow. There is
// no code yet; Amazon waits to be called back
// (https://developer-docs.amazon.com/sp-api/docs/selling-partner-appstore-authorization-workflow).
type LoginURI struct {
	// CallbackURI is Amazon's amazon_callback_uri as it came, absolute or
	// relative. It is somebody's input: open only what ConfirmURL returns.
	CallbackURI string
	// AmazonState goes back to Amazon unchanged.
	AmazonState Secret
	SellerID    string
	// Draft is version=beta.
	Draft bool
}

// ErrUntrustedCallback is a callback that does not lead to Amazon.
var ErrUntrustedCallback = errors.New("lwa: the callback is not Amazon's")

// maxCallback is far longer than any callback that Amazon sends.
const maxCallback = 2 << 10

// confirmPath is where every callback of Amazon's leads.
const confirmPath = "/apps/authorize/confirm"

// ConfirmURL returns the address that takes the seller on to Amazon's page,
// with our own state, which replaces the one of the consent link, and, if not
// empty, the redirect URI. host is the Seller or Vendor Central host of the
// chosen marketplace; a relative callback is resolved against it, as Amazon
// sent such ones in 2021. draft (or l.Draft) adds version=beta.
//
// Only genuine Seller and Vendor Central hosts, and amazon.com itself as in
// the example of Amazon's developer guide, are returned, over https, without
// user information or a port. Anything else is [ErrUntrustedCallback].
func (l LoginURI) ConfirmURL(host, state, redirectURI string, draft bool) (string, error) {
	u, err := l.callback(host)
	if err != nil {
		return "", err
	}
	var q query
	q.raw(u.RawQuery)
	q.add("amazon_state", l.AmazonState.Reveal())
	q.add("state", state)
	q.add("redirect_uri", redirectURI)
	if draft || l.Draft {
		q.add("version", "beta")
	}
	u.RawQuery = q.String()
	return u.String(), nil
}

// callback resolves and vets the callback.
func (l LoginURI) callback(host string) (*url.URL, error) {
	if len(l.CallbackURI) > maxCallback || strings.ContainsAny(l.CallbackURI, "\\ \t\r\n") {
		return nil, ErrUntrustedCallback
	}
	u, err := url.Parse(l.CallbackURI)
	if err != nil {
		return nil, ErrUntrustedCallback
	}
	if u.Scheme == "" && u.Host == "" && strings.HasPrefix(u.Path, "/") {
		if !IsAmazonHost(host) {
			return nil, ErrUntrustedCallback
		}
		u.Scheme, u.Host = "https", strings.ToLower(host)
	}
	rest, inConfirm := strings.CutPrefix(u.Path, confirmPath)
	switch {
	case u.Scheme != "https", u.User != nil, u.Port() != "", u.Fragment != "", u.Opaque != "":
	case strings.HasSuffix(u.Host, ":"):
	case !IsAmazonHost(u.Host) && !strings.EqualFold(u.Host, "amazon.com"):
	case !inConfirm, rest != "" && rest[0] != '/', strings.Contains(rest, ".."), u.RawPath != "":
	default:
		u.Host = strings.ToLower(u.Host)
		return u, nil
	}
	return nil, ErrUntrustedCallback
}

// IsAmazonHost reports whether host is a genuine host of Seller Central or
// Vendor Central: one of those in [Marketplaces], its form for another country
// (sellercentral.amazon.de beside the shared European host) or for a region
// (sellercentral-japan.amazon.com). A port, a trailing dot, an
// internationalized name and every look-alike is refused.
func IsAmazonHost(host string) bool {
	host = strings.ToLower(host)
	if host == "www.vendorcentral.in" {
		return true
	}
	name, domain, ok := strings.Cut(host, ".")
	if !ok || !isAmazonStore(domain) {
		return false
	}
	for _, central := range []string{"sellercentral", "vendorcentral"} {
		if region, ok := strings.CutPrefix(name, central); ok {
			return region == "" || region[0] == '-' && isLowerWord(region[1:])
		}
	}
	return false
}

func isLowerWord(s string) bool {
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return s != ""
}

// isAmazonStore reports a store's own domain: amazon.com, amazon.co.jp …, for
// every store that Seller or Vendor Central has a host in.
func isAmazonStore(domain string) bool {
	country, ok := strings.CutPrefix(domain, "amazon.")
	if !ok {
		return false
	}
	for _, m := range Marketplaces() {
		for _, host := range [...]string{m.SellerHost, m.VendorHost} {
			if _, c, ok := strings.Cut(host, ".amazon."); ok && c == country {
				return true
			}
		}
	}
	return false
}

// query builds a query string in a fixed order. url.Values would sort the
// names; Amazon's examples, and people comparing two links, have an order.
type query struct{ strings.Builder }

// add appends a parameter; an empty one is left out.
func (q *query) add(name, value string) {
	if value != "" {
		// "%20" is a blank everywhere, "+" only in forms.
		q.raw(name + "=" + strings.ReplaceAll(url.QueryEscape(value), "+", "%20"))
	}
}

// raw appends what is encoded already.
func (q *query) raw(pair string) {
	if pair == "" {
		return
	}
	if q.Len() > 0 {
		q.WriteByte('&')
	}
	q.WriteString(pair)
}
