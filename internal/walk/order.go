package walk

import (
	"context"
	"errors"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/lwa"
)

// Order is one request for tokens, cut loose from the walk so that it can run
// in the background while the walk stays with its window.
type Order struct {
	Credentials lwa.Credentials
	// Code is set for an exchange, Refresh for a renewal.
	Code        lwa.Secret
	RedirectURI string
	Refresh     lwa.Secret
}

// TokenSource is the part of [lwa.Client] that an order needs.
type TokenSource interface {
	Exchange(ctx context.Context, cred lwa.Credentials, code lwa.Secret, redirectURI string) (lwa.Token, error)
	Refresh(ctx context.Context, cred lwa.Credentials, refresh lwa.Secret) (lwa.Token, error)
}

// Order makes the request that this walk is ready for: a renewal when it has a
// refresh token, the exchange of its code otherwise. A code is marked as spent
// from here on; [Walk.Finish] takes that back where it surely was not.
func (w *Walk) Order() Order {
	o := Order{Credentials: w.Credentials()}
	if refresh, err := w.Refresh(); err == nil {
		o.Refresh = refresh
		return o
	}
	o.Code, o.RedirectURI = w.redirect.Code, w.RedirectURI
	w.spent = true
	return o
}

// Run sends the request.
func (o Order) Run(ctx context.Context, tokens TokenSource) (lwa.Token, error) {
	if !o.Refresh.IsEmpty() {
		return tokens.Refresh(ctx, o.Credentials, o.Refresh)
	}
	return tokens.Exchange(ctx, o.Credentials, o.Code, o.RedirectURI)
}

// Finish records how an order ended. A token that came beside an error is
// kept: it may be the only copy.
func (w *Walk) Finish(o Order, t lwa.Token, err error) {
	if !t.Access.IsEmpty() || !t.Refresh.IsEmpty() {
		if t.Refresh.IsEmpty() {
			t.Refresh = o.Refresh
		}
		w.Token = t
	}
	var e *lwa.Error
	if errors.As(err, &e) && e.Kind == lwa.KindRevoked && w.Visitor == HasToken && w.AccountID == "" {
		// Amazon says "may have revoked" of any token that it does not know, also of
		// an incomplete copy; this one has never worked here.
		e.Kind = lwa.KindRefreshToken
	}
	if errors.As(err, &e) && !o.Code.IsEmpty() && e.Kind.CodeSurvives() && !e.Uncertain {
		w.spent = false
	}
}

// Account is what to remember of this walk. None of it is secret.
func (w *Walk) Account() account.Account {
	now := w.now()
	a := account.Account{
		ID:            w.AccountID,
		Marketplace:   w.Market.Code,
		Vendor:        w.Vendor,
		Sandbox:       w.Sandbox,
		SellerID:      w.redirect.SellerID,
		Shop:          w.Shop,
		ApplicationID: w.app.ApplicationID,
		ClientID:      w.Credentials().ClientID,
		RedirectURI:   w.RedirectURI,
		ReturnPage:    w.ReturnPage,
		Draft:         w.Draft,
		RenewedAt:     now,
		Layout:        string(w.layout),
		SetupFile:     w.setupText(),
		SecretMadeAt:  w.SecretMadeAt,
	}
	if w.Visitor == HasToken {
		a.SelfAuthorized = true
	} else {
		a.AuthorizedAt = date.Of(now)
	}
	if w.Visitor == Guide {
		a.ProviderApp, a.RenewedAt = true, time.Time{}
		if link, err := w.Link(); err == nil {
			link.State = w.app.State // a state of our own serves once
			a.Link = link.URL()
		}
		if w.setup != nil {
			a.Provider = w.setup.Provider
		}
	}
	return a
}

// Secrets are what goes into the vault.
func (w *Walk) Secrets() account.Secrets {
	refresh, _ := w.Refresh()
	return account.Secrets{ClientSecret: w.Credentials().ClientSecret, RefreshToken: refresh}
}
