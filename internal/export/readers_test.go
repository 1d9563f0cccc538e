package export

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/joho/godotenv"
	"go.yaml.in/yaml/v3"

	"github.com/sellerkey/sellerkey/lwa"
)

// run gives a program that may not be on this computer the text to read and
// returns what it says.
func run(t *testing.T, stdin, name string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		absent(t, name, "java") // nobody is made to install it
	}
	cmd := exec.Command(path, args...)
	cmd.Stdin = strings.NewReader(stdin)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "PYTHONIOENCODING=utf-8")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, stderr.String())
	}
	return string(out)
}

// absent skips a test whose program is not on this computer. Where
// scripts/consumers has installed them all, that is a failure.
func absent(t *testing.T, name string, optional ...string) {
	t.Helper()
	if os.Getenv("SELLERKEY_TEST_CONSUMERS") != "" && !slices.Contains(optional, name) {
		t.Fatalf("%s should be here", name)
	}
	t.Skipf("%s is not on this computer: what it reads was not checked", name)
}

func readJSON(t *testing.T, text string) map[string]string {
	t.Helper()
	var got map[string]string
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatalf("%v in %q", err, text)
	}
	return got
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func both() []Values { return []Values{sample(), nasty("end")} }

func TestPythonFileReadByYAML(t *testing.T) {
	for _, v := range both() {
		for _, account := range []string{"", "shop_2", "yes", "12", "on: x # 'y' \"z\" é日本🎉", "{a}", "null", "a b"} {
			v.AccountName = account
			var got map[string]any
			if err := yaml.Unmarshal([]byte(render(t, "python_file", v)), &got); err != nil {
				t.Fatal(err)
			}
			if account == "" {
				account = "default"
			}
			section, _ := got[account].(map[string]any)
			values := make(map[string]string)
			for k, x := range section {
				values[k], _ = x.(string)
			}
			same(t, v, values, "lwa_app_id", "lwa_client_secret", "refresh_token")
			if got["version"] != "1.0" {
				t.Errorf("version %v", got["version"])
			}
		}
	}
}

const readWithPyYAML = `
import json, sys
try:
    import yaml
except ImportError:
    print("null"); sys.exit()
content = yaml.safe_load(sys.stdin.buffer.read())
assert content["version"] == "1.0", content["version"]
print(json.dumps(content[sys.argv[1]]))
`

func TestPythonFileReadByPyYAML(t *testing.T) {
	for _, v := range both() {
		for _, account := range []string{"default", "yes", "on: x # é日本🎉"} {
			v.AccountName = account
			out := run(t, render(t, "python_file", v), "python3", "-c", readWithPyYAML, account)
			if strings.TrimSpace(out) == "null" {
				absent(t, "PyYAML")
			}
			same(t, v, readJSON(t, out), "lwa_app_id", "lwa_client_secret", "refresh_token")
		}
	}
}

// environments are the files of variables that dotenv readers read.
func environments() map[string][3]string {
	return map[string][3]string{
		"dotenv":     {"LWA_CLIENT_ID", "LWA_CLIENT_SECRET", "LWA_REFRESH_TOKEN"},
		"python_env": {"LWA_APP_ID", "LWA_CLIENT_SECRET", "SP_API_REFRESH_TOKEN"},
	}
}

// awkwards are values of either kind of quotation.
func awkwards() []Values {
	return []Values{sample(), awkward(""), awkward(" \"x\" $y `z` $(x) "), awkward(" it's ")}
}

func TestEnvironmentReadByGodotenv(t *testing.T) {
	for id, names := range environments() {
		for _, v := range awkwards() {
			got, err := godotenv.Unmarshal(render(t, id, v))
			if err != nil {
				t.Fatal(err)
			}
			same(t, v, got, names[0], names[1], names[2])
		}
	}
}

func TestEnvironmentReadByAShell(t *testing.T) {
	for id, names := range environments() {
		for _, v := range awkwards() {
			path := write(t, "env", render(t, id, v))
			out := run(t, "", "sh", "-c", `set -eu; . "$0"; for n; do eval "printf '%s\n' \"\$$n\""; done`, path, names[0], names[1], names[2])
			lines := strings.Split(out, "\n")
			same(t, v, map[string]string{names[0]: lines[0], names[1]: lines[1], names[2]: lines[2]}, names[0], names[1], names[2])
		}
	}
}

func TestEnvironmentReadByNode(t *testing.T) {
	const script = `const u = require('util'); let s = require('fs').readFileSync(0, 'utf8');
		console.log(JSON.stringify(u.parseEnv ? u.parseEnv(s) : null))`
	for id, names := range environments() {
		for _, v := range awkwards() {
			out := run(t, render(t, id, v), "node", "-e", script)
			if strings.TrimSpace(out) == "null" {
				t.Skip("this Node has no reader of .env files: what it reads was not checked")
			}
			same(t, v, readJSON(t, out), names[0], names[1], names[2])
		}
	}
}

func TestEnvironmentReadByPythonDotenv(t *testing.T) {
	const script = `
import io, json, sys
try:
    import dotenv
except ImportError:
    print("null"); sys.exit()
print(json.dumps(dotenv.dotenv_values(stream=io.TextIOWrapper(sys.stdin.buffer, "utf-8"), interpolate=True)))
`
	for id, names := range environments() {
		for _, v := range awkwards() {
			out := run(t, render(t, id, v), "python3", "-c", script)
			if strings.TrimSpace(out) == "null" {
				absent(t, "python-dotenv")
			}
			same(t, v, readJSON(t, out), names[0], names[1], names[2])
		}
	}
}

func TestEnvironmentRefusesWhatReadersDifferOn(t *testing.T) {
	for id := range environments() {
		for _, bad := range []string{`a\b`, `a\`, `a\n`, `'"`, `'$x`, "'`", `'\`, "${HOME}"} {
			v := sample()
			v.RefreshToken = lwa.NewSecret(bad)
			if _, err := target(t, id).Render(v); KindOf(err) != KindQuotes {
				t.Errorf("%s: %q: %v", id, bad, err)
			}
		}
	}
}

func TestNodeCodeReadByNode(t *testing.T) {
	for _, v := range both() {
		dir := filepath.Dir(write(t, "main.js", render(t, "node_code", v)))
		stub := `module.exports = class { constructor(c) { console.log(JSON.stringify({region: c.region, token: c.refresh_token,
			id: c.credentials.SELLING_PARTNER_APP_CLIENT_ID, secret: c.credentials.SELLING_PARTNER_APP_CLIENT_SECRET})) } }`
		if err := os.MkdirAll(filepath.Join(dir, "node_modules"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "node_modules", "amazon-sp-api.js"), []byte(stub), 0o600); err != nil {
			t.Fatal(err)
		}
		got := readJSON(t, run(t, "", "node", filepath.Join(dir, "main.js")))
		same(t, v, got, "id", "secret", "token")
		if got["region"] != "fe" {
			t.Error(got["region"])
		}
	}
}

func TestAmazonJSReadByNode(t *testing.T) {
	for _, v := range both() {
		path := write(t, "app.config.mjs", render(t, "amazon_js", v))
		got := readJSON(t, run(t, "", "node", "-e", `import('file://' + process.argv[1]).then(m => console.log(JSON.stringify(m.AppConfig)))`, path))
		same(t, v, got, "lwaClientId", "lwaClientSecret", "lwaRefreshToken")
		if got["spApiNAEndpoint"] != "https://sellingpartnerapi-fe.amazon.com" {
			t.Error(got)
		}
	}
}

func TestAmazonPythonReadByPython(t *testing.T) {
	const stub = "import json\ndef SPAPIConfig(**c):\n    print(json.dumps(c))\ndef SPAPIClient(c):\n    pass\n"
	for _, v := range both() {
		path := write(t, "main.py", render(t, "amazon_python", v))
		if err := os.WriteFile(filepath.Join(filepath.Dir(path), "spapi.py"), []byte(stub), 0o600); err != nil {
			t.Fatal(err)
		}
		got := readJSON(t, run(t, "", "python3", path))
		same(t, v, got, "client_id", "client_secret", "refresh_token")
		if got["region"] != "FE" {
			t.Error(got)
		}
	}
}

const javaStub = `
import java.nio.charset.StandardCharsets;
public class Main {
	static class LWAAuthorizationCredentials {
		static LWAAuthorizationCredentials builder() { return new LWAAuthorizationCredentials(); }
		LWAAuthorizationCredentials say(String s) {
			byte[] b = (s + "\n").getBytes(StandardCharsets.UTF_8);
			System.out.write(b, 0, b.length);
			return this;
		}
		LWAAuthorizationCredentials clientId(String s) { return say(s); }
		LWAAuthorizationCredentials clientSecret(String s) { return say(s); }
		LWAAuthorizationCredentials refreshToken(String s) { return say(s); }
		LWAAuthorizationCredentials endpoint(String s) { return say(s); }
		LWAAuthorizationCredentials build() { System.out.flush(); return this; }
	}
	public static void main(String[] args) {
`

func TestAmazonJavaReadByJava(t *testing.T) {
	if testing.Short() {
		t.Skip("the Java compiler takes its time")
	}
	v := nasty(`\u0041 \\u0041 end`)
	path := write(t, "Main.java", javaStub+render(t, "amazon_java", v)+"}}\n")
	lines := strings.Split(run(t, "", "java", path), "\n")
	same(t, v, map[string]string{"id": lines[0], "secret": lines[1], "token": lines[2]}, "id", "secret", "token")
	if lines[3] != "https://api.amazon.com/auth/o2/token" {
		t.Error(lines[3])
	}
}

// literals are the string literals of a text, in order, each read by unquote.
func literals(t *testing.T, text string, mark byte, unquote func(string) (string, bool)) []string {
	t.Helper()
	var found []string
	for i := 0; i < len(text); i++ {
		if text[i] != mark {
			continue
		}
		n := quotedLen(text[i:])
		if n == 0 {
			t.Fatalf("a literal is never closed")
		}
		s, ok := unquote(text[i+1 : i+n-1])
		if !ok {
			t.Fatalf("not a literal: %s", text[i:i+n])
		}
		found = append(found, s)
		i += n - 1
	}
	return found
}

// unquotePHP: within single quotation marks PHP undoes \\ and \' and nothing else.
func unquotePHP(s string) (string, bool) {
	return strings.NewReplacer(`\\`, `\`, `\'`, `'`).Replace(s), true
}

// unquoteCSharp knows the escapes that are used; all else must be printable
// ASCII.
func unquoteCSharp(s string) (string, bool) {
	ascii := strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) < 0
	var out string
	err := json.Unmarshal([]byte(`"`+s+`"`), &out) // the same escapes: \" \\ \uXXXX
	return out, ascii && err == nil
}

func TestPHPAndCSharpLiterals(t *testing.T) {
	for _, v := range both() {
		want := three(v)
		for id, c := range map[string]struct {
			mark    byte
			unquote func(string) (string, bool)
			at      [3]int
			count   int
		}{
			"php_jlevers":   {'\'', unquotePHP, [3]int{0, 1, 2}, 3},
			"amazon_php":    {'\'', unquotePHP, [3]int{1, 3, 5}, 8},
			"amazon_csharp": {'"', unquoteCSharp, [3]int{0, 1, 2}, 4},
		} {
			text := render(t, id, v)
			got := literals(t, text, c.mark, c.unquote)
			if len(got) != c.count || got[c.at[0]] != want["id"] || got[c.at[1]] != want["secret"] || got[c.at[2]] != want["token"] {
				t.Errorf("%s: %q", id, got)
			}
		}
		if text := render(t, "php_jlevers", v); !strings.Contains(text, "endpoint: Endpoint::FE,") {
			t.Error(text)
		}
	}
}

func TestGoReadByItsParser(t *testing.T) {
	for _, v := range both() {
		for _, id := range []string{"go_amzapi", "go_fond"} {
			src := "package x\nfunc f() {\n" + render(t, id, v) + "}\n"
			f, err := parser.ParseFile(token.NewFileSet(), "x.go", src, 0)
			if err != nil {
				t.Fatalf("%s: %v", id, err)
			}
			got := make(map[string]string)
			ast.Inspect(f, func(n ast.Node) bool {
				if kv, ok := n.(*ast.KeyValueExpr); ok {
					got[kv.Key.(*ast.Ident).Name], _ = strconv.Unquote(kv.Value.(*ast.BasicLit).Value)
				}
				return true
			})
			same(t, v, got, "ClientID", "ClientSecret", "RefreshToken")
			if id == "go_fond" && got["Endpoint"] != "https://sellingpartnerapi-fe.amazon.com" {
				t.Error(got)
			}
		}
	}
}

// TestConsumers has the npm packages themselves read: amazon-sp-api its file
// and its constructor, dotenv the .env files. scripts/consumers installs them.
func TestConsumers(t *testing.T) {
	packages := os.Getenv("SELLERKEY_TEST_CONSUMERS")
	if packages == "" || packages == "none" {
		t.Skip("SELLERKEY_TEST_CONSUMERS names no folder with the npm packages; make consumers does")
	}
	dir := t.TempDir()
	t.Setenv("NODE_PATH", filepath.Join(packages, "node_modules"))
	put := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}

	t.Run("file", func(t *testing.T) {
		for _, account := range []Values{sample(), awkward(`'"\ $`)} {
			account.ClientID = strings.ReplaceAll(account.ClientID, "=", "~")
			account.ClientSecret = lwa.NewSecret(strings.ReplaceAll(account.ClientSecret.Reveal(), "=", "~"))
			merged, err := target(t, "node_file").Merge([]byte("\ufeff# mine\r\nSELLING_PARTNER_APP_CLIENT_ID=old\r\n"), account)
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range []string{render(t, "node_file", account), string(merged)} {
				path := put("credentials", text)
				script := put("file.js", `const Credentials = require('amazon-sp-api/lib/Credentials.js');
					const c = new Credentials(undefined, process.argv[2]).load().app_client;
					console.log(JSON.stringify({id: c.id, secret: c.secret}))`)
				same(t, account, readJSON(t, run(t, "", "node", script, path)), "id", "secret", "")
			}
		}
	})
	t.Run("code", func(t *testing.T) {
		for _, v := range both() {
			script := put("code.js", render(t, "node_code", v)+`
				console.log(JSON.stringify({id: spClient._credentials.app_client.id, secret: spClient._credentials.app_client.secret,
					token: spClient._refresh_token, region: spClient._region}))`)
			got := readJSON(t, run(t, "", "node", script))
			same(t, v, got, "id", "secret", "token")
			if got["region"] != "fe" {
				t.Error(got)
			}
		}
	})
	t.Run("dotenv", func(t *testing.T) {
		script := put("dotenv.js", `console.log(JSON.stringify(require('dotenv').parse(require('fs').readFileSync(0))))`)
		for id, names := range environments() {
			for _, v := range awkwards() {
				same(t, v, readJSON(t, run(t, render(t, id, v), "node", script)), names[0], names[1], names[2])
			}
		}
	})
}
