//go:build window && linux

package bench

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/internal/wintest"
)

// cachedToken is an account with keys and with an access token that is valid for
// the whole run.
func cachedToken() []wintest.Item {
	token := fmt.Sprintf(`{"access_token":"Atza|EXAMPLE","token_type":"bearer","expires_at":%q}`, time.Now().Add(55*time.Minute).UTC().Format(time.RFC3339))
	return append(secretsOfAll()[:2], wintest.Item{Service: vault.Service, Username: accountID(0) + ".access_token", Secret: token})
}

// commandLine compares sellerkey-cli with the least that does the same.
func (b *benchmark) commandLine(d *desk) {
	dir := d.folder()
	d.fill(dir, 1)
	cli := func(args ...string) []string {
		return append([]string{tool(d.t, "sellerkey-cli"), "--data-dir", dir, "--token-url", d.amazon.TokenURL()}, args...)
	}
	lookUp := []string{"secret-tool", "lookup", "service", vault.Service, "username", accountID(0) + ".access_token"}
	for _, c := range []struct {
		what, yardstick string
		ours, theirs    []string
		prints          string // both
		limit           float64
	}{
		{"sellerkey-cli token, from the cache", "secret-tool lookup, the same item", cli("token", accountID(0)), lookUp, "Atza|EXAMPLE", 2},
		{"sellerkey-cli version", "an empty Go program", cli("version"), []string{tool(d.t, "empty")}, "", 15},
		{
			"sellerkey-cli run, to the end of true", "env and secret-tool lookup, twice", cli("run", accountID(0), "--", "true"),
			[]string{"sh", "-c", `env A="$(` + strings.Join(lookUp, " ") + `)" B="$(` + strings.Join(lookUp, " ") + `)" true`},
			"", 2,
		},
	} {
		var we, they Series
		inTurns(20, func() { we = append(we, d.command(c.prints, c.ours)) }, func() { they = append(they, d.command(c.prints, c.theirs)) })
		b.row(Ratio(c.what, c.yardstick, "ms", we, they, c.limit))
	}
}

// command is the time that a command takes from start to end.
func (d *desk) command(prints string, args []string) float64 {
	d.t.Helper()
	c := d.rig.Command(context.Background(), args[0], args[1:]...)
	began := time.Now()
	out, err := c.Output()
	took := time.Since(began)
	if err != nil || !strings.Contains(string(out), prints) {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			d.t.Fatalf("%v: %v: %s", args, err, exit.Stderr)
		}
		d.t.Fatalf("%v: %v, %q", args, err, out)
	}
	return ms(took)
}
