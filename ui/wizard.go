package ui

import (
	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// screen frames the present step: the list of steps, the page, Back and one
// primary button.
func (j *journey) screen(a *App) shell.Screen {
	a.walking = j
	s := a.screens.steps[j.walk.Step()](a, j)
	banner := a.banner(j.walk.Sandbox)
	switch {
	case s.status != nil && banner != nil:
		banner = kit.Column(0, banner, s.status)
	case s.status != nil:
		banner = kit.Column(0, s.status)
	}
	if s.status == nil && !s.counts {
		banner = newCodeClock(a, j.walk).addTo(&s.Screen, banner)
	}
	s.About, s.Title = j, a.Words.T("step."+string(j.walk.Step()))
	s.Steps = func() []fyne.CanvasObject { return j.steps(a) }
	s.OnEscape = func() { j.back(a) }
	if s.next != nil {
		s.OnEnter = s.next.Press
		if s.Focus == nil {
			s.Focus = s.next
		}
	}
	back := kit.NewButton(a.Keys, kit.Secondary, a.Words.T("button.back"), s.OnEscape)
	s.Body = a.NewFrame(a.NewRail(j.steps(a)...), banner, s.Body, a.NewFoot(back, s.next))
	return s.Screen
}

// steps is the list of this visitor's steps. Those that are done are ticked, and
// lead back.
func (j *journey) steps(a *App) []fyne.CanvasObject {
	var items []fyne.CanvasObject
	here := j.walk.Step()
	for i, s := range j.walk.Visitor.Steps() {
		state := kit.StepAhead
		switch {
		case s == here && !j.walk.Accepted(): // after that the walk is over
			state = kit.StepHere
		case j.walk.Done(s):
			state = kit.StepDone
		}
		var press func()
		switch {
		case s == here || !j.walk.CanGoTo(s) || j.busy():
		case s == walk.StepTokens && j.session == nil:
			// There is nothing to show before "Get the tokens".
		default:
			press = func() {
				j.walk.GoTo(s)
				j.turn(a)
			}
		}
		items = append(items, kit.NewStepItem(a.Keys, i+1, a.Words.T("step."+string(s)), state, press))
	}
	return items
}

// back cancels what is under way, or goes to the step before.
func (j *journey) back(a *App) {
	switch {
	case j.taking != nil:
		j.taking()
	case j.busy():
		j.cancel(a)
	case j.asked && !j.walk.Accepted():
		j.asked, j.notYet = false, false
		j.turn(a)
	case j.walk.Back():
		j.turn(a)
	default:
		a.beforeLeaving(a.showStart)
	}
}

// cancel cancels what is under way, after asking when that would cost a code.
func (j *journey) cancel(a *App) {
	if j.exchanging() {
		a.askBeforeBreakingOff(j.session.cancel)
		return
	}
	j.session.cancel()
}

// turn shows the step that the walk is at now.
func (j *journey) turn(a *App) {
	j.tried, j.mend = false, false
	a.show(j.screen)
}
