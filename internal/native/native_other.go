//go:build !windows

package native

import "os"

// NewVoice is the terminal, or wherever a desktop puts the output of a program.
func NewVoice() Voice { return Voice{Out: os.Stdout, Err: os.Stderr} }

// Alert shows a message in a window of the system and waits for OK. Here there
// is no such window without a toolkit, and it is false.
func Alert(title, text string) bool { return false }

// Restore shows a window again that lies minimized; only Windows has to be asked.
func Restore(uintptr) {}

// OpenGL is the version of OpenGL that a window gets. ok is false when that
// cannot be told beforehand: here the toolkit says so itself.
func OpenGL() (version string, ok bool) { return "", false }
