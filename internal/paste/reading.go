package paste

import (
	"strings"
	"unicode/utf8"
)

// reading is what is known of a paste so far.
type reading struct {
	// text is the cleaned paste; lines is the same with its lines apart.
	text, lines string
	marks       marks
	addresses   []address
	// badScheme: an address that a browser would run or that is not on the
	// web (javascript:, data:, file: …).
	badScheme bool
	// pages counts addresses in addition to those kept.
	pages int
}

func (r *reading) hasCode() bool {
	for i := range r.addresses {
		if f, _ := r.addresses[i].code(); f != nil {
			return true
		}
	}
	return false
}

// findAddresses cuts a text into the pieces that could be addresses and reads
// each. A piece ends at a blank, a quotation mark or a bracket that no address
// contains.
func (r *reading) findAddresses(text string) {
	r.badScheme = hasForbiddenScheme(text)
	for i := 0; i < len(text); {
		n := delimiter(text[i:])
		if n > 0 {
			i += n
			continue
		}
		end := pieceEnd(text, i)
		r.readPiece(text[i:end], 0)
		i = end
	}
}

// delimiter is the length of the delimiter that s begins with, 0 for none.
func delimiter(s string) int {
	switch c := s[0]; {
	case c <= ' ' || c == '"' || c == '<' || c == '>' || c == '`' || c == '\'':
		return 1
	case strings.HasPrefix(s, "]("): // Markdown: [address](address)
		return 2
	case c < 0x80:
		return 0
	}
	switch r, n := utf8.DecodeRuneInString(s); r {
	case '“', '”', '„', '‟', '«', '»', '‹', '›', '‘', '’', '‚', '‛', '「', '」', '『', '』', '【', '】',
		'〈', '〉', '《', '》', '〔', '〕', '〖', '〗', '〘', '〙', '❝', '❞', '、', '。', '│', '┃', '║', '→', '⇒':
		return n
	case utf8.RuneError:
		if n > 1 { // the replacement character itself, not the middle of another
			return n
		}
	}
	return 0
}

// pieceEnd finds the end of the piece that begins at i. A delimiter right after
// "=" does not end it: it belongs to a quoted value, or to the "<code>" and
// 「コード」 of a guide, which must be seen as what they are.
func pieceEnd(text string, i int) int {
	for i < len(text) {
		n := delimiter(text[i:])
		if n == 0 {
			i++
			continue
		}
		if text[i] <= ' ' || i == 0 || text[i-1] != '=' {
			return i
		}
		end := quotedEnd(text, i+n)
		if end < 0 {
			return i
		}
		i = end
	}
	return i
}

// quotedEnd is the end of what is quoted from text[i] on, with its second mark,
// -1 if the line or too much text ends before.
func quotedEnd(text string, i int) int {
	const maxQuoted = 256
	for j := i; j < len(text) && j-i < maxQuoted && text[j] != '\n'; j++ {
		if n := delimiter(text[j:]); n > 0 && text[j] != ' ' {
			return j + n
		}
	}
	return -1
}

// readPiece takes a piece apart that holds several addresses without a blank
// between them ("…A1https://…", "URLはhttps://…") and reads each.
func (r *reading) readPiece(piece string, depth int) {
	start, seen, query := 0, 0, false
	for {
		i := strings.Index(piece[seen:], "://")
		if i < 0 {
			break
		}
		i += seen
		at := i - len(schemeBefore(piece[seen:i]))
		query = query || strings.ContainsAny(piece[seen:at], "?&#") || seen == start && startsWithName(piece[start:at])
		seen = i + len("://")
		switch {
		case !query:
			// What comes before is a label, a wrapper's path or a sentence.
			if hasHTTP(piece[start:at]) {
				r.marks.add(Wrapped)
			}
			start = at
		case piece[at-1] != '=' && hasHTTP(piece[at:]):
			r.readAddress(piece[start:at], depth)
			start, query = at, false
		}
	}
	r.readAddress(piece[start:], depth)
}

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
