package ui

import (
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// pasteStep takes the address that came back, or says what was pasted instead.
type pasteStep struct {
	a *App
	j *journey

	area   *kit.Entry
	input  *fyne.Container // the area and its buttons; gone once a code was read
	offer  *fyne.Container
	result *fyne.Container
	left   *codeClock
	page   *fyne.Container
}

func newPasteStep(a *App, j *journey) step {
	s := &pasteStep{a: a, j: j, left: newCodeClock(a, j.walk)}
	s.area = kit.NewArea(a.Keys, 4, j.walk.Pasted(), a.Words.T("paste_step.placeholder"), func(text string) {
		before := j.walk.Done(walk.StepPaste)
		j.walk.ReadPaste(text)
		j.offer = ""
		if j.walk.Done(walk.StepPaste) != before {
			// What was read replaces the area, so that the code doesn't stay visible,
			// and the primary button may change.
			a.Redraw()
			return
		}
		s.show()
	})
	s.area.OnPaste = func(text string) bool {
		if _, err := paste.ParseRedirect(text); err != nil && j.walk.Pasted() != "" {
			return false // it may be the rest of the text in the area
		}
		j.take(a, text)
		return true
	}
	s.offer, s.result = kit.Column(0), kit.Column(kit.Gap)
	page := step{
		Screen: shell.Screen{
			Body: s.content(), Returned: s.returned, Paste: s.paste,
			Tick: func(time.Time) time.Duration { return s.left.tick(a.Redraw) },
			Help: func() (string, []fyne.CanvasObject) { return helpAddress(a) },
		},
		next:   s.next(),
		counts: true,
	}
	if !j.walk.Done(walk.StepPaste) {
		page.Focus = s.area
	}
	return page
}

func (s *pasteStep) content() fyne.CanvasObject {
	t := s.a.Words.T
	title, lead := t("paste_step.title"), t("paste_step.lead")
	switch {
	case s.j.walk.Done(walk.StepPaste) && !s.j.walk.CodeDead():
		title, lead = t("paste_step.title_read"), t("paste_step.lead_read", "Button", t(s.goesOn()))
	case s.j.walk.ComesBack():
		title, lead = t("paste_step.title_back"), t("paste_step.lead_back", "Back", t("return_page.back"))
	case s.j.opened:
		lead = t("paste_step.lead_opened")
	}
	s.input = kit.Column(kit.GapTiny, s.area, kit.Flow(
		kit.NewButton(s.a.Keys, kit.Secondary, t("button.paste"), s.paste),
		kit.NewButton(s.a.Keys, kit.Secondary, t("consent_step.error"), func() { s.j.showAmazonErrors(s.a, "") }),
	))
	if s.j.walk.Done(walk.StepPaste) {
		s.input.Hide()
	}
	s.page = kit.Column(kit.Gap,
		kit.Headed(title, lead),
		s.offer,
		s.input,
		s.result,
		kit.Text(t("paste_step.keep_private"), kit.Small),
	)
	s.show()
	return s.page
}

// goesOn is the label of the button that goes on.
func (s *pasteStep) goesOn() string {
	w := s.j.walk
	switch {
	case w.CodeDead() && w.Token.Access.IsEmpty():
		return "button.start_over"
	case w.Visitor == walk.OwnApp && w.Done(walk.StepCredentials):
		return "button.get_tokens"
	}
	return "button.next"
}

func (s *pasteStep) next() *kit.Button {
	w := s.j.walk
	return kit.NewButton(s.a.Keys, kit.Primary, s.a.Words.T(s.goesOn()), func() {
		if !s.j.busy() && w.CodeDead() && w.Token.Access.IsEmpty() {
			s.j.startOver(s.a)
			return
		}
		s.j.forward(s.a)
	})
}

// paste takes the clipboard's text.
func (s *pasteStep) paste() {
	text := s.a.Clipboard.Content()
	if strings.TrimSpace(text) == "" {
		s.j.tried = true
		s.show()
		return
	}
	s.j.take(s.a, kit.CleanPaste(text))
}

// returned looks at the clipboard when the window comes back to the front.
func (s *pasteStep) returned() {
	if s.j.seesAddress(s.a) {
		s.show()
	}
}

// show says what the pasted text is.
func (s *pasteStep) show() {
	t, w := s.a.Words.T, s.j.walk
	s.offer.Objects = []fyne.CanvasObject{s.j.newOffer(s.a)}
	s.offer.Refresh()

	var blocks []fyne.CanvasObject
	r, ok := w.Redirect()
	s.left.start()
	switch {
	case ok:
		blocks = append(blocks, s.reading(r))
		for _, warning := range s.j.warnings(s.a, r) {
			var actions []fyne.CanvasObject
			if warning == paste.NoSellerID {
				actions = newPageButton(s.a, sellerHost(w.Market.Code, w.Vendor), merchantToken())
			}
			blocks = append(blocks, kit.Banner(kit.Warning, t("warning."+warning.String()), actions...))
		}
		if s.left.dead && w.Token.Access.IsEmpty() {
			blocks = append(blocks, kit.Banner(kit.Error, t("paste_step.dead")))
		}
	case strings.TrimSpace(w.Pasted()) != "" || s.j.tried:
		blocks = append(blocks, s.refusal(w.PasteError()))
	}
	s.result.Objects = blocks
	s.result.Refresh()
	if s.page != nil {
		s.page.Refresh()
	}
}

// reading shows the parts of a usable address.
func (s *pasteStep) reading(r paste.Redirect) fyne.CanvasObject {
	t, w := s.a.Words.T, s.j.walk
	// Each value shows here for the first time, so it says what it is.
	part := func(id, meaning string, value fyne.CanvasObject) fyne.CanvasObject {
		return kit.Column(2, kit.Text(t(id), kit.Label), value, kit.Text(t(meaning), kit.Small))
	}
	code := kit.Row(0, part("value.code", "help.term.code_text", kit.Text(r.Code.Hint(), kit.Value)), s.left.pill)
	var seller fyne.CanvasObject
	if r.SellerID != "" {
		copied := s.a.CopyButton(kit.Secondary, "button.copy", func() { s.a.Copy(r.SellerID, false) }).Copies()
		seller = kit.Row(0, part("value.seller_id", "help.term.seller_id_text", kit.Text(r.SellerID, kit.Value)), copied)
	} else {
		seller = part("value.seller_id", "help.term.seller_id_text",
			kit.NewEntry(s.a.Keys, "", t("paste_step.seller_placeholder"), func(text string) { w.SetSellerID(strings.TrimSpace(text)) }))
	}
	state := kit.Text(t("paste_step.state_unchecked"), kit.Muted)
	if w.StateMatches() {
		state = kit.Text("✓ "+t("paste_step.state_ok"), kit.Label.In(kit.ColorSuccess))
	}
	another := kit.NewButton(s.a.Keys, kit.Secondary, t("paste_step.another"), func() {
		s.j.change(s.a, t("paste_step.another"), (*walk.Walk).ForgetPaste, s.a.Redraw)
	})
	return kit.Column(10, kit.Card(code, kit.Rule(), seller, kit.Rule(), part("value.state", "help.term.state_text", state)), kit.Flow(another))
}

// refusal names what was pasted instead, and offers what can be done about it.
func (s *pasteStep) refusal(err error) fyne.CanvasObject {
	t := s.a.Words.T
	var pe *paste.Error
	if !errors.As(err, &pe) {
		pe = &paste.Error{Kind: paste.NotRedirect}
	}
	id := "paste." + pe.Kind.String()
	var actions []fyne.CanvasObject
	act := func(kind kit.ButtonKind, label string, do func()) {
		actions = append(actions, kit.NewButton(s.a.Keys, kind, label, do))
	}
	switch pe.Kind {
	case paste.LoginURI:
		act(kit.Primary, t("button.continue"), s.goOn)
	case paste.ConsentLink, paste.MalformedConsent, paste.StateMismatch, paste.StateMissing, paste.Denied, paste.OAuthError, paste.ConfirmPage, paste.SignInPage:
		act(kit.Secondary, t("paste_step.open_again"), func() { s.j.openConsent(s.a) })
	case paste.ClientID, paste.ClientSecret:
		if s.j.walk.Visitor == walk.OwnApp {
			act(kit.Primary, t("paste_step.put_away"), func() {
				s.j.walk.PutAway()
				s.a.Redraw()
			})
		}
	case paste.RefreshToken, paste.TokenAnswer:
		act(kit.Primary, t("paste_step.use_token"), func() { s.useToken() })
	case paste.ProviderDone, paste.ProviderToken:
		if s.j.walk.Visitor == walk.Guide {
			act(kit.Primary, t("paste_step.remember"), func() { s.j.accept(s.a) })
		} else {
			act(kit.Primary, t("button.done"), s.a.showStart)
		}
	case paste.SellerCentralError:
		act(kit.Primary, t("paste_step.explain_code", "Code", pe.AmazonCode), func() { s.j.showAmazonErrors(s.a, pe.AmazonCode) })
	}
	title, todo := t(id+".title", "Code", pe.AmazonCode), t(id+".todo", "Code", pe.AmazonCode)
	if pe.Kind == paste.ProviderDone || pe.Kind == paste.ProviderToken { // good news
		return kit.Card(kit.Text(title, kit.Heading), kit.Text(todo, kit.Body), kit.Flow(actions...))
	}
	return newErrorCard(title, todo, "", actions...)
}

// useToken begins the walk of a person who has a refresh token, with what was pasted
// here.
func (s *pasteStep) useToken() {
	w := walk.New(walk.HasToken, s.j.walk.Market, s.a.Now)
	if !w.TakeOver(s.j.walk.Pasted()) {
		w.RefreshToken = lwa.NewSecret(s.j.walk.Pasted())
	}
	if w.ClientID == "" {
		w.ClientID, w.ClientSecret = s.j.walk.ClientID, s.j.walk.ClientSecret
	}
	j := &journey{walk: w}
	s.a.show(j.screen)
}

// goOn continues from the app's login page to Amazon's confirm page.
func (s *pasteStep) goOn() {
	u, err := s.j.walk.ContinueURL()
	if err != nil {
		s.a.Log.Warn("the login page's callback was refused")
		var pe *paste.Error
		if !errors.As(err, &pe) {
			err = &paste.Error{Kind: paste.UntrustedCallback}
		}
		s.result.Objects = []fyne.CanvasObject{s.refusal(err)}
		s.result.Refresh()
		return
	}
	s.a.Open(s.a.env.at(u))
	s.j.opened = true
	s.area.SetText("")
	s.a.Redraw()
}
