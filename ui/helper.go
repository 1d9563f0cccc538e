package ui

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// boxList shows the boxes of a registration screen in order: each with its
// label and one Copy, a tick once copied, and the next one lit. One press of
// the primary button copies the lit box and lights the next.
type boxList struct {
	a      *App
	keys   *kit.Keys
	boxes  walk.Boxes
	copied func(lwa.Value)
	// slim: there is no room for a button beside a value.
	slim   bool
	column *fyne.Container
	// lit is the Copy button of the box whose turn it is; nil when all are done.
	lit *kit.Button
}

func newBoxList(a *App, k *kit.Keys, boxes walk.Boxes, slim bool, copied func(lwa.Value)) *boxList {
	l := &boxList{a: a, keys: k, boxes: boxes, copied: copied, slim: slim, column: kit.Column(12)}
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
		name := kit.Text(label, kit.Muted)
		var value *kit.Paragraph
		switch {
		case box.Text.IsEmpty():
			value = kit.Text(t("helper.not_known"), kit.Small)
		case box.Value.IsSecret():
			value = kit.Text(box.Text.Hint(), kit.Value)
		default:
			value = kit.Text(box.Text.Reveal(), kit.Value)
		}
		kind, fill, line, thick := kit.Secondary, kit.ColorCard, kit.ColorLine, float32(1)
		press, mark := t("button.copy"), ""
		switch {
		case i == next:
			kind, line, thick = kit.Primary, kit.ColorAccent, 2
		case box.Copied:
			fill, mark, press = kit.ColorSuccessField, "✓", t("button.copied")
		}
		blocks := []fyne.CanvasObject{name, value}
		if !box.Text.IsEmpty() {
			b := kit.NewButton(l.keys, kind, press, func() { l.copy(i) }).Copies()
			b.SetLabel(mark, press)
			if i == next {
				l.lit = b
			}
			switch {
			case !l.slim:
				blocks = []fyne.CanvasObject{kit.Row(0, kit.Column(2, name, value), b)}
			case i == next:
				blocks = append(blocks, b) // as wide as the window
			default:
				blocks = append(blocks, kit.Flow(b))
			}
		}
		bg := kit.NewPanel(fill, line)
		bg.Thick = thick
		l.column.Objects = append(l.column.Objects, kit.Padded(kit.Inset, 14, kit.Column(8, blocks...), bg))
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
func (j *journey) chooser(a *App, k *kit.Keys, chosen func()) fyne.CanvasObject {
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
	pick := kit.NewSelect(k, names, slices.Index(layouts, j.walk.Layout()), func(i int) {
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
	return kit.Field(a.words.T("helper.layout"), pick)
}

func (s *registerStep) content() fyne.CanvasObject {
	t := s.a.words.T
	blocks := []fyne.CanvasObject{
		kit.Column(kit.GapTiny, kit.Text(t("helper.title"), kit.Title), kit.Text(t("helper.lead"), kit.Muted), kit.Text(t("helper.keys"), kit.Small)),
	}
	if s.left.dead {
		blocks = append(blocks, kit.Banner(kit.Error, t("helper.dead")))
	}
	if c := s.j.chooser(s.a, s.a.keys, s.a.redraw); c != nil {
		blocks = append(blocks, c)
	}
	actions := []fyne.CanvasObject{kit.NewButton(s.a.keys, kit.Secondary, t("helper.small_window"), func() { s.a.showHelper(s.j) })}
	if page := s.j.registrationPage(s.a); page != "" {
		actions = append(actions, kit.NewButton(s.a.keys, kit.Secondary, t("helper.open_page"), func() { s.a.open(page) }))
	}
	if !s.left.dead {
		actions = append(actions, kit.NewButton(s.a.keys, kit.Plain, t("button.start_over"), func() { s.j.startOver(s.a) }))
	}
	blocks = append(blocks, s.list.column, kit.Flow(actions...), kit.Text(t("helper.whose"), kit.Small))
	return kit.Column(kit.Gap, blocks...)
}

// status is the code's countdown. It stands above the page, so that it stays in
// sight however many boxes there are.
func (s *registerStep) status() fyne.CanvasObject {
	bg := kit.NewPanel(kit.ColorTint, "")
	bg.Radius = ""
	return kit.Padded(kit.Margin, 6, kit.Row(0, kit.Text(s.a.words.T("helper.left"), kit.Small.In(kit.ColorOnTint)), s.left.pill), bg)
}

func (s *registerStep) next() *kit.Button {
	t := s.a.words.T
	if s.left.dead {
		return kit.NewButton(s.a.keys, kit.Primary, t("button.start_over"), func() { s.j.startOver(s.a) })
	}
	if i := s.list.boxes.Next(); i >= 0 {
		return kit.NewButton(s.a.keys, kit.Primary, t("helper.copy_value", "Value", t("value."+string(s.list.boxes[i].Value))), func() { s.list.copy(i) })
	}
	return kit.NewButton(s.a.keys, kit.Primary, t("button.done"), s.a.showHome)
}

// helperWindow is the same in a slim window that fits beside the browser.
type helperWindow struct {
	a    *App
	j    *journey
	win  fyne.Window
	keys *kit.Keys
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
		if !h.keys.Typed(e) {
			h.keys.Scrolls(e)
		}
	})
	kit.AddCopyShortcut(h.win.Canvas())
	h.redraw()
	h.win.Show()
}

func (h *helperWindow) close() { h.win.Close() }

func (h *helperWindow) redraw() {
	t := h.a.words.T
	h.keys = &kit.Keys{OnEscape: h.close, Clicks: h.a.clicks}
	h.left = newCodeClock(h.a, h.j.walk)
	h.list = newBoxList(h.a, h.keys, h.j.boxes(), true, func(v lwa.Value) {
		h.j.markCopied(v)
		h.redraw()
		h.a.redraw()
	})
	title := kit.Text(t("helper.title_short"), kit.Heading)
	head := fyne.CanvasObject(title)
	if _, ok := h.j.walk.CodeLeft(); ok && h.j.walk.Visitor == walk.Guide {
		head = kit.Row(0, title, h.left.pill)
	}
	blocks := []fyne.CanvasObject{kit.Column(kit.GapTiny, kit.Text(t("helper.lead_short"), kit.Small), kit.Text(t("helper.keys"), kit.Small))}
	if c := h.j.chooser(h.a, h.keys, func() {
		h.redraw()
		h.a.redraw()
	}); c != nil {
		blocks = append(blocks, c)
	}
	blocks = append(blocks, h.list.column)
	var page []fyne.CanvasObject
	if address := h.j.registrationPage(h.a); address != "" {
		page = append(page, kit.NewButton(h.keys, kit.Secondary, t("helper.open_page"), func() { h.a.open(address) }))
	}
	// One key does the next thing: Enter on whatever has the keyboard.
	var next *kit.Button
	switch {
	case h.left.dead && h.j.walk.Visitor == walk.Guide:
		next = kit.NewButton(h.keys, kit.Primary, t("button.start_over"), func() {
			h.close()
			h.j.startOver(h.a)
			h.a.win.RequestFocus()
		})
		blocks = append([]fyne.CanvasObject{kit.Banner(kit.Error, t("helper.dead")), kit.Flow(next)}, blocks...)
	case h.list.lit != nil:
		next = h.list.lit
	default:
		next = kit.NewButton(h.keys, kit.Primary, t("helper.close"), h.close)
		blocks = append(blocks, kit.Banner(kit.Success, t("helper.all_copied")), kit.Flow(next))
	}
	h.keys.OnEnter = next.Press
	if len(page) > 0 {
		blocks = append(blocks, kit.Flow(page...))
	}
	p := kit.NewPage(kit.Padded(22, 14, kit.Column(kit.Gap, blocks...)))
	h.keys.Reveal, h.keys.Scroll = p.Reveal, p.Scroll
	h.win.SetTitle(t("helper.window"))
	// The countdown stays above what scrolls.
	h.win.SetContent(kit.Topped(fyne.NewSize(300, 240), kit.Padded(22, 14, head), p))
	h.win.Canvas().Focus(next)
}

func (h *helperWindow) tick() time.Duration {
	if h.j.walk.Visitor != walk.Guide {
		return 0
	}
	return h.left.tick(h.redraw)
}
