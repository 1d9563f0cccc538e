package shell

import (
	"context"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"
)

const (
	// newScreen is how soon the clock looks at a new screen.
	newScreen = time.Millisecond
	// restAfter is how long a seller has been reading a screen when the garbage
	// that drawing it left goes back to the system.
	restAfter = 2 * time.Second
)

// DrawingGC is the garbage collector's percentage while a screen is drawn and somebody
// is waiting. Set it at startup: the first screen takes longest.
const DrawingGC = 800

// tick wakes the screen that shows when something on it moves with the time.
// Otherwise it sleeps.
func (w *Window) tick(ctx context.Context) {
	t, rest := time.NewTimer(0), time.NewTimer(restAfter)
	t.Stop()
	if w.RestingGC == 0 {
		rest.Stop()
	}
	for {
		select {
		case <-ctx.Done():
			return
		case next := <-w.clock:
			if t.Stop(); next > 0 {
				t.Reset(next)
			}
			if next == newScreen && w.RestingGC != 0 {
				debug.SetGCPercent(DrawingGC)
				rest.Reset(restAfter)
			}
		case <-t.C:
			fyne.Do(func() { w.Tick() })
		case <-rest.C:
			debug.SetGCPercent(w.RestingGC)
			debug.FreeOSMemory()
		}
	}
}

// Beside returns the small window, or nil if it isn't open.
func (w *Window) Beside() *Beside { return w.beside }

// SetBeside takes note of a small window; nil when it is gone.
func (w *Window) SetBeside(b *Beside) {
	w.beside = b
	w.SetClock()
}

// SetClock makes the clock look at what shows now.
func (w *Window) SetClock() { w.wakeIn(newScreen) }

// wakeIn makes it look after so long, 0 for never. The last call counts.
func (w *Window) wakeIn(next time.Duration) {
	select {
	case <-w.clock: // not read yet, and out of date
	default:
	}
	w.clock <- next
}

// Tick moves what moves with the time, and sets the clock for the next one, of
// which it returns how far away it is; 0 means never.
func (w *Window) Tick() (next time.Duration) {
	screen := w.now
	if screen.Tick != nil {
		next = screen.Tick(w.Now())
	}
	if w.beside != nil {
		next = Sooner(next, w.beside.Tick())
	}
	if w.now == screen { // another one has set the clock itself
		w.wakeIn(next)
	}
	return next
}

// Sooner is the shorter of two times, of which 0 means never.
func Sooner(a, b time.Duration) time.Duration {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}

// Calmly is what a countdown shows of the time left: steps of [CalmStep], and
// single seconds only at the very end. A code's age is not known any better, a
// number that changes every second hurries people who have minutes, and each
// change repaints the whole window. It never shows more than is left.
func Calmly(left time.Duration) time.Duration {
	if left < CalmStep {
		return left
	}
	return left.Truncate(CalmStep)
}

// CalmStep is the step of [Calmly].
const CalmStep = 10 * time.Second

// Until is how long it takes until the time left drops below its last whole
// step, and shows as the next one.
func Until(left, step time.Duration) time.Duration {
	return left%step + time.Millisecond
}
