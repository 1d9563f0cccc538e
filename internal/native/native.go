// Package native asks the operating system for what SellerKey needs around its
// own window: a place for messages when there is no terminal, the version of OpenGL, and how the desktop wants windows to look.
package native

import (
	"fmt"
	"io"
	"regexp"
	"strconv"
)

// Messages is how the program reaches the person who started it.
type Messages struct {
	// Out and Err are standard output and standard error.
	Out, Err io.Writer
	// Box shows a message in a system dialog and waits for OK. It is nil where
	// somebody can read Out and Err.
	Box func(title, text string)
	// Window shows a message in a window of the program and waits until it is
	// closed. It is for systems that have no message box, where we can't tell
	// whether anybody reads Out and Err; nil elsewhere.
	Window func(lang, title, text string)
}

// Print shows the output of a command.
func (m Messages) Print(text string) { m.show(m.Out, text) }

// Error says why the program stopped.
func (m Messages) Error(text string) { m.show(m.Err, text) }

func (m Messages) show(w io.Writer, text string) {
	if m.Box != nil {
		m.Box("SellerKey", text)
		return
	}
	fmt.Fprintln(w, text)
}

// The oldest OpenGL that the toolkit supports (Fyne asks GLFW for 2.1).
const leastMajor, leastMinor = 2, 1

// Draws reports whether a version in the form of GL_VERSION ("4.6.0 …") is new
// enough for the window.
func Draws(version string) bool {
	m := regexp.MustCompile(`^(\d+)\.(\d+)`).FindStringSubmatch(version)
	if m == nil {
		return false
	}
	major, err1 := strconv.Atoi(m[1])
	minor, err2 := strconv.Atoi(m[2])
	if err1 != nil || err2 != nil {
		return false
	}
	return major > leastMajor || major == leastMajor && minor >= leastMinor
}
