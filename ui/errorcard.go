package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/backup"
	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// newErrorCard says what happened, what to do now and, if that is known, who can fix
// it, and offers actions. All its words are from i18n: an error's own text is for
// logs.
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

// newAmazonCard explains a refusal or failure, with "Copy details" for the person who
// helps.
func newAmazonCard(a *App, err error, actions ...fyne.CanvasObject) fyne.CanvasObject {
	return newAmazonCardSaying(a, "", err, actions...)
}

// newAmazonCardSaying gives other advice than usual; "" for the usual one.
func newAmazonCardSaying(a *App, todo string, err error, actions ...fyne.CanvasObject) fyne.CanvasObject {
	t, kind := a.Words.T, amazonError(a, err).Kind
	id := "lwa." + string(kind)
	who := ""
	if todo == "" {
		todo, who = t(id+".todo"), t("actor."+string(kind.Actor()))
	}
	return newRefusalCard(a, err, t(id+".title"), todo, who, nil, actions...)
}

// newRefusalCard is newAmazonCard with other words. Blocks are shown below them.
func newRefusalCard(a *App, err error, title, todo, who string, blocks []fyne.CanvasObject, actions ...fyne.CanvasObject) fyne.CanvasObject {
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

// newVaultCard explains why a secret couldn't be saved or read, in the keychain or in
// the encrypted file that replaces it.
func newVaultCard(a *App, err error, actions ...fyne.CanvasObject) fyne.CanvasObject {
	return newKeeperCard(a, err, a.env.InFile, actions...)
}

func newKeeperCard(a *App, err error, file bool, actions ...fyne.CanvasObject) fyne.CanvasObject {
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

// newBackupCard says why a backup was not saved or restored, and what to do.
func newBackupCard(a *App, err error, again func()) fyne.CanvasObject {
	t := a.Words.T
	var file *backup.Error
	if errors.As(err, &file) {
		return kit.Banner(kit.Error, t("backup_error."+string(file.Kind), "File", file.Path))
	}
	card := newVaultCard(a, err, newRetryButtons(a, err, again)...)
	if of := new(backup.UnreadableError); errors.As(err, &of) {
		return kit.Column(kit.GapTiny, kit.Banner(kit.Error, t("backup.unreadable", "Name", of.Account.Title())), card)
	}
	return card
}

// newRetryButtons are the buttons that go with an error of the vault.
func newRetryButtons(a *App, err error, again func()) []fyne.CanvasObject {
	if offer := newVaultFileOffer(a, err, again); offer != nil {
		return []fyne.CanvasObject{offer}
	}
	return []fyne.CanvasObject{kit.NewButton(a.Keys, kit.Secondary, a.Words.T("button.try_again"), again)}
}

// waitingHelps reports whether the usual advice is to wait.
func waitingHelps(err error) bool {
	var e *lwa.Error
	return errors.As(err, &e) && e.Kind.Actor() == lwa.ActorWait
}

// needsSecret reports whether trying again is of no use without another client secret.
func needsSecret(err error) bool {
	var e *lwa.Error
	return errors.As(err, &e) && e.Kind.NeedsSecret()
}

// newExportCard says why there is no export, or why the file was not written.
func newExportCard(a *App, err error, overwrite func()) fyne.CanvasObject {
	t := a.Words.T
	var e *export.Error
	if !errors.As(err, &e) {
		e = &export.Error{Kind: export.KindFailed}
	}
	value := ""
	if e.Value != "" {
		value = t("value." + string(e.Value))
		if e.Value == export.ValueMarketplace || e.Value == export.ValueAccountName {
			value = t("export_value." + string(e.Value))
		}
	}
	var actions []fyne.CanvasObject
	if overwrite != nil && (e.Kind == export.KindExists || e.Kind == export.KindCannotMerge) {
		actions = append(actions, kit.NewButton(a.Keys, kit.Secondary, t("export.there.replace"), overwrite))
	}
	where := ""
	if e.Line > 0 {
		where = t("setup_file.line", "Line", a.Words.Number(e.Line))
	}
	id := "export_error." + string(e.Kind)
	return newErrorCard(t(id+".title", "Value", value), t(id+".todo", "Value", value), where, actions...)
}
