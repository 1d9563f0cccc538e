package native

import (
	"bytes"
	"testing"
)

func TestDraws(t *testing.T) {
	for version, want := range map[string]bool{
		"4.6.0 NVIDIA 551.86":                 true,
		"4.5 (Compatibility Profile) Mesa 22": true,
		"3.3.0 - Build 31.0.101.2111":         true,
		"2.1 INTEL-10.36.26":                  true,
		"10.0":                                true,
		"2.0.0":                               false,
		"1.4 (2.1 Mesa)":                      false,
		"1.1.0":                               false, // Windows' own, without a driver
		"":                                    false,
		"OpenGL ES 3.2":                       false,
		"99999999999999999999.99999999999999": false,
	} {
		if got := Draws(version); got != want {
			t.Errorf("%q: %v", version, got)
		}
	}
}

// TestMessages: a dialog where there is no terminal, lines where there is one, never both.
func TestMessages(t *testing.T) {
	var out, err bytes.Buffer
	v := Messages{Out: &out, Err: &err}
	v.Print("asked for")
	v.Error("went wrong")
	if out.String() != "asked for\n" || err.String() != "went wrong\n" {
		t.Errorf("%q %q", out.String(), err.String())
	}
	out.Reset()
	err.Reset()
	var shown []string
	v.Box = func(title, text string) { shown = append(shown, title+": "+text) }
	v.Print("asked for")
	v.Error("went wrong")
	if out.Len()+err.Len() > 0 || len(shown) != 2 || shown[0] != "SellerKey: asked for" || shown[1] != "SellerKey: went wrong" {
		t.Errorf("%q %q %q", out.String(), err.String(), shown)
	}
}
