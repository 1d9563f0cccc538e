package lwa

import (
	"strings"
	"testing"
)

func TestReplaces(t *testing.T) {
	old := NewSecret("Atzr|EXAMPLE-old")
	for _, token := range []string{"Atzr|EXAMPLE-new", "Atzr|NEW", "Atzr|IwEXAMPLE_0-9+/=", "Atzr|" + strings.Repeat("x", longestRefresh-5)} {
		if !Replaces(old, NewSecret(token)) {
			t.Errorf("%s does not replace", token)
		}
	}
	for _, token := range []string{
		"", "null", "undefined", "None", "...", "Atzr|EXAMPLE-old", "Atza|EXAMPLE-access", "Atzr|", "Atzr|********", "Atzr|...", "Atzr|…",
		"Atzr|EXAMPLE with blanks", "Atzr|EXAMPLE\n", " Atzr|EXAMPLE", "atzr|EXAMPLE", "[secret]", "Atzr|<token>", "Atzr|" + strings.Repeat("x", 70_000),
	} {
		if Replaces(old, NewSecret(token)) {
			t.Errorf("%.30q replaces", token)
		}
	}
	// Tokens of a form that Amazon may use one day.
	old = NewSecret("EXAMPLE.of.another.form")
	for token, want := range map[string]bool{"EXAMPLE.next": true, "Atzr|EXAMPLE": true, "null": false, "Undefined": false, "Atza|EXAMPLE": false, "***": false, "": false} {
		if Replaces(old, NewSecret(token)) != want {
			t.Errorf("%q: want %t", token, want)
		}
	}
}
