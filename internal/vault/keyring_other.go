//go:build windows || darwin

package vault

// platformKind has nothing to add to the error numbers.
func platformKind(error) Kind { return "" }
