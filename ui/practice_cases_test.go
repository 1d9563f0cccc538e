package ui

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
)

// meets is the seller in the browser, with what happens after Confirm chosen. It
// returns the address, or all text of the page, as Ctrl+A copies it.
func (h *harness) meets(c practice.Case) string {
	h.t.Helper()
	address, page := practicetest.Meet(h.t, h.opened[len(h.opened)-1].String(), c)
	if address != "" {
		return address
	}
	page = regexp.MustCompile(`(?s)<(head|script|style)\b.*?</(head|script|style)>`).ReplaceAllString(page, "")
	page = regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page, "")
	return html.UnescapeString(page)
}

// TestPracticePages: every page that practice shows in place of a code is
// understood when its text is pasted, in three languages.
func TestPracticePages(t *testing.T) {
	kinds := map[practice.Case]paste.Kind{
		practice.CasePrimaryUser: paste.PrimaryUserPage, practice.CaseNoPermission: paste.NoPermissionPage,
		practice.CaseCodeless: paste.CodelessPage, practice.CaseMWS: paste.MWSPage, practice.CaseLogIn: paste.LogInPage,
		practice.CaseLWA: paste.LWAPage, practice.CaseDone: paste.ProviderDone, practice.CaseToken: paste.ProviderToken,
	}
	codes := map[string]bool{}
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		h.guideToPaste()
		for _, c := range practice.Cases() {
			text := h.meets(c)
			_, err := paste.ParseRedirect(text)
			e, _ := err.(*paste.Error)
			switch {
			case err == nil: // a code, whose tokens meet the trouble
			case kinds[c] != "" && e.Kind != kinds[c]:
				t.Errorf("%s is understood as %s:\n%s", c, e.Kind, text)
			case kinds[c] == "":
				codes[e.AmazonCode] = true
				if !strings.HasSuffix(string(c), strings.TrimPrefix(e.AmazonCode, "MD")) || e.Kind != paste.SellerCentralError {
					t.Errorf("%s is understood as %s %s:\n%s", c, e.Kind, e.AmazonCode, text)
				}
			}
		}
		h.givesAddress(h.meets(practice.CaseToken))
		h.sees("paste.provider_token.title")
		h.press("paste_step.remember")
		h.until("the entry", func() bool { return len(h.a.env.Store.List()) == 1 })
	})
	for _, e := range paste.AmazonErrors() {
		if !codes[e.Code] {
			t.Errorf("%s can't be met in practice", e.Code)
		}
	}
}

// TestPracticeTroubles: tokens arrive, and the SP-API refuses them; an expired
// secret is remembered in the list.
func TestPracticeTroubles(t *testing.T) {
	for c, title := range map[practice.Case]string{
		practice.CaseSecretExpired: "lwa.secret_expired.title", practice.CaseRoleMissing: "lwa.role_missing.title",
	} {
		h := newHarness(t, "en")
		h.ownAppToPaste()
		h.givesAddress(h.meets(c))
		h.press("button.get_tokens")
		h.waits("tokens.title")
		h.press("tokens.check")
		h.waits(title)
		if c != practice.CaseSecretExpired {
			h.sees("forbidden.all_regions")
			h.sees("forbidden.role") // the only cause that is left
			h.misses("forbidden.region")
			h.misses("sandbox.begin")
		}
		problem := func() bool {
			return slices.ContainsFunc(h.a.env.Store.List(), func(a account.Account) bool { return a.Problem != "" })
		}
		if c == practice.CaseSecretExpired {
			h.until("the problem in the list", problem)
		} else if problem() {
			t.Errorf("%s: a problem of the account", c)
		}
	}
}
