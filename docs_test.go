package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestPages: what our pages link to is there, and docs/README.md lists each page.
func TestPages(t *testing.T) {
	var pages []string
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/*/*.md"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, found...)
	}
	link := regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)
	targets := map[string][]string{} // by page, as paths from the root
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			target := filepath.Join(filepath.Dir(page), m[1])
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s links to %s, which isn't there", page, m[1])
			}
			targets[page] = append(targets[page], target)
		}
	}
	index := filepath.Join("docs", "README.md")
	for _, page := range pages {
		listed := func(target string) bool { return target == page || target == filepath.Dir(page) && target != "docs" }
		if strings.HasPrefix(page, "docs") && page != index && !slices.ContainsFunc(targets[index], listed) {
			t.Errorf("docs/README.md doesn't list %s", page)
		}
	}
}
