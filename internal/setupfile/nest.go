package setupfile

import "strings"

// maxNest is how many dots, and how many opening brackets, a file may have
// outside texts and comments. The fullest file has some sixty. The parser takes
// minutes over tens of thousands, so they never get to it.
const maxNest = 200

// tooNested returns the line at which a file has more dots or brackets than a
// setup file can need, 0 if it has not.
func tooNested(text string) int {
	dots, brackets := 0, 0
	for i := 0; i < len(text); {
		switch c := text[i]; c {
		case '#':
			i += lineLen(text[i:])
			continue
		case '"', '\'':
			i += textLen(text[i:], c)
			continue
		case '.':
			dots++
		case '[', '{':
			brackets++
		}
		if dots > maxNest || brackets > maxNest {
			return 1 + strings.Count(text[:i], "\n")
		}
		i++
	}
	return 0
}

func lineLen(s string) int {
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		return i
	}
	return len(s)
}

// textLen is the length of the TOML string that s begins with. Of one that is
// never closed it is the rest: the parser stops there too.
func textLen(s string, mark byte) int {
	end := string(mark)
	if triple := strings.Repeat(end, 3); strings.HasPrefix(s, triple) {
		end = triple
	}
	for i := len(end); i < len(s); i++ {
		switch {
		case s[i] == '\\' && mark == '"':
			i++
		case strings.HasPrefix(s[i:], end):
			return i + len(end)
		case s[i] == '\n' && len(end) == 1:
			return len(s)
		}
	}
	return len(s)
}
