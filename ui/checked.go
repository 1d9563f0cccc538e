package ui

import (
	"errors"
	"slices"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/check"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// checkedCard reports a check with Amazon. That the token is good, and that this call
// was allowed, are two findings.
func (v *tokensView) checkedCard() fyne.CanvasObject {
	c, t := v.h.checked, v.a.Words.T
	good := kit.Text("✓ "+t("check.token_good"), kit.Label.In(kit.ColorSuccess))
	switch {
	case c.Err == nil:
		return v.storesCard(good)
	case c.Reason != nil:
		return kit.Column(10, kit.Card(good), v.reasonCard())
	}
	var e *lwa.Error
	if errors.As(c.Err, &e) && (e.Kind == lwa.KindThrottled || e.Kind == lwa.KindNotForVendors) {
		return kit.Column(10, kit.Card(good), v.a.amazonCard(c.Err))
	}
	return v.a.amazonCard(c.Err)
}

// storesCard names the stores that the authorization covers, and those of the same
// region that it doesn't.
func (v *tokensView) storesCard(good fyne.CanvasObject) fyne.CanvasObject {
	a, h, t := v.a, v.h, v.a.Words.T
	if h.checked.Sandbox {
		return kit.Card(good, kit.Text("✓ "+t("sandbox.works"), kit.Label.In(kit.ColorSuccess)))
	}
	blocks := []fyne.CanvasObject{good, kit.Text("✓ "+t("check.call_allowed"), kit.Label.In(kit.ColorSuccess))}
	for _, s := range h.checked.Stores() {
		line := t("market." + s.Code)
		if s.Name != "" {
			line = t("check.store", "Marketplace", line, "Store", s.Name)
		}
		if !s.Selling {
			line = t("check.not_selling", "Marketplace", line)
		}
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

// reasonCard says what is known of a refusal without a reason, and offers what
// helps.
func (v *tokensView) reasonCard() fyne.CanvasObject {
	a, h, t := v.a, v.h, v.a.Words.T
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
	case why.Certain() == account.ForbiddenSecret || why.Certain() == account.ForbiddenRegion:
		action("details.open", func() { h.showDetails(false) })
	case why.Certain() == account.ForbiddenRole:
		action("account.authorize_again", func() { h.beforeLeaving(func() { a.authorizeAgain(h.account) }) })
	}
	switch {
	case slices.Contains(why.Causes, account.ForbiddenSandbox):
		action("sandbox.begin", func() { h.setSandbox(true) })
	case slices.Contains(why.Causes, account.ForbiddenProduction):
		action("forbidden.to_production", func() { h.setSandbox(false) })
	}
	return a.refusalCard(h.checked.Err, title, text, "", blocks, actions...)
}

// authorizeNext starts a walk for another store of the seller, with the same app and
// everything that is known of it filled in.
func (h *session) authorizeNext(m lwa.Marketplace) {
	a := h.a
	h.beforeLeaving(func() {
		w := a.walkFor(h.account)
		w.AccountID, w.Shop = "", h.account.Shop
		w.Choose(m, false)
		w.ClientSecret = h.cred.ClientSecret
		j := &journey{walk: w}
		a.show(j.screen)
	})
}

// walkFor is a walk with everything filled in that is known of an account.
func (a *App) walkFor(acc account.Account) *walk.Walk {
	m, ok := lwa.FindMarketplace(acc.Marketplace)
	if !ok {
		m, _ = lwa.FindMarketplace("US")
	}
	v := walk.OwnApp
	app := acc.ApplicationID
	switch {
	case acc.SelfAuthorized || acc.Sandbox:
		v = walk.HasToken
	case acc.ProviderApp:
		v, app = walk.Guide, acc.Link
	}
	w := walk.New(v, m, a.Now)
	w.AccountID = acc.ID
	w.ReadApp(app)
	w.Vendor, w.Draft, w.RedirectURI, w.ReturnPage, w.ClientID, w.Sandbox = acc.Vendor, acc.Draft, acc.RedirectURI, acc.ReturnPage, acc.ClientID, acc.Sandbox
	w.Recall(acc)
	return w
}
