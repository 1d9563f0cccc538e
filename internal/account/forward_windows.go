package account

import "golang.org/x/sys/windows"

// letComeForward gives the right to come to the front, which this process got
// from the person's double-click, on to the one whose window is open. Without
// it Windows only lets its button in the task bar blink.
func letComeForward() {
	const anyProcess = 0xffffffff // ASFW_ANY
	_, _, _ = windows.NewLazySystemDLL("user32.dll").NewProc("AllowSetForegroundWindow").Call(anyProcess)
}
