package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/cli"
)

// TestManual: every command, option, and exit code is on the page, and readers of
// manual pages find nothing wrong with it.
func TestManual(t *testing.T) {
	for _, l := range i18n.Languages() {
		words, err := i18n.New(l.Tag)
		if err != nil {
			t.Fatal(err)
		}
		text := manual(words, "1.2.3", "2026-01-31")
		var want []string
		for _, c := range cli.Commands(words).Commands() {
			if !c.Hidden && c.Name() != "help" {
				want = append(want, escape(c.UseLine()))
			}
		}
		for code := range cli.ExitCodes {
			want = append(want, fmt.Sprintf(".B \"%d\"\n%s", code, escape(words.T(fmt.Sprintf("cli.exit.%d", code)))))
		}
		for _, s := range append(want, `\-\-data\-dir`, `\-o, \-\-output`, `"SellerKey 1.2.3"`) {
			if !strings.Contains(text, s) {
				t.Errorf("%s: lacks %s", l.Tag, s)
			}
		}
		for _, hidden := range []string{"token\\-url", "⟦", "cli path", "~/"} {
			if strings.Contains(text, hidden) {
				t.Errorf("%s: has %s", l.Tag, hidden)
			}
		}
		t.Run("mandoc "+l.Tag, func(t *testing.T) {
			mandoc, err := exec.LookPath("mandoc")
			if err != nil {
				t.Skip("there is no mandoc here")
			}
			file := filepath.Join(t.TempDir(), "sellerkey-cli.1")
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			if said, err := exec.Command(mandoc, "-Tlint", "-Wwarning", file).CombinedOutput(); err != nil || len(said) > 0 {
				t.Errorf("%v: %s", err, said)
			}
		})
	}
}

// TestEscape: what looks like a macro of troff is text.
func TestEscape(t *testing.T) {
	var p page
	p.text(".env is a `file`\n'quoted' a\\b -x")
	if want := "\\&.env is a file\n\\&'quoted' a\\eb \\-x\n"; p.String() != want {
		t.Errorf("%q", p.String())
	}
}
