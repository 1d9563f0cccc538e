package ui

import (
	"context"
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// credentialFields are the LWA credentials. They stand on the step of that
// name and, for whoever has them at hand, on the first step already, because
// the code will live for five minutes only.
type credentialFields struct {
	a *App
	j *journey
	// said: what is missing may be said here.
	strict bool

	id, secret, refresh             *kit.Entry
	idNote, secretNote, refreshNote kit.Note
	// swap offers to exchange Client ID and client secret while they are swapped.
	swap *fyne.Container
	// known says from which account the secret is taken, in the place of the fields
	// for what is known.
	known                       *fyne.Container
	from                        *kit.Paragraph
	idField, secretField, dated fyne.CanvasObject
	// lead asks for the credentials; it may be nil.
	lead fyne.CanvasObject
}

func newCredentialFields(a *App, j *journey, strict bool) *credentialFields {
	c := &credentialFields{a: a, j: j, strict: strict, idNote: kit.NewNote(), secretNote: kit.NewNote(), refreshNote: kit.NewNote()}
	w, t := j.walk, a.Words.T
	c.id = kit.NewEntry(a.Keys, w.ClientID, t("credentials.id_placeholder"), nil)
	c.takeField(c.id, func(text string) {
		w.ClientID = text
		c.show()
	})
	c.secret = kit.NewSecretEntry(a.Keys, t("button.show"), t("button.hide"), w.ClientSecret.Reveal(), t("credentials.secret_placeholder"), nil)
	c.takeField(c.secret, func(text string) {
		w.ClientSecret = lwa.NewSecret(text)
		c.show()
	})
	if w.Visitor == walk.HasToken {
		c.refresh = kit.NewSecretEntry(a.Keys, t("button.show"), t("button.hide"), w.RefreshToken.Reveal(), t("credentials.refresh_placeholder"), nil)
		c.takeField(c.refresh, func(text string) {
			w.RefreshToken = lwa.NewSecret(text)
			c.show()
		})
	}
	c.swap = kit.Banner(kit.Warning, t("credentials.swapped"), kit.NewButton(a.Keys, kit.Primary, t("credentials.swap"), func() {
		w.Swap()
		a.Redraw()
	}))
	c.idField = kit.Field(t("value.client_id"), c.id, c.idNote)
	c.secretField = kit.Field(t("value.client_secret"), c.secret, c.secretNote)
	_, c.dated = a.dateField(t("credentials.secret_made"), t("credentials.secret_made_help"), a.writeDate(w.SecretMadeAt), account.SecretLife, func(text string) {
		w.SecretMadeAt, _ = a.readDate(text)
	})
	c.from = kit.Text("", kit.Body)
	c.known = kit.Column(10, c.from, kit.Flow(kit.NewButton(a.Keys, kit.Secondary, t("credentials.others"), func() {
		j.others = true
		a.Redraw()
	})))
	c.show()
	return c
}

// show gives the hints, and what is in the wrong field.
func (c *credentialFields) show() {
	w := c.j.walk
	if w.Swapped() {
		c.swap.Show()
	} else {
		c.swap.Hide()
	}
	c.showKnown()
	c.hint(c.idNote, lwa.ValueClientID, w.ClientID, nil)
	c.hint(c.secretNote, lwa.ValueClientSecret, w.ClientSecret.Reveal(), paste.CheckPair(w.ClientID, w.ClientSecret.Reveal()))
	if c.refresh != nil {
		c.hint(c.refreshNote, lwa.ValueRefreshToken, w.RefreshToken.Reveal(), nil)
	}
	if !c.strict {
		return
	}
	t := c.a.Words.T
	for _, p := range w.Problems(walk.StepCredentials) {
		empty := p.ID == "missing" || p.ID == paste.Empty.String()
		if empty && !c.j.tried {
			continue
		}
		text := t("credentials.missing")
		switch {
		case empty:
		case p.Field == lwa.ValueRefreshToken:
			text = t("token_field." + p.ID)
		default:
			text = t("hint." + p.ID)
		}
		_, note := c.field(p.Field)
		note.Say(kit.Error, text)
	}
}

// showKnown shows the fields for what isn't known, and says where the rest is
// taken from.
func (c *credentialFields) showKnown() {
	w := c.j.walk
	acc, known := c.j.knownApp(c.a)
	if known {
		c.from.SetText(c.a.Words.T("credentials.known", "Name", acc.Title(), "Keychain", c.a.keeperName()))
	}
	flips := known != c.known.Visible()
	show := func(o fyne.CanvasObject, on bool) {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
	show(c.known, known)
	show(c.idField, !known || w.ClientID != "")
	show(c.secretField, !known)
	show(c.dated, !known && !w.CodeLive()) // a code leaves no time to look it up
	if c.lead != nil {
		show(c.lead, !known)
	}
	if flips {
		c.a.RefreshFrame()
	}
}

// field is the entry of a field, and the line below it.
func (c *credentialFields) field(f lwa.Value) (*kit.Entry, kit.Note) {
	switch f {
	case lwa.ValueClientSecret:
		return c.secret, c.secretNote
	case lwa.ValueRefreshToken:
		return c.refresh, c.refreshNote
	default:
		return c.id, c.idNote
	}
}

func (c *credentialFields) hint(n kit.Note, field lwa.Value, text string, more []paste.Hint) {
	n.Say(kit.Info, "")
	if strings.TrimSpace(text) == "" {
		return
	}
	if _, repairs := paste.Take(field, text); len(repairs) > 0 {
		n.Say(kit.Info, c.a.Words.T("repair."+string(repairs[0])))
	}
	hints := append(paste.CheckField(field, text), more...)
	if len(hints) > 0 {
		n.Say(kit.Warning, c.a.Words.T("hint."+string(hints[0])))
	}
}

func (c *credentialFields) objects() []fyne.CanvasObject {
	t := c.a.Words.T
	var blocks []fyne.CanvasObject
	if taken := newTaken(c.a, c.j.walk); taken != nil {
		blocks = append(blocks, taken)
	}
	if c.j.knownErr != nil {
		blocks = append(blocks, c.a.vaultCard(c.j.knownErr))
	}
	if c.j.taking != nil {
		blocks = append(blocks, kit.Text(t("tokens.opening_text"), kit.Muted), c.a.Busy())
	}
	blocks = append(blocks, c.known, c.idField, c.secretField, c.swap)
	if c.refresh != nil {
		blocks = append(blocks, kit.Field(t("value.refresh_token"), c.refresh, c.refreshNote))
	}
	return append(blocks, c.dated)
}

// knownApp is the account that this walk's client secret is taken from.
func (j *journey) knownApp(a *App) (account.Account, bool) {
	if j.others || j.knownErr != nil {
		return account.Account{}, false
	}
	return j.walk.KnownApp(a.env.Store.List())
}

// takeKnown reads the secret of an account of the same app, and goes on. What the
// keychain refuses is typed.
func (j *journey) takeKnown(a *App, acc account.Account) {
	var secrets account.Secrets
	var err error
	env := a.env
	later := time.AfterFunc(quietFor, func() {
		fyne.Do(func() {
			if j.taking != nil && a.Shows(j) {
				a.Redraw()
			}
		})
	})
	j.taking = a.Background(func(ctx context.Context) {
		secrets, err = env.Store.Secrets(ctx, acc.ID)
	}, func() {
		later.Stop()
		j.taking = nil
		if !secrets.ClientSecret.IsEmpty() {
			j.walk.TakeSecret(acc, secrets.ClientSecret)
		} else if !errors.Is(err, context.Canceled) {
			j.knownErr = err
		}
		switch {
		case !a.Shows(j):
		case secrets.ClientSecret.IsEmpty():
			a.Redraw()
		default:
			j.forward(a)
		}
	})
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
			id, _ := paste.Take(lwa.ValueSellerID, text)
			w.SetSellerID(id)
		})
		seller.OnPaste = func(text string) bool { return s.j.takes(s.a, text) }
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
	blocks = append(blocks, s.a.newDirections(t("credentials.where"), sellerHost(s.j.walk.Market.Code, s.j.walk.Vendor), lwa.DevelopApps), kit.Text(t("credentials.whose"), kit.Small))
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
