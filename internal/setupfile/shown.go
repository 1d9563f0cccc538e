package setupfile

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/sellerkey/sellerkey/internal/lazy"
)

// isPlain reports a character that may be shown to a seller: what English,
// Japanese, Portuguese, Chinese and Korean names are written with. Letters of
// other scripts are left out because they look like these (Cyrillic а, Greek ο,
// Lisu ꓮ, the phonetic ɑ), and symbols because they look like punctuation.
func isPlain(r rune) bool {
	return unicode.Is(plain, r) && !strings.ContainsRune("\u00adıĸŀĿŉſ", r)
}

var plain = &unicode.RangeTable{
	R16: []unicode.Range16{
		{' ', '~', 1},
		{0xa0, 0x17f, 1},    // Latin with accents
		{0x2010, 0x2027, 1}, // dashes, quotation marks, bullets
		{'※', '※', 1},
		{'№', '№', 1},
		{'™', '™', 1},
		{0x2190, 0x2193, 1}, // arrows
		{0x2460, 0x2473, 1}, // circled numbers
		{0x3000, 0x30ff, 1}, // Japanese punctuation, kana
		{0x31f0, 0x31ff, 1}, // small kana
		{'㈱', '㈲', 1},
		{0x3400, 0x4dbf, 1}, // Han
		{0x4e00, 0x9fff, 1}, // Han
		{0xac00, 0xd7a3, 1}, // Korean syllables
		{0xff01, 0xff9f, 1}, // full and half width
		{0xffe0, 0xffe6, 1},
	},
	R32: []unicode.Range32{{0x20000, 0x323af, 1}}, // Han
}

// isHidden reports characters that are invisible, or that change the direction
// or the look of others.
func isHidden(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) || unicode.Is(unicode.Co, r) ||
		unicode.Is(unicode.Variation_Selector, r) || strings.ContainsRune("\u034f\u115f\u1160\u3164\uffa0\u2028\u2029", r)
}

// skeleton reduces a text to how it reads at a glance: without width, case and
// accents, with one blank for several, and with one letter for those that look
// alike.
func skeleton(s string) string {
	s = strings.ToLower(norm.NFKC.String(s))
	s = norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) && r < 0x370 {
			return -1
		}
		return r
	}, norm.NFD.String(s)))
	return strings.Join(strings.Fields(lookalikes.Replace(s)), " ")
}

// lookalikes has signs and digits in place of letters, and the kanji that look
// like kana.
var lookalikes = strings.NewReplacer(
	"0", "o", "1", "l", "i", "l", "|", "l", "!", "l", "3", "e", "4", "a", "@", "a", "5", "s", "$", "s",
	"()", "o", "rn", "m", "vv", "w",
	"一", "ー", "―", "ー", "—", "ー", "二", "ニ", "口", "ロ", "力", "カ", "工", "エ", "夕", "タ", "卜", "ト", "八", "ハ", "へ", "ヘ",
)

// claims are the names that only Amazon and this program have, as skeletons.
var claims = lazy.Regexp(`([a-z]*?)(?:amazon|amzn|seller ?central|vendor ?central|seller ?key)([a-z]*)|アマゾン|セラー ?セントラル|ベンダー ?セントラル|セラー ?キー|亚马逊|亞馬遜|아마존`)

var (
	// "Tools for Amazon", "Ferramentas para Amazon"
	toolFor = lazy.Regexp(`^[^ ].* (for|para)$`)
	// "○○ツール Amazon対応"
	madeFor = lazy.Regexp(`^ ?(向け|対応|連携|用)`)
	// official, oficial; skeletons have l for i.
	official = lazy.Regexp(`off?lclal|公式|正規|認定`)
	// Amazônia, Amazonas and amazonense are in Brazil; keyword is a word.
	otherWord = lazy.Regexp(`^(la|as$|ense|word)`)
)

// isClaim reports that a name passes for Amazon or this program. A tool may say,
// after its own name, that it is for Amazon.
func isClaim(name string) bool {
	s := strings.Map(func(r rune) rune {
		switch {
		case r >= 'ぁ' && r <= 'ゖ':
			return r + 'ァ' - 'ぁ' // あまぞん
		case strings.ContainsRune("-._*·・'’()", r):
			return -1
		}
		return r
	}, skeleton(name))
	// Spelled with blanks between the letters.
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, s)
	if m := claimAt(letters, 0); m != nil && m[0] == 0 && m[2] <= 0 && m[3] <= 0 { // no letters before it
		return true
	}
	for at := 0; ; {
		m := claimAt(s, at)
		if m == nil {
			return false
		}
		before := strings.TrimSpace(s[:m[0]])
		if official().MatchString(s) || !toolFor().MatchString(before) && !(before != "" && madeFor().MatchString(s[m[1]:])) {
			return true
		}
		at = m[1]
	}
}

// claimAt returns the indices of the next claim and its submatches, nil for none.
func claimAt(s string, at int) []int {
	for _, m := range claims().FindAllStringSubmatchIndex(s, -1) {
		if m[0] >= at && (m[4] < 0 || !otherWord().MatchString(s[m[4]:m[5]])) {
			return m
		}
	}
	return nil
}
