package lazy

import "testing"

func TestRegexp(t *testing.T) {
	digits, broken := Regexp(`[0-9]+`), Regexp(`[`)
	first := digits()
	if first.FindString("a12") != "12" || digits() != first {
		t.Error("compiled wrong, or more than once")
	}
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	broken()
}
