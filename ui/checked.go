package ui

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/check"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// checkedCard reports a check with Amazon: whether the token is good and, apart from
// that, whether this call was allowed.
func (h *session) checkedCard() fyne.CanvasObject {
	c, t := h.checked, h.a.Words.T
	good := kit.Text("✓ "+t("check.token_good"), kit.Label.In(kit.ColorSuccess))
	switch {
	case c.Err == nil:
		return h.storesCard(good)
	case c.Reason != nil:
		return kit.Column(10, kit.Card(good), h.reasonCard())
	}
	var e *lwa.Error
	switch {
	case !errors.As(c.Err, &e):
	case e.Kind == lwa.KindNotForVendors: // nothing went wrong
		return kit.Card(good, kit.Text(t("lwa.not_for_vendors.title"), kit.Label), kit.Text(t("lwa.not_for_vendors.todo"), kit.Body))
	case e.Kind == lwa.KindThrottled:
		return kit.Column(10, kit.Card(good), newAmazonCard(h.a, c.Err))
	}
	return newAmazonCard(h.a, c.Err)
}

// storesCard names the stores that the authorization covers, and those of the same
// region that it doesn't.
func (h *session) storesCard(good fyne.CanvasObject) fyne.CanvasObject {
	a, t := h.a, h.a.Words.T
	if h.checked.Sandbox {
		return kit.Card(good, kit.Text("✓ "+t("sandbox.works"), kit.Label.In(kit.ColorSuccess)))
	}
	blocks := []fyne.CanvasObject{good, kit.Text("✓ "+t("check.call_allowed"), kit.Label.In(kit.ColorSuccess))}
	for _, line := range h.checked.Covered(t) {
		blocks = append(blocks, kit.TopRow(1, kit.Line("•", kit.Body), kit.Text(line, kit.Body)))
	}
	missing := h.checked.Missing()
	if len(missing) == 0 {
		return kit.Card(blocks...)
	}
	blocks = append(blocks, kit.Text(t("check.missing", "Stores", check.Markets(t, missing)), kit.Body))
	if m, ok := check.Next(missing, h.account, a.env.Store.List()); ok {
		blocks = append(blocks, kit.Flow(kit.NewButton(a.Keys, kit.Secondary, t("check.next"), func() { h.authorizeNext(m) })))
	}
	return kit.Card(blocks...)
}

// reasonCard says what is known about a refusal without a reason, and offers what
// helps.
func (h *session) reasonCard() fyne.CanvasObject {
	a, t := h.a, h.a.Words.T
	why := h.checked.Reason
	title, text := why.Explain(t)
	var blocks, actions []fyne.CanvasObject
	action := func(id string, do func()) {
		actions = append(actions, kit.NewButton(a.Keys, kit.Secondary, t(id), do))
	}
	stores := why.Stores()
	switch {
	case len(stores) > 0:
		names := make([]string, 0, len(stores))
		for _, s := range stores {
			names = append(names, t("market."+s.Code))
		}
		blocks = append(blocks, kit.NewSelect(a.Keys, names, h.checked.chosen, func(i int) { h.checked.chosen = i }))
		action("forbidden.correct", func() { h.correct(stores[h.checked.chosen].Marketplace) })
	case len(why.Silent) > 0:
		action("forbidden.again", func() { h.checkKnowing(h.checked.Answers) })
	}
	switch {
	case !h.saved || len(stores) > 0:
	case why.Certain() == check.CauseSecret:
		actions = append(actions, renewButton(a, h.account, h))
	case why.Certain() == check.CauseRegion:
		action("details.open", func() { h.showDetails(false) })
	case why.Certain() == check.CauseRole:
		action("account.authorize_again", func() { h.beforeLeaving(func() { a.authorizeAgain(h.account) }) })
	}
	switch {
	case slices.Contains(why.Causes, check.CauseSandbox):
		action("sandbox.begin", func() { h.setSandbox(true) })
	case slices.Contains(why.Causes, check.CauseProduction):
		action("forbidden.to_production", func() { h.setSandbox(false) })
	}
	return newRefusalCard(a, h.checked.Err, title, text, "", blocks, actions...)
}

// checkPause is the least time between two checks. Amazon allows this call
// about once a minute
// (https://developer-docs.amazon.com/sp-api/docs/sellers-api-v1-reference).
const checkPause = 10 * time.Second

// check asks the SP-API what the token is good for.
func (h *session) check() {
	if h.a.Now().Sub(h.checked.at) >= checkPause {
		h.checkKnowing(nil)
	}
}

// checkKnowing checks, but doesn't ask the regions again that have answered.
func (h *session) checkKnowing(known []check.Answer) {
	if h.stop != nil {
		return
	}
	h.doing = "checking"
	h.checked = checked{at: h.a.Now()}
	var result check.Result
	var renewErr error
	var renewed account.Renewal
	acc, saved, cred, token := h.account, h.saved, h.cred, h.token
	q := check.Question{
		API: h.env.SPAPI, Account: acc, Access: token.Access, Known: known, Now: h.checked.at,
		Renew: func(ctx context.Context) (lwa.Secret, error) {
			renewed, renewErr = h.refresh(ctx, saved, acc.ID, cred, token.Refresh)
			return renewed.Token.Access, renewErr
		},
	}
	h.stop = h.a.Background(func(ctx context.Context) {
		result = q.Ask(ctx)
		if !saved {
			return
		}
		if err := result.Record(h.env.Store, acc.ID); err != nil {
			h.a.Log.Error("writing down a check", "err", err)
		}
	}, func() {
		h.stop = nil
		h.tookStores(result)
		h.checked.Result = result
		if errors.Is(result.Err, context.Canceled) {
			h.checked = checked{} // as if nothing had been pressed
		}
		if !renewed.Token.Access.IsEmpty() || !renewed.Token.Refresh.IsEmpty() {
			failed := h.err
			h.renewed(renewed, renewErr)
			h.err = failed // the check tells what went wrong
		}
		h.changed()
	})
	h.changed()
}

// tookStores takes what a check has written into the list, or will write once the
// account is saved.
func (h *session) tookStores(r check.Result) {
	if saved, ok := h.env.Store.Find(h.account.ID); ok && h.saved {
		h.setAccount(saved)
	} else if r.Err == nil {
		h.account.Stores = strings.Join(r.Codes(), " ")
		h.account.Shop = cmp.Or(h.account.Shop, r.Shop(h.account.Marketplace))
	}
}

// correct gives the account the marketplace of a store where its token works.
func (h *session) correct(m lwa.Marketplace) {
	result, acc, saved := h.checked.Reason.Corrected(m), h.account, h.saved
	acc.Marketplace = m.Code
	var err error
	h.a.Background(func(context.Context) {
		if !saved {
			return
		}
		if _, err = h.env.Store.Update(acc.ID, func(x *account.Account) { x.Marketplace = m.Code }); err == nil {
			err = result.Record(h.env.Store, acc.ID)
		}
	}, func() {
		if err != nil {
			h.saveErr = err
		} else {
			h.checked.Result = result
			h.setAccount(acc)
			h.tookStores(result)
		}
		h.changed()
	})
}

// setSandbox corrects whether the account's app is a sandbox app, and checks the
// token again, with the other hosts.
func (h *session) setSandbox(on bool) {
	acc, saved := h.account, h.saved
	acc.Sandbox, acc.Stores = on, ""
	var err error
	h.a.Background(func(context.Context) {
		if saved {
			acc, err = h.env.Store.Update(acc.ID, func(x *account.Account) { x.Sandbox = on })
		}
	}, func() {
		if err != nil {
			h.saveErr = err
			h.changed()
			return
		}
		h.setAccount(acc)
		h.checkKnowing(nil)
	})
}

// authorizeNext starts a walk for another store of the seller, with everything filled
// in that is known about the app.
func (h *session) authorizeNext(m lwa.Marketplace) {
	a := h.a
	h.beforeLeaving(func() {
		w := walk.ForAccount(h.account, a.Now)
		w.AccountID, w.Shop = "", h.account.Shop
		w.Choose(m, false)
		w.ClientSecret = h.cred.ClientSecret
		j := &journey{walk: w}
		a.show(j.screen)
	})
}
