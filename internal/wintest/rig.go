//go:build window && linux

package wintest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Options say what the pretend machine is like. The zero value is an English
// one with a keychain and a screen that a small laptop has.
type Options struct {
	Lang       string   // the system's language: en, ja or pt-BR
	Size       string   // the screen, "1280x900"
	Env        []string // more for the environment, "NAME=value"
	NoKeychain bool     // no Secret Service on the session bus
	Keychain   []Item   // what is in the keychain from the beginning
	Out        string   // where pictures and logs go; out/<name of the test> by default
	// Framebuffer makes the screen's pixels readable as a file, see [Rig.Framebuffer].
	Framebuffer bool
}

// Item is an item of the keychain, named as go-keyring names its own.
type Item struct{ Service, Username, Secret string }

// Rig is one pretend machine: a display, a window manager, a session bus, a
// keychain, a browser and a home directory, all gone when the test ends.
type Rig struct {
	Home string // the person's home directory
	Out  string // pictures and logs

	t       testing.TB
	opts    Options
	data    string // the program's folder for files
	wine    *Wine
	dir     string
	marker  string
	env     []string
	display string

	mu       sync.Mutex
	shots    int
	apps     []*App
	browser  *Browser
	keychain *os.Process
}

// patience is how long anything that a person would wait for may take. The
// machines that run this can be slow and busy.
const patience = 2 * time.Minute

// Start starts the machine and stops it, with everything that runs on it, when
// the test ends. Failing to start is the test's failure.
func Start(t testing.TB, opts Options) *Rig {
	t.Helper()
	if opts.Lang == "" {
		opts.Lang = "en"
	}
	if opts.Size == "" {
		opts.Size = "1280x900"
	}
	if opts.Out == "" {
		opts.Out = filepath.Join(root(t), "out", strings.ReplaceAll(t.Name(), "/", "-"))
	}
	for _, tool := range []string{"Xvfb", "openbox", "xdotool", "xclip", "import", "dbus-daemon", "xprop", "xdg-open"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("%s is missing: run scripts/setup test", tool)
		}
	}
	// Short: socket paths may have 108 bytes at most.
	dir, err := os.MkdirTemp("", "skrig")
	if err != nil {
		t.Fatal(err)
	}
	r := &Rig{
		t: t, opts: opts, dir: dir, Home: filepath.Join(dir, "home"), Out: opts.Out,
		marker: "SELLERKEY_RIG=" + filepath.Base(dir),
	}
	t.Cleanup(r.stop)
	r.stopWhenInterrupted()
	if err := os.RemoveAll(r.Out); err != nil {
		t.Fatal(err)
	}
	r.data = filepath.Join(r.Home, ".config", "SellerKey")
	runtime := filepath.Join(dir, "run")
	for _, d := range []string{r.Home, r.Out, runtime, filepath.Join(dir, "tmp")} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	locale := map[string]string{"en": "en_GB.UTF-8", "ja": "ja_JP.UTF-8", "pt-BR": "pt_BR.UTF-8"}[opts.Lang]
	if locale == "" {
		t.Fatalf("no locale known for %q", opts.Lang)
	}
	r.env = append([]string{
		r.marker,
		"PATH=" + os.Getenv("PATH"),
		"HOME=" + r.Home,
		"USER=seller", "LOGNAME=seller",
		"LANG=" + locale, "LC_ALL=" + locale,
		"TMPDIR=" + filepath.Join(dir, "tmp"),
		"XDG_RUNTIME_DIR=" + runtime,
		"XDG_CONFIG_HOME=" + filepath.Join(r.Home, ".config"),
		"XDG_DATA_HOME=" + filepath.Join(r.Home, ".local/share"),
		"XDG_CACHE_HOME=" + filepath.Join(r.Home, ".cache"),
		"XDG_STATE_HOME=" + filepath.Join(r.Home, ".local/state"),
		"XDG_SESSION_TYPE=x11",
		"LIBGL_ALWAYS_SOFTWARE=1",
		"NO_AT_BRIDGE=1",
		"TZ=Asia/Tokyo",
	}, opts.Env...)

	r.startDisplay()
	r.startBus()
	if !opts.NoKeychain {
		r.startKeychain()
	}
	r.setUpBrowser()
	return r
}

func root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("not inside the project")
		}
		dir = filepath.Dir(dir)
	}
}

// Command is a program of the pretend machine. It dies with the test, however that ends.
func (r *Rig) Command(ctx context.Context, name string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, name, args...)
	c.Env = r.env
	c.Dir = r.Home
	c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	return c
}

// daemon starts a program that stays, its output kept in a log.
func (r *Rig) daemon(c *exec.Cmd) {
	r.t.Helper()
	log, err := os.Create(filepath.Join(r.dir, filepath.Base(c.Path)+".log"))
	if err != nil {
		r.t.Fatal(err)
	}
	defer log.Close()
	if c.Stdout == nil {
		c.Stdout = log
	}
	c.Stderr = log
	if err := c.Start(); err != nil {
		r.t.Fatalf("%s: %v", c.Path, err)
	}
	go c.Wait() //nolint:errcheck // it is killed at the end
}

// announced starts a daemon that writes one line to file descriptor 3 once it is ready, and returns it.
func (r *Rig) announced(c *exec.Cmd) string {
	r.t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		r.t.Fatal(err)
	}
	defer read.Close()
	c.ExtraFiles = []*os.File{write}
	r.daemon(c)
	write.Close()
	_ = read.SetReadDeadline(time.Now().Add(patience))
	line := make([]byte, 0, 128)
	for !bytes.ContainsRune(line, '\n') {
		buf := make([]byte, 128)
		n, err := read.Read(buf)
		line = append(line, buf[:n]...)
		if err != nil {
			break
		}
	}
	said := strings.TrimSpace(string(line))
	if said == "" {
		r.t.Fatalf("%s did not start: %s", c.Path, r.logOf(c))
	}
	return said
}

func (r *Rig) logOf(c *exec.Cmd) string {
	said, _ := os.ReadFile(filepath.Join(r.dir, filepath.Base(c.Path)+".log"))
	return string(said)
}

// try runs a small program to its end and returns what it printed.
func (r *Rig) try(name string, args ...string) (string, error) {
	said, err := r.tryRaw(name, args...)
	return strings.TrimSpace(said), err
}

func (r *Rig) tryRaw(name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience/4)
	defer cancel()
	var out, errs bytes.Buffer
	c := r.Command(ctx, name, args...)
	c.Stdout, c.Stderr = &out, &errs
	c.WaitDelay = time.Second
	if err := c.Run(); err != nil {
		return out.String(), fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, strings.TrimSpace(errs.String()))
	}
	return out.String(), nil
}

func (r *Rig) run(name string, args ...string) string {
	r.t.Helper()
	said, err := r.try(name, args...)
	if err != nil {
		r.t.Fatal(err)
	}
	return said
}

// feed runs a small program that reads its input. Its output is not waited
// for: xclip stays behind to serve what it was given.
func (r *Rig) feed(in, name string, args ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	c := r.Command(ctx, name, args...)
	if name == "xclip" {
		c.SysProcAttr = nil // it must outlive the thread that started it
	}
	c.Stdin = strings.NewReader(in)
	return c.Run()
}

// eventually tries until it works, or the test's patience ends.
func (r *Rig) eventually(what string, try func() error) {
	r.t.Helper()
	var err error
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if err = try(); err == nil {
			return
		}
	}
	r.t.Fatalf("waited %v for %s: %v", patience, what, err)
}

// Eventually waits until the condition holds.
func (r *Rig) Eventually(what string, holds func() bool) {
	r.t.Helper()
	r.eventually(what, func() error {
		if !holds() {
			return errors.New("not so")
		}
		return nil
	})
}

func (r *Rig) write(path string, mode os.FileMode, text string) {
	r.t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		r.t.Fatal(err)
	}
}

// stopWhenInterrupted stops the machine when the test is told to end: what the
// program has started, a browser for instance, would go on without it.
func (r *Rig) stopWhenInterrupted() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	done := make(chan struct{})
	r.t.Cleanup(func() {
		signal.Stop(signals)
		close(done)
	})
	go func() {
		select {
		case <-signals:
			r.end()
			os.Exit(1)
		case <-done:
		}
	}()
}

// stop keeps what helps to understand a failure, and takes the machine away.
func (r *Rig) stop() {
	if r.t.Failed() {
		r.keepEvidence()
	}
	if r.browser != nil {
		r.browser.stop()
	}
	r.end()
}

// end kills what runs on the machine, and removes its files.
func (r *Rig) end() {
	kill(func(env, args []byte) bool {
		return bytes.Contains(env, []byte(r.marker)) || bytes.Contains(args, []byte("--user-data-dir="+r.dir))
	})
	if err := os.RemoveAll(r.dir); err != nil {
		time.Sleep(300 * time.Millisecond) // a last writer
		_ = os.RemoveAll(r.dir)
	}
}

// kill kills the processes that belong, by their environment and their arguments,
// wherever they hang in the tree. Chromium's write over their environment, and a
// process that is just being started has none for a moment: so it looks until it
// has found nothing three times in a row.
func kill(belongs func(env, args []byte) bool) {
	for tries, quiet := 0, 0; quiet < 3 && tries < 40; tries++ {
		quiet++
		dirs, _ := filepath.Glob("/proc/[0-9]*")
		for _, dir := range dirs {
			env, _ := os.ReadFile(filepath.Join(dir, "environ"))
			args, _ := os.ReadFile(filepath.Join(dir, "cmdline"))
			pid, err := strconv.Atoi(filepath.Base(dir))
			if err == nil && pid != os.Getpid() && belongs(env, args) {
				_ = syscall.Kill(pid, syscall.SIGKILL)
				quiet = 0
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// keepEvidence leaves what helps to understand a failure in the test's folder.
func (r *Rig) keepEvidence() {
	if _, err := r.try("import", "-silent", "-window", "root", filepath.Join(r.Out, "failed-screen.png")); err == nil {
		r.t.Logf("the screen when the test failed: %s", filepath.Join(r.Out, "failed-screen.png"))
	}
	logs, _ := filepath.Glob(filepath.Join(r.dir, "*.log"))
	for _, log := range logs {
		if data, err := os.ReadFile(log); err == nil && len(data) > 0 {
			_ = os.WriteFile(filepath.Join(r.Out, filepath.Base(log)), data, 0o600)
		}
	}
	if titles := r.titles(); len(titles) > 0 {
		r.t.Logf("windows: %q", titles)
	}
	for _, a := range r.apps {
		said := a.Log()
		if len(said) > 4000 {
			said = "…" + said[len(said)-4000:]
		}
		if said != "" {
			r.t.Logf("%s said:\n%s", filepath.Base(a.logPath), said)
		}
	}
	if r.browser != nil {
		if page, err := r.browser.front(); err == nil {
			r.t.Logf("the browser is at %s", page.URL)
		}
	}
}

// Picture saves the whole screen, or one window, under an exact path.
func (r *Rig) picture(window, path string) {
	r.t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		r.t.Fatal(err)
	}
	r.run("import", "-silent", "-window", window, "-strip", path)
}

// nextShot numbers the pictures, so that a folder reads like the walk.
func (r *Rig) nextShot(name string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.shots++
	return filepath.Join(r.Out, fmt.Sprintf("%02d-%s.png", r.shots, name))
}
