package kit

import (
	"strings"
	"unicode/utf8"

	"github.com/go-text/typesetting/segmenter"
)

// breaker breaks text into lines. It knows no language: keep says where a line
// should not break although Unicode allows it.
type breaker struct {
	measure func(string) float32
	keep    func(text string) map[int]bool // byte offsets; nil for none
	// anywhere breaks values at the last character that fits.
	anywhere bool
}

// lines wraps text to a width. It breaks where the text's language allows it
// (Unicode Standard Annex 14) and, in a piece longer than a whole line, before
// the first character that does not fit.
func (b breaker) lines(text string, width float32) []string {
	var lines []string
	for _, part := range strings.Split(text, "\n") {
		lines = append(lines, b.breakLine(part, width)...)
	}
	return lines
}

// even is lines for text that is read. If only a scrap is left for the last
// line, a syllable of Japanese or a short word, it makes the lines before it a
// little shorter, as long as that takes no additional line.
func (b breaker) even(text string, width float32) []string {
	var all []string
	for _, part := range strings.Split(text, "\n") {
		lines := b.breakLine(part, width)
		const least, step = 0.6, 0.05
		scrap := 0.25 * width
		if strings.ContainsFunc(part, wide) {
			scrap = b.measure("あああ") // a line that ends early is more of a gap than elsewhere
		}
		for share := float32(1 - step); len(lines) > 1 && b.measure(lines[len(lines)-1]) < scrap && share >= least; share -= step {
			shorter := b.breakLine(part, share*width)
			if len(shorter) > len(lines) {
				break
			}
			lines = shorter
		}
		all = append(all, lines...)
	}
	return all
}

// wide reports whether a character is as wide as it is high: kana and kanji.
func wide(r rune) bool { return r >= 0x2e80 }

// pieces are the parts of a text between which a line may break. A phrase that
// takes most of a line is divided.
func (b breaker) pieces(text string, width float32) []string {
	if b.anywhere {
		return []string{text}
	}
	var seg segmenter.Segmenter
	seg.Init([]rune(text))
	var keep map[int]bool
	if b.keep != nil {
		keep = b.keep(text)
	}
	var all, phrase []string
	end := func() {
		const most = 0.85
		if whole := strings.Join(phrase, ""); b.measure(whole) <= most*width {
			all = append(all, whole)
		} else {
			all = append(all, phrase...)
		}
		phrase = nil
	}
	at := 0
	for it := seg.LineIterator(); it.Next(); {
		piece := string(it.Line().Text)
		if len(phrase) > 0 && !keep[at] && !strings.HasPrefix(piece, "→") {
			end()
		}
		phrase = append(phrase, piece)
		at += len(piece)
	}
	if len(phrase) > 0 {
		end()
	}
	return all
}

// notFirst may not begin a line, not even inside a piece that has to be broken
// anywhere.
const notFirst = "、。，．・：；？！）」』】〕］｝〉》,.:;?!)]}"

func (b breaker) breakLine(text string, width float32) []string {
	if b.measure(text) <= width {
		return []string{text}
	}
	var (
		lines []string
		line  string
		used  float32
	)
	end := func(next string) {
		lines = append(lines, strings.TrimRight(line, " "))
		line, used = next, b.measure(next)
	}
	for _, piece := range b.pieces(text, width) {
		w := b.measure(strings.TrimRight(piece, " "))
		if used > 0 && used+w > width && !b.anywhere {
			end("")
		}
		if w <= width {
			line += piece
			used += b.measure(piece)
			continue
		}
		for _, c := range piece {
			cw := b.measure(string(c))
			if used > 0 && used+cw > width {
				kept, carried := carry(line, c)
				line = kept
				end(carried)
			}
			line += string(c)
			used += cw
		}
	}
	if line != "" || len(lines) == 0 {
		end("")
	}
	return lines
}

// carry divides a line before a character that does not fit: what may not begin
// a line takes along what is before it.
func carry(line string, next rune) (kept, carried string) {
	kept = line
	for strings.ContainsRune(notFirst, next) && kept != "" {
		r, n := utf8.DecodeLastRuneInString(kept)
		kept, carried, next = kept[:len(kept)-n], string(r)+carried, r
	}
	if kept == "" {
		return line, ""
	}
	return kept, carried
}
