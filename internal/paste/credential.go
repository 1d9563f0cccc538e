package paste

import (
	"slices"
	"strings"

	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/lwa"
)

// Found is what [FindCredentials] found. Empty fields were not in the text.
type Found struct {
	ClientID     string
	ClientSecret lwa.Secret
	// Refresh holds the different refresh tokens in the order of the text.
	Refresh []RegionToken
	// SellerID is a merchant token or a vendor group.
	SellerID      string
	MarketplaceID string
	ApplicationID string
	// Region is "na", "eu" or "fe", as the text says it; it is not derived from
	// the marketplace.
	Region string
	// Sandbox reports that the text says so: a sandbox host, name or switch.
	Sandbox bool
	// Unneeded names what is in the text and no program needs.
	Unneeded []Unneeded
	// Several names the values of which there are different ones, so that none
	// was taken.
	Several []value.ID
	// Hidden reports values that are masked, shortened or read off a picture.
	Hidden bool
}

// RegionToken is a refresh token and the region that its name, heading or
// comment tells: "na", "eu", "fe", or "" if nothing tells.
type RegionToken struct {
	Token  lwa.Secret
	Region string
}

// FindCredentials reads credentials from whatever people keep them in: a .env
// file, JSON, YAML, TOML, source code, the env block of an MCP server, a shell
// script, a note. A value is known by its shape; seller IDs, regions and bare
// hexadecimal secrets also need a name that fits. Nothing is joined that could
// be two values, and nothing is taken that is masked, shortened or a sample.
//
// Values in comments count only if there is no other. The error is an [*Error]:
// of kind [NoCredentials], or a kind that says more ([AccessToken],
// [PictureText], [Truncated] …). It takes time in proportion to the text and
// refuses more than 64 KiB.
func FindCredentials(text string) (Found, error) {
	if len(text) > maxPaste {
		return Found{}, &Error{Kind: TooLarge}
	}
	text = cleanCredentials(text)
	if text == "" {
		return Found{}, &Error{Kind: Empty}
	}
	s := scan{text: text}
	s.run()
	f := s.found()
	if f.ClientID == "" && f.ClientSecret.IsEmpty() && len(f.Refresh) == 0 && len(f.Several) == 0 &&
		f.SellerID == "" && f.MarketplaceID == "" && f.ApplicationID == "" {
		return Found{}, &Error{Kind: s.nothing()}
	}
	return f, nil
}

// cleanCredentials takes the accidents of copying off a text and keeps its lines.
func cleanCredentials(text string) string {
	var m marks
	return decodeLayers(joinContinuations(strings.TrimSpace(text)), &m)
}

// joinContinuations joins the lines of a word that a backslash continues, as
// shells and quoted YAML do.
func joinContinuations(text string) string {
	if !strings.Contains(text, "\\\n") && !strings.Contains(text, "\\\r\n") {
		return text
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(text, '\\')
		if i < 0 {
			break
		}
		rest := strings.TrimPrefix(text[i+1:], "\r")
		if next := strings.TrimLeft(rest, "\n \t"); i > 0 && isTokenByte(text[i-1]) && strings.HasPrefix(rest, "\n") && next != "" && isTokenByte(next[0]) {
			b.WriteString(text[:i])
			text = next
			continue
		}
		b.WriteString(text[:i+1])
		text = text[i+1:]
	}
	return b.String() + text
}

// nothing says why a text has no credentials.
func (s *scan) nothing() Kind {
	switch {
	case s.seen.picture:
		return PictureText
	case s.hidden:
		return Truncated
	case slices.Contains(s.unneeded, UnneededAds):
		return LWACode
	case slices.Contains(s.unneeded, UnneededAccessToken):
		return AccessToken
	}
	return NoCredentials
}

// found settles what the sightings amount to.
func (s *scan) found() Found {
	f := Found{Unneeded: s.unneeded, Hidden: s.hidden, Sandbox: s.sandbox}
	one := func(field value.ID, all []sighting) string {
		values := distinct(all)
		switch {
		case len(values) > 1 && field != "":
			f.Several = append(f.Several, field)
			return ""
		case len(values) != 1:
			return ""
		}
		return values[0].value
	}
	f.ClientID = one(value.ClientID, s.clientIDs)
	if len(s.secrets) == 0 && len(s.clientIDs) > 0 {
		s.secrets = s.bare
	}
	f.ClientSecret = lwa.NewSecret(one(value.ClientSecret, s.secrets))
	f.SellerID = one("", s.sellers)
	f.MarketplaceID = one("", s.markets)
	f.ApplicationID = one("", s.apps)
	f.Region = one("", s.regions)
	s.tokensInto(&f)
	return f
}

// tokensInto adds the refresh tokens with their regions, and whether they are for
// the sandbox.
func (s *scan) tokensInto(f *Found) {
	tokens := distinct(s.tokens)
	if ids := distinct(s.clientIDs); len(tokens) < 2 && len(ids) < 2 {
		for _, x := range slices.Concat(ids, tokens) {
			f.Sandbox = f.Sandbox || s.underSandbox(x)
		}
	}
	below := len(tokens) > 1 && s.regionOf(tokens[0]) == "" // what looks like a heading is behind a token
	for i, t := range tokens {
		region := s.regionOf(t)
		switch {
		case below && region == s.headingRegion(t):
			region = ""
		case region == "" && len(tokens) == 1:
			region = f.Region
		}
		if region == "" && len(distinct(s.regions)) > 1 && len(s.regions) == len(tokens) {
			region = s.regions[i].value // one block an account, each with its region
		}
		f.Sandbox = f.Sandbox || len(tokens) == 1 && containsFold(t.label, "sandbox")
		f.Refresh = append(f.Refresh, RegionToken{lwa.NewSecret(t.value), region})
	}
}

// underSandbox reports that a heading above a value says sandbox.
func (s *scan) underSandbox(x sighting) (is bool) {
	s.headings(x, func(line string) bool {
		is = containsFold(line, "sandbox") && !containsFold(line, "false") || strings.Contains(line, "サンドボックス")
		return is
	})
	return is
}

// distinct returns the different values: those that are in use, or, if there is
// none, those in comments and under names such as OLD_SECRET.
func distinct(all []sighting) []sighting {
	for _, off := range []bool{false, true} {
		var list []sighting
		for _, x := range all {
			if x.off == off && !slices.ContainsFunc(list, func(y sighting) bool { return y.value == x.value }) {
				list = append(list, x)
			}
		}
		if len(list) > 0 {
			return list
		}
	}
	return nil
}

// FindRefreshToken reads a refresh token from what people paste into its box:
// the token alone, also cut into lines, the response of the token endpoint, or
// a text with credentials in it. A single word of unknown form passes too.
// Every error is an [*Error]; of kind [NotRedirect] if there is nothing like
// a token, of kind [Ambiguous] for several tokens.
func FindRefreshToken(text string) (lwa.Secret, error) {
	refuse := func(kind Kind) (lwa.Secret, error) { return lwa.Secret{}, &Error{Kind: kind} }
	if len(text) > maxPaste {
		return refuse(TooLarge)
	}
	text = cleanCredentials(text)
	if text == "" {
		return refuse(Empty)
	}
	s := scan{text: text}
	s.run()
	switch tokens := distinct(s.tokens); {
	case len(tokens) == 1:
		return lwa.NewSecret(tokens[0].value), nil
	case len(tokens) > 1:
		return refuse(Ambiguous)
	case s.seen.picture:
		return refuse(PictureText)
	case slices.Contains(s.unneeded, UnneededAds):
		return refuse(LWACode)
	}
	if kind := notToken(text); kind != "" {
		return refuse(kind)
	}
	// Amazon promises no form, so a word of a form that is not known passes,
	// with the hint of [CheckField].
	if word, _ := Tidy(text); Classify(word) == ShapeUnknown && isASCII(word) && len(strings.Fields(text)) == 1 && len(word) >= 8 {
		return lwa.NewSecret(word), nil
	}
	return refuse(NotRedirect)
}

// notToken names what was pasted in place of a refresh token, "" if that is unknown.
func notToken(text string) Kind {
	r := reading{text: text}
	switch kind := r.credentialKind(); {
	case kind == RefreshToken: // "Atzr|" and nothing behind it, or dots
		return Truncated
	case kind != "" && kind != TokenAnswer:
		return kind
	case isTemplate(text) || isSample(text):
		return Placeholder
	}
	return ""
}

// findCredentials looks for values that belong into other boxes anywhere in
// a text.
func findCredentials(text string) credentials {
	s := scan{text: text}
	s.run()
	return s.seen
}

// credentialKind names a token, ID or secret that belongs elsewhere.
func (r *reading) credentialKind() Kind {
	c := findCredentials(r.text)
	switch {
	case isTokenAnswer(r.text):
		return TokenAnswer
	case c.clientSecret:
		return ClientSecret
	case c.refresh:
		return RefreshToken
	case c.access:
		return AccessToken
	case c.picture:
		return PictureText
	case c.clientID:
		return ClientID
	case c.applicationID:
		return ApplicationID
	}
	return ""
}
