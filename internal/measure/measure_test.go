package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func TestUp(t *testing.T) {
	for _, c := range []struct {
		arrows  string
		up      []string
		circles int
	}{
		{"a>b b>c a>c", nil, 0},
		{"a>b b>c c>a", []string{"c → a"}, 1},
		{"a>b a>c a>d b>a", []string{"b → a"}, 1},
		{"a>b b>a c>d d>c", []string{"b → a", "d → c"}, 2},
		// Two arrows into the hub cost more than the one out of it.
		{"x>h y>h h>x h>z z>y", []string{"h → x", "h → z"}, 1},
	} {
		g := make(graph)
		for arrow := range strings.FieldsSeq(c.arrows) {
			from, to, _ := strings.Cut(arrow, ">")
			for _, f := range []string{from, to} {
				if g[f] == nil {
					g[f] = make(map[string][]string)
				}
			}
			g[from][to] = []string{"name"}
		}
		up, circles := g.up(), g.circles()
		if len(up) != len(c.up) || len(circles) != c.circles {
			t.Errorf("%s: %q run up, want as many as %q; circles %q, want %d", c.arrows, up, c.up, circles, c.circles)
		}
		for _, arrow := range up {
			arrow, _, _ = strings.Cut(arrow, ":")
			from, to, _ := strings.Cut(arrow, " → ")
			if !g.has(from, to) {
				t.Errorf("%s: there is no arrow %s", c.arrows, arrow)
			}
			delete(g[from], to)
		}
		if left := g.circles(); len(left) > 0 {
			t.Errorf("%s: without %q there are still circles: %q", c.arrows, up, left)
		}
	}
}

// TestNoCircles: in the packages that are big enough to get tangled, no file needs
// one that needs it. What two files need of each other goes into one of them, or
// below both.
func TestNoCircles(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("load reads the files for Linux")
	}
	packages, err := load("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range bigPackages() {
		for _, circle := range packages[name].graph().circles() {
			t.Errorf("%s: a circle of %s; make measure says which arrows run up", name, strings.Join(circle, ", "))
		}
	}
}

func TestCounting(t *testing.T) {
	const source = `package p

// Kept by hand.
func f(a, b bool, c chan int) int { // 1
	if a && b || !a { // +3
		return 1
	}
	for range c { // +1
		func() {
			for a { // +1
			}
		}()
	}
	switch {
	case a: // +1
	default:
	}
	select {
	case <-c: // +1
	default:
	}
	return 0
}

func (g[T]) m() {}
func (*h) M()   {}
`
	tree, err := parser.ParseFile(token.NewFileSet(), "", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range tree.Decls {
		got = append(got, receiver(d.(*ast.FuncDecl)))
	}
	if !slices.Equal(got, []string{"", "g", "h"}) {
		t.Errorf("receivers %q", got)
	}
	if n := complexity(tree.Decls[0].(*ast.FuncDecl)); n != 8 {
		t.Errorf("complexity %d", n)
	}
	if n := codeLines([]byte(source)); n != 23 {
		t.Errorf("%d lines of code", n)
	}
}

// TestHere measures this repository.
func TestHere(t *testing.T) {
	tables, err := measure("../..")
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	print(&out, []string{"before", "here"}, []table{tables[1:], tables})
	for _, want := range []string{"lines of code", "    lwa ", "of these up, circles: ui ", "methods of ui.App", "words in README.md"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no row %q in\n%s", want, &out)
		}
	}
}
