package i18n

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/lwa"
)

// root is the module, seen from here.
const root = ".."

// goFile is a parsed source file.
type goFile struct {
	name string
	ast  *ast.File
	fset *token.FileSet
}

func (f goFile) at(n ast.Node) string {
	return f.name + ":" + strconv.Itoa(f.fset.Position(n.Pos()).Line)
}

// sources parses the Go files under the folders, without tests. A folder that
// does not exist has none.
func sources(t *testing.T, folders ...string) []goFile {
	t.Helper()
	var all []goFile
	for _, folder := range folders {
		_ = filepath.WalkDir(filepath.Join(root, folder), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Errorf("%v", err)
				return nil
			}
			rel, _ := filepath.Rel(root, path)
			all = append(all, goFile{filepath.ToSlash(rel), f, fset})
			return nil
		})
	}
	return all
}

// speaking are the places whose texts come from here.
func speaking(t *testing.T) []goFile {
	return slices.DeleteFunc(sources(t, "main.go", "refuse.go", "forget.go", "packaging/windows/words", "ui", "internal/check", "internal/cli", "internal/doctor", "internal/walk", "internal/practice", "i18n"), func(f goFile) bool {
		return strings.HasPrefix(f.name, "i18n/errorsdoc/") // repeats what the app says
	})
}

// constants returns the values of the string constants of a type that a
// package declares: its identifiers.
func constants(t *testing.T, folder, typ string) []string {
	t.Helper()
	var values []string
	files := sources(t, folder)
	if len(files) == 0 {
		return nil // not built yet
	}
	for _, f := range files {
		if path.Dir(f.name) != folder {
			continue
		}
		for _, d := range f.ast.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.CONST {
				continue
			}
			for _, s := range g.Specs {
				v := s.(*ast.ValueSpec)
				if name, ok := v.Type.(*ast.Ident); !ok || name.Name != typ {
					continue
				}
				for _, e := range v.Values {
					if text, ok := literal(e); ok && text != "" {
						values = append(values, text)
					}
				}
			}
		}
	}
	if len(values) == 0 {
		t.Errorf("%s has no constants of type %s", folder, typ)
	}
	return values
}

func literal(e ast.Expr) (string, bool) {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(l.Value)
	return s, err == nil
}

// silent are the warnings with nothing for a seller to do. They are kept for
// support and have no words.
func silent() []string {
	return []string{
		"path_only", "query_only", "line_broken", "html_escaped", "double_encoded",
		"fullwidth", "wrapped_url",
	}
}

// family is a set of texts whose ids are put together at run time: a prefix,
// an identifier of another package, an ending.
type family struct {
	prefix      string
	identifiers func(*testing.T) []string
	endings     []string
}

func of(folder, typ string) func(*testing.T) []string {
	return func(t *testing.T) []string { return constants(t, folder, typ) }
}

func identifiers[T ~string](kinds []T) []string {
	var all []string
	for _, k := range kinds {
		all = append(all, string(k))
	}
	return all
}

func always(identifiers ...string) func(*testing.T) []string {
	return func(*testing.T) []string { return identifiers }
}

func card() []string { return []string{".title", ".todo"} }

// families lists every prefix that code puts in front of something. Whoever
// writes T("new."+kind) adds it here.
func families() []family {
	return []family{
		{"lwa.", of("lwa", "Kind"), card()},
		{"paste.", func(*testing.T) []string { return identifiers(paste.Kinds()) }, card()},
		{"warning.", func(t *testing.T) []string {
			return slices.DeleteFunc(constants(t, "internal/paste", "Warning"), func(w string) bool { return slices.Contains(silent(), w) })
		}, nil},
		{"amazon.", amazonCodes, card()},
		{"actor.", of("lwa", "Actor"), nil},
		{"app_field.", func(*testing.T) []string { return identifiers(paste.AppKinds()) }, nil},
		{"hint.", of("internal/paste", "Hint"), nil},
		{"unneeded.", of("internal/paste", "Unneeded"), nil},
		{"forbidden.", of("internal/check", "Cause"), nil},
		{"taken.region_", of("lwa", "Region"), nil},
		{"repair.", of("internal/paste", "Repair"), nil},
		{"vault.", of("internal/vault", "Kind"), card()},
		{"vault.index_", of("internal/account", "IndexKind"), card()},
		{"cli.exit.", always("0", "1", "2", "3", "4", "5", "6"), nil},
		{"doctor.", of("internal/doctor", "remark"), nil},
		{"doctor.", of("internal/doctor", "trouble"), card()},
		{"doctor.check.", of("internal/doctor", "Check"), nil},
		{"doctor.result.", of("internal/doctor", "Result"), nil},
		{"vault_file_error.", always("locked", "missing", "refused", "full", "not_found", "mismatch", "canceled", "unavailable"), card()},
		{"fyne.", nil, nil},
		{"amazon_label.", nil, nil}, // quoted by other texts: TestQuotesAreLabels
		{"market.", func(*testing.T) []string {
			var codes []string
			for _, m := range lwa.Marketplaces() {
				codes = append(codes, m.Code)
			}
			return codes
		}, nil},
		{"step.", of("internal/walk", "Step"), nil},
		{"state.", of("internal/account", "Level"), nil},
		{"start.", of("internal/walk", "Visitor"), []string{"_title", "_text"}},
		{"value.", of("internal/value", "ID"), nil},
		{"reason.", of("internal/account", "ReasonID"), nil},
		{"rotate.state.", of("internal/rotate", "State"), nil},
		{"rotate.error.", of("internal/rotate", "Kind"), card()},
		{"backup_error.", of("internal/backup", "Kind"), nil},
		{"export_error.", of("internal/export", "Kind"), card()},
		{"export_value.", always("marketplace", "account_name"), nil},
		{"export.", exportTargets, []string{".note"}},
		{"export.for_", always("program", "assistant", "server"), nil},
		{"export.lead_", always("program", "assistant", "server"), nil},
		{"export.choose_", always("program", "assistant", "server"), nil},
		{"layout.", of("internal/walk", "Layout"), nil},
		{"setup_file_error.", of("internal/setupfile", "Kind"), card()},
		{"setup_file_remark.", of("internal/setupfile", "Remark"), nil},
		{"calendar.", always("secret", "authorization"), []string{"", "_text"}},
		{"tokens.", always("getting", "opening", "renewing", "checking", "forgetting"), nil},
		{"tokens.", always("access_token", "refresh_token"), []string{"_text"}},
		{"tokens.", always("getting", "opening", "renewing"), []string{"_text"}}, // what a screen of its own waits for
		// What paste.FindRefreshToken can find in place of a refresh token.
		{"token_field.", always("empty", "too_large", "ambiguous", "truncated_value", "lwa_code", "looks_like_access_token",
			"looks_like_client_secret", "looks_like_client_id", "looks_like_application_id", "picture_text",
			"placeholder", "not_a_redirect"), nil},
	}
}

func exportTargets(*testing.T) []string {
	var ids []string
	for _, t := range export.Targets() {
		ids = append(ids, t.ID)
	}
	return ids
}

func amazonCodes(*testing.T) []string {
	codes := []string{"unknown"}
	for _, e := range paste.AmazonErrors() {
		codes = append(codes, e.Code)
	}
	return codes
}

// ids returns the ids of a family; nil for all that start with its prefix.
func (f family) ids(t *testing.T) []string {
	if f.identifiers == nil {
		return nil
	}
	endings := f.endings
	if endings == nil {
		endings = []string{""}
	}
	var ids []string
	for _, i := range f.identifiers(t) {
		for _, e := range endings {
			ids = append(ids, f.prefix+i+e)
		}
	}
	return ids
}

// begun reports whether a table has words at all. While a part of the app is
// being built, its words may come after its code or before it.
func begun(l *Localizer, prefix string) bool {
	table, _, _ := strings.Cut(prefix, ".")
	return slices.ContainsFunc(l.IDs(), func(id string) bool { return strings.HasPrefix(id, table+".") })
}

func TestEveryIdentifierHasWords(t *testing.T) {
	l := localizer(t, English)
	for _, f := range families() {
		if !begun(l, f.prefix) {
			continue
		}
		for _, id := range f.ids(t) {
			if !l.Has(id) {
				t.Errorf("no words for %s", id)
			}
		}
	}
}

func TestSilentWarningsExist(t *testing.T) {
	all := constants(t, "internal/paste", "Warning")
	for _, w := range silent() {
		if !slices.Contains(all, w) {
			t.Errorf("there is no warning %q", w)
		}
	}
}

var shaped = regexp.MustCompile(`^[a-z]\w*(\.\w+)+$`)

// uses collects what the code says: the literal ids of T and N, every other
// literal that looks like an id of a table of ours, and the prefixes to which
// something is added.
type uses struct {
	said, likely, prefixes map[string]string // what → where
}

func findUses(t *testing.T, l *Localizer) uses {
	u := uses{map[string]string{}, map[string]string{}, map[string]string{}}
	tables := make(map[string]bool)
	for _, id := range l.IDs() {
		table, _, _ := strings.Cut(id, ".")
		tables[table] = true
	}
	ours := func(s string) bool {
		if s == "app.sellerkey" { // the app's name among apps
			return false
		}
		table, rest, ok := strings.Cut(s, ".")
		return ok && tables[table] && !slices.Contains([]string{"png", "svg", "otf", "ttf", "toml", "json", "go", "ics"}, rest)
	}
	for _, f := range speaking(t) {
		ast.Inspect(f.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.CallExpr:
				var name string
				switch fun := n.Fun.(type) {
				case *ast.Ident:
					name = fun.Name
				case *ast.SelectorExpr:
					name = fun.Sel.Name
				}
				if len(n.Args) > 0 && slices.Contains([]string{"T", "N", "t", "n"}, name) {
					if s, ok := literal(n.Args[0]); ok {
						u.said[s] = f.at(n)
					}
				}
			case *ast.BinaryExpr:
				left := ast.Expr(n)
				for {
					b, ok := left.(*ast.BinaryExpr)
					if !ok || b.Op != token.ADD {
						break
					}
					left = b.X
				}
				if s, ok := literal(left); ok && ours(s) && regexp.MustCompile(`^[a-z]\w*\.[\w.]*$`).MatchString(s) {
					u.prefixes[s] = f.at(n)
				}
			case *ast.BasicLit:
				if s, ok := literal(n); ok && shaped.MatchString(s) && ours(s) {
					u.likely[s] = f.at(n)
				}
			}
			return true
		})
	}
	return u
}

func TestEveryTextThatCodeAsksForExists(t *testing.T) {
	l := localizer(t, English)
	u := findUses(t, l)
	for id, where := range u.said {
		if !l.Has(id) {
			t.Errorf("%s says %q, which has no words", where, id)
		}
	}
	for id, where := range u.likely {
		if _, prefix := u.prefixes[id]; !prefix && !l.Has(id) {
			t.Errorf("%s has %q, which looks like a text and has no words", where, id)
		}
	}
	for prefix, where := range u.prefixes {
		known := slices.ContainsFunc(families(), func(f family) bool {
			return f.prefix == prefix || strings.HasPrefix(prefix, f.prefix) && f.identifiers == nil
		})
		if !known {
			t.Errorf("%s adds something to %q: say in families, in uses_test.go, what it can be", where, prefix)
		}
	}
}

func TestEveryTextIsUsed(t *testing.T) {
	l := localizer(t, English)
	u := findUses(t, l)
	used := make(map[string]bool)
	var whole []string
	for _, f := range families() {
		if f.identifiers == nil {
			whole = append(whole, f.prefix)
		}
		for _, id := range f.ids(t) {
			used[id] = true
		}
	}
	for _, id := range l.IDs() {
		_, said := u.said[id]
		_, likely := u.likely[id]
		if !said && !likely && !used[id] && !listed(id, whole) {
			t.Errorf("nothing says %s", id)
		}
	}
}

// asIs are the literals that screens show in every language.
func asIs() []string {
	return []string{
		"Ctrl", // a key
	}
}

// TestScreensHaveNoWordsOfTheirOwn looks for text that is written into the
// code of a screen: in what makes or fills a widget, and any literal that reads
// like a sentence or like Japanese. Logs and errors are for programmers and
// stay in English.
func TestScreensHaveNoWordsOfTheirOwn(t *testing.T) {
	letter := regexp.MustCompile(`\pL`)
	name := regexp.MustCompile(`^[a-z0-9_]+$`)
	sentence := regexp.MustCompile(`\pL{2,} \pL|[^\x00-\x7F]*[\p{Han}\p{Hiragana}\p{Katakana}À-ÖØ-öø-ÿ]`)
	showing := regexp.MustCompile(`^(new|New)[A-Z]|^Set(Text|Title|Label|PlaceHolder|Placeholder|SubTitle)$|^(Say|alert|confirm)$`)
	programmers := regexp.MustCompile(`^(errors|fmt|strings|bytes|regexp|template|context|url|http|slog|log|flag|json|strconv|time|io|os|exec|filepath|i18n|sha256|rand)$`)

	for _, f := range sources(t, "ui") {
		if path.Dir(f.name) != "ui" {
			continue
		}
		check := func(e ast.Expr, direct bool) {
			s, ok := literal(e)
			if !ok || slices.Contains(asIs(), s) || strings.HasPrefix(s, "<svg") || placeholder.MatchString(s) {
				return
			}
			if direct && letter.MatchString(s) && !name.MatchString(s) || sentence.MatchString(s) {
				t.Errorf("%s: %q belongs into the TOML files", f.at(e), s)
			}
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.Field:
				return n.Tag == nil
			case *ast.CallExpr:
				path := strings.Split(dotted(n.Fun), ".")
				fun := path[len(path)-1]
				if programmers.MatchString(path[0]) || slices.Contains(path[:len(path)-1], "Log") ||
					fun == "panic" || fun == "NewWithID" || strings.HasPrefix(fun, "NewStaticResource") {
					return false
				}
				if !showing.MatchString(fun) {
					return true
				}
				for _, arg := range n.Args {
					for b, ok := arg.(*ast.BinaryExpr); ok; b, ok = arg.(*ast.BinaryExpr) {
						check(b.Y, true)
						arg = b.X
					}
					check(arg, true)
				}
			case *ast.BasicLit:
				check(n, false)
			}
			return true
		})
	}
}

// dotted writes the name of what is called: a.words.T.
func dotted(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return dotted(e.X) + "." + e.Sel.Name
	}
	return "?"
}
