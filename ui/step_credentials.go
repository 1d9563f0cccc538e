package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// credentialsStep asks for the LWA credentials and gets the tokens.
type credentialsStep struct {
	a      *App
	j      *journey
	fields *credentialFields
	left   *codeClock
}

func newCredentialsStep(a *App, j *journey) step {
	s := &credentialsStep{a: a, j: j, fields: newCredentialFields(a, j, true), left: newCodeClock(a, j.walk)}
	page := step{counts: true, Screen: shell.Screen{
		Body: s.content(),
		Tick: func(time.Time) time.Duration { return s.left.tick(a.Redraw) },
		Help: func() (string, []fyne.CanvasObject) {
			if j.walk.Visitor == walk.HasToken {
				return helpToken(a, sellerHost(j.walk.Market.Code, j.walk.Vendor))
			}
			return helpDeveloper(a, sellerHost(j.walk.Market.Code, j.walk.Vendor), false)
		},
	}}
	if p := j.walk.Problems(walk.StepCredentials); len(p) > 0 {
		page.Focus, _ = s.fields.field(p[0].Field)
	} else if j.mend {
		page.Focus = s.fields.id
	}
	if s.left.dead && j.walk.Token.Access.IsEmpty() {
		page.next = kit.NewButton(a.Keys, kit.Primary, a.Words.T("button.start_over"), func() { j.startOver(a) })
	} else {
		page.next = kit.NewButton(a.Keys, kit.Primary, a.Words.T("button.get_tokens"), func() { j.forward(a) })
	}
	return page
}

func (s *credentialsStep) content() fyne.CanvasObject {
	t, w := s.a.Words.T, s.j.walk
	title := kit.Text(t("credentials.title"), kit.Title)
	head := fyne.CanvasObject(title)
	if _, ok := w.CodeLeft(); ok {
		head = kit.Row(0, title, s.left.pill)
	}
	lead := t("credentials.lead")
	switch {
	case w.Sandbox:
		lead = t("sandbox.where")
	case w.Visitor == walk.HasToken:
		lead = t("credentials.lead_token")
	}
	blocks := []fyne.CanvasObject{kit.Column(kit.GapTiny, head, kit.Text(lead, kit.Muted))}
	if s.a.practising() {
		blocks = append(blocks, kit.Banner(kit.Info, t("practice.fill_credentials"),
			kit.NewButton(s.a.Keys, kit.Secondary, t("practice.fill"), s.fill)))
	}
	if s.left.dead && w.Token.Access.IsEmpty() {
		blocks = append(blocks, kit.Banner(kit.Error, t("paste_step.dead")))
	}
	if w.Visitor == walk.HasToken {
		blocks = append(blocks, kit.Field(t("app_step.market"), newMarketChoice(s.a, w.Market, func(m lwa.Marketplace) { w.Choose(m, w.Vendor) })))
	}
	blocks = append(blocks, s.fields.objects()...)
	if w.Visitor == walk.HasToken {
		seller := kit.NewEntry(s.a.Keys, w.SellerID(), s.a.Words.T("paste_step.seller_placeholder"), func(text string) {
			id, _ := paste.Take(value.SellerID, text)
			w.SetSellerID(id)
		})
		takePaste(seller, value.SellerID, func(text string) bool { return s.j.takes(s.a, text) })
		blocks = append(blocks, kit.Field(t("credentials.seller_id"), seller, kit.Text(t("credentials.seller_id_help"), kit.Small)),
			kit.NewCheck(s.a.Keys, t("app_step.vendor"), w.Vendor, func(on bool) { w.Choose(w.Market, on) }),
			kit.NewCheck(s.a.Keys, t("sandbox.check"), w.Sandbox, func(on bool) {
				w.UseSandbox(on)
				s.a.Redraw()
			}))
	}
	if w.Sandbox {
		return kit.Column(kit.Gap, blocks...)
	}
	blocks = append(blocks, newDirections(s.a, t("credentials.where"), sellerHost(s.j.walk.Market.Code, s.j.walk.Vendor), developApps()), kit.Text(t("credentials.whose"), kit.Small))
	return kit.Column(kit.Gap, blocks...)
}

func (s *credentialsStep) fill() {
	w, sample := s.j.walk, s.a.env.Sample
	if w.Sandbox {
		sample = s.a.env.SandboxSample
	}
	w.ClientID, w.ClientSecret = sample.ClientID, sample.ClientSecret
	if w.Visitor == walk.HasToken {
		w.RefreshToken = sample.RefreshToken
	}
	s.a.Redraw()
}
