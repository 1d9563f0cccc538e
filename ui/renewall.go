package ui

import (
	"context"
	"errors"
	"slices"
	"time"

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
	ended       time.Time
	// progress is the line on the screen that counts.
	progress *kit.Paragraph
}

type failedRenewal struct {
	account account.Account
	err     error
}

// showRenewAll starts at once, as the button said.
func (a *App) showRenewAll() {
	renewThese(a, slices.DeleteFunc(slices.Clone(a.env.Store.List()), func(acc account.Account) bool { return acc.ProviderApp }))
}

func renewThese(a *App, accounts []account.Account) {
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
				if a.Shows(r) && r.stop != nil {
					r.count(a)
				}
			})
		})
	}, func() {
		r.stop, r.ended = nil, a.Now()
		if a.Shows(r) {
			a.Redraw()
		}
	})
	a.show(r.screen)
}

func (r *renewAll) screen(a *App) shell.Screen {
	t := a.Words.T
	screen := shell.Screen{
		About: r, Title: t("renew_all.title"),
		Help: func() (string, []fyne.CanvasObject) { return helpAccounts(a) },
	}
	blocks := []fyne.CanvasObject{kit.Text(t("renew_all.title"), kit.Title)}
	var foot *kit.Button
	if r.stop != nil {
		r.progress = kit.Text("", kit.Muted)
		r.count(a)
		blocks = append(blocks, r.progress, a.Busy())
		// Cancel doesn't have the keyboard: one Enter too many would stop it at once.
		foot = kit.NewButton(a.Keys, kit.Secondary, t("button.cancel"), func() {
			r.stopped = true
			r.stop()
		})
	} else {
		blocks = append(blocks, r.outcome(a))
		foot = kit.NewButton(a.Keys, kit.Primary, t("button.done"), a.showHome)
		screen.Focus, screen.OnEnter = foot, foot.Press
	}
	for _, f := range r.failed {
		blocks = append(blocks, kit.Column(kit.GapTiny, kit.Text(f.account.Title(), kit.Label), newFailureCard(a, f)))
	}
	screen.OnEscape = foot.Press
	screen.Body = a.NewWideFrame(a.practiceBanner(), kit.Column(kit.Gap, blocks...), a.NewFoot(nil, foot))
	return screen
}

// outcome says how it ended, and offers to try again what may work now.
func (r *renewAll) outcome(a *App) fyne.CanvasObject {
	words := a.Words
	tone, id := kit.Success, "renew_all.finished"
	switch {
	case r.stopped:
		tone, id = kit.Warning, "renew_all.stopped"
	case len(r.failed) > 0:
		tone, id = kit.Warning, "renew_all.some"
	}
	var passing []account.Account
	for _, f := range r.failed {
		var e *lwa.Error
		if errors.As(f.err, &e) && !e.Kind.Lasting() {
			passing = append(passing, f.account)
		}
	}
	var actions []fyne.CanvasObject
	if len(passing) > 0 {
		actions = append(actions, kit.NewButton(a.Keys, kit.Secondary, words.T("button.try_again"), func() { renewThese(a, passing) }))
	}
	return kit.Banner(tone, words.T(id, "Time", words.TimeOfDay(r.ended.Local()),
		"Done", words.Number(r.done-len(r.failed)), "Total", words.Number(r.total)), actions...)
}

// newFailureCard explains why one account was not renewed and opens it.
func newFailureCard(a *App, f failedRenewal) fyne.CanvasObject {
	open := kit.NewButton(a.Keys, kit.Secondary, a.Words.T("renew_all.open"), func() { a.openAccount(f.account) })
	var e *lwa.Error
	if errors.As(f.err, &e) {
		return newAmazonCard(a, f.err, open)
	}
	return newVaultCard(a, f.err, open)
}

// count says how far it has come.
func (r *renewAll) count(a *App) {
	r.progress.SetText(a.Words.T("renew_all.progress", "Done", a.Words.Number(r.done-len(r.failed)), "Total", a.Words.Number(r.total)))
}
