//go:build window && linux

package wintest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/remote"
)

// Chromium is the path of a Chromium that works with the machine's home directory.
func (r *Rig) Chromium() string {
	r.t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge-stable"} {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		if real, err := filepath.EvalSymlinks(path); err == nil && strings.Contains(real, "/snap") {
			continue // it would refuse this home directory
		}
		return path
	}
	r.t.Fatal("no Chromium: run scripts/setup test")
	return ""
}

// setUpBrowser makes a real Chromium the person's default browser, by the files
// in which desktops note such a thing. xdg-open finds it there.
func (r *Rig) setUpBrowser() {
	r.t.Helper()
	script := filepath.Join(r.dir, "browser")
	// It reaches this machine and no other: a test that opens a real address must not arrive there.
	r.write(script, 0o700, fmt.Sprintf(`#!/bin/sh
exec %q --user-data-dir=%q --remote-debugging-port=0 \
	--no-sandbox --disable-gpu --disable-quic --disable-dev-shm-usage \
	--no-first-run --no-default-browser-check --disable-background-networking --disable-component-update \
	--disable-sync --disable-default-apps --disable-extensions --disable-breakpad --metrics-recording-only \
	--disable-session-crashed-bubble --hide-crash-restore-bubble --noerrdialogs --password-store=basic \
	--disable-features=MediaRouter,OptimizationHints --no-proxy-server --test-type \
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost' \
	--window-position=40,30 --window-size=1100,780 --lang=%[3]s --accept-lang=%[3]s "$@" >>%[4]q 2>&1
`, r.Chromium(), r.profile(), r.opts.Lang, filepath.Join(r.dir, "chromium.log")))
	// Chromium's own words are English here, whatever the page's are; it must not offer to translate.
	r.write(filepath.Join(r.profile(), "Default", "Preferences"), 0o600, `{"translate":{"enabled":false}}`)
	data := filepath.Join(r.Home, ".local/share/applications")
	r.write(filepath.Join(data, "sellerkey-test-browser.desktop"), 0o600, `[Desktop Entry]
Type=Application
Name=Chromium
Exec=`+script+` %U
MimeType=text/html;x-scheme-handler/http;x-scheme-handler/https;
`)
	r.write(filepath.Join(r.Home, ".config/mimeapps.list"), 0o600, `[Default Applications]
text/html=sellerkey-test-browser.desktop
x-scheme-handler/http=sellerkey-test-browser.desktop
x-scheme-handler/https=sellerkey-test-browser.desktop
`)
}

func (r *Rig) profile() string { return filepath.Join(r.Home, "chromium") }

// portFile is where Chromium writes the port and the path of its debugging protocol.
func (r *Rig) portFile() string { return filepath.Join(r.profile(), "DevToolsActivePort") }

// Browser is the person's browser, once something has opened it. Its pages are
// read by Chromium's debugging protocol (chromedp); clicks and keys go through
// the display, as a person's do.
type Browser struct {
	rig   *Rig
	ctx   context.Context // of the browser, not of a page
	stop  context.CancelFunc
	pages map[target.ID]context.Context
}

// Browser waits until the program has opened the browser, with a page in it and in front.
func (r *Rig) Browser() *Browser {
	r.t.Helper()
	if r.browser != nil {
		return r.browser
	}
	b := &Browser{rig: r, pages: map[target.ID]context.Context{}}
	r.eventually("the browser", func() error {
		if b.ctx == nil {
			if err := b.connect(); err != nil {
				return err
			}
		}
		_, err := b.front()
		return err
	})
	r.browser = b
	b.Front() // where it puts itself sooner or later: keys for another window would go to it
	return b
}

func (b *Browser) connect() error {
	data, err := os.ReadFile(b.rig.portFile())
	if err != nil {
		return err
	}
	port, path, _ := strings.Cut(strings.TrimSpace(string(data)), "\n")
	allocator, stop := remote.NewAllocator(context.Background(), "ws://127.0.0.1:"+port+path, remote.NoModifyURL)
	ctx, _ := chromedp.NewContext(allocator)
	if _, err := chromedp.Targets(ctx); err != nil {
		stop()
		return err
	}
	b.ctx, b.stop = ctx, stop
	return nil
}

// targets are the open pages.
func (b *Browser) targets() (pages []*target.Info, err error) {
	all, err := chromedp.Targets(b.ctx)
	if err != nil {
		return nil, err
	}
	for _, t := range all {
		if t.Type == "page" && !strings.HasPrefix(t.URL, "devtools://") {
			pages = append(pages, t)
		}
	}
	return pages, nil
}

// page is the context of one page. It stays for the browser's life: what is
// canceled too early would close the page.
func (b *Browser) page(id target.ID) (context.Context, error) {
	if ctx, ok := b.pages[id]; ok && ctx.Err() == nil {
		return ctx, nil
	}
	ctx, _ := chromedp.NewContext(b.ctx, chromedp.WithTargetID(id), chromedp.WithDetachOnCancel())
	if err := chromedp.Do(ctx); err != nil {
		return nil, err
	}
	b.pages[id] = ctx
	return ctx, nil
}

// front is the page that the browser shows.
func (b *Browser) front() (*target.Info, error) {
	all, err := b.targets()
	if err != nil {
		return nil, err
	}
	for _, t := range all {
		if visible, err := evaluate[bool](b, t.TargetID, `document.visibilityState === "visible"`); err == nil && visible {
			return t, nil
		}
	}
	return nil, fmt.Errorf("none of the browser's %d pages is in front", len(all))
}

// evaluate runs JavaScript in a page.
func evaluate[T any](b *Browser, id target.ID, js string) (value T, err error) {
	page, err := b.page(id)
	if err != nil {
		return value, err
	}
	ctx, cancel := context.WithTimeout(page, patience)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[T](js))
}

// inFront runs JavaScript in the page that the browser shows.
func inFront[T any](b *Browser, js string) (value T, err error) {
	t, err := b.front()
	if err != nil {
		return value, err
	}
	return evaluate[T](b, t.TargetID, js)
}

// Opens does something that opens one more page, and waits until that page has
// loaded and the browser is in front, as in [Rig.Browser].
func (b *Browser) Opens(part string, do func()) {
	b.rig.t.Helper()
	before, err := b.targets()
	if err != nil {
		b.rig.t.Fatal(err)
	}
	do()
	b.rig.Eventually("one more page in the browser", func() bool {
		now, err := b.targets()
		return err == nil && len(now) > len(before)
	})
	b.WaitURL(part)
	b.Front()
}

// URL is the address of the page, also of one that could not be reached.
func (b *Browser) URL() string {
	b.rig.t.Helper()
	t, err := b.front()
	if err != nil {
		b.rig.t.Fatal(err)
	}
	return t.URL
}

// WaitURL waits until the address contains the text and the page has loaded, and returns the address.
func (b *Browser) WaitURL(part string) string {
	b.rig.t.Helper()
	var url string
	b.rig.eventually(fmt.Sprintf("the browser to be at %q", part), func() error {
		t, err := b.front()
		if err == nil && !strings.Contains(t.URL, part) {
			err = fmt.Errorf("it is at %s", t.URL)
		}
		if err != nil {
			return err
		}
		url = t.URL
		// Until the answer comes, the address is there and the page is still the empty one.
		state, err := evaluate[string](b, t.TargetID, `location.href === "about:blank" ? "still empty" : document.readyState`)
		if err == nil && state != "complete" {
			err = errors.New("the page is " + state)
		}
		return err
	})
	return url
}

// window is Chromium's window on the screen.
func (b *Browser) window() (string, error) {
	said, err := b.rig.try("xdotool", "search", "--onlyvisible", "--class", "[Cc]hrom|[Ee]dge")
	if err != nil {
		return "", err
	}
	ids := strings.Fields(said)
	if len(ids) == 0 {
		return "", errors.New("the browser has no window")
	}
	return ids[len(ids)-1], nil
}

// Front brings the browser's window to the front.
func (b *Browser) Front() {
	b.rig.t.Helper()
	var id string
	b.rig.eventually("the browser's window", func() (err error) {
		id, err = b.window()
		return err
	})
	b.rig.front(id)
}

// key presses keys in the browser's window, wherever in it the keyboard is.
func (b *Browser) key(keys ...string) {
	b.rig.t.Helper()
	b.Front()
	b.rig.run("xdotool", append([]string{"key", "--clearmodifiers"}, keys...)...)
}

// Screenshot saves a picture of the browser's whole window, address bar included.
func (b *Browser) Screenshot(name string) {
	b.rig.t.Helper()
	b.Front()
	id, err := b.window()
	if err != nil {
		b.rig.t.Fatal(err)
	}
	b.rig.picture(id, b.rig.nextShot(name))
}

// ScreenshotPage saves a picture of the page alone, under an exact path.
func (b *Browser) ScreenshotPage(path string) {
	b.rig.t.Helper()
	t, err := b.front()
	if err != nil {
		b.rig.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(b.pages[t.TargetID], patience)
	defer cancel()
	data, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.rig.t.Fatal(err)
	}
	b.rig.write(path, 0o644, string(data))
}

// Quit ends the browser, at once: chromedp closes only a browser that it has started itself.
func (b *Browser) Quit() {
	b.rig.t.Helper()
	b.stop()
	kill(func(_, args []byte) bool { return bytes.Contains(args, []byte("--user-data-dir="+b.rig.profile())) })
	b.rig.browser = nil
	b.rig.Eventually("the browser to be gone", func() bool {
		_, err := b.window()
		return err != nil
	})
	if err := os.Remove(b.rig.portFile()); err != nil && !os.IsNotExist(err) {
		b.rig.t.Fatal(err)
	}
}
