//go:build window && linux

package wintest

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

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

// StopKeychain takes the Secret Service off the bus, as if there were none.
func (r *Rig) StopKeychain() {
	r.t.Helper()
	if r.keychain == nil {
		return
	}
	_ = r.keychain.Kill()
	r.keychain = nil
	r.Eventually("the keychain to be gone", func() bool {
		_, err := r.try("secret-tool", "search", "--all", "rig", "probe")
		return err != nil
	})
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
