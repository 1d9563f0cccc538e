package ui

import (
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/rotate"
	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// showNewSecret opens the screen for the app of an account. h is the account's
// session, or nil.
func showNewSecret(a *App, acc account.Account, h *session) {
	n := openNewSecret(a, acc, h)
	a.show(n.screen)
}

// showPlacesLeft opens the list of what may still have the old client secret of an
// account's app. h is the account's session, or nil.
func showPlacesLeft(a *App, acc account.Account, h *session) {
	n := openNewSecret(a, acc, h)
	n.left = true
	a.show(n.screen)
	n.look(a)
}

// leave cancels what is under way, or leaves. A secret that was typed is forgotten.
func (n *newSecret) leave() {
	if n.stop != nil {
		n.stop()
		return
	}
	n.secret = ""
	if n.h != nil && len(n.renewed) > 0 {
		n.h.open() // with the new secret
	}
	n.back()
}

func (n *newSecret) screen(a *App) shell.Screen {
	t := a.Words.T
	title := t("new_secret.title")
	if n.left {
		title = t("new_secret.title_left")
	}
	s := shell.Screen{
		About: n, Title: title, OnEscape: n.leave,
		Help: func() (string, []fyne.CanvasObject) {
			return helpDeveloper(a, sellerHost(n.acc.Marketplace, n.acc.Vendor), false)
		},
	}
	back := kit.NewButton(a.Keys, kit.Secondary, t("button.back"), n.leave)
	var main *kit.Button
	var blocks []fyne.CanvasObject
	switch {
	case n.stop != nil:
		// Cancel hasn't the keyboard: one Enter too many would stop what was just begun.
		blocks = []fyne.CanvasObject{
			kit.Headed(title, t(n.doing)), a.Busy(),
			kit.Flow(kit.NewButton(a.Keys, kit.Secondary, t("button.cancel"), n.leave)),
		}
	case n.left:
		s.Returned = func() { n.look(a) } // they may have changed a file
		main = kit.NewButton(a.Keys, kit.Primary, t("button.done"), n.leave)
		back, blocks = nil, n.places(a, &s, main)
	default:
		main = kit.NewButton(a.Keys, kit.Primary, t("new_secret.save"), func() { n.try(a) })
		blocks = n.form(a, &s)
	}
	if main != nil && s.OnEnter == nil {
		s.OnEnter = main.Press
	}
	if main != nil && s.Focus == nil {
		s.Focus = main
	}
	s.Body = a.NewWideFrame(a.banner(n.acc.Sandbox), kit.Column(kit.Gap, blocks...), a.NewFoot(back, main))
	return s
}

// form says where to press at Amazon and asks for what comes of it.
func (n *newSecret) form(a *App, s *shell.Screen) []fyne.CanvasObject {
	t := a.Words.T
	apps := rotate.Accounts(n.env.Store.List(), n.acc.ClientID)
	blocks := []fyne.CanvasObject{kit.Column(kit.GapTiny, kit.Headed(t("new_secret.title"), t("new_secret.lead")),
		kit.Text(a.Words.N("new_secret.accounts", len(apps), "Names", titlesOf(a, apps)), kit.Small))}
	note := kit.NewNote()
	secret := kit.NewSecretEntry(a.Keys, t("button.show"), t("button.hide"), n.secret, t("credentials.secret_placeholder"), func(text string) {
		n.secret = text
		n.hint(a, note)
	})
	takePaste(secret, value.ClientSecret, func(text string) bool {
		found, repairs := paste.Take(value.ClientSecret, text)
		if len(repairs) == 0 || found == "" {
			return false
		}
		secret.SetText(found) // a whole .env doesn't fit into the field
		return true
	})
	s.Paste = func() {
		a.Win.Canvas().Focus(secret)
		secret.TypedShortcut(&fyne.ShortcutPaste{Clipboard: a.Clipboard})
	}
	n.hint(a, note)
	steps, open := n.atAmazon(a)
	field := kit.Field(t("new_secret.field"), secret, note)
	day, made := newDateField(a, t("new_secret.made"), t("new_secret.made_help"), &n.made, account.SecretLife)
	s.Focus = secret
	if n.faults { // the first one that is wrong, with the line that says so
		s.ScrollTo = field
		if _, err := rotate.Read(n.acc.ClientID, n.secret); err == nil && !n.made.ok {
			s.Focus, s.ScrollTo = day, made
		}
	} else if open != nil && !n.opened && n.secret == "" && n.err == nil {
		s.Focus = open
	}
	here := kit.Card(kit.Text(t("new_secret.here"), kit.Heading), field, made)
	if card := n.refusal(a); card != nil { // next to the field that it's about
		return append(blocks, card, here, steps)
	}
	return append(blocks, steps, here)
}

// atAmazon are the steps at Amazon, with the button that opens its page or, in practice,
// makes a secret. open is nil if there's no such button.
func (n *newSecret) atAmazon(a *App) (card fyne.CanvasObject, open *kit.Button) {
	t, acc := a.Words.T, n.acc
	where, view, calm := "new_secret.step_open", "new_secret.step_view", "new_secret.calm"
	if acc.Vendor || acc.Sandbox {
		where = "new_secret.step_portal"
	}
	if acc.Sandbox {
		view = "new_secret.step_sandbox"
	}
	if due := acc.SecretDue(); !due.IsZero() && !date.Of(a.Now()).Before(due) {
		calm = "new_secret.calm_overdue" // the old one doesn't work as it is
	}
	lines := []fyne.CanvasObject{kit.Text(t("new_secret.at_amazon"), kit.Heading)}
	if open = n.openButton(a); n.env.MakeSecret != nil {
		lines = append(lines, kit.Banner(kit.Info, t("new_secret.practice"), open))
	}
	for i, id := range []string{where, view, "new_secret.step_rotate", "new_secret.step_copy"} {
		lines = append(lines, newNumbered(i+1, t(id)))
		if i == 0 && open != nil && n.env.MakeSecret == nil {
			lines = append(lines, kit.Flow(open))
		}
	}
	return kit.Card(append(lines, kit.Text(t(calm), kit.Small), kit.Text(t("new_secret.not_mine"), kit.Small))...), open
}

// openButton opens the page where the secret is made. In practice it makes one at the
// practice server. It's nil for vendors, whose pages are elsewhere.
func (n *newSecret) openButton(a *App) *kit.Button {
	host := sellerHost(n.acc.Marketplace, n.acc.Vendor)
	switch {
	case n.env.MakeSecret != nil:
		return kit.NewButton(a.Keys, kit.Secondary, a.Words.T("new_secret.practice_make"), func() {
			if secret, ok := n.env.MakeSecret(n.acc.ClientID); ok {
				n.secret, n.practised = secret.Reveal(), secret.Reveal()
			}
			a.Redraw()
		})
	case host == "":
		return nil
	}
	return kit.NewButton(a.Keys, kit.Secondary, developApps().title(a), func() {
		a.Open(developApps().on(host))
		n.opened = true
		a.Redraw() // the field is next
	})
}

// hint says what is wrong with what is in the field, as far as that can be seen.
func (n *newSecret) hint(a *App, note kit.Note) {
	t := a.Words.T
	tone := kit.Warning
	if n.faults {
		tone = kit.Error
	}
	note.Say(kit.Info, "")
	if n.secret == n.practised && n.secret != "" {
		note.Say(kit.Info, t("new_secret.practice_made"))
		return
	}
	if strings.TrimSpace(n.secret) == "" {
		if n.faults {
			note.Say(kit.Error, t("credentials.missing"))
		}
		return
	}
	sayHints(a, note, tone, value.ClientSecret, n.secret,
		append(paste.CheckPair(n.acc.ClientID, n.secret), paste.CheckField(value.ClientSecret, n.secret)...))
}

// refusal says why the secret was not renewed, and that the old one is still there; nil
// if nothing was refused.
func (n *newSecret) refusal(a *App) fyne.CanvasObject {
	if n.err == nil {
		return nil
	}
	t := a.Words.T
	said := t("new_secret.unchanged")
	if part := (*rotate.PartError)(nil); errors.As(n.err, &part) && len(part.Done) > 0 {
		said = t("new_secret.part", "Done", titlesOf(a, part.Done), "Left", titlesOf(a, part.Left))
	}
	return kit.Column(kit.GapTiny, n.trouble(a), kit.Text(said, kit.Small))
}
