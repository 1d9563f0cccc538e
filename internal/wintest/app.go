//go:build window && linux

package wintest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// App is the program, running on the machine.
type App struct {
	// Began is the moment before the program was started.
	Began time.Time

	rig     *Rig
	cmd     *exec.Cmd // nil for one that something else has started
	pid     int
	logPath string
	done    chan struct{}
	err     error
}

// Binary is the program under test: what SELLERKEY_BIN names, which the Makefile sets.
func (r *Rig) Binary() string {
	r.t.Helper()
	if bin := os.Getenv("SELLERKEY_BIN"); bin != "" {
		return bin
	}
	bin := filepath.Join(root(r.t), "bin", "sellerkey")
	if _, err := os.Stat(bin); err != nil {
		r.t.Fatal("bin/sellerkey is not there: run make build first")
	}
	return bin
}

// App starts the program and waits for its window.
func (r *Rig) App(args ...string) *App {
	r.t.Helper()
	a := r.Launch(args...)
	a.WaitTitle("")
	return a
}

// Launch starts the program without waiting for a window, for runs that end before there is one.
func (r *Rig) Launch(args ...string) *App {
	r.t.Helper()
	if r.wine != nil {
		return r.wine.launch(nil, r.wine.Program, args...)
	}
	return r.LaunchOther(r.Binary(), args...)
}

// LaunchOther does the same with any other program.
func (r *Rig) LaunchOther(program string, args ...string) *App {
	r.t.Helper()
	return r.launch(r.Command(context.Background(), program, args...))
}

func (r *Rig) launch(cmd *exec.Cmd) *App {
	r.t.Helper()
	a := &App{
		rig: r, cmd: cmd, done: make(chan struct{}),
		logPath: filepath.Join(r.dir, fmt.Sprintf("app-%d.log", len(r.apps)+1)),
	}
	log, err := os.Create(a.logPath)
	if err != nil {
		r.t.Fatal(err)
	}
	defer log.Close()
	a.cmd.Stdout, a.cmd.Stderr = log, log
	a.cmd.SysProcAttr.Setpgid = true
	a.Began = time.Now()
	if err := a.cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	a.pid = a.cmd.Process.Pid
	go func() {
		a.err = a.cmd.Wait()
		close(a.done)
	}()
	r.apps = append(r.apps, a)
	return a
}

// PID is the number of the program's process.
func (a *App) PID() int { return a.pid }

// Log is what the program has printed so far.
func (a *App) Log() string {
	said, _ := os.ReadFile(a.logPath)
	return string(said)
}

// Running tells whether the program has not ended yet.
func (a *App) Running() bool {
	select {
	case <-a.done:
		return false
	default:
		return true
	}
}

// WaitExit waits until the program has ended by itself and returns its exit code.
func (a *App) WaitExit() int {
	a.rig.t.Helper()
	select {
	case <-a.done:
	case <-time.After(patience):
		// What it is waiting for is in its log then.
		_ = syscall.Kill(a.pid, syscall.SIGQUIT)
		select {
		case <-a.done:
		case <-time.After(10 * time.Second):
		}
		a.rig.t.Fatal("the program did not end")
	}
	if a.cmd == nil {
		return 0 // it was started by something else
	}
	return a.cmd.ProcessState.ExitCode()
}

// Quit closes the window by the window manager's own key, Alt+F4, which asks
// the program as the button in the corner does, and waits for the end.
func (a *App) Quit() {
	a.rig.t.Helper()
	if code := a.pressToEnd("alt+F4"); code != 0 {
		a.rig.t.Fatalf("the program ended with code %d: %v", code, a.err)
	}
}

// Dismiss presses the button that has the keyboard, until the program has ended
// by it, and returns its exit code.
func (a *App) Dismiss() (code int) {
	a.rig.t.Helper()
	return a.pressToEnd("Return")
}

// pressToEnd presses a key that ends the program, again while a window is there,
// which may not have had the keyboard yet; a person would press again, too.
func (a *App) pressToEnd(key string) (code int) {
	a.rig.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end) && a.Running(); {
		if ids := a.windows(); len(ids) > 0 {
			_, _ = a.rig.try("xdotool", "windowactivate", "--sync", ids[len(ids)-1], "key", "--clearmodifiers", key)
		}
		select {
		case <-a.done:
		case <-time.After(3 * time.Second):
		}
	}
	return a.WaitExit()
}

// Kill ends the program as a crash or a power cut would.
func (a *App) Kill() {
	_ = syscall.Kill(a.pid, syscall.SIGKILL)
	<-a.done
}

// windows lists the program's windows by id, the oldest first.
func (a *App) windows() []string {
	// The search fails as a whole when any window on the display goes away
	// while it looks, a menu for instance; so one failure means nothing.
	for range 10 {
		said, err := a.rig.try("xdotool", "search", "--onlyvisible", "--pid", strconv.Itoa(a.pid))
		if err == nil && said != "" {
			return strings.Fields(said)
		}
		if !a.Running() {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	return nil
}

// Titles are the titles of the program's windows.
func (a *App) Titles() (titles []string) {
	for _, id := range a.windows() {
		if name, err := a.rig.try("xdotool", "getwindowname", id); err == nil {
			titles = append(titles, name)
		}
	}
	return titles
}

func (r *Rig) titles() (titles []string) {
	for _, a := range r.apps {
		if a.Running() {
			titles = append(titles, a.Titles()...)
		}
	}
	return titles
}

// Window is the program's main window, or the one it opened last if there are several.
func (a *App) Window() string {
	a.rig.t.Helper()
	// The search fails when any window goes away under its eyes.
	var ids []string
	a.rig.Eventually("a window of the program", func() bool {
		ids = a.windows()
		return len(ids) > 0 || !a.Running()
	})
	if len(ids) == 0 {
		a.rig.t.Fatal("the program has ended")
	}
	return ids[len(ids)-1]
}

func (a *App) find(title string) (string, error) {
	for _, id := range a.windows() {
		name, err := a.rig.try("xdotool", "getwindowname", id)
		if err == nil && strings.Contains(name, title) {
			return id, nil
		}
	}
	if !a.Running() {
		return "", errors.New("the program has ended")
	}
	return "", fmt.Errorf("there are only %q", a.Titles())
}

// WaitTitle waits for a window of the program whose title contains the text,
// and returns its id. The title is where the program says which step is shown.
func (a *App) WaitTitle(title string) string {
	a.rig.t.Helper()
	var id string
	a.rig.eventually(fmt.Sprintf("a window titled %q", title), func() (err error) {
		id, err = a.find(title)
		return err
	})
	return id
}

// waitWindows waits until the program has so many windows.
func (a *App) waitWindows(n int) {
	a.rig.t.Helper()
	a.rig.eventually(fmt.Sprintf("%d windows", n), func() error {
		if titles := a.Titles(); len(titles) != n {
			return fmt.Errorf("there are %q", titles)
		}
		return nil
	})
}

// Front brings the program's window to the front, as clicking on it in the task bar does.
func (a *App) Front() {
	a.rig.t.Helper()
	a.rig.front(a.Window())
}

func (r *Rig) front(id string) {
	r.t.Helper()
	r.eventually("the window to come to the front", func() error {
		if now, err := r.try("xdotool", "getactivewindow"); err == nil && now == id {
			return nil
		}
		if _, err := r.try("xdotool", "windowactivate", "--sync", id); err != nil {
			return err
		}
		return errors.New("another one is in front")
	})
}

// Key presses keys, one after the other, as xdotool names them: "Tab", "Return", "ctrl+v", "shift+Tab".
// They go to the window in front, which is made the program's. The program takes them in order,
// however late it is, so nothing needs to be waited for between keys that it answers by itself,
// but before Enter: it's a person who presses.
func (a *App) Key(keys ...string) {
	a.rig.t.Helper()
	a.Front()
	if slices.Contains(keys, "Return") {
		time.Sleep(doublePress)
	}
	a.rig.run("xdotool", append([]string{"key", "--clearmodifiers"}, keys...)...)
}

// doublePress is longer than the time in which the program takes Enter for the
// second half of a double press, and drops it, once a page has changed.
const doublePress = time.Second

// Type types a text on the keyboard. It takes what a keyboard has; other scripts come by the clipboard.
func (a *App) Type(text string) {
	a.rig.t.Helper()
	a.Front()
	a.rig.run("xdotool", "type", "--clearmodifiers", "--delay", "15", "--", text)
}

// Paste puts a text on the clipboard and presses Ctrl+V.
func (a *App) Paste(text string) {
	a.rig.t.Helper()
	a.rig.SetClipboard(text)
	a.Key("ctrl+v")
}

// Click clicks at a place in the program's window.
func (a *App) Click(x, y int) {
	a.rig.t.Helper()
	a.Front()
	// Not --sync: it waits for ever where the mouse is there already.
	a.rig.run("xdotool", "mousemove", "--window", a.Window(), strconv.Itoa(x), strconv.Itoa(y), "click", "1")
}

// Resize gives the window another size.
func (a *App) Resize(width, height int) {
	a.rig.t.Helper()
	a.rig.run("xdotool", "windowsize", "--sync", a.Window(), strconv.Itoa(width), strconv.Itoa(height))
	a.Settle()
}

// Size is the size of the window.
func (a *App) Size() (width, height int) {
	a.rig.t.Helper()
	said := a.rig.run("xdotool", "getwindowgeometry", "--shell", a.Window())
	for _, m := range regexp.MustCompile(`(?m)^(WIDTH|HEIGHT)=(\d+)$`).FindAllStringSubmatch(said, -1) {
		n, _ := strconv.Atoi(m[2])
		if m[1] == "WIDTH" {
			width = n
		} else {
			height = n
		}
	}
	return width, height
}
