package lwa

import (
	"errors"
	"net/url"
	"strings"
)

// LoginURI is a redirect to the app's login URI: the first half of the Appstore
// workflow, which also occurs in the website workflow. There is no code yet;
// Amazon waits for the callback
// (https://developer-docs.amazon.com/sp-api/docs/selling-partner-appstore-authorization-workflow).
type LoginURI struct {
	// CallbackURI is the unchanged amazon_callback_uri, absolute or relative.
	// It's untrusted: open only what ConfirmURL returns.
	CallbackURI string
	// AmazonState goes back to Amazon unchanged.
	AmazonState Secret
	SellerID    string
	// Draft is version=beta.
	Draft bool
}

var errUntrustedCallback = errors.New("lwa: the callback is not Amazon's")

// maxCallback is far longer than any callback of Amazon, in bytes.
const maxCallback = 2 << 10

// confirmPath is the path of all callbacks.
const confirmPath = "/apps/authorize/confirm"

// ApplicationID is the app that the callback is for, "" if it names none.
func (l LoginURI) ApplicationID() string {
	_, id, _ := strings.Cut(l.CallbackURI, confirmPath+"/")
	id, _, _ = strings.Cut(id, "?")
	return id
}

// ConfirmURL returns the address where the seller continues at Amazon, with our
// own state, which replaces the one of the authorization link, and the redirect
// URI unless it's "". host is the Seller or Vendor Central host of the chosen
// marketplace, for a relative callback, which Amazon sent in 2021. draft (or
// l.Draft) adds version=beta.
//
// The host is always one of Seller or Vendor Central, or amazon.com as in
// Amazon's developer guide, over https, without user information or a port. Only
// the application ID is taken from the callback, because its query could say
// anything; compare [LoginURI.ApplicationID] before opening the address. For any
// other callback there is an error.
func (l LoginURI) ConfirmURL(host, state, redirectURI string, draft bool) (string, error) {
	u, err := l.callback(host)
	if err != nil {
		return "", err
	}
	var q query
	q.add("amazon_state", l.AmazonState.Reveal())
	q.add("state", state)
	q.add("redirect_uri", redirectURI)
	if draft || l.Draft {
		q.add("version", "beta")
	}
	u.RawQuery = q.String()
	return u.String(), nil
}

// callback resolves and checks the callback.
func (l LoginURI) callback(host string) (*url.URL, error) {
	if len(l.CallbackURI) > maxCallback || strings.ContainsAny(l.CallbackURI, "\\ \t\r\n") {
		return nil, errUntrustedCallback
	}
	u, err := url.Parse(l.CallbackURI)
	if err != nil {
		return nil, errUntrustedCallback
	}
	if u.Scheme == "" && u.Host == "" && strings.HasPrefix(u.Path, "/") {
		if !IsAmazonHost(host) {
			return nil, errUntrustedCallback
		}
		u.Scheme, u.Host = "https", strings.ToLower(host)
	}
	rest, inConfirm := strings.CutPrefix(u.Path, confirmPath)
	switch {
	case u.Scheme != "https", u.User != nil, u.Port() != "", u.Fragment != "", u.Opaque != "":
	case strings.HasSuffix(u.Host, ":"):
	case !IsAmazonHost(u.Host) && !strings.EqualFold(u.Host, "amazon.com"):
	case !inConfirm, rest != "" && !isAppPath(rest), u.RawPath != "":
	default:
		return &url.URL{Scheme: "https", Host: strings.ToLower(u.Host), Path: u.Path}, nil
	}
	return nil, errUntrustedCallback
}

// isAppPath reports "/" and an application ID.
func isAppPath(path string) bool {
	for i := 1; i < len(path); i++ {
		c := path[i]
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '.' && c != '-' || c == '.' && path[i-1] == '.' {
			return false
		}
	}
	return len(path) > 1 && path[0] == '/'
}

// IsAmazonHost reports whether host belongs to Seller Central or Vendor Central:
// one of those in [Marketplaces], its form for another country
// (sellercentral.amazon.de instead of the shared European host) or for a region
// (sellercentral-japan.amazon.com). It returns false for a port, a trailing dot,
// an internationalized name and every look-alike.
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

// isAmazonStore reports whether domain is that of a store with a host of Seller
// or Vendor Central: amazon.com, amazon.co.jp …
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

// query builds a query string in the order of Amazon's examples, so that people
// can compare two links. url.Values would sort the names.
type query struct{ strings.Builder }

// add appends a parameter, unless it is empty.
func (q *query) add(name, value string) {
	if value != "" {
		// "%20" is a space everywhere, "+" only in forms.
		q.raw(name + "=" + strings.ReplaceAll(url.QueryEscape(value), "+", "%20"))
	}
}

// raw appends an encoded parameter.
func (q *query) raw(pair string) {
	if pair == "" {
		return
	}
	if q.Len() > 0 {
		q.WriteByte('&')
	}
	q.WriteString(pair)
}
