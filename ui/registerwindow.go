package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// registerWindow is the registration step in a slim window that fits next to the browser.
type registerWindow struct {
	a    *App
	j    *journey
	win  fyne.Window
	keys *kit.Keys
	list *boxList
	left *codeClock
}

// showRegisterWindow opens the slim window, in place of one that is open.
func (j *journey) showRegisterWindow(a *App) {
	if open := a.Beside(); open != nil {
		open.Close()
	}
	r := &registerWindow{a: a, j: j, win: a.App.NewWindow(a.Words.T("helper.window"))}
	beside := &shell.Beside{About: j, Tick: r.tick, Redraw: r.redraw, Close: r.close}
	a.SetBeside(beside)
	r.win.SetPadded(false)
	r.win.Resize(fyne.NewSize(380, 540))
	r.win.SetOnClosed(func() {
		if a.Beside() == beside {
			a.SetBeside(nil)
		}
	})
	r.win.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) {
		if !r.keys.Typed(e) {
			r.keys.Scrolls(e)
		}
	})
	kit.AddCopyShortcut(r.win.Canvas())
	r.redraw()
	if w, ok := r.win.(desktop.Window); ok {
		w.RequestAlwaysOnTop() // or the browser would cover it with the first click
	}
	r.win.Show()
}

func (r *registerWindow) close() { r.win.Close() }

func (r *registerWindow) redraw() {
	t := r.a.Words.T
	r.keys = r.a.NewKeys()
	r.keys.OnEscape = r.close
	r.left = newCodeClock(r.a, r.j.walk)
	r.list = newBoxList(r.a, r.keys, r.j.boxes(), true, func(v value.ID) {
		r.j.markCopied(r.a, v)
		r.redraw()
		r.a.Redraw()
	})
	title := kit.Text(t("helper.title_short"), kit.Heading)
	head := fyne.CanvasObject(title)
	if _, ok := r.j.walk.CodeLeft(); ok && r.j.walk.Visitor == walk.Guide {
		head = kit.Row(0, title, r.left.pill)
	}
	blocks := []fyne.CanvasObject{kit.Column(kit.GapTiny, kit.Text(t("helper.lead_short"), kit.Small), kit.Text(t("helper.keys"), kit.Small))}
	if c := r.j.chooser(r.a, r.keys, func() {
		r.redraw()
		r.a.Redraw()
	}); c != nil {
		blocks = append(blocks, c)
	}
	blocks = append(blocks, r.list.column)
	var page []fyne.CanvasObject
	if address := r.j.registrationPage(r.a); address != "" {
		page = append(page, kit.NewButton(r.keys, kit.Secondary, t("helper.open_page"), func() { r.a.Open(address) }))
	}
	// Enter does the next thing, whatever has the keyboard.
	var next *kit.Button
	switch {
	case r.left.dead && r.j.walk.Visitor == walk.Guide && r.list.lit != nil:
		next = kit.NewButton(r.keys, kit.Primary, t("button.start_over"), func() {
			r.close()
			r.j.startOver(r.a)
			r.a.Win.RequestFocus()
		})
		blocks = append([]fyne.CanvasObject{kit.Banner(kit.Error, t("helper.dead")), kit.Flow(next)}, blocks...)
	case r.list.lit != nil:
		next = r.list.lit
	default:
		next = kit.NewButton(r.keys, kit.Primary, t("helper.close"), r.close)
		blocks = append(blocks, kit.Banner(kit.Success, t("helper.all_copied")), kit.Flow(next))
	}
	r.keys.OnEnter = next.Press
	if len(page) > 0 {
		blocks = append(blocks, kit.Flow(page...))
	}
	p := kit.NewPage(kit.Padded(22, 14, kit.Column(kit.Gap, blocks...)))
	r.keys.Reveal, r.keys.Scroll = p.Reveal, p.Scroll
	r.win.SetTitle(t("helper.window"))
	// The countdown stays above what scrolls.
	top := kit.Padded(22, 14, head)
	if strip := r.a.strip(22, r.j.walk.Sandbox); strip != nil {
		top = kit.Column(0, strip, top)
	}
	r.win.SetContent(kit.Topped(fyne.NewSize(300, 240), top, p))
	r.win.Canvas().Focus(next)
}

func (r *registerWindow) tick() time.Duration {
	if r.j.walk.Visitor != walk.Guide {
		return 0
	}
	return r.left.tick(r.redraw)
}
