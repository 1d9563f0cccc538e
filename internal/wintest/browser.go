//go:build window && linux

package wintest

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/net/websocket"
)

// Chromium is the path of a Chromium that takes the machine's home directory.
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
	// Nothing but this machine can be reached: a test that opens a real address must not arrive there.
	r.write(script, 0o700, fmt.Sprintf(`#!/bin/sh
echo "$@" >>%[1]q
exec %[2]q --user-data-dir=%[3]q --remote-debugging-port=0 '--remote-allow-origins=*' \
	--no-sandbox --disable-gpu --disable-quic --disable-dev-shm-usage \
	--no-first-run --no-default-browser-check --disable-background-networking --disable-component-update \
	--disable-sync --disable-default-apps --disable-extensions --disable-breakpad --metrics-recording-only \
	--disable-session-crashed-bubble --hide-crash-restore-bubble --noerrdialogs --password-store=basic \
	--disable-features=MediaRouter,OptimizationHints --no-proxy-server --test-type \
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost' \
	--window-position=40,30 --window-size=1100,780 --lang=%[4]s --accept-lang=%[4]s "$@" >>%[5]q 2>&1
`, filepath.Join(r.dir, "opened"), r.Chromium(), r.profile(), r.opts.Lang, filepath.Join(r.dir, "chromium.log")))
	// Chromium's own words are English here, whatever the page's are; it shall not offer to translate.
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

// Opened lists the addresses that the program has had opened, one by one.
func (r *Rig) Opened() []string {
	data, _ := os.ReadFile(filepath.Join(r.dir, "opened"))
	return strings.FieldsFunc(string(data), func(c rune) bool { return c == '\n' })
}

// Browser is the person's browser, once something has opened it.
type Browser struct {
	rig  *Rig
	base string

	conn *websocket.Conn
	page string // the page that conn speaks to
	id   int
}

// Browser waits until the browser has been opened, by the program or by [Rig.Open].
func (r *Rig) Browser() *Browser {
	r.t.Helper()
	if r.browser != nil {
		return r.browser
	}
	b := &Browser{rig: r}
	r.eventually("the browser", func() error {
		data, err := os.ReadFile(filepath.Join(r.profile(), "DevToolsActivePort"))
		if err != nil {
			return err
		}
		port, _, _ := strings.Cut(string(data), "\n")
		b.base = "http://127.0.0.1:" + port
		_, err = b.target()
		return err
	})
	r.browser = b
	return b
}

// Open opens an address the way the program does.
func (r *Rig) Open(url string) *Browser {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	c := r.Command(ctx, "xdg-open", url)
	c.SysProcAttr = nil // the browser outlives xdg-open
	if err := c.Start(); err != nil {
		r.t.Fatal(err)
	}
	go func() { defer cancel(); _ = c.Wait() }()
	return r.Browser()
}

type target struct {
	ID, Type, URL, Title string
	WebSocketDebuggerURL string `json:"webSocketDebuggerUrl"`
}

// target is the page that is in front: Chromium lists the one used last first.
func (b *Browser) target() (target, error) {
	all, err := b.targets()
	if err == nil && len(all) == 0 {
		err = errors.New("the browser shows no page")
	}
	if err != nil {
		return target{}, err
	}
	return all[0], nil
}

// targets are the open pages.
func (b *Browser) targets() (pages []target, err error) {
	client := http.Client{Timeout: 5 * time.Second}
	resp, err := client.Get(b.base + "/json/list")
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var all []target
	if err := json.NewDecoder(resp.Body).Decode(&all); err != nil {
		return nil, err
	}
	for _, t := range all {
		if t.Type == "page" && !strings.HasPrefix(t.URL, "devtools://") {
			pages = append(pages, t)
		}
	}
	return pages, nil
}

// Opens does something that opens one more page, and waits until that page has
// loaded and the browser is in front, where it puts itself sooner or later: keys
// that are meant for another window would go to it.
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

func (b *Browser) url() (string, error) {
	t, err := b.target()
	return t.URL, err
}

// URL is the address of the page, also of one that could not be reached.
func (b *Browser) URL() string {
	b.rig.t.Helper()
	url, err := b.url()
	if err != nil {
		b.rig.t.Fatal(err)
	}
	return url
}

// WaitURL waits until the address contains the text and the page has loaded, and returns the address.
func (b *Browser) WaitURL(part string) string {
	b.rig.t.Helper()
	var url string
	b.rig.eventually(fmt.Sprintf("the browser to be at %q", part), func() (err error) {
		if url, err = b.url(); err == nil && !strings.Contains(url, part) {
			err = fmt.Errorf("it is at %s", url)
		}
		if err != nil {
			return err
		}
		// Until the answer comes, the address is there and the page is still the empty one.
		state, err := b.eval(`location.href === "about:blank" ? "still empty" : document.readyState`)
		if err == nil && state != "complete" {
			err = fmt.Errorf("the page is %v", state)
		}
		return err
	})
	return url
}

// call says something to the page by Chromium's debugging protocol.
func (b *Browser) call(method string, params, result any) error {
	t, err := b.target()
	if err != nil {
		return err
	}
	if b.conn == nil || b.page != t.ID {
		b.close()
		if b.conn, err = websocket.Dial(t.WebSocketDebuggerURL, "", b.base); err != nil {
			return err
		}
		b.conn.MaxPayloadBytes = 64 << 20
		b.page = t.ID
	}
	b.id++
	_ = b.conn.SetDeadline(time.Now().Add(20 * time.Second))
	if err := websocket.JSON.Send(b.conn, map[string]any{"id": b.id, "method": method, "params": params}); err != nil {
		b.close()
		return err
	}
	for {
		var answer struct {
			ID     int
			Result json.RawMessage
			Error  *struct{ Message string }
		}
		if err := websocket.JSON.Receive(b.conn, &answer); err != nil {
			b.close()
			return err
		}
		switch {
		case answer.ID != b.id: // an event, or the answer to a call that was given up
		case answer.Error != nil:
			return errors.New(answer.Error.Message)
		case result == nil:
			return nil
		default:
			return json.Unmarshal(answer.Result, result)
		}
	}
}

func (b *Browser) close() {
	if b.conn != nil {
		_ = b.conn.Close()
		b.conn = nil
	}
}

func (b *Browser) eval(js string) (any, error) {
	var answer struct {
		Result           struct{ Value any }
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description string }
		}
	}
	err := b.call("Runtime.evaluate", map[string]any{"expression": js, "returnByValue": true, "awaitPromise": true, "userGesture": true}, &answer)
	if err == nil && answer.ExceptionDetails != nil {
		err = fmt.Errorf("%s: %s", answer.ExceptionDetails.Text, answer.ExceptionDetails.Exception.Description)
	}
	return answer.Result.Value, err
}

// Eval runs JavaScript in the page and returns its value.
func (b *Browser) Eval(js string) any {
	b.rig.t.Helper()
	v, err := b.eval(js)
	if err != nil {
		b.rig.t.Fatalf("in the page: %v", err)
	}
	return v
}

// WaitFor waits until a JavaScript expression is true in the page.
func (b *Browser) WaitFor(js string) {
	b.rig.t.Helper()
	b.rig.eventually(js+" in the page", func() error {
		v, err := b.eval(js)
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
// on the screen. An element that is not there, or lies under another one, is waited for.
func (b *Browser) Click(selector string) {
	b.rig.t.Helper()
	quoted, err := json.Marshal(selector)
	if err != nil {
		b.rig.t.Fatal(err)
	}
	b.rig.eventually("the page's "+selector, func() error {
		v, err := b.eval(`(() => {
			const e = document.querySelector(` + string(quoted) + `);
			if (!e) return "not there";
			e.scrollIntoView({block: "center", behavior: "instant"});
			const r = e.getBoundingClientRect();
			if (!r.width || !r.height) return "not to be seen";
			if (e.disabled) return "disabled";
			const x = r.x + r.width / 2, y = r.y + r.height / 2, hit = document.elementFromPoint(x, y);
			if (hit !== e && !e.contains(hit) && !(hit && hit.contains(e))) return "covered";
			return [x, y];
		})()`)
		if err != nil {
			return err
		}
		place, ok := v.([]any)
		if !ok {
			return fmt.Errorf("it is %v", v)
		}
		for _, kind := range []string{"mouseMoved", "mousePressed", "mouseReleased"} {
			event := map[string]any{"type": kind, "x": place[0], "y": place[1]}
			if kind != "mouseMoved" {
				event["button"], event["clickCount"] = "left", 1
			}
			if err := b.call("Input.dispatchMouseEvent", event, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// Allow does on the permission page what a seller does there, and returns the
// address that it leads to.
func (b *Browser) Allow() (address string) {
	b.rig.t.Helper()
	b.Click("#agree")
	b.Click("#confirm")
	return b.WaitURL("spapi_oauth_code=")
}

// Go leads the browser to an address.
func (b *Browser) Go(url string) {
	b.rig.t.Helper()
	if err := b.call("Page.navigate", map[string]any{"url": url}, nil); err != nil {
		b.rig.t.Fatal(err)
	}
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

// Key presses keys in the browser's window.
func (b *Browser) Key(keys ...string) {
	b.rig.t.Helper()
	b.Front()
	for _, k := range keys {
		b.rig.run("xdotool", "key", "--clearmodifiers", k)
		time.Sleep(80 * time.Millisecond)
	}
}

// CopyAddress copies what stands in the address bar, by keyboard: Ctrl+L, Ctrl+C.
func (b *Browser) CopyAddress() string {
	b.rig.t.Helper()
	want := b.URL()
	b.rig.SetClipboard("nothing copied yet")
	var got string
	b.rig.eventually("the address to be copied", func() error {
		b.Key("ctrl+l", "ctrl+a", "ctrl+c")
		if got = b.rig.Clipboard(); got != want {
			return fmt.Errorf("copied %d characters, not the address", len(got))
		}
		return nil
	})
	b.Key("Escape")
	return got
}

// Screenshot saves a picture of the browser's whole window, address bar included.
func (b *Browser) Screenshot(name string) {
	b.rig.t.Helper()
	b.Front()
	time.Sleep(300 * time.Millisecond)
	id, err := b.window()
	if err != nil {
		b.rig.t.Fatal(err)
	}
	b.rig.picture(id, b.rig.nextShot(name))
}

// ScreenshotPage saves a picture of the page alone, under an exact path.
func (b *Browser) ScreenshotPage(path string) {
	b.rig.t.Helper()
	var answer struct{ Data string }
	if err := b.call("Page.captureScreenshot", map[string]any{"format": "png"}, &answer); err != nil {
		b.rig.t.Fatal(err)
	}
	data, err := base64.StdEncoding.DecodeString(answer.Data)
	if err != nil {
		b.rig.t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		b.rig.t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		b.rig.t.Fatal(err)
	}
}

// Quit closes the browser.
func (b *Browser) Quit() {
	b.rig.t.Helper()
	_ = b.call("Browser.close", map[string]any{}, nil) // it may be gone before it answers
	b.close()
	b.rig.browser = nil
	b.rig.Eventually("the browser to be gone", func() bool {
		_, err := b.targets()
		return err != nil
	})
	if err := os.Remove(filepath.Join(b.rig.profile(), "DevToolsActivePort")); err != nil && !os.IsNotExist(err) {
		b.rig.t.Fatal(err)
	}
}
