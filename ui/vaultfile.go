package ui

import (
	"context"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// keeperName is what a text calls the place where the secrets are, in place of
// the keychain's name.
func (a *App) keeperName() string {
	if a.env.InFile {
		return a.Words.T("vault_file.name")
	}
	return a.Words.Keychain()
}

// vaultFileOffer is the button that goes with a keychain that is not there: an
// encrypted file in its place, never without having been asked for. It is nil
// where that is no answer to the error.
func (a *App) vaultFileOffer(err error, then func()) *kit.Button {
	if a.env.VaultFile == "" {
		return nil
	}
	t := a.Words.T
	switch kind := vault.KindOf(err); {
	case a.env.InFile && kind == vault.Locked:
		return kit.NewButton(a.Keys, kit.Primary, t("vault_file.unlock"), func() { a.askPassphrase(then) })
	case !a.env.InFile && (kind == vault.Missing || kind == vault.Unavailable || kind == vault.TooBig):
		return kit.NewButton(a.Keys, kit.Secondary, t("vault_file.offer"), func() { a.askPassphrase(then) })
	}
	return nil
}

// leastPassphrase is how long a new passphrase must be: a person who has
// copied the file can try passphrases without limit.
const leastPassphrase = 12

// newPassphraseFault says what is wrong with a new passphrase, "" for nothing.
func (a *App) newPassphraseFault(pass, again string) string {
	switch {
	case len([]rune(pass)) < leastPassphrase:
		return a.Words.T("vault_file.too_short")
	case pass != again:
		return a.Words.T("vault_file.differ")
	}
	return ""
}

// askPassphrase opens the vault file, or makes one, and then goes on.
func (a *App) askPassphrase(then func()) {
	t, w := a.Words.T, a.env
	_, none := os.Stat(w.VaultFile)
	create := os.IsNotExist(none)
	k := a.NewKeys()
	var pop *widget.PopUp
	var again *kit.Entry
	said := kit.NewNote()
	first := kit.NewSecretEntry(k, t("button.show"), t("button.hide"), "", t("vault_file.passphrase"), nil)
	title, text, action := t("vault_file.unlock_title"), t("vault_file.unlock_text"), t("vault_file.unlock_do")
	fields := []fyne.CanvasObject{kit.Field(t("vault_file.passphrase"), first)}
	if create {
		title, text, action = t("vault_file.title"), t("vault_file.text"), t("vault_file.use")
		again = kit.NewSecretEntry(k, t("button.show"), t("button.hide"), "", t("vault_file.again"), nil)
		fields = append(fields, kit.Field(t("vault_file.again"), again))
	}
	var stop context.CancelFunc
	hide := func() {
		if stop != nil {
			stop() // no file after Cancel
		}
		first.SetText("") // also empties what Undo could bring back
		if again != nil {
			again.SetText("")
		}
		pop.Hide()
	}
	fault := func(text string) {
		said.Say(kit.Error, text)
		pop.Refresh()
		a.Win.Canvas().Focus(first)
	}
	var ok *kit.Button
	ok = kit.NewButton(k, kit.Primary, action, func() {
		if stop != nil {
			return
		}
		if create {
			if text := a.newPassphraseFault(first.Text, again.Text); text != "" {
				fault(text)
				return
			}
		}
		pass := lwa.NewSecret(first.Text)
		if pass.IsEmpty() {
			fault(t("vault." + string(vault.WrongPassphrase) + ".title"))
			return
		}
		ok.Disable()
		said.Say(kit.Info, t("vault_file.moment"))
		pop.Refresh()
		var file *vault.File
		var err error
		stop = a.Background(func(ctx context.Context) {
			file, err = vault.OpenFile(ctx, w.VaultFile, pass)
		}, func() {
			if !pop.Visible() {
				return
			}
			stop = nil
			ok.Enable()
			said.Say(kit.Info, "")
			if err != nil {
				fault(t("vault." + string(vault.KindOf(err)) + ".title"))
				return
			}
			w.file = file
			w.Store.SetVault(file)
			w.InFile = true
			hide()
			then()
		})
	})
	cancel := kit.NewButton(k, kit.Secondary, t("button.cancel"), hide)
	actions := []fyne.CanvasObject{cancel, ok}
	if !create {
		actions = append(actions, kit.NewButton(k, kit.Plain, t("vault_file.forgot"), func() {
			hide()
			a.forgetPassphrase(then)
		}))
	}
	k.OnEnter, k.OnEscape = ok.Press, hide
	content := kit.Column(kit.Gap, append(append([]fyne.CanvasObject{kit.Text(title, kit.Heading), kit.Text(text, kit.Body)}, fields...),
		said, kit.Flow(actions...))...)
	pop = a.PutOver(k, title+"\n"+text, content, 440, first)
}

// forgetPassphrase sets the file aside after asking; from then on the keychain
// is tried again.
func (a *App) forgetPassphrase(then func()) {
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

// leaveFile goes back to the keychain.
func (e *Environment) leaveFile() {
	e.file = nil
	e.Store.SetVault(e.Keychain)
	e.InFile = false
}

// vaultFile is about the encrypted file: another passphrase, and the way to a
// keychain that has appeared.
type vaultFile struct {
	env                  *Environment
	back                 func()
	present, next, again string
	fault                string
	changed              bool
	stop                 context.CancelFunc
	doing                string
	err                  error
	// moving: err is the keychain's, not the file's.
	moving bool
}

func (a *App) showVaultFile() {
	v := &vaultFile{env: a.env, back: a.WayBack()}
	a.show(v.screen)
}

func (v *vaultFile) leave() {
	if v.stop != nil {
		v.stop()
		return // what becomes of it is seen here
	}
	v.back()
}

func (v *vaultFile) screen(a *App) shell.Screen {
	t := a.Words.T
	s := shell.Screen{About: v, Title: t("menu.vault_file"), OnEscape: v.leave}
	blocks := []fyne.CanvasObject{kit.Headed(t("menu.vault_file"), t("vault_file.where", "Path", v.env.VaultFile))}
	if v.changed {
		blocks = append(blocks, kit.Banner(kit.Success, t("vault_file.changed")))
	}
	if v.err != nil {
		blocks = append(blocks, a.keeperCard(v.err, !v.moving))
	}
	switch {
	case v.stop != nil:
		stop := kit.NewButton(a.Keys, kit.Secondary, t("button.cancel"), v.stop)
		s.Focus = stop
		blocks = append(blocks, kit.Text(t(v.doing), kit.Body), a.Busy(), kit.Flow(stop))
	case v.env.file == nil:
		unlock := kit.NewButton(a.Keys, kit.Primary, t("vault_file.unlock"), func() { a.askPassphrase(func() { v.refresh(a) }) })
		s.Focus = unlock
		blocks = append(blocks, kit.Text(t("vault_file.open_text"), kit.Body), kit.Flow(unlock))
	default:
		card, first, change := v.passphrase(a)
		s.Focus, s.OnEnter = first, change.Press
		blocks = append(blocks, card, kit.Card(
			kit.Text(t("vault_file.move"), kit.Heading),
			kit.Text(t("vault_file.move_text"), kit.Small),
			kit.Flow(kit.NewButton(a.Keys, kit.Secondary, t("vault_file.move"), func() { v.move(a) }))))
	}
	s.Help = func() (string, []fyne.CanvasObject) { return helpKeeper(a) }
	s.Body = a.NewWideFrame(a.practiceBanner(), kit.Column(kit.Gap, blocks...),
		a.NewFoot(kit.NewButton(a.Keys, kit.Secondary, t("button.back"), v.leave), nil))
	return s
}

// passphrase is the card that changes it, its first field and its button.
func (v *vaultFile) passphrase(a *App) (card fyne.CanvasObject, first *kit.Entry, change *kit.Button) {
	t := a.Words.T
	present := kit.NewSecretEntry(a.Keys, t("button.show"), t("button.hide"), v.present, "", func(text string) { v.present = text })
	next := kit.NewSecretEntry(a.Keys, t("button.show"), t("button.hide"), v.next, "", func(text string) { v.next = text })
	again := kit.NewSecretEntry(a.Keys, t("button.show"), t("button.hide"), v.again, "", func(text string) { v.again = text })
	said := kit.NewNote()
	said.Say(kit.Error, v.fault)
	change = kit.NewButton(a.Keys, kit.Primary, t("vault_file.change"), func() { v.changePassphrase(a) })
	return kit.Card(
		kit.Text(t("vault_file.change"), kit.Heading),
		kit.Text(t("vault_file.change_text"), kit.Small),
		kit.Field(t("vault_file.present"), present),
		kit.Field(t("vault_file.next"), next),
		kit.Field(t("vault_file.again"), again, said),
		kit.Flow(change)), present, change
}

func (v *vaultFile) changePassphrase(a *App) {
	v.changed, v.err, v.moving = false, nil, false
	if v.fault = a.newPassphraseFault(v.next, v.again); v.fault != "" {
		a.Redraw()
		return
	}
	present, next, file := lwa.NewSecret(v.present), lwa.NewSecret(v.next), v.env.file
	v.run(a, "vault_file.changing", func(ctx context.Context) error {
		return file.ChangePassphrase(ctx, present, next)
	}, func() {
		v.changed = true
		v.present, v.next, v.again = "", "", ""
		v.refresh(a)
	})
}

// move brings all secrets into the keychain, or none. The file goes last.
func (v *vaultFile) move(a *App) {
	w := v.env
	file := w.file
	v.changed, v.fault, v.moving = false, "", true
	v.run(a, "vault_file.moving", func(ctx context.Context) error {
		if err := vault.Probe(ctx, w.Keychain); err != nil {
			return err
		}
		return w.Store.MoveSecrets(ctx, file, w.Keychain)
	}, func() {
		w.leaveFile()
		t := a.Words.T
		text := t("vault_file.moved_text")
		if err := vault.RemoveFile(w.VaultFile); err != nil {
			a.Log.Error("deleting the encrypted file", "err", err)
			text = t("vault_file.moved_stays", "Path", w.VaultFile)
		}
		if a.Shows(v) {
			a.showHome()
		}
		a.Alert(t("vault_file.moved_title"), text)
	})
}

// run does something with the file, in the background.
func (v *vaultFile) run(a *App, doing string, work func(context.Context) error, done func()) {
	v.doing, v.err = doing, nil
	var err error
	v.stop = a.Background(func(ctx context.Context) { err = work(ctx) }, func() {
		v.stop, v.err = nil, err
		if err != nil {
			v.refresh(a)
			return
		}
		done()
	})
	a.Redraw()
}

// refresh draws the screen again if it shows.
func (v *vaultFile) refresh(a *App) {
	if a.Shows(v) {
		a.Redraw()
	}
}
