// Package shell is the window around a screen: the frame, the keyboard,
// questions and menus, the clock, the help panel, the strip about the clipboard,
// and the settings. It shows [Screen] values and knows none of them by name.
//
//   - run.go opens and closes the window; window.go says what it consists of;
//   - screen.go says what a screen is, and show.go shows it, with its help;
//   - frame.go gives it a bar, a rail and a foot, layout.go divides the window;
//   - overlay.go asks questions, menu.go opens menus;
//   - look.go changes language, theme and motion;
//   - clock.go wakes what moves with the time, copy.go copies, and clipbar.go counts
//     down how long a secret stays on the clipboard.
package shell

import (
	"context"
	"log/slog"
	"net/url"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/clip"
	"github.com/sellerkey/sellerkey/internal/native"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// Config is what the window needs from outside.
type Config struct {
	App     fyne.App
	Log     *slog.Logger
	Now     func() time.Time
	OpenURL func(*url.URL) error
	// Clipboard is the system's clipboard; copies go through a [clip.Keeper].
	Clipboard clip.Clipboard
	// Desktop is what the operating system says about how windows should be.
	Desktop native.Desktop

	// RestingGC is the garbage collector's percentage while nothing is drawn, see
	// [DrawingGC]; 0 leaves the collector alone.
	RestingGC int

	// Settings is where to begin, Remember is told of every change; it may be nil.
	Settings Settings
	Remember func(Settings)

	// Menu are the entries of the menu.
	Menu func() []*fyne.MenuItem
	// Dropped is called with the path of a file that was dropped on the window.
	Dropped func(path string)
	// BeforeClose calls goOn, at once or when the person has agreed to what would
	// be lost.
	BeforeClose func(goOn func())

	// Cleared is called when what was copied is no longer on the clipboard; it may
	// be nil.
	Cleared func()

	// Exit ends the program. It is called, from another goroutine, when
	// [Window.Run] cannot return after the window was closed.
	Exit func()
}

// Window is the running window. Its methods belong to the window's goroutine,
// where nothing else is said.
type Window struct {
	Config
	// Win is the toolkit's window.
	Win fyne.Window
	// Words are the texts in the window's language.
	Words *i18n.Localizer
	// Keys are those of the screen that is being built, or shows.
	Keys *kit.Keys

	keeper *clip.Keeper
	// signals is done once the window hears of the end of the session.
	signals sync.Once

	// build makes the screen that shows, now.
	build func() Screen
	now   *Screen
	// clicks are those on all pages, questions and windows.
	clicks *kit.Clicks
	// over are the questions and menus over the window, by what Fyne calls an
	// overlay.
	over  map[fyne.CanvasObject]*overlay
	body  *fyne.Container
	frame *fyne.Container // of the present screen, when it has one
	// pageWidth is how wide the present screen's page can be.
	pageWidth float32
	// helpOpen: the person asked for help. helping is what is there for the
	// present screen.
	helpOpen bool
	helping  *helpPanel
	// uncopied takes back what says that a value was copied.
	uncopied func()
	clipBar  *clipBar
	beside   *Beside

	// clock says when to look next what has moved, see wakeIn; tick reads it.
	clock chan time.Duration
	// moving are the screen's bars that show that something is under way.
	moving []*fyne.Animation

	// running ends with the window, and with it all work in the background.
	running context.Context
	stop    context.CancelFunc
	work    sync.WaitGroup
	atEnd   []func()
}

// Beside is a small window next to this one.
type Beside struct {
	// About and Tick are as in [Screen].
	About any
	Tick  func() (next time.Duration)
	// Redraw follows a change of language.
	Redraw, Close func()
}

// overlay is something that lies over the window.
type overlay struct {
	keys *kit.Keys
	// says is a question's words; "" for a menu.
	says string
}

// helpPanel is the help that is open: what the browser will show at this step,
// and what the words mean. It stands next to the page, or in its place where the
// window is narrow.
type helpPanel struct {
	object fyne.CanvasObject
	close  *kit.Button
}

// clipBar is the strip above a screen's foot that says how long a copied secret
// stays on the clipboard.
type clipBar struct {
	w      *Window
	text   *kit.Paragraph
	left   *kit.Gauge
	clear  *kit.Button
	object *fyne.Container
}

// NewKeys are the keys of another page, which share the clicks of all.
func (w *Window) NewKeys() *kit.Keys { return &kit.Keys{Clicks: w.clicks} }

// Running ends with the window.
func (w *Window) Running() context.Context { return w.running }

// Background runs work off the window's goroutine and done on it. The returned
// function cancels.
func (w *Window) Background(work func(context.Context), done func()) context.CancelFunc {
	ctx, cancel := context.WithCancel(w.running)
	w.work.Go(func() {
		defer cancel()
		work(ctx)
		fyne.Do(done)
	})
	return cancel
}

// SaveSettings tells [Config.Remember] of the settings.
func (w *Window) SaveSettings() {
	if w.Remember != nil {
		w.Remember(w.Settings)
	}
}
