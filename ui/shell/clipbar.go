package shell

import (
	"time"

	"github.com/sellerkey/sellerkey/internal/clip"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// forgetCopy takes back what says that something was copied.
func (w *Window) forgetCopy() {
	if w.uncopied != nil {
		w.uncopied()
	}
	w.uncopied = nil
}

func newClipBar(w *Window) *clipBar {
	b := &clipBar{w: w, text: kit.Text("", kit.Small.In(kit.ColorOnTint)), left: kit.NewGauge()}
	b.clear = kit.NewButton(w.Keys, kit.Plain, "", func() { w.keeper.ClearNow() })
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
