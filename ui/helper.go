package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/walk"
)

// boxList shows the boxes of a registration screen in order: each with its
// label and one Copy, a tick once copied, and the next one lit. One press of
// the primary button copies the lit box and lights the next.
type boxList struct {
	a      *App
	keys   *keys
	boxes  walk.Boxes
	copied func(walk.Value)
	column *fyne.Container
}

func newBoxList(a *App, k *keys, boxes walk.Boxes, copied func(walk.Value)) *boxList {
	l := &boxList{a: a, keys: k, boxes: boxes, copied: copied, column: newColumn(12)}
	l.draw()
	return l
}

func (l *boxList) draw() {
	t := l.a.words.T
	next := l.boxes.Next()
	l.column.Objects = nil
	for i, box := range l.boxes {
		label := t("value." + string(box.Value))
		if box.Setup != nil {
			if own := box.Setup.Text(l.a.words.Lang()); own != "" && own != label {
				label = t("setup_file.box", "Label", own, "Value", label)
			}
		}
		name := newText(label, styleMuted())
		var value *paragraph
		switch {
		case box.Text.IsEmpty():
			value = newText(t("helper.not_known"), styleSmall())
		case box.Value.IsSecret():
			value = newText(box.Text.Hint(), styleValue())
		default:
			value = newText(box.Text.Reveal(), styleValue())
		}
		kind, fill, line, thick := secondary, colorCard, colorLine, float32(1)
		press, mark := t("button.copy"), ""
		switch {
		case i == next:
			kind, line, thick = primary, colorAccent, 2
		case box.Copied:
			fill, mark, press = colorGoodField, "✓", t("button.copied")
		}
		blocks := []fyne.CanvasObject{name, value}
		if !box.Text.IsEmpty() {
			b := newButton(l.keys, kind, press, func() { l.copy(i) })
			b.SetLabel(mark, press)
			blocks = []fyne.CanvasObject{newRow(0, newColumn(2, name, value), b)}
		}
		bg := newPanel(fill, line)
		bg.thick = thick
		l.column.Objects = append(l.column.Objects, newPadded(inset, 14, newColumn(8, blocks...), bg))
	}
	l.column.Refresh()
}

func (l *boxList) copy(i int) {
	box := l.boxes[i]
	l.a.copy(box.Text.Reveal(), box.Value.IsSecret())
	l.boxes[i].Copied = true
	l.copied(box.Value)
	l.draw()
}

// registerStep is the end of a guide's walk: seller ID and code, on their way
// into the provider's registration screen.
type registerStep struct {
	a    *App
	j    *journey
	list *boxList
	left *pill
	dead bool
}

func newRegisterStep(a *App, j *journey) wizardStep {
	return &registerStep{
		a: a, j: j, left: newPill(soon, ""), dead: j.walk.CodeDead(),
		list: newBoxList(a, a.keys, j.boxes(), func(v walk.Value) {
			j.markCopied(v)
			a.redraw()
		}),
	}
}

// boxes are the walk's boxes with the ticks of this journey.
func (j *journey) boxes() walk.Boxes {
	boxes := j.walk.Boxes()
	for i := range boxes {
		boxes[i].Copied = j.ticked[string(boxes[i].Value)]
	}
	return boxes
}

// registrationPage is where the boxes are: the setup file's, or the pretend one
// of practice mode.
func (j *journey) registrationPage(a *App) string {
	if f := j.walk.Setup(); f != nil && f.RegistrationPage != "" {
		return f.RegistrationPage
	}
	return a.world.RegistrationURL
}

func (j *journey) markCopied(v walk.Value) {
	if j.ticked == nil {
		j.ticked = map[string]bool{}
	}
	j.ticked[string(v)] = true
}

func (s *registerStep) content() fyne.CanvasObject {
	t := s.a.words.T
	s.tick(s.a.deps.Now())
	blocks := []fyne.CanvasObject{
		newColumn(gapTiny, newRow(0, newText(t("helper.title"), styleTitle()), s.left), newText(t("helper.lead"), styleMuted())),
	}
	if s.dead {
		blocks = append(blocks, newBanner(wrong, t("helper.dead")))
	}
	actions := []fyne.CanvasObject{newButton(s.a.keys, secondary, t("helper.small_window"), func() { s.a.showHelper(s.j) })}
	if page := s.j.registrationPage(s.a); page != "" {
		actions = append(actions, newButton(s.a.keys, secondary, t("helper.open_page"), func() { s.a.open(page) }))
	}
	if !s.dead {
		actions = append(actions, newButton(s.a.keys, plain, t("button.start_over"), func() { s.j.startOver(s.a) }))
	}
	blocks = append(blocks, s.list.column, newFlow(actions...), newText(t("helper.whose"), styleSmall()))
	return newColumn(gap, blocks...)
}

func (s *registerStep) focus() fyne.Focusable { return nil }

func (s *registerStep) next() (string, func()) {
	t := s.a.words.T
	if s.dead {
		return t("button.start_over"), func() { s.j.startOver(s.a) }
	}
	if i := s.list.boxes.Next(); i >= 0 {
		return t("helper.copy_value", "Value", t("value."+string(s.list.boxes[i].Value))), func() { s.list.copy(i) }
	}
	return t("button.done"), s.a.showHome
}

func (s *registerStep) tick(time.Time) {
	left, ok := s.j.walk.CodeLeft()
	if !ok {
		return
	}
	s.left.Set(codePill(s.a, left))
	if s.j.walk.CodeDead() != s.dead {
		s.a.redraw()
	}
}

// helperWindow is the same in a slim window that fits beside the browser.
type helperWindow struct {
	a    *App
	j    *journey
	win  fyne.Window
	keys *keys
	list *boxList
	left *pill
	dead bool
}

// showHelper opens the slim window, or brings it to the front.
func (a *App) showHelper(j *journey) {
	if a.helper != nil {
		a.helper.close()
	}
	h := &helperWindow{a: a, j: j, win: a.deps.App.NewWindow(a.words.T("helper.window"))}
	a.helper = h
	a.setClock()
	h.win.SetPadded(false)
	h.win.Resize(fyne.NewSize(380, 540))
	h.win.SetOnClosed(func() {
		if a.helper == h {
			a.helper = nil
			a.setClock()
		}
	})
	h.win.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) {
		if !h.keys.typed(e) {
			h.keys.scrolls(e)
		}
	})
	h.redraw()
	h.win.Show()
}

func (h *helperWindow) close() { h.win.Close() }

func (h *helperWindow) redraw() {
	t := h.a.words.T
	h.keys = &keys{escape: h.close}
	h.left = newPill(soon, "")
	h.dead = h.j.walk.CodeDead()
	h.list = newBoxList(h.a, h.keys, h.j.boxes(), func(v walk.Value) {
		h.j.markCopied(v)
		h.redraw()
		h.a.redraw()
	})
	title := newText(t("helper.title_short"), styleHead())
	head := fyne.CanvasObject(title)
	if _, ok := h.j.walk.CodeLeft(); ok && h.j.walk.Visitor == walk.Guide {
		head = newRow(0, title, h.left)
	}
	blocks := []fyne.CanvasObject{newColumn(gapTiny, head, newText(t("helper.lead_short"), styleSmall())), h.list.column}
	var focus fyne.Focusable
	if page := h.j.registrationPage(h.a); page != "" {
		blocks = append(blocks, newFlow(newButton(h.keys, secondary, t("helper.open_page"), func() { h.a.open(page) })))
	}
	if h.dead && h.j.walk.Visitor == walk.Guide {
		again := newButton(h.keys, primary, t("button.start_over"), func() {
			h.close()
			h.j.startOver(h.a)
		})
		h.keys.enter, focus = again.Press, again
		blocks = append(blocks, newBanner(wrong, t("helper.dead")), newFlow(again))
	} else if i := h.list.boxes.Next(); i >= 0 {
		h.keys.enter = func() { h.list.copy(i) }
	}
	p := newPage(newPadded(22, 20, newColumn(gap, blocks...)))
	h.keys.reveal, h.keys.scroll = p.Reveal, p.Scroll
	h.win.SetContent(p)
	h.tick(h.a.deps.Now())
	if focus != nil {
		h.win.Canvas().Focus(focus)
	}
}

func (h *helperWindow) tick(time.Time) {
	left, ok := h.j.walk.CodeLeft()
	if !ok || h.j.walk.Visitor != walk.Guide {
		return
	}
	h.left.Set(codePill(h.a, left))
	if h.j.walk.CodeDead() != h.dead {
		h.redraw()
	}
}
