package lwa

import "strings"

// longestRefresh is Amazon's limit in bytes
// (https://developer.amazon.com/docs/login-with-amazon/refresh-token.html).
const longestRefresh = 2048

// Replaces reports whether next, from the answer to a refresh request, can take
// the place of the refresh token old: it is another one and looks like one. An
// answer with "null", an access token, a masked token or the like must not cost
// the seller the only good one.
func Replaces(old, next Secret) bool {
	const prefix = "Atzr|"
	token := next.Reveal()
	rest, ok := strings.CutPrefix(token, prefix)
	switch {
	case next.IsEmpty(), next.Equal(old), len(token) > longestRefresh:
		return false
	case !ok && strings.HasPrefix(old.Reveal(), prefix):
		return false
	case !ok && (strings.EqualFold(token, "null") || strings.EqualFold(token, "undefined") || strings.HasPrefix(token, "Atza|")):
		return false
	}
	letters := 0
	for _, c := range []byte(rest) {
		switch {
		case '0' <= c && c <= '9', 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
			letters++
		case !strings.ContainsRune("-_=+/|.~", rune(c)):
			return false
		}
	}
	return letters > 0
}
