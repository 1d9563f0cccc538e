package cli

import (
	"bufio"
	"context"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
)

// authorize runs the command with somebody who answers what it asks: the answer
// to a question is looked up by its text, and a link is opened and confirmed.
func (d *desk) authorize(lang string, answers map[string]string, args ...string) (stdout, stderr string, code int) {
	d.t.Helper()
	words, err := i18n.New(lang)
	if err != nil {
		d.t.Fatal(err)
	}
	stdin, typed := io.Pipe()
	heard, errs := io.Pipe()
	var out strings.Builder
	env := d.env
	env.Stdin, env.Stdout, env.Stderr = stdin, &out, errs
	done := make(chan int)
	go func() {
		code := Run(context.Background(), env, append([]string{
			"authorize", "--lang", lang, "--token-url", d.amazon.TokenURL(), "--consent-origin", d.amazon.Origin(),
		}, args...))
		_ = errs.Close()
		done <- code
	}()
	var said strings.Builder
	link := ""
	for lines := bufio.NewScanner(heard); lines.Scan(); {
		line := lines.Text()
		said.WriteString(line + "\n")
		if strings.HasPrefix(line, d.amazon.Origin()) {
			link = line
		}
		for id, answer := range answers {
			if line == words.T("cli.authorize."+id) {
				if answer == "(confirm)" {
					answer = practicetest.Confirm(d.t, link)
				}
				if answer == "(end)" {
					_ = typed.Close()
					continue
				}
				go func() { _, _ = io.WriteString(typed, answer+"\n\n") }()
			}
		}
	}
	return out.String(), said.String(), <-done
}

// TestAuthorize: the whole walk in a terminal, in each language.
func TestAuthorize(t *testing.T) {
	for _, l := range i18n.Languages() {
		t.Run(l.Tag, func(t *testing.T) {
			d := newDesk(t)
			s := d.amazon.Sample()
			id, said, code := d.authorize(l.Tag, map[string]string{
				"app": s.ConsentLink, "paste": "(confirm)", "client_id": s.ClientID, "client_secret": s.ClientSecret.Reveal(),
			}, "--name", "Shop")
			if code != exitDone || strings.Contains(said, "⟦") {
				t.Fatalf("exit %d: %s", code, said)
			}
			if token := d.must("", "token", strings.TrimSpace(id)); !strings.HasPrefix(token, "Atza|") {
				t.Error("no token for the account that was authorized")
			}
			if strings.Contains(said, s.ClientSecret.Reveal()) || strings.Contains(said, "Atzr|") {
				t.Error("a secret on standard error")
			}
		})
	}
}

// TestAuthorizeGuide: somebody with a provider's guide leaves with seller ID and
// code, and nothing is saved.
func TestAuthorizeGuide(t *testing.T) {
	d := newDesk(t)
	s := d.amazon.Sample()
	out, said, code := d.authorize("en", map[string]string{"app": s.ConsentLink, "paste": "(confirm)"}, "--guide")
	if code != exitDone || !regexp.MustCompile(`^seller_id\t`+s.SellerID+`\ncode\t\S+\n$`).MatchString(out) {
		t.Errorf("exit %d, %q: %s", code, out, said)
	}
	if list := d.must("", "list"); list != "" {
		t.Errorf("saved: %q", list)
	}
}

// TestAuthorizeRefused: a script that answers wrongly gets one explanation and
// an exit code; nothing is saved.
func TestAuthorizeRefused(t *testing.T) {
	d := newDesk(t)
	s := d.amazon.Sample()
	for name, answers := range map[string]map[string]string{
		"not an app":      {"app": "hello"},
		"no address":      {"app": s.ConsentLink, "paste": "hello"},
		"a foreign state": {"app": s.ConsentLink, "paste": "https://example.com/?spapi_oauth_code=EXAMPLEcodeEXAMPLE&selling_partner_id=A1EXAMPLE00000&state=other"},
		"swapped":         {"app": s.ConsentLink, "paste": "(confirm)", "client_id": s.ClientSecret.Reveal(), "client_secret": s.ClientID},
		"end of input":    {"app": "(end)"},
	} {
		t.Run(name, func(t *testing.T) {
			d.t = t
			out, said, code := d.authorize("en", answers)
			if code != exitFailed || out != "" || strings.Contains(said, "⟦") {
				t.Errorf("exit %d, %q: %s", code, out, said)
			}
			if list := d.must("", "list"); list != "" {
				t.Errorf("saved: %q", list)
			}
		})
	}
}
