package ui

import (
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/walk"
)

// pasteStep takes the address that came back, and names whatever it was given.
type pasteStep struct {
	a *App
	j *journey

	area   *entry
	input  *fyne.Container // the area and its buttons; gone once a code was read
	offer  *fyne.Container
	result *fyne.Container
	left   *codeClock
	page   *fyne.Container
}

func newPasteStep(a *App, j *journey) step {
	s := &pasteStep{a: a, j: j, left: newCodeClock(a, j.walk)}
	s.area = newArea(a.keys, 3, j.walk.Pasted(), a.words.T("paste_step.placeholder"), func(text string) {
		before := j.walk.Done(walk.StepPaste)
		j.walk.ReadPaste(text)
		j.offer = ""
		if j.walk.Done(walk.StepPaste) != before {
			// The code is not left standing in clear: what was read takes the
			// area's place, and the primary button may change.
			a.redraw()
			return
		}
		s.show()
	})
	s.offer, s.result = newColumn(0), newColumn(gap)
	page := step{
		screen: screen{
			body: s.content(), returned: s.returned, paste: s.paste,
			tick: func(time.Time) time.Duration { return s.left.tick(a.redraw) },
			help: func() (string, []fyne.CanvasObject) { return helpAddress(a) },
		},
		next: s.next(),
	}
	if !j.walk.Done(walk.StepPaste) {
		page.focus = s.area
	}
	return page
}

func (s *pasteStep) content() fyne.CanvasObject {
	t := s.a.words.T
	lead := t("paste_step.lead")
	switch {
	case s.j.walk.Done(walk.StepPaste):
		lead = t("paste_step.lead_read")
	case s.j.opened:
		lead = t("paste_step.lead_opened")
	}
	s.input = newColumn(gapTiny, s.area, newFlow(
		newButton(s.a.keys, secondary, t("button.paste"), s.paste),
		newButton(s.a.keys, plain, t("paste_step.error"), func() { s.a.showAmazonErrors(s.j, "") }),
	))
	if s.j.walk.Done(walk.StepPaste) {
		s.input.Hide()
	}
	s.page = newColumn(gap,
		newHeading(t("paste_step.title"), lead),
		s.offer,
		s.input,
		s.result,
		newText(t("paste_step.keep_private"), styleSmall()),
	)
	s.show()
	return s.page
}

func (s *pasteStep) next() *button {
	w := s.j.walk
	label := "button.next"
	switch {
	case w.CodeDead() && w.Token.Access.IsEmpty():
		label = "button.start_over"
	case w.Visitor == walk.OwnApp && w.Done(walk.StepCredentials):
		label = "button.get_tokens"
	}
	return newButton(s.a.keys, primary, s.a.words.T(label), func() {
		if w.CodeDead() && w.Token.Access.IsEmpty() {
			s.j.startOver(s.a)
			return
		}
		s.j.forward(s.a)
	})
}

// startOver goes for a new code and keeps everything else.
func (j *journey) startOver(a *App) {
	j.walk.StartOver()
	j.hold, j.opened, j.ticked = nil, false, nil
	j.turn(a)
}

// paste takes the clipboard's text.
func (s *pasteStep) paste() {
	text := s.a.deps.Clipboard.Content()
	if strings.TrimSpace(text) == "" {
		s.j.tried = true
		s.show()
		return
	}
	s.area.SetText(cut(text))
}

// returned looks at the clipboard when the window comes back to the front, and
// offers what it finds. It never takes it by itself.
func (s *pasteStep) returned() {
	text := s.a.deps.Clipboard.Content()
	if text == "" || text == s.j.walk.Pasted() {
		return
	}
	_, err := paste.ParseRedirect(text)
	var pe *paste.Error
	isLogin := errors.As(err, &pe) && pe.Login != nil
	if err != nil && !isLogin {
		return
	}
	s.j.offer = text
	s.show()
}

// show says what the pasted text is.
func (s *pasteStep) show() {
	t, w := s.a.words.T, s.j.walk
	s.offer.Objects = nil
	if s.j.offer != "" && s.j.offer != w.Pasted() {
		use := newButton(s.a.keys, primary, t("paste_step.use_offer"), func() {
			s.area.SetText(s.j.offer)
		})
		s.offer.Objects = []fyne.CanvasObject{newBanner(calm, t("paste_step.offer"), use)}
	}
	s.offer.Refresh()

	var blocks []fyne.CanvasObject
	r, ok := w.Redirect()
	s.left.start()
	switch {
	case ok:
		blocks = append(blocks, s.reading(r))
		for _, warning := range r.Warnings {
			if warning == paste.NotHTTPS && s.a.practising() {
				continue // the practice pages live on this computer
			}
			if id := "warning." + warning.String(); s.a.words.Has(id) {
				blocks = append(blocks, newBanner(soon, t(id)))
			}
		}
		if s.left.dead && w.Token.Access.IsEmpty() {
			blocks = append(blocks, newBanner(wrong, t("paste_step.dead")))
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
	t, w := s.a.words.T, s.j.walk
	// What each is, where it shows for the first time.
	part := func(id, meaning string, value fyne.CanvasObject) fyne.CanvasObject {
		return newColumn(2, newText(t(id), styleLabel()), value, newText(t(meaning), styleSmall()))
	}
	code := newRow(0, part("value.code", "help.term.code_text", newText(r.Code.Hint(), styleValue())), s.left.pill)
	var seller fyne.CanvasObject
	if r.SellerID != "" {
		copied := s.a.copyButton(secondary, "button.copy", func() { s.a.copy(r.SellerID, false) }).Copies()
		seller = newRow(0, part("value.seller_id", "help.term.seller_id_text", newText(r.SellerID, styleValue())), copied)
	} else {
		seller = part("value.seller_id", "help.term.seller_id_text",
			newEntry(s.a.keys, "", t("paste_step.seller_placeholder"), func(text string) { w.SetSellerID(strings.TrimSpace(text)) }))
	}
	state := newText(t("paste_step.state_unchecked"), styleMuted())
	if w.StateChecked() {
		state = newText("✓ "+t("paste_step.state_ok"), styleLabel().in(colorGood))
	}
	another := newButton(s.a.keys, plain, t("paste_step.another"), func() {
		w.ForgetPaste()
		s.a.redraw()
	})
	return newColumn(gapTiny, newCard(code, newRule(), seller, newRule(), part("value.state", "help.term.state_text", state)), newFlow(another))
}

// refusal names what was pasted instead, and offers what can be done about it.
func (s *pasteStep) refusal(err error) fyne.CanvasObject {
	t := s.a.words.T
	var pe *paste.Error
	if !errors.As(err, &pe) {
		pe = &paste.Error{Kind: paste.NotRedirect}
	}
	id := "paste." + pe.Kind.String()
	var actions []fyne.CanvasObject
	act := func(kind buttonKind, label string, do func()) {
		actions = append(actions, newButton(s.a.keys, kind, label, do))
	}
	switch pe.Kind {
	case paste.LoginURI:
		act(primary, t("button.continue"), s.goOn)
	case paste.ConsentLink, paste.MalformedConsent, paste.StateMismatch, paste.StateMissing, paste.Denied, paste.OAuthError, paste.ConfirmPage, paste.SignInPage:
		act(secondary, t("paste_step.open_again"), func() { s.a.openConsent(s.j) })
	case paste.SellerCentralError:
		act(primary, t("paste_step.explain_code", "Code", pe.AmazonCode), func() { s.a.showAmazonErrors(s.j, pe.AmazonCode) })
	}
	title := t(id+".title", "Code", pe.AmazonCode)
	return newErrorCard(title, t(id+".todo", "Code", pe.AmazonCode), "", actions...)
}

// goOn continues from the app's login page to Amazon's confirm page.
func (s *pasteStep) goOn() {
	u, err := s.j.walk.ContinueURL()
	if err != nil {
		s.a.deps.Log.Warn("the login page's callback was refused")
		s.result.Objects = []fyne.CanvasObject{s.refusal(&paste.Error{Kind: paste.UntrustedCallback})}
		s.result.Refresh()
		return
	}
	s.a.open(s.a.world.at(u))
	s.j.opened = true
	s.area.SetText("")
	s.a.redraw()
}
