package paste

import (
	"strings"
	"unicode/utf8"

	"github.com/sellerkey/sellerkey/lwa"
)

// field is a parameter of one address.
type field struct {
	value string
	set   bool
	// clash: it occurs twice with different values.
	clash bool
}

func (f *field) put(value string) {
	switch {
	case !f.set || f.value == "":
		f.value, f.set = value, true
	case value != "" && value != f.value:
		f.clash = true
	}
}

// address is one address, or a piece of one, and what it says.
type address struct {
	scheme, host, path string
	fields             [nameCount]field
	questions          int  // second and further "?"
	labelled           bool // read from a table or JSON
	unnamedID          bool // the application ID is there without its name
	known              bool // has at least one known parameter
}

func (a *address) get(n paramName) string { return a.fields[n].value }
func (a *address) has(n paramName) bool   { return a.fields[n].set }

// page is what kind of page an address leads to.
type page int

const (
	pageOther page = iota
	pageLogin
	pageConsent
	pageConfirm
	pageSignIn
	pageTokens  // tokens in the address
	pageCentral // another page of Seller or Vendor Central
	pageLWA     // Login with Amazon's own, for Amazon Ads and others
)

// page says where the address leads, by its path on Amazon's side and by its
// parameters on the other.
func (a *address) page() page {
	switch path := a.path; {
	case a.has(nameCallback):
		return pageLogin
	case containsFold(path, "/apps/authorize/consent"):
		return pageConsent
	case containsFold(path, "/apps/authorize/confirm"):
		return pageConfirm
	case isAmazonDomain(a.host) && containsFold(path, "/ap/oa"):
		return pageLWA
	case isAmazonDomain(a.host) && (containsFold(path, "/ap/") || containsFold(path, "/signin") || containsFold(path, "/sign-in")):
		return pageSignIn
	case a.has(nameApplicationID) && !a.has(nameCode):
		return pageConsent
	case (a.has(nameAccessToken) || a.has(nameRefreshToken)) && !a.has(nameGenericCode):
		return pageTokens
	case !a.known && lwa.IsAmazonHost(a.host):
		return pageCentral
	}
	return pageOther
}

// code returns the code field that counts: Amazon's own name goes before
// "code", which counts on no page of Amazon's walk.
func (a *address) code() (f *field, generic bool) {
	if a.has(nameCode) {
		return &a.fields[nameCode], false
	}
	if a.has(nameGenericCode) && a.page() == pageOther {
		return &a.fields[nameGenericCode], true
	}
	return nil, false
}

// schemeBefore returns the scheme that s ends with.
func schemeBefore(s string) string {
	i := len(s)
	for i > 0 && len(s)-i < 20 && isLetter(s[i-1]) {
		i--
	}
	word := s[i:]
	for _, web := range [...]string{"https", "http"} {
		// "A1EXAMPLEhttps": the end of one address and the scheme of the next.
		if n := len(word) - len(web); n >= 0 && strings.EqualFold(word[n:], web) {
			return word[n:]
		}
	}
	return word
}

// readHead reads scheme, host and path and returns the rest, from the first
// parameter on.
func (a *address) readHead(s string) (query string) {
	end := strings.IndexAny(s, "?&#=")
	head := s
	switch {
	case end < 0:
	case s[end] == '=':
		// No "?" before: a query alone, or one that lost it ("…/cb/state=st").
		name := strings.LastIndexAny(s[:end], "/ ") + 1
		head, query = s[:name], s[name:]
		if i := strings.LastIndex(strings.ToLower(query[:end-name]), "%3f"); i >= 0 {
			query = query[i+len("%3f"):]
		}
	default:
		head, query = s[:end], s[end+1:]
	}
	if scheme, rest, ok := strings.Cut(head, "://"); ok {
		a.scheme = strings.ToLower(scheme)
		head = rest
		a.host, a.path = cutHost(head)
		return query
	}
	if i := strings.LastIndexFunc(head, func(r rune) bool { return r >= 0x80 }); i >= 0 {
		_, n := utf8.DecodeRuneInString(head[i:])
		head = head[i+n:]
	}
	if strings.HasPrefix(head, "//") {
		head = head[2:]
	} else if strings.HasPrefix(head, "/") {
		a.path = head
		return query
	}
	if host, path := cutHost(head); looksLikeHost(host) {
		a.host, a.path = host, path
	} else {
		a.path = head
	}
	return query
}

func cutHost(s string) (host, path string) {
	if i := strings.IndexByte(s, '/'); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

// looksLikeHost tells a host without a scheme from a word.
func looksLikeHost(s string) bool {
	name, _, hasPort := strings.Cut(s, ":")
	if !hasPort && strings.IndexByte(name, '.') < 0 && !strings.EqualFold(name, "localhost") {
		return false
	}
	ok := false
	for i := range len(name) {
		c := name[i]
		ok = ok || isLetter(c) || c >= '0' && c <= '9'
		if !isWordByte(c) && c != '.' && c != '-' {
			return false
		}
	}
	return ok
}

// hasForbiddenScheme reports a text that begins with something a browser runs
// or opens elsewhere.
func hasForbiddenScheme(text string) bool {
	i := 0
	for i < len(text) && i < 12 && isLetter(text[i]) {
		i++
	}
	if i == 0 || i+1 >= len(text) || text[i] != ':' || text[i+1] == ' ' || text[i+1] == '\n' {
		return false
	}
	switch strings.ToLower(text[:i]) {
	case "javascript", "vbscript", "data", "file", "ftp", "mailto", "about", "blob", "tel":
		return true
	}
	return false
}

// isWeb reports whether a scheme is http or https, also with its first letters
// cut off or defused ("hxxps") as in security mails.
func isWeb(scheme string) bool {
	switch scheme {
	case "", "http", "https", "ttp", "ttps", "tp", "tps", "p", "ps", "s", "hxxp", "hxxps":
		return true
	}
	return false
}

// isAmazonDomain reports a host of any kind under a store's domain, such as
// www.amazon.co.jp, where people sign in.
func isAmazonDomain(host string) bool {
	host = "." + strings.ToLower(host)
	i := strings.LastIndex(host, ".amazon.")
	return i >= 0 && lwa.IsAmazonHost("sellercentral"+host[i:]) || host == ".www.vendorcentral.in"
}
