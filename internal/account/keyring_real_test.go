//go:build linux

package account

import (
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// TestRealKeyringKilled is [TestKilled] on the real keychain.
func TestRealKeyringKilled(t *testing.T) {
	if os.Getenv("SELLERKEY_TEST_KEYRING") != "1" {
		t.Skip("needs a real keychain that may be written to: SELLERKEY_TEST_KEYRING=1")
	}
	service := fmt.Sprintf("app.sellerkey.test.%d.killed", os.Getpid())
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
