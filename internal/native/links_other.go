//go:build !windows

package native

// Links is the choice whether browsers open this program by the links of a scheme.
// Installers and packages make it elsewhere; it's for a program that was only
// unpacked.
type Links struct{}

// NewLinks returns nil: packages and the archive's script make that choice.
func NewLinks(string) *Links { return nil }

// Open is for Windows.
func (l *Links) Open() bool { return false }

// SetOpen is for Windows.
func (l *Links) SetOpen(bool) error { return nil }
