// Package fonts holds the Japanese of the program: the same shapes, in regular
// and in bold, on every machine and in every locale. Latin stays with the font
// that Fyne bundles; these fonts do not have any.
package fonts

import (
	_ "embed"

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

// Regular is Japanese in the weight of running text.
func Regular() *fyne.StaticResource {
	return fyne.NewStaticResource("SellerKeyJP-Regular.otf", regular)
}

// Bold is Japanese in the weight of headings.
func Bold() *fyne.StaticResource {
	return fyne.NewStaticResource("SellerKeyJP-Bold.otf", bold)
}

// Licence is the text under which the fonts are given away.
func Licence() string { return licence }
