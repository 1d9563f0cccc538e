package cli

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/vault"
)

// badInput is something that can go wrong for several commands.
type badInput struct {
	name    string
	prepare func(*testing.T, *desk)
	// commands are those that it concerns; the others don't look at it.
	commands [][]string
	stdin    string
	code     int
	// says are the texts of which one has to be on standard error.
	says []string
}

// closedPipe is an output that nobody reads any more.
type closedPipe struct{}

func (closedPipe) Write([]byte) (int, error) {
	return 0, &fs.PathError{Op: "write", Err: syscall.EPIPE}
}

// everyCommand are all commands, as they work without a question.
func everyCommand(t *testing.T) map[string][]string {
	return map[string][]string{
		"list":       {"list"},
		"status":     {"status"},
		"token":      {"token", "Tokyo"},
		"run":        {"run", "Tokyo", "--", "go", "version"},
		"export":     {"export", "Tokyo", "--yes"},
		"check":      {"check", "Tokyo"},
		"authorize":  {"authorize"},
		"add":        {"add", "--name", "Osaka"},
		"secret":     {"secret", "Tokyo"},
		"places":     {"places", "Tokyo"},
		"backup":     {"backup", "-o", filepath.Join(t.TempDir(), "backup.age")},
		"restore":    {"restore", filepath.Join(t.TempDir(), "none.age")},
		"forget":     {"forget", "Tokyo", "--yes"},
		"doctor":     {"doctor"},
		"completion": {"completion", "bash"},
		"version":    {"version"},
		"help":       {"help"},
	}
}

func badInputs(t *testing.T) []badInput {
	all := everyCommand(t)
	some := func(names ...string) (list [][]string) {
		for _, name := range names {
			list = append(list, all[name])
		}
		return list
	}
	// of names another account.
	of := func(name string, commands [][]string) (list [][]string) {
		for _, args := range commands {
			args = slices.Clone(args)
			args[slices.Index(args, "Tokyo")] = name
			list = append(list, args)
		}
		return list
	}
	oneAccount := some("token", "run", "export", "check", "forget", "secret", "places")
	fault := func(path string, f practice.Fault) func(*testing.T, *desk) {
		return func(_ *testing.T, d *desk) { d.amazon.SetFault(path, f) }
	}
	var unknownFlag, flagWithoutValue, twoFolders [][]string
	for name := range maps.Keys(all) {
		unknownFlag = append(unknownFlag, []string{name, "--jsn"})
		twoFolders = append(twoFolders, []string{name, "--data-dir", t.TempDir(), "--data-dir=" + t.TempDir()})
		flagWithoutValue = append(flagWithoutValue, []string{name, "--data-dir"})
	}
	return []badInput{
		{name: "unknown account", commands: append(of("Nagoya", oneAccount), append(slices.Clone(all["backup"]), "Nagoya")), stdin: "pass phrase\n", code: exitAccount, says: []string{"cli.account.none"}},
		{name: "ambiguous account", prepare: func(t *testing.T, d *desk) {
			save(t, d.dir, d.env.Keychain, d.amazon.Published(), "Tokyo outlet")
		}, commands: oneAccount, code: exitAccount, says: []string{"cli.account.several"}},
		{
			name: "locked keychain", prepare: func(_ *testing.T, d *desk) { d.env.Keychain = brokenVault{vault.Locked} },
			commands: some("token", "run", "export", "check", "forget", "backup", "add", "secret"), code: exitKeychain, says: []string{"vault.locked.title"},
		},
		{name: "no terminal for a question", commands: [][]string{{"export", "Tokyo"}, {"forget", "Tokyo"}}, code: exitUsage, says: []string{"cli.usage.wants_yes"}},
		{name: "no terminal for a passphrase", prepare: func(t *testing.T, d *desk) {
			// It isn't read before somebody has typed its passphrase.
			if err := os.WriteFile(filepath.Join(d.dir, vault.FileName), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}, commands: some("token", "run", "export", "check", "forget", "backup", "add", "secret"), code: exitKeychain, says: []string{"cli.passphrase.no_terminal"}},
		{name: "Amazon is away", prepare: func(_ *testing.T, d *desk) { _ = d.amazon.Close() }, commands: some("token", "check", "secret"), code: exitLater, says: []string{"lwa.connection_failed.title"}},
		{
			name: "Amazon is down", prepare: fault("/auth/o2/token", practice.Fault{Status: http.StatusServiceUnavailable, RetryAfter: "120"}), commands: some("token", "check", "secret"),
			code: exitLater, says: []string{"lwa.temporarily_unavailable.title"},
		},
		{
			name: "expired secret, says the token endpoint", prepare: fault("/auth/o2/token", practice.Fault{Status: http.StatusUnauthorized, Body: `{"error":"invalid_client","error_description":"Client authentication failed"}`}),
			commands: some("token", "check", "secret"), code: exitPerson, says: []string{"lwa.client_auth_failed.title"},
		},
		{
			name: "expired secret, says the SP-API", prepare: fault("/sellers/v1/marketplaceParticipations", practice.Fault{Status: http.StatusForbidden, Body: `{"errors":[{"code":"Unauthorized","message":"The client secret has expired."}]}`}),
			commands: some("check"), code: exitPerson, says: []string{"lwa.secret_expired.title"},
		},
		{
			name: "data folder of a newer version", prepare: func(t *testing.T, d *desk) {
				for _, name := range []string{"accounts.json", "accounts.json.bak"} {
					if err := os.WriteFile(filepath.Join(d.dir, name), []byte(`{"version": 99, "accounts": [{"new": "field"}]}`), 0o600); err != nil {
						t.Fatal(err)
					}
				}
			}, commands: some("list", "status", "token", "run", "export", "check", "forget", "backup", "add", "authorize", "secret", "places"),
			code: exitFailed, says: []string{"vault.index_newer_version.title"},
		},
		{name: "unknown option", commands: unknownFlag, code: exitUsage, says: []string{"cli.usage.no_flag"}},
		{name: "two data folders", commands: twoFolders, code: exitUsage, says: []string{"cli.usage.twice"}},
		{name: "two names", commands: [][]string{{"add", "--name", "Osaka", "--name", "Kobe"}, {"export", "Tokyo", "-o", "a", "--output=b"}}, code: exitUsage, says: []string{"cli.usage.twice"}},
		{name: "option without its value", commands: flagWithoutValue, code: exitUsage, says: []string{"cli.usage.no_value"}},
		{name: "unknown command", commands: [][]string{{"tokens"}, {"help", "tokens"}, {"help", "token", "Tokyo"}}, code: exitUsage, says: []string{"cli.usage.no_command"}},
		{name: "completions for no shell", commands: [][]string{{"completion"}}, code: exitUsage, says: []string{"cli.usage.which_shell"}},
		{name: "completions for an unknown shell", commands: [][]string{{"completion", "tcsh"}}, code: exitUsage, says: []string{"cli.usage.no_shell"}},
		{
			name: "one argument too many", commands: [][]string{{"list", "x"}, {"status", "x"}, {"token", "Tokyo", "x"}, {"check", "Tokyo", "x"}, {"forget", "Tokyo", "x"}, {"secret", "Tokyo", "x"}, {"places", "Tokyo", "x"}, {"doctor", "x"}, {"version", "x"}, {"completion", "bash", "x"}, {"add", "x"}, {"authorize", "x"}},
			code: exitUsage, says: []string{"cli.usage.too_many"},
		},
	}
}

// TestBadInput runs the commands into everything that can go wrong: in each
// language one clear line on standard error and nothing on standard output, the
// right exit code, and the data folder as it was.
func TestBadInput(t *testing.T) {
	for _, b := range badInputs(t) {
		t.Run(b.name, func(t *testing.T) {
			for _, args := range b.commands {
				d := newDesk(t)
				save(t, d.dir, d.env.Keychain, d.amazon.Sample(), "Tokyo shop")
				if b.prepare != nil {
					b.prepare(t, d)
				}
				stdin := b.stdin
				if args[0] == "secret" {
					stdin = "amzn1.oa2-cs.v1." + strings.Repeat("ab", 32)
				}
				if args[0] == "add" || args[0] == "authorize" {
					stdin = dotenv(d.amazon.Published())
				}
				before := folder(t, d.dir)
				for _, l := range i18n.Languages() {
					out, errs, code := d.run(stdin, append([]string{"--lang", l.Tag}, args...)...)
					if code != b.code || out != "" {
						t.Errorf("%s %v: exit %d, %q, %s", l.Tag, args, code, out, errs)
					}
					if strings.Contains(errs, "。 ") {
						t.Errorf("%v: a blank between two sentences: %s", args, errs)
					}
					if !saysOne(t, l.Tag, errs, b.says) {
						t.Errorf("%s %v: %s", l.Tag, args, errs)
					}
				}
				if after := folder(t, d.dir); !maps.Equal(before, after) {
					t.Errorf("%v changed the data folder:\n%v\n%v", args, before, after)
				}
			}
		})
	}
}

// saysOne reports whether the last line is one of the texts, with whatever is
// filled into it, and nothing of another language or of Go is there.
func saysOne(t *testing.T, lang, errs string, ids []string) bool {
	t.Helper()
	words, err := i18n.New(lang)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(errs, "\n"), "\n")
	last := lines[len(lines)-1]
	if !strings.HasPrefix(last, "sellerkey-cli: ") || strings.Contains(errs, "⟦") || strings.Contains(errs, "{{") {
		return false
	}
	return slices.ContainsFunc(ids, func(id string) bool {
		// What comes before and after a value.
		text := words.T(id, "Name", "\x00", "Value", "\x00", "Accounts", "\x00")
		for _, part := range strings.Split(text, "\x00") {
			if !strings.Contains(last, part) {
				return false
			}
		}
		return true
	})
}

// folder is everything in a folder that may not change on the way to an error.
// Files for locks hold nothing, and what the list remembers of the last renewal
// and check is for "status".
func folder(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasSuffix(path, ".lock") {
			return err
		}
		data, err := os.ReadFile(path)
		all[e.Name()] = regexp.MustCompile(`"(problem|renewed_at)":"[^"]*",?`).ReplaceAllString(string(data), "")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestClosedPipe: a reader that goes away ends the command, without a word.
func TestClosedPipe(t *testing.T) {
	d := newDesk(t)
	save(t, d.dir, d.env.Keychain, d.amazon.Sample(), "Tokyo shop")
	all := everyCommand(t)
	for _, args := range [][]string{
		all["list"],
		all["status"],
		all["token"],
		all["export"],
		all["check"],
		all["doctor"],
		all["completion"],
		all["version"],
		{"list", "--json"},
		{"places", "Tokyo", "--json"},
		{"token", "Tokyo", "--json"},
		{"doctor", "--json"},
		{"export", "--format", "list"},
		{"run", "--as", "list"},
	} {
		var errs bytes.Buffer
		env := d.env
		env.Stdin, env.Stdout, env.Stderr = strings.NewReader(""), closedPipe{}, &errs
		code := Run(context.Background(), env, append([]string{"--token-url", d.amazon.TokenURL(), "--sp-api-url", d.amazon.SPAPIURL()}, args...))
		if said := errs.String(); code != exitFailed || strings.Contains(said, "sellerkey-cli:") {
			t.Errorf("%v: exit %d: %s", args, code, said)
		}
	}
}

// TestCanceled: Ctrl+C ends a request at once, and the command says so.
func TestCanceled(t *testing.T) {
	d := newDesk(t)
	save(t, d.dir, d.env.Keychain, d.amazon.Sample(), "Tokyo shop")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(errors.New("Ctrl+C"))
	for _, args := range [][]string{{"token", "Tokyo"}, {"check", "Tokyo"}, {"doctor"}} {
		var out, errs bytes.Buffer
		env := d.env
		env.Stdin, env.Stdout, env.Stderr = strings.NewReader(""), &out, &errs
		code := Run(ctx, env, append([]string{"--token-url", d.amazon.TokenURL()}, args...))
		if code == exitDone || out.Len() > 0 || errs.Len() == 0 {
			t.Errorf("%v: exit %d: %s%s", args, code, &out, &errs)
		}
	}
}
