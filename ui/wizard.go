package ui

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// journey is a walk in the window: the walk itself, and what only the window knows
// about it. It outlives the screens that draw it.
type journey struct {
	walk *walk.Walk
	// tried: the primary button was pressed while something was missing, so the step
	// says what.
	tried bool
	// mend: Amazon refused the credentials, so the seller looks at them again.
	mend bool
	// others: the seller types other credentials than those of a saved account.
	// knownErr is why those can't be read. taking cancels reading them; nil when
	// nothing is being read.
	others   bool
	knownErr error
	taking   context.CancelFunc
	// more: the rarely needed fields are open.
	more bool
	// opened: Amazon's page was opened from here; a browser has the focus.
	opened bool
	// linkCopied: its link was copied, to be opened elsewhere.
	linkCopied bool
	// offer is an address that was seen on the clipboard.
	offer string
	// ticked are the boxes of the registration screen that were copied; true for
	// the one that is on the clipboard.
	ticked map[string]bool
	// asked: all is copied, and the step asks whether the provider has accepted it.
	// notYet: the answer was no, not yet.
	asked, notYet bool
	// remembered is the account saved for an accepted authorization, rememberErr why
	// it couldn't be saved.
	remembered  account.Account
	rememberErr error
	// session has the tokens, or the error in their place.
	session *session
}

// step is a screen without the wizard's frame.
type step struct {
	shell.Screen
	// next is the primary button; nil for none.
	next *kit.Button
	// status is a strip above the page; nil for none.
	status fyne.CanvasObject
	// counts: the page shows how long the code lives.
	counts bool
}

// screen frames the present step: the list of steps, the page, Back and one
// primary button.
func (j *journey) screen(a *App) shell.Screen {
	a.walking = j
	s := a.screens.steps[j.walk.Step()](a, j)
	banner := a.banner(j.walk.Sandbox)
	switch {
	case s.status != nil && banner != nil:
		banner = kit.Column(0, banner, s.status)
	case s.status != nil:
		banner = kit.Column(0, s.status)
	}
	if s.status == nil && !s.counts {
		banner = newCodeClock(a, j.walk).addTo(&s.Screen, banner)
	}
	s.About, s.Title = j, a.Words.T("step."+string(j.walk.Step()))
	s.Steps = func() []fyne.CanvasObject { return j.steps(a) }
	s.OnEscape = func() { j.back(a) }
	if s.next != nil {
		s.OnEnter = s.next.Press
		if s.Focus == nil {
			s.Focus = s.next
		}
	}
	back := kit.NewButton(a.Keys, kit.Secondary, a.Words.T("button.back"), s.OnEscape)
	s.Body = a.NewFrame(a.NewRail(j.steps(a)...), banner, s.Body, a.NewFoot(back, s.next))
	return s.Screen
}

// steps is the list of this visitor's steps. Those that are done are ticked, and
// lead back.
func (j *journey) steps(a *App) []fyne.CanvasObject {
	var items []fyne.CanvasObject
	here := j.walk.Step()
	for i, s := range j.walk.Visitor.Steps() {
		state := kit.StepAhead
		switch {
		case s == here && !j.walk.Accepted(): // after that the walk is over
			state = kit.StepHere
		case j.walk.Done(s):
			state = kit.StepDone
		}
		var press func()
		switch {
		case s == here || !j.walk.CanGoTo(s) || j.busy():
		case s == walk.StepTokens && j.session == nil:
			// There is nothing to show before "Get the tokens".
		default:
			press = func() {
				j.walk.GoTo(s)
				j.turn(a)
			}
		}
		items = append(items, kit.NewStepItem(a.Keys, i+1, a.Words.T("step."+string(s)), state, press))
	}
	return items
}

// back cancels what is under way, or goes to the step before.
func (j *journey) back(a *App) {
	switch {
	case j.taking != nil:
		j.taking()
	case j.busy():
		j.cancel(a)
	case j.asked && !j.walk.Accepted():
		j.asked, j.notYet = false, false
		j.turn(a)
	case j.walk.Back():
		j.turn(a)
	default:
		a.beforeLeaving(a.showStart)
	}
}

// cancel cancels what is under way, after asking when that would cost a code.
func (j *journey) cancel(a *App) {
	if j.exchanging() {
		a.askBeforeBreakingOff(j.session.cancel)
		return
	}
	j.session.cancel()
}

// turn shows the step that the walk is at now.
func (j *journey) turn(a *App) {
	j.tried, j.mend = false, false
	a.show(j.screen)
}

// mendCredentials turns to the credentials that Amazon refused.
func (j *journey) mendCredentials(a *App) {
	j.walk.GoTo(walk.StepCredentials)
	j.tried, j.mend = false, true
	a.show(j.screen)
}

// forward goes on, or says what is missing.
func (j *journey) forward(a *App) {
	if j.busy() || j.taking != nil {
		return // the previous page still shows, see hush
	}
	step := j.walk.Step()
	asks := step == walk.StepCredentials || step == walk.StepApp && j.walk.Done(step)
	if acc, ok := j.knownApp(a); ok && asks {
		j.takeKnown(a, acc)
		return
	}
	if j.walk.Next() {
		if j.walk.Step() == walk.StepTokens {
			j.getTokens(a)
			return
		}
		j.turn(a)
		return
	}
	j.tried = true
	a.Redraw()
}

func (j *journey) busy() bool { return j.session != nil && j.session.stop != nil }

// exchanging reports whether Amazon was sent the code and hasn't answered yet:
// canceling now costs the code.
func (j *journey) exchanging() bool {
	_, code := j.walk.CodeLeft()
	return code && j.busy() && j.walk.Token.Access.IsEmpty()
}

// getTokens asks Amazon for tokens, then saves them. It does nothing when they
// are there already.
func (j *journey) getTokens(a *App) {
	if !j.walk.Done(walk.StepTokens) && !j.busy() && j.otherAccount(a) {
		return
	}
	j.walk.GoTo(walk.StepTokens)
	if j.walk.Done(walk.StepTokens) || j.busy() {
		j.turn(a)
		return
	}
	h := &session{a: a, env: a.env, journey: j}
	j.session = h
	order := j.walk.Order()
	asked := *j.walk
	token := h.token
	var err error
	h.stop = a.Background(func(ctx context.Context) {
		token, err = order.Run(ctx, h.env.LWA)
	}, func() {
		h.stop = nil
		if j.session != h {
			return
		}
		// The fields could still be changed meanwhile. The tokens belong to what
		// they held before.
		*j.walk = asked
		j.walk.Finish(order, token, err)
		h.err = err
		if j.walk.Done(walk.StepTokens) {
			h.took(j.walk.Token, j.walk.Credentials(), j.walk.Account())
			h.save(j.walk.Secrets())
		}
		h.changed()
	})
	h.hush(func() { j.turn(a) })
}

// begin starts a walk, in the marketplace of the window's language.
func (a *App) begin(v walk.Visitor) {
	a.filter.showAll() // the new account must be in the list
	j := &journey{walk: walk.New(v, a.home(), a.Now)}
	if a.setup != nil {
		j.walk.Use(*a.setup)
		a.setup = nil
	}
	a.show(j.screen)
}

// authorizeAgain starts a walk with everything filled in that is known.
func (a *App) authorizeAgain(acc account.Account) {
	j := &journey{walk: walk.ForAccount(acc, a.Now)}
	a.show(j.screen)
}

// knownApp is the saved account that has this walk's client secret.
func (j *journey) knownApp(a *App) (account.Account, bool) {
	if j.others || j.knownErr != nil {
		return account.Account{}, false
	}
	return j.walk.KnownApp(a.env.Store.List())
}

// takeKnown reads the secret of an account of the same app, and goes on. If the
// keychain refuses, the seller types it.
func (j *journey) takeKnown(a *App, acc account.Account) {
	var secrets account.Secrets
	var err error
	env := a.env
	later := time.AfterFunc(quietFor, func() {
		fyne.Do(func() {
			if j.taking != nil && a.Shows(j) {
				a.Redraw()
			}
		})
	})
	j.taking = a.Background(func(ctx context.Context) {
		secrets, err = env.Store.Secrets(ctx, acc.ID)
	}, func() {
		later.Stop()
		j.taking = nil
		if !secrets.ClientSecret.IsEmpty() {
			j.walk.TakeSecret(acc, secrets.ClientSecret)
		} else if !errors.Is(err, context.Canceled) {
			j.knownErr = err
		}
		switch {
		case !a.Shows(j):
		case secrets.ClientSecret.IsEmpty():
			a.Redraw()
		default:
			j.forward(a)
		}
	})
}
