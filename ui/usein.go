package ui

import (
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// useIn hands an account's credentials to the program that will use them: as
// text for the clipboard or, after a plain warning, as a file.
type useIn struct {
	h    *session
	back func()
	at   int
	path string
	// name is what the tool keeps the account under, where it can keep several.
	name   string
	copied bool
	err    error
	wrote  string
	merged bool
}

// showUseIn opens the screen for an account.
func (h *session) showUseIn() {
	u := &useIn{h: h, back: h.a.WayBack(), name: accountName(h.env.Store.List(), h.account)}
	u.choose(0)
	h.a.show(u.screen)
}

// accountName is the account's name for a tool: what it is called here, unless
// another account would have the same name there.
func accountName(all []account.Account, acc account.Account) string {
	titles := func(acc account.Account) []string {
		return []string{acc.Name, account.SuggestName(acc.Marketplace, acc.SellerID), "account_" + acc.ID}
	}
	list := [][]string{titles(acc)}
	for _, other := range all {
		if other.ID != acc.ID {
			list = append(list, titles(other))
		}
	}
	return export.AccountNames(list)[0]
}

// choose takes a target, with the place where its program looks for the file.
func (u *useIn) choose(i int) {
	u.at, u.copied, u.err, u.wrote, u.path, u.merged = i, false, nil, "", "", false
	t := u.target()
	if t.File == "" {
		return
	}
	if home, err := export.ThisHome(); err == nil {
		u.path = t.Path(home)
	}
	if u.path == "" {
		u.path = filepath.Join(downloads(), t.File)
	}
}

func (u *useIn) target() export.Target { return export.Targets()[u.at] }

// values is what an account gives to an export.
func (u *useIn) values() export.Values {
	acc := u.h.account
	name := ""
	if u.target().Named {
		name = strings.TrimSpace(u.name)
	}
	return export.Values{
		AccountName: name,
		ClientID:    u.h.cred.ClientID, ClientSecret: u.h.cred.ClientSecret, RefreshToken: u.h.token.Refresh,
		SellerID: acc.SellerID, Marketplace: acc.Marketplace, Region: acc.Region(),
	}
}

func (u *useIn) screen(a *App) shell.Screen {
	t := a.Words.T
	targets := export.Targets()
	names := make([]string, len(targets))
	for i, target := range targets {
		names[i] = target.Name
	}
	pick := kit.NewSelect(a.Keys, names, u.at, func(i int) {
		u.choose(i)
		a.Redraw()
	})
	target := u.target()
	main := kit.NewButton(a.Keys, kit.Primary, t("export.to_clipboard"), func() { u.copy(a) })
	if u.copied {
		main.SetLabel("✓", t("button.copied"))
	}
	blocks := []fyne.CanvasObject{
		kit.Column(0, kit.Text(u.h.account.Title(), kit.Small), kit.Headed(t("export.title"), t("export.lead"))),
		kit.Field(t("export.choose"), pick, kit.Text(t("export."+target.ID+".note"), kit.Small)),
	}
	// What is shown follows the name as it is typed.
	look, wrongName := kit.Text("", kit.Value), kit.NewNote()
	show := func() error {
		preview, err := target.Preview(u.values())
		look.SetText(strings.TrimRight(preview, "\n"))
		wrongName.Say(kit.Error, "")
		var e *export.Error
		if errors.As(err, &e) && e.Value == export.ValueAccountName {
			wrongName.Say(kit.Error, t("export_error."+string(e.Kind)+".todo"))
			return nil
		}
		return err
	}
	if target.Named {
		name := kit.NewEntry(a.Keys, u.name, "", func(text string) {
			u.name, u.copied, u.wrote = text, false, ""
			_ = show() // only the name has changed
			main.SetLabel("", t("export.to_clipboard"))
			a.RefreshFrame()
		})
		blocks = append(blocks, kit.Field(t("export_value.account_name"), name, wrongName, kit.Text(t("export.account_name_note"), kit.Small)))
	}
	err := show()
	if u.err != nil {
		err = u.err
	}
	if err != nil {
		blocks = append(blocks, a.exportCard(err, func() { u.overwrite(a) }))
	}
	if u.wrote != "" {
		said := "export.saved"
		if u.merged {
			said = "export.merged"
		}
		blocks = append(blocks, kit.Banner(kit.Success, t(said, "Path", u.wrote)))
	}
	if look.Text != "" {
		blocks = append(blocks, kit.Card(kit.Text(t("export.preview"), kit.Label), look))
	}
	if target.File != "" {
		path := kit.NewEntry(a.Keys, u.path, "", func(text string) { u.path = text })
		blocks = append(blocks, kit.Card(
			kit.Text(t("export.to_file"), kit.Heading),
			kit.Text(t("export.warn.text"), kit.Small),
			path,
			kit.Flow(kit.NewButton(a.Keys, kit.Secondary, t("export.warn.save"), func() { u.write(a) }))))
	}
	return shell.Screen{
		About: u, Title: t("export.title"), Focus: main, OnEnter: main.Press, OnEscape: u.back,
		Body: a.NewWideFrame(false, a.practiceBanner(), kit.Column(kit.Gap, blocks...),
			a.NewFoot(kit.NewButton(a.Keys, kit.Secondary, t("button.back"), u.back), main)),
	}
}

func (u *useIn) copy(a *App) {
	text, err := u.target().Render(u.values())
	u.err, u.wrote = err, ""
	if err == nil {
		a.Copy(text.Reveal(), true)
		u.copied = true
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
	a.Ask(t("export.warn.title"), text, t("export.warn.save"), func() { u.put(a, false) })
}

// overwrite is offered when a file is there that cannot be added to.
func (u *useIn) overwrite(a *App) {
	t := a.Words.T
	a.Ask(t("export.there.title"), t("export.there.replace_text"), t("export.there.replace"), func() { u.put(a, true) })
}

func (u *useIn) put(a *App, overwrite bool) {
	target := u.target()
	u.wrote, u.err = "", nil
	if target.Merges && !overwrite {
		_, none := export.ReadFile(u.path)
		u.merged = none == nil
		u.err = a.deps.Exports.Merge(target, u.path, u.values())
	} else {
		u.merged = false
		text, err := target.Render(u.values())
		if err == nil {
			err = a.deps.Exports.Write(u.path, []byte(text.Reveal()), overwrite)
		}
		u.err = err
	}
	if u.err == nil {
		u.wrote = u.path
	}
	a.Redraw()
}

// exportCard says why there is no export, or why the file was not written.
func (a *App) exportCard(err error, overwrite func()) fyne.CanvasObject {
	t := a.Words.T
	var e *export.Error
	if !errors.As(err, &e) {
		e = &export.Error{Kind: export.KindFailed}
	}
	value := ""
	if e.Value != "" {
		value = t("value." + string(e.Value))
		if e.Value == export.ValueMarketplace || e.Value == export.ValueAccountName {
			value = t("export_value." + string(e.Value))
		}
	}
	var actions []fyne.CanvasObject
	if e.Kind == export.KindExists || e.Kind == export.KindCannotMerge {
		actions = append(actions, kit.NewButton(a.Keys, kit.Secondary, t("export.there.replace"), overwrite))
	}
	where := ""
	if e.Line > 0 {
		where = t("setup_file.line", "Line", a.Words.Number(e.Line))
	}
	id := "export_error." + string(e.Kind)
	return newErrorCard(t(id+".title", "Value", value), t(id+".todo", "Value", value), where, actions...)
}
