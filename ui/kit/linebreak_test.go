package kit

import (
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

func TestBreakLines(t *testing.T) {
	for _, c := range []struct {
		name, text string
		width      float32
		want       string // lines, divided by |
	}{
		{"fits", "one line", 20, "one line"},
		{"nothing", "", 20, ""},
		{"at blanks", "the quick brown fox", 10, "the quick/brown fox"},
		{"line breaks of its own", "a\n\nb", 10, "a//b"},
		{"between kanji", "承認用リンクを開く", 8, "承認用リ/ンクを/開く"},
		{"no full stop at the start of a line", "リンクを開く。", 12, "リンクを/開く。"},
		{"no comma at the start of a line", "承認用、リンク", 6, "承認/用、リ/ンク"},
		{"no opening bracket at the end of a line", "開く「次」へ", 6, "開く/「次」/へ"},
		{"between Japanese phrases", "次のボタンを押すとブラウザーでAmazonの承認ページが開きます。", 30, "次のボタンを押すとブラウザーで/Amazonの承認ページが開きます。"},
		{"a noun stays whole", "コードはクライアントシークレットと一緒に", 56, "コードはクライアントシークレットと一緒に"},
		{"a long value anywhere", "Atzr|EXAMPLE0000", 6, "Atzr|/EXAMPL/E0000"},
		{"a long value after words", "the value AAAAAAAAAAAA", 6, "the/value/AAAAAA/AAAAAA"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(breakLines(c.text, c.width, monospaced), "/"); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestEvenLines(t *testing.T) {
	for _, c := range []struct {
		name, text string
		width      float32
		want       string // lines, divided by /
	}{
		{"a syllable left over", "Amazonの承認ページで承認します", 28, "Amazonの承認ページで/承認します"},
		{"a short word left over", "Choose what fits you at the end of it", 34, "Choose what fits you at the/end of it"},
		{"enough left over", "the quick brown fox jumps", 20, "the quick brown fox/jumps"},
		{"no line more", "aaaa bbbb c", 9, "aaaa/bbbb c"},
		{"one line", "one line", 20, "one line"},
		{"paragraphs of their own", "one\ntwo", 20, "one/two"},
		{"a value that cannot be divided better", "AAAAAAAAAAA", 10, "AAAAAAAA/AAA"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(evenLines(c.text, c.width, monospaced), "/"); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestLinesOfEveryText breaks every text of ours at many widths: no character
// is lost, no line is too wide, and none begins with what may not begin one
// or ends with an opening bracket.
func TestLinesOfEveryText(t *testing.T) {
	const notLast = "「『（"
	for _, l := range i18n.Languages() {
		words, err := i18n.New(l.Tag)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range words.IDs() {
			text := words.T(id)
			for _, width := range []float32{12, 17, 30, 41, 64} {
				lines := evenLines(text, width, monospaced)
				squeeze := func(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }
				if got := squeeze(strings.Join(lines, "")); got != squeeze(text) {
					t.Errorf("%s %s at %.0f: %q became %q", l.Tag, id, width, text, got)
				}
				for _, line := range lines {
					if monospaced(line) > width {
						t.Errorf("%s %s at %.0f: the line %q is too wide", l.Tag, id, width, line)
					}
					first, _ := utf8.DecodeRuneInString(line)
					last, _ := utf8.DecodeLastRuneInString(line)
					if line != "" && (strings.ContainsRune(notFirst, first) || strings.ContainsRune(notLast, last)) {
						t.Errorf("%s %s at %.0f: the line %q", l.Tag, id, width, line)
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
