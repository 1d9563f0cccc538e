package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/sellerkey/sellerkey/internal/doctor"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// checkup is the check of this computer: the lines of package doctor.
type checkup struct {
	back  func()
	lines []doctor.Line // nil while it runs
	stop  context.CancelFunc
}

// showDoctor starts the check at once, as the menu said.
func (a *App) showDoctor() {
	if _, ok := a.Screen().About.(*checkup); ok {
		return
	}
	c := &checkup{back: a.WayBack()}
	c.run(a)
	a.show(c.screen)
}

func (c *checkup) run(a *App) {
	c.lines = nil
	var lines []doctor.Line
	c.stop = a.Background(func(ctx context.Context) { lines = a.deps.Doctor(ctx) }, func() {
		c.lines = lines
		if a.Shows(c) {
			a.Redraw()
		}
	})
}

func (c *checkup) screen(a *App) shell.Screen {
	t := a.Words.T
	leave := func() {
		c.stop()
		c.back()
	}
	blocks := []fyne.CanvasObject{kit.Headed(t("doctor.title"), t("doctor.lead"))}
	main, again := kit.NewButton(a.Keys, kit.Secondary, t("button.cancel"), leave), (*kit.Button)(nil)
	if c.lines == nil {
		blocks = append(blocks, kit.Row(1, a.Busy(), kit.Text(t("doctor.busy"), kit.Body)))
	} else {
		copied := a.CopyButton(kit.Secondary, "button.copy_details", func() { a.Copy(doctor.Text(c.lines, a.Words), false) })
		copied.Fixed = true
		blocks = append(blocks, kit.Row(0, kit.Text(c.summary(a), kit.Label), copied), c.table(a))
		again = kit.NewButton(a.Keys, kit.Secondary, t("button.try_again"), func() {
			c.run(a)
			a.Redraw()
		})
		main = kit.NewButton(a.Keys, kit.Primary, t("button.done"), leave)
	}
	return shell.Screen{
		About: c, Title: t("doctor.title"), Focus: main, OnEnter: main.Press, OnEscape: leave,
		Body: a.NewWideFrame(a.practiceBanner(), kit.Column(kit.Gap, blocks...), a.NewFoot(again, main)),
		Help: func() (string, []fyne.CanvasObject) { return helpKeeper(a) },
	}
}

func (c *checkup) summary(a *App) string {
	if n := len(doctor.Problems(c.lines)); n > 0 {
		return a.Words.N("doctor.found", n)
	}
	return a.Words.T("doctor.fine")
}

// table has a row for each line: a sign, what was checked, and what was found.
func (c *checkup) table(a *App) fyne.CanvasObject {
	const nameWidth = 150
	var rows []fyne.CanvasObject
	for i, l := range c.lines {
		if i > 0 {
			rows = append(rows, kit.Rule())
		}
		said := []fyne.CanvasObject{kit.Text(l.Text(a.Words), kit.Body)}
		if todo := l.Todo(a.Words); todo != "" {
			said = append(said, kit.Text(todo, kit.Small))
		}
		rows = append(rows, kit.TopRow(2, signOf(l.Result),
			kit.FixedWidth(kit.Text(a.Words.T("doctor.check."+string(l.Check)), kit.Label), nameWidth), kit.Column(kit.GapTiny, said...)))
	}
	return kit.Card(rows...)
}

func signOf(r doctor.Result) fyne.CanvasObject {
	const side = 20
	switch r {
	case doctor.Good:
		return kit.Icon(theme.IconNameConfirm, kit.ColorSuccess, side)
	case doctor.Bad:
		return kit.Icon(theme.IconNameWarning, kit.ColorError, side)
	}
	return kit.Icon(theme.IconNameQuestion, kit.ColorMuted, side)
}
