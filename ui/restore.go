package ui

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/backup"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/native"
	"github.com/sellerkey/sellerkey/internal/rotate"
	"github.com/sellerkey/sellerkey/internal/setupfile"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// restoring is a backup that was opened, in steps: its passphrase, what it holds,
// and what was restored. Nothing changes before the last press.
type restoring struct {
	env        *Environment
	back       func()
	path       string
	passphrase string
	// content is what it holds; nil until it is open. all compares that with the accounts
	// here; nil while the keychain can't be read.
	content *backup.Backup
	all     []backup.Merging

	stop  context.CancelFunc
	doing string
	err   error
	// added: adding has begun, so after an error some accounts are restored.
	added bool
	// saved is how many accounts were restored, replaced the backup of what they replaced.
	done     bool
	saved    int
	replaced string
}

// openBackup asks for the passphrase of a backup. In practice mode it leaves that
// first: practice accounts and real ones never meet.
func (a *App) openBackup(path string) {
	if a.practising() {
		a.beforeLeaving(func() {
			a.leavePractice()
			a.openBackup(path)
		})
		return
	}
	r := &restoring{env: a.env, back: a.WayBack(), path: path}
	if before, ok := a.Screen().About.(*restoring); ok {
		if before.stop != nil {
			return
		}
		r.back = before.back
	}
	// Without a passphrase, to say at once if it isn't a backup.
	if _, err := backup.Read(path, lwa.Secret{}); backup.KindOf(err) != backup.NoPassphrase {
		r.err = err
	}
	a.ClearOverlays()
	a.show(r.screen)
}

func (r *restoring) leave() {
	if r.stop != nil {
		r.stop()
		return // this screen shows how it ends
	}
	r.passphrase = ""
	r.back()
}

func (r *restoring) screen(a *App) shell.Screen {
	t := a.Words.T
	s := shell.Screen{
		About: r, Title: t("restore.title"), OnEscape: r.leave,
		Help: func() (string, []fyne.CanvasObject) { return helpBackup(a) },
	}
	blocks := []fyne.CanvasObject{kit.Headed(t("restore.title"), t("restore.file", "File", r.path))}
	if r.content != nil {
		s.Title = t("restore.opened")
		blocks[0] = kit.Headed(s.Title, t("restore.file", "File", r.path))
	}
	if r.done {
		blocks[0] = kit.Headed(s.Title, r.path)
	}
	if r.err != nil {
		if r.added && !r.done {
			blocks = append(blocks, kit.Banner(kit.Warning, t("restore.stopped")))
		}
		blocks = append(blocks, newBackupCard(a, r.err, func() { r.again(a) }))
	}
	back := kit.NewButton(a.Keys, kit.Secondary, t("button.back"), r.leave)
	var main *kit.Button
	switch {
	case r.stop != nil:
		stop := kit.NewButton(a.Keys, kit.Secondary, t("button.cancel"), r.leave)
		s.Focus = stop
		blocks = append(blocks, kit.Text(t(r.doing), kit.Body), a.Busy(), kit.Flow(stop))
	case r.done:
		main = kit.NewButton(a.Keys, kit.Primary, t("accounts.to_list"), r.toList(a))
		back = nil
		blocks = append(blocks, r.outcome(a)...)
		s.OnEscape = main.OnPress
	case r.content != nil:
		blocks = append(blocks, r.holds(a)...)
		if len(r.all) > 0 {
			main = kit.NewButton(a.Keys, kit.Primary, t("restore.add"), func() { r.add(a) })
		}
	case r.err == nil || backup.KindOf(r.err) == backup.WrongPassphrase || backup.KindOf(r.err) == backup.NoPassphrase:
		words := kit.NewSecretEntry(a.Keys, t("button.show"), t("button.hide"), r.passphrase, "", func(text string) { r.passphrase = text })
		main = kit.NewButton(a.Keys, kit.Primary, t("restore.open"), func() { r.open(a) })
		s.Focus, s.OnEnter = words, main.Press
		blocks = append(blocks, kit.Field(t("restore.passphrase"), words))
	}
	switch {
	case s.Focus != nil:
	case main != nil:
		s.Focus, s.OnEnter = main, main.Press
	default:
		s.Focus, s.OnEnter = back, back.Press
	}
	s.Body = a.NewWideFrame(a.practiceBanner(), kit.Column(kit.Gap, blocks...), a.NewFoot(back, main))
	return s
}

// holds lists the accounts of the backup, first those that a person has to decide about.
func (r *restoring) holds(a *App) []fyne.CanvasObject {
	t := a.Words.T
	var conflicts, lines []fyne.CanvasObject
	news := false
	for i := range r.content.Items {
		acc := r.content.Items[i].Account
		switch {
		case r.all == nil:
			lines = append(lines, kit.Text(acc.Title(), kit.Body))
			news = true
		case r.all[i].Conflict:
			conflicts = append(conflicts, r.conflict(a, &r.all[i]))
			news = true
		case r.all[i].Known:
			lines = append(lines, kit.Text(t("restore.here", "Name", acc.Title()), kit.Body))
		default:
			lines = append(lines, kit.Text(t("restore.new", "Name", acc.Title()), kit.Body))
			news = true
		}
	}
	said := "restore.whole"
	switch {
	case len(r.content.Items) == 0:
		said = "restore.empty"
	case !news:
		said = "restore.nothing_new"
	}
	blocks := append([]fyne.CanvasObject{kit.Banner(kit.Info, t(said))}, conflicts...)
	if len(conflicts) > 0 {
		blocks = append(blocks, kit.Text(t("restore.kept"), kit.Small))
	}
	holds := a.Words.N("restore.holds", len(r.content.Items), "Date", a.Words.Date(r.content.MadeAt.Local()))
	return append(blocks, kit.Card(append([]fyne.CanvasObject{kit.Text(strings.TrimRight(holds, ":："), kit.Heading)}, lines...)...))
}

// conflict asks which secrets of an account are the newer ones.
func (r *restoring) conflict(a *App, m *backup.Merging) fyne.CanvasObject {
	t := a.Words.T
	// If only the client secrets differ, their days help to decide.
	here, saved, dayOf := "restore.choice_here", "restore.choice_backup", func(acc account.Account) date.Date { return acc.AuthorizedAt }
	if m.Here.AuthorizedAt == m.Account.AuthorizedAt {
		here, saved, dayOf = "restore.secret_here", "restore.secret_backup", func(acc account.Account) date.Date { return acc.SecretMadeAt }
	}
	day := func(acc account.Account) string {
		if day := dayOf(acc); !day.IsZero() {
			return a.Words.Date(day.Time())
		}
		return t("restore.no_date")
	}
	at := 0
	if m.Replace {
		at = 1
	}
	return kit.Card(kit.Field(t("restore.conflict", "Name", m.Here.Title()), kit.NewSelect(a.Keys, []string{
		t(here, "Date", day(m.Here)), t(saved, "Date", day(m.Account)),
	}, at, func(i int) { m.Replace = i == 1 })))
}

// outcome says what was restored, and where the rest is.
func (r *restoring) outcome(a *App) []fyne.CanvasObject {
	t := a.Words.T
	blocks := []fyne.CanvasObject{kit.Banner(kit.Success, a.Words.N("restore.done", r.saved))}
	if r.replaced != "" {
		blocks = append(blocks, kit.Banner(kit.Info, t("restore.replaced", "File", r.replaced),
			kit.NewButton(a.Keys, kit.Secondary, t("backup.delete"), func() {
				deleteSecrets(a, r.replaced, func(err error) {
					if r.err = err; err == nil {
						r.replaced = ""
					}
					a.Redraw()
				})
			})))
	}
	return blocks
}

func (r *restoring) toList(a *App) func() {
	return func() {
		r.passphrase = ""
		a.beforeLeaving(a.showHome)
	}
}

// again tries what failed once more.
func (r *restoring) again(a *App) {
	switch {
	case r.all == nil:
		r.open(a)
	default:
		r.add(a)
	}
}

// open reads the backup and compares it with what is here.
func (r *restoring) open(a *App) {
	store, path, passphrase := r.env.Store, r.path, lwa.NewSecret(r.passphrase)
	var content backup.Backup
	var all []backup.Merging
	var opened bool
	r.run(a, "restore.opening", func(ctx context.Context) (err error) {
		if content, err = backup.Read(path, passphrase); err != nil {
			return err
		}
		opened = true
		all, err = backup.Compare(ctx, store, content)
		return err
	}, func() {
		if opened {
			r.content, r.all = &content, all
		}
	})
}

func (r *restoring) add(a *App) {
	store, all, passphrase, now := r.env.Store, r.all, lwa.NewSecret(r.passphrase), a.Now()
	var saved []account.Account
	r.added = true
	r.run(a, "restore.adding", func(ctx context.Context) (err error) {
		var replaced string
		replaced, saved, err = backup.Restore(ctx, store, all, passphrase, now)
		if replaced != "" {
			r.replaced = replaced
		}
		if noted := rotate.New(store, a.Now).Recheck(ctx, saved); err == nil {
			err = noted
		}
		return err
	}, func() {
		for _, acc := range saved {
			r.env.fresh.Drop(acc.ID) // its access token may come from the former secrets
			delete(r.env.failed, acc.ID)
		}
		r.saved, r.done = len(saved), r.err == nil
	})
}

// run does something in the background; done is called with err set.
func (r *restoring) run(a *App, doing string, work func(context.Context) error, done func()) {
	r.doing, r.err = doing, nil
	var err error
	r.stop = a.Background(func(ctx context.Context) { err = work(ctx) }, func() {
		r.stop = nil
		r.err = err
		done()
		if errors.Is(err, context.Canceled) {
			r.err = nil
		}
		if a.Shows(r) {
			a.Redraw()
		}
	})
	a.Redraw()
}

// deleteSecrets deletes a file of package backup, after asking.
func deleteSecrets(a *App, file string, then func(error)) {
	t := a.Words.T
	a.Ask(t("backup.delete_title"), t("backup.delete_text", "File", file), t("backup.delete"), func() { then(backup.Delete(file)) })
}

// pickBackup lets the person choose a backup to open.
func (a *App) pickBackup() {
	t := a.Words.T
	a.files.choose(native.FileQuestion{Title: t("restore.title"), Kind: t("backup.kind"), Extensions: []string{setupfile.Extension, ".age"}}, a.openBackup)
}
