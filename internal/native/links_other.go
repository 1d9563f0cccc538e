//go:build !windows

package native

// NewLinks returns nil: packages and the archive's script make that choice.
func NewLinks(string) *Links { return nil }

// Open is for Windows.
func (l *Links) Open() bool { return false }

// SetOpen is for Windows.
func (l *Links) SetOpen(bool) error { return nil }
