package clip

import (
	"os"
	"runtime"
	"testing"
	"unsafe"

	"golang.org/x/sys/windows"
)

// TestMarkedOnTheClipboard looks at the real clipboard, which belongs to
// the person at the computer.
func TestMarkedOnTheClipboard(t *testing.T) {
	if os.Getenv("SELLERKEY_TEST_CLIPBOARD") != "1" {
		t.Skip("takes the clipboard away from the person: SELLERKEY_TEST_CLIPBOARD=1")
	}
	const secret = "Atzr|EXAMPLE 秘密 🔑"
	if !setMarked(secret) {
		t.Fatal("nothing was put on the clipboard")
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	u := newUser32()
	if got := read(t, u); got != secret {
		t.Errorf("the clipboard holds %q", got)
	}
	for _, mark := range []string{"ExcludeClipboardContentFromMonitorProcessing", "CanIncludeInClipboardHistory", "CanUploadToCloudClipboard"} {
		if !u.call("IsClipboardFormatAvailable", u.register(mark)) {
			t.Errorf("the mark %s is not there", mark)
		}
	}
	if !setMarked("") || read(t, u) != "" {
		t.Error("an empty text does not take its place")
	}
}

// read returns the text on the clipboard.
func read(t *testing.T, u user32) string {
	t.Helper()
	if !u.open() {
		t.Fatal("the clipboard does not open")
	}
	defer u.call("CloseClipboard")
	handle, _, _ := u.user.NewProc("GetClipboardData").Call(formatUnicodeText)
	at, _, _ := u.kernel.NewProc("GlobalLock").Call(handle)
	size, _, _ := u.kernel.NewProc("GlobalSize").Call(handle)
	if at == 0 || size < 2 {
		t.Fatal("there is no text")
	}
	defer u.kernel.NewProc("GlobalUnlock").Call(handle) //nolint:errcheck // nothing follows from it
	wide := make([]uint16, size/2)
	var n uintptr
	if err := windows.ReadProcessMemory(windows.CurrentProcess(), at, (*byte)(unsafe.Pointer(&wide[0])), size, &n); err != nil {
		t.Fatal(err)
	}
	return windows.UTF16ToString(wide)
}
