package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// newErrorCard says what happened and what to do now; who can fix it where that
// is known; and offers what can be done from here. It says nothing that does
// not stand in i18n: an error's own text is for logs.
func newErrorCard(title, todo, who string, actions ...fyne.CanvasObject) fyne.CanvasObject {
	return newErrorCardWith(title, todo, who, nil, actions...)
}

// newErrorCardWith has further blocks above its buttons.
func newErrorCardWith(title, todo, who string, more []fyne.CanvasObject, actions ...fyne.CanvasObject) fyne.CanvasObject {
	sign := kit.Padded(8, 1, kit.Line("!", kit.Label.In(kit.ColorError)), kit.NewPanel(kit.ColorErrorField, ""))
	blocks := []fyne.CanvasObject{
		kit.TopRow(1, sign, kit.Text(title, kit.Label)),
		kit.Text(todo, kit.Body),
	}
	if who != "" {
		blocks = append(blocks, kit.Text(who, kit.Small))
	}
	blocks = append(blocks, more...)
	if len(actions) > 0 {
		blocks = append(blocks, kit.Flow(actions...))
	}
	return kit.Padded(kit.Inset, 15, kit.Column(9, blocks...), kit.NewPanel(kit.ColorCard, kit.ColorError))
}

// amazonCard explains a refusal or failure of Amazon, with "Copy details" for
// whoever helps.
func (a *App) amazonCard(err error, actions ...fyne.CanvasObject) fyne.CanvasObject {
	return a.amazonCardSaying("", err, actions...)
}

// amazonCardSaying gives its own advice in place of the usual; "" for the usual.
func (a *App) amazonCardSaying(todo string, err error, actions ...fyne.CanvasObject) fyne.CanvasObject {
	t, kind := a.Words.T, amazonError(a, err).Kind
	id := "lwa." + kind.String()
	who := ""
	if todo == "" {
		todo, who = t(id+".todo"), t("actor."+string(kind.Actor()))
	}
	return a.refusalCard(err, t(id+".title"), todo, who, nil, actions...)
}

// refusalCard is amazonCard with other words. Blocks are shown below them.
func (a *App) refusalCard(err error, title, todo, who string, blocks []fyne.CanvasObject, actions ...fyne.CanvasObject) fyne.CanvasObject {
	e := amazonError(a, err)
	details := a.CopyButton(kit.Secondary, "button.copy_details", func() { a.Copy(e.Details(a.deps.Version), false) })
	return newErrorCardWith(title, todo, who, blocks, append(actions, details)...)
}

// amazonError returns err as an *lwa.Error, so that every error has a card.
func amazonError(a *App, err error) *lwa.Error {
	var e *lwa.Error
	if !errors.As(err, &e) {
		e = &lwa.Error{Kind: lwa.KindRefused, At: a.Now()}
		if errors.Is(err, context.Canceled) {
			e.Kind = lwa.KindCanceled
		}
	}
	return e
}

// vaultCard explains why a secret could not be kept or read, in the keychain or
// in the encrypted file that has its place.
func (a *App) vaultCard(err error, actions ...fyne.CanvasObject) fyne.CanvasObject {
	return a.keeperCard(err, a.env.InFile, actions...)
}

func (a *App) keeperCard(err error, file bool, actions ...fyne.CanvasObject) fyne.CanvasObject {
	kind := string(vault.KindOf(err))
	var ie *account.IndexError
	if errors.As(err, &ie) {
		kind = "index_" + string(ie.Kind)
	}
	id := "vault." + kind
	if of := "vault_file_error." + kind; file && a.Words.Has(of+".title") {
		id = of
	}
	if !a.Words.Has(id + ".title") {
		id = "vault." + string(vault.Unavailable)
	}
	return newErrorCard(a.Words.T(id+".title"), a.Words.T(id+".todo"), "", actions...)
}
