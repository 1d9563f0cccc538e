package paste

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// readToken reads the refresh token at i. It ends where its alphabet ends, and
// goes on in another line only where the notation or the widths of the lines
// say so. A token that is hidden, shortened or a sample is "", and so is one
// whose end can't be told.
func readToken(text string, i int) (token string, end int) {
	bar := strings.IndexAny(text[i:], "|%") + i
	t := tokenReader{text: text, start: i, at: bar + 1}
	if text[bar] == '%' {
		t.at = bar + len("%7C")
	}
	if i > 0 && strings.IndexByte("\"'`", text[i-1]) >= 0 {
		t.quote = text[i-1]
	}
	next := 0
	for ; ; t.at += next {
		if !t.piece() {
			return "", t.at
		}
		if next = t.next(); next <= 0 {
			break
		}
		// A mail's source ends its lines with "=" (RFC 2045, section 6.7).
		bare := bytes.TrimRight(t.value, "=")
		t.mail = t.mail || len(bare) < len(t.value)
		t.value = bare
	}
	if t.mail {
		t.value = bytes.TrimRight(t.value, "=")
	}
	if next < 0 || len(t.value) < 4 || isSample(string(t.value)) {
		return "", t.at
	}
	return text[i:bar] + "|" + string(t.value), t.at
}

// tokenReader is a token that is being read.
type tokenReader struct {
	text      string
	start, at int
	quote     byte // before it; 0 for none
	value     []byte
	lines     wrap
	mail      bool // its source, where lines end with "="
}

// piece reads the next piece and reports whether it belongs to the token. "Atzr|…
// LWA_CLIENT_ID=…" has lost the line break between the two, and some notes make
// a dash of "--".
func (t *tokenReader) piece() bool {
	n := tokenRun(t.text[t.at:])
	n -= gluedLen(t.text[t.at:t.at+n], t.text[t.at+n:])
	t.value = append(t.value, t.text[t.at:t.at+n]...)
	t.at += n
	rest := t.text[t.at:]
	r, _ := utf8.DecodeRuneInString(rest)
	return !isMasked(rest) && !strings.ContainsRune("=:—–", r)
}

// next returns how far away the next piece is: 0 if the token ends here, -1 if
// there's no telling.
func (t *tokenReader) next() int {
	rest := t.text[t.at:]
	switch {
	case rest == "":
		return 0
	case t.quote != 0 && rest[0] == t.quote:
		return concatenated(rest, t.quote)
	case !isBlank(rest[0]):
		return 0
	case t.quote != 0:
		return quotedBreak(rest, t.quote)
	}
	before := t.text[max(t.start-maxBack, 0):t.at]
	line := strings.TrimLeft(before[strings.LastIndexByte(before, '\n')+1:], gutters)
	if rest[0] == ' ' { // a field of one line: blanks took the place of the breaks
		line = line[strings.LastIndexByte(line, ' ')+1:]
	}
	return t.lines.next(rest, len(line), len(t.value))
}

// gluedLen returns how many characters at the end of run belong to the next value,
// because the line break before it was lost. rest is what comes after run.
func gluedLen(run, rest string) int {
	for _, next := range [...][2]string{{"Atzr", "|"}, {"Atza", "|"}, {"amzn1", "."}, {"https", "://"}} {
		if strings.HasPrefix(rest, next[1]) && strings.HasSuffix(run, next[0]) {
			return len(next[0])
		}
	}
	return 0
}

// concatenated returns the offset of the next piece of a string that source code
// has in pieces ("Atzr|…" +⏎ "…"), 0 if there is none. rest begins with the
// closing quotation mark.
func concatenated(rest string, quote byte) int {
	i := 1
	for i < len(rest) && strings.IndexByte(" \t\n+.&\\_", rest[i]) >= 0 {
		i++
	}
	if i == 1 || i >= len(rest) || rest[i] != quote {
		return 0
	}
	n := tokenRun(rest[i+1:])
	piece := rest[i+1 : i+1+n]
	if n == 0 || i+1+n >= len(rest) || rest[i+1+n] != quote || isOwnValue(piece) {
		return 0
	}
	if after := strings.TrimLeft(rest[i+2+n:], " \t"); strings.HasPrefix(after, ":") || strings.HasPrefix(after, "=") {
		return 0 // the key of the next value
	}
	return i + 1
}

// quotedBreak returns the offset of the next piece of a quoted value that
// blanks or line breaks were put into, 0 unless nothing but pieces follows up to
// the closing mark.
func quotedBreak(rest string, quote byte) int {
	first := 0
	for i := 0; i < len(rest) && i < longestLine; {
		n := tokenRun(rest[i:])
		switch {
		case rest[i] == quote:
			return first
		case isBlank(rest[i]) || strings.IndexByte(gutters, rest[i]) >= 0:
			i++
			continue
		case first == 0:
			first = i
		}
		if n == 0 || isOwnValue(rest[i:i+n]) {
			return 0
		}
		i += n
	}
	return 0
}
