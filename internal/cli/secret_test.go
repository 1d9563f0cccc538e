package cli

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/rotate"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// newSecret is what the seller gets in the developer console.
func (d *desk) newSecret() lwa.Secret {
	d.t.Helper()
	secret, ok := d.amazon.RotateSecret(d.amazon.Sample().ClientID)
	if !ok {
		d.t.Fatal("no such app")
	}
	return secret
}

// left is what places --json and secret --json print.
func left(t *testing.T, text string) (out placesJSON) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return out
}

// TestSecret renews the secret of two accounts and of a file that export wrote, and
// ticks off what was copied.
func TestSecret(t *testing.T) {
	d := newDesk(t)
	s := d.amazon.Sample()
	save(t, d.dir, d.env.Keychain, s, "Tokyo shop")
	two := s
	two.SellerID = "A2EXAMPLE00000"
	save(t, d.dir, d.env.Keychain, two, "Osaka shop")
	file := filepath.Join(t.TempDir(), ".env")
	if err := os.WriteFile(file, []byte("# mine\nDEBUG=1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	d.must("", "export", "Tokyo", "--format", "dotenv", "-o", file, "--yes")
	d.must("", "export", "Osaka", "--format", "vault-kv", "--yes")
	if out := d.must("", "places", "Tokyo"); !strings.Contains(out, file) || !strings.Contains(out, "HashiCorp") {
		t.Errorf("places: %q", out)
	}
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	secret := d.newSecret()
	if _, _, code := d.run(secret.Reveal(), "secret", "Tokyo"); code != exitUsage {
		t.Errorf("without a terminal and an answer: %d", code)
	}
	ics := filepath.Join(t.TempDir(), "dates.ics")
	out, errs, code := d.run(secret.Reveal()+"\n", "secret", "Tokyo", "--yes", "--json", "--calendar", ics, "--secret-made", "2026-11-22")
	if code != exitDone || !strings.Contains(errs, "Tokyo shop") || !strings.Contains(errs, "Osaka shop") || strings.Contains(out+errs, secret.Reveal()) {
		t.Fatalf("%d %q %q", code, out, errs)
	}
	got := left(t, out)
	if len(got.Places) != 2 || got.OldSecretUntil == nil || got.OldSecretUntil.String() != "2026-11-29" || len(got.Behind) != 0 {
		t.Fatalf("%+v", got)
	}
	number := ""
	for _, p := range got.Places {
		switch {
		case p.Format == "dotenv" && p.State != rotate.Done, p.Format == "vault-kv" && p.State != rotate.Copied:
			t.Errorf("%+v", p)
		case p.Format == "vault-kv":
			number = string(rune('0' + p.Number))
		}
	}
	after, err := os.ReadFile(file)
	if err != nil || string(after) != strings.ReplaceAll(string(before), s.ClientSecret.Reveal(), secret.Reveal()) || string(after) == string(before) {
		t.Error("the file doesn't have the new secret, or more of it has changed", err)
	}
	if dates, err := os.ReadFile(ics); err != nil || strings.Count(string(dates), "DTSTART;VALUE=DATE:20270521") != 2 {
		t.Errorf("%s %v", dates, err)
	}
	store, err := account.Open(d.dir, d.env.Keychain, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range store.List() {
		if has, err := store.Secrets(t.Context(), a.ID); err != nil || !has.ClientSecret.Equal(secret) || a.SecretMadeAt.String() != "2026-11-22" {
			t.Errorf("%s: %v %v", a.Name, a.SecretMadeAt, err)
		}
	}
	if _, errs, code := d.run("", "status"); code != exitDone || !strings.Contains(errs, "1 place still") {
		t.Errorf("status: %d %q", code, errs)
	}
	if _, errs, code := d.run("", "places", "Osaka", "--done", number); code != exitDone || !strings.Contains(errs, "nothing uses the old secret") {
		t.Errorf("%d %q", code, errs)
	}
	if _, errs, _ := d.run("", "places", "Osaka", "--undone", number); !strings.Contains(errs, "1 place still") {
		t.Errorf("%q", errs)
	}
	if _, _, code := d.run("", "places", "Osaka", "--done", "9"); code != exitUsage {
		t.Errorf("a place that isn't there: %d", code)
	}
	d.env.Now = func() time.Time { return time.Now().AddDate(1, 0, 0) }
	if _, errs, _ := d.run("", "places", "Osaka"); !strings.Contains(errs, "stopped working") {
		t.Errorf("a year later: %q", errs)
	}
	d.env.Now = time.Now
	d.must("", "places", "Osaka", "--forget", number)
	d.must("", "forget", "Tokyo", "--yes")
	if got := left(t, d.must("", "places", "Osaka", "--json")); len(got.Places) != 0 {
		t.Errorf("%+v", got)
	}
	if data, err := os.ReadFile(filepath.Join(d.dir, "places.json")); err != nil || strings.Contains(string(data), file) {
		t.Error("the path is still in the list", err)
	}
}

// TestSecretAsked: on a terminal the secret isn't shown, and the files are written
// after a question.
func TestSecretAsked(t *testing.T) {
	for answer, want := range map[string]rotate.State{"yes\n": rotate.Done, "no\n": rotate.Ready} {
		d := newDesk(t)
		save(t, d.dir, d.env.Keychain, d.amazon.Sample(), "Tokyo shop")
		file := filepath.Join(t.TempDir(), "x.json")
		d.must("", "export", "Tokyo", "--format", "json", "-o", file, "--yes")
		d.env.Interactive = true
		d.env.ReadPassword = func() (string, error) { return d.newSecret().Reveal(), nil }
		out, errs, code := d.run(answer, "secret", "Tokyo", "--json")
		if code != exitDone || !strings.Contains(errs, file) {
			t.Fatalf("%d %q", code, errs)
		}
		if got := left(t, out); len(got.Places) != 1 || got.Places[0].State != want {
			t.Errorf("%q: %+v", answer, got)
		}
		// The person can still change their mind.
		d.env.Interactive = false
		if _, _, code := d.run("", "places", "Tokyo", "--write"); want == rotate.Ready && code != exitUsage {
			t.Errorf("without a terminal and an answer: %d", code)
		}
		if got := left(t, d.must("", "places", "Tokyo", "--write", "--yes", "--json")); got.Places[0].State != rotate.Done {
			t.Errorf("--write: %+v", got)
		}
	}
}

// TestSecretAgain: the same command again writes the files that it didn't come to.
func TestSecretAgain(t *testing.T) {
	d := newDesk(t)
	save(t, d.dir, d.env.Keychain, d.amazon.Sample(), "Tokyo shop")
	d.must("", "export", "Tokyo", "--format", "json", "-o", filepath.Join(t.TempDir(), "x.json"), "--yes")
	secret := d.newSecret().Reveal()
	d.must(secret, "secret", "Tokyo", "--no-files")
	if got := left(t, d.must(secret, "secret", "Tokyo", "--yes", "--json")); got.Places[0].State != rotate.Done {
		t.Errorf("%+v", got)
	}
	if _, errs, code := d.run(secret, "secret", "Tokyo", "--yes"); code != exitFailed || !strings.Contains(errs, "already saved") {
		t.Errorf("%d %q", code, errs)
	}
}

// TestSecretEdited: a file that was changed since is written only if that is wanted.
func TestSecretEdited(t *testing.T) {
	d := newDesk(t)
	save(t, d.dir, d.env.Keychain, d.amazon.Sample(), "Tokyo shop")
	file := filepath.Join(t.TempDir(), "x.json")
	d.must("", "export", "Tokyo", "--format", "json", "-o", file, "--yes")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(text), "{", "{ ", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := left(t, d.must(d.newSecret().Reveal(), "secret", "Tokyo", "--yes", "--json")); got.Places[0].State != rotate.Edited {
		t.Errorf("%+v", got)
	}
	if got := left(t, d.must(d.newSecret().Reveal(), "secret", "Tokyo", "--yes", "--edited", "--json")); got.Places[0].State != rotate.Done {
		t.Errorf("%+v", got)
	}
}

// TestSecretRefused: what goes wrong has a clear sentence and the exit code of its
// kind, and the old secret stays.
func TestSecretRefused(t *testing.T) {
	d := newDesk(t)
	s := d.amazon.Sample()
	id := save(t, d.dir, d.env.Keychain, s, "Tokyo shop")
	wrong := "amzn1.oa2-cs.v1." + strings.Repeat("ab", 32)
	for _, test := range []struct {
		stdin, says string
		fault       practice.Fault
		code        int
	}{
		{wrong, "don't match", practice.Fault{}, exitPerson},
		{wrong, "Amazon", practice.Fault{Status: 503, RetryAfter: "600"}, exitLater},
		{"", "no Client secret", practice.Fault{}, exitFailed},
		{s.RefreshToken.Reveal(), "looks like a refresh token", practice.Fault{}, exitFailed},
		{s.ClientSecret.Reveal(), "already saved", practice.Fault{}, exitFailed},
	} {
		d.amazon.SetFault("/auth/o2/token", test.fault)
		if _, errs, code := d.run(test.stdin, "secret", "Tokyo"); code != test.code || !strings.Contains(errs, test.says) {
			t.Errorf("%d %q, want %d %q", code, errs, test.code, test.says)
		}
	}
	store, err := account.Open(d.dir, d.env.Keychain, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if has, err := store.Secrets(t.Context(), id); err != nil || !has.ClientSecret.Equal(s.ClientSecret) {
		t.Error("the old secret is gone", err)
	}
	if a, _ := store.Find(id); a.Problem != "" {
		t.Error("the account has a problem now:", a.Problem)
	}
}

// fullKeychain takes nothing more.
type fullKeychain struct{ vault.Vault }

func (fullKeychain) Set(context.Context, string, lwa.Secret) error {
	return &vault.Error{Op: "set", Kind: vault.Full}
}

// TestSecretUnsaved: if Amazon sends another refresh token along and the keychain
// doesn't take it, it is shown, because it exists only there.
func TestSecretUnsaved(t *testing.T) {
	d := newDesk(t)
	save(t, d.dir, d.env.Keychain, d.amazon.Sample(), "Tokyo shop")
	d.env.Keychain = fullKeychain{d.env.Keychain}
	next := "Atzr|EXAMPLE-next-" + strings.Repeat("0", 300)
	d.amazon.SetFault("/auth/o2/token", practice.Fault{Status: 200, Body: `{"access_token":"Atza|EXAMPLE0000","refresh_token":"` + next + `","token_type":"bearer","expires_in":3600}`})
	out, errs, code := d.run(d.newSecret().Reveal(), "secret", "Tokyo")
	if code != exitKeychain || out != next+"\n" || !strings.Contains(errs, "shown only once") {
		t.Errorf("%d %q", code, errs)
	}
}
