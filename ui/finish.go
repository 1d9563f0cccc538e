package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
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

// accept records that the provider has accepted the code, and saves the
// authorization: without a secret, and nothing in the keychain.
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

// newDoneStep says that the seller is done, and when to authorize again.
func newDoneStep(a *App, j *journey) step {
	t := a.Words.T
	blocks := []fyne.CanvasObject{kit.Headed(t("finish.done_title"), t("finish.done_lead"))}
	switch acc := j.remembered; {
	case j.rememberErr != nil:
		blocks = append(blocks, newVaultCard(a, j.rememberErr, kit.NewButton(a.Keys, kit.Secondary, t("button.try_again"), func() {
			j.remember(a)
			a.Redraw()
		})))
	case acc.ID == "":
		blocks = append(blocks, a.Busy())
	default:
		due := a.Words.Date(acc.AuthorizationDue().Time())
		blocks = append(blocks, kit.Banner(kit.Success, t("finish.remembered", "Name", acc.Title(), "Date", due)),
			kit.Flow(kit.NewButton(a.Keys, kit.Secondary, t("details.calendar"), func() { writeCalendar(a, acc) })))
	}
	return step{
		Screen: shell.Screen{Body: kit.Column(kit.Gap, blocks...), Help: func() (string, []fyne.CanvasObject) {
			return helpConsent(a, sellerHost(j.walk.Market.Code, j.walk.Vendor))
		}},
		counts: true,
		next:   kit.NewButton(a.Keys, kit.Primary, t("button.done"), a.showHome),
	}
}
