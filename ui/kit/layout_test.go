package kit

import (
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// window lays content out in a window of a size.
func window(t *testing.T, size fyne.Size, content fyne.CanvasObject) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(NewTheme(Light, TextNormal, nil))
	w := app.NewWindow("")
	w.SetPadded(false)
	w.SetContent(content)
	w.Resize(size)
}

// TestPageShowsThatThereIsMore: an arrow below the page shows until its end is in
// sight, and nothing moves when it goes.
func TestPageShowsThatThereIsMore(t *testing.T) {
	for _, c := range []struct {
		lines int
		more  bool
	}{{3, false}, {60, true}} {
		p := NewPage(Text(strings.Repeat("line\n", c.lines), Body))
		window(t, fyne.NewSize(400, 400), p)
		if p.HasMore() != c.more || p.more.Hidden == c.more {
			t.Errorf("%d lines: there is more %v, the arrow is hidden %v", c.lines, p.HasMore(), p.more.Hidden)
		}
		before := p.scroll.Size()
		p.Scroll(1e4)
		if p.HasMore() || !p.more.Hidden || p.scroll.Size() != before {
			t.Errorf("%d lines, at the end: there is more %v, the arrow is hidden %v, the page %v high", c.lines, p.HasMore(), p.more.Hidden, p.scroll.Size())
		}
		p.Scroll(-1e4)
		if p.more.Hidden == c.more {
			t.Errorf("%d lines, back at the top: the arrow is hidden %v", c.lines, p.more.Hidden)
		}
	}
}

// TestPlainButtonsLineUp: the label of a plain button, not its invisible face,
// lines up with the text above it, at the left of each line and at the right end.
func TestPlainButtonsLineUp(t *testing.T) {
	k := &Keys{}
	plain := func() *Button { return NewButton(k, Plain, "a plain button", nil) }
	first, second, third, last := plain(), plain(), NewButton(k, Secondary, "another button", nil), plain()
	right := plain()
	window(t, fyne.NewSize(200, 400), Column(10,
		Row(0, Text("text", Body), right), Flow(first, second), Flow(third, last)))
	for i, c := range []struct {
		b    *Button
		want float32
	}{{first, -PlainInset}, {second, -PlainInset}, {third, 0}} {
		if got := c.b.Position().X; got != c.want {
			t.Errorf("button %d is at %v, not at %v", i, got, c.want)
		}
	}
	if got := right.Position().X + right.Size().Width; got != 200+PlainInset {
		t.Errorf("the button at the end ends at %v", got)
	}
}

// TestLimitedIsCentered: in a wide window content is in the middle.
func TestLimitedIsCentered(t *testing.T) {
	text := Text("text", Body)
	window(t, fyne.NewSize(1000, 400), Limited(720, text))
	if text.Position().X != 140 || text.Size().Width != 720 {
		t.Errorf("it is %v wide, at %v", text.Size().Width, text.Position().X)
	}
	window(t, fyne.NewSize(600, 400), Limited(720, text))
	if text.Position().X != 0 || text.Size().Width != 600 {
		t.Errorf("in a narrow window it is %v wide, at %v", text.Size().Width, text.Position().X)
	}
}

// TestPressShowsAtOnce: a button looks pressed before it acts.
func TestPressShowsAtOnce(t *testing.T) {
	for _, kind := range []ButtonKind{Primary, Tonal, Secondary, Plain} {
		acted := false
		b := NewButton(&Keys{}, kind, "a button", func() { acted = true })
		window(t, fyne.NewSize(200, 100), b)
		rest := b.face()
		b.MouseDown(nil)
		if b.face() == rest || acted {
			t.Errorf("kind %d: pressed it is %q, acted %v", kind, b.face(), acted)
		}
		b.MouseUp(nil)
		if b.face() != rest {
			t.Errorf("kind %d: it stays %q", kind, b.face())
		}
	}
}

// TestBoxesAreSeen: the outline of a check box differs from what is around it
// (WCAG 2.2, 1.4.11), in light and dark.
func TestBoxesAreSeen(t *testing.T) {
	app := test.NewTempApp(t)
	for _, look := range []Appearance{Light, Dark} {
		app.Settings().SetTheme(NewTheme(look, TextNormal, nil))
		w := app.NewWindow("")
		w.SetContent(NewCheck(&Keys{}, "", false, nil))
		w.Resize(fyne.NewSize(100, 60))
		picture := w.Canvas().Capture()
		around := color.NRGBAModel.Convert(picture.At(0, 0)).(color.NRGBA)
		var most float64
		for x := range 50 {
			for y := range 60 {
				most = max(most, contrast(color.NRGBAModel.Convert(picture.At(x, y)).(color.NRGBA), around))
			}
		}
		if most < 3 {
			t.Errorf("%s: the box has a contrast of %.2f", look, most)
		}
	}
}
