package paste

import (
	"strings"
)

// readAddress reads one address, whole or cut, and the addresses inside it.
func (r *reading) readAddress(s string, depth int) {
	if s == "" {
		return
	}
	a := address{}
	query := a.readHead(s)
	wrapped := depth == 0 && a.host != ""
	if hasEscape(a.path) && depth < maxLayers {
		r.readInner(unescape(a.path, false), wrapped, depth)
	}
	for query != "" {
		piece, rest, last := cutParameter(query)
		query = rest
		if strings.HasPrefix(rest, "?") {
			a.questions++
		}
		if query != "" {
			query = query[1:]
		}
		r.readParameter(&a, piece, last, wrapped, depth)
	}
	switch {
	case a.known || a.page() != pageOther:
		r.addresses = append(r.addresses, a)
	case a.scheme != "" && a.host != "":
		r.pages++
		if r.pages == 1 {
			r.addresses = append(r.addresses, a)
		}
	}
}

// readParameter reads one parameter, and the addresses inside it.
func (r *reading) readParameter(a *address, piece string, last, wrapped bool, depth int) {
	eq := strings.IndexByte(piece, '=')
	name, raw := nameUnknown, piece
	if eq >= 0 {
		name, raw = lookupName(piece[:eq]), piece[eq+1:]
	}
	switch {
	case name == nameUnknown && isApplicationID(raw):
		// "consent?amzn1.sp.solution.…&version=beta": the name is lost or another.
		a.fields[nameApplicationID].put(unescape(raw, false))
		a.known, a.unnamedID = true, true
	case name == nameUnknown:
		if hasEscape(raw) && depth < maxLayers {
			// A wrapper that carries an address: mail protection (r139), a search
			// engine's or a chat's "you are leaving" page.
			r.readInner(unescape(raw, false), wrapped, depth)
		}
	default:
		value, more := fieldValue(name, raw, last)
		a.fields[name].put(value)
		a.known = true
		if more != "" && depth < maxLayers {
			r.marks.add(DoubleEncoded)
			r.readAddress(more, depth+1)
		}
	}
}

// readInner reads an address that was found, escaped, inside another.
func (r *reading) readInner(inner string, wrapped bool, depth int) {
	before := len(r.addresses)
	r.readPiece(inner, depth+1)
	for i := before; i < len(r.addresses); i++ {
		if r.addresses[i].known {
			if wrapped {
				r.marks.add(Wrapped)
			} else {
				r.marks.add(DoubleEncoded)
			}
			return
		}
	}
}

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
