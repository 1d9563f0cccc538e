package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/internal/export"
)

func TestExport(t *testing.T) {
	d := newDesk(t)
	s := d.amazon.Sample()
	save(t, d.dir, d.env.Keychain, s, "Tokyo shop")
	out := d.must("", "export", "Tokyo", "--yes")
	for _, want := range []string{s.ClientID, s.ClientSecret.Reveal(), s.RefreshToken.Reveal()} {
		if !strings.Contains(out, want) {
			t.Errorf("export lacks a value")
		}
	}
	path := filepath.Join(t.TempDir(), ".env")
	if err := os.WriteFile(path, []byte("OTHER=1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := d.must("", "export", "Tokyo", "--yes", "-o", path); out != "" {
		t.Error("a file was asked for, but something was printed")
	}
	if text, _ := os.ReadFile(path); !strings.HasPrefix(string(text), "OTHER=1\n") || !strings.Contains(string(text), s.ClientID) {
		t.Error("the file isn't the old one with the keys added")
	}
	listed := d.must("", "export", "--format", "list")
	help := d.must("", "help", "export")
	for _, g := range formatGroups() {
		for _, f := range g.formats {
			if !strings.Contains(listed, f.id+"\t") || !strings.Contains(help, "  "+f.id+" ") {
				t.Errorf("--format list or the help lacks %s", f.id)
			}
		}
	}
	for _, target := range export.ServerFormats() {
		if out := d.must("", "export", "Tokyo", "--yes", "--format", target.ID, "--name", "Tokyo"); !strings.Contains(out, s.RefreshToken.Reveal()) {
			t.Errorf("export --format %s lacks a value", target.ID)
		}
	}
	// Asked on a terminal, only yes is yes.
	d.env.Interactive = true
	for answer, want := range map[string]int{"yes\n": exitDone, "Y\n": exitDone, "no\n": exitFailed, "\n": exitFailed, "": exitFailed} {
		if out, _, code := d.run(answer, "export", "Tokyo"); code != want || (out != "") != (want == exitDone) {
			t.Errorf("answer %q: exit %d, want %d", answer, code, want)
		}
	}
}

// TestExportSandboxLine: a line that leads to the sandbox and isn't ours stays in the
// file, and is named.
func TestExportSandboxLine(t *testing.T) {
	d := newDesk(t)
	save(t, d.dir, d.env.Keychain, d.amazon.Sample(), "Tokyo shop")
	path := filepath.Join(t.TempDir(), ".env")
	for line, named := range map[string]bool{"AWS_ENV=SANDBOX\n": true, "OTHER=1\n": false} {
		if err := os.WriteFile(path, []byte(line), 0o600); err != nil {
			t.Fatal(err)
		}
		_, said, code := d.run("", "export", "Tokyo", "--yes", "--format", "python_env", "-o", path)
		if text, _ := os.ReadFile(path); code != exitDone || !strings.HasPrefix(string(text), line+"SP_API_REFRESH_TOKEN=") {
			t.Errorf("%q: exit %d, or the line has changed", line, code)
		}
		if got := strings.Contains(said, "The file has AWS_ENV=SANDBOX"); got != named {
			t.Errorf("%q: %q", line, said)
		}
	}
}

// TestExportToAssistants: the entry is shown, asked about and added to the
// assistant's own file. Nothing else in the file changes, and it gets no secret.
func TestExportToAssistants(t *testing.T) {
	d := newDesk(t)
	s := d.amazon.Sample()
	id := save(t, d.dir, d.env.Keychain, s, "Tokyo shop")
	home := t.TempDir()
	for _, name := range []string{"HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"} {
		t.Setenv(name, home)
	}
	for _, assistant := range export.Assistants() {
		where, err := export.ThisHome()
		if err != nil {
			t.Fatal(err)
		}
		path := assistant.Path(where)
		snippet := d.must("", "export", "Tokyo", "--format", assistant.ID, "-o", "-")
		d.env.Interactive = true
		_, errs, code := d.run("no\n", "export", "Tokyo", "--format", assistant.ID)
		if _, err := os.Stat(path); code != exitFailed || !strings.Contains(errs, snippet) || !strings.Contains(errs, path) || !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s, answered no: exit %d, %v: %s", assistant.ID, code, err, errs)
		}
		d.env.Interactive = false
		if _, _, code := d.run("", "export", "Tokyo", "--format", assistant.ID); code != exitUsage {
			t.Errorf("%s, nobody to ask: exit %d", assistant.ID, code)
		}
		if out := d.must("", "export", "Tokyo", "--format", assistant.ID, "--yes"); out != "" {
			t.Errorf("%s: printed %q", assistant.ID, out)
		}
		text, err := os.ReadFile(path)
		if err != nil || string(text) != snippet || !strings.Contains(snippet, `"run", "`+id+`", "--as", "mcp"`) {
			t.Errorf("%s: %v: %s", assistant.ID, err, text)
		}
		for _, secret := range []string{s.ClientID, s.ClientSecret.Reveal(), s.RefreshToken.Reveal()} {
			if strings.Contains(string(text), secret) {
				t.Errorf("%s: the file has a value", assistant.ID)
			}
		}
		if _, errs, code := d.run("", "export", "Tokyo", "--format", assistant.ID); code != exitDone || !strings.Contains(errs, "already") {
			t.Errorf("%s, there already: exit %d: %s", assistant.ID, code, errs)
		}
	}

	// Another file, with an entry of somebody else's under our name.
	path := filepath.Join(t.TempDir(), "mcp.json")
	const before = "{\n\t// mine\n\t\"mcpServers\": {\"amazon-sp-api\": {\"command\": \"theirs\"}}\n}\n"
	if err := os.WriteFile(path, []byte(before), 0o600); err != nil {
		t.Fatal(err)
	}
	d.env.Interactive = true
	export := func(answer string, more ...string) (string, int) {
		_, errs, code := d.run(answer, append([]string{"export", "Tokyo", "--format", "cursor", "-o", path}, more...)...)
		return errs, code
	}
	if errs, code := export("\n"); code != exitFailed || !strings.Contains(errs, "a different “amazon-sp-api”") {
		t.Errorf("a replacement: exit %d: %s", code, errs)
	}
	if errs, code := export("", "--name", "tokyo", "--yes"); code != exitDone {
		t.Errorf("beside it: exit %d: %s", code, errs)
	}
	text, _ := os.ReadFile(path)
	start, _, _ := strings.Cut(before, "}}\n}")
	if !strings.HasPrefix(string(text), start+`}, "amazon-sp-api-tokyo": {`) {
		t.Errorf("not added beside it: %s", text)
	}
	if err := os.WriteFile(path, []byte("{ damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
	if errs, code := export("yes\n"); code != exitFailed || strings.Contains(errs, "?") {
		t.Errorf("a damaged file: exit %d: %s", code, errs)
	}
	if errs, code := export("", "--name", "楽しい店", "--yes"); code != exitFailed || strings.Contains(errs, "⟦") {
		t.Errorf("a name that can't be: exit %d: %s", code, errs)
	}
}
