package ui

import (
	"net/url"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/walk"
)

// consentStep sends the seller to Amazon's page and says beforehand what will
// be seen there.
type consentStep struct {
	a    *App
	j    *journey
	link string
}

func newConsentStep(a *App, j *journey) wizardStep {
	return &consentStep{a: a, j: j, link: a.consentURL(j.walk)}
}

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

func (s *consentStep) content() fyne.CanvasObject {
	t := s.a.words.T
	point := func(id string) fyne.CanvasObject {
		return newTopRow(1, newLine("•", styleBody().in(colorAccent)), newText(t(id), styleBody()))
	}
	copied := newButton(s.a.keys, secondary, t("consent_step.copy_link"), nil).Copies()
	copied.press = func() {
		s.a.copy(s.link, false)
		s.j.walk.HandedOut()
		copied.SetLabel("✓", t("button.copied"))
	}
	blocks := []fyne.CanvasObject{
		newColumn(gapTiny, newText(t("consent_step.title"), styleTitle()), newText(t("consent_step.lead"), styleMuted())),
		newColumn(4, point("consent_step.first_sign_in"), point("consent_step.first_primary"), point("consent_step.first_plan")),
		newRow(0, newPadded(12, 9, newText(s.link, styleValue().in(colorMuted).sized(sizeSmall)), newPanel(colorCard, colorLine)), copied),
		newConsentDrawing(s.a),
		newBanner(calm, t("consent_step.expect")),
		newPlainFlow(newButton(s.a.keys, plain, t("consent_step.error"), func() { s.a.showAmazonErrors(s.j, "") })),
	}
	return newColumn(gap, blocks...)
}

func (s *consentStep) focus() fyne.Focusable { return nil }
func (s *consentStep) next() (string, func()) {
	return s.a.words.T("consent_step.open"), func() { s.a.openConsent(s.j) }
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
	return newPair(12, 250, newConsentPage(a),
		newUnreachable(a, newRow(1, newNumber(3), newText(a.words.T("consent_step.draw_copy"), styleDrawn()))))
}
