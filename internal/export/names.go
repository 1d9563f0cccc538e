package export

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// accountName turns the title of an account into a name that every tool accepts:
// letters A to Z without accents, digits and "_". It is "" if letters of another
// script would be lost, because the rest could be another account's name, and for
// "version", which is not an account in credentials.yml.
func accountName(title string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(title) {
		switch {
		case r != '_' && isWord(r):
			if gap && b.Len() > 0 {
				b.WriteByte('_')
			}
			gap = false
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r) && r < 0x370: // an accent on the letter before
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return ""
		default:
			gap = true
		}
	}
	if b.String() == "version" { // of the file's format
		return ""
	}
	return b.String()
}

// AccountNames gives each account its own name. titles[i] are the possible titles
// of account i, best first: it gets the first name that no other account could
// have, or else the last. Case is ignored, as it is in variables on Windows.
func AccountNames(titles [][]string) []string {
	holders := make(map[string]int)
	for _, own := range titles {
		seen := make(map[string]bool)
		for _, title := range own {
			if key := strings.ToLower(accountName(title)); !seen[key] {
				seen[key] = true
				holders[key]++
			}
		}
	}
	names := make([]string, len(titles))
	for i, own := range titles {
		for n, title := range own {
			if name := accountName(title); n == len(own)-1 || name != "" && holders[strings.ToLower(name)] == 1 {
				names[i] = name
				break
			}
		}
	}
	return names
}
