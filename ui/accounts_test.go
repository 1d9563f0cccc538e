package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// TestWhatNeedsAttention: a long list can be narrowed to what needs something, and
// sorted by it; a short one shows everything at once.
func TestWhatNeedsAttention(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		for _, n := range []int{3, 30, 300} {
			if n == 300 && lang != "en" {
				continue
			}
			h := newHarness(t, lang)
			h.withAccounts(n, func(i int, a *account.Account) {
				a.Name = fmt.Sprintf("Shop %03d", i)
				switch i {
				case 1:
					a.SecretMadeAt = date.Of(h.clock.Now()).AddDays(-160)
				case 2:
					a.Problem = string(lwa.KindRevoked)
				}
			})
			list, _ := h.accounts()
			if list.Length() != n {
				t.Fatalf("%d of %d are shown", list.Length(), n)
			}
			if n == 3 {
				h.misses("accounts.by_shop")
				continue
			}
			h.chooses(h.word("accounts.by_need"))
			h.pressesCheck(h.word("accounts.needs", "Count", "2"))
			if list.Length() != 2 {
				t.Fatalf("%d of %d need attention", list.Length(), n)
			}
			h.a.Redraw()
			if list, _ = h.accounts(); list.Length() != 2 {
				t.Errorf("drawn again, %d are shown", list.Length())
			}
			shown := h.a.filter.accounts(h.a.env, h.clock.Now())
			if shown[0].Name != "Shop 002" || shown[1].Name != "Shop 001" {
				t.Errorf("shown are %q, %q", shown[0].Name, shown[1].Name)
			}
		}
	})
}

// TestAppsInTheList: an agency's accounts say which app they belong to and can be
// searched by it; a seller with one app isn't bothered with it.
func TestAppsInTheList(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		app := h.word("accounts.app", "App", "…ac71ce")
		h.withAccounts(3, func(int, *account.Account) {})
		if strings.Contains(h.screen(), app) {
			t.Errorf("one app is named:\n%s", h.screen())
		}
		h.withAccounts(8, func(i int, a *account.Account) {
			switch i {
			case 1:
				a.ClientID = h.amazon.Published().ClientID
			case 2:
				a.ClientID, a.ApplicationID, a.ProviderApp, a.Provider = "", "amzn1.sp.solution.EXAMPLE", true, "Example Tools"
			}
		})
		for _, want := range []string{app, h.word("accounts.app", "App", "…71ce02"), h.word("accounts.app", "App", "Example Tools")} {
			if !strings.Contains(h.screen(), want) {
				t.Errorf("no %q in:\n%s", want, h.screen())
			}
		}
		for query, want := range map[string]int{"example tools": 1, "71ce02": 1} {
			h.a.filter.search = query
			if got := len(h.a.filter.accounts(h.a.env, h.clock.Now())); got != want {
				t.Errorf("%q finds %d", query, got)
			}
		}
	})
}

// pressesCheck presses a check box.
func (h *harness) pressesCheck(label string) {
	h.t.Helper()
	for _, p := range h.objects() {
		if c, ok := p.object.(*kit.Check); ok && c.Label.Text == label {
			c.SetChecked(!c.Checked)
			h.settle()
			return
		}
	}
	h.t.Fatalf("no check box %q in:\n%s", label, h.screen())
}

// TestRenewAllSaysHowItEnded: with a wrong client secret and while Amazon is busy,
// then with Amazon back. What may work by now is tried again.
func TestRenewAllSaysHowItEnded(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		sample := h.amazon.Sample()
		h.withAccounts(3, func(_ int, a *account.Account) { a.ClientID = sample.ClientID })
		store := h.a.env.Store
		knows := func(acc account.Account) {
			if _, err := store.Save(t.Context(), acc, account.Secrets{ClientSecret: sample.ClientSecret, RefreshToken: sample.RefreshToken}); err != nil {
				t.Fatal(err)
			}
		}
		all := store.List()
		knows(all[1]) // the first one keeps a wrong secret
		knows(all[2])
		outcome := func(id string, done, total string) {
			t.Helper()
			h.waits("button.done")
			h.sees(id, "Done", done, "Total", total, "Time", h.a.Words.TimeOfDay(h.clock.Now().Local()))
			if f, ok := h.a.Win.Canvas().Focused().(*kit.Button); !ok || f.Label != h.word("button.done") || f.Kind != kit.Primary {
				t.Errorf("the keyboard is at %v", h.a.Win.Canvas().Focused())
			}
		}

		h.amazon.SetFault("/auth/o2/token", practice.Fault{Status: 429, RetryAfter: "60"})
		h.press("accounts.renew_all")
		if f := h.a.Win.Canvas().Focused(); f != nil {
			t.Errorf("while it goes on, one Enter too many presses %v", f)
		}
		outcome("renew_all.some", "0", "3")
		h.amazon.ClearFaults()
		h.clock.Pass(2 * time.Minute)
		h.press("button.try_again")
		outcome("renew_all.some", "2", "3")
		h.sees("lwa.client_auth_failed.title")
		if h.offers("button.try_again") {
			t.Error("another try is offered where it can't help")
		}

		knows(all[0])
		h.press("button.done")
		h.press("accounts.renew_all")
		outcome("renew_all.finished", "3", "3")
		h.key(fyne.KeyReturn)
		h.sees("accounts.title")
	})
}
