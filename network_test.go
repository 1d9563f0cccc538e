package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// connecting are the packages by which code can open a connection or have a
// program do so. A path ends with a slash where everything below it is meant.
var connecting = []string{
	"net", "net/http", "net/http/", "net/rpc", "net/rpc/", "net/smtp", "log/syslog", "crypto/tls", "os/exec", "plugin",
	"golang.org/x/net/", "golang.org/x/oauth2", "golang.org/x/oauth2/", "golang.org/x/crypto/ssh",
	"github.com/zalando/go-keyring", "github.com/godbus/dbus/", "google.golang.org/",
	"fyne.io/fyne/v2/storage", "fyne.io/fyne/v2/storage/",
}

// harmless are the names of those packages that connect nothing to anything:
// types, constants, errors, and what only reads or takes apart.
var harmless = regexp.MustCompile(`^(` + strings.Join([]string{
	`net\.(IP|Addr|Conn|Listener|TCPAddr|TCPConn|\w*Error|Err\w+|Parse\w+|SplitHostPort|JoinHostPort)`,
	`net/http\.(Header|Request|Response\w*|Handler|HandlerFunc|RoundTripper|NewResponseController|ServeMux|NewServeMux|Cookie|SetCookie)`,
	`net/http\.(CrossOriginProtection|NewCrossOriginProtection|Method\w+|Status\w+|SameSite\w+|TimeFormat|ParseTime|Err\w+|Error|Redirect|MaxBytes\w+)`,
	`net/http/httptrace\.\w+`,
	`crypto/tls\.(\w+Error|Version\w+|Config)`,
	`os/exec\.((Exit)?Error|LookPath)`,
	`golang.org/x/net/idna\.Display`,
	`golang.org/x/oauth2\.(AuthStyleInParams|Endpoint|Token|RetrieveError)`,
	`github.com/zalando/go-keyring\.Err\w+`,
	`github.com/godbus/dbus/v5\.(Error|ErrMsg\w+|ObjectPath|Variant|WithContext|MakeVariant|MatchOption|Signal|WithMatch\w+)`,
	`fyne.io/fyne/v2/storage\.NewExtensionFileFilter`,
}, "|") + `)$`)

// mayConnect are the packages of the program that use anything else of them,
// and what.
var mayConnect = map[string][]string{
	// The program's one client with its one transport, which speaks to the
	// hosts of mayReach and to nobody else. oauth2 sends by it.
	"lwa": {
		"golang.org/x/oauth2.Config", "golang.org/x/oauth2.HTTPClient", "golang.org/x/oauth2/clientcredentials.Config",
		"net.Dialer", "net/http.Client", "net/http.ProxyFromEnvironment", "net/http.Transport",
	},
	// A request and the field for a test's client; lwa sends it.
	"internal/spapi": {"net/http.Client", "net/http.NewRequestWithContext"},
	// Requests without credentials, which lwa sends, and the proxy that lwa uses.
	"internal/doctor": {"net/http.Client", "net/http.NewRequestWithContext", "net/http.ProxyFromEnvironment"},
	// The keychain, on Linux by the session bus.
	"internal/vault": {
		"github.com/godbus/dbus/v5.SessionBus",
		"github.com/zalando/go-keyring.Delete", "github.com/zalando/go-keyring.Get", "github.com/zalando/go-keyring.Set",
	},
	// How a second start calls the first, by a port of this computer.
	"internal/instance": {"net.DialTimeout", "net.Listen"},
	// The pretend Amazon listens on a port of this computer.
	"internal/practice": {"net.ListenConfig", "net/http.Server"},
	// The folder in which a file dialog opens, by its path.
	"ui": {"fyne.io/fyne/v2/storage.ListerForURI", "fyne.io/fyne/v2/storage.NewFileURI"},
	// On macOS, the languages that the person has chosen.
	"i18n": {"os/exec.CommandContext"},
	// The program that a person runs with the keys; on Windows as a child.
	"internal/cli": {"os/exec.Command"},
	// What the desktop says of light and motion, and its file window: the session bus
	// on Linux, a command of the system on macOS.
	"internal/native": {"github.com/godbus/dbus/v5.ConnectSessionBus", "os/exec.CommandContext"},
}

// addresses are all that the code has in it. What is sent to any of them is
// sent by lwa, whose own tests hold the list of hosts against Amazon's table.
var addresses = map[string][]string{
	"lwa": {
		"https://api.amazon.com/auth/o2/token", // the token endpoint
		"https://sellingpartnerapi-",           // the three of the SP-API
		"https://sandbox.sellingpartnerapi-",   // and their sandboxes
	},
	"i18n/errorsdoc": { // where errors are documented, for docs/errors.md
		"https://developer-docs.amazon.com/sp-api/docs/",
		"https://developer.amazon.com/docs/login-with-amazon/authorization-code-grant.html",
	},
	"internal/version": {"https://github.com/sellerkey/sellerkey"}, // for readers and for the browser
	"internal/export": { // for other programs to read
		"aws secretsmanager create-secret --name {name} --secret-string file:///dev/stdin",
		"https://api.amazon.com/auth/o2/token",
	},
	"ui/kit": {`<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">`}, // the name of a format
	"ui": {
		// Drawings.
		"https://sellercentral.amazon…/apps/authorize/consent?",
		"https://…?spapi_oauth_code=…&selling_partner_id=…",
	},
}

// TestNetwork reads the program's own code: only the packages above can open a
// connection, and no address stands in it but those that are meant.
//
// What the built program does, whatever the libraries under it could do, is
// looked at from outside, by its system calls: TestNetwork in wintest.
func TestNetwork(t *testing.T) {
	used := map[string]map[string]bool{}
	found := map[string][]string{}
	files := token.NewFileSet()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (path == "bin" || path == "out" || path == "internal/wintest" || path == "internal/measure" || path == "internal/practice/practicetest" || d.Name() == "testdata" || path != "." && strings.HasPrefix(d.Name(), ".")):
			return filepath.SkipDir // not part of the program
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		pkg := filepath.ToSlash(filepath.Dir(path))
		if used[pkg] == nil {
			used[pkg] = map[string]bool{}
		}
		names := connectingImports(t, file)
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && names[x.Name] != "" {
					if name := names[x.Name] + "." + n.Sel.Name; !harmless.MatchString(name) {
						used[pkg][name] = true
					}
				}
			case *ast.BasicLit:
				text, err := strconv.Unquote(n.Value)
				if _, host, ok := strings.Cut(text, "://"); err == nil && n.Kind == token.STRING && ok && host != "" && !slices.Contains(found[pkg], text) {
					found[pkg] = append(found[pkg], text)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for pkg := range mayConnect {
		if used[pkg] == nil {
			t.Errorf("there is no package %s", pkg)
		}
	}
	for pkg, names := range used {
		if got := slices.Sorted(maps.Keys(names)); !slices.Equal(got, mayConnect[pkg]) {
			t.Errorf("package %s uses %q; it may use %q", pkg, got, mayConnect[pkg])
		}
		slices.Sort(found[pkg])
		if want := slices.Sorted(slices.Values(addresses[pkg])); !slices.Equal(found[pkg], want) {
			t.Errorf("package %s has the addresses %q in it; meant are %q", pkg, found[pkg], want)
		}
	}
}

// connectingImports are the names in a file for the packages that connect.
func connectingImports(t *testing.T, file *ast.File) map[string]string {
	names := map[string]string{}
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(connecting, func(c string) bool {
			return path == c || strings.HasSuffix(c, "/") && strings.HasPrefix(path, c)
		}) {
			continue
		}
		name := regexp.MustCompile(`([a-z0-9-]+?)(/v\d+)?$`).FindStringSubmatch(path)[1]
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if name == "." || name == "_" {
			t.Errorf("%s is imported as %s", path, name)
		}
		names[name] = path
	}
	return names
}
