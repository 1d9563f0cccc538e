package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/walk"
)

// journey is a walk on its way through the window: the walk itself, and what
// only the window knows of it. It outlives the screens that draw it.
type journey struct {
	walk *walk.Walk
	// tried: the primary button was pressed on this step while something was
	// missing, so what is missing is said.
	tried bool
	// more: the rarely needed fields are open.
	more bool
	// opened: Amazon's page was opened from here; a browser has the focus.
	opened bool
	// offer is an address that was seen on the clipboard.
	offer string
	// ticked are the boxes of the registration screen that were copied.
	ticked map[string]bool
	// hold is what came of it: tokens, or a failure.
	hold *holding
}

// wizardStep is one step of the walk as a screen draws it.
type wizardStep interface {
	// content is the page; heading and first lines included.
	content() fyne.CanvasObject
	// focus has the keyboard first; may be nil.
	focus() fyne.Focusable
	// next is the primary button: its label and what it does. An empty label
	// means no such button.
	next() (label string, do func())
}

// stepTicker is a step with something that moves, see [ticker].
type stepTicker interface {
	tick(now time.Time) (stays time.Duration)
}

// wizard frames one step: the list of steps, the page, Back and one primary
// button.
type wizard struct {
	a    *App
	j    *journey
	step wizardStep
	body fyne.CanvasObject
	main *button
}

func (j *journey) screen(a *App) screen {
	w := &wizard{a: a, j: j}
	switch j.walk.Step() {
	case walk.StepApp:
		w.step = newAppStep(a, j)
	case walk.StepConsent:
		w.step = newConsentStep(a, j)
	case walk.StepPaste:
		w.step = newPasteStep(a, j)
	case walk.StepCredentials:
		w.step = newCredentialsStep(a, j)
	case walk.StepRegister:
		w.step = newRegisterStep(a, j)
	default:
		w.step = newTokensStep(a, j)
	}
	content := w.step.content()
	back := newButton(a.keys, secondary, a.words.T("button.back"), w.back)
	var right fyne.CanvasObject
	if label, do := w.step.next(); label != "" {
		kind := primary
		if j.walk.Step() == walk.StepTokens {
			kind = secondary // the copies are what matters there
		}
		w.main = newButton(a.keys, kind, label, do)
		w.main.copies = j.walk.Step() == walk.StepRegister
		right = w.main
	}
	banner := a.practiceBanner()
	if s, ok := w.step.(interface{ status() fyne.CanvasObject }); ok {
		strips := []fyne.CanvasObject{s.status()}
		if banner != nil {
			strips = []fyne.CanvasObject{banner, s.status()}
		}
		banner = newColumn(0, strips...)
	}
	w.body = a.newFrame(a.newHelpfulRail(j.steps(a)...), banner, content, a.newFoot(back, right))
	return w
}

// steps is the list of this visitor's steps, the ones done ticked and open to
// go back to.
func (j *journey) steps(a *App) []fyne.CanvasObject {
	var items []fyne.CanvasObject
	here := j.walk.Step()
	for i, s := range j.walk.Visitor.Steps() {
		state := stepAhead
		switch {
		case s == here:
			state = stepHere
		case j.walk.Done(s):
			state = stepDone
		}
		var press func()
		switch {
		case s == here || !j.walk.CanGoTo(s) || j.busy():
		case s == walk.StepTokens && j.hold == nil:
			// There is nothing to show yet; going there gets the tokens.
			if !j.walk.CodeDead() {
				press = func() { j.getTokens(a) }
			}
		default:
			press = func() {
				j.walk.GoTo(s)
				j.turn(a)
			}
		}
		items = append(items, newStepItem(a.keys, i+1, a.words.T("step."+string(s)), state, press))
	}
	return items
}

func (w *wizard) Title() string {
	return w.a.words.T("step." + string(w.j.walk.Step()))
}
func (w *wizard) Body() fyne.CanvasObject { return w.body }
func (w *wizard) Focus() fyne.Focusable {
	if f := w.step.focus(); f != nil {
		return f
	}
	if w.main != nil {
		return w.main
	}
	return nil
}

func (w *wizard) Keys() (enter, escape func()) {
	enter = func() {
		if w.main != nil {
			w.main.Press()
		}
	}
	return enter, w.back
}

// Tick passes the time on to the step, if it wants to know.
func (w *wizard) Tick(now time.Time) time.Duration {
	if s, ok := w.step.(stepTicker); ok {
		return s.tick(now)
	}
	return 0
}

// shows is the holding on the screen, so that a renewal in the background can
// be shown.
func (w *wizard) shows() *holding {
	if w.j.walk.Step() != walk.StepTokens {
		return nil
	}
	return w.j.hold
}

// Returned passes on that the window came to the front.
func (w *wizard) Returned() {
	if r, ok := w.step.(returner); ok {
		r.Returned()
	}
}

// News is what the page scrolls to.
func (w *wizard) News() fyne.CanvasObject {
	if n, ok := w.step.(interface{ news() fyne.CanvasObject }); ok {
		return n.news()
	}
	return nil
}

// Hide masks the tokens again.
func (w *wizard) Hide() {
	if h := w.shows(); h != nil {
		h.mask()
	}
}

// Paste passes on Ctrl+V where nothing else takes it.
func (w *wizard) Paste() {
	if p, ok := w.step.(paster); ok {
		p.Paste()
	}
}

func (w *wizard) back() {
	if w.j.busy() {
		w.j.hold.cancel()
		return
	}
	if w.j.walk.Back() {
		w.j.turn(w.a)
		return
	}
	w.a.showStart()
}

// turn shows the step that the walk is at now.
func (j *journey) turn(a *App) {
	j.tried = false
	a.show(j.screen)
}

// forward goes on, or says what is missing.
func (j *journey) forward(a *App) {
	if j.walk.Next() {
		if j.walk.Step() == walk.StepTokens {
			j.getTokens(a)
			return
		}
		j.turn(a)
		return
	}
	j.tried = true
	a.redraw()
}

func (j *journey) busy() bool { return j.hold != nil && j.hold.stop != nil }

// getTokens asks Amazon for tokens, then saves them. It does nothing when they
// are there already.
func (j *journey) getTokens(a *App) {
	j.walk.GoTo(walk.StepTokens)
	if j.walk.Done(walk.StepTokens) || j.busy() {
		j.turn(a)
		return
	}
	h := &holding{a: a, world: a.world, journey: j}
	j.hold = h
	order := j.walk.Order()
	asked := *j.walk
	token := h.token
	var err error
	h.stop = a.background(func(ctx context.Context) {
		token, err = order.Run(ctx, h.world.LWA)
	}, func() {
		h.stop = nil
		// The fields were still there to be typed into. What was asked for is
		// what belongs to the tokens.
		*j.walk = asked
		j.walk.Finish(order, token, err)
		h.err = err
		if j.walk.Done(walk.StepTokens) {
			h.took(j.walk.Token, j.walk.Credentials(), j.walk.Account())
			h.save(j.walk.Secrets())
		}
		h.changed()
	})
	h.hush()
}
