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
	bus, err := dbus.SessionBus()
	if err != nil {
		return true
	}
	var path dbus.ObjectPath
	err = bus.Object("org.freedesktop.secrets", "/org/freedesktop/secrets").
		Call("org.freedesktop.Secret.Service.ReadAlias", 0, "default").Store(&path)
	return err == nil && path == "/"
}

// Locked reports whether the keychain is locked, without making the system ask
// for its password. Only the Secret Service can tell; elsewhere it's false.
func (k *Keychain) Locked(ctx context.Context) bool {
	if _, real := k.ring.(systemRing); !real {
		return false
	}
	bus, err := dbus.SessionBus()
	if err != nil {
		return false
	}
	const service = "org.freedesktop.secrets"
	var path dbus.ObjectPath
	err = bus.Object(service, "/org/freedesktop/secrets").
		CallWithContext(ctx, "org.freedesktop.Secret.Service.ReadAlias", 0, "default").Store(&path)
	if err != nil || path == "/" {
		return false
	}
	var locked bool
	err = bus.Object(service, path).
		CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", 0, "org.freedesktop.Secret.Collection", "Locked").Store(&locked)
	return err == nil && locked
}
