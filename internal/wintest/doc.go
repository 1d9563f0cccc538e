// Package wintest runs the built program the way a person does: in a window, by
// keyboard and mouse, with a real keychain and a real browser, all of them on a
// display and a home directory of their own. It is Linux only and behind the
// build tag "window"; "make window-test" builds the program and runs it.
//
// The program offers nothing to tests that it does not offer to people. What a
// test can see is what they see: window titles, the clipboard, the browser's
// address and page, the keychain, and the files that the program writes.
package wintest
