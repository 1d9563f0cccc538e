package ui

import (
	"time"

	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// calmly is what a countdown shows of the time left: steps of ten seconds, and
// single seconds only at the very end. A code's age is not known any better, a
// number that changes every second hurries people who have minutes, and each
// change repaints the whole window. It never shows more than is left.
func calmly(left time.Duration) time.Duration {
	if left < calmStep {
		return left
	}
	return left.Truncate(calmStep)
}

const calmStep = 10 * time.Second

// until is how long it takes until the time left drops below its last whole
// step, and shows as the next one.
func until(left, step time.Duration) time.Duration {
	return left%step + time.Millisecond
}

// codeClock is the countdown of an authorization code: the most that is left.
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

// start shows the countdown of the present code.
func (c *codeClock) start() {
	c.dead = c.walk.CodeDead()
	c.tick(func() {})
	c.a.setClock()
}

// tick moves the countdown and repaints only the pill, but calls redraw when
// the code has expired. It returns how long the pill stays as it is; 0: for good.
func (c *codeClock) tick(redraw func()) (stays time.Duration) {
	left, ok := c.walk.CodeLeft()
	if !ok {
		return 0
	}
	mood, text := kit.Warning, c.a.words.Clock(calmly(left))
	switch {
	case left <= 0:
		mood, text = kit.Error, c.a.words.T("code.over")
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
	case left < calmStep:
		return until(left, time.Second)
	default:
		return until(left, calmStep)
	}
}
