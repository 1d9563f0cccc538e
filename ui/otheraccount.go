package ui

import (
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// otherAccountText says how an account differs from the saved one that is being
// authorized again, and which saved one it is, if any.
func otherAccountText(words *i18n.Localizer, e *account.OtherAccountError, now account.Account, then string) string {
	t, saved := words.T, e.Account
	var lines []string
	if e.Seller {
		lines = append(lines, t("other_account.seller", "Name", saved.Title(), "Saved", saved.SellerID, "Now", now.SellerID))
	}
	if e.App {
		lines = append(lines, t("other_account.app", "Name", saved.Title()))
	}
	if e.Region {
		lines = append(lines, t("other_account.region", "Name", saved.Title(), "Saved", saved.Marketplace, "Now", now.Marketplace))
	}
	if e.Known.ID != "" {
		lines = append(lines, t("other_account.known", "Name", e.Known.Title()))
	}
	return strings.Join(append(lines, t(then)), "\n\n")
}

// ownLabel is the label of the button that saves the account as a new one, or updates
// the saved one that it is.
func ownLabel(words *i18n.Localizer, known account.Account) string {
	if known.ID != "" {
		return words.T("other_account.update", "Name", known.Title())
	}
	return words.T("other_account.own")
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

// otherAccountCard asks the same about tokens, where only saving them showed that they
// are of another account; nil for any other error.
func (h *session) otherAccountCard() fyne.CanvasObject {
	a := h.a
	var e *account.OtherAccountError
	if !errors.As(h.saveErr, &e) {
		return nil
	}
	own := kit.NewButton(a.Keys, kit.Primary, ownLabel(a.Words, e.Known), func() {
		h.account.ID, h.account.Name = "", ""
		h.save(h.unsaved)
		a.Redraw()
	})
	drop := kit.NewButton(a.Keys, kit.Secondary, a.Words.T("tokens.only_today"), func() {
		h.onlyToday = true
		a.Redraw()
	})
	return newErrorCard(a.Words.T("other_account.title"), otherAccountText(a.Words, e, h.account, "other_account.not_saved"), "", own, drop)
}
