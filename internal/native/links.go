package native

// Links is the choice whether browsers open this program by the links of a scheme.
// Installers and packages make it elsewhere; it's for a program that was only
// unpacked.
type Links struct{ scheme, exe string }
