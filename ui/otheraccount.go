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

// otherAccountText says in what the account now differs from the saved one that
// is authorized again, and which one it is where the list has it.
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

// ownLabel is the button that saves the account that came: as a new one, or in the
// place of the one that the list has of it.
func ownLabel(words *i18n.Localizer, known account.Account) string {
	if known.ID != "" {
		return words.T("other_account.update", "Name", known.Title())
	}
	return words.T("other_account.own")
}

// otherAccount asks what to do with an authorization that is not of the account
// that is authorized again, before anything is sent: make it an account of its
// own, or drop it. It reports whether there is such a question.
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

// otherAccountCard is for tokens that turned out to be of another account only
// when they were to be saved; nil for any other error.
func (v *tokensView) otherAccountCard() fyne.CanvasObject {
	a, h := v.a, v.h
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
