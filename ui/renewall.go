package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/lwa"
)

// renewAllScreen renews every account and says what failed and why.
type renewAllScreen struct {
	a    *App
	r    *renewAll
	body fyne.CanvasObject
	done *paragraph
	main *button
}

// renewAll is the state of that screen; it outlives a redrawing.
type renewAll struct {
	total, done int
	failed      []failedRenewal
	stop        context.CancelFunc
	stopped     bool
}

type failedRenewal struct {
	account account.Account
	err     error
}

// showRenewAll begins at once: the button said so.
func (a *App) showRenewAll() {
	accounts := a.world.Store.List()
	r := &renewAll{total: len(accounts)}
	ids := make([]string, len(accounts))
	byID := make(map[string]account.Account, len(accounts))
	for i, acc := range accounts {
		ids[i], byID[acc.ID] = acc.ID, acc
	}
	world := a.world
	r.stop = a.background(func(ctx context.Context) {
		_ = world.fresh.RenewAll(ctx, ids, func(done, _ int, id string, err error) {
			fyne.Do(func() {
				r.done = done
				if err != nil && !r.stopped {
					r.failed = append(r.failed, failedRenewal{byID[id], err})
				}
				if s, ok := a.now.(*renewAllScreen); ok && s.r == r {
					s.progress()
				}
			})
		})
	}, func() {
		r.stop = nil
		if s, ok := a.now.(*renewAllScreen); ok && s.r == r {
			a.redraw()
		}
	})
	a.show(func(a *App) screen { return newRenewAllScreen(a, r) })
}

func newRenewAllScreen(a *App, r *renewAll) screen {
	s := &renewAllScreen{a: a, r: r, done: newText("", styleMuted())}
	t := a.words.T
	blocks := []fyne.CanvasObject{newText(t("renew_all.title"), styleTitle()), s.done}
	label, press := t("button.done"), a.showHome
	if r.stop != nil {
		blocks = append(blocks, a.newBusy())
		label, press = t("button.cancel"), func() {
			r.stopped = true
			r.stop()
		}
	}
	for _, f := range r.failed {
		blocks = append(blocks, newColumn(gapTiny, newText(f.account.Title(), styleLabel()), a.failureCard(f)))
	}
	s.main = newButton(a.keys, secondary, label, press)
	s.progress()
	s.body = a.newFrame(a.newRail(), a.practiceBanner(), newColumn(gap, blocks...), a.newFoot(nil, s.main))
	return s
}

// failureCard explains why one account was not renewed and opens it.
func (a *App) failureCard(f failedRenewal) fyne.CanvasObject {
	open := newButton(a.keys, secondary, a.words.T("renew_all.open"), func() { a.openAccount(f.account) })
	var e *lwa.Error
	if errors.As(f.err, &e) {
		return a.amazonCard(f.err, open)
	}
	return a.vaultCard(f.err, open)
}

func (s *renewAllScreen) progress() {
	r, words := s.r, s.a.words
	id := "renew_all.progress"
	switch {
	case r.stop == nil && r.stopped:
		id = "renew_all.stopped"
	case r.stop == nil:
		id = "renew_all.finished"
	}
	s.done.SetText(words.T(id, "Done", words.Number(r.done-len(r.failed)), "Total", words.Number(r.total)))
}

func (s *renewAllScreen) Title() string                { return s.a.words.T("renew_all.title") }
func (s *renewAllScreen) Body() fyne.CanvasObject      { return s.body }
func (s *renewAllScreen) Focus() fyne.Focusable        { return s.main }
func (s *renewAllScreen) Keys() (enter, escape func()) { return s.main.Press, s.main.Press }
