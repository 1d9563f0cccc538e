package ui

import (
	"context"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/lwa"
)

// inFile reports whether the secrets of the present world are in an encrypted
// file.
func (a *App) inFile() bool { return a.settings.VaultFile && a.world.VaultFile != "" }

// keeperName is what a text calls the place where the secrets are, in place of
// the keychain's name.
func (a *App) keeperName() string {
	if a.inFile() {
		return a.words.T("vault_file.name")
	}
	return a.words.Keychain()
}

// vaultFileOffer is the button that goes with a keychain that is not there: an
// encrypted file in its place, never without having been asked for. It is nil
// where that is no answer to the error.
func (a *App) vaultFileOffer(err error, then func()) *button {
	if a.world.VaultFile == "" {
		return nil
	}
	t := a.words.T
	switch kind := account.KindOfVault(err); {
	case a.inFile() && kind == account.VaultLocked:
		return newButton(a.keys, primary, t("vault_file.unlock"), func() { a.askPassphrase(then) })
	case !a.inFile() && (kind == account.VaultMissing || kind == account.VaultUnavailable):
		return newButton(a.keys, secondary, t("vault_file.offer"), func() { a.askPassphrase(then) })
	}
	return nil
}

// leastPassphrase is how long a new passphrase must be: whoever copies the file
// can try as many as he likes.
const leastPassphrase = 12

// newPassphraseFault says what is wrong with a new passphrase, "" for nothing.
func (a *App) newPassphraseFault(pass, again string) string {
	switch {
	case len([]rune(pass)) < leastPassphrase:
		return a.words.T("vault_file.too_short")
	case pass != again:
		return a.words.T("vault_file.differ")
	}
	return ""
}

// askPassphrase opens the vault file, or makes one, and then goes on.
func (a *App) askPassphrase(then func()) {
	t, w := a.words.T, a.world
	_, none := os.Stat(w.VaultFile)
	create := os.IsNotExist(none)
	k := &keys{clicks: a.clicks}
	var pop *widget.PopUp
	var again *entry
	said := newNote()
	first := newSecretEntry(k, t("button.show"), t("button.hide"), "", t("vault_file.passphrase"), nil)
	title, text := t("vault_file.unlock_title"), t("vault_file.unlock_text")
	fields := []fyne.CanvasObject{newField(t("vault_file.passphrase"), first)}
	if create {
		title, text = t("vault_file.title"), t("vault_file.text")
		again = newSecretEntry(k, t("button.show"), t("button.hide"), "", t("vault_file.again"), nil)
		fields = append(fields, newField(t("vault_file.again"), again))
	}
	var stop context.CancelFunc
	hide := func() {
		if stop != nil {
			stop() // whoever cancels gets no file
		}
		first.SetText("") // also empties what Undo could bring back
		if again != nil {
			again.SetText("")
		}
		pop.Hide()
	}
	fault := func(text string) {
		said.Say(wrong, text)
		pop.Refresh()
		a.win.Canvas().Focus(first)
	}
	var ok *button
	ok = newButton(k, primary, t("vault_file.use"), func() {
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
			fault(t("vault." + string(account.VaultWrongPassphrase) + ".title"))
			return
		}
		ok.Disable()
		said.Say(calm, t("vault_file.moment"))
		pop.Refresh()
		var vault *account.FileVault
		var err error
		stop = a.background(func(ctx context.Context) {
			vault, err = account.OpenFileVault(ctx, w.VaultFile, pass)
		}, func() {
			if !pop.Visible() {
				return
			}
			stop = nil
			ok.Enable()
			said.Say(calm, "")
			if err != nil {
				fault(t("vault." + string(account.KindOfVault(err)) + ".title"))
				return
			}
			w.file = vault
			w.Slot.Use(vault)
			a.settings.VaultFile = true
			a.remember()
			hide()
			then()
		})
	})
	cancel := newButton(k, secondary, t("button.cancel"), hide)
	actions := []fyne.CanvasObject{cancel, ok}
	if !create {
		actions = append(actions, newButton(k, plain, t("vault_file.forgot"), func() {
			hide()
			a.forgetPassphrase(then)
		}))
	}
	k.enter, k.escape = ok.Press, hide
	content := newColumn(gap, append(append([]fyne.CanvasObject{newText(title, styleHead()), newText(text, styleBody())}, fields...),
		said, newFlow(actions...))...)
	pop = widget.NewModalPopUp(newPadded(24, 22, newWide(content, 440), newPanel(colorCard, colorLine)), a.win.Canvas())
	pop.Show()
	a.putOver(&overlay{keys: k, says: title + "\n" + text})
	a.win.Canvas().Focus(first)
}

// forgetPassphrase sets the file aside after asking; from then on the keychain
// is tried again.
func (a *App) forgetPassphrase(then func()) {
	t, w := a.words.T, a.world
	a.ask(t("vault_file.forgot_title"), t("vault_file.forgot_text"), t("vault_file.forgot_do"), func() {
		aside, err := account.SetVaultFileAside(w.VaultFile, a.deps.Now())
		if err != nil {
			a.deps.Log.Error("setting the encrypted file aside", "err", err)
			a.alert(t("vault_file_error.refused.title"), t("vault_file_error.refused.todo"))
			return
		}
		a.leaveFile(w)
		then()
		if aside != "" {
			a.alert(t("vault_file.aside_title"), t("vault_file.aside_text", "Path", aside))
		}
	})
}

// leaveFile goes back to the keychain.
func (a *App) leaveFile(w *World) {
	w.file = nil
	w.Slot.Use(w.Keychain)
	a.settings.VaultFile = false
	a.remember()
}

// vaultFile is about the encrypted file: another passphrase, and the way to a
// keychain that has appeared.
type vaultFile struct {
	world                *World
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
	v := &vaultFile{world: a.world, back: a.wayBack()}
	a.show(v.screen)
}

func (v *vaultFile) leave() {
	if v.stop != nil {
		v.stop()
		return // what becomes of it is seen here
	}
	v.back()
}

func (v *vaultFile) screen(a *App) screen {
	t := a.words.T
	s := screen{about: v, title: t("menu.vault_file"), escape: v.leave}
	blocks := []fyne.CanvasObject{newHeading(t("menu.vault_file"), t("vault_file.where", "Path", v.world.VaultFile))}
	if v.changed {
		blocks = append(blocks, newBanner(good, t("vault_file.changed")))
	}
	if v.err != nil {
		blocks = append(blocks, a.keeperCard(v.err, !v.moving))
	}
	switch {
	case v.stop != nil:
		stop := newButton(a.keys, secondary, t("button.cancel"), v.stop)
		s.focus = stop
		blocks = append(blocks, newText(t(v.doing), styleBody()), a.newBusy(), newFlow(stop))
	case v.world.file == nil:
		unlock := newButton(a.keys, primary, t("vault_file.unlock"), func() { a.askPassphrase(func() { v.refresh(a) }) })
		s.focus = unlock
		blocks = append(blocks, newText(t("vault_file.open_text"), styleBody()), newFlow(unlock))
	default:
		card, first, change := v.passphrase(a)
		s.focus, s.enter = first, change.Press
		blocks = append(blocks, card, newCard(
			newText(t("vault_file.move"), styleHead()),
			newText(t("vault_file.move_text"), styleSmall()),
			newFlow(newButton(a.keys, secondary, t("vault_file.move"), func() { v.move(a) }))))
	}
	s.body = a.newFrame(a.newRail(), a.practiceBanner(), newColumn(gap, blocks...),
		a.newFoot(newButton(a.keys, secondary, t("button.back"), v.leave), nil))
	return s
}

// passphrase is the card that changes it, its first field and its button.
func (v *vaultFile) passphrase(a *App) (card fyne.CanvasObject, first *entry, change *button) {
	t := a.words.T
	present := newSecretEntry(a.keys, t("button.show"), t("button.hide"), v.present, "", func(text string) { v.present = text })
	next := newSecretEntry(a.keys, t("button.show"), t("button.hide"), v.next, "", func(text string) { v.next = text })
	again := newSecretEntry(a.keys, t("button.show"), t("button.hide"), v.again, "", func(text string) { v.again = text })
	said := newNote()
	said.Say(wrong, v.fault)
	change = newButton(a.keys, primary, t("vault_file.change"), func() { v.changePassphrase(a) })
	return newCard(
		newText(t("vault_file.change"), styleHead()),
		newText(t("vault_file.change_text"), styleSmall()),
		newField(t("vault_file.present"), present),
		newField(t("vault_file.next"), next),
		newField(t("vault_file.again"), again, said),
		newFlow(change)), present, change
}

func (v *vaultFile) changePassphrase(a *App) {
	v.changed, v.err, v.moving = false, nil, false
	if v.fault = a.newPassphraseFault(v.next, v.again); v.fault != "" {
		a.redraw()
		return
	}
	present, next, file := lwa.NewSecret(v.present), lwa.NewSecret(v.next), v.world.file
	v.run(a, "vault_file.changing", func(ctx context.Context) error {
		return file.ChangePassphrase(ctx, present, next)
	}, func() {
		v.changed = true
		v.present, v.next, v.again = "", "", ""
		v.refresh(a)
	})
}

// move brings all secrets into the keychain. The file goes last, when the
// settings say that it is not needed any more.
func (v *vaultFile) move(a *App) {
	w := v.world
	v.changed, v.fault, v.moving = false, "", true
	v.run(a, "vault_file.moving", func(ctx context.Context) error {
		if err := account.Probe(ctx, w.Keychain); err != nil {
			return err
		}
		return w.Slot.Move(ctx, w.Keychain, w.Store.Keys())
	}, func() {
		a.leaveFile(w)
		t := a.words.T
		text := t("vault_file.moved_text")
		if err := account.RemoveVaultFile(w.VaultFile); err != nil {
			a.deps.Log.Error("deleting the encrypted file", "err", err)
			text = t("vault_file.moved_stays", "Path", w.VaultFile)
		}
		if a.now.about == v {
			a.showHome()
		}
		a.alert(t("vault_file.moved_title"), text)
	})
}

// run does something with the file, in the background.
func (v *vaultFile) run(a *App, doing string, work func(context.Context) error, done func()) {
	v.doing, v.err = doing, nil
	var err error
	v.stop = a.background(func(ctx context.Context) { err = work(ctx) }, func() {
		v.stop, v.err = nil, err
		if err != nil {
			v.refresh(a)
			return
		}
		done()
	})
	a.redraw()
}

// refresh draws the screen again if it shows.
func (v *vaultFile) refresh(a *App) {
	if a.now.about == v {
		a.redraw()
	}
}
