package ui

import (
	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/i18n"
)

// Refuse says in a small window why the program does not start, and returns
// when that is closed. It is for whoever started it from a menu and has no
// terminal to read.
func Refuse(app fyne.App, words *i18n.Localizer, title, text string) {
	app.Settings().SetTheme(newLook(FollowSystem, TextNormal))
	win := app.NewWindow(words.T("app.name"))
	k := &keys{}
	ok := newButton(k, primary, words.T("button.ok"), win.Close)
	k.enter, k.escape = ok.Press, ok.Press
	bg := newPanel(colorWindow, "")
	bg.radius = ""
	win.SetPadded(false)
	win.SetFixedSize(true)
	win.SetContent(newPadded(24, 22, newWide(newColumn(gap, newText(title, styleHead()), newText(text, styleBody()), newFlow(ok)), 420), bg))
	win.CenterOnScreen()
	win.Canvas().Focus(ok)
	win.ShowAndRun()
}
