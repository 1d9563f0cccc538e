package shell

import "github.com/sellerkey/sellerkey/ui/kit"

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
