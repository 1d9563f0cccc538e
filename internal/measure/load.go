package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// pkg is a package of the program.
type pkg struct {
	// name is the path inside the module without "internal/", so that a
	// package keeps its name when it moves there; "main" at the top.
	name  string
	files []*file // for every system, sorted by name
	fset  *token.FileSet
	// info and types are those of the files for Linux.
	info  *types.Info
	types *types.Package
}

type file struct {
	name string
	ast  *ast.File
	text []byte
	here bool // part of the build for Linux
}

// outside reports whether a package isn't part of the program: what drives it,
// measures it, or runs only when somebody builds it.
func outside(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return slices.Contains([]string{"wintest", "bench", "measure", "docs"}, first)
}

// load reads and type-checks the packages of the module in a folder, as the
// tests without a window build them.
func load(dir string) (map[string]*pkg, error) {
	list := exec.Command("go", "list", "-e", "-export", "-deps", "-tags", "ci,migrated_fynedo",
		"-json=ImportPath,Dir,Export,GoFiles,IgnoredGoFiles,Module", "./...")
	list.Dir, list.Stderr = dir, os.Stderr
	list.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	type listed struct {
		ImportPath, Dir, Export string
		GoFiles, IgnoredGoFiles []string
		Module                  *struct {
			Path string
			Main bool
		}
	}
	var ours []listed
	exports := make(map[string]string)
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var l listed
		if err := d.Decode(&l); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		exports[l.ImportPath] = l.Export
		if l.Module != nil && l.Module.Main {
			ours = append(ours, l)
		}
	}
	packages := make(map[string]*pkg)
	fset := token.NewFileSet()
	imports := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	for _, l := range ours {
		name := shortName(l.ImportPath, l.Module.Path)
		if outside(name) {
			continue
		}
		p := &pkg{name: name, fset: fset}
		var parsed []*ast.File
		for _, f := range slices.Sorted(slices.Values(append(l.GoFiles, l.IgnoredGoFiles...))) {
			if strings.HasSuffix(f, "_test.go") {
				continue
			}
			text, err := os.ReadFile(filepath.Join(l.Dir, f))
			if err != nil {
				return nil, err
			}
			tree, err := parser.ParseFile(fset, path.Join(name, f), text, parser.SkipObjectResolution)
			if err != nil {
				return nil, err
			}
			here := slices.Contains(l.GoFiles, f)
			p.files = append(p.files, &file{f, tree, text, here})
			if here {
				parsed = append(parsed, tree)
			}
		}
		p.info = &types.Info{Uses: make(map[*ast.Ident]types.Object), Selections: make(map[*ast.SelectorExpr]*types.Selection), Types: make(map[ast.Expr]types.TypeAndValue)}
		config := types.Config{Importer: imports}
		if p.types, err = config.Check(l.ImportPath, fset, parsed, p.info); err != nil {
			return nil, err
		}
		packages[name] = p
	}
	return packages, nil
}

func shortName(path, module string) string {
	name := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(path, module), "/"), "internal/")
	if name == "" {
		return "main"
	}
	return name
}
