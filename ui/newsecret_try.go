package ui

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/check"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/rotate"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// newSecret renews the client secret of an app: where to press at Amazon, and the new
// secret, which is tried there before it replaces the old one. This file has the work
// behind the screen, newsecret.go the form, and newsecret_left.go what may still have
// the old secret after that.
type newSecret struct {
	env  *Environment
	book *rotate.Book
	back func()
	// acc is the account that it was opened for, h its session; nil from the list.
	acc account.Account
	h   *session

	// secret and made are what was typed.
	secret string
	made   typedDay
	// practised is the secret that practice mode has put into the field.
	practised string
	// opened: Amazon's page was opened, or the secret was made in practice; the field is next.
	opened bool
	// faults: what is missing or wrong in the fields is said.
	faults bool

	stop  context.CancelFunc
	doing string
	// err is why the secret wasn't renewed, or why its places weren't read or written.
	err error
	// renewed are the accounts that got the new secret just now.
	renewed []account.Account
	// left: the places are what the screen is about.
	left bool
	// items are the places once they were looked at.
	items  []rotate.Item
	looked bool
	// listed are the places that have a box to check since the screen opened.
	listed map[rotate.Place]bool
}

func openNewSecret(a *App, acc account.Account, h *session) *newSecret {
	return &newSecret{
		env: a.env, book: rotate.New(a.env.Store, a.Now), back: a.WayBack(), acc: acc, h: h,
		made: newTypedDay(a.Words, date.Of(a.Now())), listed: map[rotate.Place]bool{},
	}
}

// try has the new secret tried at Amazon and, if it's accepted, saved for every account
// of the app.
func (n *newSecret) try(a *App) {
	secret, err := rotate.Read(n.acc.ClientID, n.secret)
	n.err, n.faults = nil, err != nil || !n.made.ok
	if n.faults {
		a.Redraw()
		return
	}
	var saved []account.Account
	var items []rotate.Item
	n.run(a, "new_secret.trying", func(ctx context.Context) error {
		if _, err := n.book.Try(ctx, n.env.LWA, n.env.fresh, n.acc.ClientID, secret); err != nil {
			return err
		}
		if saved, err = n.book.Save(ctx, n.acc.ClientID, secret, n.made.day); err == nil {
			items, err = n.book.Items(n.acc.ClientID)
		}
		return err
	}, func() {
		n.take(saved)
		if part := (*rotate.PartError)(nil); len(saved) > 0 && !errors.As(n.err, &part) {
			n.secret, n.left, n.items, n.looked = "", true, items, n.err == nil
		}
	})
}

// take notes which accounts have the new secret by now.
func (n *newSecret) take(saved []account.Account) {
	for _, acc := range saved {
		n.env.fresh.Drop(acc.ID) // its next token is asked for with the new secret
		delete(n.env.failed, acc.ID)
		if acc.ID == n.acc.ID {
			n.acc = acc
		}
		if n.h != nil && acc.ID == n.h.account.ID {
			n.h.checked = checked{}
			n.h.setAccount(acc)
		}
	}
	n.renewed = saved
}

// look reads the state of the places again: a file may have been changed by hand.
func (n *newSecret) look(a *App) {
	var items []rotate.Item
	var err error
	a.Background(func(context.Context) { items, err = n.book.Items(n.acc.ClientID) }, func() {
		if n.stop != nil {
			return
		}
		n.err, n.items, n.looked = err, items, err == nil
		if a.Shows(n) {
			a.Redraw()
		}
	})
}

// run does something in the background, and says so once that has taken a moment. done is
// called with err set; canceling is no error, unless it leaves some accounts behind.
func (n *newSecret) run(a *App, doing string, work func(context.Context) error, done func()) {
	if n.stop != nil {
		return
	}
	n.doing, n.err = doing, nil
	var err error
	later := time.AfterFunc(quietFor, func() {
		fyne.Do(func() {
			if n.stop != nil && a.Shows(n) {
				a.Redraw()
			}
		})
	})
	n.stop = a.Background(func(ctx context.Context) { err = work(ctx) }, func() {
		later.Stop()
		n.stop = nil
		n.err = err
		if part := (*rotate.PartError)(nil); errors.Is(err, context.Canceled) && !errors.As(err, &part) {
			n.err = nil
		}
		done()
		if a.Shows(n) {
			a.Redraw()
		}
	})
}

// trouble is the card for what went wrong.
func (n *newSecret) trouble(a *App) fyne.CanvasObject {
	t := a.Words.T
	again := func() { n.try(a) }
	if n.left {
		again = func() { n.look(a) }
	}
	var amazon *lwa.Error
	var own *rotate.Error
	switch {
	case errors.As(n.err, &own):
		id := "rotate.error." + string(own.Kind)
		return newErrorCard(t(id+".title"), t(id+".todo"), "")
	case needsSecret(n.err):
		return newRefusalCard(a, n.err, t("new_secret.refused.title"), t("new_secret.refused.todo", "ClientID", n.acc.ClientID), "", nil)
	case errors.As(n.err, &amazon):
		return newAmazonCard(a, n.err, kit.NewButton(a.Keys, kit.Secondary, t("button.try_again"), again))
	}
	return newVaultCard(a, n.err, newRetryButtons(a, n.err, again)...)
}

// titlesOf lists accounts for a person, the first ones of many.
func titlesOf(a *App, list []account.Account) string {
	const most = 5
	var titles []string
	for _, acc := range list[:min(len(list), most)] {
		titles = append(titles, acc.Title())
	}
	if len(list) > most {
		titles = append(titles, "…")
	}
	return check.List(a.Words.T, titles)
}
