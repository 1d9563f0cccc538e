package ui

import (
	"context"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// newVaultFileOffer offers an encrypted file in place of a keychain that fails, or
// unlocks that file. It is nil if neither helps with the error.
func newVaultFileOffer(a *App, err error, then func()) *kit.Button {
	if a.env.VaultFile == "" {
		return nil
	}
	t := a.Words.T
	switch kind := vault.KindOf(err); {
	case a.env.InFile && kind == vault.Locked:
		return kit.NewButton(a.Keys, kit.Primary, t("vault_file.unlock"), func() { askPassphrase(a, then) })
	case !a.env.InFile && (kind == vault.Missing || kind == vault.TooBig): // trying again won't help
		return kit.NewButton(a.Keys, kit.Primary, t("vault_file.offer"), func() { askPassphrase(a, then) })
	case !a.env.InFile && kind == vault.Unavailable:
		return kit.NewButton(a.Keys, kit.Secondary, t("vault_file.offer"), func() { askPassphrase(a, then) })
	}
	return nil
}

// leastPassphrase is how long a new passphrase must be: a person who has
// copied the file can try passphrases without limit.
const leastPassphrase = 12

// newPassphraseFault says what is wrong with a new passphrase, "" for nothing.
func newPassphraseFault(words *i18n.Localizer, pass, again string) string {
	switch {
	case len([]rune(pass)) < leastPassphrase:
		return words.T("vault_file.too_short")
	case pass != again:
		return words.T("vault_file.differ")
	}
	return ""
}

// passphraseQuestion asks for the passphrase of the vault file or, where there is
// no file yet, for a new one.
type passphraseQuestion struct {
	a    *App
	env  *Environment
	then func()
	// again repeats a new passphrase; nil when the file is there.
	first, again *kit.Entry
	said         kit.Note
	ok           *kit.Button
	pop          *widget.PopUp
	// stop cancels the opening of the file; nil when it isn't being opened.
	stop context.CancelFunc
}

// askPassphrase opens the vault file, or makes one, and then goes on.
func askPassphrase(a *App, then func()) {
	t, k := a.Words.T, a.NewKeys()
	q := &passphraseQuestion{a: a, env: a.env, then: then, said: kit.NewNote()}
	field := func(label string) (*kit.Entry, fyne.CanvasObject) {
		e := kit.NewSecretEntry(k, t("button.show"), t("button.hide"), "", t(label), nil)
		return e, kit.Field(t(label), e)
	}
	title, text, action := t("vault_file.unlock_title"), t("vault_file.unlock_text"), t("vault_file.unlock_do")
	_, none := os.Stat(a.env.VaultFile)
	create := os.IsNotExist(none)
	if create {
		title, text, action = t("vault_file.title"), t("vault_file.text"), t("vault_file.use")
	}
	blocks := []fyne.CanvasObject{kit.Text(title, kit.Heading), kit.Text(text, kit.Body)}
	var object fyne.CanvasObject
	q.first, object = field("vault_file.passphrase")
	blocks = append(blocks, object)
	if create {
		q.again, object = field("vault_file.again")
		blocks = append(blocks, object)
	}
	q.ok = kit.NewButton(k, kit.Primary, action, q.open)
	actions := []fyne.CanvasObject{kit.NewButton(k, kit.Secondary, t("button.cancel"), q.hide), q.ok}
	if !create {
		actions = append(actions, kit.NewButton(k, kit.Plain, t("vault_file.forgot"), func() {
			q.hide()
			forgetPassphrase(a, then)
		}))
	}
	k.OnEnter, k.OnEscape = q.ok.Press, q.hide
	blocks = append(blocks, q.said, kit.Flow(actions...))
	q.pop = a.PutOver(k, title+"\n"+text, kit.Column(kit.Gap, blocks...), 440, q.first)
}

func (q *passphraseQuestion) hide() {
	if q.stop != nil {
		q.stop() // no file after Cancel
	}
	q.first.SetText("") // also empties what Undo could bring back
	if q.again != nil {
		q.again.SetText("")
	}
	q.pop.Hide()
}

func (q *passphraseQuestion) fault(text string) {
	q.said.Say(kit.Error, text)
	q.pop.Refresh()
	q.a.Win.Canvas().Focus(q.first)
}

func (q *passphraseQuestion) open() {
	if q.stop != nil {
		return
	}
	a, t, e := q.a, q.a.Words.T, q.env
	if q.again != nil {
		if text := newPassphraseFault(a.Words, q.first.Text, q.again.Text); text != "" {
			q.fault(text)
			return
		}
	}
	pass := lwa.NewSecret(q.first.Text)
	if pass.IsEmpty() {
		q.fault(t("vault." + string(vault.WrongPassphrase) + ".title"))
		return
	}
	q.ok.Disable()
	q.said.Say(kit.Info, t("vault_file.moment"))
	q.pop.Refresh()
	var file *vault.File
	var err error
	q.stop = a.Background(func(ctx context.Context) {
		file, err = vault.OpenFile(ctx, e.VaultFile, pass)
	}, func() {
		if !q.pop.Visible() {
			return
		}
		q.stop = nil
		q.ok.Enable()
		q.said.Say(kit.Info, "")
		if err != nil {
			q.fault(t("vault." + string(vault.KindOf(err)) + ".title"))
			return
		}
		e.useFile(file)
		q.hide()
		q.then()
	})
}

// forgetPassphrase sets the file aside after asking; from then on the keychain
// is tried again.
func forgetPassphrase(a *App, then func()) {
	t, w := a.Words.T, a.env
	a.Offer(t("vault_file.forgot_title"), t("vault_file.forgot_text"), t("button.cancel"), shell.Choice{Label: t("vault_file.forgot_do"), Do: func() {
		aside, err := vault.SetFileAside(w.VaultFile, a.Now())
		if err != nil {
			a.Log.Error("setting the encrypted file aside", "err", err)
			a.Alert(t("vault_file_error.refused.title"), t("vault_file_error.refused.todo"))
			return
		}
		w.leaveFile()
		then()
		if aside != "" {
			a.Alert(t("vault_file.aside_title"), t("vault_file.aside_text", "Path", aside))
		}
	}})
}
