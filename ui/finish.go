package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// The end of a guide's walk: whether the provider has accepted code and seller
// ID is asked, and the authorization is remembered for its yearly renewal.

// newAcceptedStep asks whether the provider has accepted them, or says that all
// is done.
func newAcceptedStep(a *App, j *journey) step {
	if j.walk.Accepted() {
		return newDoneStep(a, j)
	}
	t := a.Words.T
	first := kit.NewButton(a.Keys, kit.Primary, t("finish.yes"), func() { j.accept(a) })
	blocks := []fyne.CanvasObject{
		kit.Headed(t("finish.title"), t("finish.lead")),
		kit.Flow(first,
			kit.NewButton(a.Keys, kit.Secondary, t("finish.not_yet"), func() {
				j.notYet = true
				a.Redraw()
			}),
			kit.NewButton(a.Keys, kit.Secondary, t("finish.no"), func() { j.newCode(a) })),
	}
	if j.notYet {
		checks := []fyne.CanvasObject{kit.Text(t("finish.check"), kit.Heading)}
		for _, id := range []string{"finish.check_saved", "finish.check_message", "finish.check_both", "finish.check_time"} {
			checks = append(checks, kit.TopRow(1, kit.Line("•", kit.Body.In(kit.ColorAccent)), kit.Text(t(id), kit.Body)))
		}
		blocks = append(blocks, kit.Card(append(checks, kit.Flow(kit.NewButton(a.Keys, kit.Secondary, t("finish.copy_again"), func() {
			j.asked, j.ticked = false, nil
			a.Redraw()
		})))...))
	}
	clock := newCodeClock(a, j.walk)
	s := step{Screen: shell.Screen{
		Body: kit.Column(kit.Gap, blocks...), Focus: first,
		Help: func() (string, []fyne.CanvasObject) { return helpRegister(a) },
	}, counts: !j.walk.CodeLive()}
	if !s.counts {
		s.status = clock.strip()
		s.Tick = func(time.Time) time.Duration { return clock.tick(a.Redraw) }
	}
	return s
}

// accept takes note that the provider has accepted the code, and remembers the
// authorization: no secret, nothing in the keychain.
func (j *journey) accept(a *App) {
	j.walk.Accept()
	j.remember(a)
	j.turn(a)
}

func (j *journey) remember(a *App) {
	env, acc := a.env, j.walk.Account()
	j.remembered, j.rememberErr = account.Account{}, nil
	a.Background(func(ctx context.Context) {
		acc, j.rememberErr = env.Store.Save(ctx, acc, account.Secrets{})
	}, func() {
		if j.rememberErr == nil {
			j.remembered = acc
			j.walk.AccountID = acc.ID
		}
		if a.Shows(j) {
			a.Redraw()
		}
	})
}

// newDoneStep says that the seller is done, and until when.
func newDoneStep(a *App, j *journey) step {
	t := a.Words.T
	blocks := []fyne.CanvasObject{kit.Headed(t("finish.done_title"), t("finish.done_lead"))}
	switch acc := j.remembered; {
	case j.rememberErr != nil:
		blocks = append(blocks, a.vaultCard(j.rememberErr, kit.NewButton(a.Keys, kit.Secondary, t("button.try_again"), func() {
			j.remember(a)
			a.Redraw()
		})))
	case acc.ID == "":
		blocks = append(blocks, a.Busy())
	default:
		due := a.Words.Date(acc.AuthorizationDue().Time())
		blocks = append(blocks, kit.Banner(kit.Success, t("finish.remembered", "Name", acc.Title(), "Date", due)),
			kit.Flow(kit.NewButton(a.Keys, kit.Secondary, t("details.calendar"), func() { a.writeCalendar(acc) })))
	}
	return step{
		Screen: shell.Screen{Body: kit.Column(kit.Gap, blocks...), Help: func() (string, []fyne.CanvasObject) {
			return helpConsent(a, sellerHost(j.walk.Market.Code, j.walk.Vendor))
		}},
		counts: true,
		next:   kit.NewButton(a.Keys, kit.Primary, t("button.done"), a.showHome),
	}
}

// provided shows an account whose tokens a tool provider keeps: when it was
// authorized, until when that lasts, and the way to authorize it again.
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
	blocks = append(blocks, a.reasons(acc)...)
	blocks = append(blocks,
		kit.Card(
			line(t("setup_file.provider"), acc.Provider),
			line(t("app_step.market"), marketName(a.Words, market)),
			line(t("value.seller_id"), acc.SellerID),
			line(t("details.application_id"), acc.ApplicationID),
			line(t("details.authorized"), a.Words.Date(acc.AuthorizedAt.Time())),
			line(t("finish.until"), a.Words.Date(acc.AuthorizationDue().Time()))),
		kit.Flow(again,
			kit.NewButton(a.Keys, kit.Secondary, t("details.calendar"), func() { a.writeCalendar(acc) }),
			kit.NewButton(a.Keys, kit.Secondary, t("details.open"), func() { h.showDetails(false) })),
		kit.Flow(kit.NewButton(a.Keys, kit.Danger, t("account.forget"), func() { h.forget() })))
	list := kit.NewButton(a.Keys, kit.Secondary, t("accounts.to_list"), a.showHome)
	return shell.Screen{
		About: h, Title: acc.Title(), Focus: again, OnEscape: a.showHome,
		Body: a.NewWideFrame(a.practiceBanner(), kit.Column(kit.Gap, blocks...), a.NewFoot(list, nil)),
		Help: func() (string, []fyne.CanvasObject) { return helpConsent(a, sellerHost(acc.Marketplace, acc.Vendor)) },
	}
}

// beforeLeaving goes on, after asking when that would lose tokens, or a code
// that is still good or on its way to Amazon.
func (a *App) beforeLeaving(goOn func()) {
	j := a.walking
	leave := func() {
		a.walking = nil
		goOn()
	}
	switch {
	case j != nil && j.exchanging():
		a.askBeforeBreakingOff(leave)
	case j != nil && j.walk.CodeLive() && (j.session == nil || j.session.token.Access.IsEmpty()):
		left, _ := j.walk.CodeLeft()
		t := a.Words.T
		a.Message(t("code.leave_title"), t("code.leave_text", "Time", a.Words.Clock(shell.Calmly(left))), t("button.stay"), t("code.leave_anyway"), leave)
	default:
		a.session().beforeLeaving(goOn)
	}
}

// askBeforeBreakingOff asks before a request is broken off that has the code.
func (a *App) askBeforeBreakingOff(do func()) {
	t := a.Words.T
	a.Message(t("code.sent_title"), t("code.sent_text"), t("button.stay"), t("code.break_off"), do)
}

// change changes the walk and goes on, after asking when that would cost a code
// that is still good. The question says action on its button.
func (j *journey) change(a *App, action string, change func(*walk.Walk), goOn func()) {
	do := func() {
		change(j.walk)
		goOn()
	}
	if !j.walk.Loses(change) {
		do()
		return
	}
	left, _ := j.walk.CodeLeft()
	t := a.Words.T
	a.Message(t("code.lose_title"), t("code.lose_text", "Time", a.Words.Clock(shell.Calmly(left))), t("button.stay"), action, do)
}

// leaveHome goes home, after [App.beforeLeaving].
func (a *App) leaveHome() { a.beforeLeaving(a.showHome) }
