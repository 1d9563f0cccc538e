package native

import (
	"os"
	"runtime"
	"unsafe"

	"golang.org/x/sys/windows"
)

// NewMessages finds out where messages can go. On Windows a program with windows
// has no console: its output is visible only when it's redirected, or after
// attaching to the console that started it.
func NewMessages() Messages {
	if redirected(windows.STD_OUTPUT_HANDLE) || redirected(windows.STD_ERROR_HANDLE) {
		return Messages{Out: os.Stdout, Err: os.Stderr}
	}
	const parentProcess = 0xffffffff // ATTACH_PARENT_PROCESS
	if r, _, _ := kernel32("AttachConsole").Call(parentProcess); r != 0 {
		if console, err := os.OpenFile("CONOUT$", os.O_RDWR, 0); err == nil {
			return Messages{Out: console, Err: console}
		}
	}
	return Messages{Box: func(title, text string) { Alert(title, text) }}
}

// redirected reports whether a standard handle leads somewhere.
func redirected(id uint32) bool {
	h, err := windows.GetStdHandle(id)
	if err != nil || h == 0 || h == windows.InvalidHandle {
		return false
	}
	kind, err := windows.GetFileType(h)
	return err == nil && kind != windows.FILE_TYPE_UNKNOWN
}

// Alert shows a message box and waits for OK. It returns false if that failed.
func Alert(title, text string) bool {
	t, err1 := windows.UTF16PtrFromString(title)
	x, err2 := windows.UTF16PtrFromString(text)
	if err1 != nil || err2 != nil {
		return false
	}
	_, err := windows.MessageBox(0, x, t, windows.MB_OK|windows.MB_ICONINFORMATION|windows.MB_SETFOREGROUND)
	return err == nil
}

// Restore shows a window that is minimized to the taskbar.
func Restore(window uintptr) {
	if r, _, _ := user32("IsIconic").Call(window); r != 0 {
		const restore = 9 // SW_RESTORE
		_, _, _ = user32("ShowWindow").Call(window, restore)
	}
}

// OpenGL returns the version of OpenGL, tried in a small hidden window: when the
// toolkit's own attempt fails, the program can't catch it and ends with a
// message for programmers. ok is false when the version can't be determined; ok
// with an empty version means that there is no OpenGL.
func OpenGL() (version string, ok bool) {
	// A drawing context belongs to one thread.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()

	class, err := windows.UTF16PtrFromString("STATIC")
	if err != nil {
		return "", false
	}
	window, _, _ := user32("CreateWindowExW").Call(0, uintptr(unsafe.Pointer(class)), 0, popup, 0, 0, 1, 1, 0, 0, 0, 0)
	if window == 0 {
		return "", false
	}
	defer user32("DestroyWindow").Call(window) //nolint:errcheck // nothing follows from it
	dc, _, _ := user32("GetDC").Call(window)
	if dc == 0 {
		return "", false
	}
	defer user32("ReleaseDC").Call(window, dc) //nolint:errcheck // likewise

	format := newPixelFormat()
	n, _, _ := gdi32("ChoosePixelFormat").Call(dc, uintptr(unsafe.Pointer(&format)))
	if n == 0 {
		return "", true
	}
	if r, _, _ := gdi32("SetPixelFormat").Call(dc, n, uintptr(unsafe.Pointer(&format))); r == 0 {
		return "", true
	}
	context, _, _ := opengl32("wglCreateContext").Call(dc)
	if context == 0 {
		return "", true
	}
	defer opengl32("wglDeleteContext").Call(context) //nolint:errcheck // likewise
	if r, _, _ := opengl32("wglMakeCurrent").Call(dc, context); r == 0 {
		return "", true
	}
	defer opengl32("wglMakeCurrent").Call(0, 0) //nolint:errcheck // likewise
	const glVersion = 0x1F02                    // GL_VERSION
	at, _, _ := opengl32("glGetString").Call(glVersion)
	return text(at), true
}

const popup = 0x80000000 // WS_POPUP

// pixelFormat is PIXELFORMATDESCRIPTOR (wingdi.h).
type pixelFormat struct {
	size, version             uint16
	flags                     uint32
	kind, colorBits           byte
	_                         [13]byte // bits and shifts of the colors and the accumulation buffer
	depthBits, stencilBits, _ byte
	_, _                      byte
	_, _, _                   uint32
}

func newPixelFormat() pixelFormat {
	const doubleBuffer, drawToWindow, supportOpenGL = 0x1, 0x4, 0x20
	f := pixelFormat{version: 1, flags: doubleBuffer | drawToWindow | supportOpenGL, colorBits: 24, depthBits: 24, stencilBits: 8}
	f.size = uint16(unsafe.Sizeof(f))
	return f
}

// text reads a C string. It uses ReadProcessMemory because Go's rules for unsafe
// don't allow turning the address into a pointer.
func text(at uintptr) string {
	if at == 0 {
		return ""
	}
	var b [64]byte
	var n uintptr
	for size := uintptr(len(b)); size > 0 && n == 0; size /= 2 { // the string may end just before an unmapped page
		if windows.ReadProcessMemory(windows.CurrentProcess(), at, &b[0], size, &n) != nil {
			n = 0
		}
	}
	return windows.ByteSliceToString(b[:n])
}

func kernel32(name string) *windows.LazyProc {
	return windows.NewLazySystemDLL("kernel32.dll").NewProc(name)
}

func user32(name string) *windows.LazyProc {
	return windows.NewLazySystemDLL("user32.dll").NewProc(name)
}

func gdi32(name string) *windows.LazyProc { return windows.NewLazySystemDLL("gdi32.dll").NewProc(name) }

// opengl32 loads the DLL that the toolkit will use: Mesa's, if it's next to the program.
func opengl32(name string) *windows.LazyProc { return windows.NewLazyDLL("opengl32.dll").NewProc(name) }
