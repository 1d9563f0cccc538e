package main

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"path"
	"slices"
	"strings"
)

// codeLines counts the lines that are neither blank nor only a comment of the
// form //.
func codeLines(text []byte) int {
	n := 0
	for line := range bytes.Lines(text) {
		line = bytes.TrimSpace(line)
		if len(line) > 0 && !bytes.HasPrefix(line, []byte("//")) {
			n++
		}
	}
	return n
}

func lines(packages map[string]*pkg) []row {
	var rows []row
	all, shipped := 0, 0
	program := imported(packages)
	for _, p := range byName(packages) {
		n := 0
		for _, f := range p.files {
			n += codeLines(f.text)
		}
		all += n
		if program[p.types.Path()] {
			shipped += n
		}
		rows = append(rows, row{name: "    " + p.name, value: fmt.Sprint(n)})
	}
	return append([]row{
		{name: "lines of code, without tests", value: fmt.Sprint(all)},
		{name: "    of these in the programs (not in generators)", value: fmt.Sprint(shipped)},
	}, rows...)
}

// imported are the paths of the packages that end up in a program that we ship:
// main, those under cmd, and what they import.
func imported(packages map[string]*pkg) map[string]bool {
	byPath := make(map[string]*pkg)
	for _, p := range packages {
		byPath[p.types.Path()] = p
	}
	found := make(map[string]bool)
	var add func(p *pkg)
	add = func(p *pkg) {
		if p == nil || found[p.types.Path()] {
			return // not ours, or known
		}
		found[p.types.Path()] = true
		for _, i := range p.types.Imports() {
			add(byPath[i.Path()])
		}
	}
	for name, p := range packages {
		if name == "main" || strings.HasPrefix(name, "cmd/") {
			add(p)
		}
	}
	return found
}

// methods counts those of the two types that everything on the screen goes
// through.
func methods(packages map[string]*pkg) []row {
	var rows []row
	for _, of := range [][2]string{{"ui", "App"}, {"ui/shell", "Window"}} {
		p, ok := packages[of[0]]
		if !ok {
			continue
		}
		n, files := 0, make(map[string]bool)
		for _, f := range p.files {
			for _, d := range f.ast.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && receiver(fn) == of[1] {
					n++
					files[f.name] = true
				}
			}
		}
		rows = append(rows, row{name: fmt.Sprintf("methods of %s.%s, in files", path.Base(of[0]), of[1]), value: fmt.Sprintf("%d / %d", n, len(files))})
	}
	return rows
}

// receiver is the name of a method's type, "" for a function.
func receiver(fn *ast.FuncDecl) string {
	if fn.Recv == nil {
		return ""
	}
	t := fn.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if generic, ok := t.(*ast.IndexExpr); ok {
		t = generic.X
	}
	name, _ := t.(*ast.Ident)
	return name.Name
}

// exported counts the names that other packages can see: constants, variables,
// types and functions, and the methods of exported types.
func exported(packages map[string]*pkg) []row {
	var rows []row
	for _, p := range byName(packages) {
		names := make(map[string]bool) // once, for all systems
		for _, f := range p.files {
			for _, d := range f.ast.Decls {
				switch d := d.(type) {
				case *ast.FuncDecl:
					if of := receiver(d); d.Name.IsExported() && (of == "" || ast.IsExported(of)) {
						names[of+"."+d.Name.Name] = true
					}
				case *ast.GenDecl:
					for _, name := range declared(d) {
						if name.IsExported() {
							names["."+name.Name] = true
						}
					}
				}
			}
		}
		if len(names) > 0 {
			rows = append(rows, row{name: "exported names and methods: " + p.name, value: fmt.Sprint(len(names))})
		}
	}
	return rows
}

func declared(d *ast.GenDecl) []*ast.Ident {
	var names []*ast.Ident
	for _, s := range d.Specs {
		switch s := s.(type) {
		case *ast.ValueSpec:
			names = append(names, s.Names...)
		case *ast.TypeSpec:
			names = append(names, s.Name)
		}
	}
	return names
}

// complexity counts as gocyclo does: one, and one more for each if, for, case
// with a condition, && and ||.
func complexity(fn *ast.FuncDecl) int {
	n := 1
	ast.Inspect(fn, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt:
			n++
		case *ast.CaseClause:
			n += one(node.List != nil)
		case *ast.CommClause:
			n += one(node.Comm != nil)
		case *ast.BinaryExpr:
			n += one(node.Op == token.LAND || node.Op == token.LOR)
		}
		return true
	})
	return n
}

func functions(packages map[string]*pkg) []row {
	type function struct {
		name string
		n    int
	}
	var above []function
	for _, p := range byName(packages) {
		for _, f := range p.files {
			for _, d := range f.ast.Decls {
				fn, ok := d.(*ast.FuncDecl)
				if !ok {
					continue
				}
				if n := complexity(fn); n > 15 {
					above = append(above, function{fmt.Sprintf("%s/%s: %s", p.name, f.name, fn.Name.Name), n})
				}
			}
		}
	}
	slices.SortStableFunc(above, func(a, b function) int { return cmp.Compare(b.n, a.n) })
	over25 := 0
	var notes []string
	for _, f := range above {
		over25 += one(f.n > 25)
		notes = append(notes, fmt.Sprintf("%d %s", f.n, f.name))
	}
	return []row{
		{"functions of complexity over 15, over 25", fmt.Sprintf("%d / %d", len(above), over25), notes},
	}
}

func longFiles(packages map[string]*pkg) row {
	r := row{name: "files over 400 lines"}
	for _, p := range byName(packages) {
		for _, f := range p.files {
			if n := bytes.Count(f.text, []byte("\n")); n > 400 {
				r.notes = append(r.notes, fmt.Sprintf("%d %s/%s", n, p.name, f.name))
			}
		}
	}
	r.value = fmt.Sprint(len(r.notes))
	return r
}

// languages counts the Go files that a fourth language touches: those that name
// one of today's three.
func languages(packages map[string]*pkg) row {
	r := row{name: "Go files that name the languages"}
	for _, p := range byName(packages) {
		for _, f := range p.files {
			names := false
			ast.Inspect(f.ast, func(n ast.Node) bool {
				lit, ok := n.(*ast.BasicLit)
				names = names || ok && lit.Kind == token.STRING && strings.Contains(lit.Value, "pt-BR")
				return !names
			})
			if names {
				r.notes = append(r.notes, p.name+"/"+f.name)
			}
		}
	}
	r.value = fmt.Sprint(len(r.notes))
	return r
}

// kinds counts the functions that ask for a certain kind of Amazon error: each has
// to be read for a new one.
func kinds(packages map[string]*pkg) row {
	r := row{name: "functions that compare with a certain lwa.Kind"}
	for _, p := range byName(packages) {
		found := make(map[string]bool)
		for _, f := range p.files {
			for _, d := range f.ast.Decls {
				fn, ok := d.(*ast.FuncDecl)
				if !ok {
					continue
				}
				ast.Inspect(fn, func(n ast.Node) bool {
					var compared []ast.Expr
					switch n := n.(type) {
					case *ast.CaseClause:
						compared = n.List
					case *ast.BinaryExpr:
						if n.Op == token.EQL || n.Op == token.NEQ {
							compared = []ast.Expr{n.X, n.Y}
						}
					}
					if slices.ContainsFunc(compared, p.namesKind) {
						found[p.name+"/"+f.name+": "+fn.Name.Name] = true
					}
					return true
				})
			}
		}
		r.notes = append(r.notes, slices.Sorted(maps.Keys(found))...)
	}
	r.value = fmt.Sprint(len(r.notes))
	return r
}

// namesKind reports whether an expression contains a constant of type lwa.Kind.
func (p *pkg) namesKind(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if ident, ok := n.(*ast.Ident); ok {
			if c, ok := p.info.Uses[ident].(*types.Const); ok {
				t, ok := c.Type().(*types.Named)
				found = found || ok && t.Obj().Name() == "Kind" && t.Obj().Pkg() != nil && strings.HasSuffix(t.Obj().Pkg().Path(), "/lwa")
			}
		}
		return !found
	})
	return found
}
