package cli

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// brokenVault is a keychain that fails.
type brokenVault struct{ kind vault.Kind }

func (v brokenVault) Get(context.Context, string) (lwa.Secret, error) {
	return lwa.Secret{}, &vault.Error{Op: "get", Kind: v.kind}
}

func (v brokenVault) Set(context.Context, string, lwa.Secret) error {
	return &vault.Error{Op: "set", Kind: v.kind}
}

func (v brokenVault) Delete(context.Context, string) error {
	return &vault.Error{Op: "delete", Kind: v.kind}
}

// TestDoctor: what the computer lacks is in the lines and in the exit code, and
// neither an account nor a secret is.
func TestDoctor(t *testing.T) {
	d := newDesk(t)
	s := d.amazon.Sample()
	id := save(t, d.dir, d.env.Keychain, s, "Tokyo shop")
	// Browser and display are those of the computer that runs the test.
	ours := []string{"keychain", "folder", "amazon", "clock", "program"}
	for _, c := range []struct {
		name    string
		change  func()
		problem string // the first one
		code    int
	}{
		{"all is well", func() {}, "", exitDone},
		{"Amazon is away", func() { _ = d.amazon.Close() }, "amazon", exitLater},
		{"no keychain", func() { d.env.Keychain = brokenVault{vault.Missing} }, "keychain", exitKeychain},
	} {
		c.change()
		for _, l := range i18n.Languages() {
			out, errs, code := d.run("", "doctor", "--json", "--lang", l.Tag)
			var got struct{ Checks []lineJSON }
			if err := json.Unmarshal([]byte(out), &got); err != nil || errs != "" {
				t.Fatalf("%s: %v %s", c.name, err, errs)
			}
			first := ""
			for _, line := range got.Checks {
				if line.Text == "" {
					t.Errorf("%s: %+v", c.name, line)
				}
				if first == "" && line.Result == "bad" && slices.Contains(ours, string(line.Check)) {
					first = string(line.Check)
				}
			}
			if first != c.problem || c.problem != "" && code != c.code {
				t.Errorf("%s, %s: %q, exit %d: %s", c.name, l.Tag, first, code, out)
			}
			text, _, _ := d.run("", "doctor", "--lang", l.Tag)
			for _, never := range []string{id, "Tokyo shop", s.SellerID, s.ClientID, s.ClientSecret.Reveal(), s.RefreshToken.Reveal()} {
				if strings.Contains(out+text, never) {
					t.Errorf("%s, %s: shows %s", c.name, l.Tag, never)
				}
			}
		}
	}
}
