package ui

import (
	"time"

	"fyne.io/fyne/v2"
)

// keys is what the keyboard does on a screen: Enter presses the primary button,
// Esc goes back, F1 opens the help, F10 the menu. Fyne sends keys to the focused
// widget only, so every widget of ours passes them on. Any function may be nil.
type keys struct {
	enter, escape, help, menu func()
	// reveal scrolls the focused widget into view.
	reveal func(fyne.CanvasObject)
	// scroll scrolls the page by a number of lines, as far as it goes.
	scroll func(lines float32)
	// clicks are shared by all pages of a window; nil if it has only one.
	clicks *clicks
}

// doubleClick is the longest time between the clicks of a double click, the
// default of Windows and macOS.
const doubleClick = 500 * time.Millisecond

// clicks remembers the last accepted click. Many people double-click everything:
// if the first click opened another page, the second one is not meant for what
// is at that place there.
type clicks struct {
	now func() time.Time
	at  time.Time
	on  *keys // the page
}

// clicked reports whether a click on this page is meant for it.
func (k *keys) clicked() bool {
	c := k.clicks
	if c == nil {
		return true
	}
	now := c.now()
	if since := now.Sub(c.at); c.on != nil && c.on != k && since >= 0 && since < doubleClick {
		return false
	}
	c.at, c.on = now, k
	return true
}

// typed does what a key does wherever the focus is, and reports whether it is
// such a key.
func (k *keys) typed(e *fyne.KeyEvent) bool {
	does := map[fyne.KeyName]func(){
		fyne.KeyReturn: k.Enter, fyne.KeyEnter: k.Enter, fyne.KeyEscape: k.Escape,
		fyne.KeyF1: k.help, fyne.KeyF10: k.menu,
	}
	do, means := does[e.Name]
	if do != nil {
		do()
	}
	return means
}

// scrolls scrolls the page for a key that the focused widget has no use for, and
// reports whether it is such a key.
func (k *keys) scrolls(e *fyne.KeyEvent) bool {
	by := map[fyne.KeyName]float32{
		fyne.KeyUp: -2, fyne.KeyDown: 2, fyne.KeyPageUp: -14, fyne.KeyPageDown: 14, fyne.KeyHome: -1e4, fyne.KeyEnd: 1e4,
	}
	lines, is := by[e.Name]
	if is && k.scroll != nil {
		k.scroll(lines)
	}
	return is
}

// Enter presses the primary button.
func (k *keys) Enter() {
	if k.enter != nil {
		k.enter()
	}
}

// Escape goes back.
func (k *keys) Escape() {
	if k.escape != nil {
		k.escape()
	}
}

func (k *keys) gained(o fyne.CanvasObject) {
	if k.reveal != nil {
		k.reveal(o)
	}
}

// addCopyShortcut makes Ctrl+C or Cmd+C press the focused Copy button. In a field
// it copies the selection, as always.
func addCopyShortcut(c fyne.Canvas) {
	c.AddShortcut(&fyne.ShortcutCopy{}, func(fyne.Shortcut) {
		if b, ok := c.Focused().(*button); ok && b.copies {
			b.Press()
		}
	})
}
