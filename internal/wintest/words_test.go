//go:build window && linux

package wintest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

// words are the program's texts in one language, so that a test that looks for
// a window by its title does not have to be changed with every better wording.
type words map[string]any

func wordsOf(t testing.TB, lang string) words {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root(t), "i18n", lang+".toml"))
	if err != nil {
		t.Fatal(err)
	}
	var w words
	if err := toml.Unmarshal(data, &w); err != nil {
		t.Fatal(err)
	}
	return w
}

// T finds a text by its id, "step.paste".
func (w words) T(t testing.TB, id string) string {
	t.Helper()
	var v any = map[string]any(w)
	for _, part := range strings.Split(id, ".") {
		table, ok := v.(map[string]any)
		if !ok {
			t.Fatalf("no text %q", id)
		}
		v = table[part]
	}
	s, ok := v.(string)
	if !ok {
		t.Fatalf("no text %q", id)
	}
	return s
}
