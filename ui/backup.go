package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/backup"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/setupfile"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// savingBackup saves accounts in a backup, to move to another computer or to keep.
// Restoring one is in restore.go.
type savingBackup struct {
	env  *Environment
	back func()
	// some: only the chosen accounts, not all.
	some   bool
	chosen map[string]bool
	// passphrase is shown, because the person has to write it down.
	passphrase, path string
	fault            string
	stop             context.CancelFunc
	err              error
	// wrote is the backup that was saved, count the number of accounts in it.
	wrote string
	count int
	// table is the CSV file that was saved instead; deleted is a file that was deleted.
	table, deleted string
}

// showBackup opens the screen, with six words suggested.
func (a *App) showBackup() {
	b := &savingBackup{env: a.env, back: a.WayBack(), chosen: map[string]bool{}}
	b.path = freeName(a, "SellerKey-backup", setupfile.Extension)
	b.passphrase = backup.SuggestPassphrase().Reveal()
	a.show(b.screen)
}

func (b *savingBackup) leave() {
	if b.stop != nil {
		b.stop()
		return
	}
	b.passphrase = ""
	b.back()
}

func (b *savingBackup) screen(a *App) shell.Screen {
	t := a.Words.T
	s := shell.Screen{
		About: b, Title: t("backup.title"), OnEscape: b.leave,
		Help: func() (string, []fyne.CanvasObject) { return helpBackup(a) },
	}
	blocks := []fyne.CanvasObject{kit.Headed(t("backup.title"), t("backup.lead"))}
	var main *kit.Button
	switch {
	case b.stop != nil:
		stop := kit.NewButton(a.Keys, kit.Secondary, t("button.cancel"), b.leave)
		s.Focus = stop
		blocks = append(blocks, kit.Text(t("backup.saving"), kit.Body), a.Busy(), kit.Flow(stop))
	case b.wrote != "":
		main = kit.NewButton(a.Keys, kit.Primary, t("button.done"), b.leave)
		blocks = append(blocks, b.saved(a)...)
	default:
		main = kit.NewButton(a.Keys, kit.Primary, t("backup.save"), func() { b.save(a) })
		blocks = append(blocks, b.form(a)...)
	}
	if main != nil {
		s.Focus, s.OnEnter = main, main.Press
	}
	back := kit.NewButton(a.Keys, kit.Secondary, t("button.back"), b.leave)
	s.Body = a.NewWideFrame(a.practiceBanner(), kit.Column(kit.Gap, blocks...), a.NewFoot(back, main))
	return s
}

// form asks what to save, with which passphrase, and where.
func (b *savingBackup) form(a *App) (blocks []fyne.CanvasObject) {
	t := a.Words.T
	if b.err != nil {
		blocks = append(blocks, newBackupCard(a, b.err, func() { b.save(a) }))
	}
	if b.table != "" {
		blocks = append(blocks, kit.Banner(kit.Warning, t("backup.csv_done", "File", b.table),
			kit.NewButton(a.Keys, kit.Secondary, t("open.folder"), func() { a.OpenFolder(filepath.Dir(b.table)) }),
			kit.NewButton(a.Keys, kit.Secondary, t("backup.delete"), func() { b.delete(a, b.table) })))
	}
	if b.deleted != "" {
		blocks = append(blocks, kit.Banner(kit.Success, t("backup.deleted", "File", b.deleted)))
	}
	fault := kit.NewNote()
	fault.Say(kit.Error, b.fault)
	_, path := a.files.pathField(b.path, t("backup.save"), func(path string) { b.path = path })
	words := kit.NewEntry(a.Keys, b.passphrase, "", func(text string) { b.passphrase = text })
	blocks = append(blocks, b.accounts(a),
		kit.Card(
			kit.Field(t("vault_file.passphrase"), words, fault, kit.Text(t("backup.words"), kit.Small)),
			kit.Flow(
				a.CopyButton(kit.Secondary, "button.copy", func() { a.Copy(b.passphrase, true) }),
				kit.NewButton(a.Keys, kit.Secondary, t("backup.other_words"), func() {
					b.passphrase = backup.SuggestPassphrase().Reveal()
					a.Redraw()
				}))),
		kit.Field(t("setup_make.path"), path, kit.Text(t("backup.keep"), kit.Small)))
	blocks = append(blocks, kit.Flow(
		kit.NewButton(a.Keys, kit.Plain, t("backup.check"), a.pickBackup),
		kit.NewButton(a.Keys, kit.Plain, t("backup.csv"), func() {
			a.Ask(t("backup.csv_title"), t("backup.csv_text"), t("backup.csv_save"), func() { b.saveTable(a) })
		})))
	if files := backup.Replaced(b.env.Store); len(files) > 0 {
		lines := []fyne.CanvasObject{kit.Text(t("backup.replaced"), kit.Small)}
		for _, file := range files {
			lines = append(lines, kit.Text(file, kit.Value), kit.Flow(
				kit.NewButton(a.Keys, kit.Secondary, t("restore.open"), func() { a.openBackup(file) }),
				kit.NewButton(a.Keys, kit.Secondary, t("backup.delete"), func() { b.delete(a, file) })))
		}
		blocks = append(blocks, kit.Card(lines...))
	}
	return blocks
}

// accounts chooses between all accounts and some of them.
func (b *savingBackup) accounts(a *App) fyne.CanvasObject {
	t, list := a.Words.T, b.env.Store.List()
	lines := []fyne.CanvasObject{
		kit.Text(t("backup.accounts"), kit.Heading),
		kit.NewCheck(a.Keys, t("backup.all", "Count", a.Words.Number(len(list))), !b.some, func(on bool) {
			b.some = !on
			a.Redraw()
		}),
	}
	if b.some {
		for _, acc := range list {
			lines = append(lines, kit.NewCheck(a.Keys, acc.Title(), b.chosen[acc.ID], func(on bool) { b.chosen[acc.ID] = on }))
		}
	}
	return kit.Card(lines...)
}

// saved says where the backup is, and what to do with it.
func (b *savingBackup) saved(a *App) []fyne.CanvasObject {
	t := a.Words.T
	return []fyne.CanvasObject{
		kit.Banner(kit.Success, a.Words.N("backup.done", b.count, "File", b.wrote),
			kit.NewButton(a.Keys, kit.Secondary, t("open.folder"), func() { a.OpenFolder(filepath.Dir(b.wrote)) })),
		kit.Card(
			kit.Text(t("backup.next"), kit.Body),
			kit.Text(b.passphrase, kit.Value),
			kit.Flow(a.CopyButton(kit.Secondary, "button.copy", func() { a.Copy(b.passphrase, true) }))),
		kit.Text(t("backup.keep"), kit.Small),
	}
}

// picked are the accounts to save.
func (b *savingBackup) picked() []account.Account {
	return slices.DeleteFunc(slices.Clone(b.env.Store.List()), func(acc account.Account) bool { return b.some && !b.chosen[acc.ID] })
}

func (b *savingBackup) save(a *App) {
	accounts := b.picked()
	switch {
	case len(accounts) == 0:
		b.fault = a.Words.T("backup.none_chosen")
	case len([]rune(b.passphrase)) < leastPassphrase:
		b.fault = a.Words.T("vault_file.too_short")
	default:
		b.fault = ""
	}
	if b.fault != "" {
		a.Redraw()
		return
	}
	path, passphrase := b.path, lwa.NewSecret(b.passphrase)
	if filepath.Ext(path) == "" {
		path += setupfile.Extension
	}
	b.run(a, accounts, func(content backup.Backup) error { return backup.Write(path, content, passphrase) }, func() {
		b.wrote, b.count = path, len(accounts)
	})
}

func (b *savingBackup) saveTable(a *App) {
	accounts, path := b.picked(), freeName(a, "SellerKey-keys", ".csv")
	if b.fault = ""; len(accounts) == 0 {
		b.fault = a.Words.T("backup.none_chosen")
		a.Redraw()
		return
	}
	b.run(a, accounts, func(content backup.Backup) error { return backup.WriteCSV(path, content) }, func() { b.table = path })
}

// run reads accounts with their secrets and writes them, in the background.
func (b *savingBackup) run(a *App, accounts []account.Account, write func(backup.Backup) error, done func()) {
	store, now := b.env.Store, a.Now()
	b.err, b.deleted = nil, ""
	var err error
	b.stop = a.Background(func(ctx context.Context) {
		var content backup.Backup
		if content, err = backup.Gather(ctx, store, accounts, now); err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = write(content)
		}
	}, func() {
		b.stop = nil
		if err == nil {
			done()
		} else if !errors.Is(err, context.Canceled) {
			b.err = err
		}
		if a.Shows(b) {
			a.Redraw()
		}
	})
	a.Redraw()
}

// delete deletes a file with secrets, after asking.
func (b *savingBackup) delete(a *App, file string) {
	deleteSecrets(a, file, func(err error) {
		if b.err = err; err == nil {
			b.table, b.deleted = "", file
		}
		a.Redraw()
	})
}

// freeName returns a path in the folder for downloads that no file has yet.
func freeName(a *App, stem, ext string) string {
	stem = filepath.Join(downloads(), stem+"-"+date.Of(a.Now()).String())
	path := stem + ext
	for n := 2; ; n++ {
		if _, err := os.Lstat(path); err != nil {
			return path
		}
		path = stem + "-" + a.Words.Number(n) + ext
	}
}
