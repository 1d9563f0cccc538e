// Package bench measures how quick and how small SellerKey is, side by side with
// what it stands on: a bare window of the toolkit, a Chromium window, curl.
// "make bench" runs it and writes docs/performance.md.
//
// The program is the built one, in a real window of a virtual display, with a
// real keychain (package wintest). What it shows is read from the memory of the
// display, which costs the program nothing.
package bench
