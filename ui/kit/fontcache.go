package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/sellerkey/sellerkey/ui/kit/fonts"
)

// This file holds what we know about Fyne's font cache. It keeps the program
// from loading the system's fonts (20 to 30 MB for Japanese): its own have every
// character that it shows, except for rare ones in names.

// running is Fyne's style for running text and for what is typed into fields.
// For every other style that the theme serves, Fyne goes through all the fonts
// of the system and loads the one for the system's language. For symbols it
// uses the fonts that it has, and looks for one of the system only when a
// character is in none of them.
func running() fyne.TextStyle { return fyne.TextStyle{Symbol: true} }

// premeasure measures what Fyne's fields measure in the theme's plain style,
// whatever their own style is, so that Fyne does not load the fonts of the plain
// style for it: the height of a line, and in pickers the dots that shorten a text,
// and the text they start with. Fyne caches a measure under the name of its font,
// which the theme's does not have, until it was not used for a minute.
func premeasure(look fyne.Theme, texts ...string) {
	for _, s := range append(texts, "M", "…") {
		fyne.CurrentApp().Driver().RenderedTextSize(s, look.Size(SizeText), fyne.TextStyle{}, fonts.Bold())
	}
}

// inRunning makes one of Fyne's widgets draw its texts as running text.
func inRunning(r fyne.WidgetRenderer) fyne.WidgetRenderer {
	for _, o := range r.Objects() {
		switch o := o.(type) {
		case *canvas.Text:
			o.TextStyle = running()
		case *widget.RichText:
			for _, part := range o.Segments {
				part.(*widget.TextSegment).Style.TextStyle = running()
			}
			o.Refresh()
		}
	}
	return r
}
