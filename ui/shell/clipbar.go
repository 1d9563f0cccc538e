package shell

import (
	"time"

	"github.com/sellerkey/sellerkey/internal/clip"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// Copy puts a value on the clipboard. A secret is taken off again after a
// minute, and the strip at the window's foot says so.
func (w *Window) Copy(value string, secret bool) {
	if secret {
		w.signals.Do(w.endOnSignals)
	}
	w.keeper.Copy(value, secret)
}

// ClearClipboard takes a secret off the clipboard, if it is still ours.
func (w *Window) ClearClipboard() { w.keeper.ClearNow() }

// Copied calls gone when the value that was just copied leaves the clipboard: it
// is cleared, or something else is copied.
func (w *Window) Copied(gone func()) {
	w.forgetCopy() // only one value is on the clipboard
	w.uncopied = gone
}

// CopyButton does what copies something, and then says so.
func (w *Window) CopyButton(kind kit.ButtonKind, label string, copy func()) *kit.Button {
	b := kit.NewButton(w.Keys, kind, w.Words.T(label), nil)
	b.OnPress = func() {
		copy()
		w.Copied(func() { b.SetLabel("", w.Words.T(label)) })
		b.SetLabel("✓", w.Words.T("button.copied"))
	}
	return b
}

// forgetCopy takes back what says that something was copied.
func (w *Window) forgetCopy() {
	if w.uncopied != nil {
		w.uncopied()
	}
	w.uncopied = nil
}

func newClipBar(w *Window) *clipBar {
	b := &clipBar{w: w, text: kit.Text("", kit.Small.In(kit.ColorOnTint)), left: kit.NewGauge()}
	b.clear = kit.NewButton(w.Keys, kit.Plain, "", w.ClearClipboard)
	b.object = kit.Column(0, b.left, w.Strip(kit.ColorTint, kit.Margin, 1, kit.Row(0, b.text, b.clear)))
	b.object.Hide()
	return b
}

// speak follows a change of language, and of what Enter and Esc do.
func (b *clipBar) speak() {
	b.clear.Keys = b.w.Keys
	b.clear.SetLabel("", b.w.Words.T("clip.clear_now"))
	if b.object.Visible() {
		b.count(b.w.keeper.Remaining())
	}
}

func (b *clipBar) count(left time.Duration) {
	left = Calmly(left)
	b.text.SetText(b.w.Words.T("clip.countdown", "Time", b.w.Words.Clock(left)))
	b.left.Set(float32(left) / float32(clip.Stay))
}

// tick is called by the clipboard keeper about once a second while a secret is
// on the clipboard, and with 0 when it is gone. Only the strip's text repaints,
// but for the moments in which it comes and goes.
func (b *clipBar) tick(left time.Duration) {
	shown := left > 0
	if !shown && b.object.Visible() {
		b.w.forgetCopy()
		if b.w.Cleared != nil {
			b.w.Cleared()
		}
	}
	if shown {
		b.count(left)
	}
	if shown == b.object.Visible() {
		return
	}
	if shown {
		b.object.Show()
	} else {
		b.object.Hide()
	}
	if b.w.frame != nil {
		b.w.frame.Refresh()
	}
}
