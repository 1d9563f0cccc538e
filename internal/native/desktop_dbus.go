//go:build !windows && !darwin

package native

import (
	"context"

	"github.com/godbus/dbus/v5"
)

// AskDesktop reads the desktop's settings. When ctx ends first it returns the
// zero Desktop. Window managers keep windows on the screen.
func AskDesktop(ctx context.Context) Desktop {
	bus, err := dbus.ConnectSessionBus(dbus.WithContext(ctx))
	if err != nil {
		return Desktop{NoColorScheme: ctx.Err() == nil}
	}
	defer bus.Close() //nolint:errcheck // nothing was written
	portal := bus.Object("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop")
	read := func(namespace, key string) (any, error) {
		// https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html
		var v dbus.Variant
		err := portal.CallWithContext(ctx, "org.freedesktop.portal.Settings.Read", 0, namespace, key).Store(&v)
		return plain(v), err
	}
	var d Desktop
	if _, err := read("org.freedesktop.appearance", "color-scheme"); err != nil {
		d.NoColorScheme = ctx.Err() == nil
	}
	if animated, err := read("org.gnome.desktop.interface", "enable-animations"); err == nil {
		d.ReduceMotion = animated == false
	}
	return d
}

// plain returns the value inside a variant; Read wraps it twice.
func plain(v dbus.Variant) any {
	for {
		inner, ok := v.Value().(dbus.Variant)
		if !ok {
			return v.Value()
		}
		v = inner
	}
}
