//go:build windows || darwin

package account

// platformKind has nothing to add to the error numbers.
func platformKind(error) VaultKind { return "" }
