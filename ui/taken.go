package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// takes lets a field take a whole text of credentials, and reports whether it
// was one; see [walk.Walk.TakeOver].
func (j *journey) takes(a *App, text string) bool {
	if !j.walk.TakeOver(text) {
		return false
	}
	a.Redraw()
	return true
}

// newTaken lists what was found in a text of credentials, what is missing, and
// what nobody needs; nil if no such text was pasted.
func newTaken(a *App, w *walk.Walk) fyne.CanvasObject {
	f, ok := w.Taken()
	if !ok {
		return nil
	}
	t := a.Words.T
	var lines []fyne.CanvasObject
	say := func(mark, text string) { lines = append(lines, kit.Text(mark+" "+text, kit.Small)) }
	for _, v := range []struct {
		id   string
		have bool
	}{
		{"value.client_id", f.ClientID != ""},
		{"value.client_secret", !f.ClientSecret.IsEmpty()},
		{"value.refresh_token", len(f.Refresh) == 1 && w.Visitor == walk.HasToken},
		{"value.seller_id", f.SellerID != ""},
	} {
		if v.have {
			say("✓", t(v.id))
		}
	}
	if f.MarketplaceID != "" {
		say("✓", t("app_step.market")+": "+t("market."+w.Market.Code))
	}
	for _, field := range f.Several {
		say("!", t("taken.several", "Value", t("value."+string(field))))
	}
	if f.Hidden {
		say("!", t("taken.hidden"))
	}
	if len(f.Refresh) < 2 || w.Chosen() >= 0 {
		var missing []string
		for _, field := range w.MissingCredentials() {
			if !slices.Contains(f.Several, field) {
				missing = append(missing, t("value."+string(field)))
			}
		}
		if len(missing) > 0 {
			say("!", t("taken.missing", "Values", strings.Join(missing, " · ")))
		}
	}
	if f.Sandbox {
		say("!", t("taken.sandbox"))
	}
	var unneeded []string
	for _, u := range f.Unneeded {
		unneeded = append(unneeded, t("unneeded."+string(u)))
	}
	if len(unneeded) > 0 {
		say("–", t("taken.unneeded", "Values", strings.Join(unneeded, " · ")))
	}
	blocks := []fyne.CanvasObject{kit.Text(t("taken.title"), kit.Heading)}
	if len(lines) > 0 {
		blocks = append(blocks, kit.Column(2, lines...))
	}
	if len(f.Refresh) > 1 && w.Visitor == walk.HasToken {
		blocks = append(blocks, newTokenChoice(a, w, f))
	}
	return kit.Card(blocks...)
}

// newTokenChoice asks which of several accounts' refresh tokens to use.
func newTokenChoice(a *App, w *walk.Walk, f paste.Found) fyne.CanvasObject {
	t := a.Words.T
	names := make([]string, len(f.Refresh))
	for i, token := range f.Refresh {
		names[i] = t("taken.account", "Number", i+1)
		if token.Region != "" {
			names[i] += " · " + t("taken.region_"+token.Region)
		}
	}
	pick := kit.NewSelect(a.Keys, names, w.Chosen(), func(i int) {
		w.ChooseToken(i)
		a.Redraw()
	})
	pick.PlaceHolder = t("taken.choose")
	return kit.Field(t("taken.accounts", "Count", len(f.Refresh)), pick)
}

// takeField is an entry's two ways of taking a whole text: as it is pasted, and
// as it stands there afterwards, where Fyne's own menu pasted it.
func (c *credentialFields) takeField(e *kit.Entry, changed func(string)) {
	const typed = 8 // characters that somebody may type between two changes
	before := len(e.Text)
	e.OnPaste = func(text string) bool { return c.j.takes(c.a, text) }
	e.OnChanged = func(text string) {
		pasted := len(text) > before+typed
		before = len(text)
		if !pasted || !c.j.takes(c.a, text) {
			changed(text)
		}
	}
}
