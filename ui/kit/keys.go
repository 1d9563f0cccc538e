package kit

import (
	"time"

	"fyne.io/fyne/v2"
)

// Keys is what the keyboard does on a screen: Enter presses the primary button,
// Esc goes back, F1 opens the help, F10 the menu. Fyne sends keys to the focused
// widget only, so every widget of ours passes them on. Any function may be nil.
type Keys struct {
	OnEnter, OnEscape, OnHelp, OnMenu func()
	// Reveal scrolls the focused widget into view.
	Reveal func(fyne.CanvasObject)
	// Scroll scrolls the page by a number of lines, as far as it goes.
	Scroll func(lines float32)
	// Clicks are shared by all pages of a window; nil if it has only one.
	Clicks *Clicks
}

// DoubleClick is the longest time between the clicks of a double click, the
// default of Windows and macOS.
const DoubleClick = 500 * time.Millisecond

// Clicks remembers the last accepted click. Many people double-click everything:
// if the first click opened another page, the second one is not meant for what
// is at that place there.
type Clicks struct {
	Now func() time.Time
	at  time.Time
	On  *Keys // the page
}

// Clicked reports whether a click on this page is meant for it.
func (k *Keys) Clicked() bool {
	c := k.Clicks
	if c == nil {
		return true
	}
	now := c.Now()
	if since := now.Sub(c.at); c.On != nil && c.On != k && since >= 0 && since < DoubleClick {
		return false
	}
	c.at, c.On = now, k
	return true
}

// heldKey is the longest time before a held key repeats itself, 660 ms on X11.
const heldKey = 750 * time.Millisecond

// Pressed reports whether Enter or Space on this page is meant for it: not the
// second one of a double press whose first one opened the page, nor those of a
// key that is being held.
func (k *Keys) Pressed() bool {
	c := k.Clicks
	if c == nil {
		return true
	}
	now := c.Now()
	since := now.Sub(c.at)
	c.at = now
	if c.On != nil && c.On != k && since >= 0 && since < heldKey {
		return false
	}
	c.On = k
	return true
}

// Used says that the person typed or pasted something on this page: the next
// Enter is meant for it, however soon it comes.
func (k *Keys) Used() {
	if k.Clicks != nil {
		k.Clicks.On = k
	}
}

// Typed does what a key does wherever the focus is, and reports whether it is
// such a key.
func (k *Keys) Typed(e *fyne.KeyEvent) bool {
	does := map[fyne.KeyName]func(){
		fyne.KeyReturn: k.enter, fyne.KeyEnter: k.enter, fyne.KeyEscape: k.Escape,
		fyne.KeyF1: k.OnHelp, fyne.KeyF10: k.OnMenu,
	}
	do, means := does[e.Name]
	if !means {
		k.Used()
	} else if do != nil {
		do()
	}
	return means
}

// Scrolls scrolls the page for a key that the focused widget has no use for, and
// reports whether it is such a key.
func (k *Keys) Scrolls(e *fyne.KeyEvent) bool {
	by := map[fyne.KeyName]float32{
		fyne.KeyUp: -2, fyne.KeyDown: 2, fyne.KeyPageUp: -14, fyne.KeyPageDown: 14, fyne.KeyHome: -1e4, fyne.KeyEnd: 1e4,
	}
	lines, is := by[e.Name]
	if is && k.Scroll != nil {
		k.Scroll(lines)
	}
	return is
}

// Enter presses the primary button.
func (k *Keys) Enter() {
	if k.OnEnter != nil {
		k.OnEnter()
	}
}

func (k *Keys) enter() {
	if k.Pressed() {
		k.Enter()
	}
}

// Escape goes back.
func (k *Keys) Escape() {
	if k.OnEscape != nil {
		k.OnEscape()
	}
}

func (k *Keys) gained(o fyne.CanvasObject) {
	if k.Reveal != nil {
		k.Reveal(o)
	}
}
