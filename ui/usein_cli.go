package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// forAssistant adds Amazon's MCP server to the configuration of an AI assistant.
// The file gets no secret: sellerkey-cli hands the credentials to the server.
func (u *useIn) forAssistant(a *App) (main *kit.Button, blocks []fyne.CanvasObject) {
	t := a.Words.T
	label := t("export.assistant.add", "Name", u.assistant().Name)
	main = kit.NewButton(a.Keys, kit.Primary, label, func() { u.configure(a) })
	field, refusal, shown := u.blocks(a, preview{
		heading: t("export.assistant.entry"), button: main, label: label, note: t("export.entry_name_note"),
		text: func() (string, error) {
			entry, err := u.entry(a)
			if err != nil {
				return "", err
			}
			text, err := u.assistant().Merge(nil, entry)
			return string(text), err
		},
	})
	blocks = []fyne.CanvasObject{field, refusal}
	if u.wrote != "" {
		blocks = append(blocks, kit.Banner(kit.Success, t("export.assistant.added", "Path", u.wrote, "Name", u.assistant().Name), a.FileButtons(u.wrote)...))
	}
	_, path := a.files.pathField(u.path, t("export.assistant.file"), func(text string) { u.path = text })
	return main, append(blocks, shown, kit.Field(t("export.assistant.file"), path))
}

// entry is the assistant's entry for the account.
func (u *useIn) entry(a *App) (export.Server, error) {
	return export.AmazonServer(a.deps.CLI, u.h.account.ID, strings.TrimSpace(u.name))
}

// configure adds the entry after a question.
func (u *useIn) configure(a *App) {
	t := a.Words.T
	entry, err := u.entry(a)
	if err != nil {
		return // it is said below the name
	}
	text := t("export.assistant.ask_text", "Path", u.path)
	if before, err := export.ReadFile(u.path); err == nil && u.assistant().Replaces(before, entry) {
		text += "\n\n" + t("export.there.own_text")
	}
	label := t("export.assistant.add", "Name", u.assistant().Name)
	a.Offer(label, text, t("button.cancel"), shell.Choice{Label: label, Do: func() {
		u.wrote = ""
		if u.err = a.deps.Exports.Configure(u.assistant(), u.path, entry); u.err == nil {
			u.wrote = u.path
		}
		a.Redraw()
	}})
}

// forServer shows the command that hands the account to a server. It holds no secret.
func (u *useIn) forServer(a *App) (main *kit.Button, blocks []fyne.CanvasObject) {
	t := a.Words.T
	command := func() (string, error) {
		return u.target().HandOver(a.deps.CLI, u.h.account.ID, strings.TrimSpace(u.name))
	}
	main = u.copyButton(a, t("export.server.copy"), func() {
		text, err := command()
		if err != nil {
			return // it is said below the name
		}
		a.Copy(text, false)
		u.copied = true
		a.Redraw()
	})
	field, refusal, shown := u.blocks(a, preview{
		heading: t("export.server.command"), text: command, button: main, label: t("export.server.copy"), note: t("export.entry_name_note"),
	})
	return main, []fyne.CanvasObject{field, refusal, shown}
}
