package ui

import (
	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/ui/kit"
)

// Motion is the person's choice of what moves on the screen by itself: the bar
// that shows that something is under way. Pages do not slide, and the toolkit
// is built without animations (scripts/env).
type Motion string

// The choices. The system's is the default.
const (
	MotionSystem Motion = "system"
	MotionLess   Motion = "less"
	MotionFull   Motion = "full"
)

// still reports whether nothing shall move by itself.
func (a *App) still() bool {
	switch a.settings.Motion {
	case MotionLess:
		return true
	case MotionFull:
		return false
	default:
		return a.deps.Desktop.ReduceMotion
	}
}

func (a *App) setMotion(m Motion) {
	a.settings.Motion = m
	a.remember()
	a.redraw()
}

// kit.NewBusy is a bar that moves until the screen is replaced.
func (a *App) newBusy() fyne.CanvasObject {
	bar, moving := kit.NewBusy(a.still())
	if moving != nil {
		a.moving = append(a.moving, moving)
	}
	return bar
}
