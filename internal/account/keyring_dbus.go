//go:build !windows && !darwin

package account

import (
	"errors"
	"net"
	"strings"

	"github.com/godbus/dbus/v5"
)

// platformKind reads the errors of the Secret Service. It is "" for those that
// are not of D-Bus.
func platformKind(err error) VaultKind {
	var e dbus.Error
	var op *net.OpError
	switch text := err.Error(); {
	case errors.As(err, &e):
		return dbusKind(e.Name)
	case strings.HasPrefix(text, "failed to unlock correct collection"):
		// go-keyring gives the same text when the person closes the question
		// and when there is no collection to unlock.
		if noCollection() {
			return VaultMissing
		}
		return VaultLocked
	case errors.As(err, &op), strings.HasPrefix(text, "dbus: "), strings.Contains(text, "session bus"):
		return VaultMissing
	}
	return ""
}

// dbusKind reads the name of a D-Bus error.
func dbusKind(name string) VaultKind {
	switch strings.TrimPrefix(name, "org.freedesktop.DBus.Error.") {
	case "ServiceUnknown", "NameHasNoOwner", "UnknownInterface", "UnknownMethod", "NotSupported", "FileNotFound":
		return VaultMissing
	case "AccessDenied", "AuthFailed", "InteractiveAuthorizationRequired":
		return VaultRefused
	case "LimitsExceeded", "NoMemory":
		return VaultFull
	}
	switch {
	case strings.HasSuffix(name, ".IsLocked"):
		return VaultLocked
	case strings.HasSuffix(name, ".Dismissed"), strings.HasSuffix(name, ".Cancelled"):
		return VaultDismissed
	case strings.Contains(name, ".Spawn."):
		return VaultMissing
	}
	return VaultUnavailable
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
