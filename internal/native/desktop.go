package native

// Desktop is what the operating system says of how windows should be.
type Desktop struct {
	// Mute: it has no word on light or dark, so nobody has chosen dark.
	Mute bool
	// Still: the person asked for less motion.
	Still bool
	// Width and Height are the room on the main screen for a window with its
	// frame, in pixels of 1/96 inch; 0 where that is not known.
	Width, Height float32
}
