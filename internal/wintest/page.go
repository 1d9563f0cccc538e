//go:build window && linux

package wintest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/chromedp/chromedp"
)

// Eval runs JavaScript in the page and returns its value.
func (b *Browser) Eval(js string) any {
	b.rig.t.Helper()
	v, err := inFront[any](b, js)
	if err != nil {
		b.rig.t.Fatalf("in the page: %v", err)
	}
	return v
}

// WaitFor waits until a JavaScript expression is true in the page.
func (b *Browser) WaitFor(js string) {
	b.rig.t.Helper()
	b.rig.eventually(js+" in the page", func() error {
		v, err := inFront[any](b, js)
		if err == nil && v != true {
			err = fmt.Errorf("it is %v", v)
		}
		return err
	})
}

// Text is what the page says.
func (b *Browser) Text() string {
	b.rig.t.Helper()
	s, _ := b.Eval("document.body.innerText").(string)
	return s
}

// Click presses the mouse on the element that a CSS selector finds, where it is
// on the screen. It waits until the element is there and the mouse is over it.
func (b *Browser) Click(selector string) {
	b.rig.t.Helper()
	b.Front()
	b.hover(selector)
	b.rig.run("xdotool", "click", "1")
}

// hover puts the mouse on an element, and waits until the page says that it is there.
func (b *Browser) hover(selector string) {
	b.rig.t.Helper()
	element := "document.querySelector(" + quoted(selector) + ")"
	aside := 0
	b.rig.eventually("the mouse to be on the page's "+selector, func() error {
		if over, err := inFront[bool](b, "!!"+element+"?.matches(':hover')"); err != nil || over {
			return err
		}
		// Chromium has no frame of its own below and beside the page, only its bars above it.
		place, err := inFront[[]float64](b, `(() => {
			const e = `+element+`;
			if (!e || e.disabled) return [];
			e.scrollIntoView({block: "center", behavior: "instant"});
			const r = e.getBoundingClientRect();
			return [screenX + (outerWidth - innerWidth) / 2 + r.x + r.width / 2, screenY + outerHeight - innerHeight + r.y + r.height / 2];
		})()`)
		if err == nil && len(place) != 2 {
			err = errors.New("it is not there, or disabled")
		}
		if err != nil {
			return err
		}
		aside = 1 - aside // a mouse that is there already does not move, and the page is not told
		if _, err := b.rig.try("xdotool", "mousemove", strconv.Itoa(int(place[0])+aside), strconv.Itoa(int(place[1]))); err != nil {
			return err
		}
		return errors.New("the page has not noticed it")
	})
}

// KeyIn presses keys in an element of the page, after a click on it and once it has the keyboard.
func (b *Browser) KeyIn(selector string, keys ...string) {
	b.rig.t.Helper()
	b.Click(selector)
	b.WaitFor("document.hasFocus() && document.activeElement === document.querySelector(" + quoted(selector) + ")")
	b.key(keys...)
}

// Allow does on the permission page what a seller does there, and returns the
// address that it leads to.
func (b *Browser) Allow() (address string) {
	b.rig.t.Helper()
	b.Click("#agree")
	b.WaitFor(`document.querySelector("#agree").checked`)
	b.Click("#confirm")
	return b.WaitURL("spapi_oauth_code=")
}

// Go leads the browser to an address.
func (b *Browser) Go(url string) {
	b.rig.t.Helper()
	b.Eval("location.href = " + quoted(url))
}

// CopyAddress copies what is in the address bar, by keyboard: Ctrl+L, Ctrl+C.
// The keyboard stays in the address bar.
func (b *Browser) CopyAddress() string {
	b.rig.t.Helper()
	want := b.URL()
	b.rig.SetClipboard("nothing copied yet")
	b.rig.eventually("the address to be copied", func() error {
		b.key("ctrl+l", "ctrl+a", "ctrl+c")
		if got := b.rig.Clipboard(); got != want {
			return fmt.Errorf("copied %d characters, not the address", len(got))
		}
		return nil
	})
	return want
}

// quoted is a text as JavaScript writes it.
func quoted(s string) string {
	js, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always encodes
	}
	return string(js)
}

// Resize gives the page in front the size of another device's screen.
func (b *Browser) Resize(width, height int64) {
	b.rig.t.Helper()
	t, err := b.front()
	if err != nil {
		b.rig.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(b.pages[t.TargetID], patience)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.EmulateViewport(width, height)); err != nil {
		b.rig.t.Fatal(err)
	}
}
