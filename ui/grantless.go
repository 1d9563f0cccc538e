package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// grantless gets an app-only token, for operations that need no seller's consent.
type grantless struct {
	back  func()
	env   *Environment
	cred  lwa.Credentials
	scope int
	// sandbox: the credentials are a sandbox app's.
	sandbox bool
	stop    context.CancelFunc
	token   lwa.Token
	err     error
}

// showGrantless opens the screen for an account's credentials.
func (h *session) showGrantless() {
	g := &grantless{env: h.env, cred: h.cred, back: h.a.WayBack(), sandbox: h.account.Sandbox}
	h.a.show(g.screen)
}

func (g *grantless) screen(a *App) shell.Screen {
	t := a.Words.T
	scopes := lwa.Scopes()
	names := make([]string, len(scopes))
	for i, sc := range scopes {
		names[i] = sc.Value
		if sc.Retired {
			names[i] = t("grantless.retired", "Scope", sc.Value)
		}
	}
	pick := kit.NewSelect(a.Keys, names, g.scope, func(i int) {
		g.scope, g.token, g.err = i, lwa.Token{}, nil
		a.Redraw()
	})
	blocks := []fyne.CanvasObject{
		kit.Headed(t("grantless.title"), t("grantless.lead")),
		kit.Field(t("grantless.scope"), pick),
	}
	if scopes[g.scope].Retired {
		blocks = append(blocks, kit.Banner(kit.Warning, t("grantless.retired_text")))
	}
	main := kit.NewButton(a.Keys, kit.Primary, t("grantless.get"), func() { g.get(a) })
	first := main
	switch {
	case g.stop != nil:
		main.Disable()
		blocks = append(blocks, kit.Text(t("tokens.getting_text"), kit.Muted), a.Busy(), kit.Flow(kit.NewButton(a.Keys, kit.Secondary, t("button.cancel"), g.stop)))
	case g.err != nil:
		blocks = append(blocks, newAmazonCard(a, g.err))
	case !g.token.Access.IsEmpty():
		copied := a.CopyButton(kit.Primary, "button.copy", func() { a.Copy(g.token.Access.Reveal(), true) }).Copies()
		main.SetKind(kit.Secondary)
		first = copied // it is what comes next
		blocks = append(blocks, kit.Card(
			kit.Text(t("grantless.token"), kit.Label),
			kit.Row(0, kit.ValueBox(kit.Text(g.token.Access.Hint(), kit.Value)), copied)))
	}
	back := kit.NewButton(a.Keys, kit.Secondary, t("button.back"), g.leave)
	return shell.Screen{
		About: g, Title: t("grantless.title"), Focus: first, OnEnter: first.Press, OnEscape: g.leave,
		Body: a.NewWideFrame(a.banner(g.sandbox), kit.Column(kit.Gap, blocks...), a.NewFoot(back, main)),
		Help: func() (string, []fyne.CanvasObject) { return helpTokens(a) },
	}
}

func (g *grantless) get(a *App) {
	scope := lwa.Scopes()[g.scope].Value
	var token lwa.Token
	var err error
	g.stop = a.Background(func(ctx context.Context) {
		token, err = g.env.LWA.Grantless(ctx, g.cred, scope)
	}, func() {
		g.stop, g.token, g.err = nil, token, err
		if a.Shows(g) {
			a.Redraw()
		}
	})
	a.Redraw()
}

func (g *grantless) leave() {
	if g.stop != nil {
		g.stop()
	}
	g.back()
}
