package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/sellerkey/sellerkey/ui/kit"
)

// newTerm explains a word.
func newTerm(word, text string) fyne.CanvasObject {
	return kit.Column(1, kit.Text(word, kit.Label), kit.Text(text, kit.Small))
}

// helpStart helps to choose between the ways to start.
func helpStart(a *App) (string, []fyne.CanvasObject) {
	t := a.Words.T
	looks := func(value, text, choose string) fyne.CanvasObject {
		return newSheetOf(
			newMarked(kit.Text(value, styleDrawn().Mono())),
			kit.Text(text, kit.Small),
			kit.TopRow(1, kit.Icon(theme.IconNameNavigateNext, kit.ColorAccent, 20), kit.Text(t(choose), kit.Label)))
	}
	return t("help.start.title"), []fyne.CanvasObject{
		kit.Text(t("help.start.lead"), kit.Body),
		looks(drawnConsentLink+"…", t("help.start.link"), "start.guide_title"),
		looks(drawnAppID, t("help.start.app"), "start.own_app_title"),
		looks(t("credentials.refresh_placeholder"), t("help.start.token"), "start.has_token_title"),
		kit.Text(t("help.start.unsure"), kit.Body),
		kit.Text(t("help.start.unneeded"), kit.Small),
	}
}

// helpLink shows the link in a provider's guide.
func helpLink(a *App) (string, []fyne.CanvasObject) {
	t := a.Words.T
	return t("help.link.title"), []fyne.CanvasObject{
		newSheetOf(
			kit.Text(t("help.link.guide"), styleDrawn().Bold()),
			newStub(190), newStub(150),
			newMarked(kit.Text(drawnConsentLink+drawnAppParam, styleDrawn().Mono())),
			newStub(120)),
		newNumbered(1, t("help.link.copy")),
		newNumbered(2, t("help.link.paste")),
		newNumbered(3, t("help.link.next")),
		kit.Rule(),
		newTerm(t("help.term.application_id"), t("help.term.application_id_text")),
		newTerm(t("help.term.marketplace"), t("help.term.marketplace_text")),
		newTerm(t("help.term.draft"), t("help.term.draft_text")),
		newTerm(t("help.term.redirect"), t("help.term.redirect_text")),
	}
}

// helpDeveloper shows where an app's owner finds its IDs and its secret.
func helpDeveloper(a *App, host string, id bool) (string, []fyne.CanvasObject) {
	t := a.Words.T
	mark := func(on bool, o fyne.CanvasObject) fyne.CanvasObject {
		if on {
			return newMarked(o)
		}
		return o
	}
	page := newBrowser(newAddress(drawnSellerCentral),
		kit.Text(t("amazon_label.develop_apps"), styleDrawn().Bold()),
		kit.Column(3, kit.Text(t("help.developer.app_name"), styleDrawn().In(kit.ColorMuted)), newStub(110)),
		mark(id, kit.Column(1, kit.Text(t("help.term.application_id"), styleDrawn().In(kit.ColorMuted)),
			kit.Text(drawnAppID, styleDrawn().Mono()))),
		kit.Row(0, kit.Text(t("amazon_label.lwa_credentials"), styleDrawn()), mark(!id, newDrawnButton(t("amazon_label.view"), false))))
	secret := newSheetOf(
		kit.Text(t("amazon_label.lwa_credentials"), styleDrawn().Bold()),
		newDrawnField(t("amazon_label.client_id"), t("credentials.id_placeholder"), true),
		newDrawnField(t("amazon_label.client_secret"), "••••••••••••", true))
	blocks := []fyne.CanvasObject{page}
	title := t("help.developer.title")
	if id {
		title = t("help.developer.title_id")
		blocks = append(blocks,
			newNumbered(1, t("help.developer.open")),
			newNumbered(2, t("help.developer.copy_id")),
			newNumbered(3, t("help.developer.view")))
	} else {
		blocks = append(blocks,
			newNumbered(1, t("help.developer.open")),
			newNumbered(2, t("help.developer.view")))
	}
	blocks = append(blocks, secret, newDirections(a, t("help.developer.menus"), host, developApps()), kit.Rule())
	if id {
		blocks = append(blocks,
			newTerm(t("help.term.application_id"), t("help.term.application_id_text")),
			newTerm(t("help.term.draft"), t("help.term.draft_text")),
			newTerm(t("help.term.redirect"), t("help.term.redirect_text")))
	}
	return title, append(blocks,
		newTerm(t("help.term.lwa"), t("help.term.lwa_text")),
		newTerm(t("value.client_secret"), t("help.term.client_secret_text")))
}

// helpToken shows where Seller Central hands out the refresh token of a private app.
func helpToken(a *App, host string) (string, []fyne.CanvasObject) {
	t := a.Words.T
	page := newBrowser(newAddress(drawnSellerCentral),
		kit.Text(t("help.token.page"), styleDrawn().Bold()),
		newStub(190),
		kit.Flow(newMarked(newDrawnButton(t("amazon_label.authorize_app"), false))),
		newDrawnField(t("value.refresh_token"), t("credentials.refresh_placeholder"), true))
	_, developer := helpDeveloper(a, host, false)
	return t("help.token.title"), append([]fyne.CanvasObject{
		page,
		newNumbered(1, t("help.developer.open")),
		newNumbered(2, t("help.token.authorize")),
		newNumbered(3, t("help.token.once")),
		newTerm(t("value.refresh_token"), t("help.term.refresh_token_text")),
		kit.Rule(),
		kit.Text(t("help.developer.title"), kit.Heading),
	}, developer...)
}

// helpAccounts says what the states in the list mean.
func helpAccounts(a *App) (string, []fyne.CanvasObject) {
	t := a.Words.T
	state := func(tone kit.Tone, name, text string) fyne.CanvasObject {
		return kit.Column(2, kit.Flow(kit.NewPill(tone, t(name))), kit.Text(t(text), kit.Small))
	}
	return t("help.accounts.title"), []fyne.CanvasObject{
		kit.Text(t("help.accounts.lead"), kit.Body),
		state(kit.Success, "state.fine", "help.accounts.fine"),
		state(kit.Warning, "state.renew_soon", "help.accounts.renew_soon"),
		state(kit.Warning, "state.failed", "help.accounts.failed"),
		state(kit.Error, "state.attention", "help.accounts.attention"),
		kit.Rule(),
		newTerm(t("accounts.add"), t("help.accounts.add")),
		newTerm(t("accounts.renew_all"), t("help.accounts.renew_all")),
	}
}

// helpSetup says what a setup file is, to those who get one and those who make one.
func helpSetup(a *App) (string, []fyne.CanvasObject) {
	t := a.Words.T
	return t("help.setup.title"), []fyne.CanvasObject{
		kit.Text(t("help.setup.lead"), kit.Body),
		newTerm(t("help.setup.shown"), t("help.setup.shown_text")),
		newTerm(t("help.setup.secrets"), t("help.setup.secrets_text")),
		newTerm(t("help.setup.make"), t("help.setup.make_text")),
	}
}

// helpBackup says what a backup is.
func helpBackup(a *App) (string, []fyne.CanvasObject) {
	t := a.Words.T
	return t("help.backup.title"), []fyne.CanvasObject{
		kit.Text(t("help.backup.lead"), kit.Body),
		newTerm(t("help.backup.file"), t("help.backup.file_text")),
		newTerm(t("help.backup.restore"), t("help.backup.restore_text")),
		newTerm(t("help.backup.csv"), t("help.backup.csv_text")),
	}
}

// helpKeeper says where the secrets are.
func helpKeeper(a *App) (string, []fyne.CanvasObject) {
	t, keychain := a.Words.T, a.Words.Keychain()
	return t("help.keeper.title"), []fyne.CanvasObject{
		kit.Text(t("help.keeper.lead", "Keychain", keychain), kit.Body),
		newTerm(t("vault_file.name"), t("help.keeper.file", "Keychain", keychain)),
		newTerm(t("help.keeper.lost"), t("help.keeper.lost_text")),
	}
}

// newConsentPage draws Amazon's permission page.
func newConsentPage(a *App) fyne.CanvasObject {
	t := a.Words.T
	return newBrowser(newAddress(drawnSellerCentral),
		kit.Text(t("help.consent.authorize"), styleDrawn().Bold()),
		newStub(180),
		kit.Row(2, newNumber(1), newDrawnBox(true), kit.Text(t("consent_step.draw_tick"), styleDrawn())),
		kit.Row(2, newNumber(2), newDrawnButton(t("amazon_label.confirm"), true), kit.Text(t("consent_step.draw_confirm"), styleDrawn())))
}

// helpConsent shows what Amazon asks, in its order.
func helpConsent(a *App, host string) (string, []fyne.CanvasObject) {
	t := a.Words.T
	return t("help.consent.title"), []fyne.CanvasObject{
		kit.Text(t("help.consent.sign_in"), kit.Body),
		newConsentPage(a),
		kit.Text(t("help.consent.then"), kit.Body),
		kit.Rule(),
		newTerm(t("help.term.primary_user"), t("help.term.primary_user_text")),
		newTerm(t("help.term.state"), t("help.term.state_text")),
		newTerm(t("help.consent.error"), t("help.consent.error_text")),
		kit.Column(1, kit.Text(t("help.consent.end"), kit.Label), newDirections(a, t("help.consent.end_text"), host, manageApps())),
	}
}

// newUnreachable draws the page after Confirm: only its address matters.
func newUnreachable(a *App, below ...fyne.CanvasObject) fyne.CanvasObject {
	t := a.Words.T
	return newBrowser(newMarked(kit.Text(drawnRedirect, styleDrawn())), append([]fyne.CanvasObject{
		kit.Row(1, kit.Icon(theme.IconNameWarning, kit.ColorMuted, 24), kit.Text(t("help.address.unreachable"), styleDrawn().Bold())),
		newStub(150),
	}, below...)...)
}

// helpAddress shows how the address gets from the browser to here.
func helpAddress(a *App) (string, []fyne.CanvasObject) {
	t := a.Words.T
	return t("help.address.title"), []fyne.CanvasObject{
		newUnreachable(a),
		kit.Text(t("help.address.expected"), kit.Small),
		newNumbered(1, t("help.address.click")),
		newNumbered(2, t("help.address.copy")),
		kit.Padded(30, 0, kit.Flow(newKeycaps(fyne.KeyA), newKeycaps(fyne.KeyC))),
		newNumbered(3, t("help.address.paste")),
		kit.Padded(30, 0, kit.Flow(newKeycaps(fyne.KeyV))),
		kit.Text(t("help.address.phone"), kit.Small),
		kit.Rule(),
		newTerm(t("value.code"), t("help.term.code_text")),
		newTerm(t("value.seller_id"), t("help.term.seller_id_text")),
		newTerm(t("help.term.state"), t("help.term.state_text")),
	}
}

// helpRegister shows which value goes into which box.
func helpRegister(a *App) (string, []fyne.CanvasObject) {
	t := a.Words.T
	line := func(name, value string) fyne.CanvasObject {
		return kit.Row(0, kit.Column(0, kit.Text(name, styleDrawn().In(kit.ColorMuted)), kit.Text(value, styleDrawn().Mono())),
			newDrawnButton(t("button.copy"), true))
	}
	return t("help.register.title"), []fyne.CanvasObject{
		newSheetOf(
			kit.Row(-1, kit.NewLogo(18), kit.Line(t("app.name"), styleDrawn().Bold())),
			line(t("value.seller_id"), drawnSellerID),
			kit.Rule(),
			line(t("value.code"), drawnCode)),
		kit.Row(1, kit.Icon(theme.IconNameMoveDown, kit.ColorAccent, 22), kit.Text(t("help.register.copy"), kit.Body)),
		newBrowser(newAddress(t("app_step.redirect_placeholder")),
			kit.Text(t("help.register.page"), styleDrawn().Bold()),
			newDrawnField(t("value.seller_id"), drawnSellerID, false),
			newDrawnField(t("value.code"), "…", true),
			newStub(90)),
		kit.Text(t("help.register.send"), kit.Body),
		kit.Rule(),
		newTerm(t("help.register.more"), t("help.register.more_text")),
		newTerm(t("help.register.late"), t("help.register.late_text")),
	}
}

// helpTokens shows which token is for what.
func helpTokens(a *App) (string, []fyne.CanvasObject) {
	t := a.Words.T
	token := func(name, value, life string) fyne.CanvasObject {
		return newSheetOf(kit.Text(name, styleDrawn().Bold()),
			kit.Text(value, styleDrawn().Mono().In(kit.ColorMuted)),
			kit.Flow(kit.NewPill(kit.Success, life)))
	}
	down := func(text string) fyne.CanvasObject {
		return kit.Row(1, kit.Icon(theme.IconNameMoveDown, kit.ColorAccent, 22), kit.Text(text, kit.Small))
	}
	return t("help.tokens.title"), []fyne.CanvasObject{
		token(t("value.refresh_token"), t("credentials.refresh_placeholder"), t("help.tokens.year")),
		down(t("help.tokens.renew")),
		token(t("value.access_token"), drawnAccess, t("help.tokens.hour")),
		down(t("help.tokens.works")),
		kit.Rule(),
		newTerm(t("help.tokens.which"), t("help.tokens.which_text")),
		newTerm(t("help.tokens.safe"), t("help.tokens.safe_text")),
		newTerm(t("help.tokens.end"), t("help.tokens.end_text")),
	}
}
