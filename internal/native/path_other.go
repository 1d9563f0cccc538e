//go:build !windows

package native

import "errors"

// AddToPath is for Windows; elsewhere packages know a folder that is on the PATH.
func AddToPath(string) error { return errors.ErrUnsupported }

// RemoveFromPath is for Windows.
func RemoveFromPath(string) error { return errors.ErrUnsupported }
