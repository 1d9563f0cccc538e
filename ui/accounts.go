package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/check"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// newAccountsScreen is the first screen once there are accounts: each with its
// state in words. The list is virtual, and nothing asks the keychain until an
// account is opened.
func newAccountsScreen(a *App) shell.Screen {
	t := a.Words.T
	// sellerkey-cli or another window may have added one. If it can't be read, the
	// list stays as it was, and the next saving says why.
	_, _ = a.env.Store.Reload()
	many := len(a.env.Store.List()) > 7
	listed := func() []account.Account {
		if many {
			return a.filter.accounts(a.env, a.Now())
		}
		return a.env.Store.List()
	}
	shown := listed()
	list := newAccountList(a.Keys)
	list.Length = func() int { return len(shown) }
	apps := severalApps(a.env.Store.List())
	list.CreateItem = func() fyne.CanvasObject { return newAccountLine(a, apps) }
	list.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		o.(*accountLine).set(shown[i], list.focused && list.at == i)
	}
	list.HideSeparators = true
	list.open = func(i widget.ListItemID) { a.openAccount(shown[i]) }
	again := func() {
		shown = listed()
		list.Refresh()
	}
	search := kit.NewEntry(a.Keys, a.filter.search, t("accounts.search"), func(text string) {
		a.filter.search = text
		again()
	})
	add := kit.NewButton(a.Keys, kit.Primary, t("accounts.add"), a.showStart)
	notices := newNotices(a)
	title := kit.Text(t("accounts.title"), kit.Title)
	need := title.Measure(title.Text) + 1
	var headed fyne.CanvasObject = title
	if len(notices) == 0 { // they matter more than the lead, and the list needs its room
		headed = kit.Headed(t("accounts.title"), t("accounts.lead"))
	}
	buttons := []fyne.CanvasObject{add}
	if len(a.env.Store.List()) > 1 {
		buttons = []fyne.CanvasObject{kit.NewButton(a.Keys, kit.Secondary, t("accounts.renew_all"), a.showRenewAll), add}
	}
	head := kit.Column(kit.Gap, kit.Beside(need, headed, buttons...))
	for _, n := range notices {
		head.Add(n)
	}
	if many {
		orders := []string{t("accounts.by_shop"), t("accounts.by_need")}
		by := 0
		if a.filter.byNeed {
			by = 1
		}
		order := kit.NewSelect(a.Keys, orders, by, func(i int) {
			a.filter.byNeed = i == 1
			again()
		})
		needs := kit.NewCheck(a.Keys, t("accounts.needs", "Count", a.Words.Number(len(a.env.needing(a.env.Store.List(), a.Now())))), a.filter.onlyNeeding, func(on bool) {
			a.filter.onlyNeeding = on
			again()
		})
		head.Add(kit.Column(kit.GapTiny, search, kit.Pair(16, 220, needs, order)))
	}
	least := fyne.NewSize(shell.LeastWidth, shell.LeastHeight)
	top := kit.Padded(kit.Margin, 14, kit.Limited(shell.WideWidth, head))
	body := kit.Topped(least, top, kit.Padded(kit.Margin-rowInset, 0, kit.Limited(shell.WideWidth+2*rowInset, list)))
	return shell.Screen{
		Title: t("accounts.title"),
		Body:  a.NewListFrame(a.practiceBanner(), body),
		Help:  func() (string, []fyne.CanvasObject) { return helpAccounts(a) },
		Focus: list,
		OnEnter: func() {
			if len(shown) > 0 {
				a.openAccount(shown[0])
			}
		},
	}
}

// severalApps reports that the accounts of a list belong to more than one app, as an
// agency's do.
func severalApps(list []account.Account) bool {
	return slices.ContainsFunc(list, func(acc account.Account) bool { return acc.App() != list[0].App() })
}

// newNotices say what happened to the account list while it was opened, and which client
// secret has to be renewed.
func newNotices(a *App) []fyne.CanvasObject {
	var banners []fyne.CanvasObject
	for _, n := range a.env.Store.Notices() {
		text := a.Words.T("notice.index_damaged", "Recovered", a.Words.Number(n.Recovered), "File", n.SetAside)
		banners = append(banners, kit.Banner(kit.Warning, text))
	}
	if n := newSecretNotice(a); n != nil {
		banners = append(banners, n)
	}
	return banners
}

// rowInset is the room around the card of a row.
const rowInset float32 = 4

// accountList is Fyne's list with Enter and Esc as everywhere else: Enter opens
// the account that has the focus.
type accountList struct {
	widget.List
	keys    *kit.Keys
	at      widget.ListItemID // what Enter opens
	focused bool
	open    func(widget.ListItemID)
}

func newAccountList(k *kit.Keys) *accountList {
	l := &accountList{keys: k}
	l.ExtendBaseWidget(l)
	l.OnHighlighted = func(i widget.ListItemID) {
		before := l.at
		l.at = i
		l.RefreshItem(before)
		l.RefreshItem(i)
	}
	l.OnSelected = func(i widget.ListItemID) {
		l.UnselectAll() // so that it can be clicked again
		if l.keys.Clicked() {
			l.open(i)
		}
	}
	return l
}

// FocusGained shows the ring of the line that Enter opens.
func (l *accountList) FocusGained() {
	l.focused = true
	l.List.FocusGained()
}

// FocusLost hides it.
func (l *accountList) FocusLost() {
	l.focused = false
	l.List.FocusLost()
	l.RefreshItem(l.at)
}

func (l *accountList) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if l.at < l.Length() && l.keys.Pressed() {
			l.open(l.at)
		}
	default:
		if !l.keys.Typed(e) {
			l.List.TypedKey(e)
		}
	}
}

// accountLine is one account in the list.
type accountLine struct {
	widget.BaseWidget
	a           *App
	apps        bool // it says whose app it is
	name, where *kit.Paragraph
	state       *kit.Pill
	card        *kit.Panel
	body        *fyne.Container
}

func newAccountLine(a *App, apps bool) *accountLine {
	l := &accountLine{a: a, apps: apps, name: kit.Line("", kit.Label), where: kit.Line("", kit.Small), state: kit.NewPill(kit.Success, ""), card: kit.NewPanel(kit.ColorCard, kit.ColorLine)}
	l.body = kit.Padded(14, 10, kit.Column(2, kit.Row(0, l.name, l.state), l.where), l.card)
	l.ExtendBaseWidget(l)
	return l
}

func (l *accountLine) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(kit.Padded(rowInset, 4, l.body))
}

func (l *accountLine) set(acc account.Account, here bool) {
	l.card.Line, l.card.Thick = kit.ColorLine, 1
	if here {
		l.card.Line, l.card.Thick = kit.ColorAccent, 2
	}
	l.card.Refresh()
	t := l.a.Words.T
	l.name.SetText(acc.Title())
	place := storesOf(l.a, acc)
	if acc.SellerID != "" && acc.Name != "" {
		place = t("accounts.place", "Market", place, "Seller", acc.SellerID)
	}
	if app := acc.App(); l.apps && app != "" {
		place = t("accounts.place", "Market", t("accounts.app", "App", app), "Seller", place)
	}
	if acc.Vendor {
		place = t("accounts.place", "Market", t("setup_file.vendor_yes"), "Seller", place)
	}
	if acc.Sandbox {
		place = t("accounts.place", "Market", t("sandbox.word"), "Seller", place)
	}
	l.where.SetText(place)
	l.state.Set(stateOf(l.a, acc))
	l.Refresh()
}

// storesOf names the stores of an account, its marketplace first, and before them
// the shop where the title doesn't say it.
func storesOf(a *App, acc account.Account) string {
	t := a.Words.T
	names := []string{t("market." + acc.Marketplace)}
	for code := range strings.FieldsSeq(acc.Stores) {
		if code != acc.Marketplace {
			names = append(names, t("market."+code))
		}
	}
	place := check.List(t, names)
	if acc.Shop != "" && !strings.Contains(acc.Title(), acc.Shop) {
		place = t("accounts.place", "Market", acc.Shop, "Seller", place)
	}
	return place
}

// stateOf is an account's state in words.
func stateOf(a *App, acc account.Account) (kit.Tone, string) {
	switch acc.State(a.Now()).Level {
	case account.Fine:
		if a.env.failed[acc.ID] {
			return kit.Warning, a.Words.T("state.failed")
		}
		return kit.Success, a.Words.T("state.fine")
	case account.RenewSoon:
		return kit.Warning, a.Words.T("state.renew_soon")
	default:
		return kit.Error, a.Words.T("state.attention")
	}
}
