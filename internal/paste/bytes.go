package paste

import "strings"

// hasHTTP reports that s begins with http:// or https://.
func hasHTTP(s string) bool {
	const longest = "https://"
	if len(s) > len(longest) {
		s = s[:len(longest)]
	}
	return len(s) >= 7 && (strings.EqualFold(s[:7], "http://") || strings.EqualFold(s, longest))
}

// hasEscape reports that s holds an escaped separator, or an escaped escape.
func hasEscape(s string) bool {
	for i := 0; i+2 < len(s); i++ {
		if s[i] != '%' {
			continue
		}
		switch c, _ := hexByte(s, i+1); c {
		case '=', '?', ':', '&', '%':
			return true
		}
	}
	return false
}

// unescape decodes percent escapes and leaves everything else alone.
func unescape(s string, plusIsBlank bool) string {
	i := 0
	for i < len(s) && s[i] != '%' && (s[i] != '+' || !plusIsBlank) {
		i++
	}
	if i == len(s) {
		return s
	}
	b := make([]byte, i, len(s))
	copy(b, s)
	for ; i < len(s); i++ {
		c := s[i]
		if c == '+' && plusIsBlank {
			c = ' '
		} else if v, ok := hexByte(s, i+1); c == '%' && ok {
			c = v
			i += 2
		}
		b = append(b, c)
	}
	return strings.ToValidUTF8(string(b), "\uFFFD")
}

// hexByte reads the two hex digits at s[i].
func hexByte(s string, i int) (byte, bool) {
	if i+1 >= len(s) || !isHex(s[i]) || !isHex(s[i+1]) {
		return 0, false
	}
	return hexValue(s[i])<<4 | hexValue(s[i+1]), true
}

func hexValue(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isWordByte(c byte) bool { return isLetter(c) || c >= '0' && c <= '9' || c == '_' }

func isNameByte(c byte) bool { return isWordByte(c) || c == '-' || c == '.' || c == '*' || c == '%' }

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' }

// every reports that s is not empty and has only bytes that are ok.
func every(s string, ok func(byte) bool) bool {
	for i := range len(s) {
		if !ok(s[i]) {
			return false
		}
	}
	return s != ""
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isHexString(s string) bool { return every(s, isHex) }

func isAlnum(s string) bool { return every(s, func(c byte) bool { return isLetter(c) || isDigit(c) }) }

func isUpperAlnum(s string) bool {
	return every(s, func(c byte) bool { return c >= 'A' && c <= 'Z' || isDigit(c) })
}

// isASCII reports that s has only printable ASCII characters, if any.
func isASCII(s string) bool {
	return s == "" || every(s, func(c byte) bool { return c >= ' ' && c <= '~' })
}

// containsFold is strings.Contains without regard to ASCII case; sub is lower.
func containsFold(s, sub string) bool {
	for i := 0; i+len(sub) <= len(s); i++ {
		if s[i]|0x20 == sub[0]|0x20 && strings.EqualFold(s[i:i+len(sub)], sub) {
			return true
		}
	}
	return false
}

func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if s[i] != '-' {
				return false
			}
		} else if !isHex(s[i]) {
			return false
		}
	}
	return true
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// look is what a word is made of, for telling what a machine made from words.
type look struct {
	digit, letter, lower bool
	inner                bool // a capital after a small letter
	joined               bool // "-" or "_" between other characters
}

// lookAt looks at a word; ok is false if it has a character that is neither
// a letter, a digit nor one of others.
func lookAt(word, others string) (l look, ok bool) {
	for i := range len(word) {
		switch c := word[i]; {
		case c >= '0' && c <= '9':
			l.digit = true
		case c >= 'a' && c <= 'z':
			l.letter, l.lower = true, true
		case c >= 'A' && c <= 'Z':
			l.letter, l.inner = true, l.inner || l.lower
		case strings.IndexByte(others, c) < 0:
			return l, false
		case (c == '-' || c == '_') && i > 0 && i+1 < len(word):
			l.joined = true
		}
	}
	return l, true
}

// quotes are the quotation marks that text programs put around a value.
const quotes = "\"'`“”„‟‘’‚‛«»‹›「」『』"

// trailing is what a sentence puts after an address.
const trailing = ".,;:!?)]}'\"*|~"

const (
	// maxPaste is refused before it is read: no address is anywhere near it.
	maxPaste = 64 << 10
	// maxJunk is the most that is accepted without any address in it. A whole
	// error page with the address inside is longer and welcome.
	maxJunk = 4 << 10
	// maxCode caps what is passed on as a code. Amazon documents no length;
	// its tokens are at most 2,048 bytes.
	maxCode = 2 << 10
)
