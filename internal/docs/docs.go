// Package docs lets the tests hold the page about reliability to its word: the
// tables and figures there are those of the tests, or the tests fail.
package docs

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// reliability returns docs/reliability.md of the module that is being tested.
func reliability(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	for ; err == nil && dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
	}
	page, err := os.ReadFile(filepath.Join(dir, "docs", "reliability.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

// Says fails the test when no line of the page holds this text.
func Says(t testing.TB, text string) {
	t.Helper()
	if !strings.Contains(reliability(t), text) {
		t.Errorf("docs/reliability.md does not say %q", text)
	}
}

// Table fails the test when the table that begins with this head has other
// rows, or the same in another order.
func Table(t testing.TB, head string, rows []string) {
	t.Helper()
	_, after, ok := strings.Cut(reliability(t), head+"\n")
	if !ok {
		t.Fatalf("docs/reliability.md has no table %q", head)
	}
	var has []string
	for line := range strings.Lines(after) {
		if line = strings.TrimSuffix(line, "\n"); !strings.HasPrefix(line, "|") {
			break
		}
		has = append(has, line)
	}
	if has = has[min(1, len(has)):]; !slices.Equal(has, rows) { // the first is dashes
		t.Errorf("in docs/reliability.md, the table %q is to have the rows\n%s", head, strings.Join(rows, "\n"))
	}
}
