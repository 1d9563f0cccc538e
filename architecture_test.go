package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestArchitecture compares the imports of every package with the tables in
// docs/architecture.md: their column "May import" is the rule. Tests may import
// anything.
func TestArchitecture(t *testing.T) {
	may := architectureTable(t)
	imports := map[string]map[string]bool{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (path == "bin" || path == "out" || path == "dist" || d.Name() == "testdata" || path != "." && strings.HasPrefix(d.Name(), ".")):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		pkg := shortName(filepath.ToSlash(filepath.Dir(path)))
		if imports[pkg] == nil {
			imports[pkg] = map[string]bool{}
		}
		for _, spec := range file.Imports {
			imported := strings.Trim(spec.Path.Value, `"`)
			if strings.HasPrefix(imported, "fyne.io/fyne/") {
				imports[pkg]["Fyne"] = true
			} else if ours, ok := strings.CutPrefix(imported, "github.com/sellerkey/sellerkey/"); ok {
				imports[pkg][shortName(ours)] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for pkg := range may {
		if _, err := os.Stat(strings.Replace("internal/"+pkg, "internal/main", ".", 1)); err == nil {
			continue
		}
		if _, err := os.Stat(pkg); err != nil {
			t.Errorf("docs/architecture.md has a row for %s, which doesn't exist", pkg)
		}
	}
	for _, pkg := range slices.Sorted(maps.Keys(imports)) {
		allowed, ok := may[pkg]
		if !ok {
			t.Errorf("docs/architecture.md has no row for package %s", pkg)
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(imports[pkg])) {
			if !slices.Contains(allowed, name) {
				t.Errorf("package %s imports %s; docs/architecture.md allows it %q", pkg, name, allowed)
			}
		}
	}
}

// TestArchitectureTable: the rules that the table itself keeps.
func TestArchitectureTable(t *testing.T) {
	under := func(pkg, root string) bool { return pkg == root || strings.HasPrefix(pkg, root+"/") }
	for pkg, allowed := range architectureTable(t) {
		for _, name := range allowed {
			windows := under(name, "ui") || name == "Fyne"
			switch {
			case windows && pkg != "main" && pkg != "bench/barefyne" && !under(pkg, "ui"):
				t.Errorf("%s: only main and ui know the window, not %s", name, pkg)
			case under(pkg, "ui/kit") && !under(name, "ui/kit") && name != "Fyne":
				t.Errorf("ui/kit knows nothing of the program, but %s may import %s", pkg, name)
			case under(pkg, "ui") && name == "ui" || pkg == "ui/kit" && name == "ui/shell":
				t.Errorf("the storeys are ui, ui/shell, ui/kit from top to bottom, but %s may import %s", pkg, name)
			case pkg == "lwa":
				t.Errorf("lwa is a library that other programs could import; it may not import %s", name)
			case under(name, "wintest") || under(name, "bench") || name == "measure":
				t.Errorf("%s isn't part of the program, but %s may import it", name, pkg)
			}
		}
	}
}

// shortName is the name of a package in the documents: its folder without
// "internal/", "main" at the root.
func shortName(folder string) string {
	if folder == "." {
		return "main"
	}
	return strings.TrimPrefix(folder, "internal/")
}

// architectureTable returns which of our packages each package may import, by
// the tables in docs/architecture.md, and "Fyne" where it may import that.
func architectureTable(t *testing.T) map[string][]string {
	t.Helper()
	text, err := os.ReadFile("docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	tables := strings.Split(string(text), "| Package | Its one job | May import | Start reading at |\n|---|---|---|---|\n")[1:]
	if len(tables) != 2 {
		t.Fatalf("docs/architecture.md has %d tables of packages", len(tables))
	}
	quoted := regexp.MustCompile("`([^`]+)`|Fyne")
	names := func(cell string) []string {
		var names []string
		for _, m := range quoted.FindAllString(cell, -1) {
			names = append(names, strings.Trim(m, "`"))
		}
		return names
	}
	may := map[string][]string{}
	for _, table := range tables {
		for row := range strings.Lines(table) {
			cells := strings.Split(row, "|")
			if len(cells) != 6 {
				break
			}
			for _, pkg := range names(cells[1]) {
				if _, twice := may[pkg]; twice {
					t.Errorf("docs/architecture.md has two rows for %s", pkg)
				}
				may[pkg] = names(cells[3])
			}
		}
	}
	return may
}
