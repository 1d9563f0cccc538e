package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/rotate"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// Where a person learns that a client secret has to be renewed, or that an old one is
// still somewhere.

// newSecretNotice is the notice above the list of accounts about the most urgent client
// secret, or nil.
func newSecretNotice(a *App) fyne.CanvasObject {
	list := a.env.Store.List()
	if open := openRotations(a); len(open) > 0 {
		if accounts := rotate.Accounts(list, open[0].ClientID); len(accounts) > 0 {
			return newLeftBanner(a, open[0], accounts[0], nil)
		}
	}
	acc, r := mostUrgentSecret(a, list)
	if acc.ID == "" {
		return nil
	}
	tone, id := kit.Warning, "new_secret.due"
	if r.Level == account.Attention {
		tone, id = kit.Error, "new_secret.overdue"
	}
	return newSlimBanner(tone, a.Words.T(id, "Date", a.Words.Date(r.Date.Time())), renewButton(a, acc, nil))
}

// newSlimBanner is a banner with its button at the side, which leaves the list its room.
func newSlimBanner(tone kit.Tone, text string, button *kit.Button) fyne.CanvasObject {
	fill, ink := kit.ColorWarningField, kit.ColorWarning
	if tone == kit.Error {
		fill, ink = kit.ColorErrorField, kit.ColorError
	}
	button.Raised = true
	return kit.Padded(16, 6, kit.Row(0, kit.Text("! "+text, kit.Body.In(ink)), button), kit.NewPanel(fill, ""))
}

// mostUrgentSecret is the account whose client secret expired or will expire first.
func mostUrgentSecret(a *App, list []account.Account) (first account.Account, why account.Reason) {
	for _, acc := range list {
		for _, r := range acc.State(a.Now()).Reasons {
			if !r.SecretExpires() || !hasSecret(acc) {
				continue
			}
			if first.ID == "" || r.Date.Before(why.Date) {
				first, why = acc, r
			}
		}
	}
	return first, why
}

// hasSecret reports whether an account has a client secret that can be renewed.
func hasSecret(acc account.Account) bool {
	return len(rotate.Accounts([]account.Account{acc}, acc.ClientID)) > 0
}

// openRotations are the client secrets whose replacement isn't finished.
func openRotations(a *App) []rotate.Rotation {
	open, err := rotate.New(a.env.Store, a.Now).Rotations()
	if err != nil {
		a.Log.Error("reading where client secrets are", "err", err)
	}
	return open
}

// newLeftBanner says what may still have an old client secret. acc is an account of the
// app, h its session or nil.
func newLeftBanner(a *App, r rotate.Rotation, acc account.Account, h *session) fyne.CanvasObject {
	text, button := a.Words.T("new_secret.behind"), renewButton(a, acc, h)
	if len(r.Behind) == 0 {
		text = a.Words.N("new_secret.some_left", r.Left)
		button = kit.NewButton(a.Keys, kit.Secondary, a.Words.T("new_secret.see_left"), func() { showPlacesLeft(a, acc, h) })
	}
	if h == nil {
		return newSlimBanner(kit.Warning, text, button)
	}
	return kit.Banner(kit.Warning, text+"\n"+untilWhen(a, r), button)
}

// renewButton opens the renewal of an account's client secret.
func renewButton(a *App, acc account.Account, h *session) *kit.Button {
	return kit.NewButton(a.Keys, kit.Secondary, a.Words.T("new_secret.title"), func() { showNewSecret(a, acc, h) })
}

// leftOf is the banner for an account's app; nil if nothing is left.
func leftOf(a *App, h *session) []fyne.CanvasObject {
	open := openRotations(a)
	i := slices.IndexFunc(open, func(r rotate.Rotation) bool {
		return len(rotate.Accounts([]account.Account{h.account}, r.ClientID)) > 0
	})
	if i < 0 {
		return nil
	}
	return []fyne.CanvasObject{newLeftBanner(a, open[i], h.account, h)}
}

// newPlacesCard shows where an account is used, as far as that's remembered for the day
// when its client secret is replaced; nil if nothing is.
func newPlacesCard(a *App, acc account.Account) fyne.CanvasObject {
	t, book := a.Words.T, rotate.New(a.env.Store, a.Now)
	places, err := book.Places(acc.ID)
	if err != nil {
		a.Log.Error("reading where a client secret is", "err", err)
	}
	if len(places) == 0 {
		return nil
	}
	lines := []fyne.CanvasObject{kit.Text(t("new_secret.places"), kit.Heading), kit.Text(t("new_secret.places_text"), kit.Small)}
	for _, p := range places {
		line := []fyne.CanvasObject{kit.Text(t("accounts.place", "Market", toolName(a, p), "Seller", a.Words.Date(p.On.Time())), kit.Body)}
		if p.Path != "" {
			line = append(line, kit.Text(p.Path, kit.Value))
		} else {
			line = append(line, kit.Text(t("new_secret.place_copied"), kit.Small))
		}
		lines = append(lines, kit.Column(1, line...))
	}
	forget := kit.NewButton(a.Keys, kit.Danger, t("new_secret.forget"), func() {
		a.Ask(t("new_secret.forget_title"), t("new_secret.forget_text"), t("new_secret.forget"), func() {
			if err := book.Forget(acc.ID); err != nil {
				a.Alert(t("rotate.error.places_failed.title"), t("rotate.error.places_failed.todo"))
			}
			a.Redraw()
		})
	})
	return kit.Card(append(lines, kit.Flow(forget))...)
}
