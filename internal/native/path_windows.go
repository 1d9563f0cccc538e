package native

import (
	"errors"
	"unsafe"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"
)

// AddToPath puts a folder at the end of the person's own PATH. Programs that are
// started from now on see it.
func AddToPath(dir string) error { return changePath(dir, pathWith) }

// RemoveFromPath takes a folder out of the person's own PATH.
func RemoveFromPath(dir string) error { return changePath(dir, pathWithout) }

func changePath(dir string, change func(path, dir string) string) error {
	key, _, err := registry.CreateKey(registry.CURRENT_USER, "Environment", registry.QUERY_VALUE|registry.SET_VALUE)
	if err != nil {
		return err
	}
	defer key.Close() //nolint:errcheck // the value is written by then
	before, kind, err := key.GetStringValue("Path")
	if err != nil && !errors.Is(err, registry.ErrNotExist) {
		return err
	}
	after := change(before, dir)
	switch {
	case after == before:
		return nil
	case after == "":
		err = key.DeleteValue("Path")
	case kind == registry.SZ:
		err = key.SetStringValue("Path", after)
	default:
		err = key.SetExpandStringValue("Path", after)
	}
	if err != nil {
		return err
	}
	tellWindows()
	return nil
}

// tellWindows makes Explorer start programs with the new environment.
// https://learn.microsoft.com/windows/win32/winmsg/wm-settingchange
func tellWindows() {
	name, err := windows.UTF16PtrFromString("Environment")
	if err != nil {
		return
	}
	const everybody, settingChange, abortIfHung, patience = 0xffff, 0x001A, 0x0002, 1000
	_, _, _ = user32("SendMessageTimeoutW").Call(everybody, settingChange, 0, uintptr(unsafe.Pointer(name)), abortIfHung, patience, 0)
}
