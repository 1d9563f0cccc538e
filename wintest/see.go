//go:build window && linux

package wintest

import (
	"fmt"
	"os"
	"path/filepath"
)

// Colours of the light appearance that mean something by themselves.
const (
	colourWrong = 0xa52a2a // the line around a card that says what went wrong
)

// WaitCard waits until the window shows a card that says what went wrong. The
// program has to be in its light appearance: see [Rig.Settings].
func (a *App) WaitCard() {
	a.rig.t.Helper()
	a.rig.eventually("a card that says what went wrong", func() error {
		if n := a.count(colourWrong); n < leastCard {
			return fmt.Errorf("there are %d pixels of its colour", n)
		}
		return nil
	})
	a.Settle()
}

// WaitNoCard waits until no such card shows.
func (a *App) WaitNoCard() {
	a.rig.t.Helper()
	a.rig.eventually("the card that says what went wrong to go", func() error {
		if n := a.count(colourWrong); n >= leastCard {
			return fmt.Errorf("there are %d pixels of its colour", n)
		}
		return nil
	})
	a.Settle()
}

// leastCard is fewer pixels than the line around a card has, and more than a
// word in the same colour.
const leastCard = 700

// count counts the window's pixels of exactly this colour.
func (a *App) count(rgb uint32) (n int) {
	ids := a.windows()
	if len(ids) == 0 {
		return 0
	}
	said, err := a.rig.tryRaw("import", "-silent", "-window", ids[len(ids)-1], "-depth", "8", "rgb:-")
	if err != nil {
		return 0
	}
	for i := 0; i+3 <= len(said); i += 3 {
		if uint32(said[i])<<16|uint32(said[i+1])<<8|uint32(said[i+2]) == rgb {
			n++
		}
	}
	return n
}

// Settings writes the program's settings before it starts: {"appearance":"light"}.
// dir is the program's folder for files, "" for the usual one.
func (r *Rig) Settings(dir, json string) {
	r.t.Helper()
	if dir == "" {
		dir = filepath.Join(r.Home, ".config/SellerKey")
	}
	r.write(filepath.Join(dir, "settings.json"), 0o600, json)
}

// StopKeychain takes the Secret Service off the bus, as if there were none.
func (r *Rig) StopKeychain() {
	r.t.Helper()
	if r.keychain == nil {
		return
	}
	_ = r.keychain.Kill()
	r.keychain = nil
	r.Eventually("the keychain to be gone", func() bool {
		_, err := r.try("secret-tool", "search", "--all", "rig", "probe")
		return err != nil
	})
}

// Exists tells whether the person's home directory holds this file.
func (r *Rig) Exists(path string) bool {
	_, err := os.Stat(filepath.Join(r.Home, path))
	return err == nil
}
