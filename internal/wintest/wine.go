//go:build window && linux

package wintest

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Wine is a Windows on the machine: fresh, in the machine's language, and
// without a Japanese font of its own.
type Wine struct {
	// Drive is the folder that is drive C: there, User the person's folder on it.
	Drive, User string
	// Program is what [Rig.Launch] starts from now on, a path here or there.
	Program string

	rig    *Rig
	loader string
}

// StartWine sets up Windows. From then on the program under test is the one
// for Windows, with its files and its keychain there.
func (r *Rig) StartWine() *Wine {
	r.t.Helper()
	w := &Wine{rig: r}
	for _, name := range []string{"/usr/lib/wine/wine64", "wine64", "wine"} {
		if path, err := exec.LookPath(name); err == nil {
			w.loader = path
			break
		}
	}
	if w.loader == "" {
		r.t.Fatal("Wine is missing: run scripts/setup wine")
	}
	prefix := filepath.Join(r.Home, ".wine")
	w.Drive = filepath.Join(prefix, "drive_c")
	// Without its locale, Wine does not understand what other scripts call their files.
	locale := r.Getenv("LC_ALL")
	language, charset, _ := strings.Cut(locale, ".")
	if err := os.MkdirAll(filepath.Join(r.dir, "locale"), 0o700); err != nil {
		r.t.Fatal(err)
	}
	r.run("localedef", "-i", language, "-f", charset, filepath.Join(r.dir, "locale", locale))
	r.env = append(r.env,
		"LOCPATH="+filepath.Join(r.dir, "locale"),
		"WINEPREFIX="+prefix, "WINEARCH=win64", "WINEDEBUG=-all",
		// Neither .NET nor a browser engine, which it would offer to download, nor menu entries outside.
		"WINEDLLOVERRIDES=mscoree,mshtml=;winemenubuilder.exe=d",
	)
	if said, code := w.Run("wineboot", "-i"); code != 0 {
		r.t.Fatalf("Windows could not be set up: %s", said)
	}
	users, err := filepath.Glob(filepath.Join(w.Drive, "users", "*"))
	if err != nil {
		r.t.Fatal(err)
	}
	for _, path := range users {
		if filepath.Base(path) != "Public" {
			w.User = path
		}
	}
	dll := filepath.Join(w.Drive, "windows", "system32", "bcryptprimitives.dll")
	if _, err := os.Stat(dll); errors.Is(err, os.ErrNotExist) {
		source := filepath.Join(root(r.t), "internal", "wintest", "testdata", "bcryptprimitives.c")
		r.run("x86_64-w64-mingw32-gcc", "-shared", "-s", "-o", dll, source, "-ladvapi32")
	}
	r.data = filepath.Join(w.User, "AppData", "Roaming", "SellerKey")
	r.wine = w
	return w
}

// Run runs a program of Windows to its end.
func (w *Wine) Run(program string, args ...string) (said string, code int) {
	w.rig.t.Helper()
	return w.RunIn(w.rig.Home, program, args...)
}

// RunIn does the same in a folder.
func (w *Wine) RunIn(dir, program string, args ...string) (said string, code int) {
	w.rig.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Minute)
	defer cancel()
	c := w.rig.Command(ctx, w.loader, append([]string{program}, args...)...)
	c.Dir = dir
	c.WaitDelay = 5 * time.Second // what it has started may keep the output open
	out, err := c.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) && !errors.Is(err, exec.ErrWaitDelay) {
		w.rig.t.Fatalf("%s: %v: %s", program, err, out)
	}
	return strings.ReplaceAll(string(out), "\r\n", "\n"), c.ProcessState.ExitCode()
}

// There is a path of this machine as Windows sees it.
func (w *Wine) There(path string) string {
	if rest, ok := strings.CutPrefix(path, w.Drive); ok {
		return "C:" + strings.ReplaceAll(rest, "/", `\`)
	}
	return "Z:" + strings.ReplaceAll(path, "/", `\`)
}

// Registry is what Windows notes under a key and the keys below it, "" for
// nothing.
func (w *Wine) Registry(key string) string {
	w.rig.t.Helper()
	said, code := w.Run("reg", "query", key, "/s")
	if code != 0 {
		return ""
	}
	return said
}

// Value is one text or number in the registry; name "" is the unnamed one.
func (w *Wine) Value(key, name string) string {
	w.rig.t.Helper()
	args := []string{"query", key, "/v", name}
	if name == "" {
		args = []string{"query", key, "/ve"}
	}
	said, _ := w.Run("reg", args...)
	m := regexp.MustCompile(`REG_(?:SZ|DWORD) +(.*)`).FindStringSubmatch(said)
	if m == nil {
		return ""
	}
	return strings.TrimSpace(m[1])
}

// SetValue writes a text into the registry.
func (w *Wine) SetValue(key, name, value string) {
	w.rig.t.Helper()
	if said, code := w.Run("reg", "add", key, "/v", name, "/d", value, "/f"); code != 0 {
		w.rig.t.Fatalf("reg add: %s", said)
	}
}

// Named lists what has a name with this text in it, in small letters, anywhere
// under the person's folder.
func (w *Wine) Named(text string) (found []string) {
	_ = filepath.WalkDir(w.User, func(path string, _ os.DirEntry, err error) error {
		if err == nil && strings.Contains(strings.ToLower(filepath.Base(path)), text) {
			found = append(found, strings.TrimPrefix(path, w.User+"/"))
		}
		return nil
	})
	return found
}

// secret reads an item of the Credential Manager, see [Rig.Secret].
func (w *Wine) secret(attributes ...string) string {
	w.rig.t.Helper()
	var service, item string
	for i := 0; i+1 < len(attributes); i += 2 {
		switch attributes[i] {
		case "service":
			service = attributes[i+1]
		case "username":
			item = attributes[i+1]
		}
	}
	said, code := w.Run(filepath.Join(os.Getenv("SELLERKEY_WINE_DIR"), "secret.exe"), service, item)
	if code != 0 {
		w.rig.t.Fatalf("the Credential Manager: %s", said)
	}
	return said
}

// launch starts a program of Windows, with more for the environment.
func (w *Wine) launch(env []string, program string, args ...string) *App {
	w.rig.t.Helper()
	return w.rig.LaunchOther("env", append(append(env, w.loader, program), args...)...)
}

// launchUnheard starts it as a double-click does: nothing reads what it prints.
// What is returned is the one who waits for its exit code.
func (w *Wine) launchUnheard(program string, args ...string) *App {
	w.rig.t.Helper()
	return w.launch(nil, "start", append([]string{"/wait", "/unix", program}, args...)...)
}

// Adopt waits for a window with this text in its title that something else has
// opened, and returns its program.
func (r *Rig) Adopt(title string) *App {
	r.t.Helper()
	a := &App{rig: r, Began: time.Now(), done: make(chan struct{}), logPath: os.DevNull}
	r.eventually("a window titled "+title, func() error {
		said, err := r.try("xdotool", "search", "--onlyvisible", "--name", regexp.QuoteMeta(title))
		if err != nil {
			return err
		}
		said, err = r.try("xdotool", "getwindowpid", strings.Fields(said)[0])
		if err != nil {
			return err
		}
		a.pid, err = strconv.Atoi(said)
		return err
	})
	go func() {
		defer close(a.done)
		for {
			// A zombie has no command line any more.
			if line, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(a.pid), "cmdline")); err != nil || len(line) == 0 {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
	}()
	r.apps = append(r.apps, a)
	return a
}

// needWine is the folder that scripts/package-test-windows has prepared.
func needWine(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("SELLERKEY_WINE_DIR")
	if dir == "" {
		t.Skip("SELLERKEY_WINE_DIR is not set: scripts/package-test-windows makes what is tried here, and runs this")
	}
	return dir
}
