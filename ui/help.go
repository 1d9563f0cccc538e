package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// helpPanel is the help that is open: what the browser will show at this step,
// and what the words mean. It stands beside the page, or in its place where the
// window is narrow.
type helpPanel struct {
	object fyne.CanvasObject
	close  *button
}

func (a *App) newHelpPanel(title string, blocks []fyne.CanvasObject) *helpPanel {
	k := &keys{escape: a.closeHelp, help: a.closeHelp, menu: a.keys.menu, clicks: a.clicks}
	p := &helpPanel{close: newButton(k, secondary, a.words.T("help.close"), a.closeHelp)}
	p.close.fixed = true
	page := newPage(newPadded(24, 18, newLimited(460, newColumn(gap, blocks...))))
	k.scroll = page.Scroll
	head := newPadded(24, 14, newRow(0, newText(title, styleHead()), p.close))
	bg := newPanel(colorRail, "")
	bg.radius = ""
	p.object = newPadded(0, 0, newTopped(fyne.Size{}, newColumn(0, head, newRule()), page), bg)
	return p
}

// newHelpButton opens the help of the screen that is being built.
func (a *App) newHelpButton() *button {
	b := newButton(a.keys, plain, a.words.T("help.open"), a.toggleHelp)
	b.fixed, b.mark = true, "?"
	return b
}

// toggleHelp opens the help of the present screen, or closes it.
func (a *App) toggleHelp() {
	if a.helping != nil {
		a.closeHelp()
		return
	}
	if a.now.help != nil {
		a.helpOpen = true
		a.redraw()
		a.win.Canvas().Focus(a.helping.close)
	}
}

func (a *App) closeHelp() {
	a.helpOpen = false
	a.redraw()
}

// showHelp puts the help beside the page that has just been built.
func (a *App) showHelp() {
	s := a.now
	a.helping = nil
	if s.help == nil {
		return
	}
	a.keys.help = a.toggleHelp
	if !a.helpOpen || a.frame == nil {
		return
	}
	a.helping = a.newHelpPanel(s.help())
	l := a.frame.Layout.(*frameLayout)
	l.help = a.helping.object
	a.frame.Add(a.helping.object)
	if s.steps != nil {
		l.compact = newCompactRail(s.steps())
		a.frame.Objects = append([]fyne.CanvasObject{l.compact}, a.frame.Objects...)
	}
	a.keys.escape = a.closeHelp
}

// helpCovers reports whether the help stands in the page's place.
func (a *App) helpCovers() bool {
	if a.helping == nil {
		return false
	}
	_, page, _ := a.frame.Layout.(*frameLayout).widths(a.win.Canvas().Size().Width)
	return page == 0
}

// newTerm explains a word.
func newTerm(word, text string) fyne.CanvasObject {
	return newColumn(1, newText(word, styleLabel()), newText(text, styleSmall()))
}

// helpStart says how to tell which of the ways is one's own.
func helpStart(a *App) (string, []fyne.CanvasObject) {
	t := a.words.T
	looks := func(value, text, choose string) fyne.CanvasObject {
		return newSheetOf(
			newMarked(newText(value, styleDrawn().mono())),
			newText(text, styleSmall()),
			newTopRow(1, newIcon(theme.IconNameNavigateNext, colorAccent, 20), newText(t(choose), styleLabel())))
	}
	return t("help.start.title"), []fyne.CanvasObject{
		newText(t("help.start.lead"), styleBody()),
		looks(drawnConsentLink+"…", t("help.start.link"), "start.guide_title"),
		looks(drawnAppID, t("help.start.app"), "start.own_app_title"),
		looks(t("credentials.refresh_placeholder"), t("help.start.token"), "start.has_token_title"),
		newText(t("help.start.unsure"), styleBody()),
	}
}

// helpLink shows the link in a provider's guide.
func helpLink(a *App) (string, []fyne.CanvasObject) {
	t := a.words.T
	return t("help.link.title"), []fyne.CanvasObject{
		newSheetOf(
			newText(t("help.link.guide"), styleDrawn().strong()),
			newStub(190), newStub(150),
			newMarked(newText(drawnConsentLink+drawnAppParam, styleDrawn().mono())),
			newStub(120)),
		newNumbered(1, t("help.link.copy")),
		newNumbered(2, t("help.link.paste")),
		newNumbered(3, t("help.link.next")),
		newRule(),
		newTerm(t("help.term.application_id"), t("help.term.application_id_text")),
		newTerm(t("help.term.marketplace"), t("help.term.marketplace_text")),
		newTerm(t("help.term.draft"), t("help.term.draft_text")),
		newTerm(t("help.term.redirect"), t("help.term.redirect_text")),
	}
}

// helpDeveloper shows where an app's owner finds its IDs and its secret.
func helpDeveloper(a *App, id bool) (string, []fyne.CanvasObject) {
	t := a.words.T
	mark := func(on bool, o fyne.CanvasObject) fyne.CanvasObject {
		if on {
			return newMarked(o)
		}
		return o
	}
	page := newBrowser(newAddress(drawnSellerCentral),
		newText(t("help.developer.page"), styleDrawn().strong()),
		newColumn(3, newText(t("help.developer.app_name"), styleDrawn().in(colorMuted)), newStub(110)),
		mark(id, newColumn(1, newText(t("help.term.application_id"), styleDrawn().in(colorMuted)),
			newText(drawnAppID, styleDrawn().mono()))),
		newRow(0, newText("LWA credentials", styleDrawn()), mark(!id, newDrawnButton("View", false))))
	secret := newSheetOf(
		newText("LWA credentials", styleDrawn().strong()),
		newDrawnField("Client identifier", t("credentials.id_placeholder"), true),
		newDrawnField("Client secret", "••••••••••••", true))
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
	blocks = append(blocks, secret, newText(t("help.developer.menus"), styleSmall()), newRule())
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

// helpToken shows where Seller Central hands out the refresh token of an app
// for one's own use.
func helpToken(a *App) (string, []fyne.CanvasObject) {
	t := a.words.T
	page := newBrowser(newAddress(drawnSellerCentral),
		newText(t("help.token.page"), styleDrawn().strong()),
		newStub(190),
		newFlow(newMarked(newDrawnButton("Authorize app", false))),
		newDrawnField(t("value.refresh_token"), t("credentials.refresh_placeholder"), true))
	_, developer := helpDeveloper(a, false)
	return t("help.token.title"), append([]fyne.CanvasObject{
		page,
		newNumbered(1, t("help.developer.open")),
		newNumbered(2, t("help.token.authorize")),
		newNumbered(3, t("help.token.once")),
		newTerm(t("value.refresh_token"), t("help.term.refresh_token_text")),
		newRule(),
		newText(t("help.developer.title"), styleHead()),
	}, developer...)
}

// newConsentPage draws Amazon's permission page.
func newConsentPage(a *App) fyne.CanvasObject {
	t := a.words.T
	return newBrowser(newAddress(drawnSellerCentral),
		newText(t("help.consent.authorize"), styleDrawn().strong()),
		newStub(200), newStub(160), newStub(180),
		newRow(2, newNumber(1), newDrawnBox(true), newText(t("consent_step.draw_tick"), styleDrawn())),
		newRow(2, newNumber(2), newDrawnButton("Confirm", true), newText(t("consent_step.draw_confirm"), styleDrawn())))
}

// helpConsent shows what Amazon asks, in its order.
func helpConsent(a *App) (string, []fyne.CanvasObject) {
	t := a.words.T
	return t("help.consent.title"), []fyne.CanvasObject{
		newText(t("help.consent.sign_in"), styleBody()),
		newConsentPage(a),
		newText(t("help.consent.then"), styleBody()),
		newRule(),
		newTerm(t("help.term.primary_user"), t("help.term.primary_user_text")),
		newTerm(t("help.term.state"), t("help.term.state_text")),
		newTerm(t("help.consent.error"), t("help.consent.error_text")),
		newTerm(t("help.consent.end"), t("help.consent.end_text")),
	}
}

// newUnreachable draws the page after Confirm: only its address matters.
func newUnreachable(a *App, below ...fyne.CanvasObject) fyne.CanvasObject {
	t := a.words.T
	return newBrowser(newMarked(newText(drawnRedirect, styleDrawn())), append([]fyne.CanvasObject{
		newRow(1, newIcon(theme.IconNameWarning, colorMuted, 24), newText(t("help.address.unreachable"), styleDrawn().strong())),
		newStub(180), newStub(130),
	}, below...)...)
}

// helpAddress shows how the address gets from the browser to here.
func helpAddress(a *App) (string, []fyne.CanvasObject) {
	t := a.words.T
	return t("help.address.title"), []fyne.CanvasObject{
		newUnreachable(a),
		newText(t("help.address.expected"), styleSmall()),
		newNumbered(1, t("help.address.click")),
		newNumbered(2, t("help.address.copy")),
		newPadded(30, 0, newFlow(newKeycaps(fyne.KeyA), newKeycaps(fyne.KeyC))),
		newNumbered(3, t("help.address.paste")),
		newPadded(30, 0, newFlow(newKeycaps(fyne.KeyV))),
		newText(t("help.address.phone"), styleSmall()),
		newRule(),
		newTerm(t("value.code"), t("help.term.code_text")),
		newTerm(t("value.seller_id"), t("help.term.seller_id_text")),
		newTerm(t("help.term.state"), t("help.term.state_text")),
	}
}

// helpRegister shows which value goes into which box.
func helpRegister(a *App) (string, []fyne.CanvasObject) {
	t := a.words.T
	line := func(name, value string) fyne.CanvasObject {
		return newRow(0, newColumn(0, newText(name, styleDrawn().in(colorMuted)), newText(value, styleDrawn().mono())),
			newDrawnButton(t("button.copy"), true))
	}
	return t("help.register.title"), []fyne.CanvasObject{
		newSheetOf(
			newRow(-1, newLogo(18), newLine(t("app.name"), styleDrawn().strong())),
			line(t("value.seller_id"), drawnSellerID),
			newRule(),
			line(t("value.code"), drawnCode)),
		newRow(1, newIcon(theme.IconNameMoveDown, colorAccent, 22), newText(t("help.register.copy"), styleBody())),
		newBrowser(newAddress(t("app_step.redirect_placeholder")),
			newText(t("help.register.page"), styleDrawn().strong()),
			newDrawnField(t("value.seller_id"), drawnSellerID, false),
			newDrawnField(t("value.code"), "…", true),
			newStub(90)),
		newText(t("help.register.send"), styleBody()),
		newRule(),
		newTerm(t("help.register.more"), t("help.register.more_text")),
		newTerm(t("help.register.late"), t("help.register.late_text")),
	}
}

// helpTokens shows which token is for what.
func helpTokens(a *App) (string, []fyne.CanvasObject) {
	t := a.words.T
	token := func(name, value, life string) fyne.CanvasObject {
		return newSheetOf(newText(name, styleDrawn().strong()),
			newText(value, styleDrawn().mono().in(colorMuted)),
			newFlow(newPill(good, life)))
	}
	down := func(text string) fyne.CanvasObject {
		return newRow(1, newIcon(theme.IconNameMoveDown, colorAccent, 22), newText(text, styleSmall()))
	}
	return t("help.tokens.title"), []fyne.CanvasObject{
		token(t("value.refresh_token"), t("credentials.refresh_placeholder"), t("help.tokens.year")),
		down(t("help.tokens.renew")),
		token(t("value.access_token"), drawnAccess, t("help.tokens.hour")),
		down(t("help.tokens.works")),
		newRule(),
		newTerm(t("help.tokens.which"), t("help.tokens.which_text")),
		newTerm(t("help.tokens.safe"), t("help.tokens.safe_text")),
		newTerm(t("help.tokens.end"), t("help.tokens.end_text")),
	}
}
