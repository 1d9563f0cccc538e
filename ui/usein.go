package ui

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/internal/rotate"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// useIn hands an account's credentials to the program that will use them: as
// text for the clipboard or, after a plain warning, as a file. AI assistants and
// servers get them through sellerkey-cli.
type useIn struct {
	h    *session
	back func()
	kind reader
	at   int // in the list of that kind of reader
	path string
	// name is the tool's name for the account, if it can have several.
	name   string
	copied bool
	err    error
	wrote  string
	merged bool
	// byHand is what the written file still needs, see [useIn.inFile].
	byHand string
}

// reader is the kind of program that gets the credentials. Message ids end in it.
type reader string

const (
	program   reader = "program"
	assistant reader = "assistant"
	server    reader = "server"
)

func readers() []reader { return []reader{program, assistant, server} }

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

// choose takes a program, assistant or server, with the place of its file.
func (u *useIn) choose(kind reader, i int) {
	u.kind, u.at, u.copied, u.err, u.wrote, u.path, u.merged, u.byHand = kind, i, false, nil, "", "", false, ""
	home, err := export.ThisHome()
	switch {
	case kind == assistant:
		if err == nil {
			u.path = u.assistant().Path(home)
		}
	case kind == server || u.target().File == "":
	default:
		if err == nil {
			u.path = u.target().Path(home)
		}
		if u.path == "" {
			u.path = filepath.Join(downloads(), u.target().File)
		}
	}
}

// target is the chosen program or server.
func (u *useIn) target() export.Target {
	if u.kind == server {
		return export.ServerFormats()[u.at]
	}
	return export.Targets()[u.at]
}

func (u *useIn) assistant() export.Assistant { return export.Assistants()[u.at] }

// names are the choices of the kind.
func (u *useIn) names() []string {
	var names []string
	switch u.kind {
	case assistant:
		for _, a := range export.Assistants() {
			names = append(names, a.Name)
		}
	case server:
		for _, target := range export.ServerFormats() {
			names = append(names, target.Name)
		}
	default:
		for _, target := range export.Targets() {
			names = append(names, target.Name)
		}
	}
	return names
}

// values are the account's values for an export.
func (u *useIn) values() export.Values {
	acc := u.h.account
	name := ""
	if u.target().Named {
		name = strings.TrimSpace(u.name)
	}
	return export.Values{
		AccountName: name,
		ClientID:    u.h.cred.ClientID, ClientSecret: u.h.cred.ClientSecret, RefreshToken: u.h.token.Refresh,
		SellerID: acc.SellerID, Marketplace: acc.Marketplace, Region: acc.Region(), Sandbox: acc.Sandbox,
	}
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

// preview is a text that changes with the account's name as it is typed, and the field
// for that name, if there is one.
type preview struct {
	heading string
	text    func() (string, error)
	// button does something with the text; label is what it says.
	button *kit.Button
	label  string
	// note is what the name is for; "" for a text without a name.
	note string
}

// blocks are the field, the reason if there is no text, and the text; each may be nil.
func (u *useIn) blocks(a *App, p preview) (field, refusal, shown fyne.CanvasObject) {
	t := a.Words.T
	look, wrongName, byHand := kit.Text("", kit.Value), kit.NewNote(), kit.NewNote()
	show := func() error {
		text, err := p.text()
		byHand.Say(kit.Warning, "")
		if u.kind != assistant {
			if setting := u.target().SandboxByHand(nil, u.values()); setting != "" {
				byHand.Say(kit.Warning, t("sandbox.by_hand", "Setting", setting))
			}
		}
		look.SetText(strings.TrimRight(text, "\n"))
		wrongName.Say(kit.Error, "")
		var e *export.Error
		if errors.As(err, &e) && e.Value == export.ValueAccountName {
			look.SetText("")
			wrongName.Say(kit.Error, t("export_error."+string(e.Kind)+".todo"))
			return nil
		}
		return err
	}
	if p.note != "" {
		name := kit.NewEntry(a.Keys, u.name, "", func(text string) {
			u.name, u.copied, u.wrote = text, false, ""
			_ = show() // only the name has changed
			p.button.SetLabel("", p.label)
			a.RefreshFrame()
		})
		field = kit.Field(t("export_value.account_name"), name, wrongName, kit.Text(p.note, kit.Small))
	}
	err := show()
	if u.err != nil {
		err = u.err
	}
	if err != nil {
		overwrite := func() { u.overwrite(a) }
		if u.kind == assistant {
			overwrite = nil // the file has more than ours
		}
		refusal = newExportCard(a, err, overwrite)
	}
	if look.Text != "" {
		shown = kit.Card(kit.Text(p.heading, kit.Label), look, byHand)
	}
	return field, refusal, shown
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

// copyButton is a button that says when it has copied.
func (u *useIn) copyButton(a *App, label string, press func()) *kit.Button {
	b := kit.NewButton(a.Keys, kit.Primary, label, press)
	if u.copied {
		b.SetLabel("✓", a.Words.T("button.copied"))
	}
	return b
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

// inFile says what a person has to change because of the file that is there; "" for
// nothing, and for what is said beside the text.
func (u *useIn) inFile(a *App) string {
	before, err := export.ReadFile(u.path)
	if err != nil || !u.target().Merges {
		return ""
	}
	switch setting := u.target().SandboxByHand(before, u.values()); {
	case setting == u.target().SandboxByHand(nil, u.values()):
		return ""
	case setting != "" && u.values().Sandbox:
		return a.Words.T("sandbox.by_hand", "Setting", setting)
	case setting != "":
		return a.Words.T("sandbox.stays", "Setting", setting)
	}
	return ""
}

// overwrite is offered when a file is there that cannot be added to.
func (u *useIn) overwrite(a *App) {
	t := a.Words.T
	a.Ask(t("export.there.title"), t("export.there.replace_text"), t("export.there.replace"), func() { u.put(a, true) })
}

func (u *useIn) put(a *App, overwrite bool) {
	target := u.target()
	u.wrote, u.err, u.byHand = "", nil, ""
	if target.Merges && !overwrite {
		u.byHand = u.inFile(a)
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
		u.remember(a, u.path)
	}
	a.Redraw()
}

// remember notes where the client secret of a saved account was put, for the day
// when it's replaced. path is "" for the clipboard.
func (u *useIn) remember(a *App, path string) {
	if !u.h.saved {
		return
	}
	v := u.values()
	place := rotate.Place{Account: u.h.account.ID, Target: u.target().ID, Path: path, Name: v.AccountName}
	book := rotate.New(u.h.env.Store, a.Now)
	note := book.Remember
	if path == "" {
		note = book.Copied
	}
	if err := note(place, v.ClientSecret); err != nil {
		a.Log.Error("remembering where the client secret is", "err", err)
	}
}
