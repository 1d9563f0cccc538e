package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
)

// credentialFields are the LWA credentials. They stand on the step of that
// name and, for whoever has them at hand, on the first step already, because
// the code will live for five minutes only.
type credentialFields struct {
	a *App
	j *journey
	// said: what is missing may be said here.
	strict bool

	id, secret, refresh             *entry
	idNote, secretNote, refreshNote note
}

func newCredentialFields(a *App, j *journey, strict bool) *credentialFields {
	c := &credentialFields{a: a, j: j, strict: strict, idNote: newNote(), secretNote: newNote(), refreshNote: newNote()}
	w, t := j.walk, a.words.T
	c.id = newEntry(a.keys, w.ClientID, t("credentials.id_placeholder"), func(text string) {
		w.ClientID = text
		c.show()
	})
	c.secret = newSecretEntry(a.keys, t("button.show"), t("button.hide"), w.ClientSecret.Reveal(), t("credentials.secret_placeholder"), func(text string) {
		w.ClientSecret = lwa.NewSecret(text)
		c.show()
	})
	if w.Visitor == walk.HasToken {
		c.refresh = newSecretEntry(a.keys, t("button.show"), t("button.hide"), w.RefreshToken.Reveal(), t("credentials.refresh_placeholder"), func(text string) {
			w.RefreshToken = lwa.NewSecret(text)
			c.show()
		})
	}
	c.show()
	return c
}

// show gives the hints: they warn and never stand in the way.
func (c *credentialFields) show() {
	w := c.j.walk
	c.hint(c.idNote, paste.FieldClientID, w.ClientID, nil)
	c.hint(c.secretNote, paste.FieldClientSecret, w.ClientSecret.Reveal(), paste.CheckPair(w.ClientID, w.ClientSecret.Reveal()))
	if c.refresh != nil {
		c.hint(c.refreshNote, paste.FieldRefreshToken, w.RefreshToken.Reveal(), nil)
	}
	if !c.strict {
		return
	}
	t := c.a.words.T
	for _, p := range w.Problems(walk.StepCredentials) {
		empty := p.ID == "missing" || p.ID == paste.Empty.String()
		if empty && !c.j.tried {
			continue
		}
		text := t("credentials.missing")
		if !empty {
			text = t("token_field." + p.ID)
		}
		switch p.Field {
		case lwa.ValueClientID:
			c.idNote.Say(wrong, text)
		case lwa.ValueClientSecret:
			c.secretNote.Say(wrong, text)
		case lwa.ValueRefreshToken:
			c.refreshNote.Say(wrong, text)
		}
	}
}

func (c *credentialFields) hint(n note, field paste.Field, text string, more []paste.Hint) {
	n.Say(calm, "")
	if strings.TrimSpace(text) == "" {
		return
	}
	if _, repairs := paste.Tidy(text); len(repairs) > 0 {
		n.Say(calm, c.a.words.T("repair."+string(repairs[0])))
	}
	hints := append(paste.CheckField(field, text), more...)
	if len(hints) > 0 {
		n.Say(soon, c.a.words.T("hint."+string(hints[0])))
	}
}

func (c *credentialFields) objects() []fyne.CanvasObject {
	t := c.a.words.T
	blocks := []fyne.CanvasObject{
		newField(t("value.client_id"), c.id, c.idNote),
		newField(t("value.client_secret"), c.secret, c.secretNote),
	}
	if c.refresh != nil {
		blocks = append(blocks, newField(t("value.refresh_token"), c.refresh, c.refreshNote))
	}
	return blocks
}

// credentialsStep asks for the LWA credentials and gets the tokens.
type credentialsStep struct {
	a      *App
	j      *journey
	fields *credentialFields
	left   *codeClock
}

func newCredentialsStep(a *App, j *journey) step {
	s := &credentialsStep{a: a, j: j, fields: newCredentialFields(a, j, true), left: newCodeClock(a, j.walk)}
	page := step{screen: screen{
		body: s.content(),
		tick: func(time.Time) time.Duration { return s.left.tick(a.redraw) },
		help: func() (string, []fyne.CanvasObject) {
			if j.walk.Visitor == walk.HasToken {
				return helpToken(a)
			}
			return helpDeveloper(a, false)
		},
	}}
	if j.walk.ClientID == "" || !j.walk.Done(walk.StepCredentials) {
		page.focus = s.fields.id
	}
	if s.left.dead && j.walk.Token.Access.IsEmpty() {
		page.next = newButton(a.keys, primary, a.words.T("button.start_over"), func() { j.startOver(a) })
	} else {
		page.next = newButton(a.keys, primary, a.words.T("button.get_tokens"), func() { j.forward(a) })
	}
	return page
}

func (s *credentialsStep) content() fyne.CanvasObject {
	t, w := s.a.words.T, s.j.walk
	title := newText(t("credentials.title"), styleTitle())
	head := fyne.CanvasObject(title)
	if _, ok := w.CodeLeft(); ok {
		head = newRow(0, title, s.left.pill)
	}
	lead := t("credentials.lead")
	if w.Visitor == walk.HasToken {
		lead = t("credentials.lead_token")
	}
	blocks := []fyne.CanvasObject{newColumn(gapTiny, head, newText(lead, styleMuted()))}
	if s.a.practising() {
		blocks = append(blocks, newBanner(calm, t("practice.fill_credentials"),
			newButton(s.a.keys, secondary, t("practice.fill"), s.fill)))
	}
	if s.left.dead && w.Token.Access.IsEmpty() {
		blocks = append(blocks, newBanner(wrong, t("paste_step.dead")))
	}
	if w.Visitor == walk.HasToken {
		blocks = append(blocks, newField(t("app_step.market"), newMarketChoice(s.a, w.Market, func(m lwa.Marketplace) { w.Choose(m, w.Vendor) })))
	}
	blocks = append(blocks, s.fields.objects()...)
	if w.Visitor == walk.HasToken {
		seller := newEntry(s.a.keys, w.SellerID(), s.a.words.T("paste_step.seller_placeholder"), func(text string) {
			id, _ := paste.Tidy(text)
			w.SetSellerID(id)
		})
		blocks = append(blocks, newField(t("credentials.seller_id"), seller, newText(t("credentials.seller_id_help"), styleSmall())))
	}
	blocks = append(blocks, newText(t("credentials.where"), styleSmall()), newText(t("credentials.whose"), styleSmall()))
	return newColumn(gap, blocks...)
}

func (s *credentialsStep) fill() {
	w, sample := s.j.walk, s.a.world.Sample
	w.ClientID, w.ClientSecret = sample.ClientID, sample.ClientSecret
	if w.Visitor == walk.HasToken {
		w.RefreshToken = sample.RefreshToken
	}
	s.a.redraw()
}
