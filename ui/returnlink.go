package ui

import (
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// OpenArgument opens what the program was started with: a link of the return
// page, or the path of a setup file. It belongs to the window's goroutine.
func (a *App) OpenArgument(arg string) {
	if walk.IsReturnLink(arg) {
		takeReturn(a, arg, false)
		return
	}
	a.OpenSetup(arg)
}

// takeReturn takes the code of a link of the return page if the walk waits for
// it, and otherwise says why not. Any web page can send such links, so their
// messages replace each other and close nothing else.
func takeReturn(a *App, link string, confirmed bool) {
	var w *walk.Walk
	if a.walking != nil {
		w = a.walking.walk
	}
	t := a.Words.T
	got := w.TakeReturn(link, confirmed)
	a.hideReturnNote()
	a.hideReturnNote = func() {}
	switch got {
	case walk.ReturnTaken:
		a.ClearOverlays()
		a.walking.offer = ""
		a.walking.taken(a)
	case walk.ReturnAgain:
		// The window has come to the front, and there is nothing to say.
	case walk.ReturnAsk:
		a.hideReturnNote = a.Offer(t("return_link.ask_title"), t("return_link.ask_text"), t("button.cancel"), shell.Choice{
			Label: t("return_link.ask_use"),
			Do:    func() { takeReturn(a, link, true) },
		})
	case walk.ReturnNotExpected:
		a.hideReturnNote = a.Alert(t("return_link.not_expected_title"), t("return_link.not_expected_text", "Step", t("step.paste")))
	case walk.ReturnOther:
		a.hideReturnNote = a.Alert(t("return_link.other_title"), t("return_link.other_text"))
	default:
		a.hideReturnNote = a.Alert(t("return_link.unknown_title"), t("return_link.unknown_text"))
	}
}

// setLinks sets whether browsers open this program by the return page's links.
func setLinks(a *App, on bool) {
	t := a.Words.T
	switch err := a.deps.Links.SetOpen(on); {
	case err != nil:
		a.Log.Error("the links of return pages", "err", err)
		a.Alert(t("return_link.failed_title"), t("return_link.failed_text"))
	case on:
		a.Alert(t("return_link.on_title"), t("return_link.on_text", "Menu", t("menu.links")))
	default:
		a.Alert(t("return_link.off_title"), t("return_link.off_text"))
	}
}
