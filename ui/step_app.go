package ui

import (
	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// appStep asks which app to authorize: one field takes an application ID or the whole
// link of a guide, and the others show what the link sets.
type appStep struct {
	a *App
	j *journey

	app      *kit.Entry
	read     kit.Note
	market   *kit.Select
	vendor   *kit.Check
	draft    *kit.Check
	redirect *kit.Entry
	wrongURI kit.Note
	login    *credentialFields
}

func newAppStep(a *App, j *journey) step {
	s := &appStep{a: a, j: j, read: kit.NewNote(), wrongURI: kit.NewNote()}
	t, w := a.Words.T, j.walk
	s.app = kit.NewArea(a.Keys, 2, w.AppText(), t("app_step.placeholder"), func(text string) {
		w.ReadApp(text)
		s.show()
		if w.AppIsLink() {
			s.market.SetSelectedIndex(marketIndex(w.Market))
			s.vendor.SetChecked(w.Vendor)
			s.draft.SetChecked(w.Draft)
			s.redirect.SetText(w.RedirectURI)
		}
	}).Grows()
	if w.Visitor == walk.OwnApp {
		s.app.OnPaste = func(text string) bool {
			if f, ok := w.Find(text); ok && f.ApplicationID != "" {
				w.ReadApp(f.ApplicationID)
			}
			return j.takes(a, text)
		}
	}
	s.market = newMarketChoice(a, w.Market, func(m lwa.Marketplace) { w.Choose(m, w.Vendor) })
	s.vendor = kit.NewCheck(a.Keys, t("app_step.vendor"), w.Vendor, func(on bool) { w.Choose(w.Market, on) })
	s.draft = kit.NewCheck(a.Keys, t("app_step.draft"), w.Draft, func(on bool) { w.Draft = on })
	s.redirect = kit.NewEntry(a.Keys, w.RedirectURI, t("app_step.redirect_placeholder"), func(text string) {
		w.RedirectURI = text
		s.show()
	})
	if w.Visitor == walk.OwnApp {
		s.login = newCredentialFields(a, j, false)
		s.login.lead = kit.Column(10, kit.Text(t("app_step.login_title"), kit.Heading), kit.Text(t("app_step.login_text"), kit.Small))
	}
	s.show()
	return step{
		Screen: shell.Screen{Body: s.content(), Focus: s.app, Help: func() (string, []fyne.CanvasObject) {
			if w.Visitor == walk.Guide {
				return helpLink(a)
			}
			return helpDeveloper(a, sellerHost(w.Market.Code, w.Vendor), true)
		}},
		next: kit.NewButton(a.Keys, kit.Primary, t("button.next"), func() { j.forward(a) }),
	}
}

// show says what was read so far. It mentions an empty field only after the primary
// button was pressed.
func (s *appStep) show() {
	t, w := s.a.Words.T, s.j.walk
	if s.login != nil {
		s.login.showKnown()
	}
	s.read.Say(kit.Info, "")
	s.wrongURI.Say(kit.Info, "")
	if id, err := w.App(); err == nil {
		if w.AppIsLink() {
			s.read.Say(kit.Success, t("app_step.read_link", "ID", id))
		} else {
			s.read.Say(kit.Success, t("app_step.read_id", "ID", id))
		}
		if w.AppIsUnusual() {
			s.read.Say(kit.Warning, t("app_step.unusual", "ID", id))
		}
	}
	for _, p := range w.Problems(walk.StepApp) {
		switch {
		case p.Field == walk.FieldApp && (s.j.tried || w.AppText() != ""):
			s.read.Say(kit.Error, t("app_field."+p.ID))
		case p.Field == walk.FieldRedirectURI:
			s.wrongURI.Say(kit.Error, t("app_field."+p.ID))
		}
	}
}

func (s *appStep) content() fyne.CanvasObject {
	t, w := s.a.Words.T, s.j.walk
	lead := t("app_step.lead_guide")
	switch f := w.Setup(); {
	case f != nil && f.ApplicationID != "":
		lead = t("app_step.lead_setup", "Provider", f.Provider)
	case w.Visitor == walk.OwnApp:
		lead = t("app_step.lead_own")
	}
	blocks := []fyne.CanvasObject{
		kit.Headed(t("app_step.title"), lead),
	}
	if s.a.practising() {
		blocks = append(blocks, kit.Banner(kit.Info, t("practice.fill_app"),
			kit.NewButton(s.a.Keys, kit.Secondary, t("practice.fill"), s.fill)))
	}
	blocks = append(blocks,
		kit.Field(t("app_step.field"), s.app, kit.Text(t("help.term.application_id_text"), kit.Small), s.read),
		kit.Field(t("app_step.market"), s.market),
		kit.Column(2, s.draft, kit.Text(t("app_step.draft_help"), kit.Small)),
	)
	if s.login != nil {
		blocks = append(blocks, kit.Card(append([]fyne.CanvasObject{s.login.lead}, s.login.objects()...)...))
	}
	var more []fyne.CanvasObject
	if s.j.more || w.RedirectURI != "" || w.ReturnPage || w.Vendor {
		blocks = append(blocks, kit.Field(t("app_step.redirect"), s.redirect, s.wrongURI, kit.Text(t("app_step.redirect_help"), kit.Small)))
		if w.Visitor == walk.OwnApp {
			blocks = append(blocks, kit.NewCheck(s.a.Keys, t("app_step.return_page"), w.ReturnPage, func(on bool) { w.ReturnPage = on }))
		}
		blocks = append(blocks, s.vendor)
	} else {
		more = append(more, kit.NewButton(s.a.Keys, kit.Plain, t("app_step.more"), func() {
			s.j.more = true
			s.a.Redraw()
		}).Opens())
	}
	if w.Visitor == walk.OwnApp {
		more = append(more, kit.NewButton(s.a.Keys, kit.Plain, t("sandbox.begin"), func() {
			s.j.change(s.a, t("sandbox.begin"), func(w *walk.Walk) { w.UseSandbox(true) }, func() { s.j.turn(s.a) })
		}).Opens())
	}
	if len(more) > 0 {
		blocks = append(blocks, kit.Flow(more...))
	}
	return kit.Column(kit.Gap+2, blocks...)
}

// fill puts the practice app into the fields.
func (s *appStep) fill() {
	sample := s.a.env.Sample
	s.j.walk.ReadApp(sample.ConsentLink)
	if s.login != nil {
		s.j.walk.ReadApp(sample.ApplicationID)
		s.j.walk.Draft = true
		s.j.walk.ClientID = sample.ClientID
		s.j.walk.ClientSecret = sample.ClientSecret
	}
	s.a.Redraw()
}
