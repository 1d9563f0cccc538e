//go:build window && linux

package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"filippo.io/age"

	"github.com/sellerkey/sellerkey/internal/practice"
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
		{"sellerkey-cli version", "an empty Go program", cli("version"), []string{tool(d.t, "empty")}, "", 1.5},
		{
			"sellerkey-cli run, to the end of true", "env and secret-tool lookup, twice", cli("run", accountID(0), "--", "true"),
			[]string{"sh", "-c", `env A="$(` + strings.Join(lookUp, " ") + `)" B="$(` + strings.Join(lookUp, " ") + `)" true`},
			"", 2,
		},
	} {
		var we, they Series
		inTurns(20, func() { we = append(we, d.command(c.prints, "", c.ours)) }, func() { they = append(they, d.command(c.prints, "", c.theirs)) })
		b.row(Ratio(c.what, c.yardstick, "ms", we, they, c.limit))
	}
}

// atOnce is the time of 50 programs that ask for a token that has to be fetched,
// beside one of them.
func (b *benchmark) atOnce(d *desk) {
	d.t.Setenv("DBUS_SESSION_BUS_ADDRESS", d.rig.Getenv("DBUS_SESSION_BUS_ADDRESS"))
	keychain := vault.NewKeychain(vault.Service)
	dir := d.folder()
	d.fill(dir, 1)
	d.amazon.SetFault("/auth/o2/token", practice.Fault{Delay: time.Second})
	ask := func(programs int) float64 {
		if err := keychain.Delete(context.Background(), accountID(0)+".access_token"); err != nil {
			d.t.Fatal(err)
		}
		tokens := make([]string, programs)
		began := time.Now()
		var all sync.WaitGroup
		for i := range tokens {
			all.Go(func() {
				out, _ := d.rig.Command(context.Background(), tool(d.t, "sellerkey-cli"), "--data-dir", dir, "--token-url", d.amazon.TokenURL(), "token", accountID(0)).Output()
				tokens[i] = string(out)
			})
		}
		all.Wait()
		took := ms(time.Since(began))
		slices.Sort(tokens)
		if one := slices.Compact(tokens); len(one) != 1 || !strings.HasPrefix(one[0], "Atza|") {
			d.t.Fatalf("%d programs got %d tokens", programs, len(one))
		}
		return took
	}
	var we, they Series
	inTurns(4, func() { we = append(we, ask(50)) }, func() { they = append(they, ask(1)) })
	b.row(Ratio("50 programs ask at once for a token, 1 s an answer, one request", "one that asks", "ms", we, they, 1.3))
}

// backedUp is how many accounts are backed up.
const backedUp = 100

// secretsToBackUp are the secrets of those.
func secretsToBackUp() []wintest.Item { return secretsOfAll()[:2*backedUp] }

// backup compares a backup with what it is made of: age on as many bytes, and the
// keychain for as many items.
func (b *benchmark) backup(d *desk) {
	d.t.Setenv("DBUS_SESSION_BUS_ADDRESS", d.rig.Getenv("DBUS_SESSION_BUS_ADDRESS"))
	keychain := vault.NewKeychain(vault.Service)
	dir := d.folder()
	d.fill(dir, backedUp)
	const passphrase = "correct-horse-battery-staple-example-words"
	cli := func(dir string, args ...string) float64 {
		return d.command("", passphrase+"\n", append([]string{tool(d.t, "sellerkey-cli"), "--data-dir", dir}, args...))
	}
	seal := func(data []byte) (sealed []byte, took float64) {
		began := time.Now()
		recipient, err := age.NewScryptRecipient(passphrase)
		if err != nil {
			d.t.Fatal(err)
		}
		var out bytes.Buffer
		w, err := age.Encrypt(&out, recipient)
		if err == nil {
			_, err = w.Write(data)
		}
		if err == nil {
			err = w.Close()
		}
		if err != nil {
			d.t.Fatal(err)
		}
		return out.Bytes(), ms(time.Since(began))
	}
	open := func(sealed []byte) float64 {
		began := time.Now()
		identity, err := age.NewScryptIdentity(passphrase)
		if err != nil {
			d.t.Fatal(err)
		}
		r, err := age.Decrypt(bytes.NewReader(sealed), identity)
		if err == nil {
			_, err = io.Copy(io.Discard, r)
		}
		if err != nil {
			d.t.Fatal(err)
		}
		return ms(time.Since(began))
	}
	items := func(do func(key string) error) float64 {
		began := time.Now()
		for i := range backedUp {
			for _, name := range []string{".refresh_token", ".client_secret"} {
				if err := do(accountID(i) + name); err != nil {
					d.t.Fatal(err)
				}
			}
		}
		return ms(time.Since(began))
	}
	ctx, secret := context.Background(), d.amazon.Sample().RefreshToken
	var made, restored, parts, partsBack Series
	for i := range times(4) {
		file := filepath.Join(d.folder(), "backup.age")
		made = append(made, cli(dir, "backup", "-o", file))
		restored = append(restored, cli(d.folder(), "restore", file, "--yes"))
		info, err := os.Stat(file)
		if err != nil {
			d.t.Fatal(err)
		}
		sealed, took := seal(make([]byte, info.Size()))
		back := open(sealed)
		parts = append(parts, took+back+items(func(key string) error {
			_, err := keychain.Get(ctx, key)
			return err
		}))
		partsBack = append(partsBack, back+items(func(key string) error { return keychain.Set(ctx, fmt.Sprintf("bench%d.%s", i, key), secret) }))
	}
	b.row(Ratio("backup of 100 accounts, read back", "age there and back, and the keychain's items", "ms", made, parts, 1.2))
	b.row(Ratio("restore of it", "age, and the keychain for the same items", "ms", restored, partsBack, 1.2))
}

// command is the time that a command takes from start to end.
func (d *desk) command(prints, stdin string, args []string) float64 {
	d.t.Helper()
	c := d.rig.Command(context.Background(), args[0], args[1:]...)
	c.Stdin = strings.NewReader(stdin)
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
