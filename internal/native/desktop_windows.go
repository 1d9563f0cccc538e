package native

import (
	"context"
	"unsafe"
)

// AskDesktop asks the desktop. The toolkit finds light and dark out by itself.
func AskDesktop(context.Context) Desktop {
	// https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-systemparametersinfow
	const workArea, animation = 0x0030, 0x1042 // SPI_GETWORKAREA, SPI_GETCLIENTAREAANIMATION
	var d Desktop
	animated := int32(1)
	if r, _, _ := user32("SystemParametersInfoW").Call(animation, 0, uintptr(unsafe.Pointer(&animated)), 0); r != 0 {
		d.ReduceMotion = animated == 0
	}
	var area struct{ left, top, right, bottom int32 }
	if r, _, _ := user32("SystemParametersInfoW").Call(workArea, 0, uintptr(unsafe.Pointer(&area)), 0); r != 0 {
		perPixel := float32(1)
		if dpi := user32("GetDpiForSystem"); dpi.Find() == nil { // not before Windows 10
			if n, _, _ := dpi.Call(); n > 0 {
				perPixel = 96 / float32(n)
			}
		}
		d.Width, d.Height = float32(area.right-area.left)*perPixel, float32(area.bottom-area.top)*perPixel
	}
	return d
}
