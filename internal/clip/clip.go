// Package clip puts secrets on the clipboard and takes them off again.
//
// A secret that was copied is marked as one where the system has a mark for it,
// so that clipboard histories and clouds leave it alone, and is cleared after a
// minute, unless something else has taken its place by then.
package clip

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"sync"
	"time"
)

// Stay is how long a secret stays on the clipboard: time enough to find the
// other window and paste.
const Stay = time.Minute

// Clipboard is the system's clipboard, as Fyne's is.
type Clipboard interface {
	Content() string
	SetContent(string)
}

// Options are the surroundings of a [Keeper]. The zero value is for use.
type Options struct {
	// After is how long a secret stays; 0 means [Stay].
	After time.Duration
	// Now is the wall clock; nil means time.Now.
	Now func() time.Time
	// Do runs f where the clipboard may be touched (fyne.Do); nil runs it at
	// once. It need not wait for f.
	Do func(f func())
	// Tick is called inside Do about every second while a secret is on the
	// clipboard, and once with 0 when it is gone; may be nil. It may call the
	// keeper.
	Tick func(left time.Duration)
}

// Keeper watches over what was copied. Copy, ClearNow and ClearAtExit touch the
// clipboard and are to be called where that is allowed, which for Fyne is its
// own goroutine.
//
// Nothing runs while no secret is on the clipboard.
type Keeper struct {
	base   Clipboard
	o      Options
	marked func(text string) bool
	// salt keeps the hash from being a fingerprint of the secret that means
	// something outside this run.
	salt []byte

	mu sync.Mutex
	// until is when the secret goes; zero when there is none.
	until time.Time
	hash  []byte
	stop  chan struct{}
}

// New returns a keeper of a clipboard.
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

// Copy puts text on the clipboard. A secret is marked as one, where the system
// knows such marks, and cleared later; any other text ends the watch over an
// earlier secret, which it has replaced.
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
	// The wall clock: the minute goes on while a laptop sleeps.
	k.until = k.o.Now().Round(0).Add(k.o.After)
	k.hash = k.sum(text)
	k.stop = stop
	k.mu.Unlock()
	k.o.Tick(k.o.After)
	go k.watch(stop)
}

// watch ticks until the time is over or something else happens.
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
			// By now something else may have been copied.
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

// Remaining is how long the secret will stay, 0 when there is none. A clock
// that was put back does not make it longer.
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

// ClearNow clears the clipboard if it still holds our secret. What another
// program has put there since is left alone.
func (k *Keeper) ClearNow() {
	if k.clear() {
		k.o.Tick(0)
	}
}

// ClearAtExit is ClearNow for the end of the program, when there is nobody left
// to tell. Call it while the window is still there: with it goes the clipboard,
// and on X11 a clipboard manager takes the content over at that moment.
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

// forget ends the watch, and tells whether there was one.
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
