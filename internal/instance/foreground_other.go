//go:build !windows

package instance

// allowForeground does nothing here: the window manager decides.
func allowForeground() {}
