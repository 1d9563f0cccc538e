package export

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// AccountName makes a name that every tool can keep an account under of what
// the account is called: letters A to Z, digits and "_". Accents are taken off.
// It is "" when letters of another script would be lost, because what is left
// could be another account's name, and for what is no account in a file.
func AccountName(title string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(title) {
		switch {
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9':
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

// AccountNames gives each of several accounts a name of its own. titles[i] are
// what account i may be called, the best first; the first that leaves a name
// that none of the others could have is taken, the last one in any case.
// Capital letters do not tell names apart: on Windows they do not in variables.
func AccountNames(titles [][]string) []string {
	holders := make(map[string]int)
	for _, own := range titles {
		seen := make(map[string]bool)
		for _, title := range own {
			if key := strings.ToLower(AccountName(title)); !seen[key] {
				seen[key] = true
				holders[key]++
			}
		}
	}
	names := make([]string, len(titles))
	for i, own := range titles {
		for n, title := range own {
			if name := AccountName(title); n == len(own)-1 || name != "" && holders[strings.ToLower(name)] == 1 {
				names[i] = name
				break
			}
		}
	}
	return names
}
