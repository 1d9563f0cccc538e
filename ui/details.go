package ui

import (
	"cmp"
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// details is what belongs to an account next to its tokens: its name, the dates
// on which things expire, and where it's used.
type details struct {
	h                      *session
	back                   func()
	name                   string
	secretMade, authorized typedDay
	// dated is the day of the secret that secretMade began with.
	dated date.Date
	// market is another one that was chosen, a code.
	market string
	// sandbox: the app is a sandbox app.
	sandbox bool
	// dates: it was opened for the dates.
	dates bool
	stop  context.CancelFunc
	err   error
}

// showDetails opens the screen for an account, for the dates or for everything.
func (h *session) showDetails(dates bool) {
	a := h.a
	d := &details{
		h: h, back: a.WayBack(), dates: dates,
		name:       h.account.Name,
		sandbox:    h.account.Sandbox,
		secretMade: newTypedDay(a.Words, h.account.SecretMadeAt),
		authorized: newTypedDay(a.Words, h.account.AuthorizedAt), dated: h.account.SecretMadeAt,
	}
	a.show(d.screen)
}

func (d *details) screen(a *App) shell.Screen {
	t, acc := a.Words.T, d.h.account
	if acc.SecretMadeAt != d.dated { // renewed meanwhile
		d.dated, d.secretMade = acc.SecretMadeAt, newTypedDay(a.Words, acc.SecretMadeAt)
	}
	name := kit.NewEntry(a.Keys, d.name, account.SuggestName(acc.Marketplace, acc.SellerID), func(text string) { d.name = text })
	made, madeField := newDateField(a, t("details.secret_made"), t("details.secret_made_help"), &d.secretMade, account.SecretLife)
	_, authorizedField := newDateField(a, t("details.authorized"), t("details.authorized_help"), &d.authorized, account.AuthorizationLife)
	dates := []fyne.CanvasObject{madeField, authorizedField}
	if acc.Sandbox { // nobody has authorized it
		dates = dates[:1]
	}
	var first fyne.Focusable = name
	if d.dates {
		first = made
	}
	known := func(label, value string) fyne.CanvasObject {
		if value == "" {
			value = t("helper.not_known")
		}
		return kit.Column(1, kit.Text(label, kit.Small), kit.Text(value, kit.Value))
	}
	var markets []string
	all, chosen := lwa.Marketplaces(), -1
	for i, m := range all {
		markets = append(markets, marketName(a.Words, m))
		if m.Code == cmp.Or(d.market, acc.Marketplace) {
			chosen = i
		}
	}
	actions := []fyne.CanvasObject{kit.NewButton(a.Keys, kit.Secondary, t("details.calendar"), func() { d.calendar(a) })}
	if hasSecret(acc) {
		actions = append(actions, renewButton(a, acc, d.h))
	}
	blocks := []fyne.CanvasObject{
		kit.Headed(t("details.title"), acc.Title()),
		kit.Field(t("details.name"), name, kit.Text(t("details.name_help"), kit.Small)),
		kit.Card(
			kit.Text(t("details.dates"), kit.Heading),
			kit.Text(t("details.dates_text"), kit.Small),
			kit.Pair(16, 200, dates...),
			kit.Flow(actions...)),
		kit.Card(
			kit.Field(t("app_step.market"), kit.NewSelect(a.Keys, markets, chosen, func(i int) { d.market = all[i].Code })),
			kit.NewCheck(a.Keys, t("sandbox.check"), d.sandbox, func(on bool) { d.sandbox = on }),
			known(t("value.seller_id"), acc.SellerID),
			known(t("details.application_id"), acc.ApplicationID),
			known(t("value.client_id"), acc.ClientID),
			kit.Flow(
				kit.NewButton(a.Keys, kit.Secondary, t("account.authorize_again"), func() { a.authorizeAgain(acc) }),
				kit.NewButton(a.Keys, kit.Danger, t("account.forget"), func() { d.h.forget() }))),
	}
	if places := newPlacesCard(a, acc); places != nil {
		blocks = append(blocks, places)
	}
	if d.stop != nil {
		blocks = append(blocks[:1], append([]fyne.CanvasObject{kit.Banner(kit.Info, t("tokens.saving")), a.Busy()}, blocks[1:]...)...)
	}
	if d.err != nil {
		blocks = append(blocks[:1], append([]fyne.CanvasObject{newVaultCard(a, d.err)}, blocks[1:]...)...)
	}
	main := kit.NewButton(a.Keys, kit.Primary, t("details.save"), func() { d.save(a) })
	if d.stop != nil {
		main.Disable()
	}
	return shell.Screen{
		About: d, Title: t("details.title"), Focus: first, OnEnter: main.Press, OnEscape: d.leave,
		Body: a.NewWideFrame(a.banner(acc.Sandbox), kit.Column(kit.Gap, blocks...),
			a.NewFoot(kit.NewButton(a.Keys, kit.Secondary, t("button.back"), d.leave), main)),
		Help: func() (string, []fyne.CanvasObject) {
			return helpDeveloper(a, sellerHost(acc.Marketplace, acc.Vendor), false)
		},
	}
}

// save writes name, dates and marketplace into the index.
func (d *details) save(a *App) {
	if !d.secretMade.ok || !d.authorized.ok {
		a.Redraw()
		return
	}
	was, market, sandbox := d.h.account, d.market, d.sandbox
	id, name, world := d.h.account.ID, strings.TrimSpace(d.name), d.h.env
	made, authorized := d.secretMade.day, d.authorized.day
	var acc account.Account
	var err error
	d.stop = a.Background(func(context.Context) {
		acc, err = world.Store.Update(id, func(x *account.Account) {
			x.Name, x.SecretMadeAt, x.AuthorizedAt = name, made, authorized
			x.Marketplace = cmp.Or(market, x.Marketplace)
			if sandbox != was.Sandbox {
				x.Sandbox = sandbox
			}
		})
	}, func() {
		d.stop, d.err = nil, err
		if err == nil {
			if acc.Endpoint() != was.Endpoint() || acc.Marketplace != was.Marketplace {
				d.h.checked = checked{}
			}
			d.h.setAccount(acc)
			d.back()
			return
		}
		a.Redraw()
	})
	a.Redraw()
}

// calendar writes the two dates into a file that every calendar can open.
func (d *details) calendar(a *App) {
	acc := d.h.account // with what was typed, saved or not
	if !d.secretMade.ok || !d.authorized.ok {
		a.Redraw()
		return
	}
	acc.Name, acc.SecretMadeAt, acc.AuthorizedAt = strings.TrimSpace(d.name), d.secretMade.day, d.authorized.day
	writeCalendar(a, acc)
}

func (d *details) leave() {
	if d.stop != nil {
		d.stop()
	}
	d.back()
}
