//go:build window && linux

package wintest

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/sellerkey/sellerkey/internal/practice"
)

// TestNextStore: a seller with several accounts in the Far East checks the first
// authorization, authorizes the next store, and finds both in the list.
func TestNextStore(t *testing.T) {
	r := Start(t, Options{Lang: "ja", Out: filepath.Join(root(t), "out", "stores")})
	w := wordsOf(t, "ja")
	sample := practice.New(practice.Options{}).Sample()
	a := r.App("--practice")
	a.WaitTitle(w.T(t, "start.window"))
	a.choose(w, "own app")
	a.Paste(sample.ConsentLink)
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.consent"))
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.paste"))
	b := r.Browser()
	b.WaitURL(consentPath)
	b.Allow()
	b.CopyAddress()
	a.Front()
	a.Key("ctrl+v")
	a.WaitTitle(w.T(t, "step.credentials"))
	a.Type(sample.ClientID)
	a.Key("Tab")
	a.Type(sample.ClientSecret.Reveal())
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.tokens"))
	waitForAccount(t, r, "")
	copyAccess(r, a)

	t.Log("check")
	a.pressOnTokens("check")
	a.WaitGood()
	a.Shot("covered")

	t.Log("authorize the next one")
	// In a walk there is no "forget", and after the secret's date comes the next store.
	a.pressOnTokens("secret date")
	a.WaitTitle(w.T(t, "step.app"))
	a.Shot("next")
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.consent"))
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.paste"))
	b.WaitURL("practice_host=sellercentral.amazon.sg")
	b.Screenshot("browser-next")
	b.Allow()
	b.CopyAddress()
	a.Front()
	a.Key("ctrl+v")
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.tokens"))
	markets := func() (codes []string) {
		var index struct {
			Accounts []struct {
				Marketplace, Shop string
			}
		}
		data, err := os.ReadFile(filepath.Join(r.Home, practiceIndex))
		if err != nil || json.Unmarshal(data, &index) != nil {
			return nil
		}
		for _, one := range index.Accounts {
			if one.Shop == "Practice Store" {
				codes = append(codes, one.Marketplace)
			}
		}
		slices.Sort(codes)
		return codes
	}
	r.eventually("both stores to be saved", func() error {
		if !slices.Equal(markets(), []string{"JP", "SG"}) {
			return errors.New("not both")
		}
		return nil
	})
	a.Shot("tokens")
	a.Quit()
	a = r.App("--practice")
	a.WaitTitle(w.T(t, "accounts.title"))
	a.Shot("list")
	a.Quit()
}
