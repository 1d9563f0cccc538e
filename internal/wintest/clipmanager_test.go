//go:build window && linux

package wintest

import (
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
)

// TestClipboardManager: a copied token is cleared however the program ends, as
// far as a program can see its end. On X11 the toolkit gives what it has on the
// clipboard to a clipboard manager, which keeps it for good.
func TestClipboardManager(t *testing.T) {
	const lang = "en"
	r := Start(t, Options{Lang: lang})
	w := wordsOf(t, lang)
	amazon := practicetest.Start(t, practice.Options{})
	sample := amazon.Sample()
	m := startClipboardManager(t, r.Getenv("DISPLAY"))
	flags := []string{"--vault", "memory", "--consent-origin", amazon.Origin(), "--token-url", amazon.TokenURL(), "--sp-api-url", amazon.SPAPIURL()}
	for name, sig := range map[string]syscall.Signal{
		"the window is closed": 0, "SIGTERM": syscall.SIGTERM, "SIGINT": syscall.SIGINT, "SIGHUP": syscall.SIGHUP, "SIGKILL": syscall.SIGKILL,
	} {
		t.Log(name)
		a := r.Launch(append(flags, "--data-dir", t.TempDir())...)
		a.toTokens(w, sample)
		token := copyAccess(r, a)
		m.forget()
		if sig == 0 {
			a.Quit()
		} else {
			if err := syscall.Kill(a.PID(), sig); err != nil {
				t.Fatal(err)
			}
			a.WaitExit()
		}
		asked, saved := m.saved()
		if strings.Contains(saved, token) {
			t.Errorf("%s: the clipboard manager has the token", name)
		}
		if name != "SIGKILL" && asked == 0 {
			t.Errorf("%s: the manager was not asked to take anything over, so this shows nothing", name)
		}
		if r.Clipboard() == token {
			t.Errorf("%s: the token is still on the clipboard", name)
		}
	}
}

// clipboardManager takes over the clipboard of programs that end (ICCCM's
// CLIPBOARD_MANAGER and SAVE_TARGETS).
type clipboardManager struct {
	x                                           *xgb.Conn
	window                                      xproto.Window
	manager, saveTargets, clipboard, utf8, ours xproto.Atom

	mu      sync.Mutex
	asked   int
	content strings.Builder
}

func startClipboardManager(t *testing.T, display string) *clipboardManager {
	t.Helper()
	x, err := xgb.NewConnDisplay(display)
	if err != nil {
		t.Fatal(err)
	}
	m := &clipboardManager{x: x}
	atom := func(name string) xproto.Atom {
		a, err := xproto.InternAtom(x, false, uint16(len(name)), name).Reply()
		if err != nil {
			t.Fatal(err)
		}
		return a.Atom
	}
	m.manager, m.saveTargets, m.clipboard = atom("CLIPBOARD_MANAGER"), atom("SAVE_TARGETS"), atom("CLIPBOARD")
	m.utf8, m.ours = atom("UTF8_STRING"), atom("SELLERKEY_TEST")
	screen := xproto.Setup(x).DefaultScreen(x)
	if m.window, err = xproto.NewWindowId(x); err != nil {
		t.Fatal(err)
	}
	if err := xproto.CreateWindowChecked(x, screen.RootDepth, m.window, screen.Root, 0, 0, 1, 1, 0,
		xproto.WindowClassInputOutput, screen.RootVisual, 0, nil).Check(); err != nil {
		t.Fatal(err)
	}
	if err := xproto.SetSelectionOwnerChecked(x, m.window, m.manager, xproto.TimeCurrentTime).Check(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		m.serve()
	}()
	t.Cleanup(func() {
		x.Close()
		<-ended
	})
	return m
}

// serve fetches the clipboard whenever a program asks for that, and then lets it
// end.
func (m *clipboardManager) serve() {
	var ending xproto.SelectionRequestEvent
	for {
		event, err := m.x.WaitForEvent()
		if event == nil && err == nil {
			return
		}
		switch e := event.(type) {
		case xproto.SelectionRequestEvent:
			if e.Target != m.saveTargets {
				continue
			}
			ending = e
			m.mu.Lock()
			m.asked++
			m.mu.Unlock()
			xproto.ConvertSelection(m.x, m.window, m.clipboard, m.utf8, m.ours, xproto.TimeCurrentTime)
		case xproto.SelectionNotifyEvent:
			if e.Property != xproto.AtomNone {
				p, err := xproto.GetProperty(m.x, true, m.window, m.ours, xproto.GetPropertyTypeAny, 0, 1<<20).Reply()
				if err == nil {
					m.mu.Lock()
					m.content.Write(p.Value)
					m.mu.Unlock()
				}
			}
			done := xproto.SelectionNotifyEvent{
				Time: ending.Time, Requestor: ending.Requestor, Selection: ending.Selection, Target: ending.Target, Property: ending.Property,
			}
			xproto.SendEvent(m.x, false, ending.Requestor, xproto.EventMaskNoEvent, string(done.Bytes()))
		}
	}
}

// saved is how often the manager was asked, and all that it was given.
func (m *clipboardManager) saved() (asked int, content string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.asked, m.content.String()
}

func (m *clipboardManager) forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.asked = 0
	m.content.Reset()
}
