package lwa

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
func constants(t *testing.T, typeName string) []string {
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

func texts[T ~string](all []T) []string {
	var s []string
	for _, k := range all {
		s = append(s, string(k))
	}
	return s
}

// TestTablesAreComplete: a constant cannot be added without its meaning.
func TestTablesAreComplete(t *testing.T) {
	for name, got := range map[string][]string{
		"Kind": texts(Kinds()),
	} {
		want := constants(t, name)
		if len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("%s:\ntable   %v\nkind.go %v", name, got, want)
		}
	}
	for _, k := range Kinds() {
		if !slices.Contains([]Actor{ActorSeller, ActorKeyOwner, ActorWait, ActorApp, ActorNobody}, k.Actor()) {
			t.Errorf("%s: %q", k, k.Actor())
		}
	}
	if k := Kind("new"); k.Actor() != ActorApp || k.Lasting() || k.CodeSurvives() || k.NeedsConsent() || k.NeedsSecret() {
		t.Error("an unknown kind")
	}
}
