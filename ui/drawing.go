package ui

import (
	"runtime"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/sellerkey/sellerkey/ui/kit"
)

// The drawings show beforehand what a browser will show. They are made of the
// same parts as the screens: their words are texts that wrap, their colours are
// roles, so that they fit every language, light and dark.

// What the values in the drawings look like.
const (
	drawnSellerCentral = "sellercentral.amazon…"
	drawnConsentLink   = "https://sellercentral.amazon…/apps/authorize/consent?"
	drawnAppParam      = "application_id=" + drawnAppID
	drawnRedirect      = "https://…?spapi_oauth_code=…&selling_partner_id=…"
	drawnReturn        = "…/return.html"
	drawnAppID         = "amzn1.sp.solution…"
	drawnAccess        = "Atza|…"
	drawnSellerID      = "A0EXAMPLE…"
	drawnCode          = "AN••••••"
)

// newSheetOf is the paper that a drawing is on.
func newSheetOf(blocks ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.Padded(14, 13, kit.Column(10, blocks...), kit.NewPanel(kit.ColorCard, kit.ColorLine))
}

// newBrowser draws a browser window: an address bar, and a page below it.
func newBrowser(address fyne.CanvasObject, page ...fyne.CanvasObject) fyne.CanvasObject {
	dot := func() fyne.CanvasObject {
		return kit.Sized(kit.NewPanel(kit.ColorControl, ""), fyne.NewSize(7, 7))
	}
	dots := kit.TightRow(5, dot(), dot(), dot())
	bar := kit.Padded(12, 8, kit.Row(1, dots, address))
	body := kit.Padded(14, 13, kit.Column(10, page...))
	return kit.Padded(1, 1, kit.Column(0, bar, kit.Rule(), body), kit.NewPanel(kit.ColorCard, kit.ColorControl))
}

// newAddress is what stands in the address bar of a drawing.
func newAddress(text string) fyne.CanvasObject {
	return kit.Padded(9, 2, kit.Text(text, styleDrawn().In(kit.ColorMuted)), kit.NewPanel(kit.ColorWindow, kit.ColorLine))
}

// newMarked puts what a drawing is about into a frame.
func newMarked(o fyne.CanvasObject) fyne.CanvasObject {
	frame := kit.NewPanel("", kit.ColorAccent)
	frame.Thick, frame.Radius = 2, kit.SizeRadius
	return kit.Padded(8, 5, o, frame)
}

// styleDrawn is the writing in a drawing.
func styleDrawn() kit.Style { return kit.Style{Size: kit.SizeSmall, Color: kit.ColorText, Lead: 1.4} }

// newNumber is a numbered disc: the order in which to do things.
func newNumber(n int) fyne.CanvasObject {
	return kit.NewDisc(strconv.Itoa(n))
}

// newNumbered is a numbered line of text.
func newNumbered(n int, text string) fyne.CanvasObject {
	return kit.TopRow(1, newNumber(n), kit.Text(text, kit.Body))
}

// newStub stands for a line of text that does not matter.
func newStub(width float32) fyne.CanvasObject {
	p := kit.NewPanel(kit.ColorLine, "")
	p.Radius = kit.SizeRadius
	return kit.Flow(kit.Sized(p, fyne.NewSize(width, 7)))
}

// newDrawnBox is a check box, ticked or not.
func newDrawnBox(ticked bool) fyne.CanvasObject {
	if !ticked {
		box := kit.NewPanel("", kit.ColorControl)
		box.Radius = ""
		return kit.Sized(box, fyne.NewSize(16, 16))
	}
	box := kit.NewPanel(kit.ColorAccent, "")
	box.Radius = ""
	tick := kit.Icon(theme.IconNameConfirm, kit.ColorOnAccent, 16)
	return kit.Sized(kit.Padded(0, 0, tick, box), fyne.NewSize(16, 16))
}

// newDrawnButton is a button in a drawing; nobody can press it.
func newDrawnButton(label string, lit bool) fyne.CanvasObject {
	fill, ink := kit.ColorQuiet, kit.ColorText
	if lit {
		fill, ink = kit.ColorAccent, kit.ColorOnAccent
	}
	p := kit.NewPanel(fill, "")
	p.Radius = kit.SizeRadius
	return kit.Padded(12, 3, kit.Line(label, styleDrawn().Bold().In(ink)), p)
}

// newDrawnField is an input of a page, with its label above it.
func newDrawnField(label, value string, lit bool) fyne.CanvasObject {
	line := kit.ColorControl
	if lit {
		line = kit.ColorAccent
	}
	p := kit.NewPanel(kit.ColorWindow, line)
	p.Radius = kit.SizeRadius
	if lit {
		p.Thick = 2
	}
	return kit.Column(3, kit.Text(label, styleDrawn().In(kit.ColorMuted)),
		kit.Padded(9, 4, kit.Text(value, styleDrawn().Mono()), p))
}

// newKeycaps are keys to press together: those of Windows and Linux, or a Mac's.
func newKeycaps(key fyne.KeyName) fyne.CanvasObject {
	hold := "Ctrl"
	if runtime.GOOS == "darwin" {
		hold = "⌘"
	}
	keycap := func(s string) fyne.CanvasObject {
		p := kit.NewPanel(kit.ColorQuiet, kit.ColorControl)
		p.Radius = kit.SizeRadius
		return kit.Padded(8, 1, kit.Line(s, styleDrawn()), p) // bold has no ⌘
	}
	return kit.TightRow(4, keycap(hold), keycap(string(key)))
}
