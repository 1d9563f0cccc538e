// Package native asks the operating system for the little that SellerKey needs
// of it before, and outside of, its own window: a place for words when there is
// no terminal, and whether a window can be drawn at all.
package native

import (
	"fmt"
	"io"
	"regexp"
	"strconv"
)

// Voice is how the program reaches the person who started it.
type Voice struct {
	// Out and Err are where a program in a terminal writes.
	Out, Err io.Writer
	// Box, when it is not nil, shows a message in a window of the system and
	// waits for OK. It is set where nobody reads Out and Err.
	Box func(title, text string)
	// Window, when it is not nil, shows a message in a window of the program's
	// own and waits until it is closed: where whoever reads Out and Err may be
	// nobody, and the system has no window for words.
	Window func(lang, title, text string)
}

// Say passes on what was asked for.
func (v Voice) Say(text string) { v.speak(v.Out, text) }

// Complain passes on why it did not go on.
func (v Voice) Complain(text string) { v.speak(v.Err, text) }

func (v Voice) speak(w io.Writer, text string) {
	if v.Box != nil {
		v.Box("SellerKey", text)
		return
	}
	fmt.Fprintln(w, text)
}

// The oldest OpenGL that the toolkit draws with (Fyne asks GLFW for 2.1).
const leastMajor, leastMinor = 2, 1

// Draws reports whether a version, as OpenGL itself gives it ("4.6.0 …"), is
// new enough for the window.
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
