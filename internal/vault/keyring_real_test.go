//go:build linux

package vault

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	system "github.com/zalando/go-keyring"
)

// TestRealKeyringLocked: nobody is there to type the password.
func TestRealKeyringLocked(t *testing.T) {
	k := NewKeychain(needKeyring(t))
	bus, err := dbus.SessionBus()
	if err != nil {
		t.Fatal(err)
	}
	service := bus.Object("org.freedesktop.secrets", "/org/freedesktop/secrets")
	var locked []dbus.ObjectPath
	var prompt dbus.ObjectPath
	if err := service.Call("org.freedesktop.Secret.Service.Lock", 0,
		[]dbus.ObjectPath{"/org/freedesktop/secrets/collection/login"}).Store(&locked, &prompt); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	start := time.Now()
	err = k.Set(ctx, "locked", fake("locked", 40))
	t.Logf("after %v: %v", time.Since(start), err)
	switch KindOf(err) {
	case Locked, Dismissed, Unavailable:
	default:
		t.Error(err)
	}
}

// TestNoKeyring: no session bus, as over ssh or in a bare container.
func TestNoKeyring(t *testing.T) {
	if os.Getenv("SELLERKEY_TEST_NO_KEYRING") == "1" {
		err := Probe(t.Context(), NewKeychain("app.sellerkey.test"))
		fmt.Printf("\nkind %s\n", KindOf(err))
		os.Exit(0)
	}
	for name, env := range map[string][]string{
		"nothing listens":   {"DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent/bus"},
		"senseless address": {"DBUS_SESSION_BUS_ADDRESS=nonsense"},
		"no bus at all":     {"DBUS_SESSION_BUS_ADDRESS=", "XDG_RUNTIME_DIR=/nonexistent", "PATH=/nonexistent"},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestNoKeyring$")
			cmd.Env = append(append(os.Environ(), "SELLERKEY_TEST_NO_KEYRING=1"), env...)
			out, err := cmd.CombinedOutput()
			var got string
			if _, serr := fmt.Sscanf(string(out), "\nkind %s\n", &got); err != nil || serr != nil || Kind(got) != Missing {
				t.Errorf("%q %v\n%s", got, err, out)
			}
		})
	}
}

func TestSystemErrors(t *testing.T) {
	ring := systemRing{"app.sellerkey.test"}
	for _, c := range []struct {
		err  error
		want Kind
	}{
		{system.ErrNotFound, NotFound},
		{fmt.Errorf("wrapped: %w", system.ErrNotFound), NotFound},
		{system.ErrSetDataTooBig, TooBig},
		{system.ErrUnsupportedPlatform, Missing},
		{dbus.Error{Name: "org.freedesktop.DBus.Error.ServiceUnknown"}, Missing},
		{dbus.Error{Name: "org.freedesktop.DBus.Error.Spawn.ChildExited"}, Missing},
		{dbus.Error{Name: "org.freedesktop.DBus.Error.AccessDenied"}, Refused},
		{dbus.Error{Name: "org.freedesktop.DBus.Error.NoReply"}, Unavailable},
		{dbus.Error{Name: "org.freedesktop.DBus.Error.LimitsExceeded"}, Full},
		{dbus.Error{Name: "org.freedesktop.Secret.Error.IsLocked"}, Locked},
		{dbus.ErrMsgNoObject, Unavailable},
		{errors.New("dbus: invalid bus address (no transport)"), Missing},
		{errors.New("dbus: couldn't determine address of session bus"), Missing},
		{&exec.Error{Name: "dbus-launch", Err: exec.ErrNotFound}, Missing},
		{syscall.EACCES, Refused},
		{errors.New("what?"), Unavailable},
	} {
		if got := ring.kind(c.err); got != c.want {
			t.Errorf("%v: %s, want %s", c.err, got, c.want)
		}
	}
	for code, want := range map[int]Kind{44: NotFound, 36: Locked, 128: Dismissed, 51: Refused, 50: Missing, 1: Unavailable} {
		if got := securityKind(code); got != want {
			t.Errorf("security %d: %s, want %s", code, got, want)
		}
	}
	for errno, want := range map[uint32]Kind{1168: NotFound, 5: Refused, 1312: Missing, 112: Full, 1783: TooBig, 1223: Dismissed, 87: Unavailable} {
		if got := windowsKind(errno); got != want {
			t.Errorf("windows %d: %s, want %s", errno, got, want)
		}
	}
}
