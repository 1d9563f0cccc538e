//go:build !windows && !darwin

package vault

import (
	"context"
	"errors"
	"net"
	"strings"

	"github.com/godbus/dbus/v5"
)

// platformKind reads the errors of the Secret Service. It is "" for those that
// are not of D-Bus.
func platformKind(err error) Kind {
	var e dbus.Error
	var op *net.OpError
	switch text := err.Error(); {
	case errors.As(err, &e):
		return dbusKind(e.Name)
	case strings.HasPrefix(text, "failed to unlock correct collection"):
		// go-keyring gives the same text when the person closes the question
		// and when there is no collection to unlock.
		if noCollection() {
			return Missing
		}
		return Locked
	case errors.As(err, &op), strings.HasPrefix(text, "dbus: "), strings.Contains(text, "session bus"):
		return Missing
	}
	return ""
}

// dbusKind reads the name of a D-Bus error.
func dbusKind(name string) Kind {
	switch strings.TrimPrefix(name, "org.freedesktop.DBus.Error.") {
	case "ServiceUnknown", "NameHasNoOwner", "UnknownInterface", "UnknownMethod", "NotSupported", "FileNotFound":
		return Missing
	case "AccessDenied", "AuthFailed", "InteractiveAuthorizationRequired":
		return Refused
	case "LimitsExceeded", "NoMemory":
		return Full
	}
	switch {
	case strings.HasSuffix(name, ".IsLocked"):
		return Locked
	case strings.HasSuffix(name, ".Dismissed"), strings.HasSuffix(name, ".Cancelled"):
		return Dismissed
	case strings.Contains(name, ".Spawn."):
		return Missing
	}
	return Unavailable
}

// noCollection asks the Secret Service whether it has no place to put items.
func noCollection() bool {
	if _, err := dbus.SessionBus(); err != nil {
		return true
	}
	path, err := defaultCollection(context.Background())
	return err == nil && path == "/"
}

// ringLocked: see [Keychain.Locked].
func ringLocked(ctx context.Context) (locked bool) {
	path, err := defaultCollection(ctx)
	if err != nil || path == "/" {
		return false
	}
	err = askSecretService(ctx, &locked, path, "org.freedesktop.DBus.Properties.Get", "org.freedesktop.Secret.Collection", "Locked")
	return err == nil && locked
}

// defaultCollection is where the Secret Service puts items, "/" if nowhere.
func defaultCollection(ctx context.Context) (path dbus.ObjectPath, err error) {
	err = askSecretService(ctx, &path, "/org/freedesktop/secrets", "org.freedesktop.Secret.Service.ReadAlias", "default")
	return path, err
}

// askSecretService calls a method that asks the person nothing.
func askSecretService(ctx context.Context, answer any, of dbus.ObjectPath, method string, args ...any) error {
	bus, err := dbus.SessionBus()
	if err != nil {
		return err
	}
	return bus.Object("org.freedesktop.secrets", of).CallWithContext(ctx, method, 0, args...).Store(answer)
}
