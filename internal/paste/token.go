package paste

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// A refresh token that was seen whole is longer than fullToken; a line that is
// shorter may have been cut.
const (
	fullToken   = 200
	awsSecret   = 40 // the length of an AWS secret, which is no piece of a token
	longestLine = 4096
)

// isTokenByte reports the alphabet of Amazon's tokens, which is that of Base64
// in both forms.
func isTokenByte(c byte) bool { return isWordByte(c) || c == '-' || c == '+' || c == '/' }

// tokenRun is the number of bytes at the beginning of s that can belong to
// a token, with the "=" that fill up Base64 at its end.
func tokenRun(s string) int {
	n := 0
	for n < len(s) && isTokenByte(s[n]) {
		n++
	}
	for pad := 0; pad < 2 && n < len(s) && s[n] == '='; pad++ {
		if n+1 < len(s) && isTokenByte(s[n+1]) {
			break
		}
		n++
	}
	return n
}

// readToken reads the refresh token at i. It ends where its alphabet ends, and
// goes on in another line only where the notation or the widths of the lines
// say so. A token that is hidden, shortened or a sample is "", and so is one
// whose end can't be told.
func readToken(text string, i int) (token string, end int) {
	bar := strings.IndexAny(text[i:], "|%") + i
	at := bar + 1
	if text[bar] == '%' {
		at = bar + len("%7C")
	}
	prefix := text[i:bar] + "|"
	value := []byte{}
	quote := byte(0)
	if i > 0 && strings.IndexByte("\"'`", text[i-1]) >= 0 {
		quote = text[i-1]
	}
	var lines wrap
	soft := false
	for {
		n := tokenRun(text[at:])
		n -= gluedLen(text[at:at+n], text[at+n:])
		value = append(value, text[at:at+n]...)
		at += n
		rest := text[at:]
		// "Atzr|…LWA_CLIENT_ID=…" has lost the line break between the two; some
		// notes make a dash of "--".
		if r, _ := utf8.DecodeRuneInString(rest); isMasked(rest) || strings.ContainsRune("=:—–", r) {
			return "", at
		}
		next := 0
		switch {
		case rest == "":
		case quote != 0 && rest[0] == quote:
			next = concatenated(rest, quote)
		case quote != 0 && isBlank(rest[0]):
			next = quotedBreak(rest, quote)
		case isBlank(rest[0]):
			before := text[max(i-maxBack, 0):at]
			line := strings.TrimLeft(before[strings.LastIndexByte(before, '\n')+1:], gutters)
			if rest[0] == ' ' { // a field of one line: blanks took the place of the breaks
				line = line[strings.LastIndexByte(line, ' ')+1:]
			}
			if next = lines.next(rest, len(line), len(value)); next < 0 {
				return "", at
			}
		}
		if next == 0 {
			break
		}
		// A mail's source ends its lines with "=" (RFC 2045, section 6.7).
		bare := bytes.TrimRight(value, "=")
		soft = soft || len(bare) < len(value)
		value = bare
		at += next
	}
	if soft {
		value = bytes.TrimRight(value, "=")
	}
	if len(value) < 4 || isSample(string(value)) {
		return "", at
	}
	return prefix + string(value), at
}

// gluedLen is how much at the end of a run of token characters belongs to the
// next value, because the line break between them was lost; rest follows it.
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

// gutters are what mail programs and tables put in front of a line.
const gutters = " \t>|"

// wrap knows the lines that a token was cut into so far.
type wrap struct {
	last, widest int  // widths
	even         bool // the last two were equally wide, so that a shorter one ends it
	spaced       bool // by empty lines
}

// next returns the offset of the rest of a token in the next line, 0 if that is
// something else, -1 if it may be either: line is the width of the line so far,
// its label included, and length what there is of the token. Two lines of one
// width show that the text was cut at that width. Elsewhere a line continues a
// token only if it holds one piece of it and nothing else, and a whole token could
// not have ended before.
func (w *wrap) next(rest string, line, length int) int {
	start := 1
	for start < len(rest) && (strings.IndexByte(gutters, rest[start]) >= 0 || rest[start] == '\n') {
		start++
	}
	spaced := strings.Count(rest[:start], "\n") > 1
	n := tokenRun(rest[start:])
	piece, after := rest[start:start+n], rest[start+n:]
	if n == 0 || isOwnValue(piece) || after != "" && strings.IndexByte("=:\t", after[0]) >= 0 {
		return 0
	}
	last, even := w.last, w.even && w.spaced == spaced
	w.last, w.widest, w.even, w.spaced = line, max(w.widest, line), line == last && (last == 0 || w.spaced == spaced), spaced
	switch word := strings.HasPrefix(after, " ") && !looksMachineMade(piece); {
	case even && line < last:
		return 0
	case w.even && n <= line && !word:
		return start
	}
	after, _, _ = strings.Cut(after[:min(len(after), longestLine)], "\n")
	if rest[0] == ' ' && strings.HasPrefix(after, " ") {
		after = ""
	}
	if strings.Trim(after, " \t\"',;|") != "" || isHexString(piece) || !looksMachineMade(piece) {
		return 0
	}
	switch {
	case n == line:
		return start
	case n == awsSecret:
	case length < fullToken:
		if n > awsSecret || n >= awsSecret/2 && line >= 60 {
			return start
		}
	case n > awsSecret && last == 0 && !spaced:
		return -1
	case n > awsSecret && last != 0 && line*2 >= w.widest:
		return start
	}
	return 0
}
