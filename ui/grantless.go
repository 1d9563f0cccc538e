package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// grantless gets an app-only token: for operations that need no seller's
// consent.
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
	g := &grantless{world: h.world, cred: h.cred, back: a.wayBack()}
	a.show(g.screen)
}

func (g *grantless) screen(a *App) screen {
	t := a.words.T
	scopes := lwa.Scopes()
	names := make([]string, len(scopes))
	for i, sc := range scopes {
		names[i] = sc.Value
		if sc.Retired {
			names[i] = t("grantless.retired", "Scope", sc.Value)
		}
	}
	pick := kit.NewSelect(a.keys, names, g.scope, func(i int) {
		g.scope, g.token, g.err = i, lwa.Token{}, nil
		a.redraw()
	})
	blocks := []fyne.CanvasObject{
		kit.Headed(t("grantless.title"), t("grantless.lead")),
		kit.Field(t("grantless.scope"), pick),
	}
	if scopes[g.scope].Retired {
		blocks = append(blocks, kit.Banner(kit.Warning, t("grantless.retired_text")))
	}
	switch {
	case g.stop != nil:
		blocks = append(blocks, kit.Text(t("tokens.getting_text"), kit.Muted), a.newBusy(), kit.Flow(kit.NewButton(a.keys, kit.Secondary, t("button.cancel"), g.stop)))
	case g.err != nil:
		blocks = append(blocks, a.amazonCard(g.err))
	case !g.token.Access.IsEmpty():
		copied := a.copyButton(kit.Primary, "button.copy", func() { a.copy(g.token.Access.Reveal(), true) }).Copies()
		box := kit.NewPanel("", kit.ColorControl)
		box.Radius = kit.SizeRadius
		blocks = append(blocks, kit.Card(
			kit.Text(t("grantless.token"), kit.Label),
			kit.Row(0, kit.Padded(valueInset, 7, kit.Text(g.token.Access.Hint(), kit.Value), box), copied)))
	}
	main := kit.NewButton(a.keys, kit.Primary, t("grantless.get"), func() { g.get(a) })
	if g.stop != nil {
		main.Disable()
	}
	back := kit.NewButton(a.keys, kit.Secondary, t("button.back"), g.leave)
	return screen{
		about: g, title: t("grantless.title"), focus: main, enter: main.Press, escape: g.leave,
		body: a.newFrame(a.newRail(), a.practiceBanner(), kit.Column(kit.Gap, blocks...), a.newFoot(back, main)),
	}
}

func (g *grantless) get(a *App) {
	scope := lwa.Scopes()[g.scope].Value
	var token lwa.Token
	var err error
	g.stop = a.background(func(ctx context.Context) {
		token, err = g.world.LWA.Grantless(ctx, g.cred, scope)
	}, func() {
		g.stop, g.token, g.err = nil, token, err
		if a.now.about == g {
			a.redraw()
		}
	})
	a.redraw()
}

func (g *grantless) leave() {
	if g.stop != nil {
		g.stop()
	}
	g.back()
}
