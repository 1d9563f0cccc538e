package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// amazonErrors explains the error codes of Amazon's permission page, and does
// what the app itself can do about one.
type amazonErrors struct {
	j    *journey
	text string
	code string // "" before one is chosen; "unknown" for something else
	// page is an Amazon page without a code; "" if there is a code.
	page paste.Kind
}

// showAmazonErrors asks what Amazon's page says; a known code is explained at once.
func (j *journey) showAmazonErrors(a *App, code string) {
	e := &amazonErrors{j: j, text: code}
	e.find()
	a.show(e.screen)
}

// find reads a code out of what was typed or pasted.
func (e *amazonErrors) find() {
	if strings.TrimSpace(e.text) == "" {
		return
	}
	e.code, e.page = "unknown", ""
	code, ok := paste.FindAmazonError(e.text)
	if !ok {
		e.page, _ = paste.FindPage(e.text)
		return
	}
	for _, known := range paste.AmazonErrors() {
		if known.Code == code {
			e.code = code
		}
	}
}

func (e *amazonErrors) screen(a *App) shell.Screen {
	t := a.Words.T
	result := kit.Column(kit.Gap)
	codes := paste.AmazonErrors()
	names := make([]string, 0, len(codes)+1)
	at := -1
	for i, c := range codes {
		names = append(names, c.Code)
		if c.Code == e.code {
			at = i
		}
	}
	names = append(names, t("amazon_error.something_else"))
	if e.code == "unknown" {
		at = len(codes)
	}
	var pick *kit.Select
	var p *fyne.Container
	show := func() {
		result.Objects = nil
		if e.code != "" {
			result.Objects = []fyne.CanvasObject{e.explain(a)}
		}
		result.Refresh()
		if p != nil {
			p.Refresh()
		}
	}
	field := kit.NewEntry(a.Keys, e.text, t("amazon_error.placeholder"), func(text string) {
		e.text = text
		e.find()
		pick.Selected = ""
		for _, known := range codes {
			if known.Code == e.code {
				pick.Selected = known.Code
			}
		}
		pick.Refresh()
		show()
	})
	pick = kit.NewSelect(a.Keys, names, at, func(i int) {
		e.code, e.page = "unknown", ""
		if i >= 0 && i < len(codes) {
			e.code = codes[i].Code
		}
		show()
	})
	pick.PlaceHolder = t("amazon_error.pick")
	p = kit.Column(kit.Gap,
		kit.Headed(t("amazon_error.title"), t("amazon_error.lead")),
		kit.Field(t("amazon_error.field"), field),
		kit.Field(t("amazon_error.or_pick"), pick),
		result)
	show()
	leave := func() { e.j.turn(a) }
	screen := shell.Screen{
		About: e, Title: t("amazon_error.title"), Focus: field, OnEscape: leave,
		Help: func() (string, []fyne.CanvasObject) {
			return helpConsent(a, sellerHost(e.j.walk.Market.Code, e.j.walk.Vendor))
		},
	}
	banner := newCodeClock(a, e.j.walk).addTo(&screen, a.banner(e.j.walk.Sandbox))
	screen.Body = a.NewFrame(a.NewRail(e.j.steps(a)...), banner, p, a.NewFoot(kit.NewButton(a.Keys, kit.Secondary, t("button.back"), leave), nil))
	return screen
}

func (e *amazonErrors) explain(a *App) fyne.CanvasObject {
	t, w := a.Words.T, e.j.walk
	id := "amazon." + e.code
	if e.page != "" {
		id = "paste." + string(e.page)
	}
	toApp := func() {
		w.GoTo(walk.StepApp)
		e.j.turn(a)
	}
	var actions []fyne.CanvasObject
	act := func(label string, do func()) {
		actions = append(actions, kit.NewButton(a.Keys, kit.Primary, t(label), do))
	}
	reopen := func() { e.j.openConsent(a) }
	who := ""
	for _, c := range paste.AmazonErrors() {
		if c.Code != e.code {
			continue
		}
		who = t("actor." + string(c.Who))
		switch c.Fix {
		case paste.FixDraftOn:
			// If the switch is on already, it's something else: usually the application
			// ID.
			if w.Draft {
				act("amazon_error.check_app", toApp)
				break
			}
			act("amazon_error.draft_on", func() {
				w.Draft = true
				reopen()
			})
		case paste.FixCheckApp:
			act("amazon_error.check_app", toApp)
		case paste.FixDropRedirectURI:
			if w.RedirectURI == "" {
				// There is nothing to leave out, so the app itself is set up wrongly.
				who = t("actor." + string(lwa.ActorAppOwner))
			} else {
				act("amazon_error.drop_redirect", func() {
					w.RedirectURI = ""
					reopen()
				})
			}
		case paste.FixOtherMarketplace:
			act("amazon_error.other_market", toApp)
		case paste.FixReopen:
			act("amazon_error.reopen", reopen)
		}
	}
	return newErrorCard(t(id+".title"), t(id+".todo"), who, actions...)
}
