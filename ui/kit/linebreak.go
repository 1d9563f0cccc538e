package kit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/segmenter"
)

// breakLines wraps text to a width. It breaks where the text's language
// allows it and, in a piece longer than a whole line, before the first
// character that does not fit.
func breakLines(text string, width float32, measure func(string) float32) []string {
	if text == "" {
		return []string{""}
	}
	var lines []string
	for _, part := range strings.Split(text, "\n") {
		lines = append(lines, breakLine(part, width, measure)...)
	}
	return lines
}

// evenLines is breakLines for text that is read. Where only a scrap is left for
// the last line, a syllable of Japanese or a short word, the lines before it
// are made a little shorter, as long as that takes no line more.
func evenLines(text string, width float32, measure func(string) float32) []string {
	var all []string
	for _, part := range strings.Split(text, "\n") {
		lines := breakLines(part, width, measure)
		const scrap, least, step = 0.25, 0.7, 0.05
		for share := float32(1 - step); len(lines) > 1 && measure(lines[len(lines)-1]) < scrap*width && share >= least; share -= step {
			shorter := breakLines(part, share*width, measure)
			if len(shorter) > len(lines) {
				break
			}
			lines = shorter
		}
		all = append(all, lines...)
	}
	return all
}

// pieces are the parts of a text between which a line may break. Those of a
// Japanese phrase stay together, a noun with its particle, as long as that
// takes no more than half a line.
func pieces(text string, width float32, measure func(string) float32) []string {
	var seg segmenter.Segmenter
	seg.Init([]rune(text))
	var all, phrase []string
	end := func() {
		if whole := strings.Join(phrase, ""); measure(whole) <= width/2 {
			all = append(all, whole)
		} else {
			all = append(all, phrase...)
		}
		phrase = nil
	}
	for it := seg.LineIterator(); it.Next(); {
		piece := it.Line().Text
		if len(phrase) > 0 {
			before, _ := utf8.DecodeLastRuneInString(phrase[len(phrase)-1])
			if newPhrase(before, piece[0]) {
				end()
			}
		}
		phrase = append(phrase, string(piece))
	}
	if len(phrase) > 0 {
		end()
	}
	return all
}

// newPhrase reports whether a phrase may begin between two characters. In
// Japanese it begins where the script changes from hiragana, which ends a
// phrase, to another one; elsewhere with every word.
func newPhrase(before, after rune) bool {
	japanese := func(r rune) bool { return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r == 'ー' }
	hiragana := unicode.Is(unicode.Hiragana, after)
	switch {
	case !japanese(before) && !japanese(after):
		return !strings.ContainsRune("（「『", after) || !unicode.IsLetter(before)
	case strings.ContainsRune("、。：？！…・を", before):
		return true
	case before == 'お' || before == 'ご':
		return false // a polite prefix
	case unicode.Is(unicode.Hiragana, before):
		return !hiragana
	}
	return before == ' ' || strings.ContainsRune("」）", before) && !hiragana
}

// notFirst may not begin a line, not even inside a piece that is broken for
// want of a better place.
const notFirst = "、。，．・：；？！）」』】〕］｝〉》,.:;?!)]}"

func breakLine(text string, width float32, measure func(string) float32) []string {
	if measure(text) <= width {
		return []string{text}
	}
	var (
		lines []string
		line  strings.Builder
		used  float32
	)
	flush := func() {
		lines = append(lines, strings.TrimRight(line.String(), " "))
		line.Reset()
		used = 0
	}
	for _, piece := range pieces(text, width, measure) {
		w := measure(strings.TrimRight(piece, " "))
		if used > 0 && used+w > width {
			flush()
		}
		if w <= width {
			line.WriteString(piece)
			used += measure(piece)
			continue
		}
		for _, c := range piece {
			cw := measure(string(c))
			if used > 0 && used+cw > width {
				// What may not begin a line takes what is before it along.
				all, carried := line.String(), ""
				for first := c; strings.ContainsRune(notFirst, first) && len(all) > 0; {
					r, n := utf8.DecodeLastRuneInString(all)
					carried, all, first = string(r)+carried, all[:len(all)-n], r
				}
				if all == "" {
					all, carried = carried, ""
				}
				line.Reset()
				line.WriteString(all)
				flush()
				line.WriteString(carried)
				used = measure(carried)
			}
			line.WriteRune(c)
			used += cw
		}
	}
	if line.Len() > 0 || len(lines) == 0 {
		flush()
	}
	return lines
}
