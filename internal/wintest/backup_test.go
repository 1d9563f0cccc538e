//go:build window && linux

package wintest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/backup"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
	"github.com/sellerkey/sellerkey/lwa"
)

// mostPresses is how many presses it takes at most from a dead laptop to a tool
// that works.
const mostPresses = 10

// TestLaptopDied: somebody with a backup and the words of it on paper has a new
// computer. They open the file, and have a token again a few presses later; the
// account is in the keychain, and nothing of it is readable in the files.
func TestLaptopDied(t *testing.T) {
	for _, lang := range []string{"en", "ja", "pt-BR"} {
		t.Run(lang, func(t *testing.T) {
			r := Start(t, Options{Lang: lang, Out: filepath.Join(root(t), "out", "backup-"+lang)})
			w := wordsOf(t, lang)
			amazon := practicetest.Start(t, practice.Options{})
			sample := amazon.Sample()
			const words = "example-words-for-a-test-only"
			acc := account.Account{ID: "example", Name: "Tokyo shop", Marketplace: "JP", SellerID: sample.SellerID, ClientID: sample.ClientID, HasClientSecret: true, HasRefreshToken: true}
			file := filepath.Join(r.Home, "SellerKey-backup.sellerkey")
			if err := backup.Write(file, backup.Backup{MadeAt: time.Now(), Items: []backup.Item{{
				Account: acc, Secrets: account.Secrets{ClientSecret: sample.ClientSecret, RefreshToken: sample.RefreshToken},
			}}}, lwa.NewSecret(words)); err != nil {
				t.Fatal(err)
			}

			presses := 1 // the double click
			a := r.App("--data-dir", filepath.Join(r.Home, "data"), "--token-url", amazon.TokenURL(), "--sp-api-url", amazon.SPAPIURL(), file)
			press := func(keys ...string) {
				presses += len(keys)
				a.WaitChange(func() { a.Key(keys...) })
				a.Settle()
			}
			a.WaitTitle(w.T(t, "restore.title"))
			a.Shot("words")
			a.Type(strings.ReplaceAll(words, "-", " ")) // as it stands on paper
			press("Return")
			a.WaitTitle(w.T(t, "restore.opened"))
			a.Settle()
			a.Shot("holds")
			if r.Exists("data/accounts.json") {
				t.Error("opening the backup has changed something")
			}
			press("Return")
			id := ""
			s := &search{r: r, t: t}
			r.Eventually("the account", func() bool {
				id = s.account("data")
				return id != "" && r.Secret("service", realService, "username", id+".refresh_token") == sample.RefreshToken.Reveal()
			})
			a.WaitGood()
			a.Shot("added")
			press("Return")
			a.WaitTitle(w.T(t, "accounts.title"))
			press("Return")
			a.WaitTitle("Tokyo shop")
			r.Eventually("an access token", func() bool { return strings.Contains(r.ReadFile("data/accounts.json"), "renewed_at") })
			a.Shot("works")
			if t.Logf("%d presses", presses); presses > mostPresses {
				t.Errorf("%d presses", presses)
			}

			t.Log("a backup of this computer")
			a.Key("Escape")
			a.WaitTitle(w.T(t, "accounts.title"))
			a.WaitChange(func() { a.Key("F10") })
			a.Shot("menu")
			a.Key("Down", "Down", "Down", "Down", "Down", "Return") // over home and three submenus
			a.WaitTitle(w.T(t, "backup.title"))
			a.Settle()
			a.Shot("backup")
			a.WaitChange(func() { a.Key("Return") })
			var made []string
			r.Eventually("the backup", func() bool {
				made, _ = filepath.Glob(filepath.Join(r.Home, "*", "SellerKey-backup-*"))
				more, _ := filepath.Glob(filepath.Join(r.Home, "SellerKey-backup-*"))
				made = append(made, more...)
				return len(made) == 1
			})
			a.WaitGood()
			a.Shot("saved")
			for _, path := range append(made, file) {
				data, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				for _, word := range []string{"Tokyo", sample.SellerID, sample.ClientID, "Atzr"} {
					if strings.Contains(string(data), word) {
						t.Errorf("%q can be read in %s", word, filepath.Base(path))
					}
				}
			}
			for _, secret := range []string{sample.RefreshToken.Reveal(), sample.ClientSecret.Reveal()} {
				if found := slices.DeleteFunc(r.FilesHolding(secret), func(path string) bool { return strings.Contains(path, "keyrings") }); len(found) > 0 {
					t.Errorf("a secret is in %q", found)
				}
			}
			a.checkLog(t, sample.RefreshToken.Reveal(), sample.ClientSecret.Reveal(), words)
			a.Quit()
		})
	}
}
