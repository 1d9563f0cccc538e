package ui

import (
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/ui/kit"
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
