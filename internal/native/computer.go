package native

import "context"

// Computer is what the operating system says about itself.
type Computer struct {
	// System is the name and version of the operating system, and of the desktop
	// where there are several: "Debian GNU/Linux 13 (trixie), GNOME, wayland".
	System string
	// Browser is the system's name for the default browser, such as
	// "firefox.desktop"; "" if it has none.
	Browser string
	// Display: there is a place for windows.
	Display bool
}

// AskComputer asks the system. What doesn't answer before ctx ends stays empty.
func AskComputer(ctx context.Context) Computer {
	return Computer{System: system(ctx), Browser: browser(ctx), Display: display()}
}
