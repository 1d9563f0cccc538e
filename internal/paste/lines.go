package paste

import "strings"

// A refresh token that was seen whole is longer than fullToken; a line that is
// shorter may have been cut.
const (
	fullToken   = 200
	awsSecret   = 40 // the length of an AWS secret, which is no piece of a token
	longestLine = 4096
)

// isTokenByte reports whether c can be part of an Amazon token: the alphabets of
// Base64 and Base64url.
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

// gutters are what mail programs and tables put in front of a line.
const gutters = " \t>|"

// maxBack is how far back from a value its name is looked for.
const maxBack = 160

// wrap knows the lines that a token was cut into so far.
type wrap struct {
	last, widest int  // widths
	even         bool // the last two were equally wide, so that a shorter one ends it
	spaced       bool // by empty lines
}

// next returns how far away the rest of a token is in the next line: 0 if that
// line is something else, -1 if there's no telling. line is the width of the line so
// far, with its label, and length that of the token so far. Two lines of one
// width show that the text was cut at that width. Elsewhere a line continues a
// token only if it holds one piece of it and nothing else, and a whole token could
// not have ended before.
func (w *wrap) next(rest string, line, length int) int {
	l := lineAhead(rest)
	if l.isOther() {
		return 0
	}
	last, even := w.last, w.even && w.spaced == l.spaced
	w.even = line == last && w.spaced == l.spaced
	w.last, w.widest, w.spaced = line, max(w.widest, line), l.spaced
	n := len(l.piece)
	switch {
	case even && line < last:
		return 0
	case w.even && n <= line && !l.isWord():
		return l.start
	case !l.isLone(rest[0] == ' '):
		return 0
	case n == line:
		return l.start
	case n == awsSecret:
		return 0
	case length < fullToken:
		if n > awsSecret || n >= awsSecret/2 && line >= 60 {
			return l.start
		}
		return 0
	}
	return w.long(l, last, line)
}

// long is next for a token that is long enough to be whole.
func (w *wrap) long(l line, last, width int) int {
	switch {
	case len(l.piece) <= awsSecret:
		return 0
	case last == 0 && !l.spaced:
		return -1
	case last != 0 && width*2 >= w.widest:
		return l.start
	}
	return 0
}

// line is what may be the next line of a token.
type line struct {
	start        int
	piece, after string
	spaced       bool // by empty lines
}

func lineAhead(rest string) line {
	l := line{start: 1}
	for l.start < len(rest) && (strings.IndexByte(gutters, rest[l.start]) >= 0 || rest[l.start] == '\n') {
		l.start++
	}
	l.spaced = strings.Count(rest[:l.start], "\n") > 1
	end := l.start + tokenRun(rest[l.start:])
	l.piece, l.after = rest[l.start:end], rest[end:]
	return l
}

// isOther reports that another value begins, or its name.
func (l line) isOther() bool {
	return l.piece == "" || isOwnValue(l.piece) || l.after != "" && strings.IndexByte("=:\t", l.after[0]) >= 0
}

// isWord reports a word of a sentence or command.
func (l line) isWord() bool { return strings.HasPrefix(l.after, " ") && !looksMachineMade(l.piece) }

// isLone reports that the line holds nothing but a piece of a token. In a field of
// one line, a blank ends it.
func (l line) isLone(oneLine bool) bool {
	after, _, _ := strings.Cut(l.after[:min(len(l.after), longestLine)], "\n")
	if oneLine && strings.HasPrefix(after, " ") {
		after = ""
	}
	return strings.Trim(after, " \t\"',;|") == "" && !isHexString(l.piece) && looksMachineMade(l.piece)
}
