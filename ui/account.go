package ui

import (
	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// openAccount reads an account's secrets and renews its access token.
func (a *App) openAccount(acc account.Account) {
	h := &session{a: a, env: a.env, account: acc, saved: true}
	if !acc.ProviderApp {
		h.open()
	}
	a.show(h.screen)
}

// screen shows a saved account.
func (h *session) screen(a *App) shell.Screen {
	if h.account.ProviderApp {
		return h.provided(a)
	}
	t := a.Words.T
	view := newTokensView(a, h)
	market, _ := lwa.FindMarketplace(h.account.Marketplace)
	place := t("market." + market.Code)
	if h.account.SellerID != "" && h.account.Name != "" { // otherwise it is in the title
		place = t("accounts.place", "Market", place, "Seller", h.account.SellerID)
	}
	details := kit.NewButton(a.Keys, kit.Plain, t("details.open"), func() { h.showDetails(false) })
	blocks := []fyne.CanvasObject{kit.Row(0, kit.Column(0, kit.Text(h.account.Title(), kit.Title), kit.Text(place, kit.Small)), details)}
	blocks = append(blocks, newReasons(a, h)...)
	blocks = append(blocks, leftOf(a, h)...)
	blocks = append(blocks, view.content)
	back := func() {
		h.cancel()
		h.beforeLeaving(a.showHome)
	}
	list := kit.NewButton(a.Keys, kit.Secondary, t("accounts.to_list"), back)
	return shell.Screen{
		About: h, Title: h.account.Title(), Focus: view.first, OnEscape: back,
		Body: a.NewWideFrame(a.banner(h.account.Sandbox), kit.Column(kit.Gap, blocks...), a.NewFoot(list, nil)),
		Tick: view.tick, Left: h.mask, ScrollTo: view.news,
		Help: func() (string, []fyne.CanvasObject) { return helpTokens(a) },
	}
}

// provided shows an account whose tokens a tool provider keeps: when it was
// authorized, when that ends, and a way to authorize it again.
func (h *session) provided(a *App) shell.Screen {
	t, acc := a.Words.T, h.account
	market, _ := lwa.FindMarketplace(acc.Marketplace)
	line := func(label, value string) fyne.CanvasObject {
		if value == "" {
			value = t("helper.not_known")
		}
		return kit.Column(1, kit.Text(label, kit.Small), kit.Text(value, kit.Value))
	}
	again := kit.NewButton(a.Keys, kit.Primary, t("account.authorize_again"), func() { a.authorizeAgain(acc) })
	blocks := []fyne.CanvasObject{kit.Headed(acc.Title(), t("finish.entry_lead"))}
	blocks = append(blocks, newReasons(a, h)...)
	blocks = append(blocks,
		kit.Card(
			line(t("setup_file.provider"), acc.Provider),
			line(t("app_step.market"), marketName(a.Words, market)),
			line(t("value.seller_id"), acc.SellerID),
			line(t("details.application_id"), acc.ApplicationID),
			line(t("details.authorized"), a.Words.Date(acc.AuthorizedAt.Time())),
			line(t("finish.until"), a.Words.Date(acc.AuthorizationDue().Time()))),
		kit.Flow(again,
			kit.NewButton(a.Keys, kit.Secondary, t("details.calendar"), func() { writeCalendar(a, acc) }),
			kit.NewButton(a.Keys, kit.Secondary, t("details.open"), func() { h.showDetails(false) })),
		kit.Flow(kit.NewButton(a.Keys, kit.Danger, t("account.forget"), func() { h.forget() })))
	list := kit.NewButton(a.Keys, kit.Secondary, t("accounts.to_list"), a.showHome)
	return shell.Screen{
		About: h, Title: acc.Title(), Focus: again, OnEscape: a.showHome,
		Body: a.NewWideFrame(a.practiceBanner(), kit.Column(kit.Gap, blocks...), a.NewFoot(list, nil)),
		Help: func() (string, []fyne.CanvasObject) { return helpConsent(a, sellerHost(acc.Marketplace, acc.Vendor)) },
	}
}

// newReasons are banners with what an account needs.
func newReasons(a *App, h *session) (banners []fyne.CanvasObject) {
	for _, r := range h.account.State(a.Now()).Reasons {
		text := a.Words.T("reason."+string(r.ID), "Date", a.Words.Date(r.Date.Time()), "Keychain", a.env.keeperName(a.Words))
		m := kit.Warning
		if r.Level == account.Attention {
			m = kit.Error
		}
		var help []fyne.CanvasObject
		if hasSecret(h.account) && (r.SecretExpires() || lwa.Kind(r.Problem).NeedsSecret()) {
			help = append(help, renewButton(a, h.account, h))
		}
		banners = append(banners, kit.Banner(m, text, help...))
	}
	return banners
}
