package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// registerStep is the end of a guide's walk, where seller ID and code go into the
// provider's registration screen.
type registerStep struct {
	a    *App
	j    *journey
	list *boxList
	left *codeClock
}

func newRegisterStep(a *App, j *journey) step {
	if j.asked || j.walk.Accepted() {
		return newAcceptedStep(a, j)
	}
	s := &registerStep{
		a: a, j: j, left: newCodeClock(a, j.walk),
		list: newBoxList(a, a.Keys, j.boxes(), false, func(v value.ID) {
			j.markCopied(a, v)
			a.Redraw()
		}),
	}
	return step{
		Screen: shell.Screen{
			Body: s.content(),
			Tick: func(time.Time) time.Duration { return s.left.tick(a.Redraw) },
			Help: func() (string, []fyne.CanvasObject) { return helpRegister(a) },
		},
		status: s.left.strip(),
		next:   s.next().Copies(),
	}
}

func (s *registerStep) content() fyne.CanvasObject {
	t := s.a.Words.T
	blocks := []fyne.CanvasObject{
		kit.Column(kit.GapTiny, kit.Text(t("helper.title"), kit.Title), kit.Text(t("helper.lead"), kit.Muted), kit.Text(t("helper.keys"), kit.Small)),
	}
	copied := s.list.boxes.Next() < 0
	switch {
	case copied:
		blocks = append(blocks, kit.Banner(kit.Success, t("helper.all_copied")))
	case s.left.dead:
		blocks = append(blocks, kit.Banner(kit.Error, t("helper.dead")))
	}
	if c := s.j.chooser(s.a, s.a.Keys, s.a.Redraw); c != nil {
		blocks = append(blocks, c)
	}
	actions := []fyne.CanvasObject{kit.NewButton(s.a.Keys, kit.Secondary, t("helper.small_window"), func() { s.j.showRegisterWindow(s.a) })}
	if page := s.j.registrationPage(s.a); page != "" {
		actions = append(actions, kit.NewButton(s.a.Keys, kit.Secondary, t("helper.open_page"), func() { s.a.Open(page) }))
	}
	if !s.left.dead || copied {
		actions = append(actions, kit.NewButton(s.a.Keys, kit.Secondary, t("button.start_over"), func() {
			s.j.startOver(s.a)
		}))
	}
	blocks = append(blocks, s.list.column, kit.Flow(actions...), kit.Text(t("helper.whose"), kit.Small))
	return kit.Column(kit.Gap, blocks...)
}

func (s *registerStep) next() *kit.Button {
	t, j := s.a.Words.T, s.j
	i := s.list.boxes.Next()
	switch {
	case i < 0: // all is copied, so the code may expire
		return kit.NewButton(s.a.Keys, kit.Primary, t("button.next"), func() {
			j.asked = true
			j.turn(s.a)
		})
	case s.left.dead:
		return kit.NewButton(s.a.Keys, kit.Primary, t("button.start_over"), func() { j.startOver(s.a) })
	default:
		return kit.NewButton(s.a.Keys, kit.Primary, t("helper.copy_value", "Value", t("value."+string(s.list.boxes[i].Value))), func() { s.list.copy(i) })
	}
}
