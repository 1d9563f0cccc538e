//go:build !windows && !(darwin && cgo)

package clip

// setMarked: GLFW offers plain text only, and the marks that Linux desktops
// know (x-kde-passwordManagerHint) need a second owner of the selection.
func setMarked(string) bool { return false }
