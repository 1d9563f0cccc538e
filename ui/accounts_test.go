package ui

import (
	"fmt"
	"testing"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
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
			shown := h.a.listed(true)
			if shown[0].Name != "Shop 002" || shown[1].Name != "Shop 001" {
				t.Errorf("shown are %q, %q", shown[0].Name, shown[1].Name)
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
