package paste

import (
	"bytes"
	"strings"
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
	for {
		n := tokenRun(text[at:])
		n -= gluedLen(text[at:at+n], text[at+n:])
		value = append(value, text[at:at+n]...)
		at += n
		rest := text[at:]
		// "Atzr|…LWA_CLIENT_ID=…" has lost the line break between the two; some
		// notes make a dash of "--".
		if isMasked(rest) || strings.HasPrefix(rest, "=") || strings.HasPrefix(rest, "—") || strings.HasPrefix(rest, "–") {
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
			line := strings.TrimLeft(text[max(i, strings.LastIndexAny(text[:at], " \t\n")+1):at], gutters)
			if next = lines.next(rest, len(line), len(value)); next < 0 {
				return "", at
			}
		}
		if next == 0 {
			break
		}
		// A mail's source ends its lines with "=" (RFC 2045, section 6.7).
		value = bytes.TrimRight(value, "=")
		at += next
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
		if isBlank(rest[i]) {
			i++
			continue
		}
		if first == 0 {
			first = i
		}
		n := tokenRun(rest[i:])
		if n == 0 || isOwnValue(rest[i:i+n]) {
			return 0
		}
		if i += n; i < len(rest) && rest[i] == quote {
			return first
		}
	}
	return 0
}

// gutters are what mail programs and tables put in front of a line.
const gutters = " \t>|"

// wrap knows the lines that a token was cut into so far.
type wrap struct {
	width int  // of the widest
	even  bool // the last two had the same width, so that a shorter one ends it
}

// next returns the offset of the rest of a token in the next line, 0 if that is
// something else, -1 if it may be either. A line continues a token only if it
// holds one piece of it and nothing else, and a whole token could not have ended
// before: line is the width of the line so far, length what there is of the
// token. In a field of one line, blanks took the place of the line breaks.
func (w *wrap) next(rest string, line, length int) int {
	start := 1
	for start < len(rest) && (strings.IndexByte(gutters, rest[start]) >= 0 || rest[start] == '\n') {
		start++
	}
	spaced := strings.Count(rest[:start], "\n") > 1 // by empty lines
	n := tokenRun(rest[start:])
	piece := rest[start : start+n]
	after, _, _ := strings.Cut(rest[start+n:min(len(rest), start+n+longestLine)], "\n")
	if rest[0] == ' ' && after != "" && after[0] == ' ' {
		after = ""
	}
	if n == 0 || strings.Trim(after, " \t\"',;|") != "" || isOwnValue(piece) || isHexString(piece) || !looksMachineMade(piece) {
		return 0
	}
	width, even := w.width, w.even
	w.width, w.even = max(width, line), line == width
	switch {
	case even && line < width:
	case n == line, line == width && n <= line:
		return start // lines of one width
	case n == awsSecret:
	case length < fullToken:
		if n > awsSecret || n >= awsSecret/2 && line >= 60 {
			return start
		}
	case n > awsSecret && width == 0 && !spaced:
		return -1
	case n > awsSecret && width != 0 && line*2 >= width:
		return start
	}
	return 0
}
