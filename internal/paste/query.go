package paste

import (
	"strings"
)

// cutParameter cuts the first parameter off a query; rest begins with the
// separator. "?" and ";" separate only where a known name follows: a second
// "?" is a common mistake, but values may hold either.
func cutParameter(query string) (piece, rest string, last bool) {
	for i := range len(query) {
		switch c := query[i]; c {
		case '&', '#':
			return query[:i], query[i:], c == '#' || i+1 == len(query)
		case '?', ';':
			if startsWithName(query[i+1:]) {
				return query[:i], query[i:], false
			}
		}
	}
	return query, "", true
}

// fieldValue gives the value of a known parameter: unquoted, unescaped, and, if
// it is the last one, without what the sentence put behind it. When a code or
// seller ID turns out to hold escaped separators, more is the query behind it.
func fieldValue(name paramName, raw string, last bool) (value, more string) {
	raw = strings.TrimRight(unquote(raw), "^") // the shell of Windows writes "^&"
	if last {
		raw = endValue(name, raw)
	}
	switch name {
	case nameState:
		// Base64 has "+", "/" and "=": there a raw "+" is no blank.
		value = unescape(raw, !strings.ContainsAny(raw, "/="))
	case nameCode, nameGenericCode, nameSellerID:
		value = unescape(raw, false)
		if strings.IndexByte(value, '&') < 0 {
			value = unescape(value, false)
		}
		value, more, _ = strings.Cut(value, "&")
		if last {
			value = endValue(name, value) // a chat took "。" into the link
		}
		if name == nameSellerID {
			value = cutSellerID(value)
		} else if i := strings.IndexByte(value, '|'); i >= 0 && last && !strings.HasPrefix(value, "At") {
			// A cell of a table, or a chat's "<address|label>".
			value = value[:i]
		}
	default:
		value = unescape(raw, true)
		if name == nameCallback && hasEscape(value) {
			value = unescape(value, false)
		}
	}
	return value, more
}

// unquote takes quotation marks off a value.
func unquote(s string) string {
	if len(s) >= 2 && (s[0] == '"' || s[0] == '\'' || s[0] == '`') {
		if i := strings.IndexByte(s[1:], s[0]); i >= 0 {
			return s[1 : 1+i]
		}
	}
	for _, pair := range [][2]string{{"“", "”"}, {"‘", "’"}, {"«", "»"}} {
		if inner, ok := strings.CutPrefix(s, pair[0]); ok {
			inner, _, _ = strings.Cut(inner, pair[1])
			return inner
		}
	}
	return s
}

// endValue cuts the rest of a sentence off the last value of an address.
// Dots at the end of a code stay: they say that it was shortened.
func endValue(name paramName, s string) string {
	if s != "" && s[0] < 0x80 {
		for i := range len(s) {
			if s[i] >= 0x80 {
				s = s[:i]
				break
			}
		}
	}
	if s == "" || strings.IndexByte("(<[{$", s[0]) >= 0 || strings.Trim(s, ".") == "" {
		return s
	}
	if name != nameCode && name != nameGenericCode {
		s, _, _ = strings.Cut(s, "|")
		return strings.TrimRight(s, trailing)
	}
	return endCode(s)
}

// endCode is endValue for a code.
func endCode(s string) string {
	if len(s) > codeLen && s[codeLen] == '(' && isAlnum(s[:codeLen]) {
		return s[:codeLen] // "…0000011（5分以内）"
	}
	for s != "" {
		c := s[len(s)-1]
		if strings.IndexByte(trailing, c) < 0 || c == '.' && strings.HasSuffix(s, "..") || strings.HasSuffix(s, "***") {
			break
		}
		s = s[:len(s)-1]
	}
	return s
}

// cutSellerID keeps the characters that a seller ID or vendor group can have.
// The brackets of a guide's sample stay, to be recognised.
func cutSellerID(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || !isLetter(s[0]) && (s[0] < '0' || s[0] > '9') {
		return s
	}
	for i := range len(s) {
		if c := s[i]; !isLetter(c) && (c < '0' || c > '9') && c != '.' && c != '-' {
			return strings.TrimRight(s[:i], ".-")
		}
	}
	return strings.TrimRight(s, ".-")
}
