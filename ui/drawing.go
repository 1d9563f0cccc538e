package ui

import (
	"runtime"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
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
	drawnAppID         = "amzn1.sp.solution.…"
	drawnAccess        = "Atza|…"
	drawnSellerID      = "A0EXAMPLE…"
	drawnCode          = "AN••••••"
)

// newSheetOf is the paper that a drawing is on.
func newSheetOf(blocks ...fyne.CanvasObject) fyne.CanvasObject {
	return newPadded(14, 13, newColumn(10, blocks...), newPanel(colorCard, colorLine))
}

// newBrowser draws a browser window: an address bar, and a page below it.
func newBrowser(address fyne.CanvasObject, page ...fyne.CanvasObject) fyne.CanvasObject {
	dot := func() fyne.CanvasObject {
		return newSized(newPanel(colorControl, ""), fyne.NewSize(7, 7))
	}
	dots := newTightRow(5, dot(), dot(), dot())
	bar := newPadded(12, 8, newRow(1, dots, address))
	body := newPadded(14, 13, newColumn(10, page...))
	return newPadded(1, 1, newColumn(0, bar, newRule(), body), newPanel(colorCard, colorControl))
}

// newAddress is what stands in the address bar of a drawing.
func newAddress(text string) fyne.CanvasObject {
	return newPadded(9, 2, newText(text, styleDrawn().in(colorMuted)), newPanel(colorWindow, colorLine))
}

// newMarked puts what a drawing is about into a frame.
func newMarked(o fyne.CanvasObject) fyne.CanvasObject {
	frame := newPanel("", colorAccent)
	frame.thick, frame.radius = 2, sizeRadius
	return newPadded(8, 5, o, frame)
}

// styleDrawn is the writing in a drawing.
func styleDrawn() style { return style{size: sizeSmall, color: colorText, lead: 1.4} }

// newNumber is a numbered disc: the order in which to do things.
func newNumber(n int) fyne.CanvasObject {
	return newDisc(strconv.Itoa(n))
}

// newNumbered is a numbered line of text.
func newNumbered(n int, text string) fyne.CanvasObject {
	return newTopRow(1, newNumber(n), newText(text, styleBody()))
}

// newStub stands for a line of text that does not matter.
func newStub(width float32) fyne.CanvasObject {
	p := newPanel(colorLine, "")
	p.radius = sizeRadius
	return newFlow(newSized(p, fyne.NewSize(width, 7)))
}

// newDrawnBox is a check box, ticked or not.
func newDrawnBox(ticked bool) fyne.CanvasObject {
	if !ticked {
		box := newPanel("", colorControl)
		box.radius = ""
		return newSized(box, fyne.NewSize(16, 16))
	}
	box := newPanel(colorAccent, "")
	box.radius = ""
	tick := newIcon(theme.IconNameConfirm, colorOnAccent, 16)
	return newSized(newPadded(0, 0, tick, box), fyne.NewSize(16, 16))
}

// newDrawnButton is a button in a drawing; nobody can press it.
func newDrawnButton(label string, lit bool) fyne.CanvasObject {
	fill, ink := colorQuiet, colorText
	if lit {
		fill, ink = colorAccent, colorOnAccent
	}
	p := newPanel(fill, "")
	p.radius = sizeRadius
	return newPadded(12, 3, newLine(label, styleDrawn().strong().in(ink)), p)
}

// newDrawnField is an input of a page, with its label above it.
func newDrawnField(label, value string, lit bool) fyne.CanvasObject {
	line := colorControl
	if lit {
		line = colorAccent
	}
	p := newPanel(colorWindow, line)
	p.radius = sizeRadius
	if lit {
		p.thick = 2
	}
	return newColumn(3, newText(label, styleDrawn().in(colorMuted)),
		newPadded(9, 4, newText(value, styleDrawn().mono()), p))
}

// newKeycaps are keys to press together: those of Windows and Linux, or a Mac's.
func newKeycaps(key fyne.KeyName) fyne.CanvasObject {
	hold := "Ctrl"
	if runtime.GOOS == "darwin" {
		hold = "⌘"
	}
	keycap := func(s string) fyne.CanvasObject {
		p := newPanel(colorQuiet, colorControl)
		p.radius = sizeRadius
		return newPadded(8, 1, newLine(s, styleDrawn()), p) // bold has no ⌘
	}
	return newTightRow(4, keycap(hold), keycap(string(key)))
}
