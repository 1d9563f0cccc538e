package shell

import (
	"context"
	"io"
	"log/slog"
	"runtime/debug"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/sellerkey/sellerkey/internal/native"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// newWindow is a window with one screen on which something is under way.
func newWindow(t *testing.T, remember func(Settings)) *Window {
	t.Helper()
	app := test.NewTempApp(t)
	w, err := New(Config{
		App: app, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: time.Now, Clipboard: app.Clipboard(),
		Settings: Settings{Lang: "en"}, Remember: remember,
		Menu: func() []*fyne.MenuItem { return nil }, BeforeClose: func(goOn func()) { goOn() },
	})
	if err != nil {
		t.Fatal(err)
	}
	w.Show(func() Screen { return Screen{Body: w.Busy()} })
	t.Cleanup(w.Stop)
	return w
}

// TestToolkitDoesNotEnd: the program ends after its window even if the toolkit
// does not, once what is being saved is saved; and only then.
func TestToolkitDoesNotEnd(t *testing.T) {
	for name, ends := range map[string]bool{"it does not": false, "it does": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var exits, saved atomic.Int32
				w := &Window{Config: Config{
					Log:  slog.New(slog.NewTextHandler(io.Discard, nil)),
					Exit: func() { exits.Add(1 + 10*saved.Load()) },
				}}
				w.running, w.stop = context.WithCancel(t.Context())
				ended := make(chan struct{})
				go w.watchEnd(ended)
				time.Sleep(time.Hour) // the window is open
				synctest.Wait()
				if exits.Load() != 0 {
					t.Fatal("the program ends with its window open")
				}
				w.work.Go(func() {
					time.Sleep(time.Minute)
					saved.Add(1)
				})
				w.stop()
				want := int32(11) // once, and after the saving
				if ends {
					close(ended)
					want = 0
				}
				time.Sleep(2 * time.Minute)
				synctest.Wait()
				if got := exits.Load(); got != want {
					t.Errorf("ended %d, not %d", got, want)
				}
			})
		})
	}
}

// TestMotion: nothing moves for a person who wants that, whether the system says
// so or the menu; the menu has the last word.
func TestMotion(t *testing.T) {
	var last Settings
	w := newWindow(t, func(s Settings) { last = s })
	for _, c := range []struct {
		system bool
		choice string
		want   bool
	}{
		{false, "", true},
		{true, "", false},
		{false, "menu.motion_less", false},
		{true, "menu.motion_full", true},
		{true, "menu.motion_system", false},
		{false, "menu.motion_system", true},
	} {
		w.Desktop.ReduceMotion = c.system
		for _, menu := range w.SettingsItems() {
			for _, item := range menu.ChildMenu.Items {
				if c.choice != "" && item.Label == w.Words.T(c.choice) && menu.Label == w.Words.T("menu.motion") {
					item.Action()
				}
			}
		}
		if w.Redraw(); len(w.moving) > 0 != c.want {
			t.Errorf("system %v, %q: the bar moves: %v", c.system, c.choice, len(w.moving) > 0)
		}
	}
	if last.Motion != MotionSystem {
		t.Errorf("remembered %q", last.Motion)
	}
}

// TestMuteSystemIsLight: a system that says nothing about dark mode is light.
func TestMuteSystemIsLight(t *testing.T) {
	w := newWindow(t, func(Settings) {})
	for _, c := range []struct {
		appearance kit.Appearance
		mute, dark bool
	}{
		{"", false, true},
		{"", true, false},
		{kit.FollowSystem, true, false},
		{kit.Dark, true, true},
		{kit.Light, false, false},
	} {
		w.Settings.Appearance, w.Desktop = c.appearance, native.Desktop{NoColorScheme: c.mute}
		shown := kit.Light
		if c.dark {
			shown = kit.Dark
		}
		want := kit.NewTheme(shown, kit.TextNormal, nil).Color(kit.ColorWindow, theme.VariantLight)
		// The toolkit says dark when it does not know.
		if got := w.look().Color(kit.ColorWindow, theme.VariantDark); got != want {
			t.Errorf("%q, mute %v: the window is %v, not %v", c.appearance, c.mute, got, want)
		}
	}
}

// TestRests: the garbage collector waits while a screen is drawn, and not longer.
func TestRests(t *testing.T) {
	const resting = 123
	before := debug.SetGCPercent(resting)
	defer debug.SetGCPercent(before)
	percent := func() int {
		now := debug.SetGCPercent(resting)
		debug.SetGCPercent(now)
		return now
	}
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		w := &Window{Config: Config{RestingGC: resting}, clock: make(chan time.Duration, 1)}
		debug.SetGCPercent(DrawingGC) // as main does
		go w.tick(ctx)
		for i := range 3 {
			if i > 0 { // tick may miss the first screen
				w.wakeIn(newScreen)
				synctest.Wait()
			}
			w.wakeIn(0) // nothing on it moves
			synctest.Wait()
			if got := percent(); got != DrawingGC {
				t.Errorf("%d %% while a screen is drawn", got)
			}
			time.Sleep(restAfter)
			synctest.Wait()
			if got := percent(); got != resting {
				t.Errorf("%d %% after that", got)
			}
		}
		w.RestingGC = 0
		w.wakeIn(newScreen)
		synctest.Wait()
		w.wakeIn(0)
		synctest.Wait()
		if got := percent(); got != resting {
			t.Errorf("%d %%, although the collector is left alone", got)
		}
		cancel()
	})
}
