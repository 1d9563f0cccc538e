//go:build window && linux

package bench

import (
	"context"
	"fmt"
	"image"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/wintest"
)

// desk is a pretend machine with a pretend Amazon, and what it takes to look at
// the one and to press the other's keys without delay.
type desk struct {
	t      *testing.T
	rig    *wintest.Rig
	screen *Screen
	amazon *practice.Server
	words  *i18n.Localizer
	// typist is an xdotool that stays: starting one takes longer than what is
	// measured.
	typist io.Writer
	area   image.Rectangle // the window on the screen
}

// lang is the language of everything that is measured: it has the most to load.
const lang = "ja"

func newDesk(t *testing.T, keychain ...wintest.Item) *desk {
	t.Helper()
	rig := wintest.Start(t, wintest.Options{Lang: lang, Framebuffer: true, Keychain: keychain})
	screen, err := OpenScreen(rig.Framebuffer())
	if err != nil {
		t.Fatal(err)
	}
	words, err := i18n.New(lang)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, rig: rig, screen: screen, words: words, amazon: practice.New(practice.Options{})}
	if err := d.amazon.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	typist := rig.Command(context.Background(), "xdotool", "-")
	if d.typist, err = typist.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := typist.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = typist.Process.Kill()
		_ = typist.Wait()
		_ = d.amazon.Close()
	})
	return d
}

// toAmazon are the flags that lead the program to the pretend Amazon.
func (d *desk) toAmazon(dataDir string) []string {
	return []string{
		"--data-dir", dataDir, "--consent-origin", d.amazon.Origin(),
		"--token-url", d.amazon.TokenURL(), "--sp-api-url", d.amazon.SPAPIURL(),
	}
}

// press presses a key, as xdotool names it, in whatever window is in front, and
// returns the moment before.
func (d *desk) press(key string) time.Time {
	d.t.Helper()
	began := time.Now()
	if _, err := fmt.Fprintln(d.typist, "key --delay 0", key); err != nil {
		d.t.Fatal(err)
	}
	return began
}

// started is how a program came up.
type started struct {
	app *wintest.App
	// painted is the time until the first frame with content, whole until the
	// picture was as it stayed; cpu is what the first took of a processor.
	painted, whole, cpu time.Duration
}

// start starts a program and waits until its window has come to rest.
func (d *desk) start(program string, args ...string) started {
	d.t.Helper()
	rec := d.screen.Record(d.screen.Bounds(), 0)
	time.Sleep(20 * time.Millisecond)
	app := d.rig.LaunchOther(program, args...)
	rec.Watch(app.PID())
	if err := rec.Rest(500*time.Millisecond, 30*time.Second); err != nil {
		d.t.Fatalf("%s: %v", filepath.Base(program), err)
	}
	frames := rec.Stop()
	d.area = d.windowArea(app)
	painted, ok := Painted(frames, d.area)
	whole, _ := Whole(frames, d.area)
	if !ok {
		d.t.Fatalf("%s has painted nothing", filepath.Base(program))
	}
	return started{app, painted.At.Sub(app.Began), whole.At.Sub(app.Began), painted.CPU}
}

// windowArea is where the program's window is on the screen, without its frame.
func (d *desk) windowArea(a *wintest.App) image.Rectangle {
	d.t.Helper()
	said, err := d.rig.Command(context.Background(), "xdotool", "getwindowgeometry", "--shell", a.Window()).Output()
	if err != nil {
		d.t.Fatal(err)
	}
	is := map[string]int{}
	for line := range strings.Lines(string(said)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		is[name], _ = strconv.Atoi(value)
	}
	return image.Rect(is["X"], is["Y"], is["X"]+is["WIDTH"], is["Y"]+is["HEIGHT"]).Inset(2)
}

// end ends a program and waits until the screen is empty again.
func (d *desk) end(a *wintest.App) {
	d.t.Helper()
	rec := d.screen.Record(d.screen.Bounds(), 0)
	defer rec.Stop()
	time.Sleep(20 * time.Millisecond)
	a.Kill()
	if err := rec.Rest(100*time.Millisecond, 5*time.Second); err != nil {
		d.t.Fatal(err)
	}
}

// tool is a program that scripts/bench has built.
func tool(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("SELLERKEY_BENCH_BIN")
	if dir == "" {
		t.Fatal("this is run by scripts/bench")
	}
	path, err := exec.LookPath(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func ms(d time.Duration) float64 { return d.Seconds() * 1000 }
