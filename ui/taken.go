package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// takes takes over a text of credentials that was pasted into one field, and reports
// whether it was one; see [walk.Walk.TakeOver].
func (j *journey) takes(a *App, text string) bool {
	if !j.walk.TakeOver(text) {
		return false
	}
	a.Redraw()
	return true
}

// newTaken lists what was found in a text of credentials, what is missing, and what
// isn't needed; nil if no such text was pasted.
func newTaken(a *App, w *walk.Walk) fyne.CanvasObject {
	f, ok := w.Taken()
	if !ok {
		return nil
	}
	t := a.Words.T
	blocks := []fyne.CanvasObject{kit.Text(t("taken.title"), kit.Heading)}
	var lines []fyne.CanvasObject
	for _, line := range slices.Concat(takenLines(t, w, f), takenWarnings(t, w, f)) {
		lines = append(lines, kit.Text(line, kit.Small))
	}
	if len(lines) > 0 {
		blocks = append(blocks, kit.Column(2, lines...))
	}
	if len(f.Refresh) > 1 && w.Visitor == walk.HasToken {
		blocks = append(blocks, newTokenChoice(a, w, f))
	}
	return kit.Card(blocks...)
}

// takenLines are what was found.
func takenLines(t func(string, ...any) string, w *walk.Walk, f paste.Found) (lines []string) {
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
			lines = append(lines, "✓ "+t(v.id))
		}
	}
	if f.MarketplaceID != "" {
		lines = append(lines, "✓ "+t("app_step.market")+": "+t("market."+w.Market.Code))
	}
	return lines
}

// takenWarnings are what is missing or of no use.
func takenWarnings(t func(string, ...any) string, w *walk.Walk, f paste.Found) (lines []string) {
	for _, field := range f.Several {
		lines = append(lines, "! "+t("taken.several", "Value", t("value."+string(field))))
	}
	if f.Hidden {
		lines = append(lines, "! "+t("taken.hidden"))
	}
	if len(f.Refresh) < 2 || w.Chosen() >= 0 {
		var missing []string
		for _, field := range w.MissingCredentials() {
			if !slices.Contains(f.Several, field) {
				missing = append(missing, t("value."+string(field)))
			}
		}
		if len(missing) > 0 {
			lines = append(lines, "! "+t("taken.missing", "Values", strings.Join(missing, " · ")))
		}
	}
	if f.Sandbox {
		lines = append(lines, "! "+t("taken.sandbox"))
	}
	var unneeded []string
	for _, u := range f.Unneeded {
		unneeded = append(unneeded, t("unneeded."+string(u)))
	}
	if len(unneeded) > 0 {
		lines = append(lines, "– "+t("taken.unneeded", "Values", strings.Join(unneeded, " · ")))
	}
	return lines
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
