package ui

import (
	"net/url"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// consentURL is the walk's link, on Amazon's host or the practice one.
func (a *App) consentURL(w *walk.Walk) string {
	link, err := w.Link()
	if err != nil {
		return ""
	}
	if a.world.ConsentOrigin != "" {
		return link.URLAt(a.world.ConsentOrigin) + a.practiceLanguage()
	}
	return link.URL()
}

// practiceLanguage makes the practice page speak the app's language, as
// Amazon's speaks the seller's.
func (a *App) practiceLanguage() string {
	if !a.practising() {
		return ""
	}
	return "&" + url.Values{"lang": {a.words.Lang()}}.Encode()
}

// newConsentStep sends the seller to Amazon's page and says beforehand what
// will be seen there.
func newConsentStep(a *App, j *journey) step {
	t, link := a.words.T, a.consentURL(j.walk)
	point := func(id string) fyne.CanvasObject {
		return kit.TopRow(1, kit.Line("•", kit.Body.In(kit.ColorAccent)), kit.Text(t(id), kit.Body))
	}
	copied := a.copyButton(kit.Secondary, "consent_step.copy_link", func() {
		a.copy(link, false)
		j.walk.HandedOut()
	}).Copies()
	body := kit.Column(kit.Gap,
		kit.Headed(t("consent_step.title"), t("consent_step.lead")),
		kit.Column(4, point("consent_step.first_sign_in"), point("consent_step.first_primary"), point("consent_step.first_plan")),
		kit.Row(0, kit.Padded(12, 9, kit.Text(link, kit.Value.In(kit.ColorMuted).Sized(kit.SizeSmall)), kit.NewPanel(kit.ColorCard, kit.ColorLine)), copied),
		newConsentDrawing(a),
		kit.Banner(kit.Info, t("consent_step.expect")),
		kit.PlainFlow(kit.NewButton(a.keys, kit.Plain, t("consent_step.error"), func() { a.showAmazonErrors(j, "") })),
	)
	return step{
		screen: screen{body: body, help: func() (string, []fyne.CanvasObject) { return helpConsent(a) }},
		next:   kit.NewButton(a.keys, kit.Primary, t("consent_step.open"), func() { a.openConsent(j) }),
	}
}

// openConsent opens the permission page in the browser and turns to the step
// where its answer is pasted.
func (a *App) openConsent(j *journey) {
	a.open(a.consentURL(j.walk))
	j.walk.HandedOut()
	j.opened = true
	if j.walk.GoTo(walk.StepPaste) {
		j.turn(a)
	}
}

// open opens an address in the system's browser. Whether that worked cannot be
// known everywhere, so no screen relies on it: each shows the address as well.
func (a *App) open(address string) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		a.deps.Log.Error("opening the browser: the address cannot be read")
		return
	}
	if err := a.deps.OpenURL(u); err != nil {
		// The error of the operating system may quote the whole address.
		a.deps.Log.Error("opening the browser failed", "host", u.Host)
		a.alert(a.words.T("open.failed_title"), a.words.T("open.failed_text"))
	}
}

// newConsentDrawing is our own small drawing of what the browser will show.
func newConsentDrawing(a *App) fyne.CanvasObject {
	return kit.Pair(12, 250, newConsentPage(a),
		newUnreachable(a, kit.Row(1, newNumber(3), kit.Text(a.words.T("consent_step.draw_copy"), styleDrawn()))))
}
