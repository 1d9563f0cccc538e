package i18n

import (
	"bytes"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// wantedLines are the lines of the Japanese texts, with {} for values.
func wantedLines(t *testing.T) []string {
	t.Helper()
	var lines []string
	for _, text := range texts(t, Japanese) {
		for _, line := range strings.Split(placeholder.ReplaceAllString(text.s, "{}"), "\n") {
			if strings.ContainsFunc(line, japanese) {
				lines = append(lines, line)
			}
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

// TestPhrases: ja.phrases has exactly the lines of ja.toml. scripts/phrases runs
// it with SELLERKEY_BUDOUX, the folder of BudouX, to write them.
func TestPhrases(t *testing.T) {
	want := wantedLines(t)
	if budoux := os.Getenv("SELLERKEY_BUDOUX"); budoux != "" {
		divide := exec.Command("node", "testdata/phrases.mjs", budoux)
		divide.Stdin = strings.NewReader(strings.Join(want, "\n"))
		var stderr bytes.Buffer
		divide.Stderr = &stderr
		out, err := divide.Output()
		if err != nil {
			t.Fatalf("%v\n%s", err, &stderr)
		}
		if err := os.WriteFile("ja.phrases", out, 0o644); err != nil {
			t.Fatal(err)
		}
		japanesePhrases = string(out)
	}
	have := strings.Split(strings.TrimSpace(strings.ReplaceAll(japanesePhrases, "¦", "")), "\n")
	for _, line := range want {
		if !slices.Contains(have, line) {
			t.Errorf("ja.phrases has no line %q; run scripts/phrases", line)
		}
	}
	for _, line := range have {
		if !slices.Contains(want, line) {
			t.Errorf("ja.toml has no line %q; run scripts/phrases", line)
		}
	}
}

// TestPhrasesAreWhole: a phrase holds what a reader reads in one go.
func TestPhrasesAreWhole(t *testing.T) {
	for _, bad := range []struct{ what, pattern string }{
		{"a break in a label", `「[^「」]*¦[^「」]*」`},
		{"a break after a modifier", `(^|¦)(もう|この|その|あの|どの)¦`},
		{"a break in a verb", `(貼り|取り|読み|切り|開き|書き|押し|使い|始め|続け|受け|申し)¦[一-龠]`},
		{"a break between a verb and its ending", `¦(ます|ません|ました|ください|です|でした|した|して)`},
		{"a break in a word", `もう¦一|間¦違|当ては¦ま|か¦所`},
		{"a phrase that begins with a mark", `¦[、。」）？！]`},
	} {
		pattern := regexp.MustCompile(bad.pattern)
		for line := range strings.Lines(japanesePhrases) {
			for _, found := range pattern.FindAllString(line, -1) {
				if len([]rune(found)) <= 18 || !strings.HasPrefix(found, "「") {
					t.Errorf("%s, %q: %s", bad.what, found, line)
				}
			}
		}
	}
}

func TestKeep(t *testing.T) {
	l := &Localizer{phrases: readPhrases("承認ページを¦開きます。\n「{}」を¦削除しますか？\n{}の¦値\n{}¦まで\n{}¦日です\n")}
	for _, c := range []struct{ text, want string }{
		{"承認ページを開きます。", "承認ページを|開きます。"},
		{"✓ 承認ページを開きます。", "✓| |承認ページを|開きます。"},
		{"「大阪本店」を削除しますか？", "「|大阪本店」を|削除しますか？"},
		{"日本の値", "日本の|値"},
		{"10まで", "1|0まで"},
		{"2027年11月22日です", "2|0|2|7年1|1月2|2日です"}, // a value that ends where a fragment seems to begin
		{"大阪本店abc", "大阪本店|a|b|c"},
		{"", ""},
	} {
		keep := l.Keep(c.text)
		var got strings.Builder
		for i, r := range c.text {
			if i > 0 && !keep[i] {
				got.WriteByte('|')
			}
			got.WriteRune(r)
		}
		if got.String() != c.want {
			t.Errorf("%q is divided as %q, not %q", c.text, got.String(), c.want)
		}
	}
	if en := localizer(t, English); en.Keep("大阪 and Tokyo") != nil {
		t.Error("English keeps something together")
	}
}
