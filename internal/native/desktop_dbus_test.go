//go:build linux

package native

import (
	"bufio"
	"context"
	"os/exec"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// desktopSettings is a desktop that answers what it was told.
type desktopSettings map[string]any

func (s desktopSettings) Read(namespace, key string) (dbus.Variant, *dbus.Error) {
	v, ok := s[namespace+" "+key]
	if !ok {
		return dbus.Variant{}, dbus.NewError("org.freedesktop.portal.Error.NotFound", nil)
	}
	return dbus.MakeVariant(dbus.MakeVariant(v)), nil
}

// privateBus is a message bus that nobody else uses.
func privateBus(t *testing.T) {
	t.Helper()
	bus := exec.Command("dbus-daemon", "--session", "--nofork", "--print-address")
	out, err := bus.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := bus.Start(); err != nil {
		t.Skip("no dbus-daemon here: ", err)
	}
	t.Cleanup(func() {
		_ = bus.Process.Kill()
		_ = bus.Wait()
	})
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", address[:len(address)-1])
}

func TestAskDesktop(t *testing.T) {
	const scheme, animations = "org.freedesktop.appearance color-scheme", "org.gnome.desktop.interface enable-animations"
	for _, c := range []struct {
		name     string
		settings desktopSettings // nil: there is no such service
		want     Desktop
	}{
		{"nobody there", nil, Desktop{NoColorScheme: true}},
		{"no settings", desktopSettings{}, Desktop{NoColorScheme: true}},
		{"dark", desktopSettings{scheme: uint32(1)}, Desktop{}},
		{"animations off", desktopSettings{scheme: uint32(0), animations: false}, Desktop{ReduceMotion: true}},
		{"animations on", desktopSettings{scheme: uint32(2), animations: true}, Desktop{}},
		{"nonsense", desktopSettings{scheme: "dark", animations: "no"}, Desktop{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			privateBus(t)
			if c.settings != nil {
				conn, err := dbus.ConnectSessionBus()
				if err != nil {
					t.Fatal(err)
				}
				defer conn.Close() //nolint:errcheck // the bus ends with the test
				if err := conn.Export(c.settings, "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings"); err != nil {
					t.Fatal(err)
				}
				if _, err := conn.RequestName("org.freedesktop.portal.Desktop", 0); err != nil {
					t.Fatal(err)
				}
			}
			if got := AskDesktop(t.Context()); got != c.want {
				t.Errorf("%+v, not %+v", got, c.want)
			}
		})
	}
}

// TestDesktopThatIsAsleep: no answer in time is no answer, and not "no".
func TestDesktopThatIsAsleep(t *testing.T) {
	privateBus(t)
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close() //nolint:errcheck // the bus ends with the test
	if _, err := conn.RequestName("org.freedesktop.portal.Desktop", 0); err != nil {
		t.Fatal(err)
	}
	asked := make(chan struct{})
	defer close(asked)
	if err := conn.Export(asleep(asked), "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if got := AskDesktop(ctx); got != (Desktop{}) {
		t.Errorf("%+v", got)
	}
}

// asleep answers nothing until its channel is closed.
type asleep chan struct{}

func (a asleep) Read(string, string) (dbus.Variant, *dbus.Error) {
	<-a
	return dbus.MakeVariant(uint32(1)), nil
}
