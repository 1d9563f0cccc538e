//go:build !windows && !darwin

package native

import (
	"context"
	"time"

	"github.com/godbus/dbus/v5"
)

// Alert shows a notification of the desktop and returns false if there is no
// desktop that shows one. It doesn't wait for anybody to read it.
// https://specifications.freedesktop.org/notification-spec/latest/protocol.html
func Alert(title, text string) bool {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	bus, err := dbus.ConnectSessionBus(dbus.WithContext(ctx))
	if err != nil {
		return false
	}
	defer bus.Close() //nolint:errcheck // the notification stays
	const replaces, untilRead = uint32(0), int32(0)
	return bus.Object("org.freedesktop.Notifications", "/org/freedesktop/Notifications").
		CallWithContext(ctx, "org.freedesktop.Notifications.Notify", 0, "SellerKey", replaces, "app.sellerkey", title, text,
			[]string{}, map[string]dbus.Variant{}, untilRead).Err == nil
}
