package shell

import (
	"time"

	"fyne.io/fyne/v2"
)

// Screen is what the window shows. It is built from what is known and never
// changed: another language, another theme, an answer from Amazon make another
// one.
type Screen struct {
	// About is the state that the screen draws, by which it is known again; nil
	// where there is none. See [Window.Shows].
	About any
	Title string
	Body  fyne.CanvasObject
	// Focus has the keyboard first; nil for nothing.
	Focus             fyne.Focusable
	OnEnter, OnEscape func()

	// The rest is optional.

	// Tick moves what changes with the time, and returns when that changes next;
	// 0 means never.
	Tick func(now time.Time) (next time.Duration)
	// Returned is called when the window comes to the front, Left when another
	// window does: secrets in clear are masked then.
	Returned, Left func()
	// Paste is Ctrl+V where no field has the keyboard.
	Paste func()
	// Help is what the help panel says about this screen.
	Help func() (title string, blocks []fyne.CanvasObject)
	// Steps builds the list at the left once more: next to the help there is only
	// room for its marks.
	Steps func() []fyne.CanvasObject
	// ScrollTo is something that must be seen.
	ScrollTo fyne.CanvasObject
}
