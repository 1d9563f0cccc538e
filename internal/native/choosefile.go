package native

import "errors"

// FileQuestion is what the system's file window asks for.
type FileQuestion struct {
	Title string
	// Folder is where it begins.
	Folder string
	// Save asks for a place for a file, which may exist, and proposes Name. Without
	// it the question is for a file that exists.
	Save bool
	Name string
	// Kind is the name of files with one of these Extensions (".toml"), the only
	// ones offered; without extensions all are.
	Kind       string
	Extensions []string
	// Parent is the window that asks: an X11 window or a HWND; 0 for none.
	Parent uintptr
}

// ErrNoFileWindow means that the system has no file window to show, or that it
// went away before an answer. The toolkit's own is left.
var ErrNoFileWindow = errors.New("native: the system shows no file window")
