package ui

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
)

// boxList shows the boxes of a registration screen in order: each with its
// label and one Copy, a tick once copied, and the next one lit. One press of
// the primary button copies the lit box and lights the next.
type boxList struct {
	a      *App
	keys   *keys
	boxes  walk.Boxes
	copied func(lwa.Value)
	// slim: there is no room for a button beside a value.
	slim   bool
	column *fyne.Container
	// lit is the Copy button of the box whose turn it is; nil when all are done.
	lit *button
}

func newBoxList(a *App, k *keys, boxes walk.Boxes, slim bool, copied func(lwa.Value)) *boxList {
	l := &boxList{a: a, keys: k, boxes: boxes, copied: copied, slim: slim, column: newColumn(12)}
	l.draw()
	return l
}

func (l *boxList) draw() {
	t := l.a.words.T
	next := l.boxes.Next()
	l.column.Objects, l.lit = nil, nil
	for i, box := range l.boxes {
		label := t("value." + string(box.Value))
		if box.Setup != nil {
			label = l.a.boxLabel(*box.Setup)
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
			b := newButton(l.keys, kind, press, func() { l.copy(i) }).Copies()
			b.SetLabel(mark, press)
			if i == next {
				l.lit = b
			}
			switch {
			case !l.slim:
				blocks = []fyne.CanvasObject{newRow(0, newColumn(2, name, value), b)}
			case i == next:
				blocks = append(blocks, b) // as wide as the window
			default:
				blocks = append(blocks, newFlow(b))
			}
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
	left *codeClock
}

func newRegisterStep(a *App, j *journey) step {
	s := &registerStep{
		a: a, j: j, left: newCodeClock(a, j.walk),
		list: newBoxList(a, a.keys, j.boxes(), false, func(v lwa.Value) {
			j.markCopied(v)
			a.redraw()
		}),
	}
	return step{
		screen: screen{
			body: s.content(),
			tick: func(time.Time) time.Duration { return s.left.tick(a.redraw) },
			help: func() (string, []fyne.CanvasObject) { return helpRegister(a) },
		},
		status: s.status(),
		next:   s.next().Copies(),
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
	if f := j.walk.Setup(); f != nil && f.RegistrationPage != "" && j.walk.Layout() == walk.LayoutSetup {
		return f.RegistrationPage
	}
	return a.world.RegistrationURL
}

func (j *journey) markCopied(v lwa.Value) {
	if j.ticked == nil {
		j.ticked = map[string]bool{}
	}
	j.ticked[string(v)] = true
}

// chooser picks the layout of the registration screen, where there is more than
// one to pick from; nil otherwise.
func (j *journey) chooser(a *App, k *keys, chosen func()) fyne.CanvasObject {
	layouts := j.walk.Layouts()
	if len(layouts) < 2 {
		return nil
	}
	names := make([]string, len(layouts))
	for i, l := range layouts {
		names[i] = a.words.T("layout." + string(l))
		if l == walk.LayoutSetup {
			names[i] = a.words.T("layout.setup", "Provider", j.walk.Setup().Provider)
		}
	}
	pick := newChoice(k, names, slices.Index(layouts, j.walk.Layout()), func(i int) {
		if i < 0 || layouts[i] == j.walk.Layout() {
			return
		}
		j.walk.ChooseLayout(layouts[i])
		j.ticked = nil
		if j.hold != nil {
			j.hold.rememberLayout(layouts[i])
		}
		chosen()
	})
	return newField(a.words.T("helper.layout"), pick)
}

func (s *registerStep) content() fyne.CanvasObject {
	t := s.a.words.T
	blocks := []fyne.CanvasObject{
		newColumn(gapTiny, newText(t("helper.title"), styleTitle()), newText(t("helper.lead"), styleMuted()), newText(t("helper.keys"), styleSmall())),
	}
	if s.left.dead {
		blocks = append(blocks, newBanner(wrong, t("helper.dead")))
	}
	if c := s.j.chooser(s.a, s.a.keys, s.a.redraw); c != nil {
		blocks = append(blocks, c)
	}
	actions := []fyne.CanvasObject{newButton(s.a.keys, secondary, t("helper.small_window"), func() { s.a.showHelper(s.j) })}
	if page := s.j.registrationPage(s.a); page != "" {
		actions = append(actions, newButton(s.a.keys, secondary, t("helper.open_page"), func() { s.a.open(page) }))
	}
	if !s.left.dead {
		actions = append(actions, newButton(s.a.keys, plain, t("button.start_over"), func() { s.j.startOver(s.a) }))
	}
	blocks = append(blocks, s.list.column, newFlow(actions...), newText(t("helper.whose"), styleSmall()))
	return newColumn(gap, blocks...)
}

// status is the code's countdown. It stands above the page, so that it stays in
// sight however many boxes there are.
func (s *registerStep) status() fyne.CanvasObject {
	bg := newPanel(colorTint, "")
	bg.radius = ""
	return newPadded(margin, 6, newRow(0, newText(s.a.words.T("helper.left"), styleSmall().in(colorOnTint)), s.left.pill), bg)
}

func (s *registerStep) next() *button {
	t := s.a.words.T
	if s.left.dead {
		return newButton(s.a.keys, primary, t("button.start_over"), func() { s.j.startOver(s.a) })
	}
	if i := s.list.boxes.Next(); i >= 0 {
		return newButton(s.a.keys, primary, t("helper.copy_value", "Value", t("value."+string(s.list.boxes[i].Value))), func() { s.list.copy(i) })
	}
	return newButton(s.a.keys, primary, t("button.done"), s.a.showHome)
}

// helperWindow is the same in a slim window that fits beside the browser.
type helperWindow struct {
	a    *App
	j    *journey
	win  fyne.Window
	keys *keys
	list *boxList
	left *codeClock
}

// showHelper opens the slim window, in place of one that is open.
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
	addCopyShortcut(h.win.Canvas())
	h.redraw()
	h.win.Show()
}

func (h *helperWindow) close() { h.win.Close() }

func (h *helperWindow) redraw() {
	t := h.a.words.T
	h.keys = &keys{escape: h.close, clicks: h.a.clicks}
	h.left = newCodeClock(h.a, h.j.walk)
	h.list = newBoxList(h.a, h.keys, h.j.boxes(), true, func(v lwa.Value) {
		h.j.markCopied(v)
		h.redraw()
		h.a.redraw()
	})
	title := newText(t("helper.title_short"), styleHead())
	head := fyne.CanvasObject(title)
	if _, ok := h.j.walk.CodeLeft(); ok && h.j.walk.Visitor == walk.Guide {
		head = newRow(0, title, h.left.pill)
	}
	blocks := []fyne.CanvasObject{newColumn(gapTiny, newText(t("helper.lead_short"), styleSmall()), newText(t("helper.keys"), styleSmall()))}
	if c := h.j.chooser(h.a, h.keys, func() {
		h.redraw()
		h.a.redraw()
	}); c != nil {
		blocks = append(blocks, c)
	}
	blocks = append(blocks, h.list.column)
	var page []fyne.CanvasObject
	if address := h.j.registrationPage(h.a); address != "" {
		page = append(page, newButton(h.keys, secondary, t("helper.open_page"), func() { h.a.open(address) }))
	}
	// One key does the next thing: Enter on whatever has the keyboard.
	var next *button
	switch {
	case h.left.dead && h.j.walk.Visitor == walk.Guide:
		next = newButton(h.keys, primary, t("button.start_over"), func() {
			h.close()
			h.j.startOver(h.a)
			h.a.win.RequestFocus()
		})
		blocks = append([]fyne.CanvasObject{newBanner(wrong, t("helper.dead")), newFlow(next)}, blocks...)
	case h.list.lit != nil:
		next = h.list.lit
	default:
		next = newButton(h.keys, primary, t("helper.close"), h.close)
		blocks = append(blocks, newBanner(good, t("helper.all_copied")), newFlow(next))
	}
	h.keys.enter = next.Press
	if len(page) > 0 {
		blocks = append(blocks, newFlow(page...))
	}
	p := newPage(newPadded(22, 14, newColumn(gap, blocks...)))
	h.keys.reveal, h.keys.scroll = p.Reveal, p.Scroll
	h.win.SetTitle(t("helper.window"))
	// The countdown stays above what scrolls.
	h.win.SetContent(newTopped(fyne.NewSize(300, 240), newPadded(22, 14, head), p))
	h.win.Canvas().Focus(next)
}

func (h *helperWindow) tick() time.Duration {
	if h.j.walk.Visitor != walk.Guide {
		return 0
	}
	return h.left.tick(h.redraw)
}
