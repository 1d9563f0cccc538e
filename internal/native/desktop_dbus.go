//go:build !windows && !darwin

package native

import (
	"context"

	"github.com/godbus/dbus/v5"
)

// AskDesktop asks the desktop for as long as ctx allows; one that takes longer
// counts as one that has not been asked. Window managers keep a window on the
// screen by themselves.
func AskDesktop(ctx context.Context) Desktop {
	bus, err := dbus.ConnectSessionBus(dbus.WithContext(ctx))
	if err != nil {
		return Desktop{Mute: ctx.Err() == nil}
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
		d.Mute = ctx.Err() == nil
	}
	if animated, err := read("org.gnome.desktop.interface", "enable-animations"); err == nil {
		d.Still = animated == false
	}
	return d
}

// plain is the value inside of a variant, which Read wraps twice.
func plain(v dbus.Variant) any {
	for {
		inner, ok := v.Value().(dbus.Variant)
		if !ok {
			return v.Value()
		}
		v = inner
	}
}
