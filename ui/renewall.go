package ui

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// renewAll renews every account and says what failed and why.
type renewAll struct {
	total, done int
	failed      []failedRenewal
	stop        context.CancelFunc
	stopped     bool
	// progress is the line on the screen that counts.
	progress *kit.Paragraph
}

type failedRenewal struct {
	account account.Account
	err     error
}

// showRenewAll begins at once: the button said so.
func (a *App) showRenewAll() {
	accounts := slices.DeleteFunc(a.env.Store.List(), func(acc account.Account) bool { return acc.ProviderApp })
	r := &renewAll{total: len(accounts)}
	ids := make([]string, len(accounts))
	byID := make(map[string]account.Account, len(accounts))
	for i, acc := range accounts {
		ids[i], byID[acc.ID] = acc.ID, acc
	}
	world := a.env
	r.stop = a.Background(func(ctx context.Context) {
		_ = world.fresh.RenewAll(ctx, ids, func(done, _ int, id string, err error) {
			fyne.Do(func() {
				r.done = done
				if err != nil && !r.stopped {
					r.failed = append(r.failed, failedRenewal{byID[id], err})
				}
				if a.Shows(r) {
					r.count(a)
				}
			})
		})
	}, func() {
		r.stop = nil
		if a.Shows(r) {
			a.Redraw()
		}
	})
	a.show(r.screen)
}

func (r *renewAll) screen(a *App) shell.Screen {
	t := a.Words.T
	r.progress = kit.Text("", kit.Muted)
	blocks := []fyne.CanvasObject{kit.Text(t("renew_all.title"), kit.Title), r.progress}
	label, press := t("button.done"), a.showHome
	if r.stop != nil {
		blocks = append(blocks, a.Busy())
		label, press = t("button.cancel"), func() {
			r.stopped = true
			r.stop()
		}
	}
	for _, f := range r.failed {
		blocks = append(blocks, kit.Column(kit.GapTiny, kit.Text(f.account.Title(), kit.Label), a.failureCard(f)))
	}
	r.count(a)
	main := kit.NewButton(a.Keys, kit.Secondary, label, press)
	return shell.Screen{
		About: r, Title: t("renew_all.title"), Focus: main, OnEnter: main.Press, OnEscape: main.Press,
		Body: a.NewWideFrame(a.practiceBanner(), kit.Column(kit.Gap, blocks...), a.NewFoot(nil, main)),
		Help: func() (string, []fyne.CanvasObject) { return helpAccounts(a) },
	}
}

// failureCard explains why one account was not renewed and opens it.
func (a *App) failureCard(f failedRenewal) fyne.CanvasObject {
	open := kit.NewButton(a.Keys, kit.Secondary, a.Words.T("renew_all.open"), func() { a.openAccount(f.account) })
	var e *lwa.Error
	if errors.As(f.err, &e) {
		return a.amazonCard(f.err, open)
	}
	return a.vaultCard(f.err, open)
}

// count says how far it has come.
func (r *renewAll) count(a *App) {
	words := a.Words
	id := "renew_all.progress"
	switch {
	case r.stop == nil && r.stopped:
		id = "renew_all.stopped"
	case r.stop == nil:
		id = "renew_all.finished"
	}
	r.progress.SetText(words.T(id, "Done", words.Number(r.done-len(r.failed)), "Total", words.Number(r.total)))
}
