package setupfile

import (
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/idna"

	"github.com/sellerkey/sellerkey/internal/lazy"
	"github.com/sellerkey/sellerkey/lwa"
)

// link vets a link that the seller may see or open.
func (c *checker) link(s, key string) {
	if !c.plain(s, key, maxLink) {
		return
	}
	u, err := url.Parse(s)
	switch {
	case strings.ContainsFunc(s, func(r rune) bool { return r > '~' }):
		// A host in letters that look like others, or hidden characters.
		c.problem(KindLinkNotASCII, key)
	case err != nil || hasLinkTricks(s):
		c.problem(KindBadLink, key)
	case u.User != nil:
		// https://amazon.co.jp@evil.example/ leads to evil.example.
		c.problem(KindLinkHasUserInfo, key)
	case c.rules.Local && isLocalLink(s) && portIsValid(u):
	case u.Scheme != "https":
		c.problem(KindLinkNotHTTPS, key)
	case isLocalLink(s) || leadsToNumber(u.Hostname()):
		c.problem(KindLinkLocal, key)
	case !hostName().MatchString(u.Host) || !portIsValid(u):
		c.problem(KindBadLink, key)
	case imitates(u.Hostname()):
		c.problem(KindLinkLookalike, key)
	}
}

// hostName is a name with a dot in it, and maybe a port. Numbers are no names.
var hostName = lazy.Regexp(`^(?i:[a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+(?i:[a-z][a-z0-9-]*[a-z0-9])(:[0-9]{1,5})?$`)

func portIsValid(u *url.URL) bool {
	n, err := strconv.Atoi(u.Port())
	return u.Port() == "" || err == nil && n > 0 && n < 1<<16
}

// hasLinkTricks reports characters that no URL has and that browsers and
// parsers interpret differently.
func hasLinkTricks(s string) bool {
	return strings.ContainsAny(s, "\\\"<>^`{}| ") || strings.ContainsFunc(s, unicode.IsControl)
}

// isLocalLink reports a link to this computer.
func isLocalLink(s string) bool {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || err == nil && (ip.Unmap().IsLoopback() || ip.IsUnspecified())
}

// leadsToNumber reports a name that can resolve to any address, this computer's
// too (127.0.0.1.nip.io), or one that only a local network resolves.
func leadsToNumber(host string) bool {
	host = "." + strings.ToLower(strings.TrimSuffix(host, "."))
	return addressInName().MatchString(host) || slices.ContainsFunc([]string{
		".nip.io", ".sslip.io", ".xip.io", ".localtest.me", ".lvh.me", ".vcap.me", ".lacolhost.com", ".traefik.me",
		".local", ".localdomain", ".internal", ".lan", ".home.arpa", ".intranet",
	}, func(end string) bool { return strings.HasSuffix(host, end) })
}

var addressInName = lazy.Regexp(`(?:^|[.-])(?:[0-9]{1,3}[.-]){3}[0-9]{1,3}(?:[.-]|$)`)

// imitates reports a host that reads like an Amazon host: an Amazon domain in
// front of another one, digits for letters, or letters of other scripts.
func imitates(host string) bool {
	host = strings.ToLower(host)
	if isAmazons(host) {
		return false
	}
	shown, err := idna.Display.ToUnicode(host)
	if err != nil || strings.ContainsFunc(shown, func(r rune) bool { return !isPlain(r) }) {
		return true
	}
	s := skeleton(shown)
	return amazonAddress().MatchString(s) || amazonName().MatchString(s) && !amazonName().MatchString(shown)
}

var (
	// amazonAddress is an Amazon host as the front of another, as a skeleton.
	amazonAddress = lazy.Regexp(`(?:seller|vendor)-?central|(?:^|[.-])(?:www[.-])?amazon[.-](?:com?|jp|ca|ae|sa|eg|de|fr|lt|es|nl|se|pl|be|ln|sg|le|co-?jp)(?:[.-]|$)`)
	// amazonName is Amazon or this program as a part of a host.
	amazonName = lazy.Regexp(`(?:^|[.-])(?:amazon|amzn|sellerkey)(?:[.-]|$)`)
)

// isAmazons reports a host that belongs to Amazon.
func isAmazons(host string) bool { return lwa.IsAmazonHost(host) || amazonDomain().MatchString(host) }

var amazonDomain = lazy.Regexp(`(?:^|\.)amazon\.(?:com|co\.jp|co\.uk|ca|de|fr|it|es|nl|se|pl|ie|in|sg|ae|sa|eg|com\.(?:br|mx|au|be|tr))$`)

// namesAmazon reports a host with Amazon's name in it that belongs to somebody
// else. That is allowed, but a seller should know.
func namesAmazon(link string) bool {
	u, err := url.Parse(link)
	return err == nil && strings.Contains(skeleton(u.Hostname()), "amazon") && !isAmazons(strings.ToLower(u.Hostname())) &&
		!strings.HasSuffix(u.Hostname(), ".amazonaws.com")
}
