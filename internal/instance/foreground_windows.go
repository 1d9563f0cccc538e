package instance

import "golang.org/x/sys/windows"

// allowForeground passes on the right to come to the front, which this process got
// from the person's double-click, to the one whose window is open. Without it,
// Windows only flashes that one's button in the task bar.
func allowForeground() {
	const anyProcess = 0xffffffff // ASFW_ANY
	_, _, _ = windows.NewLazySystemDLL("user32.dll").NewProc("AllowSetForegroundWindow").Call(anyProcess)
}
