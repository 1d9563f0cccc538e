package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/internal/version"
	"github.com/sellerkey/sellerkey/lwa"
)

// desk is somebody's terminal, in front of the pretend Amazon.
type desk struct {
	t      *testing.T
	amazon *practice.Server
	dir    string
	env    Env
}

func english() []string { return []string{"en"} }

func newDesk(t *testing.T) *desk {
	d := &desk{t: t, dir: t.TempDir(), amazon: practicetest.Start(t, practice.Options{Now: time.Now})}
	d.env = Env{Languages: english, DataDir: d.dir, Keychain: vault.NewMemory(), Version: "test", Now: time.Now}
	return d
}

// run runs a command with something on standard input.
func (d *desk) run(stdin string, args ...string) (stdout, stderr string, code int) {
	d.t.Helper()
	var out, errs bytes.Buffer
	env := d.env
	env.Stdin, env.Stdout, env.Stderr = strings.NewReader(stdin), &out, &errs
	args = append([]string{"--token-url", d.amazon.TokenURL(), "--sp-api-url", d.amazon.SPAPIURL()}, args...)
	code = Run(context.Background(), env, args)
	return out.String(), errs.String(), code
}

// must is run for a command that has to succeed.
func (d *desk) must(stdin string, args ...string) string {
	d.t.Helper()
	out, errs, code := d.run(stdin, args...)
	if code != exitDone {
		d.t.Fatalf("%v: exit %d: %s", args, code, errs)
	}
	return out
}

// dotenv are the practice credentials as people keep them.
func dotenv(s practice.Sample) string {
	return "LWA_CLIENT_ID=" + s.ClientID + "\nLWA_CLIENT_SECRET='" + s.ClientSecret.Reveal() + "' # from the console\n" +
		"LWA_REFRESH_TOKEN=" + s.RefreshToken.Reveal() + "\nSP_API_MARKETPLACE_ID=A1VC38T7YXB528\n"
}

// save saves the practice account and returns its ID.
func save(t *testing.T, dir string, v vault.Vault, s practice.Sample, name string) string {
	t.Helper()
	store, err := account.Open(dir, v, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	a, err := store.Save(context.Background(),
		account.Account{Name: name, Marketplace: "JP", SellerID: s.SellerID, ClientID: s.ClientID},
		account.Secrets{ClientSecret: s.ClientSecret, RefreshToken: s.RefreshToken})
	if err != nil {
		t.Fatal(err)
	}
	return a.ID
}

func TestAccounts(t *testing.T) {
	d := newDesk(t)
	if out, errs, code := d.run("", "list"); out != "" || code != exitDone || !strings.Contains(errs, "No accounts") {
		t.Errorf("no accounts: %q %q %d", out, errs, code)
	}
	id := save(t, d.dir, d.env.Keychain, d.amazon.Sample(), "Tokyo shop")
	for _, command := range []string{"list", "status"} {
		if out := d.must("", command); !strings.Contains(out, "Tokyo shop") {
			t.Errorf("%s: %q", command, out)
		}
		var got struct{ Accounts []accountJSON }
		if err := json.Unmarshal([]byte(d.must("", command, "--json")), &got); err != nil {
			t.Fatal(err)
		}
		if a := got.Accounts[0]; len(got.Accounts) != 1 || a.ID != id || a.MarketplaceID != "A1VC38T7YXB528" || a.Region != "fe" || a.State != "fine" {
			t.Errorf("%s --json: %+v", command, got)
		}
	}
}

// TestNoSecretShown: only token, run and export hand out a secret, whatever
// else is asked for.
func TestNoSecretShown(t *testing.T) {
	d := newDesk(t)
	s := d.amazon.Sample()
	save(t, d.dir, d.env.Keychain, s, "Tokyo shop")
	for _, args := range [][]string{
		{"list"},
		{"list", "--json"},
		{"status"},
		{"status", "--json"},
		{"places", "Tokyo"},
		{"places", "Tokyo", "--json"},
		{"check", "Tokyo"},
		{"check", "Tokyo", "--json"},
		{"export", "Tokyo"},
		{"export", "Tokyo", "--yes", "--format", "x"},
		{"forget", "Tokyo", "--yes"},
	} {
		out, errs, _ := d.run("", args...)
		for _, secret := range []string{s.ClientSecret.Reveal(), s.RefreshToken.Reveal(), "Atza|"} {
			if strings.Contains(out+errs, secret) {
				t.Errorf("%v shows a secret", args)
			}
		}
	}
}

func TestFindAccount(t *testing.T) {
	d := newDesk(t)
	s := d.amazon.Sample()
	id := save(t, d.dir, d.env.Keychain, s, "Tokyo shop")
	s.SellerID = "A2EXAMPLE00000"
	save(t, d.dir, d.env.Keychain, s, "Tokyo shop two")
	for name, want := range map[string]int{
		id: exitDone, "Tokyo shop": exitDone, "tokyo SHOP TWO": exitDone, "two": exitDone, "a2example00000": exitDone,
		"Tokyo": exitAccount, "Osaka": exitAccount, "": exitAccount, " ": exitAccount,
	} {
		if _, errs, code := d.run("", "token", name); code != want {
			t.Errorf("token %q: exit %d, want %d: %s", name, code, want, errs)
		}
	}
}

func TestToken(t *testing.T) {
	d := newDesk(t)
	save(t, d.dir, d.env.Keychain, d.amazon.Sample(), "Tokyo shop")
	if out := d.must("", "token", "Tokyo"); !regexp.MustCompile(`^Atza\|\S+\n$`).MatchString(out) {
		t.Errorf("token prints more or less than a token")
	}
	var got tokenJSON
	if err := json.Unmarshal([]byte(d.must("", "token", "Tokyo", "--json")), &got); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(got.AccessToken, "Atza|") || got.TokenType != "bearer" || got.Endpoint != "https://sellingpartnerapi-fe.amazon.com" ||
		len(got.Marketplaces) != 1 || got.Marketplaces[0] != (marketplaceJSON{"A1VC38T7YXB528", "JP"}) || time.Until(got.ExpiresAt) < 30*time.Minute {
		t.Errorf("token --json: type %s, endpoint %s, %v, expires %s", got.TokenType, got.Endpoint, got.Marketplaces, got.ExpiresAt)
	}
}

func TestCheck(t *testing.T) {
	d := newDesk(t)
	save(t, d.dir, d.env.Keychain, d.amazon.Sample(), "Tokyo shop")
	if out := d.must("", "check", "Tokyo"); !strings.Contains(out, "JP  A1VC38T7YXB528\n") {
		t.Errorf("check: %q", out)
	}
	d.amazon.SetFault("/sellers/v1/marketplaceParticipations", practice.Fault{Status: 403, Body: `{"errors":[{"code":"Unauthorized","message":"Access to requested resource is denied.","details":""}]}`})
	_, errs, code := d.run("", "check", "Tokyo")
	if code != exitPerson || !strings.Contains(errs, "any of the three regions") || !strings.Contains(errs, "lacks a role") || strings.Contains(errs, "\n1. ") {
		t.Errorf("a bare 403: %d %q", code, errs)
	}
}

// TestCheckOtherRegion: an account with the marketplace of another region is told
// where it belongs, and how to correct it; a region that can't be asked is told too.
func TestCheckOtherRegion(t *testing.T) {
	d := newDesk(t)
	id := save(t, d.dir, d.env.Keychain, d.amazon.Sample(), "Tokyo shop")
	d.must("", "set", id, "--marketplace", "DE")
	regions := []string{"--sp-api-url", d.amazon.RegionsURL()}
	d.amazon.SetFault("/sellingpartnerapi-fe.amazon.com/sellers/v1/marketplaceParticipations", practice.Fault{Status: 503, Times: 1})
	_, errs, code := d.run("", append(regions, "check", id)...)
	if code != exitPerson || !strings.Contains(errs, "Far East couldn't be checked") || !strings.Contains(errs, "1. ") {
		t.Errorf("with a region that doesn't answer: %d %q", code, errs)
	}
	_, errs, code = d.run("", append(regions, "check", id)...)
	const correct = "sellerkey-cli set "
	_, command, ok := strings.Cut(errs, correct)
	if code != exitPerson || !ok || !strings.Contains(errs, "Far East") {
		t.Fatalf("%d %q", code, errs)
	}
	d.must("", append([]string{"set"}, strings.Fields(command)...)...)
	if out := d.must("", append(regions, "check", id)...); !strings.Contains(out, "JP  A1VC38T7YXB528\n") {
		t.Errorf("corrected: %q", out)
	}
	out := d.must("", append(regions, "check", id, "--json")...)
	if !strings.Contains(out, `"country": "AU"`) || !strings.Contains(out, "not_covered") || strings.Contains(out, "A0PRACTICENONAMZ") {
		t.Errorf("--json: %s", out)
	}
	if _, _, code := d.run("", "set", id, "--marketplace", "XX"); code != exitUsage {
		t.Errorf("XX: %d", code)
	}
}

// TestExitCodes: what scripts decide by. Every kind of Amazon error ends in
// "somebody has to do something" or "later".
func TestExitCodes(t *testing.T) {
	d := newDesk(t)
	s := d.amazon.Sample()
	save(t, d.dir, d.env.Keychain, s, "Tokyo shop")
	const tokenPath = "/auth/o2/token"
	for _, test := range []struct {
		name  string
		fault practice.Fault
		args  []string
		want  int
	}{
		{name: "usage: no such command", args: []string{"tokens"}, want: exitUsage},
		{name: "usage: no such option", args: []string{"token", "Tokyo", "--jsn"}, want: exitUsage},
		{name: "usage: an option without its value", args: []string{"export", "Tokyo", "--format"}, want: exitUsage},
		{name: "usage: two accounts", args: []string{"token", "Tokyo", "Osaka"}, want: exitUsage},
		{name: "usage: a server on the Internet", args: []string{"token", "Tokyo", "--token-url", "https://api.example.com/"}, want: exitUsage},
		{name: "usage: no program", args: []string{"run", "Tokyo", "--"}, want: exitUsage},
		{name: "usage: no account", args: []string{"run", "--", "true"}, want: exitUsage},
		{name: "usage: no terminal to ask on", args: []string{"export", "Tokyo"}, want: exitUsage},
		{name: "usage: language", args: []string{"list", "--lang", "de"}, want: exitUsage},
		{name: "account", args: []string{"token", "Osaka"}, want: exitAccount},
		{name: "later: Amazon is down", fault: practice.Fault{Status: 503}, args: []string{"token", "Tokyo"}, want: exitLater},
		{name: "later: no connection", fault: practice.Fault{Reset: true}, args: []string{"token", "Tokyo"}, want: exitLater},
		{
			name: "person: revoked", args: []string{"token", "Tokyo"}, want: exitPerson,
			fault: practice.Fault{Status: 400, Body: `{"error":"invalid_grant","error_description":"The request has an invalid grant parameter : refresh_token"}`},
		},
		{
			name: "person: wrong secret", args: []string{"token", "Tokyo"}, want: exitPerson,
			fault: practice.Fault{Status: 401, Body: `{"error":"invalid_client","error_description":"Client authentication failed"}`},
		},
		{name: "done", args: []string{"token", "Tokyo"}, want: exitDone},
		{name: "failed: no such program", args: []string{"run", "Tokyo", "--", "no-such-program-here"}, want: exitFailed},
	} {
		t.Run(test.name, func(t *testing.T) {
			d.t = t
			if test.fault != (practice.Fault{}) {
				d.amazon.SetFault(tokenPath, test.fault)
				defer d.amazon.ClearFaults()
			}
			out, errs, code := d.run("", test.args...)
			if code != test.want {
				t.Errorf("exit %d, want %d: %s", code, test.want, errs)
			}
			if code != exitDone && (out != "" || strings.Count(errs, "\n") != 1 || strings.Contains(errs, "⟦")) {
				t.Errorf("want one clear line on standard error, not %q and %q", out, errs)
			}
		})
	}
	for _, kind := range lwa.Kinds() {
		if code := amazonCode(kind); code != exitPerson && code != exitLater {
			t.Errorf("%s: exit %d", kind, code)
		}
	}
}

// TestProvidersApp: a reminder of an authorization has no keys, and says so.
func TestProvidersApp(t *testing.T) {
	d := newDesk(t)
	store, err := account.Open(d.dir, d.env.Keychain, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	entry := account.Account{Name: "Their tool", Marketplace: "JP", SellerID: "A1EXAMPLE00000", ApplicationID: "amzn1.sp.solution.example", ProviderApp: true}
	if _, err := store.Save(t.Context(), entry, account.Secrets{}); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"token", "Their"}, {"check", "Their"}, {"run", "Their", "--", "true"}, {"export", "Their", "--yes"}} {
		if out, errs, code := d.run("", args...); code != exitPerson || out != "" || !strings.Contains(errs, "provider") {
			t.Errorf("%v: exit %d, %q: %s", args, code, out, errs)
		}
	}
	d.must("", "status")
}

// TestLockedKeychain: the secrets can't be reached, and that is what is said.
func TestLockedKeychain(t *testing.T) {
	d := newDesk(t)
	save(t, d.dir, d.env.Keychain, d.amazon.Sample(), "Tokyo shop")
	d.env.Keychain = locked{}
	for _, args := range [][]string{{"token", "Tokyo"}, {"run", "Tokyo", "--", "true"}, {"export", "Tokyo", "--yes"}, {"forget", "Tokyo", "--yes"}} {
		if out, errs, code := d.run("", args...); code != exitKeychain || out != "" {
			t.Errorf("%v: exit %d, %q: %s", args, code, out, errs)
		}
	}
	if out := d.must("", "list"); !strings.Contains(out, "Tokyo") {
		t.Errorf("list needs no keychain, but: %q", out)
	}
}

type locked struct{}

func (locked) Get(context.Context, string) (lwa.Secret, error) {
	return lwa.Secret{}, &vault.Error{Op: "get", Kind: vault.Locked}
}

func (locked) Set(context.Context, string, lwa.Secret) error {
	return &vault.Error{Op: "set", Kind: vault.Locked}
}

func (locked) Delete(context.Context, string) error {
	return &vault.Error{Op: "delete", Kind: vault.Locked}
}

// TestEncryptedFile: the passphrase is asked for on a terminal, and only there.
func TestEncryptedFile(t *testing.T) {
	d := newDesk(t)
	file, err := vault.OpenFile(context.Background(), filepath.Join(d.dir, vault.FileName), lwa.NewSecret("correct horse battery"))
	if err != nil {
		t.Fatal(err)
	}
	save(t, d.dir, file, d.amazon.Sample(), "Tokyo shop")
	if _, _, code := d.run("", "token", "Tokyo"); code != exitKeychain {
		t.Errorf("without a terminal: exit %d", code)
	}
	if _, errs, code := d.run("", "export", "Tokyo", "--format", "kiro", "-o", "-"); code != exitKeychain || !strings.Contains(errs, "assistant") {
		t.Errorf("for an assistant, which can't enter a passphrase: exit %d: %s", code, errs)
	}
	d.env.Interactive = true
	for passphrase, want := range map[string]int{"correct horse battery": exitDone, "wrong": exitKeychain} {
		d.env.ReadPassword = func() (string, error) { return passphrase, nil }
		if _, errs, code := d.run("", "token", "Tokyo"); code != want || strings.Contains(errs, passphrase) {
			t.Errorf("passphrase %q: exit %d, want %d: %s", passphrase, code, want, errs)
		}
	}
}

func TestAdd(t *testing.T) {
	d := newDesk(t)
	s := d.amazon.Sample()
	id := strings.TrimSpace(d.must(dotenv(s), "add", "--name", "Tokyo shop"))
	if out := d.must("", "token", id); !strings.HasPrefix(out, "Atza|") {
		t.Error("no token for an account that was added")
	}
	path := filepath.Join(t.TempDir(), "keys.env")
	if err := os.WriteFile(path, []byte(dotenv(s)), 0o600); err != nil {
		t.Fatal(err)
	}
	if again := strings.TrimSpace(d.must("", "add", "--from", path)); again != id {
		t.Errorf("the same keys again became another account: %s, %s", id, again)
	}
	for name, text := range map[string]string{
		"no secret": "LWA_CLIENT_ID=" + s.ClientID + "\nLWA_REFRESH_TOKEN=" + s.RefreshToken.Reveal(),
		"two tokens, and nothing says which store each is for": dotenv(s) + "ANOTHER_REFRESH_TOKEN=" + s.RefreshToken.Reveal() + "A\nMARKETPLACE=JP\n",
		"nothing": "hello", "empty": "", "too much": strings.Repeat("x", maxInput+1),
	} {
		if out, errs, code := d.run(text, "add"); code != exitFailed || out != "" || strings.Contains(errs, "⟦") {
			t.Errorf("%s: exit %d, %q: %s", name, code, out, errs)
		}
	}
	if n := strings.Count(d.must("", "list"), "\n"); n != 1 {
		t.Errorf("%d accounts, want 1", n)
	}
}

// TestSandbox: a sandbox app's account is recognised or said to be one, says so
// everywhere, and is asked about at the sandbox; what was picked wrongly is corrected.
func TestSandbox(t *testing.T) {
	d := newDesk(t)
	regions := []string{"--sp-api-url", d.amazon.RegionsURL()}
	s := d.amazon.Sandbox()
	id := strings.TrimSpace(d.must(dotenv(s)+"AWS_ENV=SANDBOX\n", "add", "--name", "Tokyo shop"))
	other := strings.TrimSpace(d.must(dotenv(d.amazon.Sample()), "add", "--sandbox", "--name", "Wrong"))
	for _, command := range []string{"list", "status"} {
		if out := d.must("", command); strings.Count(out, "Sandbox") != 2 {
			t.Errorf("%s: %q", command, out)
		}
		if out := d.must("", command, "--json"); strings.Count(out, `"sandbox": true`) != 2 {
			t.Errorf("%s --json: %s", command, out)
		}
	}
	if out := d.must("", "token", id, "--json"); !strings.Contains(out, `"https://sandbox.sellingpartnerapi-fe.amazon.com"`) {
		t.Error("the endpoint isn't the sandbox's")
	}
	if out, errs, code := d.run("", append(regions, "check", id)...); code != exitDone || out != "" || !strings.Contains(errs, "sandbox accepts") {
		t.Errorf("check: %d %q %q", code, out, errs)
	}
	if out := d.must("", append(regions, "check", id, "--json")...); !strings.Contains(out, `"sandbox": true`) || strings.Contains(out, "ATVPDKIKX0DER") {
		t.Errorf("check --json: %s", out)
	}
	// A production token at the sandbox, then a sandbox token at production.
	for _, x := range []struct{ id, is string }{{other, "isn't a sandbox app: "}, {id, "'s a sandbox app: "}} {
		if x.id == id {
			d.must("", "set", id, "--sandbox=false")
		}
		_, errs, code := d.run("", append(regions, "check", x.id)...)
		_, command, ok := strings.Cut(errs, x.is+"sellerkey-cli ")
		if code != exitPerson || !ok {
			t.Fatalf("%d %q", code, errs)
		}
		d.must("", strings.Fields(command)...)
		d.must("", append(regions, "check", x.id)...)
	}
	if _, _, code := d.run("", "set", id); code != exitUsage {
		t.Errorf("set without anything to set: %d", code)
	}
}

func TestForget(t *testing.T) {
	d := newDesk(t)
	save(t, d.dir, d.env.Keychain, d.amazon.Sample(), "Tokyo shop")
	d.must("", "forget", "Tokyo", "--yes")
	if out := d.must("", "list"); out != "" {
		t.Errorf("still there: %q", out)
	}
}

// TestWords: help and errors in each language, every text there.
func TestWords(t *testing.T) {
	d := newDesk(t)
	for _, l := range i18n.Languages() {
		for _, command := range []string{"", "list", "status", "token", "run", "export", "check", "add", "forget", "version", "completion"} {
			args := []string{"help", command, "--lang", l.Tag}
			if command == "" {
				args = []string{"--lang=" + l.Tag}
			}
			out := d.must("", args...)
			if strings.Contains(out, "⟦") || !strings.Contains(out, "sellerkey-cli") {
				t.Errorf("%s: help %s: %s", l.Tag, command, out)
			}
			if l.Tag != i18n.English && strings.Contains(out, "Usage:") {
				t.Errorf("%s: help %s is in English", l.Tag, command)
			}
		}
	}
}

// TestVersion: which version it is and where to look, with the words of no
// language; the help says the same in words.
func TestVersion(t *testing.T) {
	d := newDesk(t)
	want := version.Text("sellerkey-cli") + "\n"
	if out := d.must("", "version", "--lang", "ja"); out != want {
		t.Errorf("printed %q", out)
	}
	for _, alone := range []string{"version", "--version"} {
		var out bytes.Buffer
		if code := Run(context.Background(), Env{Stdout: &out}, []string{alone}); code != exitDone || out.String() != want {
			t.Errorf("%s: exit %d, printed %q", alone, code, out.String())
		}
		if code := Run(context.Background(), Env{Stdout: closedPipe{}}, []string{alone}); code != exitFailed {
			t.Errorf("%s, which nobody reads: exit %d", alone, code)
		}
		if _, errs, code := d.run("", alone, "extra"); code != exitUsage || errs == "" {
			t.Errorf("%s extra: exit %d, %q", alone, code, errs)
		}
	}
	for _, address := range []string{version.Releases, version.Issues} {
		if out := d.must("", "help"); !strings.Contains(out, address) {
			t.Errorf("the help lacks %s:\n%s", address, out)
		}
	}
}

func TestCompletion(t *testing.T) {
	d := newDesk(t)
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if out := d.must("", "completion", shell); !strings.Contains(out, "sellerkey-cli") {
			t.Errorf("%s: %q", shell, out)
		}
	}
	if _, _, code := d.run("", "completion", "tcsh"); code != exitUsage {
		t.Errorf("tcsh: exit %d", code)
	}
}

// child makes the test program sellerkey-cli itself, with the practice account
// saved, because run replaces its process.
const child = "SELLERKEY_CLI_TEST_CHILD"

// childService makes the child use what is saved already, and the real keychain.
const childService = "SELLERKEY_CLI_TEST_SERVICE"

func TestMain(m *testing.M) {
	dir := os.Getenv(child)
	if dir == "" {
		os.Exit(m.Run())
	}
	_ = os.Unsetenv(child)
	if service := os.Getenv(childService); service != "" {
		os.Exit(Run(context.Background(), Env{
			Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Languages: english, DataDir: dir, Keychain: vault.NewKeychain(service), Now: time.Now,
		}, os.Args[1:]))
	}
	v := vault.NewMemory()
	amazon := practice.New(practice.Options{Now: time.Now})
	s := amazon.Sample()
	store, err := account.Open(dir, v, time.Now)
	if err != nil {
		os.Exit(99)
	}
	a := account.Account{Name: "Tokyo shop", Marketplace: "JP", ClientID: s.ClientID}
	if all := store.List(); len(all) > 0 {
		a = all[0] // another child's in the same folder
	}
	if sandbox := amazon.Sandbox(); a.ClientID == sandbox.ClientID {
		s = sandbox
	}
	if _, err := store.Save(context.Background(), a, account.Secrets{ClientSecret: s.ClientSecret, RefreshToken: s.RefreshToken}); err != nil {
		os.Exit(99)
	}
	os.Exit(Run(context.Background(), Env{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Languages: english, DataDir: dir, Keychain: v, Now: time.Now,
	}, os.Args[1:]))
}

// TestRun: the program gets the keys under its library's names, nothing else is
// changed, and what it does comes back.
func TestRun(t *testing.T) {
	s := practice.New(practice.Options{Now: time.Now}).Sample()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	start := func(args ...string) *exec.Cmd {
		cmd := exec.Command(exe, args...)
		cmd.Env = append(os.Environ(), child+"="+t.TempDir(), "LWA_CLIENT_SECRET=old", "OTHER=kept")
		return cmd
	}
	out, err := start("run", "Tokyo", "--as", "mcp", "--", "env").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"SP_API_CLIENT_ID=" + s.ClientID, "SP_API_CLIENT_SECRET=" + s.ClientSecret.Reveal(),
		"SP_API_REFRESH_TOKEN=" + s.RefreshToken.Reveal(), "SP_API_REGION=fe", "OTHER=kept",
	} {
		if !strings.Contains("\n"+string(out), "\n"+line+"\n") {
			t.Errorf("run --as mcp doesn't set %s", strings.SplitN(line, "=", 2)[0])
		}
	}
	out, err = start("run", "Tokyo", "--", "sh", "-c", `test "$LWA_CLIENT_SECRET" != old; echo $?; env | grep -c ^LWA_CLIENT_SECRET=; exit 7`).Output()
	if code := exitCode(err); code != 7 || string(out) != "0\n1\n" {
		t.Errorf("exit %d, %q; want the program's 7, and the variable replaced", code, out)
	}
	// What a shell has that was run with a sandbox app doesn't come along; an address
	// of the person's own does.
	cmd := start("run", "Tokyo", "--as", "python", "--", "env")
	cmd.Env = append(cmd.Env, "AWS_ENV=SANDBOX", "SP_API_BASE_URL=http://127.0.0.1:1")
	if out, err = cmd.Output(); err != nil || strings.Contains(string(out), "AWS_ENV") || !strings.Contains(string(out), "SP_API_BASE_URL=http://127.0.0.1:1\n") {
		t.Errorf("%v: the sandbox's switch is still there, or more is gone", err)
	}
	cmd = start("run", "Tokyo", "--", "sleep", "60")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for comm := ""; comm != "sleep"; { // until it has become the program
		data, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(cmd.Process.Pid), "comm"))
		if err != nil {
			t.Skip("no /proc here")
		}
		comm = strings.TrimSpace(string(data))
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
}

func exitCode(err error) int {
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		return ended.ExitCode()
	}
	return -1
}

// TestSharedFolder: a folder that others can use, and that isn't ours, is
// refused.
func TestSharedFolder(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no modes")
	}
	d := newDesk(t)
	if err := os.WriteFile(filepath.Join(d.dir, "other"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(d.dir, 0o777); err != nil {
		t.Fatal(err)
	}
	if _, errs, code := d.run("", "list"); code != exitFailed || !strings.Contains(errs, d.dir) {
		t.Errorf("exit %d: %s", code, errs)
	}
}
