package ui

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
)

// changed draws the screen again if this session is the one that shows.
func (h *session) changed() {
	if h.turn != nil && (h.stop != nil || h.saving) {
		return
	}
	h.show()
}

func (h *session) show() {
	switch {
	case h.a.session() != h:
	case h.turn != nil:
		turn := h.turn
		h.turn = nil
		turn()
	default:
		h.a.Redraw()
	}
}

// quietFor is how long the previous page may stay while something is under way. A
// page that shows for less than that only flickers, and costs painting the whole
// window.
const quietFor = 300 * time.Millisecond

// hush keeps the previous page until there is something to show, for quietFor at most.
// turn shows this session then.
func (h *session) hush(turn func()) {
	h.turn = turn
	h.a.Background(func(ctx context.Context) {
		select {
		case <-time.After(quietFor):
		case <-ctx.Done():
		}
	}, func() {
		if h.turn != nil {
			h.show()
		}
	})
}

func (h *session) cancel() {
	if h.stop != nil {
		h.stop()
	}
}

// took keeps what Amazon gave.
func (h *session) took(t lwa.Token, cred lwa.Credentials, acc account.Account) {
	h.token, h.cred, h.account = t, cred, acc
}

// setAccount takes the account as it is now.
func (h *session) setAccount(acc account.Account) {
	h.account = acc
	h.tell()
}

// tell passes on what this session has now, so that the walk and an open
// registration screen show the same: a marketplace or an app may have been corrected,
// a token renewed, a client secret replaced.
func (h *session) tell() {
	if j := h.journey; j != nil && j.session == h && !j.walk.Token.Refresh.IsEmpty() { // not begun again since
		h.fill(j.walk)
	}
	if beside := h.a.Beside(); beside != nil {
		if j := beside.About.(*journey); j.session == h {
			h.fill(j.walk)
			beside.Redraw()
		}
	}
}

// fill puts into a walk what this session has.
func (h *session) fill(w *walk.Walk) {
	if m, ok := lwa.FindMarketplace(h.account.Marketplace); ok {
		w.Choose(m, w.Vendor)
	}
	w.Sandbox, w.Token = h.account.Sandbox, h.token
	w.ClientID, w.ClientSecret = h.cred.ClientID, h.cred.ClientSecret
}

// save puts the secrets into the vault and the account into the index. If that takes
// longer than quietFor, the tokens are on the screen meanwhile, and stay there even
// if it fails.
func (h *session) save(secrets account.Secrets) {
	h.saving, h.saveErr, h.unsaved = true, nil, secrets
	var saved account.Account
	var err error
	acc := h.account
	h.a.Background(func(ctx context.Context) {
		saved, err = h.env.Store.Save(ctx, acc, secrets)
	}, func() {
		h.saving = false
		h.saveErr = err
		if err == nil {
			h.saved, h.unsaved = true, account.Secrets{}
			h.setAccount(saved)
			h.env.fresh.Keep(saved.ID, h.token)
		}
		h.changed()
	})
}

// renew asks for a new access token.
func (h *session) renew() {
	if h.stop != nil {
		return
	}
	h.doing = "renewing"
	h.err = nil
	var r account.Renewal
	var err error
	id, cred, refresh := h.account.ID, h.cred, h.token.Refresh
	saved := h.saved
	h.stop = h.a.Background(func(ctx context.Context) {
		r, err = h.refresh(ctx, saved, id, cred, refresh)
	}, func() {
		h.stop = nil
		if err == nil {
			h.renewedAt = h.a.Now()
		}
		h.renewed(r, err)
	})
	h.changed()
}

// refresh asks for a new access token. A refresh token that comes with it is in
// the vault already if the account is saved.
func (h *session) refresh(ctx context.Context, saved bool, id string, cred lwa.Credentials, refresh lwa.Secret) (r account.Renewal, err error) {
	if saved {
		return h.env.fresh.Renew(ctx, id)
	}
	r.Token, err = h.env.LWA.Refresh(ctx, cred, refresh)
	if !lwa.Replaces(refresh, r.Token.Refresh) {
		r.Token.Refresh = lwa.Secret{}
	}
	return r, err
}

// renewed takes the outcome of a renewal, whether a person asked for it or not.
func (h *session) renewed(r account.Renewal, err error) {
	var lost *account.UnsavedError
	if errors.As(err, &lost) {
		h.saveErr, h.saved = lost.Err, false
		h.unsaved = account.Secrets{ClientSecret: h.cred.ClientSecret, RefreshToken: r.Token.Refresh}
		err = nil
	}
	if errors.Is(err, context.Canceled) && !h.token.Access.IsEmpty() {
		err = nil // the seller pressed Cancel, and keeps the former token
	}
	h.err = err
	h.refreshChanged = h.refreshChanged || r.RefreshChanged
	if !r.Token.Refresh.IsEmpty() {
		h.token.Refresh = r.Token.Refresh // even with an error: it may be the only copy
		if !h.unsaved.RefreshToken.IsEmpty() {
			h.unsaved.RefreshToken = r.Token.Refresh
		}
	}
	if !r.Token.Access.IsEmpty() {
		refresh := h.token.Refresh
		h.token = r.Token
		h.token.Refresh = refresh
		h.copied = nil
	}
	if err == nil && h.saved && !h.token.Access.IsEmpty() { // there's none if the secrets couldn't be read
		h.env.fresh.Keep(h.account.ID, h.token)
	}
	h.tell()
	h.changed()
}

func (h *session) open() {
	h.doing, h.openErr, h.err = "opening", nil, nil
	var secrets account.Secrets
	var r account.Renewal
	var openErr, err error
	id := h.account.ID
	h.stop = h.a.Background(func(ctx context.Context) {
		if secrets, openErr = h.env.Store.Secrets(ctx, id); openErr == nil {
			defer h.sayLater("renewing")()
			r, err = h.env.fresh.Token(ctx, id)
		}
	}, func() {
		h.stop = nil
		h.openErr = openErr
		h.cred = lwa.Credentials{ClientID: h.account.ClientID, ClientSecret: secrets.ClientSecret}
		h.token.Refresh = secrets.RefreshToken
		h.renewed(r, err)
	})
}

// sayLater says what the session is waiting for, once that has taken quietFor; the
// returned function stops that. It may be called from the background.
func (h *session) sayLater(doing string) (end func() bool) {
	return time.AfterFunc(quietFor, func() {
		fyne.Do(func() {
			if h.stop != nil {
				h.doing = doing
				h.changed()
			}
		})
	}).Stop
}

// asJourney makes a walk at its last step, for the registration window.
func (h *session) asJourney() *journey {
	w := walk.New(walk.HasToken, lwa.Marketplace{}, h.a.Now)
	h.fill(w)
	w.SetSellerID(h.account.SellerID)
	w.Recall(h.account)
	return &journey{walk: w, session: h}
}

// rememberLayout saves which boxes the account's registration screen has.
func (h *session) rememberLayout(l walk.Layout) {
	if !h.saved {
		return
	}
	var saved account.Account
	var err error
	id := h.account.ID
	h.a.Background(func(context.Context) {
		saved, err = h.env.Store.Update(id, func(acc *account.Account) { acc.Layout = string(l) })
	}, func() {
		if err != nil {
			h.a.Log.Error("remembering the registration screen", "err", err)
			return
		}
		h.setAccount(saved)
	})
}

// mask masks the values again that were shown.
func (h *session) mask() {
	if len(h.revealed) > 0 {
		h.revealed = nil
		h.changed()
	}
}

// session returns the session whose tokens show; nil for none.
func (a *App) session() *session {
	switch about := a.Screen().About.(type) {
	case *session:
		return about
	case *journey:
		if about.walk.Step() == walk.StepTokens {
			return about.session
		}
	}
	return nil
}

func (j *journey) busy() bool { return j.session != nil && j.session.stop != nil }

// exchanging reports whether Amazon was sent the code and hasn't answered yet:
// canceling now costs the code.
func (j *journey) exchanging() bool {
	_, code := j.walk.CodeLeft()
	return code && j.busy() && j.walk.Token.Access.IsEmpty()
}
