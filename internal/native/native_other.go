//go:build !windows

package native

import "os"

// NewMessages returns messages on standard output and standard error.
func NewMessages() Messages { return Messages{Out: os.Stdout, Err: os.Stderr} }

// Restore does nothing: only Windows needs help to show a minimized window.
func Restore(uintptr) {}

// OpenGL returns ok false: here the toolkit itself reports what it lacks.
func OpenGL() (version string, ok bool) { return "", false }
