package setupfile

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/lwa"
)

// check returns all problems of a file.
func (r Rules) check(f File) []Problem {
	c := checker{rules: r}
	if f.Version != 0 && f.Version != Version {
		c.problem(KindNewerVersion, "version")
	}
	c.provider(f)
	c.app(f)
	if f.RegistrationPage != "" {
		c.link(f.RegistrationPage, "registration_page")
	}
	c.boxes(f)
	return c.problems
}

type checker struct {
	rules    Rules
	problems []Problem
}

func (c *checker) problem(kind Kind, key string) {
	c.problems = append(c.problems, Problem{Kind: kind, Key: key})
}

// shown vets a text that the seller will see.
func (c *checker) shown(s, key string, most int, tooLong Kind) bool {
	switch {
	case !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl):
		c.problem(KindControl, key)
	case strings.ContainsFunc(s, isHidden):
		c.problem(KindHidden, key)
	case utf8.RuneCountInString(s) > most:
		c.problem(tooLong, key)
	case hasSecret(s):
		c.problem(KindSecretInside, key)
	default:
		return true
	}
	return false
}

// isHidden reports invisible characters, which can make a label read like
// another one.
func isHidden(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) || unicode.Is(unicode.Co, r) ||
		unicode.Is(unicode.Variation_Selector, r) || r == '\u034f' || r == '\u115f' || r == '\u1160' || r == '\u3164' || r == '\uffa0'
}

func (c *checker) provider(f File) {
	if strings.TrimSpace(f.Provider) == "" {
		c.problem(KindNoProvider, "provider")
	} else if c.shown(f.Provider, "provider", MaxName, KindTooLong) {
		// A seller could not tell that "This file is from Amazon" is a lie.
		name := strings.ToLower(norm.NFKC.String(f.Provider))
		name = strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) {
				return r
			}
			return -1
		}, name)
		for _, claim := range []string{"amazon", "アマゾン", "sellercentral", "セラーセントラル", "sellerkey"} {
			if strings.HasPrefix(name, claim) {
				c.problem(KindClaimsAmazon, "provider")
				break
			}
		}
	}
	if f.Support != "" && c.shown(f.Support, "support", MaxSupport, KindTooLong) {
		if strings.Contains(f.Support, "/") {
			c.link(f.Support, "support")
		} else if !mailAddress.MatchString(f.Support) {
			c.problem(KindBadSupport, "support")
		}
	}
}

var mailAddress = regexp.MustCompile(`^[A-Za-z0-9.!#$%&'*+=?^_{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$`)

func (c *checker) app(f File) {
	asksCode := slices.ContainsFunc(f.Boxes, func(b Box) bool { return b.Value == lwa.ValueCode })
	switch {
	case f.ApplicationID == "" && asksCode:
		// A code comes from the consent page of an app.
		c.problem(KindNoApplicationID, "application_id")
	case f.ApplicationID != "":
		c.applicationID(f.ApplicationID)
	}
	for i, m := range f.Marketplaces {
		key := fmt.Sprintf("marketplaces[%d]", i+1)
		if known, ok := lwa.FindMarketplace(m); !ok || known.Code != m {
			c.problem(KindUnknownMarketplace, key)
		} else if slices.Contains(f.Marketplaces[:i], m) {
			c.problem(KindSameMarketplace, key)
		}
	}
	if f.ConsentHost != "" && !lwa.IsAmazonHost(f.ConsentHost) {
		c.problem(KindNotAmazonHost, "consent_host")
	}
	if f.State != "" && c.plain(f.State, "state", MaxState) && strings.ContainsFunc(f.State, func(r rune) bool { return r <= ' ' || r > '~' }) {
		c.problem(KindBadState, "state")
	}
	if f.RedirectURI != "" && c.plain(f.RedirectURI, "redirect_uri", MaxLink) && (paste.CheckRedirectURI(f.RedirectURI) != nil || hasLinkTricks(f.RedirectURI)) {
		c.problem(KindBadRedirectURI, "redirect_uri")
	}
}

// plain vets the length of a value for programs, and that it holds no secret.
func (c *checker) plain(s, key string, most int) bool {
	switch {
	case len(s) > most:
		c.problem(KindTooLong, key)
	case hasSecret(s):
		c.problem(KindSecretInside, key)
	default:
		return true
	}
	return false
}

func (c *checker) applicationID(id string) {
	if !c.plain(id, "application_id", MaxID) {
		return
	}
	link, err := paste.ParseApp(id)
	var refused *paste.AppError
	switch {
	case errors.As(err, &refused) && refused.Kind == paste.AppClientID:
		c.problem(KindClientIDInstead, "application_id")
	case err != nil || link.ApplicationID != id || link.Host != "":
		// An ID that could be repaired is refused too: the file is made once
		// and used by many.
		c.problem(KindBadApplicationID, "application_id")
	}
}

// link vets a link that the seller may open.
func (c *checker) link(s, key string) {
	if !c.plain(s, key, MaxLink) {
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
	case c.rules.Local && isLocalLink(s):
	case u.Scheme != "https":
		c.problem(KindLinkNotHTTPS, key)
	case isLocalLink(s):
		c.problem(KindLinkLocal, key)
	case !hostName.MatchString(u.Host):
		c.problem(KindBadLink, key)
	}
}

// hostName is a name with a dot in it, and maybe a port. Numbers are no names.
var hostName = regexp.MustCompile(`^(?i:[a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+(?i:[a-z][a-z0-9-]*[a-z0-9])(:[0-9]{1,5})?$`)

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
	ip := net.ParseIP(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || ip != nil && (ip.IsLoopback() || ip.IsUnspecified())
}

func (c *checker) boxes(f File) {
	switch {
	case len(f.Boxes) == 0:
		c.problem(KindNoBoxes, "boxes")
	case len(f.Boxes) > MaxBoxes:
		c.problem(KindTooManyBoxes, "boxes")
		return
	}
	var seen []lwa.Value
	for i, b := range f.Boxes {
		path := fmt.Sprintf("boxes[%d]", i+1)
		switch {
		case !slices.Contains(lwa.Values(), b.Value):
			c.problem(KindUnknownBoxValue, path+".value")
		case slices.Contains(seen, b.Value):
			c.problem(KindDuplicateBox, path+".value")
		}
		seen = append(seen, b.Value)
		if len(b.Label) == 0 {
			c.problem(KindLabelMissing, path+".label")
		}
		languages := make([]string, 0, len(b.Label))
		for l := range b.Label {
			languages = append(languages, l)
		}
		slices.Sort(languages)
		for _, l := range languages {
			key, text := path+".label."+showKey(l), b.Label[l]
			switch {
			case !slices.Contains(i18n.Tags(), l):
				c.problem(KindUnknownLanguage, key)
			case strings.TrimSpace(text) == "":
				c.problem(KindLabelMissing, key)
			case c.shown(text, key, MaxLabel, KindLabelTooLong) && misleads(b.Value, text):
				c.problem(KindLabelMisleads, key)
			}
		}
	}
}

// harmless and secretWord are what registration screens call values that may be
// seen, and those that may not.
var (
	harmless = regexp.MustCompile(`(?i)(seller|merchant|client|vendor|partner|application|app)[ _-]?(id|identifier)|(セラー|出品者|マーチャント|クライアント|アプリケーション|アプリ)\s*id|\bid (do|da) |identificador`)
	notThat  = regexp.MustCompile(`(?i)secret|token|segredo|chave|key|シークレット|トークン|秘密|キー`)
)

// misleads reports that a label names a harmless value for a box that takes a
// secret: the seller would hand it out without a second thought.
func misleads(v lwa.Value, label string) bool {
	label = norm.NFKC.String(label)
	return v.GivesAccess() && harmless.MatchString(label) && !notThat.MatchString(label)
}
