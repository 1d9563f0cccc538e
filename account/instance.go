package account

// Claim makes this process the one that owns dir. When another one does, that
// one is asked to show its window, and first is false. show runs in its own
// goroutine. release may be called more than once.
//
// With first true and an error, the process owns dir and cannot be called to
// the front; with first false and an error, the other one did not answer.
func Claim(dir string, show func()) (release func(), first bool, err error) {
	return func() {}, true, nil
}
