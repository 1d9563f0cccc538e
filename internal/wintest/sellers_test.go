//go:build window && linux

package wintest

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
	"github.com/sellerkey/sellerkey/lwa"
)

// sellerWalk is one kind of seller, on the way to tokens, a check with Amazon and
// the list of accounts.
type sellerWalk struct {
	name string
	// store is the one whose permission page opens; "" for somebody who brings a
	// refresh token.
	store string
	// signedIn is a store of another account that is signed in there.
	signedIn string
	vendor   bool
	// next are the stores that the check offers to authorize, one after the other.
	next []string
	// corrected: the check says that the token is for another region, and offers to
	// correct the marketplace.
	corrected bool
	list      []listed
}

// listed is an account as the program's index has it. Amazon's answer has internal
// rows for every seller ("Non-Amazon JP"); none of them is in Stores.
type listed struct {
	Marketplace, Shop, Stores string
	Vendor                    bool
}

const (
	shop   = "Practice Store"
	europe = "IE ES UK FR BE NL DE IT SE ZA PL EG TR AE IN"
)

func sellerWalks(home string) []sellerWalk {
	return []sellerWalk{
		{name: "far east", store: "JP", next: []string{"SG", "AU"}, list: []listed{{"AU", shop, "AU", false}, {"JP", shop, "JP", false}, {"SG", shop, "SG", false}}},
		{name: "saudi arabia", store: "SE", next: []string{"SA"}, list: []listed{{"SA", shop, "SA", false}, {"SE", shop, europe, false}}},
		{name: "other region", store: "US", signedIn: "DE", corrected: true, list: []listed{{"ES", shop, europe, false}}},
		{name: "vendor", vendor: true, list: []listed{{home, "", "", true}}},
	}
}

// TestSellers: each kind of seller walks to the right list, in every language. The
// languages go at the same time, each on a machine of its own, because a walk is
// mostly waiting.
func TestSellers(t *testing.T) {
	for _, l := range i18n.Languages() {
		t.Run(l.Tag, func(t *testing.T) {
			t.Parallel()
			r := Start(t, Options{Lang: l.Tag, Out: filepath.Join(root(t), "out", "sellers", l.Tag)})
			r.collectOpened()
			for _, s := range sellerWalks(l.Home) {
				t.Log(s.name)
				r.walkSeller(t, l.Tag, s)
			}
		})
	}
}

func (r *Rig) walkSeller(t *testing.T, lang string, s sellerWalk) {
	w := wordsOf(t, lang)
	sample := practice.New(practice.Options{}).Sample()
	dir := filepath.Join(r.Home, s.name)
	shot := func(a *App, name string) { a.Shot(strings.ReplaceAll(s.name, " ", "-") + "-" + name) }
	a := r.App("--practice", "--data-dir", dir)
	if s.store == "" {
		a.toCredentials(w)
		a.enterCredentials(sample)
		if s.vendor {
			a.Key("Tab", "Tab", "Tab", "space") // over the secret's date and the seller ID
		}
		shot(a, "credentials")
		a.Key("Return")
	} else {
		a.choose(w, "own app")
		m, _ := lwa.FindMarketplace(s.store)
		japan, _ := lwa.FindMarketplace("JP")
		a.Paste(strings.Replace(sample.ConsentLink, japan.SellerHost, m.SellerHost, 1))
		a.Key("Tab", "Tab", "Tab") // over marketplace and draft
		a.Type(sample.ClientID)    // not from the clipboard: the link may not have been taken from there yet
		a.Key("Tab")
		a.Type(sample.ClientSecret.Reveal())
		r.authorize(a, w, s.store, s.signedIn)
	}
	a.WaitTitle(w.T(t, "step.tokens"))
	r.waitForList(dir, "accounts", func(list []listed) bool { return len(list) == 1 })
	copyAccess(r, a)
	a.WaitChange(func() { a.pressOnTokens("check") })
	if s.corrected {
		a.WaitCard()
		shot(a, "refused")
		a.pressInCheck(1) // the first is the list of stores
	}
	for i, store := range s.next {
		r.waitForList(dir, "stores", func(list []listed) bool { return len(list) == i+1 && checkedAll(list) })
		a.WaitGood()
		shot(a, "covered-"+fmt.Sprint(i+1))
		a.pressInCheck(0)
		a.WaitTitle(w.T(t, "step.app"))
		r.authorize(a, w, store, "")
		a.WaitTitle(w.T(t, "step.tokens"))
		r.waitForList(dir, "accounts", func(list []listed) bool { return len(list) == i+2 })
		copyAccess(r, a)
		a.pressOnTokens("check")
	}
	r.waitForList(dir, "the right list", func(list []listed) bool { return slices.Equal(list, s.list) })
	if !s.vendor { // who are told that there is no such check
		a.WaitGood()
	}
	shot(a, "checked")
	a.Quit()
	a.checkLog(t, sample.ClientSecret.Reveal())

	a = r.App("--practice", "--data-dir", dir)
	a.WaitTitle(w.T(t, "accounts.title"))
	shot(a, "list")
	a.Quit()
}

// checkedAll reports whether all accounts know their stores.
func checkedAll(list []listed) bool {
	return !slices.ContainsFunc(list, func(one listed) bool { return one.Stores == "" })
}

// authorize goes from the first step to the tokens, with the seller signed in to the
// account of the page's store, or to that of another one.
func (r *Rig) authorize(a *App, w words, store, signedIn string) {
	t := r.t
	m, _ := lwa.FindMarketplace(store)
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.consent"))
	before := len(r.opened())
	a.Key("Return")
	a.WaitTitle(w.T(t, "step.paste"))
	r.Eventually("the permission page", func() bool { return len(r.opened()) > before })
	page := r.opened()[before]
	if !strings.Contains(page, "practice_host="+m.SellerHost) {
		t.Errorf("the page of %s opened: %s", store, page)
	}
	if signedIn != "" {
		page += "&practice_seller=" + signedIn
	}
	a.Paste(practicetest.Confirm(t, page))
	a.Key("Return")
}

// collectOpened takes the place of the browser, which stays closed.
func (r *Rig) collectOpened() {
	tools := filepath.Join(r.Home, "tools")
	r.write(filepath.Join(tools, "xdg-open"), 0o755, "#!/bin/sh\nprintf '%s\\n' \"$1\" >>\"$HOME/opened\"\n")
	r.env = append(r.env, "PATH="+tools+":"+r.Getenv("PATH"))
}

// opened are the addresses that the browser was asked to open.
func (r *Rig) opened() []string {
	data, _ := os.ReadFile(filepath.Join(r.Home, "opened"))
	return strings.Fields(string(data))
}

// waitForList waits for the saved accounts of practice, by their marketplaces.
func (r *Rig) waitForList(dir, what string, right func([]listed) bool) {
	r.t.Helper()
	r.eventually(what, func() error {
		var index struct{ Accounts []listed }
		data, err := os.ReadFile(filepath.Join(dir, "practice", "accounts.json"))
		if err != nil {
			return err
		}
		if err := json.Unmarshal(data, &index); err != nil {
			return err
		}
		slices.SortFunc(index.Accounts, func(a, b listed) int { return strings.Compare(a.Marketplace, b.Marketplace) })
		if !right(index.Accounts) {
			return errors.New(string(data))
		}
		return nil
	})
}
