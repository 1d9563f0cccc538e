// Package clip puts secrets on the clipboard and takes them off again.
//
// A secret that was copied is marked as one where the system has a mark for it,
// so that clipboard histories and clouds leave it alone, and is cleared after a
// minute, unless something else has taken its place by then.
package clip

import "time"

// Clipboard is the system's clipboard, as Fyne's is.
type Clipboard interface {
	Content() string
	SetContent(string)
}

// Options are the surroundings of a [Keeper]. The zero value is for use.
type Options struct {
	// After is how long a secret stays; 0 means a minute.
	After time.Duration
	// Now is the wall clock; nil means time.Now.
	Now func() time.Time
	// Do runs f where the clipboard may be touched (fyne.Do); nil runs it at
	// once. It need not wait for f.
	Do func(f func())
	// Tick is called inside Do about every second while a secret is on the
	// clipboard, and once with 0 when it is gone; may be nil.
	Tick func(left time.Duration)
}

// Keeper watches over what was copied.
type Keeper struct{}

// New returns a keeper of a clipboard.
func New(base Clipboard, o Options) *Keeper { return &Keeper{} }

// Copy puts text on the clipboard. A secret is marked and cleared later; any
// other text ends the watch over an earlier secret.
func (k *Keeper) Copy(text string, secret bool) {}

// Remaining is how long the secret will stay, 0 when there is none.
func (k *Keeper) Remaining() time.Duration { return 0 }

// ClearNow clears the clipboard if it still holds our secret.
func (k *Keeper) ClearNow() {}

// ClearAtExit is ClearNow for the end of the program.
func (k *Keeper) ClearAtExit() {}
