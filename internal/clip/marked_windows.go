package clip

import (
	"errors"
	"runtime"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

const (
	formatUnicodeText = 13     // CF_UNICODETEXT
	movable           = 0x0002 // GMEM_MOVEABLE
)

// setMarked puts text on the clipboard with the marks that keep it out of the
// clipboard history, the cloud clipboard, and programs that watch the clipboard
// (https://learn.microsoft.com/windows/win32/dataxchg/clipboard-formats). Both
// go in before the clipboard closes, because that's when a history takes its
// copy. If it returns false, the text must be copied without.
func setMarked(text string) bool {
	// The clipboard belongs to the thread that opened it.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	u := newUser32()
	if !u.open() {
		return false
	}
	defer u.call("CloseClipboard")
	if !u.call("EmptyClipboard") {
		return false
	}
	for _, m := range []struct {
		name string
		data []byte
	}{
		// The first one is meant for every program that watches; any data will do.
		{"ExcludeClipboardContentFromMonitorProcessing", []byte{0, 0, 0, 0}},
		{"CanIncludeInClipboardHistory", []byte{0, 0, 0, 0}}, // a DWORD: no
		{"CanUploadToCloudClipboard", []byte{0, 0, 0, 0}},    // a DWORD: no
	} {
		if format := u.register(m.name); format != 0 {
			u.set(format, m.data)
		}
	}
	wide, err := windows.UTF16FromString(text)
	if err != nil {
		return false // a NUL inside; no secret of Amazon's has one
	}
	return u.set(formatUnicodeText, unsafe.Slice((*byte)(unsafe.Pointer(&wide[0])), 2*len(wide)))
}

// user32 is the part of the Windows API that x/sys does not cover.
type user32 struct{ user, kernel *windows.LazyDLL }

func newUser32() user32 {
	return user32{windows.NewLazySystemDLL("user32.dll"), windows.NewLazySystemDLL("kernel32.dll")}
}

func (u user32) call(name string, args ...uintptr) bool {
	r, _, _ := u.user.NewProc(name).Call(args...)
	return r != 0
}

// open waits a moment: another program may have the clipboard open.
func (u user32) open() bool {
	// With no owner, setting data can fail. The active window of this thread is
	// Fyne's, when it is called from where it should be.
	owner, _, _ := u.user.NewProc("GetActiveWindow").Call()
	for range 10 {
		if u.call("OpenClipboard", owner) {
			return true
		}
		time.Sleep(10 * time.Millisecond)
	}
	return false
}

func (u user32) register(name string) uintptr {
	p, err := windows.UTF16PtrFromString(name)
	if err != nil {
		return 0
	}
	r, _, _ := u.user.NewProc("RegisterClipboardFormatW").Call(uintptr(unsafe.Pointer(p)))
	return r
}

// set gives data to the clipboard, which owns it from then on.
func (u user32) set(format uintptr, data []byte) bool {
	handle, _, _ := u.kernel.NewProc("GlobalAlloc").Call(movable, uintptr(len(data)))
	if handle == 0 {
		return false
	}
	free := func() { _, _, _ = u.kernel.NewProc("GlobalFree").Call(handle) }
	at, _, _ := u.kernel.NewProc("GlobalLock").Call(handle)
	if at == 0 {
		free()
		return false
	}
	// WriteProcessMemory instead of a pointer made of a number, which Go's
	// rules for unsafe do not allow.
	err := windows.WriteProcessMemory(windows.CurrentProcess(), at, &data[0], uintptr(len(data)), nil)
	_, _, lerr := u.kernel.NewProc("GlobalUnlock").Call(handle)
	if err != nil || lerr != nil && !errors.Is(lerr, windows.ERROR_SUCCESS) {
		free()
		return false
	}
	if !u.call("SetClipboardData", format, handle) {
		free()
		return false
	}
	return true
}
