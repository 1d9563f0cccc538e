package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/lwa"
)

// grantlessScreen gets an app-only token: for operations that need no seller's
// consent.
type grantlessScreen struct {
	a    *App
	g    *grantless
	body fyne.CanvasObject
	main *button
}

// grantless is the state of that screen; it outlives a redrawing.
type grantless struct {
	back  func()
	world *World
	cred  lwa.Credentials
	scope int
	stop  context.CancelFunc
	token lwa.Token
	err   error
}

// showGrantless opens the screen for an account's credentials.
func (a *App) showGrantless(h *holding) {
	before := a.make
	g := &grantless{world: h.world, cred: h.cred, back: func() { a.show(before) }}
	a.show(func(a *App) screen { return newGrantlessScreen(a, g) })
}

func newGrantlessScreen(a *App, g *grantless) screen {
	s := &grantlessScreen{a: a, g: g}
	t := a.words.T
	scopes := lwa.Scopes()
	names := make([]string, len(scopes))
	for i, sc := range scopes {
		names[i] = sc.Value
		if sc.Retired {
			names[i] = t("grantless.retired", "Scope", sc.Value)
		}
	}
	pick := newChoice(a.keys, names, g.scope, func(i int) {
		g.scope, g.token, g.err = i, lwa.Token{}, nil
		a.redraw()
	})
	blocks := []fyne.CanvasObject{
		newColumn(gapTiny, newText(t("grantless.title"), styleTitle()), newText(t("grantless.lead"), styleMuted())),
		newField(t("grantless.scope"), pick),
	}
	if scopes[g.scope].Retired {
		blocks = append(blocks, newBanner(soon, t("grantless.retired_text")))
	}
	switch {
	case g.stop != nil:
		blocks = append(blocks, newText(t("tokens.getting_text"), styleMuted()), a.newBusy(), newFlow(newButton(a.keys, secondary, t("button.cancel"), g.stop)))
	case g.err != nil:
		blocks = append(blocks, a.amazonCard(g.err))
	case !g.token.Access.IsEmpty():
		copied := newButton(a.keys, primary, t("button.copy"), nil).Copies()
		copied.press = func() {
			a.copy(g.token.Access.Reveal(), true)
			copied.SetLabel("✓", t("button.copied"))
		}
		box := newPanel("", colorControl)
		box.radius = sizeRadius
		blocks = append(blocks, newCard(
			newText(t("grantless.token"), styleLabel()),
			newRow(0, newPadded(valueInset, 7, newText(g.token.Access.Hint(), styleValue()), box), copied)))
	}
	s.main = newButton(a.keys, primary, t("grantless.get"), s.get)
	if g.stop != nil {
		s.main.Disable()
	}
	back := newButton(a.keys, secondary, t("button.back"), s.leave)
	s.body = a.newFrame(a.newRail(), a.practiceBanner(), newColumn(gap, blocks...), a.newFoot(back, s.main))
	return s
}

func (s *grantlessScreen) get() {
	g, a := s.g, s.a
	scope := lwa.Scopes()[g.scope].Value
	var token lwa.Token
	var err error
	g.stop = a.background(func(ctx context.Context) {
		token, err = g.world.LWA.Grantless(ctx, g.cred, scope)
	}, func() {
		g.stop, g.token, g.err = nil, token, err
		if n, ok := a.now.(*grantlessScreen); ok && n.g == g {
			a.redraw()
		}
	})
	a.redraw()
}

func (s *grantlessScreen) leave() {
	if s.g.stop != nil {
		s.g.stop()
	}
	s.g.back()
}

func (s *grantlessScreen) Title() string                { return s.a.words.T("grantless.title") }
func (s *grantlessScreen) Body() fyne.CanvasObject      { return s.body }
func (s *grantlessScreen) Focus() fyne.Focusable        { return s.main }
func (s *grantlessScreen) Keys() (enter, escape func()) { return s.main.Press, s.leave }
