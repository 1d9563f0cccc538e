package paste

import (
	"html"
	"io"
	"mime/quotedprintable"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxLayers is how many escapes on top of each other are taken off: a wrapper
// around an address that was escaped twice needs three.
const maxLayers = 4

// decodeLayers takes off foreign characters and escapes. One layer can hide
// another (a full-width "＆ａｍｐ；", an entity that means a no-break
// blank), so the steps go round until all is quiet.
func decodeLayers(text string, m *marks) string {
	for range maxLayers {
		before := text
		text = foldCharacters(text, m)
		text = decodeMail(text)
		text = decodeEntities(text, m)
		text = dropBackslashes(text)
		if text == before {
			break
		}
	}
	return text
}

// foldCharacters gives every character its plain form (Unicode NFKC: full-width
// letters, no-break and ideographic blanks, the one-character ellipsis) and
// drops those that cannot be seen.
func foldCharacters(text string, m *marks) string {
	i := 0
	for i < len(text) && text[i] < 0x7f && (text[i] >= ' ' || text[i] == '\n' || text[i] == '\t') {
		i++
	}
	if i == len(text) {
		return text
	}
	if strings.ContainsFunc(text, isFullWidth) {
		m.add(FullWidth)
	}
	text = norm.NFKC.String(strings.ToValidUTF8(text, "\uFFFD"))
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	return strings.TrimSpace(strings.Map(plainRune, text))
}

// plainRune is the plain form of a character, -1 for one that cannot be seen.
func plainRune(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return r
	case r == '\u2028' || r == '\u2029' || r == '\u0085' || r == '\v' || r == '\f':
		return '\n'
	case r == '\u2010' || r == '\u2011' || r == '\u2212':
		return '-' // what text programs make of a hyphen
	case unicode.IsSpace(r):
		return ' '
	case isInvisible(r):
		return -1
	}
	return r
}

// isFullWidth tells the full-width forms that occur in an address from the
// punctuation of an ordinary Japanese sentence.
func isFullWidth(r rune) bool {
	if r < '！' || r > '～' {
		return false
	}
	r -= '！' - '!'
	return r < 0x80 && (isWordByte(byte(r)) || strings.ContainsRune("?&=%#/", r))
}

// isInvisible reports control and format characters: zero-width blanks and
// joiners, direction marks, soft hyphens, byte-order marks, variation selectors.
func isInvisible(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) ||
		r >= 0xFE00 && r <= 0xFE0F || r == '\u034F' || r == '\u115F' || r == '\u1160' || r == '\u3164' || r == '\uFFA0'
}

// decodeMail undoes quoted-printable (RFC 2045, section 6.7), which shows when
// the source of a mail was copied: "spapi_oauth_code=3DAN…". A code may itself
// begin with "3D", so two parameters have to agree; reading one of them as it
// is would give a wrong code without a word.
func decodeMail(text string) string {
	escaped := 0
	for rest := text; ; {
		before, after, found := strings.Cut(rest, "=3")
		if !found {
			break
		}
		if rest = after; after != "" && after[0]|0x20 == 'd' && lookupName(strings.TrimLeft(lastWord(before), "0123456789")) != nameUnknown {
			escaped++
		}
	}
	if escaped < 2 {
		return text
	}
	decoded, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(text)))
	if err != nil {
		return text
	}
	return string(decoded)
}

// decodeEntities replaces HTML character references. Only those that end in
// a semicolon count: without that rule "&copy=1" or "&region=eu", which HTML
// reads as signs too, would lose their names.
func decodeEntities(text string, m *marks) string {
	next := strings.IndexByte(text, '&')
	if next < 0 || !strings.Contains(text[next:], ";") {
		return text
	}
	var b strings.Builder
	done := 0
	for i := next; i < len(text); i++ {
		if text[i] != '&' {
			continue
		}
		ref := reference(text[i:])
		if decoded := html.UnescapeString(ref); ref != "" && (decoded[0] != '&' || len(decoded) == 1) {
			b.WriteString(text[done:i])
			b.WriteString(decoded)
			done = i + len(ref)
			i = done - 1
		}
	}
	if done == 0 {
		return text
	}
	m.add(HTMLEscaped)
	b.WriteString(text[done:])
	return b.String()
}

// reference is what looks like a character reference at the beginning of s,
// "&…;", or "".
func reference(s string) string {
	end := 1
	for end < min(len(s), 32) && (isWordByte(s[end]) || s[end] == '#' && end == 1) {
		end++
	}
	if end == 1 || end == len(s) || s[end] != ';' {
		return ""
	}
	return s[:end+1]
}

// dropBackslashes undoes the escapes of JSON ("\u0026", "\/"), of Markdown
// ("\_") and of shells ("\&").
func dropBackslashes(text string) string {
	if strings.IndexByte(text, '\\') < 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			b.WriteByte(text[i])
			continue
		}
		if i+1 == len(text) {
			break // a shell's line that goes on
		}
		switch next := text[i+1]; {
		case next == 'u' && i+6 <= len(text):
			if n, err := strconv.ParseUint(text[i+2:i+6], 16, 16); err == nil {
				b.WriteRune(rune(n))
				i += 5
			}
		case next == 'x' && i+4 <= len(text):
			if v, ok := hexByte(text, i+2); ok {
				b.WriteRune(rune(v))
				i += 3
			}
		case next == 'n' || next == 'r' || next == 't':
			b.WriteByte('\n')
			i++
		default: // the sign itself goes, what follows stays
		}
	}
	return b.String()
}

// stripGutters takes off what other programs put in front of lines: the ">" of
// quoted mail (r124), the signs of comments and lists (r039, r046c), the bars of
// boxes and tables (r041).
func stripGutters(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(trimGutter(line))
		line = strings.TrimRight(strings.TrimRight(line, "│┃║"), " \t")
		// Empty lines stay: they end a paragraph, and an address with it.
		b.WriteString(line)
		b.WriteByte('\n')
	}
	return strings.TrimSpace(b.String())
}

func trimGutter(line string) string {
	for {
		line = strings.TrimLeft(line, " \t")
		n := gutterLen(line)
		if n == 0 {
			return line
		}
		line = line[n:]
	}
}

// gutterLen is the length of the gutter sign that a line begins with. Signs
// that an address can begin with ("#/", "//host") need a blank after them.
func gutterLen(line string) int {
	if line == "" {
		return 0
	}
	if line[0] == '>' || line[0] == '|' {
		return 1
	}
	for _, sign := range [...]string{"*", "//", "#", "-"} {
		if rest, ok := strings.CutPrefix(line, sign); ok && (rest == "" || rest[0] == ' ' || rest[0] == '\t') {
			return len(sign)
		}
	}
	if r, n := utf8.DecodeRuneInString(line); r >= 0x2500 && r <= 0x259F || strings.ContainsRune("•●・", r) {
		return n
	}
	return 0
}

// foldPage makes the text of a page easy to compare: lower case, plain letters
// and apostrophes, single blanks.
func foldPage(text string) string {
	var m marks
	text = strings.ToLower(foldCharacters(text[:min(len(text), maxPaste)], &m))
	text = strings.NewReplacer("’", "'", "‘", "'", "`", "'").Replace(text)
	return strings.Join(strings.Fields(text), " ")
}
