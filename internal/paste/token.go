package paste

import "strings"

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
// say so. A token that is hidden, shortened or a sample is "".
func readToken(text string, i int) (token string, end int) {
	bar := strings.IndexAny(text[i:], "|%") + i
	at := bar + 1
	if text[bar] == '%' {
		at = bar + len("%7C")
	}
	var b strings.Builder
	b.WriteString(text[i:bar] + "|")
	quote := byte(0)
	if i > 0 && strings.IndexByte("\"'`", text[i-1]) >= 0 {
		quote = text[i-1]
	}
	width := 0 // of the line before, if all lines so far had the same
	for {
		n := tokenRun(text[at:])
		b.WriteString(text[at : at+n])
		at += n
		rest := text[at:]
		if isMasked(rest) {
			return "", at
		}
		next := 0
		switch {
		case quote != 0 && strings.HasPrefix(rest, string(quote)):
			next = concatenated(rest, quote)
		case quote != 0 && rest != "" && isBlank(rest[0]):
			next = quotedBreak(rest, quote)
		case strings.HasPrefix(rest, "\n"):
			line := at - (strings.LastIndexByte(text[:at], '\n') + 1)
			next = wrapped(rest, line, b.Len(), width)
			width = line
		}
		if next == 0 {
			break
		}
		at += next
	}
	token = b.String()
	if value := token[strings.IndexByte(token, '|')+1:]; len(value) < 4 || isSample(value) {
		return "", at
	}
	return token, at
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

// wrapped returns the offset of the rest of a token in the next line, 0 if that
// line is something else. A line continues a token only if it holds one piece
// of it and nothing else, and a whole token could not have ended before: line is
// the width of the line so far, length what there is of the token, and width
// that of the line before (0: there was none).
func wrapped(rest string, line, length, width int) int {
	start := 1
	for start < len(rest) && strings.IndexByte(" \t>|", rest[start]) >= 0 {
		start++
	}
	n := tokenRun(rest[start:])
	piece := rest[start : start+n]
	after, _, _ := strings.Cut(rest[start+n:min(len(rest), start+n+longestLine)], "\n")
	if n == 0 || strings.Trim(after, " \t\"',;|") != "" || isOwnValue(piece) || isHexString(piece) || !looksMachineMade(piece) {
		return 0
	}
	switch {
	case line == width && n <= line, n == line:
		return start // lines of one width
	case n == awsSecret:
	case n > awsSecret, length < fullToken && n >= awsSecret/2 && line >= 60:
		return start
	}
	return 0
}
