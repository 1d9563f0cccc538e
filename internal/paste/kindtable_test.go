package paste

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"
)

// constants returns the values of the constants of a type in kind.go, in the
// order of the source.
func pasteConstants(t *testing.T, typeName string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "kind.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if id, ok := spec.Type.(*ast.Ident); !ok || id.Name != typeName {
			return true
		}
		for _, v := range spec.Values {
			s, err := strconv.Unquote(v.(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, s)
		}
		return true
	})
	return all
}

func pasteTexts[T ~string](all []T) []string {
	var s []string
	for _, k := range all {
		s = append(s, string(k))
	}
	return s
}

// TestPasteTablesAreComplete: a constant cannot be added without its meaning.
func TestPasteTablesAreComplete(t *testing.T) {
	for name, got := range map[string][]string{
		"Kind": pasteTexts(Kinds()), "Warning": pasteTexts(Warnings()),
	} {
		want := pasteConstants(t, name)
		if len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("%s:\ntable   %v\nkind.go %v", name, got, want)
		}
	}
}
