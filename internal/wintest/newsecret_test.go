//go:build window && linux

package wintest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// mostRenewalPresses is how many presses it takes at most in practice mode from the
// reminder to a tool's file that has the new client secret.
const mostRenewalPresses = 8

// TestNewSecret: two accounts of one app, a .env that "Use it in…" wrote, and a client
// secret that expires soon. It's renewed in practice mode: both accounts have the new one,
// the file has it too, and everything else in it is as before.
func TestNewSecret(t *testing.T) {
	for _, l := range i18n.Languages() {
		for name, look := range map[string]struct {
			settings      string
			width, height int
		}{
			"light": {`{"appearance":"light"}`, 960, 680},
			"dark":  {`{"appearance":"dark"}`, 720, 560},
		} {
			t.Run(l.Tag+"-"+name, func(t *testing.T) {
				r := Start(t, Options{Lang: l.Tag, Out: filepath.Join(root(t), "out", "newsecret", l.Tag+"-"+name)})
				w := wordsOf(t, l.Tag)
				r.Settings("", look.settings)
				old, ids := r.practiceAccounts("Tokyo shop", "Osaka shop")
				secretOf := func(id string) string {
					return r.Secret("service", practiceService, "username", id+".client_secret")
				}

				a := r.App("--practice")
				a.WaitTitle(w.T(t, "accounts.title"))
				a.Resize(look.width, look.height)
				a.Shot("list")

				t.Log("a .env")
				file := filepath.Join(r.Home, "tool.env")
				if err := os.WriteFile(file, []byte("# mine\nOTHER=1\n"), 0o600); err != nil {
					t.Fatal(err)
				}
				a.Key("Return")
				a.WaitTitle("Osaka shop")
				r.Eventually("an access token", func() bool { return strings.Contains(r.ReadFile(practiceIndex), "renewed_at") })
				a.Shot("account")
				a.pressOnTokens("use in")
				a.WaitTitle(w.T(t, "export.title"))
				// Before Copy come Back, the button that saves, Browse, the file's name, the account's
				// name and the tool; the second tool has a .env.
				a.Key("shift+Tab", "shift+Tab", "shift+Tab", "shift+Tab", "shift+Tab", "shift+Tab")
				a.WaitChange(func() { a.Key("Right") })
				a.Key("shift+Tab", "shift+Tab", "shift+Tab", "shift+Tab", "ctrl+a")
				a.Type(file)
				a.Key("Tab", "Tab")
				a.WaitChange(func() { a.Key("Return") })
				a.Key("Tab", "Return") // the warning's own button
				r.Eventually("the file", func() bool { return strings.Contains(r.ReadFile("tool.env"), old) })
				before := r.ReadFile("tool.env")
				a.Key("Escape")
				a.WaitTitle("Osaka shop")
				a.Key("Escape")
				a.WaitTitle(w.T(t, "accounts.title"))

				presses := 0
				press := func(keys ...string) {
					presses += len(keys)
					a.WaitChange(func() { a.Key(keys...) })
				}
				a.Settle()
				a.Key("shift+Tab") // from the list to the reminder above it
				presses++
				a.Key("Return")
				presses++
				a.WaitTitle(w.T(t, "new_secret.title"))
				a.Shot("form")
				press("Return") // practice makes a secret
				a.Shot("filled")
				press("Return") // tried and saved
				r.Eventually("the new secret of both accounts", func() bool {
					next := secretOf(ids[0])
					return next != "" && next != old && secretOf(ids[1]) == next
				})
				next := secretOf(ids[0])
				a.Shot("saved")
				if r.ReadFile("tool.env") != before {
					t.Error("the file was written before anybody was asked")
				}
				press("Return") // the file
				r.Eventually("the file with the new secret", func() bool { return r.ReadFile("tool.env") == strings.ReplaceAll(before, old, next) })
				a.Settle()
				a.Shot("written")
				width, height := a.Size()
				a.WaitChange(func() { a.Click(width-90, height-30) }) // Done, by mouse
				presses++
				a.WaitTitle(w.T(t, "accounts.title"))
				a.Shot("after")
				if t.Logf("%d presses", presses); presses > mostRenewalPresses {
					t.Errorf("%d presses", presses)
				}
				for _, secret := range []string{old, next} {
					for _, path := range r.FilesHolding(secret) {
						if path != file && !strings.Contains(path, "keyrings") {
							t.Errorf("a secret is in %s", path)
						}
					}
				}
				a.checkLog(t, old, next)
				a.Quit()
			})
		}
	}
}

// practiceAccounts saves accounts of the practice app, whose client secret expires in two
// weeks, and returns that and their IDs.
func (r *Rig) practiceAccounts(names ...string) (secret string, ids []string) {
	r.t.Helper()
	keys := vault.NewMemory()
	store, err := account.Open(filepath.Dir(filepath.Join(r.Home, practiceIndex)), keys, time.Now)
	if err != nil {
		r.t.Fatal(err)
	}
	sample := practice.New(practice.Options{}).Sample()
	for i, name := range names {
		acc, err := store.Save(r.t.Context(), account.Account{
			Name: name, Marketplace: []string{"JP", "US"}[i%2], SellerID: sample.SellerID, ClientID: sample.ClientID,
			AuthorizedAt: date.Of(time.Now()), SecretMadeAt: date.Of(time.Now()).AddDays(-166),
		}, account.Secrets{ClientSecret: sample.ClientSecret, RefreshToken: sample.RefreshToken})
		if err != nil {
			r.t.Fatal(err)
		}
		ids = append(ids, acc.ID)
		for item, value := range map[string]lwa.Secret{".client_secret": sample.ClientSecret, ".refresh_token": sample.RefreshToken} {
			r.SetSecret(value.Reveal(), "service", practiceService, "username", acc.ID+item)
		}
	}
	return sample.ClientSecret.Reveal(), ids
}
