package ui

import (
	"net/url"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// consentURL is the walk's link, on Amazon's host or the practice one.
func (a *App) consentURL(w *walk.Walk) string {
	link, err := w.Link()
	if err != nil {
		return ""
	}
	if a.env.ConsentOrigin != "" {
		return link.URLAt(a.env.ConsentOrigin) + a.practiceLanguage()
	}
	return link.URL()
}

// practiceLanguage makes the practice page speak the app's language, as
// Amazon's speaks the seller's.
func (a *App) practiceLanguage() string {
	if !a.practising() {
		return ""
	}
	return "&" + url.Values{"lang": {a.Words.Lang()}}.Encode()
}

// newConsentStep sends the seller to Amazon's page and says beforehand what
// will be seen there.
func newConsentStep(a *App, j *journey) step {
	t, link := a.Words.T, a.consentURL(j.walk)
	point := func(id string) fyne.CanvasObject {
		return kit.TopRow(1, kit.Line("•", kit.Body.In(kit.ColorAccent)), kit.Text(t(id), kit.Body))
	}
	copied := a.CopyButton(kit.Secondary, "consent_step.copy_link", func() {
		a.Copy(link, false)
		j.walk.HandedOut()
	}).Copies()
	body := kit.Column(kit.Gap,
		kit.Headed(t("consent_step.title"), t("consent_step.lead")),
		kit.Column(4, point("consent_step.first_sign_in"), point("consent_step.first_primary"), point("consent_step.first_plan")),
		kit.Banner(kit.Info, t("consent_step.expect")),
		kit.Row(0, kit.Padded(12, 9, kit.Cut(link, kit.Value.In(kit.ColorMuted).Sized(kit.SizeSmall)), kit.NewPanel(kit.ColorCard, kit.ColorLine)), copied),
		newConsentDrawing(a),
		kit.PlainFlow(kit.NewButton(a.Keys, kit.Plain, t("consent_step.error"), func() { a.showAmazonErrors(j, "") })),
	)
	return step{
		Screen: shell.Screen{Body: body, Help: func() (string, []fyne.CanvasObject) {
			return helpConsent(a, sellerHost(j.walk.Market.Code, j.walk.Vendor))
		}},
		next: kit.NewButton(a.Keys, kit.Primary, t("consent_step.open"), func() { a.openConsent(j) }),
	}
}

// openConsent opens the permission page in the browser and turns to the step
// where its answer is pasted.
func (a *App) openConsent(j *journey) {
	a.Open(a.consentURL(j.walk))
	j.walk.HandedOut()
	j.opened = true
	if j.walk.GoTo(walk.StepPaste) {
		j.turn(a)
	}
}

// newConsentDrawing is our own small drawing of what the browser will show.
func newConsentDrawing(a *App) fyne.CanvasObject {
	return kit.Pair(12, 250, newConsentPage(a),
		newUnreachable(a, kit.Row(1, newNumber(3), kit.Text(a.Words.T("consent_step.draw_copy"), styleDrawn()))))
}
