package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// vaultFile changes the passphrase of the encrypted file, or moves the secrets into a
// keychain.
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
		return // this screen shows how it ends
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
		blocks = append(blocks, newKeeperCard(a, v.err, !v.moving))
	}
	switch {
	case v.stop != nil:
		stop := kit.NewButton(a.Keys, kit.Secondary, t("button.cancel"), v.stop)
		s.Focus = stop
		blocks = append(blocks, kit.Text(t(v.doing), kit.Body), a.Busy(), kit.Flow(stop))
	case v.env.file == nil:
		unlock := kit.NewButton(a.Keys, kit.Primary, t("vault_file.unlock"), func() { askPassphrase(a, func() { v.refresh(a) }) })
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
	if v.fault = newPassphraseFault(a.Words, v.next, v.again); v.fault != "" {
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
