package shell

import (
	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// Refuse says in a small window why the program does not start, and returns
// when that is closed. It is for a person who started it from a menu and
// has no terminal to read.
func Refuse(app fyne.App, words *i18n.Localizer, title, text string) {
	app.Settings().SetTheme(kit.NewTheme(kit.FollowSystem, kit.TextNormal, words.Keep))
	win := app.NewWindow(words.T("app.name"))
	k := &kit.Keys{}
	ok := kit.NewButton(k, kit.Primary, words.T("button.ok"), win.Close)
	k.OnEnter, k.OnEscape = ok.Press, ok.Press
	bg := kit.NewPanel(kit.ColorWindow, "")
	bg.Radius = ""
	win.SetPadded(false)
	win.SetFixedSize(true)
	win.SetContent(kit.Padded(24, 22, kit.FixedWidth(kit.Column(kit.Gap, kit.Text(title, kit.Heading), kit.Text(text, kit.Body), kit.Flow(ok)), 420), bg))
	win.CenterOnScreen()
	win.Canvas().Focus(ok)
	win.ShowAndRun()
}
