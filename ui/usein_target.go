package ui

import (
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/internal/rotate"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// What is chosen on the screen "Use it in…", its text, and the file it goes to.

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

// copyButton is a button that says when it has copied.
func (u *useIn) copyButton(a *App, label string, press func()) *kit.Button {
	b := kit.NewButton(a.Keys, kit.Primary, label, press)
	if u.copied {
		b.SetLabel("✓", a.Words.T("button.copied"))
	}
	return b
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
