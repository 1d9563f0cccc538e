package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// credentialFields are the LWA credentials. They are on the step of that name and,
// for people with an app of their own, already on the first one, because the code
// is good for five minutes only.
type credentialFields struct {
	a *App
	j *journey
	// strict: this step needs them, so it says what is missing.
	strict bool

	id, secret, refresh             *kit.Entry
	idNote, secretNote, refreshNote kit.Note
	// swap offers to exchange Client ID and client secret while they are swapped.
	swap *fyne.Container
	// known replaces the fields for what is known, and says from which account the
	// secret comes.
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
	c.takeField(c.id, value.ClientID, func(text string) {
		w.ClientID = text
		c.show()
	})
	c.secret = kit.NewSecretEntry(a.Keys, t("button.show"), t("button.hide"), w.ClientSecret.Reveal(), t("credentials.secret_placeholder"), nil)
	c.takeField(c.secret, value.ClientSecret, func(text string) {
		w.ClientSecret = lwa.NewSecret(text)
		c.show()
	})
	if w.Visitor == walk.HasToken {
		c.refresh = kit.NewSecretEntry(a.Keys, t("button.show"), t("button.hide"), w.RefreshToken.Reveal(), t("credentials.refresh_placeholder"), nil)
		c.takeField(c.refresh, value.RefreshToken, func(text string) {
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
	made := newTypedDay(a.Words, w.SecretMadeAt)
	day, dated := newDateField(a, t("credentials.secret_made"), t("credentials.secret_made_help"), &made, account.SecretLife)
	typed := day.OnChanged
	day.OnChanged = func(text string) {
		typed(text)
		w.SecretMadeAt = made.day
	}
	c.dated = dated
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
	c.hint(c.idNote, value.ClientID, w.ClientID, nil)
	c.hint(c.secretNote, value.ClientSecret, w.ClientSecret.Reveal(), paste.CheckPair(w.ClientID, w.ClientSecret.Reveal()))
	if c.refresh != nil {
		c.hint(c.refreshNote, value.RefreshToken, w.RefreshToken.Reveal(), nil)
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
		case p.Field == value.RefreshToken:
			text = t("token_field." + p.ID)
		default:
			text = t("hint." + p.ID)
		}
		_, note := c.field(p.Field)
		note.Say(kit.Error, text)
	}
}

// showKnown shows the fields for what isn't known, and says where the rest comes
// from.
func (c *credentialFields) showKnown() {
	w := c.j.walk
	acc, known := c.j.knownApp(c.a)
	if known {
		c.from.SetText(c.a.Words.T("credentials.known", "Name", acc.Title(), "Keychain", c.a.env.keeperName(c.a.Words)))
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
func (c *credentialFields) field(f value.ID) (*kit.Entry, kit.Note) {
	switch f {
	case value.ClientSecret:
		return c.secret, c.secretNote
	case value.RefreshToken:
		return c.refresh, c.refreshNote
	default:
		return c.id, c.idNote
	}
}

func (c *credentialFields) hint(n kit.Note, field value.ID, text string, more []paste.Hint) {
	n.Say(kit.Info, "")
	if strings.TrimSpace(text) == "" {
		return
	}
	sayHints(c.a, n, kit.Warning, field, text, append(paste.CheckField(field, text), more...))
}

// sayHints says the first of the hints about a field or, without one, what was repaired
// in its text.
func sayHints(a *App, n kit.Note, tone kit.Tone, field value.ID, text string, hints []paste.Hint) {
	if len(hints) > 0 {
		n.Say(tone, a.Words.T("hint."+string(hints[0])))
		return
	}
	if _, repairs := paste.Take(field, text); len(repairs) > 0 {
		n.Say(kit.Info, a.Words.T("repair."+string(repairs[0])))
	}
}

func (c *credentialFields) objects() []fyne.CanvasObject {
	t := c.a.Words.T
	var blocks []fyne.CanvasObject
	if taken := newTaken(c.a, c.j.walk); taken != nil {
		blocks = append(blocks, taken)
	}
	if c.j.knownErr != nil {
		blocks = append(blocks, newVaultCard(c.a, c.j.knownErr))
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

// takeField lets an entry take a whole text of credentials, and a whole value in the
// place of what is in it.
func (c *credentialFields) takeField(e *kit.Entry, field value.ID, changed func(string)) {
	e.OnChanged = changed
	takePaste(e, field, func(text string) bool { return c.j.takes(c.a, text) })
}

// takePaste gives takes what is pasted into an entry. What it doesn't take goes into the
// entry, and if it's a value by itself, in the place of what is there: a person who was
// refused pastes the next one without selecting the first, and Fyne would glue the two.
// Fyne's own menu pastes unseen; that's seen by the text that has grown by a lot.
func takePaste(e *kit.Entry, field value.ID, takes func(string) bool) {
	const typed = 8 // characters that a person may type between two changes
	before, changed := e.Text, e.OnChanged
	e.OnPaste = func(text string) bool {
		if takes(text) {
			return true
		}
		if isWhole(field, text) {
			e.TypedShortcut(&fyne.ShortcutSelectAll{})
		}
		return false
	}
	e.OnChanged = func(text string) {
		was := before
		before = text
		if len(text) > len(was)+typed {
			if takes(text) {
				return
			}
			// The cursor was at one of the ends.
			for _, cut := range []func(string, string) (string, bool){strings.CutSuffix, strings.CutPrefix} {
				if pasted, ok := cut(text, was); ok && was != "" && isWhole(field, pasted) {
					e.SetText(pasted)
					return
				}
			}
		}
		if changed != nil {
			changed(text)
		}
	}
}

// isWhole reports whether a pasted text is a value by itself, of this field or another.
func isWhole(field value.ID, text string) bool {
	text, _ = paste.Take(field, text)
	return text != "" && (len(paste.CheckField(field, text)) == 0 || paste.Classify(text) != paste.ShapeUnknown)
}
