//go:build window && linux

package wintest

import (
	"bytes"
	"errors"
	"fmt"
	"time"
)

// WaitCard waits until the window shows a card that says what went wrong. It
// is known by the red line around it, which nothing else has.
func (a *App) WaitCard() {
	a.rig.t.Helper()
	a.rig.eventually("a card that says what went wrong", func() error {
		if n := a.reds(); n < leastCard {
			return fmt.Errorf("there are %d red pixels", n)
		}
		return nil
	})
	a.Settle()
}

// WaitNoCard waits until no such card shows.
func (a *App) WaitNoCard() {
	a.rig.t.Helper()
	a.rig.eventually("the card that says what went wrong to go", func() error {
		if n := a.reds(); n >= leastCard {
			return fmt.Errorf("there are %d red pixels", n)
		}
		return nil
	})
	a.Settle()
}

// leastCard is fewer pixels than the line around a card has, and more than a
// word in the same colour.
const leastCard = 700

// WaitGood waits until the window says that something went well, in the green
// of such words (in the light appearance).
func (a *App) WaitGood() {
	a.rig.t.Helper()
	a.rig.eventually("words that say that it went well", func() error {
		n := a.count(func(red, green, blue int) bool { return green-red >= 0x40 && green-blue >= 0x20 && green >= 0x60 })
		if n < leastWords {
			return fmt.Errorf("there are %d green pixels", n)
		}
		return nil
	})
}

// leastWords is fewer pixels than a sentence in bold has, and more than a pill.
const leastWords = 600

// reds counts the window's pixels that are rather red, light or dark.
func (a *App) reds() int {
	return a.count(func(red, green, blue int) bool {
		return red-green >= 0x40 && green-blue < 0x18 && blue-green < 0x18
	})
}

// count counts the window's pixels that are as wanted.
func (a *App) count(wanted func(red, green, blue int) bool) (n int) {
	ids := a.windows()
	if len(ids) == 0 {
		return 0
	}
	said, err := a.rig.tryRaw("import", "-silent", "-window", ids[len(ids)-1], "-depth", "8", "rgb:-")
	if err != nil {
		return 0
	}
	for i := 0; i+3 <= len(said); i += 3 {
		if wanted(int(said[i]), int(said[i+1]), int(said[i+2])) {
			n++
		}
	}
	return n
}

// Settle waits until the window's picture has stopped changing: nothing slides,
// loads or blinks any more. A clock that ticks does not keep it waiting. It is
// for pictures: on a busy machine a window can be still because it is late.
func (a *App) Settle() {
	a.rig.t.Helper()
	var last []byte
	same := 0
	for end := time.Now().Add(4 * time.Second); same < 2 && time.Now().Before(end); time.Sleep(80 * time.Millisecond) {
		now, err := a.pixels()
		if err != nil {
			if len(a.windows()) > 0 {
				a.rig.t.Fatal(err)
			}
			return // the window has just closed
		}
		if closeTo(last, now) {
			same++
		} else {
			same = 0
		}
		last = now
	}
}

// pixels is the window in grey.
func (a *App) pixels() ([]byte, error) {
	ids := a.windows()
	if len(ids) == 0 {
		return nil, errors.New("no window")
	}
	said, err := a.rig.tryRaw("import", "-silent", "-window", ids[len(ids)-1], "-colorspace", "Gray", "-depth", "8", "gray:-")
	return []byte(said), err
}

// closeTo tells whether two pictures differ in less than one pixel of two hundred.
func closeTo(a, b []byte) bool {
	if len(a) == 0 || len(a) != len(b) {
		return false
	}
	if bytes.Equal(a, b) {
		return true
	}
	differ := 0
	for i := range a {
		if a[i] != b[i] {
			differ++
		}
	}
	return differ*200 < len(a)
}

// WaitChange does something and waits until the window looks different by it.
func (a *App) WaitChange(do func()) {
	a.rig.t.Helper()
	a.Window()
	before, err := a.pixels()
	if err != nil {
		a.rig.t.Fatal(err)
	}
	do()
	a.rig.Eventually("the window to change", func() bool {
		now, err := a.pixels()
		return err == nil && !closeTo(before, now)
	})
	a.Settle()
}

// Shot takes a picture of the program's window once it is still.
func (a *App) Shot(name string) {
	a.rig.t.Helper()
	a.ShotTo(a.rig.nextShot(name))
}

// ShotTo takes a picture of the program's window once it is still, under an exact
// path. A window that was not painted yet is still too, and all of one colour.
func (a *App) ShotTo(path string) {
	a.rig.t.Helper()
	a.rig.Eventually("something in the window", func() bool {
		now, err := a.pixels()
		return err == nil && len(now) > 0 && bytes.Count(now, now[:1]) < len(now)
	})
	a.Settle()
	a.rig.picture(a.Window(), path)
}
