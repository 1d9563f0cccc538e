package ui

import (
	"context"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/internal/rotate"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// After a client secret was renewed: the files that can be written, and what is left for
// a person to change, until it's checked off.

// places says until when the old secret works, and lists where it may still be.
// done goes back, and is what Enter presses once nothing is left.
func (n *newSecret) places(a *App, s *shell.Screen, done *kit.Button) []fyne.CanvasObject {
	t := a.Words.T
	blocks := []fyne.CanvasObject{kit.Headed(t("new_secret.title_left"), n.countdown(a))}
	if len(n.renewed) > 0 {
		blocks = append(blocks, kit.Banner(kit.Success,
			a.Words.N("new_secret.saved", len(n.renewed), "Names", titlesOf(a, n.renewed))+"\n"+t("new_secret.next", "Date", a.Words.Date(n.acc.SecretDue().Time())),
			kit.NewButton(a.Keys, kit.Secondary, t("details.calendar"), func() { writeCalendar(a, n.renewed...) })))
	}
	if n.err != nil {
		blocks = append(blocks, n.trouble(a))
	}
	var ready, written, left []rotate.Item
	for _, i := range n.items {
		switch {
		case i.State == rotate.Ready:
			ready = append(ready, i)
		case i.State == rotate.Done && i.Path != "" && !n.listed[i.Place]:
			written = append(written, i)
		default:
			n.listed[i.Place] = true
			left = append(left, i)
		}
	}
	finished := kit.Text(t("new_secret.nothing_left"), kit.Body)
	show := func() {
		if n.open() || !n.looked {
			done.SetKind(kit.Secondary)
			finished.Hide()
		} else {
			done.SetKind(kit.Primary)
			finished.Show()
		}
	}
	if show(); n.open() { // Enter would lose sight of what is left
		s.OnEnter = func() {
			if !n.open() {
				done.Press()
			}
		}
	}
	if len(ready) > 0 {
		blocks = append(blocks, n.question(a, s, ready))
	}
	if files := paths(written); len(files) > 0 {
		lines := []fyne.CanvasObject{kit.Text("✓ "+a.Words.N("new_secret.wrote", len(files)), kit.Label.In(kit.ColorSuccess))}
		blocks = append(blocks, kit.Card(append(lines, pathLines(files)...)...))
	}
	if len(left) > 0 {
		blocks = append(blocks, n.list(a, s, left, func() {
			show()
			a.RefreshFrame()
			if finished.Visible() && a.Keys.Reveal != nil {
				a.Keys.Reveal(finished)
			}
		}))
	}
	return append(blocks, finished)
}

// open reports whether a place may still have the old secret.
func (n *newSecret) open() bool { return rotate.Count(n.items, rotate.Done) < len(n.items) }

// countdown says until when the old secret works.
func (n *newSecret) countdown(a *App) string {
	last, ok, err := n.book.Rotation(n.acc.ClientID)
	if err != nil || !ok {
		return ""
	}
	return untilWhen(a, last)
}

func untilWhen(a *App, last rotate.Rotation) string {
	switch days := last.DaysLeft(a.Now()); {
	case days > 0:
		return a.Words.N("new_secret.old_until", days, "Date", a.Words.Date(last.Until.Time()))
	case days == 0:
		return a.Words.T("new_secret.last_day")
	}
	return a.Words.T("new_secret.past")
}

// paths are the different files of places.
func paths(items []rotate.Item) (all []string) {
	for _, i := range items {
		if !slices.Contains(all, i.Path) {
			all = append(all, i.Path)
		}
	}
	return all
}

func pathLines(files []string) (lines []fyne.CanvasObject) {
	for _, path := range files {
		lines = append(lines, kit.Text(path, kit.Value))
	}
	return lines
}

// question asks whether to write the new secret into the files that nobody has changed.
func (n *newSecret) question(a *App, s *shell.Screen, ready []rotate.Item) fyne.CanvasObject {
	t, files := a.Words.T, paths(ready)
	write := kit.NewButton(a.Keys, kit.Primary, a.Words.N("new_secret.write", len(files)), func() { n.write(a, ready) })
	s.Focus, s.OnEnter = write, write.Press
	lines := append([]fyne.CanvasObject{kit.Text(t("new_secret.files"), kit.Heading), kit.Text(t("new_secret.files_text"), kit.Small)}, pathLines(files)...)
	return kit.Card(append(lines, kit.Flow(write))...)
}

// list are the places for a person, each with a box to check and with what helps there.
// ticked is called when a box was checked, or unchecked.
func (n *newSecret) list(a *App, s *shell.Screen, left []rotate.Item, ticked func()) fyne.CanvasObject {
	t := a.Words.T
	lines := []fyne.CanvasObject{kit.Text(t("new_secret.left"), kit.Heading), kit.Text(t("new_secret.left_text"), kit.Small)}
	several := slices.ContainsFunc(n.items, func(i rotate.Item) bool { return i.Account != n.items[0].Account })
	for _, i := range left {
		box, place := n.place(a, i, several, ticked)
		if lines = append(lines, kit.Rule(), place); s.Focus == nil && i.State != rotate.Done {
			s.Focus = box
		}
	}
	return kit.Card(append(lines, kit.Text(t("new_secret.left_again"), kit.Small))...)
}

// place is a place with its box to check; named: it says whose it is.
func (n *newSecret) place(a *App, i rotate.Item, named bool, ticked func()) (*kit.Check, fyne.CanvasObject) {
	t := a.Words.T
	acc, _ := n.env.Store.Find(i.Account)
	label := toolName(a, i.Place)
	if named {
		label = t("accounts.place", "Market", label, "Seller", acc.Title())
	}
	todo := kit.Column(2, n.todo(a, acc, i)...)
	box := kit.NewCheck(a.Keys, label, i.State == rotate.Done, func(on bool) {
		n.tick(a, i.Place, on, func(now rotate.Item) {
			if len(todo.Objects) == 0 { // it was checked when the screen opened
				todo.Objects = n.todo(a, acc, now)
			}
			ticked()
		})
	})
	lines := []fyne.CanvasObject{box}
	if i.Path != "" {
		lines = append(lines, kit.Text(i.Path, kit.Value))
	}
	return box, kit.Column(2, append(lines, todo)...)
}

// todo says why a place isn't done, and what helps; nothing where it is.
func (n *newSecret) todo(a *App, acc account.Account, i rotate.Item) []fyne.CanvasObject {
	t := a.Words.T
	why := t("rotate.state." + string(i.State))
	switch kind := export.KindOf(i.Err); {
	case i.State == rotate.Done:
		return nil
	case i.State == rotate.Blocked && kind != "":
		why = t("export_error." + string(kind) + ".title")
	case i.State == rotate.Copied && !i.On.IsZero():
		why = t("new_secret.copied", "Date", a.Words.Date(i.On.Time()))
	}
	return []fyne.CanvasObject{kit.Text(why, kit.Small), kit.Flow(n.helps(a, acc, i)...)}
}

// toolName is what a place is called.
func toolName(a *App, p rotate.Place) string {
	if p.Target == rotate.Screen {
		return a.Words.T("new_secret.screen")
	}
	target, _ := export.Find(p.Target)
	return target.Name
}

// helps are the buttons for a place.
func (n *newSecret) helps(a *App, acc account.Account, i rotate.Item) (buttons []fyne.CanvasObject) {
	add := func(id string, do func()) {
		buttons = append(buttons, kit.NewButton(a.Keys, kit.Secondary, a.Words.T(id), do))
	}
	useIn := func() {
		add("export.title", func() {
			n.withSecrets(a, acc, func(h *session) { n.useIn(a, h, i.Place) })
		})
	}
	switch i.State {
	case rotate.Edited:
		add("new_secret.replace", func() { n.write(a, []rotate.Item{i}) })
		return append(buttons, a.FileButtons(i.Path)...)
	case rotate.Changed:
		useIn()
		return append(buttons, a.FileButtons(i.Path)...)
	case rotate.Blocked:
		add("open.folder", func() { a.OpenFolder(filepath.Dir(i.Path)) })
	case rotate.Typed:
		add("tokens.helper", func() {
			n.withSecrets(a, acc, func(h *session) { h.asJourney().showRegisterWindow(a) })
		})
	default:
		useIn()
	}
	return buttons
}

// withSecrets reads the secrets of an account for another screen.
func (n *newSecret) withSecrets(a *App, acc account.Account, then func(*session)) {
	h := &session{a: a, env: n.env, account: acc, saved: true}
	n.run(a, "tokens.opening", func(ctx context.Context) error {
		secrets, err := n.env.Store.Secrets(ctx, acc.ID)
		h.cred = lwa.Credentials{ClientID: acc.ClientID, ClientSecret: secrets.ClientSecret}
		h.token.Refresh = secrets.RefreshToken
		return err
	}, func() {
		if n.err == nil && a.Shows(n) {
			then(h)
		}
	})
}

// useIn opens "Use it in…" as it was for a place.
func (n *newSecret) useIn(a *App, h *session, p rotate.Place) {
	back := a.WayBack()
	u := &useIn{h: h, name: p.Name, back: func() {
		back()
		n.look(a)
	}}
	kind, list := program, export.Targets()
	at := slices.IndexFunc(list, func(t export.Target) bool { return t.ID == p.Target })
	if at < 0 {
		kind, at = server, slices.IndexFunc(export.ServerFormats(), func(t export.Target) bool { return t.ID == p.Target })
	}
	u.choose(kind, max(at, 0))
	if p.Path != "" {
		u.path = p.Path
	}
	a.show(u.screen)
}

// tick notes that a person has changed a place, or hasn't, and calls then with what the
// place is now. Nothing else that shows changes.
func (n *newSecret) tick(a *App, p rotate.Place, on bool, then func(rotate.Item)) {
	var items []rotate.Item
	var err error
	a.Background(func(context.Context) {
		if err = n.book.Tick(n.acc.ClientID, p, on); err == nil {
			items, err = n.book.Items(n.acc.ClientID)
		}
	}, func() {
		if err != nil {
			n.err = err
			a.Redraw()
			return
		}
		n.items = items
		if i := slices.IndexFunc(items, func(i rotate.Item) bool { return i.Place == p }); i >= 0 && a.Shows(n) {
			then(items[i])
		}
	})
}

// write writes the new secret into files.
func (n *newSecret) write(a *App, items []rotate.Item) {
	n.run(a, "new_secret.writing", func(ctx context.Context) (err error) {
		items, err = n.book.Write(ctx, a.deps.Exports, n.acc.ClientID, items)
		return err
	}, func() {
		for i := range n.items {
			for _, now := range items {
				if n.items[i].Place == now.Place {
					n.items[i] = now
				}
			}
		}
	})
}
