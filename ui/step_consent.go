package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// newConsentStep sends the seller to Amazon's page, and says beforehand what it shows.
func newConsentStep(a *App, j *journey) step {
	t, link := a.Words.T, j.consentURL(a)
	point := func(id string) fyne.CanvasObject {
		return kit.TopRow(1, kit.Line("•", kit.Body.In(kit.ColorAccent)), kit.Text(t(id), kit.Body))
	}
	copied := a.CopyButton(kit.Secondary, "consent_step.copy_link", func() { a.Copy(link, false) }).Copies()
	press := copied.OnPress
	// A person who has copied the link opens it elsewhere, and goes on to the paste.
	next := kit.NewButton(a.Keys, kit.Primary, t("consent_step.open"), func() { j.openConsent(a) })
	expect, then := t("consent_step.expect"), t("consent_step.copied")
	if j.walk.ComesBack() {
		expect, then = t("consent_step.expect_back", "Back", t("return_page.back")), t("consent_step.copied_back", "Back", t("return_page.back"))
	}
	after := kit.Banner(kit.Success, then, kit.NewButton(a.Keys, kit.Secondary, t("consent_step.open"), func() { j.openConsent(a) }))
	toPaste := func() {
		after.Show()
		next.SetLabel("", t("button.next"))
		next.OnPress = func() { j.toPaste(a) }
	}
	if after.Hide(); j.linkCopied {
		toPaste()
	}
	copied.OnPress = func() {
		j.change(a, t("consent_step.copy_link"), (*walk.Walk).HandedOut, func() {
			press()
			j.linkCopied = true
			toPaste()
			a.RefreshFrame()
			a.Keys.Reveal(after)
		})
	}
	first := kit.Column(4, point("consent_step.first_sign_in"), point("consent_step.first_primary"), point("consent_step.first_plan"))
	if j.walk.Vendor { // vendors have no selling plan
		first = kit.Column(4, point("consent_step.first_sign_in_vendor"), point("consent_step.first_primary"))
	}
	body := kit.Column(kit.Gap,
		kit.Headed(t("consent_step.title"), t("consent_step.lead")),
		j.newOffer(a),
		first,
		kit.Banner(kit.Info, expect),
		kit.Row(0, kit.Padded(12, 9, kit.Cut(link, kit.Value.In(kit.ColorMuted).Sized(kit.SizeSmall)), kit.NewPanel(kit.ColorCard, kit.ColorLine)), copied),
		after,
		kit.Flow(kit.NewButton(a.Keys, kit.Secondary, t("consent_step.error"), func() { j.showAmazonErrors(a, "") })),
		newConsentDrawing(a, j.walk.ComesBack()),
	)
	return step{
		Screen: shell.Screen{Body: body, Focus: next, Help: func() (string, []fyne.CanvasObject) {
			return helpConsent(a, sellerHost(j.walk.Market.Code, j.walk.Vendor))
		}, Returned: func() {
			if j.seesAddress(a) {
				a.Redraw()
			}
		}, Paste: func() {
			if text := a.Clipboard.Content(); strings.TrimSpace(text) != "" {
				j.take(a, kit.CleanPaste(text))
			}
		}},
		next: next,
	}
}

// newConsentDrawing is our own small drawing of what the browser will show.
func newConsentDrawing(a *App, comesBack bool) fyne.CanvasObject {
	last := newUnreachable(a, kit.Row(1, newNumber(3), kit.Text(a.Words.T("consent_step.draw_copy"), styleDrawn())))
	if comesBack {
		last = newBrowser(newAddress(drawnReturn), kit.Text(a.Words.T("return_page.code_title"), styleDrawn().Bold()), newStub(180),
			kit.Flow(newMarked(kit.TightRow(8, newNumber(3), newDrawnButton(a.Words.T("return_page.back"), true)))))
	}
	return kit.Pair(12, 250, newConsentPage(a), last)
}
