package kit

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/sellerkey/sellerkey/i18n"
)

// monospaced measures as a Japanese typewriter does: 2 for a full-width
// character, 1 for any other.
func monospaced(s string) float32 {
	var w float32
	for _, c := range s {
		if c >= 0x1100 {
			w++
		}
		w++
	}
	return w
}

// keeping keeps together what is not divided by ¦.
func keeping(marked string) (text string, keep func(string) map[int]bool) {
	offsets := map[int]bool{}
	for _, phrase := range strings.Split(marked, "¦") {
		for at := range phrase {
			if at > 0 {
				offsets[len(text)+at] = true
			}
		}
		text += phrase
	}
	return text, func(string) map[int]bool { return offsets }
}

func TestLines(t *testing.T) {
	for _, c := range []struct {
		name, text string // ¦ divides phrases; a text without breaks anywhere
		width      float32
		want       string // lines, divided by /
	}{
		{"fits", "one line", 20, "one line"},
		{"nothing", "", 20, ""},
		{"at spaces", "the quick brown fox", 10, "the quick/brown fox"},
		{"line breaks of its own", "a\n\nb", 10, "a//b"},
		{"between kanji", "承認用リンクを開く", 8, "承認用リ/ンクを開/く"},
		{"no period at the start of a line", "リンクを開く。", 12, "リンクを開/く。"},
		{"no comma at the start of a line", "承認用、リンク", 6, "承認/用、リ/ンク"},
		{"no opening bracket at the end of a line", "開く「次」へ", 6, "開く/「次」/へ"},
		{"between phrases", "次の¦ボタンを¦押すと¦ブラウザーで¦Amazonの¦承認ページが¦開きます。", 30, "次のボタンを押すとブラウザーで/Amazonの承認ページが開きます。"},
		{"a phrase that takes most of a line", "次の¦承認用リンクを¦開く", 14, "次の承認用リン/クを開く"},
		{"no arrow at the start of a line", "Home → Settings", 7, "Home →/Setting/s"},
		{"a long value anywhere", "Atzr|EXAMPLE0000", 6, "Atzr|/EXAMPL/E0000"},
		{"a long value after words", "the value AAAAAAAAAAAA", 6, "the/value/AAAAAA/AAAAAA"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := breaker{measure: monospaced}
			text := c.text
			if strings.Contains(text, "¦") {
				text, b.keep = keeping(text)
			}
			if got := strings.Join(b.lines(text, c.width), "/"); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
	values := breaker{measure: monospaced, anywhere: true}
	if got := strings.Join(values.lines("Atza|EX-AMPLE 00\nb", 6), "/"); got != "Atza|E/X-AMPL/E 00/b" {
		t.Errorf("a value is broken into %s", got)
	}
}

func TestEven(t *testing.T) {
	for _, c := range []struct {
		name, text string
		width      float32
		want       string // lines, divided by /
	}{
		{"two characters left over", "トークンを¦お持ちの¦方。", 21, "トークンを/お持ちの方。"},
		{"three characters left over", "トークンを¦お持ちの¦皆様。", 22, "トークンをお持ちの/皆様。"},
		{"a short word left over", "Choose what fits you at the end of it", 34, "Choose what fits you at the/end of it"},
		{"enough left over", "the quick brown fox jumps", 20, "the quick brown fox/jumps"},
		{"no additional line", "aaaa bbbb c", 9, "aaaa/bbbb c"},
		{"one line", "one line", 20, "one line"},
		{"paragraphs of their own", "one\ntwo", 20, "one/two"},
		{"a value that cannot be divided better", "AAAAAAAAAAA", 10, "AAAAAAAA/AAA"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := breaker{measure: monospaced}
			text := c.text
			if strings.Contains(text, "¦") {
				text, b.keep = keeping(text)
			}
			if got := strings.Join(b.even(text, c.width), "/"); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestLinesOfEveryText breaks every text of ours at many widths: no character
// is lost, no line is too wide, and none begins with what may not begin one or
// ends with an opening bracket. In Japanese no line but a whole text has one or
// two characters, and the name of a button or page stays on one line.
func TestLinesOfEveryText(t *testing.T) {
	const notLast = "「『（"
	label := regexp.MustCompile(`「[^「」]{1,16}」`)
	squeeze := func(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }
	for _, l := range i18n.Languages() {
		words, err := i18n.New(l.Tag)
		if err != nil {
			t.Fatal(err)
		}
		b := breaker{measure: monospaced, keep: words.Keep}
		for _, id := range words.IDs() {
			text := words.T(id)
			for _, width := range []float32{12, 17, 30, 41, 64, 85} {
				fault := func(what, line string) {
					t.Helper()
					t.Errorf("%s %s at %.0f: %s: %q", l.Tag, id, width, what, line)
				}
				lines := b.even(text, width)
				if got := squeeze(strings.Join(lines, "")); got != squeeze(text) {
					fault("characters are lost", got)
				}
				for _, line := range lines {
					if monospaced(line) > width {
						fault("too wide", line)
					}
					first, _ := utf8.DecodeRuneInString(line)
					last, _ := utf8.DecodeLastRuneInString(line)
					if line != "" && (strings.ContainsRune(notFirst+"。、」）？", first) || strings.ContainsRune(notLast, last)) {
						fault("a mark at the wrong end", line)
					}
				}
				if l.Tag != i18n.Japanese || width < 40 {
					continue
				}
				for _, part := range strings.Split(text, "\n") {
					for _, line := range b.even(part, width) {
						if line != part && utf8.RuneCountInString(line) < 3 {
							fault("alone on a line", line)
						}
					}
				}
				for _, name := range label.FindAllString(text, -1) {
					if monospaced(name) > width-16 { // and what is said of it doesn't fit beside it
						continue
					}
					if !slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(line, name) }) {
						fault("divided", name)
					}
				}
			}
		}
	}
}

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float32
		want  string
	}{
		{"fits", 10, "fits"},
		{"exactly ten", 11, "exactly ten"},
		{"a long name of an account", 12, "a long nam…"},
		{"大阪本店と支店", 9, "大阪本…"},
		{"x", 0, "x"},
	} {
		if got := shorten(c.text, c.width, monospaced); got != c.want {
			t.Errorf("%q at %.0f is %q, not %q", c.text, c.width, got, c.want)
		}
	}
}

func TestLinesOf(t *testing.T) {
	fixed := func(s string) float32 { return float32(len(s)) }
	for _, c := range []struct {
		text        string
		width       float32
		most, lines int
	}{{"", 10, 5, 1}, {"0123456789", 10, 5, 1}, {"01234567890", 10, 5, 2}, {strings.Repeat("0", 100), 10, 5, 5}, {"012", 0, 5, 4}, {"0", 10, 0, 1}} {
		if n := linesOf([]rune(c.text), c.width, c.most, fixed); n != c.lines {
			t.Errorf("%q takes %d lines of %.0f, not %d", c.text, n, c.width, c.lines)
		}
	}
}
