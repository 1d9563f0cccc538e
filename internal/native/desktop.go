package native

// Desktop is how the operating system wants windows to look.
type Desktop struct {
	// NoColorScheme: the desktop has no setting for light and dark.
	NoColorScheme bool
	// ReduceMotion: the person asked for less motion.
	ReduceMotion bool
	// Width and Height are the free area of the main screen, for a window with
	// its frame, in pixels of 1/96 inch; 0 where unknown.
	Width, Height float32
}
