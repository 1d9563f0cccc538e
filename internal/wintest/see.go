//go:build window && linux

package wintest

import (
	"fmt"
	"os"
	"path/filepath"
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

// reds counts the window's pixels that are rather red, light or dark.
func (a *App) reds() (n int) {
	ids := a.windows()
	if len(ids) == 0 {
		return 0
	}
	said, err := a.rig.tryRaw("import", "-silent", "-window", ids[len(ids)-1], "-depth", "8", "rgb:-")
	if err != nil {
		return 0
	}
	for i := 0; i+3 <= len(said); i += 3 {
		red, green, blue := int(said[i]), int(said[i+1]), int(said[i+2])
		if red-green >= 0x40 && green-blue < 0x18 && blue-green < 0x18 {
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
