package shell

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver"

	"github.com/sellerkey/sellerkey/internal/clip"
	"github.com/sellerkey/sellerkey/internal/native"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// New makes the window; [Window.Run] shows it. Before that, the first screen
// must be given to [Window.Show].
func New(c Config) (*Window, error) {
	w := &Window{
		Config: c, now: &Screen{}, Keys: &kit.Keys{}, clicks: &kit.Clicks{Now: c.Now},
		over: map[fyne.CanvasObject]*overlay{}, clock: make(chan time.Duration, 1),
	}
	w.running, w.stop = context.WithCancel(context.Background())
	if err := w.speak(w.Settings.Lang); err != nil {
		return nil, err
	}
	c.App.Settings().SetTheme(w.look())
	w.Win = c.App.NewWindow(w.Words.T("app.name"))
	w.Win.SetMaster()
	w.Win.SetPadded(false)
	w.Win.Resize(w.Settings.windowSize(c.Desktop.Width, c.Desktop.Height))
	w.clipBar = newClipBar(w)
	w.keeper = clip.New(c.Clipboard, clip.Options{Now: c.Now, Do: fyne.Do, Tick: w.clipBar.tick})
	w.body = container.NewStack()
	w.Win.SetContent(w.body)
	w.Win.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) {
		if k := w.topKeys(); !k.Typed(e) {
			k.Scrolls(e)
		}
	})
	w.Win.Canvas().AddShortcut(&fyne.ShortcutPaste{Clipboard: c.App.Clipboard()}, func(fyne.Shortcut) { w.Paste() })
	kit.AddCopyShortcut(w.Win.Canvas())
	c.App.Lifecycle().SetOnEnteredForeground(func() {
		if w.now.Returned != nil {
			w.now.Returned()
		}
		w.Tick() // a computer that slept did not count
	})
	c.App.Lifecycle().SetOnExitedForeground(func() {
		if w.now.Left != nil {
			w.now.Left()
		}
	})
	w.Win.SetOnDropped(func(_ fyne.Position, files []fyne.URI) {
		if len(files) > 0 {
			w.Dropped(files[0].Path())
		}
	})
	w.Win.SetCloseIntercept(w.AskClose)
	return w, nil
}

// Run shows the window and returns when it is closed.
func (w *Window) Run() {
	go w.tick(w.running)
	ended := make(chan struct{})
	go w.watchEnd(ended)
	w.Win.ShowAndRun()
	close(ended)
	w.Stop()
}

// Stop ends the work in the background and waits for it: what is being saved is
// saved to its end, requests break off. Then it does what [Window.AtEnd] added.
func (w *Window) Stop() {
	w.stop()
	w.Wait()
	for _, do := range w.atEnd {
		do()
	}
}

// AtEnd adds what the program still has to do once the window is closed and its work
// is over. Call it on the window's goroutine.
func (w *Window) AtEnd(do func()) { w.atEnd = append(w.atEnd, do) }

// Wait waits for the work in the background.
func (w *Window) Wait() { w.work.Wait() }

// toolkitEnds is how long Fyne may take to end after the window was closed.
const toolkitEnds = 3 * time.Second

// watchEnd ends the program when Fyne does not. Once in some thousand times on a
// busy machine it waits for ever, for a function that it queued for its main
// loop just after the loop had looked at the queue for the last time (v2.8.1,
// runGL and runOnMainWithWait in internal/driver/glfw/loop.go). The program
// would stay, without a window, and later starts would wait for it in vain.
func (w *Window) watchEnd(ended <-chan struct{}) {
	<-w.running.Done()
	select {
	case <-ended:
		return
	case <-time.After(toolkitEnds):
	}
	w.Log.Warn("the toolkit does not end after the window was closed")
	w.Stop()
	w.Exit()
}

// AskClose closes the window, after [Config.BeforeClose].
func (w *Window) AskClose() { w.BeforeClose(w.Close) }

// Close closes the window without asking.
func (w *Window) Close() {
	w.keeper.ClearAtExit()
	w.Settings.Width, w.Settings.Height = w.Win.Canvas().Size().Width, w.Win.Canvas().Size().Height
	w.SaveSettings()
	if w.beside != nil {
		w.beside.Close()
	}
	w.stop()
	w.Win.Close()
}

// comesSoon is how long a window may take to answer before another start believes
// that it will come.
const comesSoon = 400 * time.Millisecond

// Handle is what the system calls the window, for windows that belong to it; 0
// where it has no such name.
func (w *Window) Handle() (handle uintptr) {
	if n, ok := w.Win.(driver.NativeWindow); ok {
		n.RunNative(func(context any) {
			switch c := context.(type) {
			case driver.X11WindowContext:
				handle = c.WindowHandle
			case driver.WindowsWindowContext:
				handle = c.HWND
			}
		})
	}
	return handle
}

// ComeForward brings the window to the front and then calls then. It reports
// whether the person will see that: false once the window is closing. A busy
// window is believed to come. It may be called from any goroutine but that of
// the window.
func (w *Window) ComeForward(then func()) bool {
	seen := make(chan bool, 1)
	fyne.Do(func() {
		if w.running.Err() != nil {
			seen <- false
			return
		}
		if n, ok := w.Win.(driver.NativeWindow); ok {
			n.RunNative(func(context any) {
				if c, ok := context.(driver.WindowsWindowContext); ok {
					native.Restore(c.HWND)
				}
			})
		}
		w.Win.RequestFocus()
		then()
		seen <- true
	})
	select {
	case ok := <-seen:
		return ok
	case <-w.running.Done():
		// The window may have answered just before.
		select {
		case ok := <-seen:
			return ok
		default:
			return false
		}
	case <-time.After(comesSoon):
		return true
	}
}

// Paste is Ctrl+V where no field has the keyboard.
func (w *Window) Paste() {
	if w.now.Paste != nil && w.Win.Canvas().Overlays().Top() == nil {
		w.Keys.Used()
		w.now.Paste()
	}
}
