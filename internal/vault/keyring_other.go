//go:build windows || darwin

package vault

import "context"

// platformKind has nothing to add to the error numbers.
func platformKind(error) Kind { return "" }

// ringLocked returns false: the systems without a Secret Service unlock the keychain
// when the person signs in, or don't say.
func ringLocked(context.Context) bool { return false }
