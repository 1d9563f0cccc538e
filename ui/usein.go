package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// showUseIn opens the screen for an account.
func (h *session) showUseIn() {
	u := &useIn{h: h, back: h.a.WayBack(), name: accountName(h.env.Store.List(), h.account)}
	u.choose(program, 0)
	h.a.show(u.screen)
}

// accountName is the account's name for a tool. The only account is the tool's
// default, so that a program finds it without a name. Otherwise it is what the
// account is called here, unless another one would have the same name there.
func accountName(all []account.Account, acc account.Account) string {
	titles := func(acc account.Account) []string {
		return []string{acc.Name, account.SuggestName(acc.Marketplace, acc.SellerID), "account_" + acc.ID}
	}
	list := [][]string{titles(acc)}
	for _, other := range all {
		if other.ID != acc.ID && !other.ProviderApp {
			list = append(list, titles(other))
		}
	}
	if len(list) == 1 {
		return ""
	}
	return export.AccountNames(list)[0]
}

func (u *useIn) screen(a *App) shell.Screen {
	t := a.Words.T
	kinds := make([]string, len(readers()))
	for i, kind := range readers() {
		kinds[i] = t("export.for_" + string(kind))
	}
	kind := kit.NewSelect(a.Keys, kinds, slices.Index(readers(), u.kind), func(i int) {
		u.choose(readers()[i], 0)
		a.Redraw()
	})
	pick := kit.NewSelect(a.Keys, u.names(), u.at, func(i int) {
		u.choose(u.kind, i)
		a.Redraw()
	})
	var note []fyne.CanvasObject
	if u.kind == program {
		note = append(note, kit.Text(t("export."+u.target().ID+".note"), kit.Small))
	}
	blocks := []fyne.CanvasObject{
		kit.Column(0, kit.Text(u.h.account.Title(), kit.Small), kit.Headed(t("export.title"), t("export.lead_"+string(u.kind)))),
		kit.Pair(kit.Gap, 380, kit.Field(t("export.for"), kind), kit.Field(t("export.choose_"+string(u.kind)), pick, note...)),
	}
	var main *kit.Button
	var more []fyne.CanvasObject
	switch {
	case u.kind == program:
		main, more = u.forProgram(a)
	case !u.h.saved || a.practising():
		more = []fyne.CanvasObject{kit.Banner(kit.Info, t("export.only_saved"))}
	case u.kind == assistant && a.env.InFile:
		more = []fyne.CanvasObject{kit.Banner(kit.Info, t("export.assistant.in_file"))}
	case u.kind == assistant:
		main, more = u.forAssistant(a)
	default:
		main, more = u.forServer(a)
	}
	for _, block := range more {
		if block != nil {
			blocks = append(blocks, block)
		}
	}
	screen := shell.Screen{
		About: u, Title: t("export.title"), Focus: kind, OnEscape: u.back,
		Body: a.NewWideFrame(a.banner(u.h.account.Sandbox), kit.Column(kit.Gap, blocks...),
			a.NewFoot(kit.NewButton(a.Keys, kit.Secondary, t("button.back"), u.back), main)),
		Help: func() (string, []fyne.CanvasObject) { return helpTokens(a) },
	}
	if main != nil {
		screen.Focus, screen.OnEnter = main, main.Press
	}
	return screen
}

func (u *useIn) forProgram(a *App) (main *kit.Button, blocks []fyne.CanvasObject) {
	t := a.Words.T
	target := u.target()
	main = u.copyButton(a, t("export.to_clipboard"), func() { u.copy(a) })
	note := ""
	if target.Named {
		note = t("export.account_name_note")
	}
	field, refusal, shown := u.blocks(a, preview{
		heading: t("export.preview"), button: main, label: t("export.to_clipboard"), note: note,
		text: func() (string, error) { return target.Preview(u.values()) },
	})
	blocks = []fyne.CanvasObject{field, refusal}
	if u.wrote != "" {
		said := "export.saved"
		if u.merged {
			said = "export.merged"
		}
		blocks = append(blocks, kit.Banner(kit.Success, t(said, "Path", u.wrote), a.FileButtons(u.wrote)...))
		if u.byHand != "" {
			blocks = append(blocks, kit.Banner(kit.Warning, u.byHand))
		}
	}
	blocks = append(blocks, shown)
	if target.File != "" {
		_, path := a.files.pathField(u.path, t("export.to_file"), func(text string) { u.path = text })
		blocks = append(blocks, kit.Card(
			kit.Text(t("export.to_file"), kit.Heading),
			kit.Text(t("export.warn.text"), kit.Small),
			path,
			kit.Flow(kit.NewButton(a.Keys, kit.Secondary, t("export.warn.save"), func() { u.write(a) }))))
	}
	return main, blocks
}

func (u *useIn) copy(a *App) {
	text, err := u.target().Render(u.values())
	u.err, u.wrote = err, ""
	if err == nil {
		a.Copy(text.Reveal(), true)
		u.copied = true
		u.remember(a, "")
	}
	a.Redraw()
}

// write puts the text into a file after saying what that means.
func (u *useIn) write(a *App) {
	t := a.Words.T
	text := t("export.warn.text")
	if export.InRepository(u.path) {
		text = t("export.warn.repository")
	}
	if u.target().Replaces(u.path, u.values()) {
		text += "\n\n" + t("export.there.own_text")
	}
	if byHand := u.inFile(a); byHand != "" {
		text += "\n\n" + byHand
	}
	a.Offer(t("export.warn.title"), text, t("button.cancel"), shell.Choice{Label: t("export.warn.save"), Do: func() { u.put(a, false) }})
}
