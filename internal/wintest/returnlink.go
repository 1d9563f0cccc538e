//go:build window && linux

package wintest

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// ComeBack presses the page's button, lets the browser open SellerKey as it asks,
// and waits for the window. The clipboard has no part in it.
func (r *Rig) ComeBack(window string, b *Browser) {
	r.t.Helper()
	const mine = "what was on the clipboard before"
	r.SetClipboard(mine)
	b.Click("#back")
	b.WaitFor("!document.hasFocus()") // the question has the keyboard, on its Cancel
	r.run("xdotool", "key", "Tab")
	next := time.Now()
	r.Eventually("the window to come to the front", func() bool {
		// Chromium takes no answer in the first moment of its question, and none that comes
		// right after another key.
		if asks, err := inFront[bool](b, "!document.hasFocus()"); err == nil && asks && time.Now().After(next) {
			next = time.Now().Add(2 * time.Second)
			_, _ = r.try("xdotool", "key", "Return")
		}
		now, err := r.try("xdotool", "getactivewindow")
		return err == nil && now == window
	})
	if now := r.Clipboard(); now != mine {
		r.t.Errorf("the clipboard has %d other characters", len(now))
	}
}

// RegisterScheme does what the packages do: a menu entry, and the list of what
// menu entries can open.
func (r *Rig) RegisterScheme() {
	r.t.Helper()
	entry, err := os.ReadFile(filepath.Join(root(r.t), "packaging", "linux", "app.sellerkey.desktop"))
	if err != nil {
		r.t.Fatal(err)
	}
	applications := filepath.Join(r.Home, ".local/share/applications")
	exec := strings.Replace(string(entry), "Exec=sellerkey %u", "Exec="+r.Binary()+" %u", 1)
	r.write(filepath.Join(applications, "app.sellerkey.desktop"), 0o600, exec)
	r.run("update-desktop-database", applications)
}
