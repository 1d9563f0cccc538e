package main

import (
	"io"
	"strings"
	"sync/atomic"
)

// toolkitLog passes on what the toolkit prints. If it can't draw a window, it only
// prints why, in words for programmers, and then waits forever without a window,
// or panics (Fyne v2.8.1, initGLFW and create in internal/driver/glfw).
type toolkitLog struct {
	to io.Writer
	// noWindow is called with what the toolkit says is the cause. It must not return.
	noWindow func(cause string)
	// drawn: there is a window.
	drawn atomic.Bool

	failed bool
}

// Write takes one line.
func (l *toolkitLog) Write(line []byte) (int, error) {
	n, err := l.to.Write(line)
	text := string(line)
	if _, cause, ok := strings.Cut(text, "Cause: "); ok && l.failed && !l.drawn.Load() {
		l.noWindow(strings.TrimSpace(cause))
	}
	l.failed = strings.Contains(text, "failed to initialise GLFW") || strings.Contains(text, "window creation error")
	return n, err
}
