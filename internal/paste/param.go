package paste

import "strings"

// paramName is a parameter that means something to the reader.
type paramName int

const (
	nameUnknown paramName = iota
	nameCode
	nameGenericCode // "code", as some guides wrongly call it
	nameSellerID
	nameState
	nameCallback
	nameAmazonState
	nameApplicationID
	nameRedirectURI
	nameVersion
	nameError
	nameErrorText
	nameAccessToken
	nameRefreshToken
	nameScope
	nameMWSToken // of apps that used MWS too; never needed
	nameCount
)

// maxName bounds how far a name is looked at; the longest, with every
// underscore escaped, is shorter.
const maxName = 48

// lookupName finds a parameter name in any case, with underscores escaped,
// replaced or eaten (Markdown takes them for italics).
func lookupName(s string) paramName {
	if len(s) > maxName || len(s) < len("code") {
		return nameUnknown
	}
	var letters [maxName]byte
	n := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' {
			v, ok := hexByte(s, i+1)
			if !ok {
				return nameUnknown
			}
			c = v
			i += 2
		}
		switch {
		case c >= 'A' && c <= 'Z':
			c |= 0x20
			fallthrough
		case c >= 'a' && c <= 'z':
			letters[n] = c
			n++
		case c == '_' || c == '-' || c == '*' || c == '.':
		default:
			return nameUnknown
		}
	}
	return nameOf(string(letters[:n]))
}

// nameOf is the table of names, without what joins their words.
func nameOf(letters string) paramName {
	switch letters {
	case "spapioauthcode":
		return nameCode
	case "code":
		return nameGenericCode
	case "sellingpartnerid":
		return nameSellerID
	case "state":
		return nameState
	case "amazoncallbackuri":
		return nameCallback
	case "amazonstate":
		return nameAmazonState
	case "applicationid":
		return nameApplicationID
	case "redirecturi":
		return nameRedirectURI
	case "version":
		return nameVersion
	case "error":
		return nameError
	case "errordescription":
		return nameErrorText
	case "accesstoken":
		return nameAccessToken
	case "refreshtoken":
		return nameRefreshToken
	case "scope":
		return nameScope
	case "mwsauthtoken":
		return nameMWSToken
	}
	return nameUnknown
}

// isNamePrefix reports whether a longer name could begin with s.
func isNamePrefix(s string) bool {
	s = strings.ToLower(s)
	for _, name := range []string{"spapi_oauth_code", "selling_partner_id", "state", "amazon_callback_uri", "amazon_state", "application_id", "redirect_uri", "version"} {
		if strings.HasPrefix(name, s) {
			return true
		}
	}
	return false
}

// nameLen is the length of the parameter name that s begins with.
func nameLen(s string) int {
	n := 0
	for n < len(s) && n < maxName && isNameByte(s[n]) {
		n++
	}
	return n
}

// startsWithName reports that s begins with a known name and "=".
func startsWithName(s string) bool {
	n := nameLen(s)
	return n < len(s) && s[n] == '=' && lookupName(s[:n]) != nameUnknown
}

// lastWord returns the identifier that s ends with, looking back no further
// than the longest name.
func lastWord(s string) string {
	i := len(s)
	for i > 0 && len(s)-i < maxName && isNameByte(s[i-1]) {
		i--
	}
	return s[i:]
}
