package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// codeClock counts down the most time that an authorization code can have left.
type codeClock struct {
	a    *App
	walk *walk.Walk
	pill *kit.Pill
	dead bool // when it was drawn
}

func newCodeClock(a *App, w *walk.Walk) *codeClock {
	c := &codeClock{a: a, walk: w, pill: kit.NewPill(kit.Warning, "")}
	c.start()
	return c
}

// start shows the countdown of the current code.
func (c *codeClock) start() {
	c.dead = c.walk.CodeDead()
	c.tick(func() {})
	c.a.SetClock()
}

// strip is the countdown above a page.
func (c *codeClock) strip() fyne.CanvasObject {
	return c.a.Strip(kit.ColorTint, kit.Margin, 6, kit.Row(0, kit.Text(c.a.Words.T("helper.left"), kit.Small.In(kit.ColorOnTint)), c.pill))
}

// addTo puts the countdown above a screen that doesn't show it otherwise, while
// there is a code to count down.
func (c *codeClock) addTo(s *shell.Screen, banner fyne.CanvasObject) fyne.CanvasObject {
	if !c.walk.CodeLive() {
		return banner
	}
	tick := s.Tick
	s.Tick = func(now time.Time) time.Duration {
		next := c.tick(c.a.Redraw)
		if tick != nil {
			next = shell.Sooner(next, tick(now))
		}
		return next
	}
	if banner == nil {
		return kit.Column(0, c.strip())
	}
	return kit.Column(0, banner, c.strip())
}

// tick moves the countdown and repaints only the pill, but calls redraw when the
// code expires. It returns when the pill changes next; 0 means never.
func (c *codeClock) tick(redraw func()) (stays time.Duration) {
	left, ok := c.walk.CodeLeft()
	if !ok {
		return 0
	}
	mood, text := kit.Warning, c.a.Words.Clock(shell.Calmly(left))
	switch {
	case left <= 0:
		mood, text = kit.Error, c.a.Words.T("code.over")
	case left <= time.Minute:
		mood = kit.Error
	}
	c.pill.Set(mood, text)
	if c.walk.CodeDead() != c.dead {
		redraw()
	}
	switch {
	case left <= 0:
		return 0
	case left < shell.CalmStep:
		return shell.Until(left, time.Second)
	default:
		return shell.Until(left, shell.CalmStep)
	}
}
