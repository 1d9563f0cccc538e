package ui

import (
	"context"
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/spapi"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// holding is an account with its secrets in memory: after a walk, or opened
// from the list. It outlives the screens that draw it.
type holding struct {
	a     *App
	world *World
	// journey is the walk that brought the tokens; nil for an opened account.
	journey *journey

	account account.Account
	cred    lwa.Credentials
	token   lwa.Token

	// stop cancels what is under way; nil when nothing is. doing says what.
	stop  context.CancelFunc
	doing string
	// quiet: the page before still shows, because what is under way may be
	// over before anybody could read what is done.
	quiet bool
	// err is how the last request to Amazon failed, nil when it did not.
	err error
	// openErr is why the secrets could not be read.
	openErr error
	// refreshChanged: Amazon replaced the refresh token.
	refreshChanged bool

	saving    bool
	saved     bool
	saveErr   error
	unsaved   account.Secrets
	onlyToday bool // the person chose to go on without saving

	check checkResult
	// revealed holds since when a value shows in clear; turned is the one whose
	// Show or Hide was pressed just now, where the focus stays.
	revealed map[lwa.Value]time.Time
	turned   lwa.Value
	copied   map[lwa.Value]bool
}

// checkResult is what the marketplaces call said. That the token is good and
// that this call was allowed are two things.
type checkResult struct {
	at    time.Time
	found []spapi.Participation
	err   error
}

// changed draws the screen anew if this holding is the one that shows.
func (h *holding) changed() {
	if h.quiet && (h.stop != nil || h.saving) {
		return
	}
	h.show()
}

func (h *holding) show() {
	switch {
	case h.a.session() != h:
	case h.quiet:
		h.quiet = false
		h.journey.turn(h.a)
	default:
		h.a.redraw()
	}
}

// quietFor is how long the page before may stay while something is under
// way. A page that comes and goes within that time is a flicker, and each
// costs the painting of a whole window.
const quietFor = 300 * time.Millisecond

// hush leaves the page before until there is something to show, or for a
// moment.
func (h *holding) hush() {
	h.quiet = true
	h.a.background(func(ctx context.Context) {
		select {
		case <-time.After(quietFor):
		case <-ctx.Done():
		}
	}, func() {
		if h.quiet {
			h.show()
		}
	})
}

func (h *holding) cancel() {
	if h.stop != nil {
		h.stop()
	}
}

// took keeps what Amazon gave.
func (h *holding) took(t lwa.Token, cred lwa.Credentials, acc account.Account) {
	h.token, h.cred, h.account = t, cred, acc
}

// save puts the secrets into the vault and the account into the index. When
// that takes longer than a moment the tokens are on the screen meanwhile, and
// they stay there whatever comes of it.
func (h *holding) save(secrets account.Secrets) {
	h.saving, h.saveErr, h.unsaved = true, nil, secrets
	var saved account.Account
	var err error
	acc := h.account
	h.a.background(func(ctx context.Context) {
		saved, err = h.world.Store.Save(ctx, acc, secrets)
	}, func() {
		h.saving = false
		h.saveErr = err
		if err == nil {
			h.saved, h.account, h.unsaved = true, saved, account.Secrets{}
			h.world.keepFresh(saved.ID, h.token)
		}
		h.changed()
	})
}

// renew asks for a new access token.
func (h *holding) renew() {
	if h.stop != nil {
		return
	}
	h.doing = "renewing"
	h.err = nil
	var r account.Renewal
	var err error
	id, cred, refresh := h.account.ID, h.cred, h.token.Refresh
	saved := h.saved
	h.stop = h.a.background(func(ctx context.Context) {
		if saved {
			r, err = h.world.fresh.Renew(ctx, id)
			return
		}
		r.Token, err = h.world.LWA.Refresh(ctx, cred, refresh)
	}, func() {
		h.stop = nil
		h.renewed(r, err)
	})
	h.changed()
}

// renewed takes the outcome of a renewal, pressed for or not.
func (h *holding) renewed(r account.Renewal, err error) {
	var lost *account.UnsavedError
	if errors.As(err, &lost) {
		h.saveErr, h.saved = lost.Err, false
		h.unsaved = account.Secrets{ClientSecret: h.cred.ClientSecret, RefreshToken: r.Token.Refresh}
		err = nil
	}
	if errors.Is(err, context.Canceled) && !h.token.Access.IsEmpty() {
		err = nil // the seller pressed Cancel, and has what was there before
	}
	h.err = err
	h.refreshChanged = h.refreshChanged || r.RefreshChanged
	if !r.Token.Refresh.IsEmpty() {
		h.token.Refresh = r.Token.Refresh // also beside an error: it may be the only copy
	}
	if !r.Token.Access.IsEmpty() {
		refresh := h.token.Refresh
		h.token = r.Token
		h.token.Refresh = refresh
		h.copied = nil
	}
	h.changed()
}

// ask calls the SP-API to see the token at work. An access token that has run
// out is renewed first, once.
func (h *holding) ask() {
	now := h.a.deps.Now()
	// Amazon allows this call about once a minute
	// (https://developer-docs.amazon.com/sp-api/docs/sellers-api-v1-reference).
	if h.stop != nil || now.Sub(h.check.at) < 10*time.Second {
		return
	}
	h.doing = "checking"
	h.check = checkResult{at: now}
	market, _ := lwa.FindMarketplace(h.account.Marketplace)
	token, cred := h.token, h.cred
	var found []spapi.Participation
	var err error
	var renewed lwa.Token
	id, saved := h.account.ID, h.saved
	var named account.Account
	h.stop = h.a.background(func(ctx context.Context) {
		if h.account.Vendor {
			err = &lwa.Error{Kind: lwa.KindNotForVendors, At: now}
			return
		}
		found, err = h.world.SPAPI.MarketplaceParticipations(ctx, market.Region, token.Access)
		var e *lwa.Error
		if errors.As(err, &e) && (e.Kind == lwa.KindAccessTokenExpired || e.Kind == lwa.KindAccessTokenBad) {
			if renewed, err = h.world.LWA.Refresh(ctx, cred, token.Refresh); err == nil {
				found, err = h.world.SPAPI.MarketplaceParticipations(ctx, market.Region, renewed.Access)
			}
		}
		if err == nil && saved {
			var nerr error
			if named, nerr = h.world.Store.NameStore(id, storeIn(found, market.ID)); nerr != nil {
				h.a.deps.Log.Error("naming an account after its store", "err", nerr)
			}
		}
	}, func() {
		h.stop = nil
		if named.ID != "" {
			h.account.Name = named.Name
		}
		h.check.found, h.check.err = found, err
		if errors.Is(err, context.Canceled) {
			h.check = checkResult{} // as if it had not been pressed
		}
		if !renewed.Access.IsEmpty() {
			h.token.Access, h.token.Expiry = renewed.Access, renewed.Expiry
		}
		h.changed()
	})
	h.changed()
}

// storeIn is the seller's store in a marketplace, or else the first one that has
// a name.
func storeIn(found []spapi.Participation, marketplace string) string {
	name := ""
	for _, p := range found {
		if p.MarketplaceID == marketplace && p.StoreName != "" {
			return p.StoreName
		}
		if name == "" {
			name = p.StoreName
		}
	}
	return name
}

// unkept reports whether leaving would lose tokens.
func (h *holding) unkept() bool {
	return !h.saved && !h.onlyToday && !h.token.Refresh.IsEmpty()
}

// openAccount reads an account's secrets and renews its access token.
func (a *App) openAccount(acc account.Account) {
	h := &holding{a: a, world: a.world, account: acc, saved: true}
	h.open()
	a.show(h.screen)
}

func (h *holding) open() {
	h.doing, h.openErr, h.err = "opening", nil, nil
	var secrets account.Secrets
	var r account.Renewal
	var openErr, err error
	id := h.account.ID
	h.stop = h.a.background(func(ctx context.Context) {
		if secrets, openErr = h.world.Store.Secrets(ctx, id); openErr == nil {
			r, err = h.world.fresh.Token(ctx, id)
		}
	}, func() {
		h.stop = nil
		h.openErr = openErr
		h.cred = lwa.Credentials{ClientID: h.account.ClientID, ClientSecret: secrets.ClientSecret}
		h.token.Refresh = secrets.RefreshToken
		h.renewed(r, err)
	})
}

// beforeLeaving goes on, after asking when that would lose tokens. A nil session
// loses none.
func (h *holding) beforeLeaving(goOn func()) {
	if h == nil || !h.unkept() {
		goOn()
		return
	}
	t := h.a.words.T
	h.a.ask(t("tokens.leave_title"), t("tokens.leave_text"), t("tokens.leave_anyway"), goOn)
}

// newTokensStep is the end of a walk for a visitor with an app of their own.
func newTokensStep(a *App, j *journey) step {
	view := newTokensView(a, j.hold)
	s := step{screen: screen{
		body: view.content, focus: view.first, scrollTo: view.news, tick: view.tick, left: j.hold.mask,
		help: func() (string, []fyne.CanvasObject) { return helpTokens(a) },
	}}
	if !j.hold.token.Access.IsEmpty() && !j.busy() {
		// The copies are what matters here.
		s.next = kit.NewButton(a.keys, kit.Secondary, a.words.T("button.done"), func() { j.hold.beforeLeaving(a.showHome) })
	}
	return s
}

// tokensView is the content of the tokens screen, in a walk or for an account.
type tokensView struct {
	a       *App
	h       *holding
	content fyne.CanvasObject
	left    *kit.Pill
	first   fyne.Focusable
	// news is what came last and must be seen: the answer of a check.
	news fyne.CanvasObject
}

func newTokensView(a *App, h *holding) *tokensView {
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
	v.tick(a.deps.Now())
	return v
}

func (v *tokensView) waiting() []fyne.CanvasObject {
	t := v.a.words.T
	doing := v.h.doing
	if doing == "" {
		doing = "getting"
	}
	stop := kit.NewButton(v.a.keys, kit.Secondary, t("button.cancel"), v.h.cancel)
	v.first = stop
	return []fyne.CanvasObject{
		kit.Text(t("tokens."+doing), kit.Title),
		kit.Text(t("tokens."+doing+"_text"), kit.Muted),
		v.a.newBusy(),
		kit.Flow(stop),
	}
}

// failed explains why there are no tokens and offers the way on that fits.
func (v *tokensView) failed() []fyne.CanvasObject {
	a, h, t := v.a, v.h, v.a.words.T
	button := func(kind kit.ButtonKind, label string, do func()) fyne.CanvasObject {
		b := kit.NewButton(a.keys, kind, t(label), do)
		if kind == kit.Primary {
			v.first = b
		}
		return b
	}
	if h.openErr != nil {
		again := func() {
			h.open()
			a.redraw()
		}
		var actions []fyne.CanvasObject
		// An encrypted file opens with its passphrase and not by trying again.
		if unlock := a.vaultFileOffer(h.openErr, again); unlock != nil {
			v.first = unlock
			actions = append(actions, unlock)
		} else {
			actions = append(actions, button(kit.Primary, "button.try_again", again))
		}
		actions = append(actions, button(kit.Secondary, "account.authorize_again", func() { a.authorizeAgain(h.account) }))
		return []fyne.CanvasObject{kit.Text(h.account.Title(), kit.Title), a.vaultCard(h.openErr, actions...)}
	}
	title := kit.Text(t("tokens.failed_title"), kit.Title)
	if h.journey == nil {
		return []fyne.CanvasObject{title, a.amazonCard(h.err, button(kit.Primary, "button.try_again", h.renew))}
	}
	j := h.journey
	var actions []fyne.CanvasObject
	switch {
	case j.walk.CodeDead():
		actions = append(actions, button(kit.Primary, "button.start_over", func() { j.startOver(a) }))
	default:
		actions = append(actions, button(kit.Primary, "button.try_again", func() { j.getTokens(a) }))
	}
	actions = append(actions, button(kit.Secondary, "tokens.fix_credentials", func() { j.mendCredentials(a) }))
	kept := "tokens.kept"
	if j.walk.CodeDead() {
		kept = "tokens.code_gone" // whatever the card says of trying again
	}
	return []fyne.CanvasObject{title, a.amazonCard(h.err, actions...), kit.Text(t(kept), kit.Small)}
}

func (v *tokensView) tokens() []fyne.CanvasObject {
	a, h, t := v.a, v.h, v.a.words.T
	title := t("tokens.title")
	if h.journey == nil {
		title = h.account.Title()
	}
	head := kit.Column(kit.GapTiny, kit.Text(title, kit.Title))
	blocks := []fyne.CanvasObject{head}
	if h.saved && h.journey != nil {
		where := "tokens.saved"
		if a.inFile() {
			where = "tokens.saved_file"
		}
		head.Add(kit.Text(t(where), kit.Muted))
	}
	blocks = append(blocks, v.unsaved()...)
	if h.refreshChanged {
		blocks = append(blocks, kit.Banner(kit.Warning, t("tokens.refresh_changed")))
	}
	if h.err != nil {
		var refused *lwa.Error
		actions := []fyne.CanvasObject{kit.NewButton(a.keys, kit.Secondary, t("button.try_again"), h.renew)}
		if errors.As(h.err, &refused) && refused.Kind.NeedsConsent() {
			actions = []fyne.CanvasObject{kit.NewButton(a.keys, kit.Secondary, t("account.authorize_again"), func() { a.authorizeAgain(h.account) })}
		}
		blocks = append(blocks, a.amazonCard(h.err, actions...))
	}
	blocks = append(blocks, v.secrets(), v.actions(), v.more())
	if h.stop != nil {
		v.news = kit.Column(kit.Gap, kit.Row(0, kit.Text(t("tokens."+h.doing), kit.Muted), kit.NewButton(a.keys, kit.Secondary, t("button.cancel"), h.cancel)), a.newBusy())
		blocks = append(blocks, v.news)
	}
	if !h.check.at.IsZero() && h.doing == "checking" && h.stop == nil {
		v.news = v.checked()
		blocks = append(blocks, v.news)
	}
	h.turned = ""
	return append(blocks, kit.Text(t("tokens.take_back"), kit.Small))
}

// unsaved says why the secrets are not in the vault, or not yet.
func (v *tokensView) unsaved() []fyne.CanvasObject {
	a, h, t := v.a, v.h, v.a.words.T
	switch {
	case h.saving:
		return []fyne.CanvasObject{kit.Banner(kit.Info, t("tokens.saving")), a.newBusy()}
	case h.saveErr != nil && !h.onlyToday:
		again := func() {
			h.save(h.unsaved)
			a.redraw()
		}
		var actions []fyne.CanvasObject
		offer := a.vaultFileOffer(h.saveErr, again)
		if offer == nil || offer.Kind != kit.Primary {
			actions = append(actions, kit.NewButton(a.keys, kit.Primary, t("tokens.save_again"), again))
		}
		if offer != nil {
			actions = append(actions, offer)
		}
		return []fyne.CanvasObject{a.vaultCard(h.saveErr, append(actions,
			kit.NewButton(a.keys, kit.Secondary, t("tokens.only_today"), func() {
				h.onlyToday = true
				a.redraw()
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
	blocks := v.secret(lwa.ValueAccessToken, h.token.Access, v.left)
	if !h.token.Refresh.IsEmpty() {
		var due fyne.CanvasObject
		if d := h.account.AuthorizationDue(); !d.IsZero() {
			due = kit.Line(v.a.words.T("tokens.authorized_until", "Date", v.a.words.Date(d)), kit.Small)
		}
		blocks = append(append(blocks, kit.Padded(0, 4, kit.Rule())), v.secret(lwa.ValueRefreshToken, h.token.Refresh, due)...)
	}
	return kit.Card(blocks...)
}

// secret shows one token: masked, with Show and Copy.
func (v *tokensView) secret(which lwa.Value, secret lwa.Secret, right fyne.CanvasObject) []fyne.CanvasObject {
	a, h, t := v.a, v.h, v.a.words.T
	head := kit.Row(0, kit.Text(t("value."+string(which)), kit.Label))
	if right != nil {
		head.Add(right)
	}
	// A few dots less than elsewhere: value and buttons stay on one line.
	shown, label := strings.TrimSuffix(secret.Hint(), "••••"), t("button.show")
	if _, ok := h.revealed[which]; ok {
		shown, label = secret.Reveal(), t("button.hide")
	}
	show := kit.NewButton(a.keys, kit.Plain, label, func() {
		if _, ok := h.revealed[which]; ok {
			delete(h.revealed, which)
		} else {
			if h.revealed == nil {
				h.revealed = map[lwa.Value]time.Time{}
			}
			h.revealed[which] = a.deps.Now()
		}
		h.turned = which
		a.redraw()
	})
	copied := a.copyButton(kit.Tonal, "button.copy", func() {
		if h.copied == nil {
			h.copied = map[lwa.Value]bool{}
		}
		h.copied[which] = true
		a.copy(secret.Reveal(), true)
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
	box := kit.NewPanel("", kit.ColorControl)
	box.Radius = kit.SizeRadius
	text := kit.Text(shown, kit.Value)
	// In clear it is long: it gets the whole width, and the buttons a line of their own.
	need := text.Measure(shown) + 2*valueInset + 1
	return []fyne.CanvasObject{
		kit.Column(0, head, kit.Text(t("tokens."+string(which)+"_text"), kit.Small)),
		kit.ValueRow(need, kit.Padded(valueInset, 7, text, box), show, copied),
	}
}

// valueInset is the room at the sides of a value in its box.
const valueInset float32 = 12

// actions are what most people do next with their tokens.
func (v *tokensView) actions() fyne.CanvasObject {
	a, h, t := v.a, v.h, v.a.words.T
	j := h.journey
	if j == nil {
		j = h.asJourney()
	}
	kind := kit.Primary
	if h.saveErr != nil && !h.onlyToday {
		kind = kit.Secondary // saving comes first
	}
	return kit.Flow(
		kit.NewButton(a.keys, kind, t("tokens.helper"), func() { a.showHelper(j) }),
		kit.NewButton(a.keys, kit.Secondary, t("export.title"), func() { a.showUseIn(h) }))
}

// more is what is wanted now and then.
func (v *tokensView) more() fyne.CanvasObject {
	a, h, t := v.a, v.h, v.a.words.T
	var buttons []fyne.CanvasObject
	add := func(id string, do func()) *kit.Button {
		b := kit.NewButton(a.keys, kit.Plain, t(id), do)
		buttons = append(buttons, b)
		return b
	}
	for _, b := range []*kit.Button{
		add("tokens.renew_now", h.renew),
		add("tokens.check", h.ask),
		add("tokens.grantless", func() { a.showGrantless(h) }),
	} {
		if h.stop != nil {
			b.Disable()
		}
	}
	if h.journey == nil {
		add("account.forget", func() { a.forget(h) })
	}
	return kit.PlainFlow(buttons...)
}

// asJourney makes a walk that stands at its end, for the registration helper.
func (h *holding) asJourney() *journey {
	m, _ := lwa.FindMarketplace(h.account.Marketplace)
	w := walk.New(walk.HasToken, m, h.a.deps.Now)
	w.Token = h.token
	w.ClientID, w.ClientSecret = h.cred.ClientID, h.cred.ClientSecret
	w.SetSellerID(h.account.SellerID)
	w.Recall(h.account)
	return &journey{walk: w, hold: h}
}

// rememberLayout keeps with the account which boxes its registration screen has.
func (h *holding) rememberLayout(l walk.Layout) {
	if !h.saved {
		return
	}
	var saved account.Account
	var err error
	id := h.account.ID
	h.a.background(func(context.Context) {
		saved, err = h.world.Store.Update(id, func(acc *account.Account) { acc.Layout = string(l) })
	}, func() {
		if err != nil {
			h.a.deps.Log.Error("remembering the registration screen", "err", err)
			return
		}
		h.account = saved
	})
}

// checked reports the two findings apart: the token is good, and this call was
// allowed.
func (v *tokensView) checked() fyne.CanvasObject {
	a, c, t := v.a, v.h.check, v.a.words.T
	yes := func(text string) fyne.CanvasObject { return kit.Text("✓ "+text, kit.Label.In(kit.ColorSuccess)) }
	if c.err == nil {
		blocks := []fyne.CanvasObject{yes(t("check.token_good")), yes(t("check.call_allowed"))}
		for _, p := range c.found {
			line := p.Name
			if p.StoreName != "" {
				line = t("check.store", "Marketplace", p.Name, "Store", p.StoreName)
			}
			if !p.Participating {
				line = t("check.not_selling", "Marketplace", line)
			}
			blocks = append(blocks, kit.TopRow(1, kit.Line("•", kit.Body), kit.Text(line, kit.Body)))
		}
		return kit.Card(blocks...)
	}
	var e *lwa.Error
	if errors.As(c.err, &e) && (e.Kind == lwa.KindForbidden || e.Kind == lwa.KindThrottled || e.Kind == lwa.KindWrongRegion || e.Kind == lwa.KindNotForVendors) {
		return kit.Column(10, kit.Card(yes(t("check.token_good"))), a.amazonCard(c.err))
	}
	return a.amazonCard(c.err)
}

// revealLife is how long a value stays in clear on the screen.
const revealLife = 30 * time.Second

// mask hides what was shown in clear.
func (h *holding) mask() {
	if len(h.revealed) > 0 {
		h.revealed = nil
		h.changed()
	}
}

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
		stays = sooner(stays, revealLife-shown)
	}
	expiry := v.h.token.Expiry
	if expiry.IsZero() {
		return stays
	}
	left := expiry.Round(0).Sub(now.Round(0))
	if left > 0 {
		stays = sooner(stays, until(left, time.Minute)) // it says minutes, hours and days
	}
	switch {
	case left <= 0:
		v.left.Set(kit.Error, v.a.words.T("tokens.expired"))
	case left < 5*time.Minute:
		v.left.Set(kit.Warning, v.a.words.Left(left))
	default:
		v.left.Set(kit.Success, v.a.words.Left(left))
	}
	return stays
}
