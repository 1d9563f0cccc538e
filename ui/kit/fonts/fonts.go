// Package fonts holds the program's two fonts, regular and bold, the same on
// every machine and in every locale. They have every character of our texts,
// Japanese and Latin, and those common in names, so that Fyne rarely looks for
// the system's fonts. It draws a rarer character with one of those.
package fonts

import (
	_ "embed"

	"fyne.io/fyne/v2"
)

// Made by scripts/fonts; licence in OFL.txt, which travels with the program.
var (
	//go:embed SellerKey-Regular.otf
	regular []byte
	//go:embed SellerKey-Bold.otf
	bold []byte
	//go:embed OFL.txt
	licence string
)

// Fyne keeps what it has read of a font under the resource's address, so there
// is one resource for each.
var (
	regularFont = &fyne.StaticResource{StaticName: "SellerKey-Regular.otf", StaticContent: regular}
	boldFont    = &fyne.StaticResource{StaticContent: bold}
)

// Regular is the font of running text. It is the same resource every time.
func Regular() *fyne.StaticResource { return regularFont }

// Bold is the font of headings. It is the same resource every time, and has no
// name: what Fyne measures with it counts as measured with the theme's font.
func Bold() *fyne.StaticResource { return boldFont }

// Licence is the text under which the fonts are given away.
func Licence() string { return licence }
