package ui

import (
	"errors"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// tokensView is the content of the tokens screen, in a walk or for an account.
type tokensView struct {
	a       *App
	h       *session
	content fyne.CanvasObject
	left    *kit.Pill
	first   fyne.Focusable
	// news is what came last and must be seen: the answer of a check.
	news fyne.CanvasObject
}

func newTokensView(a *App, h *session) *tokensView {
	v := &tokensView{a: a, h: h, left: kit.NewPill(kit.Success, "")}
	var blocks []fyne.CanvasObject
	switch {
	case h.stop != nil && h.token.Access.IsEmpty():
		blocks = v.waiting()
	case h.token.Access.IsEmpty() && h.token.Refresh.IsEmpty():
		blocks = v.failed()
	default:
		blocks = v.tokens()
	}
	v.content = kit.Column(kit.Gap, blocks...)
	v.tick(a.Now())
	return v
}

func (v *tokensView) waiting() []fyne.CanvasObject {
	t := v.a.Words.T
	doing := v.h.doing
	if doing == "" {
		doing = "getting"
	}
	// Cancel hasn't the keyboard: one Enter too many would spend the code for
	// nothing. Esc cancels.
	stop := kit.NewButton(v.a.Keys, kit.Secondary, t("button.cancel"), func() {
		if v.h.journey != nil {
			v.h.journey.cancel(v.a)
			return
		}
		v.h.cancel()
	})
	title := kit.Title
	if v.h.journey == nil {
		title = kit.Heading
	}
	return []fyne.CanvasObject{
		kit.Text(t("tokens."+doing), title),
		kit.Text(t("tokens."+doing+"_text"), kit.Muted),
		v.a.Busy(),
		kit.Flow(stop),
	}
}

// failed explains why there are no tokens and offers the way on that fits.
func (v *tokensView) failed() []fyne.CanvasObject {
	a, h, t := v.a, v.h, v.a.Words.T
	button := func(kind kit.ButtonKind, label string, do func()) fyne.CanvasObject {
		b := kit.NewButton(a.Keys, kind, t(label), do)
		if kind == kit.Primary {
			v.first = b
		}
		return b
	}
	if h.openErr != nil {
		again := func() {
			h.open()
			a.Redraw()
		}
		var actions []fyne.CanvasObject
		// An encrypted file opens with its passphrase and not by trying again.
		if unlock := newVaultFileOffer(a, h.openErr, again); unlock != nil {
			v.first = unlock
			actions = append(actions, unlock)
		} else {
			actions = append(actions, button(kit.Primary, "button.try_again", again))
		}
		actions = append(actions, button(kit.Secondary, "account.authorize_again", func() { a.authorizeAgain(h.account) }))
		return []fyne.CanvasObject{newVaultCard(a, h.openErr, actions...)}
	}
	title := kit.Text(t("tokens.failed_title"), kit.Title)
	if h.journey == nil {
		title.SetStyle(kit.Heading)
		return []fyne.CanvasObject{title, newAmazonCard(a, h.err, v.helps()...)}
	}
	j := h.journey
	_, counting := j.walk.CodeLeft()
	dead, refused := j.walk.CodeDead(), needsSecret(h.err)
	kind := func(loudest bool) kit.ButtonKind {
		if loudest {
			return kit.Primary
		}
		return kit.Secondary
	}
	actions := []fyne.CanvasObject{button(kind(!refused), "button.try_again", func() { j.getTokens(a) })}
	if dead {
		actions[0] = button(kit.Primary, "button.start_over", func() { j.startOver(a) })
	}
	if !waitingHelps(h.err) { // other credentials don't help against a failing network
		mend := button(kind(refused && !dead), "tokens.fix_credentials", func() { j.mendCredentials(a) })
		actions = append(actions, mend)
		if refused && !dead {
			slices.Reverse(actions) // the one that helps comes first
		}
	}
	kept, todo := "tokens.kept", ""
	switch {
	case dead:
		kept = "tokens.code_gone" // whatever the card says of trying again
	case counting && waitingHelps(h.err):
		todo = t("tokens.try_now") // but the code doesn't wait
	}
	return []fyne.CanvasObject{title, newAmazonCardSaying(a, todo, h.err, actions...), kit.Text(t(kept), kit.Small)}
}

func (v *tokensView) tokens() []fyne.CanvasObject {
	a, h, t := v.a, v.h, v.a.Words.T
	var blocks []fyne.CanvasObject
	if h.journey != nil { // an account has its name above all this
		head := kit.Column(kit.GapTiny, kit.Text(t("tokens.title"), kit.Title))
		if h.saved {
			where := "tokens.saved"
			if a.env.InFile {
				where = "tokens.saved_file"
			}
			head.Add(kit.Text(t(where), kit.Muted))
		}
		blocks = append(blocks, head)
	}
	blocks = append(blocks, v.unsaved()...)
	if h.refreshChanged {
		blocks = append(blocks, kit.Banner(kit.Warning, t("tokens.refresh_changed")))
	}
	if h.err != nil {
		blocks = append(blocks, newAmazonCard(a, h.err, v.helps()...))
	}
	blocks = append(blocks, v.secrets(), v.actions())
	if h.saved && h.account.HasClientSecret && h.account.SecretMadeAt.IsZero() {
		blocks = append(blocks, kit.Banner(kit.Info, t("tokens.secret_undated"),
			kit.NewButton(a.Keys, kit.Secondary, t("tokens.secret_date"), func() { h.showDetails(true) })))
	}
	if h.stop != nil {
		v.news = kit.Column(kit.Gap, kit.Row(0, kit.Text(t("tokens."+h.doing), kit.Muted), kit.NewButton(a.Keys, kit.Secondary, t("button.cancel"), h.cancel)), a.Busy())
		blocks = append(blocks, v.news)
	}
	if !h.renewedAt.IsZero() && h.doing == "renewing" && h.stop == nil && h.err == nil {
		v.news = kit.Banner(kit.Success, t("tokens.renewed_at", "Time", a.Words.TimeOfDay(h.renewedAt.Local())))
		blocks = append(blocks, v.news)
	}
	if !h.checked.at.IsZero() && h.doing == "checking" && h.stop == nil {
		v.news = v.h.checkedCard()
		blocks = append(blocks, v.news)
	}
	h.turned = ""
	return append(blocks, v.takeBack()...)
}

// takeBack says where the access is revoked. Nobody has authorized a sandbox app.
func (v *tokensView) takeBack() []fyne.CanvasObject {
	acc, text := v.h.account, v.a.Words.T("tokens.take_back")
	switch {
	case acc.Sandbox:
		return nil
	case acc.Vendor:
		text = v.a.Words.T("tokens.take_back_vendor")
	}
	return []fyne.CanvasObject{newDirections(v.a, text, sellerHost(acc.Marketplace, acc.Vendor), manageApps())}
}

// helps are the buttons for an error of an account, the one that helps first.
// Without an access token it is the filled one and has the keyboard.
func (v *tokensView) helps() []fyne.CanvasObject {
	a, h, t := v.a, v.h, v.a.Words.T
	var refused *lwa.Error
	first := kit.NewButton(a.Keys, kit.Secondary, t("button.try_again"), h.renew)
	buttons := []fyne.CanvasObject{first}
	switch {
	case errors.As(h.err, &refused) && refused.Kind.NeedsConsent():
		first = kit.NewButton(a.Keys, kit.Secondary, t("account.authorize_again"), func() { a.authorizeAgain(h.account) })
		buttons = []fyne.CanvasObject{first}
	case h.journey == nil && needsSecret(h.err):
		first = renewButton(a, h.account, h)
		buttons = []fyne.CanvasObject{first, buttons[0]}
	}
	if h.token.Access.IsEmpty() {
		first.SetKind(kit.Primary)
		v.first = first
	}
	return buttons
}

// unsaved says why the secrets are not in the vault, or not yet.
func (v *tokensView) unsaved() []fyne.CanvasObject {
	a, h, t := v.a, v.h, v.a.Words.T
	switch {
	case h.saving:
		return []fyne.CanvasObject{kit.Banner(kit.Info, t("tokens.saving")), a.Busy()}
	case h.saveErr != nil && !h.onlyToday:
		if card := v.h.otherAccountCard(); card != nil {
			return []fyne.CanvasObject{card}
		}
		again := func() {
			h.save(h.unsaved)
			a.Redraw()
		}
		retry := kit.NewButton(a.Keys, kit.Primary, t("tokens.save_again"), again)
		actions := []fyne.CanvasObject{retry}
		switch offer := newVaultFileOffer(a, h.saveErr, again); {
		case offer == nil:
		case a.env.InFile: // it opens with its passphrase, and not by trying again
			actions = []fyne.CanvasObject{offer}
		case offer.Kind == kit.Primary:
			retry.SetKind(kit.Secondary)
			actions = []fyne.CanvasObject{offer, retry}
		default:
			actions = append(actions, offer)
		}
		return []fyne.CanvasObject{newVaultCard(a, h.saveErr, append(actions,
			kit.NewButton(a.Keys, kit.Secondary, t("tokens.only_today"), func() {
				h.onlyToday = true
				a.Redraw()
			}))...)}
	case h.onlyToday:
		return []fyne.CanvasObject{kit.Banner(kit.Warning, t("tokens.only_today_text"))}
	}
	return nil
}

// secrets is the card with the tokens. They share it so that both, with their
// buttons, are in sight in the smallest window.
func (v *tokensView) secrets() fyne.CanvasObject {
	h := v.h
	var blocks []fyne.CanvasObject
	if !h.token.Access.IsEmpty() {
		blocks = v.secret(value.AccessToken, h.token.Access, v.left)
	}
	if !h.token.Refresh.IsEmpty() {
		var due fyne.CanvasObject
		if d := h.account.AuthorizationDue(); !d.IsZero() {
			due = kit.Line(v.a.Words.T("tokens.authorized_until", "Date", v.a.Words.Date(d.Time())), kit.Small)
		}
		if len(blocks) > 0 {
			blocks = append(blocks, kit.Padded(0, 4, kit.Rule()))
		}
		blocks = append(blocks, v.secret(value.RefreshToken, h.token.Refresh, due)...)
	}
	return kit.Card(blocks...)
}

// secret shows one token: masked, with Show and Copy.
func (v *tokensView) secret(which value.ID, secret lwa.Secret, right fyne.CanvasObject) []fyne.CanvasObject {
	a, h, t := v.a, v.h, v.a.Words.T
	head := kit.Row(0, kit.Text(t("value."+string(which)), kit.Label))
	if right != nil {
		head.Add(right)
	}
	// A few dots less than elsewhere: value and buttons stay on one line.
	shown, label := strings.TrimSuffix(secret.Hint(), "••••"), t("button.show")
	if _, ok := h.revealed[which]; ok {
		shown, label = secret.Reveal(), t("button.hide")
	}
	show := kit.NewButton(a.Keys, kit.Plain, label, func() {
		if _, ok := h.revealed[which]; ok {
			delete(h.revealed, which)
		} else {
			if h.revealed == nil {
				h.revealed = map[value.ID]time.Time{}
			}
			h.revealed[which] = a.Now()
		}
		h.turned = which
		a.Redraw()
	})
	kind := kit.Tonal
	if which == value.AccessToken && v.loudest() == which {
		kind = kit.Primary
	}
	copied := a.CopyButton(kind, "button.copy", func() {
		h.copied = map[value.ID]bool{which: true} // only one value is on the clipboard
		a.Copy(secret.Reveal(), true)
	}).Copies()
	if h.copied[which] {
		copied.SetLabel("✓", t("button.copied"))
	}
	switch {
	case h.turned == which:
		v.first = show
	case v.first == nil:
		v.first = copied
	}
	return []fyne.CanvasObject{
		kit.Column(0, head, kit.Text(t("tokens."+string(which)+"_text"), kit.Small)),
		// In clear it is long: it gets the whole width, and the buttons a line of their own.
		kit.ValueRow(kit.Text(shown, kit.Value), show, copied),
	}
}

// loudest is the value that the filled button is about. With an app of one's own
// the refresh token goes into the tool's registration screen; people who brought one, or
// open a saved account, came for an access token. It's "" while saving or another
// try comes first.
func (v *tokensView) loudest() value.ID {
	h := v.h
	switch {
	case h.saveErr != nil && !h.onlyToday || h.token.Access.IsEmpty():
		return ""
	case h.journey != nil && h.journey.walk.Visitor == walk.OwnApp:
		return value.RefreshToken
	}
	return value.AccessToken
}

// actions are what people do next with their tokens, the most frequent first.
func (v *tokensView) actions() fyne.CanvasObject {
	a, h, t := v.a, v.h, v.a.Words.T
	j := h.journey
	if j == nil {
		j = h.asJourney()
	}
	kind := kit.Secondary
	if v.loudest() == value.RefreshToken {
		kind = kit.Primary
	}
	buttons := []fyne.CanvasObject{
		kit.NewButton(a.Keys, kind, t("tokens.helper"), func() { j.showRegisterWindow(a) }),
		kit.NewButton(a.Keys, kit.Secondary, t("export.title"), h.showUseIn),
	}
	asking := func(id string, do func()) {
		b := kit.NewButton(a.Keys, kit.Secondary, t(id), do)
		if h.stop != nil {
			b.Disable()
		}
		buttons = append(buttons, b)
	}
	asking("tokens.renew_now", h.renew)
	asking("tokens.check", h.check)
	asking("tokens.grantless", h.showGrantless)
	if h.journey == nil {
		buttons = append(buttons, kit.NewButton(a.Keys, kit.Danger, t("account.forget"), h.forget))
	}
	return kit.Flow(buttons...)
}

// revealLife is how long a value stays in clear on the screen.
const revealLife = 30 * time.Second

// tick moves the time that is left, which only repaints the pill, and masks
// what has been shown for long enough. It returns how long nothing changes.
func (v *tokensView) tick(now time.Time) time.Duration {
	var stays time.Duration
	for which, since := range v.h.revealed {
		shown := now.Sub(since)
		if shown >= revealLife {
			delete(v.h.revealed, which)
			defer v.h.changed()
			continue
		}
		stays = shell.Sooner(stays, revealLife-shown)
	}
	expiry := v.h.token.Expiry
	if expiry.IsZero() {
		return stays
	}
	left := expiry.Round(0).Sub(now.Round(0))
	if left > 0 {
		stays = shell.Sooner(stays, shell.Until(left, time.Minute)) // it says minutes, hours and days
	}
	switch {
	case left <= 0:
		v.left.Set(kit.Error, v.a.Words.T("tokens.expired"))
	case left < 5*time.Minute:
		v.left.Set(kit.Warning, v.a.Words.Left(left))
	default:
		v.left.Set(kit.Success, v.a.Words.Left(left))
	}
	return stays
}
