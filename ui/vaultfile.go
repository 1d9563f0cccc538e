package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/sellerkey/sellerkey/account"
	"github.com/sellerkey/sellerkey/lwa"
)

// vaultFileOffer is the button that goes with a keychain that is not there: an
// encrypted file in its place, never without having been asked for. It is nil
// where that is no answer to the error.
func (a *App) vaultFileOffer(err error, then func()) fyne.CanvasObject {
	w := a.world
	if w.VaultFile == "" || w.Slot == nil {
		return nil
	}
	t := a.words.T
	switch kind := account.KindOfVault(err); {
	case a.settings.VaultFile && kind == account.VaultLocked:
		return newButton(a.keys, primary, t("vault_file.unlock"), func() { a.askPassphrase(false, then) })
	case !a.settings.VaultFile && (kind == account.VaultMissing || kind == account.VaultUnavailable):
		return newButton(a.keys, secondary, t("vault_file.offer"), func() { a.askPassphrase(true, then) })
	}
	return nil
}

// leastPassphrase is how long a new passphrase must be: whoever copies the file
// can try as many as he likes.
const leastPassphrase = 12

// askPassphrase opens the vault file, or makes one, and then goes on.
func (a *App) askPassphrase(create bool, then func()) {
	t := a.words.T
	k := &keys{}
	var pop *widget.PopUp
	var again *entry
	said := newNote()
	first := newSecretEntry(k, "", t("vault_file.passphrase"), nil)
	title, text := t("vault_file.unlock_title"), t("vault_file.unlock_text")
	fields := []fyne.CanvasObject{newField(t("vault_file.passphrase"), first)}
	if create {
		title, text = t("vault_file.title"), t("vault_file.text")
		again = newSecretEntry(k, "", t("vault_file.again"), nil)
		fields = append(fields, newField(t("vault_file.again"), again))
	}
	hide := func() {
		first.SetText("") // also empties what Undo could bring back
		if again != nil {
			again.SetText("")
		}
		pop.Hide()
	}
	busy := false
	var ok *button
	ok = newButton(k, primary, t("vault_file.use"), func() {
		pass := lwa.NewSecret(first.Text)
		switch {
		case busy:
			return
		case create && len([]rune(first.Text)) < leastPassphrase:
			said.Say(wrong, t("vault_file.too_short"))
			pop.Refresh()
			return
		case create && again.Text != first.Text:
			said.Say(wrong, t("vault_file.differ"))
			pop.Refresh()
			return
		}
		busy = true
		ok.Disable()
		w := a.world
		var vault *account.FileVault
		var err error
		a.background(func(ctx context.Context) {
			vault, err = account.OpenFileVault(ctx, w.VaultFile, pass)
		}, func() {
			busy = false
			ok.Enable()
			if err != nil {
				var v *account.VaultError
				id := account.VaultUnavailable
				if errors.As(err, &v) {
					id = v.Kind
				}
				said.Say(wrong, t("vault."+string(id)+".title"))
				pop.Refresh()
				return
			}
			w.Slot.Use(vault)
			a.settings.VaultFile = true
			a.remember()
			hide()
			then()
		})
	})
	cancel := newButton(k, secondary, t("button.cancel"), hide)
	k.enter, k.escape = ok.Press, hide
	content := newColumn(gap, append(append([]fyne.CanvasObject{newText(title, styleHead()), newText(text, styleBody())}, fields...),
		said, newFlow(cancel, ok))...)
	pop = widget.NewModalPopUp(newPadded(24, 22, newWide(content, 440), newPanel(colorCard, colorLine)), a.win.Canvas())
	pop.Show()
	a.win.Canvas().Focus(first)
}
