// Package clip puts secrets on the clipboard and clears them.
//
// A copied secret is marked as one where the system knows such a mark, so that
// clipboard histories and cloud clipboards ignore it. After a minute it's
// cleared, unless something else was copied since.
package clip

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"sync"
	"time"
)

// Stay is how long a secret stays on the clipboard: enough to find the other
// window and paste.
const Stay = time.Minute

// Clipboard is the system's clipboard; Fyne's implements it.
type Clipboard interface {
	Content() string
	SetContent(string)
}

// Options configure a [Keeper]; the zero value works.
type Options struct {
	// After is how long a secret stays; 0 means [Stay].
	After time.Duration
	// Now is the wall clock; nil means time.Now.
	Now func() time.Time
	// Do runs f on the goroutine that may use the clipboard (fyne.Do), and may
	// return before that. nil means to call f directly.
	Do func(f func())
	// Tick, if not nil, is called inside Do about every second while a secret is
	// on the clipboard, and once with 0 when it's gone. It may call the keeper.
	Tick func(left time.Duration)
}

// Keeper copies text and clears secrets later. Copy, ClearNow and ClearAtExit
// use the clipboard; call them where that's allowed, which for Fyne is its own
// goroutine.
//
// Nothing runs while no secret is on the clipboard.
type Keeper struct {
	base   Clipboard
	o      Options
	marked func(text string) bool
	// salt makes the hash useless outside this run.
	salt []byte

	mu sync.Mutex
	// until is when to clear the secret; zero without one.
	until time.Time
	hash  []byte
	stop  chan struct{}
}

// New returns a keeper for a clipboard.
func New(base Clipboard, o Options) *Keeper {
	if o.After <= 0 {
		o.After = Stay
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Do == nil {
		o.Do = func(f func()) { f() }
	}
	if o.Tick == nil {
		o.Tick = func(time.Duration) {}
	}
	return &Keeper{base: base, o: o, marked: setMarked, salt: []byte(rand.Text())}
}

// Copy puts text on the clipboard. A secret is marked as one and cleared later.
// Any other text replaces an earlier secret, so nothing is left to clear.
func (k *Keeper) Copy(text string, secret bool) {
	secret = secret && text != ""
	if !secret || !k.marked(text) {
		k.base.SetContent(text)
	}
	had := k.forget()
	if !secret {
		if had {
			k.o.Tick(0)
		}
		return
	}
	stop := make(chan struct{})
	k.mu.Lock()
	// The wall clock, which goes on while a laptop sleeps.
	k.until = k.o.Now().Round(0).Add(k.o.After)
	k.hash = k.sum(text)
	k.stop = stop
	k.mu.Unlock()
	k.o.Tick(k.o.After)
	go k.watch(stop)
}

// watch ticks until the time is up or stop is closed.
func (k *Keeper) watch(stop chan struct{}) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return
		case <-tick.C:
		}
		left := k.Remaining()
		k.o.Do(func() {
			// Something else may have been copied since.
			if !k.watching(stop) {
				return
			}
			if left > 0 {
				k.o.Tick(left)
				return
			}
			k.ClearNow()
		})
		if left <= 0 {
			return
		}
	}
}

func (k *Keeper) watching(stop chan struct{}) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.stop == stop
}

// Remaining returns how long the secret will stay, 0 without one. Setting the
// clock back doesn't make it longer.
func (k *Keeper) Remaining() time.Duration {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.until.IsZero() {
		return 0
	}
	left := k.until.Sub(k.o.Now().Round(0))
	if left > k.o.After {
		left = 0
	}
	return max(0, left)
}

// ClearNow clears the clipboard if it still holds our secret, and leaves alone
// what another program copied since.
func (k *Keeper) ClearNow() {
	if k.clear() {
		k.o.Tick(0)
	}
}

// ClearAtExit is ClearNow at the end of the program, without a tick. Call it
// before the window closes: the clipboard goes with it, and on X11 a clipboard
// manager takes over the content at that moment.
func (k *Keeper) ClearAtExit() { k.clear() }

func (k *Keeper) clear() bool {
	k.mu.Lock()
	hash := k.hash
	k.mu.Unlock()
	if hash == nil {
		return false
	}
	if now := k.base.Content(); now != "" && hmac.Equal(hash, k.sum(now)) {
		k.base.SetContent("")
	}
	return k.forget()
}

// forget ends the watch and reports whether there was one.
func (k *Keeper) forget() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.hash == nil {
		return false
	}
	close(k.stop)
	k.until, k.hash, k.stop = time.Time{}, nil, nil
	return true
}

func (k *Keeper) sum(text string) []byte {
	h := hmac.New(sha256.New, k.salt)
	h.Write([]byte(text))
	return h.Sum(nil)
}
