//go:build window && linux

package wintest

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/practice"
)

// TestSandboxWalk is the walk of a sandbox app by keyboard: chosen under an own
// application ID, without Amazon's page, checked at the sandbox, and in the list as
// what it is.
func TestSandboxWalk(t *testing.T) {
	sample := practice.New(practice.Options{}).Sandbox()
	for _, l := range i18n.Languages() {
		lang := l.Tag
		t.Run(lang, func(t *testing.T) {
			r := Start(t, Options{Lang: lang, Out: filepath.Join(root(t), "out", "sandbox", lang)})
			w := wordsOf(t, lang)
			a := r.App("--practice")
			a.choose(w, "own app")
			// From the field over marketplace, draft, the credentials with their date and
			// "More settings" to the button for a sandbox app.
			a.Key("Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Return")
			a.WaitTitle(w.T(t, "step.credentials"))
			a.Shot("credentials")
			a.enterCredentials(sample)
			a.Key("Return")
			a.WaitTitle(w.T(t, "step.tokens"))
			waitForAccount(t, r, "")
			copyAccess(r, a)
			a.pressOnTokens("check")
			a.WaitGood()
			a.Shot("checked")
			a.Quit()

			a = r.App("--practice")
			a.WaitTitle(w.T(t, "accounts.title"))
			a.Shot("list")
			a.Quit()
			r.eventually("the account to be saved as a sandbox app's", func() error {
				var index struct {
					Accounts []struct {
						Client  string `json:"client_id"`
						Stores  string
						Sandbox bool
					}
				}
				data, err := os.ReadFile(filepath.Join(r.Home, practiceIndex))
				if err != nil {
					return err
				}
				if err := json.Unmarshal(data, &index); err != nil {
					return err
				}
				if len(index.Accounts) != 1 || !index.Accounts[0].Sandbox || index.Accounts[0].Client != sample.ClientID || index.Accounts[0].Stores != "" {
					return errors.New(string(data))
				}
				return nil
			})
		})
	}
}
