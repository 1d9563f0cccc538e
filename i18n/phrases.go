package i18n

import (
	_ "embed"
	"sort"
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
	text string
	keep []int // offsets at which a line should not break
}

// phrases finds fragments: by their first character, long ones first.
type phrases map[rune][]fragment

func readPhrases(lines string) phrases {
	found := phrases{}
	for line := range strings.Lines(lines) {
		for i, marked := range strings.Split(strings.TrimSuffix(line, "\n"), "{}") {
			f := fragment{text: strings.ReplaceAll(marked, "¦", "")}
			if utf8.RuneCountInString(f.text) < 2 || !strings.ContainsFunc(f.text, japanese) {
				continue
			}
			at := 0
			for j, phrase := range strings.Split(marked, "¦") {
				for k := range phrase {
					// The start of a text is a break, the end of a value is one if marked.
					if k > 0 || j == 0 && i > 0 {
						f.keep = append(f.keep, at+k)
					}
				}
				at += len(phrase)
			}
			first, _ := utf8.DecodeRuneInString(f.text)
			found[first] = append(found[first], f)
		}
	}
	for _, fs := range found {
		sort.SliceStable(fs, func(i, j int) bool { return len(fs[i].text) > len(fs[j].text) })
	}
	return found
}

// at is the longest fragment that text begins with.
func (p phrases) at(text string) (fragment, bool) {
	first, _ := utf8.DecodeRuneInString(text)
	for _, f := range p[first] {
		if strings.HasPrefix(text, f.text) {
			return f, true
		}
	}
	return fragment{}, false
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
		if f, ok := l.phrases.at(text[i:]); ok {
			for _, at := range f.keep {
				keep[i+at] = true
			}
			i += len(f.text)
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
