package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// The boxes of a registration screen, for the step and for the slim window.

// boxList shows the boxes of a registration screen in order: each with its
// label and one Copy, a tick once copied, and the next one lit. One press of
// the primary button copies the lit box and lights the next.
type boxList struct {
	a      *App
	keys   *kit.Keys
	boxes  walk.Boxes
	copied func(value.ID) // ticks the box and shows the list again
	// slim: there is no room for a button beside a value.
	slim   bool
	column *fyne.Container
	// lit is the Copy button of the box whose turn it is; nil when all are done.
	lit *kit.Button
}

func newBoxList(a *App, k *kit.Keys, boxes walk.Boxes, slim bool, copied func(value.ID)) *boxList {
	l := &boxList{a: a, keys: k, boxes: boxes, copied: copied, slim: slim, column: kit.Column(12)}
	l.draw()
	return l
}

func (l *boxList) draw() {
	t := l.a.Words.T
	next := l.boxes.Next()
	l.column.Objects, l.lit = nil, nil
	for i, box := range l.boxes {
		label := t("value." + string(box.Value))
		if box.Setup != nil {
			label = boxLabel(l.a.Words, *box.Setup)
		}
		name := kit.Text(label, kit.Muted)
		var shown *kit.Paragraph
		switch {
		case box.Text.IsEmpty():
			shown = kit.Text(t("helper.not_known"), kit.Small)
		case box.Value.IsSecret():
			shown = kit.Text(box.Text.Hint(), kit.Value)
		default:
			shown = kit.Text(box.Text.Reveal(), kit.Value)
		}
		kind, fill, line, thick := kit.Secondary, kit.ColorCard, kit.ColorLine, float32(1)
		press, mark := t("button.copy"), ""
		switch {
		case i == next:
			kind, line, thick = kit.Primary, kit.ColorAccent, 2
		case box.Copied:
			fill, mark = kit.ColorSuccessField, "✓"
		}
		if box.Held {
			press = t("button.copied")
		}
		blocks := []fyne.CanvasObject{name, shown}
		if !box.Text.IsEmpty() {
			b := kit.NewButton(l.keys, kind, press, func() { l.copy(i) }).Copies()
			b.SetLabel(mark, press)
			if i == next {
				l.lit = b
			}
			switch {
			case !l.slim:
				blocks = []fyne.CanvasObject{kit.Row(0, kit.Column(2, name, shown), b)}
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
	l.a.Copy(box.Text.Reveal(), box.Value.IsSecret())
	l.copied(box.Value)
}

// boxes are the walk's boxes with the ticks of this journey.
func (j *journey) boxes() walk.Boxes {
	boxes := j.walk.Boxes()
	for i := range boxes {
		boxes[i].Held, boxes[i].Copied = j.ticked[string(boxes[i].Value)]
	}
	return boxes
}

// registrationPage is where the boxes are: the setup file's, or the pretend one
// of practice mode.
func (j *journey) registrationPage(a *App) string {
	if f := j.walk.Setup(); f != nil && f.RegistrationPage != "" && j.walk.Layout() == walk.LayoutSetup {
		return f.RegistrationPage
	}
	if !slices.ContainsFunc(j.walk.Boxes(), func(b walk.Box) bool { return b.Value == value.Code }) {
		return "" // the pretend provider wants a code
	}
	return a.env.RegistrationURL
}

// markCopied ticks a box. Its button says so while the value is on the clipboard.
func (j *journey) markCopied(a *App, v value.ID) {
	if j.ticked == nil {
		j.ticked = map[string]bool{}
	}
	ticked := j.ticked
	ticked[string(v)] = true
	a.Copied(func() {
		ticked[string(v)] = false
		j.redrawBoxes(a)
	})
}

// redrawBoxes shows the boxes as they are now, in both windows.
func (j *journey) redrawBoxes(a *App) {
	if a.walking == j {
		a.Redraw()
	}
	if beside := a.Beside(); beside != nil {
		beside.Redraw()
	}
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
		names[i] = a.Words.T("layout." + string(l))
		if l == walk.LayoutSetup {
			names[i] = a.Words.T("layout.setup", "Provider", j.walk.Setup().Provider)
		}
	}
	pick := kit.NewSelect(k, names, slices.Index(layouts, j.walk.Layout()), func(i int) {
		if i < 0 || layouts[i] == j.walk.Layout() {
			return
		}
		j.walk.ChooseLayout(layouts[i])
		j.ticked = nil
		if j.session != nil {
			j.session.rememberLayout(layouts[i])
		}
		chosen()
	})
	return kit.Field(a.Words.T("helper.layout"), pick)
}
