package i18n

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

// japanesePhrases are the lines of the Japanese texts with ¦ between phrases and
// {} for values. scripts/phrases writes them.
//
//go:embed ja.phrases
var japanesePhrases string

// fragment is a piece of a text between values.
type fragment struct {
	marked string // with ¦ between its phrases
	glued  bool   // to the value before it: no line should break between them
}

// phrases finds fragments by their first character. It takes them as they are in the
// file, because the window waits for it.
type phrases map[rune][]fragment

func readPhrases(lines string) phrases {
	found := phrases{}
	for line := range strings.Lines(lines) {
		line = strings.TrimSuffix(line, "\n")
		for value := false; line != ""; value = true {
			var f fragment
			f.marked, line, _ = strings.Cut(line, "{}")
			marked := strings.TrimPrefix(f.marked, "¦")
			f.glued = value && marked == f.marked
			f.marked = marked
			first, n := utf8.DecodeRuneInString(marked)
			if strings.Trim(marked[n:], "¦") != "" && strings.ContainsFunc(marked, japanese) {
				found[first] = append(found[first], f)
			}
		}
	}
	return found
}

// length is how much of text the fragment is, if text begins with it; otherwise 0.
func (f fragment) length(text string) (n int) {
	for phrase := range strings.SplitSeq(f.marked, "¦") {
		if !strings.HasPrefix(text[n:], phrase) {
			return 0
		}
		n += len(phrase)
	}
	return n
}

// at is the longest fragment that text begins with, and its length; 0 without one.
func (p phrases) at(text string) (longest fragment, length int) {
	first, _ := utf8.DecodeRuneInString(text)
	for _, f := range p[first] {
		if n := f.length(text); n > length {
			longest, length = f, n
		}
	}
	return longest, length
}

// Keep returns the byte offsets of text at which a line should not break
// although Japanese allows it: those inside the phrases of our texts, inside
// Japanese names and dates, and between a number and what it counts. A language
// that separates words with spaces has none.
func (l *Localizer) Keep(text string) map[int]bool {
	if l.phrases == nil {
		return nil
	}
	keep := map[int]bool{}
	var before rune // the character of a value before this one
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if japanese(before) && (japanese(r) || unicode.IsDigit(r)) || unicode.IsDigit(before) && japanese(r) {
			keep[i] = true
		}
		if f, length := l.phrases.at(text[i:]); length > 0 {
			if f.glued {
				keep[i] = true
			}
			for phrase := range strings.SplitSeq(f.marked, "¦") {
				for k := range phrase {
					if k > 0 {
						keep[i+k] = true
					}
				}
				i += len(phrase)
			}
			before = 0
			continue
		}
		before = r
		i += n
	}
	return keep
}

func japanese(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r == 'ー'
}
