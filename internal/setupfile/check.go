package setupfile

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/lazy"
	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/value"
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
	case hasSecret(s):
		c.problem(KindSecretInside, key)
	case !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl):
		c.problem(KindControl, key)
	case strings.ContainsFunc(s, isHidden):
		c.problem(KindHidden, key)
	case strings.ContainsFunc(norm.NFC.String(s), func(r rune) bool { return !isPlain(r) }):
		c.problem(KindLookalike, key)
	case utf8.RuneCountInString(s) > most:
		c.problem(tooLong, key)
	default:
		return true
	}
	return false
}

func (c *checker) provider(f File) {
	if strings.TrimSpace(f.Provider) == "" {
		c.problem(KindNoProvider, "provider")
	} else if c.shown(f.Provider, "provider", maxName, KindTooLong) && isClaim(f.Provider) {
		// A seller could not tell that "This file is from Amazon" is a lie.
		c.problem(KindClaimsAmazon, "provider")
	}
	if f.Support != "" && c.shown(f.Support, "support", maxSupport, KindTooLong) {
		_, domain, _ := strings.Cut(f.Support, "@")
		switch {
		case strings.Contains(f.Support, "/"):
			c.link(f.Support, "support")
		case !mailAddress().MatchString(f.Support):
			c.problem(KindBadSupport, "support")
		case imitates(domain):
			c.problem(KindLinkLookalike, "support")
		}
	}
}

var mailAddress = lazy.Regexp(`^[A-Za-z0-9.!#$%&'*+=?^_{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$`)

func (c *checker) app(f File) {
	asksCode := slices.ContainsFunc(f.Boxes, func(b Box) bool { return b.Value == value.Code })
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
	c.callback(f)
}

// callback vets what Amazon sends the seller back with.
func (c *checker) callback(f File) {
	if f.State != "" && c.plain(f.State, "state", maxState) && strings.ContainsFunc(f.State, func(r rune) bool { return r <= ' ' || r > '~' }) {
		c.problem(KindBadState, "state")
	}
	if f.RedirectURI != "" {
		before := len(c.problems)
		if c.link(f.RedirectURI, "redirect_uri"); len(c.problems) == before && paste.CheckRedirectURI(f.RedirectURI) != nil {
			c.problem(KindBadRedirectURI, "redirect_uri")
		}
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
	if !c.plain(id, "application_id", maxID) {
		return
	}
	link, err := paste.ParseApp(id)
	var refused *paste.Error
	switch {
	case errors.As(err, &refused) && refused.Kind == paste.AppClientID:
		c.problem(KindClientIDInstead, "application_id")
	case err != nil || link.ApplicationID != id || link.Host != "":
		// An ID that could be repaired is refused too: the file is made once
		// and used by many.
		c.problem(KindBadApplicationID, "application_id")
	}
}

func (c *checker) boxes(f File) {
	switch {
	case len(f.Boxes) == 0:
		c.problem(KindNoBoxes, "boxes")
	case len(f.Boxes) > maxBoxes:
		c.problem(KindTooManyBoxes, "boxes")
		return
	}
	var seen []value.ID
	for i, b := range f.Boxes {
		path := fmt.Sprintf("boxes[%d]", i+1)
		switch {
		case !slices.Contains(value.All(), b.Value):
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
			case c.shown(text, key, maxLabel, KindLabelTooLong) && misleads(b.Value, text):
				c.problem(KindLabelMisleads, key)
			}
		}
	}
}
