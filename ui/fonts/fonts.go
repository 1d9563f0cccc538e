// Package fonts holds the Japanese of the program: the same shapes, in regular
// and in bold, on every machine and in every locale. Latin stays with the font
// that Fyne bundles; these fonts do not have any.
package fonts

import (
	_ "embed"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
)

// Made by scripts/fonts; licence in OFL.txt, which travels with the program.
var (
	//go:embed SellerKeyJP-Regular.otf
	regular []byte
	//go:embed SellerKeyJP-Bold.otf
	bold []byte
	//go:embed OFL.txt
	licence string
)

// Fyne keeps what it has read of a font under the resource's address, so there
// is one resource for each.
var (
	regularFont = &fyne.StaticResource{StaticName: "SellerKeyJP-Regular.otf", StaticContent: regular}
	boldFont    = &fyne.StaticResource{StaticName: "SellerKeyJP-Bold.otf", StaticContent: bold}
)

// Regular is Japanese in the weight of running text. It is the same resource
// every time.
func Regular() *fyne.StaticResource { return regularFont }

// Bold is Japanese in the weight of headings. It is the same resource every
// time.
func Bold() *fyne.StaticResource { return boldFont }

// Piece is a part of a text that is drawn with one font.
type Piece struct {
	Text string
	Font fyne.Resource
}

// Split cuts a line of text into the parts that are Japanese and those that are
// not, in their order; together they are the line. Blanks and accents stay with
// what is before them. A character that neither font has goes to the nearer
// one, where Fyne looks for it in the system's fonts.
func Split(line string, japanese, other fyne.Resource) (pieces []Piece) {
	begin, now := 0, other
	for i, c := range line {
		font := now
		switch {
		case isJapanese(c):
			font = japanese
		case c != ' ' && c != '\u00a0' && !unicode.Is(unicode.Mn, c):
			font = other
		}
		if font == now {
			continue
		}
		if i > begin {
			pieces = append(pieces, Piece{line[begin:i], now})
		}
		begin, now = i, font
	}
	if begin < len(line) || len(pieces) == 0 {
		pieces = append(pieces, Piece{line[begin:], now})
	}
	return pieces
}

// isJapanese reports whether a character is looked for in the fonts of this
// package: kanji, kana and their punctuation, all of which begin with the CJK
// radicals, and the signs that come with them.
func isJapanese(c rune) bool {
	return c >= 0x2e80 || c >= 0x2000 && strings.ContainsRune(signs, c)
}

// signs are those that the fonts hold beside Japanese, as Fyne's have not got
// them, or have them in a font without blanks (scripts/fonts.py).
const signs = "※←↑→↓⇒⇔■□▲△▼▽◆◇○◎●★☆✓"

// Licence is the text under which the fonts are given away.
func Licence() string { return licence }
