package ui

import (
	"context"
	"errors"
	"net/url"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// What leads from one step of the walk to another, or begins a walk. A question comes
// first where something would be lost.

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

// otherAccount asks what to do if the authorization is of another account than the
// one that is being authorized again: save it as an account of its own, or drop it.
// Nothing has been sent yet. It reports whether it asks.
func (j *journey) otherAccount(a *App) bool {
	now := j.walk.Account()
	var e *account.OtherAccountError
	if !errors.As(a.env.Store.Check(now), &e) {
		return false
	}
	asked := *j.walk
	if e.Seller {
		j.walk.ForgetPaste()
		j.walk.GoTo(walk.StepPaste)
	} else if j.walk.Step() == walk.StepTokens {
		j.walk.Back()
	}
	j.turn(a)
	a.Offer(a.Words.T("other_account.title"), otherAccountText(a.Words, e, now, "other_account.not_sent"),
		a.Words.T("other_account.drop"), shell.Choice{Label: ownLabel(a.Words, e.Known), Do: func() {
			*j.walk = asked
			j.walk.AccountID = ""
			j.getTokens(a)
		}})
	return true
}

// mendCredentials turns to the credentials that Amazon refused.
func (j *journey) mendCredentials(a *App) {
	j.walk.GoTo(walk.StepCredentials)
	j.tried, j.mend = false, true
	a.show(j.screen)
}

// consentURL is the authorization link, on Amazon's host or that of practice mode.
func (j *journey) consentURL(a *App) string {
	link, err := j.walk.Link()
	if err != nil {
		return ""
	}
	switch {
	case a.env.ConsentOrigin == "":
		return link.URL()
	case a.practising(): // in the app's language, and as the host that Amazon's page would be on
		return link.URLAt(a.env.ConsentOrigin) + "&" + url.Values{"lang": {a.Words.Lang()}, "practice_host": {link.Host}}.Encode()
	}
	return link.URLAt(a.env.ConsentOrigin)
}

// openConsent opens the permission page in the browser and turns to the step where
// the address is pasted that comes back.
func (j *journey) openConsent(a *App) {
	j.change(a, a.Words.T("consent_step.open"), (*walk.Walk).HandedOut, func() {
		a.Open(j.consentURL(a))
		j.opened = true
		j.toPaste(a)
	})
}

// toPaste turns to the step where the address is pasted.
func (j *journey) toPaste(a *App) {
	if j.walk.GoTo(walk.StepPaste) {
		j.turn(a)
	}
}

// take reads a text as the address that came back, even if one was read before, and
// turns to the step for that.
func (j *journey) take(a *App, text string) {
	j.change(a, a.Words.T("button.paste"), func(w *walk.Walk) { w.ReadPaste(text) }, func() {
		j.offer = ""
		j.walk.GoTo(walk.StepPaste)
		j.taken(a)
	})
}

// taken shows what was just read, or goes on if there is nothing to look at, because
// the code expires soon.
func (j *journey) taken(a *App) {
	if r, ok := j.walk.Redirect(); ok && len(j.warnings(a, r)) == 0 {
		j.walk.PassPaste()
	}
	j.turn(a)
}

// warnings are what a seller should know about the address that was read.
func (j *journey) warnings(a *App, r paste.Redirect) (told []paste.Warning) {
	for _, w := range r.Warnings {
		// The practice pages live on this computer.
		if a.Words.Has("warning."+w.String()) && (w != paste.NotHTTPS || !a.practising()) {
			told = append(told, w)
		}
	}
	return told
}

// startOver gets a new code and keeps everything else, after asking if the present one
// is still good.
func (j *journey) startOver(a *App) {
	if j.busy() {
		return
	}
	j.change(a, a.Words.T("button.start_over"), (*walk.Walk).StartOver, func() { j.begunAgain(a) })
}

// newCode gets a new code without asking.
func (j *journey) newCode(a *App) {
	j.walk.StartOver()
	j.begunAgain(a)
}

func (j *journey) begunAgain(a *App) {
	j.session, j.opened, j.linkCopied, j.ticked, j.asked, j.notYet = nil, false, false, nil, false, false
	j.turn(a)
}
