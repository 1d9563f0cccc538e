//go:build linux

package account

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

// TestRealKeyringKilled is [TestKilled] on the real keychain.
func TestRealKeyringKilled(t *testing.T) {
	service := needKeyring(t) + ".killed"
	t.Setenv("SELLERKEY_TEST_SERVICE", service)
	runs := 300
	if testing.Short() {
		runs = 30
	}
	killedTest(t, t.TempDir(), runs, 250*time.Millisecond)
	// All accounts are forgotten by now, and with them whatever the dead had
	// left half-way.
	bus, err := dbus.SessionBus()
	if err != nil {
		t.Fatal(err)
	}
	var open, locked []dbus.ObjectPath
	if err := bus.Object("org.freedesktop.secrets", "/org/freedesktop/secrets").Call("org.freedesktop.Secret.Service.SearchItems", 0,
		map[string]string{"service": service}).Store(&open, &locked); err != nil {
		t.Fatal(err)
	}
	if len(open)+len(locked) > 0 {
		t.Errorf("%d items are left in the keychain", len(open)+len(locked))
	}
}

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
	switch KindOfVault(err) {
	case VaultLocked, VaultDismissed, VaultUnavailable:
	default:
		t.Error(err)
	}
}

// TestNoKeyring: no session bus, as over ssh or in a bare container.
func TestNoKeyring(t *testing.T) {
	if os.Getenv("SELLERKEY_TEST_NO_KEYRING") == "1" {
		err := Probe(t.Context(), NewKeychain("app.sellerkey.test"))
		fmt.Printf("\nkind %s\n", KindOfVault(err))
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
			if _, serr := fmt.Sscanf(string(out), "\nkind %s\n", &got); err != nil || serr != nil || VaultKind(got) != VaultMissing {
				t.Errorf("%q %v\n%s", got, err, out)
			}
		})
	}
}

func TestSystemErrors(t *testing.T) {
	ring := systemRing{"app.sellerkey.test"}
	for _, c := range []struct {
		err  error
		want VaultKind
	}{
		{system.ErrNotFound, VaultNotFound},
		{fmt.Errorf("wrapped: %w", system.ErrNotFound), VaultNotFound},
		{system.ErrSetDataTooBig, VaultTooBig},
		{system.ErrUnsupportedPlatform, VaultMissing},
		{dbus.Error{Name: "org.freedesktop.DBus.Error.ServiceUnknown"}, VaultMissing},
		{dbus.Error{Name: "org.freedesktop.DBus.Error.Spawn.ChildExited"}, VaultMissing},
		{dbus.Error{Name: "org.freedesktop.DBus.Error.AccessDenied"}, VaultRefused},
		{dbus.Error{Name: "org.freedesktop.DBus.Error.NoReply"}, VaultUnavailable},
		{dbus.Error{Name: "org.freedesktop.DBus.Error.LimitsExceeded"}, VaultFull},
		{dbus.Error{Name: "org.freedesktop.Secret.Error.IsLocked"}, VaultLocked},
		{dbus.ErrMsgNoObject, VaultUnavailable},
		{errors.New("dbus: invalid bus address (no transport)"), VaultMissing},
		{errors.New("dbus: couldn't determine address of session bus"), VaultMissing},
		{&exec.Error{Name: "dbus-launch", Err: exec.ErrNotFound}, VaultMissing},
		{syscall.EACCES, VaultRefused},
		{errors.New("what?"), VaultUnavailable},
	} {
		if got := ring.kind(c.err); got != c.want {
			t.Errorf("%v: %s, want %s", c.err, got, c.want)
		}
	}
	for code, want := range map[int]VaultKind{44: VaultNotFound, 36: VaultLocked, 128: VaultDismissed, 51: VaultRefused, 50: VaultMissing, 1: VaultUnavailable} {
		if got := securityKind(code); got != want {
			t.Errorf("security %d: %s, want %s", code, got, want)
		}
	}
	for errno, want := range map[uint32]VaultKind{1168: VaultNotFound, 5: VaultRefused, 1312: VaultMissing, 112: VaultFull, 1783: VaultTooBig, 1223: VaultDismissed, 87: VaultUnavailable} {
		if got := windowsKind(errno); got != want {
			t.Errorf("windows %d: %s, want %s", errno, got, want)
		}
	}
}
