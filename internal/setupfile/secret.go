package setupfile

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// What a secret looks like. It is looked for in every line as it is written,
// comments included, and in every string and key as the parser decodes it.
var (
	// secretShape: tokens by their beginning, also with the bar escaped or lost
	// in a picture; client secrets old and new; AWS keys, which old guides ask
	// for.
	secretShape = regexp.MustCompile(`(?i)\bAtz[ar](?:\||%7C)|\bAtc(?:\||%7C)|\bAtz\.sprdt|\bAtz[ar][A-Za-z0-9_-]{40,}|\bamzn1\.oa2-cs\.|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b`)
	// longHex: a client secret without its beginning.
	longHex = regexp.MustCompile(`(?i)(?:^|[^0-9a-z])[0-9a-f]{64,}`)
	// named: a value behind the name of a secret. Words have no digits.
	named = regexp.MustCompile(`(?i)(?:secret|refresh[ _-]?token|access[ _-]?token|oauth[ _-]?code|spapi_oauth_code|password|passwd|private[ _-]?key)["']?\s*[=:]+>?\s*["']?([^\s"',;&#]{8,})`)
)

// secretKey is the name of an entry that could only hold a secret.
var secretKey = regexp.MustCompile(`(?i)secret|password|passwd|refresh[ _-]?token|access[ _-]?token|private[ _-]?key|oauth[ _-]?code|^code$|^token$`)

// hasSecret reports that there is a secret in a text, however it is dressed up.
func hasSecret(text string) bool {
	if looksSecret(text) {
		return true
	}
	// Full-width letters, and characters that cannot be seen, between the others.
	folded := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, norm.NFKC.String(text))
	if folded != text && looksSecret(folded) {
		return true
	}
	if strings.Contains(folded, "%") {
		if plain, err := url.QueryUnescape(folded); err == nil && looksSecret(plain) {
			return true
		}
	}
	return false
}

func looksSecret(text string) bool {
	if secretShape.MatchString(text) || longHex.MatchString(text) {
		return true
	}
	for _, m := range named.FindAllStringSubmatch(text, -1) {
		if strings.ContainsAny(m[1], "0123456789") || len(m[1]) >= 32 {
			return true
		}
	}
	return false
}

// secretLine returns the first line with a secret in it, 0 if there is none.
func secretLine(text string) int {
	n := 0
	for line := range strings.Lines(text) {
		n++
		if hasSecret(line) {
			return n
		}
	}
	return 0
}
