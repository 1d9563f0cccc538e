//go:build window && linux

package wintest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
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
const patience = 60 * time.Second

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

func (r *Rig) startDisplay() {
	r.t.Helper()
	// -r: no auto-repeat, which on a busy machine makes two letters of one press.
	args := []string{
		"-displayfd", "3", "-screen", "0", r.opts.Size + "x24",
		"-r", "-nolisten", "tcp", "-noreset", "+extension", "GLX", "+render", "-dpi", "96",
	}
	if r.opts.Framebuffer {
		args = append(args, "-fbdir", r.dir)
	}
	c := r.Command(context.Background(), "Xvfb", args...)
	r.display = ":" + r.announced(c)
	r.env = append(r.env, "DISPLAY="+r.display)
	r.daemon(r.Command(context.Background(), "openbox", "--sm-disable"))
	r.eventually("the window manager", func() error {
		said, err := r.try("xprop", "-root", "_NET_SUPPORTING_WM_CHECK")
		if err == nil && !strings.Contains(said, "window id") {
			err = errors.New(said)
		}
		return err
	})
	// Out of the middle, where it would lie over something and light it up.
	r.run("xdotool", "mousemove", "0", "0")
}

// Framebuffer is the file in which Xvfb keeps the screen, in the format of xwd,
// always up to date: a look at it costs the programs on the screen nothing. It
// is there with [Options.Framebuffer].
func (r *Rig) Framebuffer() string { return filepath.Join(r.dir, "Xvfb_screen0") }

// Getenv is a variable of the environment that programs on the machine get.
func (r *Rig) Getenv(name string) string {
	for _, v := range slices.Backward(r.env) {
		if value, ok := strings.CutPrefix(v, name+"="); ok {
			return value
		}
	}
	return ""
}

// startBus starts a session bus that starts nothing by itself: what is on it is what the test put there.
func (r *Rig) startBus() {
	r.t.Helper()
	conf := filepath.Join(r.dir, "bus.conf")
	r.write(conf, 0o600, `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=`+filepath.Join(r.dir, "run", "bus")+`</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`)
	address := r.announced(r.Command(context.Background(), "dbus-daemon", "--config-file="+conf, "--nofork", "--print-address=3"))
	r.env = append(r.env, "DBUS_SESSION_BUS_ADDRESS="+address)
}

func (r *Rig) startKeychain() {
	r.t.Helper()
	if len(r.opts.Keychain) > 0 {
		r.fillKeychain()
	}
	c := r.Command(context.Background(), "gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets",
		"--control-directory="+filepath.Join(r.dir, "run", "keyring"))
	c.Stdin = strings.NewReader("password")
	r.daemon(c)
	r.keychain = c.Process
	r.eventually("the keychain", func() error {
		return r.feed("probe", "secret-tool", "store", "--label=probe", "rig", "probe")
	})
	if _, err := r.try("secret-tool", "clear", "rig", "probe"); err != nil {
		r.t.Fatal(err)
	}
}

// fillKeychain writes the file of the keychain, before there is anything to
// ask: adding items one by one takes the longer the more there are. It is the
// form without encryption of GKeyFile's syntax, which gnome-keyring reads, too.
func (r *Rig) fillKeychain() {
	r.t.Helper()
	var b strings.Builder
	b.WriteString("[keyring]\ndisplay-name=Login\nctime=0\nmtime=0\nlock-on-idle=false\nlock-after=false\n")
	for i, item := range r.opts.Keychain {
		fmt.Fprintf(&b, "\n[%d]\nitem-type=0\ndisplay-name=test\nsecret=%s\nmtime=0\nctime=0\n", i+1, item.Secret)
		for j, attribute := range [][2]string{{"service", item.Service}, {"username", item.Username}} {
			fmt.Fprintf(&b, "\n[%d:attribute%d]\nname=%s\ntype=string\nvalue=%s\n", i+1, j, attribute[0], attribute[1])
		}
	}
	r.write(filepath.Join(r.Home, ".local/share/keyrings/login.keyring"), 0o600, b.String())
}

// Secret reads an item from the keychain, as `secret-tool lookup` finds it by
// attribute and value; go-keyring writes service and username. It is "" when
// there is no such item.
func (r *Rig) Secret(attributes ...string) string {
	r.t.Helper()
	if r.wine != nil {
		return r.wine.secret(attributes...)
	}
	said, err := r.tryRaw("secret-tool", append([]string{"lookup"}, attributes...)...)
	if err != nil && said != "" {
		r.t.Fatalf("secret-tool: %v", err)
	}
	return strings.TrimSuffix(said, "\n")
}

// SetSecret writes an item into the keychain, or over one.
func (r *Rig) SetSecret(value string, attributes ...string) {
	r.t.Helper()
	if err := r.feed(value, "secret-tool", append([]string{"store", "--label=test"}, attributes...)...); err != nil {
		r.t.Fatalf("secret-tool: %v", err)
	}
}

// Secrets lists what `secret-tool search --all` says of the items with these
// attributes, without their values.
func (r *Rig) Secrets(attributes ...string) string {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	out, _ := r.Command(ctx, "secret-tool", append([]string{"search", "--all"}, attributes...)...).CombinedOutput()
	return regexp.MustCompile(`(?m)^secret = .*$`).ReplaceAllString(string(out), "secret = …")
}

// try runs a small program to its end and returns what it printed.
func (r *Rig) try(name string, args ...string) (string, error) {
	said, err := r.tryRaw(name, args...)
	return strings.TrimSpace(said), err
}

func (r *Rig) tryRaw(name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
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
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
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

// stop ends everything that runs on the machine and takes the machine away.
func (r *Rig) stop() {
	if r.t.Failed() {
		r.keepEvidence()
	}
	if r.browser != nil {
		r.browser.stop()
	}
	for range 20 {
		left := r.processes()
		for _, pid := range left {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
		if len(left) == 0 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if err := os.RemoveAll(r.dir); err != nil {
		time.Sleep(300 * time.Millisecond) // a last writer
		_ = os.RemoveAll(r.dir)
	}
}

// processes lists what runs on the machine: every process with its mark in the
// environment, wherever it hangs in the tree.
func (r *Rig) processes() (pids []int) {
	dirs, _ := filepath.Glob("/proc/[0-9]*")
	for _, dir := range dirs {
		env, err := os.ReadFile(filepath.Join(dir, "environ"))
		if err != nil || !bytes.Contains(env, []byte(r.marker)) {
			continue
		}
		if pid, err := strconv.Atoi(filepath.Base(dir)); err == nil && pid != os.Getpid() {
			pids = append(pids, pid)
		}
	}
	return pids
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

// Clipboard is what a person would paste now.
func (r *Rig) Clipboard() string {
	// xclip fails when the clipboard is empty, which is an answer too.
	said, _ := r.tryRaw("xclip", "-selection", "clipboard", "-out", "-target", "UTF8_STRING")
	return said
}

// SetClipboard does what copying in another program does.
func (r *Rig) SetClipboard(text string) {
	r.t.Helper()
	if err := r.feed(text, "xclip", "-selection", "clipboard", "-in"); err != nil {
		r.t.Fatalf("xclip: %v", err)
	}
	r.Eventually("the clipboard to be set", func() bool { return r.Clipboard() == text })
}

// WaitClipboard waits until the clipboard holds a text that is as wanted, and returns it.
func (r *Rig) WaitClipboard(what string, wanted func(string) bool) string {
	r.t.Helper()
	var last string
	r.eventually(what+" on the clipboard", func() error {
		if last = r.Clipboard(); wanted(last) {
			return nil
		}
		return fmt.Errorf("it holds %d characters", len(last)) // which may be secret
	})
	return last
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

// ShotScreen takes a picture of the whole screen.
func (r *Rig) ShotScreen(name string) {
	r.t.Helper()
	r.picture("root", r.nextShot(name))
}

// ReadFile reads a file of the person's home directory.
func (r *Rig) ReadFile(path string) string {
	r.t.Helper()
	data, err := os.ReadFile(filepath.Join(r.Home, path))
	if err != nil {
		r.t.Fatal(err)
	}
	return string(data)
}

// FilesHolding names the files under the home directory that hold the text.
// The browser's profile is left out: an address stays in its history, which is
// not the program's doing.
func (r *Rig) FilesHolding(text string) (found []string) {
	r.t.Helper()
	_ = filepath.WalkDir(r.Home, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return nil //nolint:nilerr // it went away meanwhile
		}
		if d.IsDir() {
			if path == r.profile() || r.wine != nil && path == filepath.Join(r.wine.Drive, "windows") {
				return filepath.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() {
			return nil // the serial port of a Windows would be waited for
		}
		f, err := os.Open(path)
		if err != nil {
			return nil //nolint:nilerr // likewise
		}
		defer f.Close()
		if data, err := io.ReadAll(io.LimitReader(f, 64<<20)); err == nil && bytes.Contains(data, []byte(text)) {
			found = append(found, path)
		}
		return nil
	})
	return found
}
