//go:build !windows && !(darwin && cgo)

package clip

// setMarked returns false: GLFW offers only plain text, and the marks that Linux desktops
// know (x-kde-passwordManagerHint) need a second owner of the selection.
func setMarked(string) bool { return false }
