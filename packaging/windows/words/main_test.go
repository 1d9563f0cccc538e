package main

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestEscape(t *testing.T) {
	if got := escape("a \"b\" costs $1\nand more"); got != `a $\"b$\" costs $$1$\r$\nand more` {
		t.Error(got)
	}
}

func TestScript(t *testing.T) {
	text, err := script()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines)%3 != 0 {
		t.Errorf("%d lines for three languages", len(lines))
	}
	for _, line := range lines {
		if strings.Count(strings.ReplaceAll(line, `$\"`, ""), `"`) != 2 || strings.Contains(line, "⟦") {
			t.Error(line)
		}
		// The check box has room for one line.
		if _, label, ok := strings.Cut(line, "LangString path "); ok && utf8.RuneCountInString(label) > len("${LANG_PORTUGUESEBR} ")+50 {
			t.Errorf("the check box cuts off %s", label)
		}
	}
}
