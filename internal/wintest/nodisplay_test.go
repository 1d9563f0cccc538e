//go:build window && linux

package wintest

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestNoDisplay: where no window can be drawn, the program says so in the
// person's language, names the command for the walk in a terminal, and ends. The
// toolkit alone would wait forever, or panic.
func TestNoDisplay(t *testing.T) {
	r := Start(t, Options{NoKeychain: true})
	without := r.noGLX()
	for name, change := range map[string]func([]string) []string{
		"no display":            func(env []string) []string { return with(env, "DISPLAY=") },
		"a display that's gone": func(env []string) []string { return with(env, "DISPLAY=:4242") },
		"no OpenGL":             func(env []string) []string { return with(env, "DISPLAY="+without) },
	} {
		for _, lang := range []string{"ja", "en", "pt-BR"} {
			cmd := r.Command(context.Background(), r.Binary(), "--lang", lang)
			cmd.Env = change(r.env)
			a := r.launch(cmd)
			if code := a.WaitExit(); code != 1 {
				t.Errorf("%s, %s: exit code %d", name, lang, code)
			}
			said := a.Log()
			title := wordsOf(t, lang).T(t, "startup.opengl_title")
			if !strings.Contains(said, title) || !strings.Contains(said, "sellerkey-cli authorize") || strings.Contains(said, "goroutine") {
				t.Errorf("%s, %s: %s", name, lang, said)
			}
		}
	}
}

func with(env []string, setting string) []string {
	name, _, _ := strings.Cut(setting, "=")
	other := func(s string) bool { return strings.HasPrefix(s, name+"=") || strings.HasPrefix(s, "WAYLAND_DISPLAY=") }
	return append(slices.DeleteFunc(slices.Clone(env), other), setting)
}

// noGLX starts a display without OpenGL and returns its name.
func (r *Rig) noGLX() string {
	r.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	cmd := r.Command(ctx, "Xvfb", "-displayfd", "1", "-extension", "GLX", "-screen", "0", "800x600x24", "-nolisten", "tcp")
	out, err := cmd.StdoutPipe()
	if err != nil {
		r.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() {
		cancel()
		var exit *exec.ExitError
		if err := cmd.Wait(); err != nil && !errors.As(err, &exit) {
			r.t.Error(err)
		}
	})
	var number string
	if _, err := fmt.Fscan(out, &number); err != nil {
		r.t.Fatal(err)
	}
	return ":" + number
}
