package ui

import (
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
)

// sandboxed are the screens of a sandbox app's account, each opened and left by a
// press; the word is on all of them.
func (h *harness) sandboxedScreens() {
	h.t.Helper()
	word := h.word("sandbox.word")
	says := func(where string) {
		h.t.Helper()
		if !strings.Contains(h.screen(), word) {
			h.t.Errorf("%s doesn't say %s:\n%s", where, word, h.screen())
		}
	}
	says("the tokens")
	h.press("tokens.grantless")
	says("the app-only token")
	h.press("button.back")
	h.press("export.title")
	says("the exports")
	h.sees("sandbox.by_hand", "Setting", "AWS_ENV=SANDBOX") // credentials.yml has no switch
	h.press("button.back")
	h.press("button.done")
	says("the list")
	h.pressText(h.a.env.Store.List()[0].Title())
	h.waits("tokens.renew_now")
	says("the account")
	h.press("details.open")
	says("the details")
	h.misses("details.authorized") // nobody has authorized it
	h.press("button.back")
	h.waits("tokens.renew_now")
}

// TestSandboxApp is the walk of a sandbox app in practice, from the choice under an
// own application ID to the list: without Amazon's page, and asked about at the
// sandbox.
func TestSandboxApp(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		h.press("start.practice_title")
		h.press("start.own_app_title")
		h.press("sandbox.begin")
		h.sees("sandbox.where")
		h.sees("value.refresh_token")
		if steps := h.journey().walk.Visitor.Steps(); steps[0] != walk.StepCredentials {
			t.Errorf("the steps are %v", steps)
		}
		h.press("practice.fill")
		h.press("button.get_tokens")
		h.waits("tokens.saved")
		h.misses("tokens.take_back")
		h.press("tokens.check")
		h.waits("sandbox.works")
		h.sandboxedScreens()
		list := h.a.env.Store.List()
		if len(list) != 1 || !list[0].Sandbox || list[0].ClientID != h.rehearsal.Sandbox().ClientID || list[0].Stores != "" || list[0].Shop != "" || !list[0].AuthorizationDue().IsZero() {
			t.Errorf("saved %+v", list)
		}
	})
}

// TestSandboxPasted: a paste that says sandbox makes the walk one of a sandbox app,
// from either beginning.
func TestSandboxPasted(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		for _, begin := range []string{"start.own_app_title", "start.has_token_title"} {
			h := newHarness(t, lang)
			h.real.SPAPI.BaseURL = h.amazon.RegionsURL()
			s := h.amazon.Sandbox()
			h.press(begin)
			h.pastes("value.client_id", "AWS_ENV=SANDBOX\nLWA_APP_ID="+s.ClientID+"\nLWA_CLIENT_SECRET="+s.ClientSecret.Reveal()+"\nSP_API_REFRESH_TOKEN="+s.RefreshToken.Reveal()+"\nMARKETPLACE=JP")
			h.sees("sandbox.banner")
			h.sees("taken.sandbox")
			h.press("button.get_tokens")
			h.waits("tokens.saved")
			h.sees("sandbox.banner")
			h.press("tokens.check")
			h.waits("sandbox.works")
			if list := h.a.env.Store.List(); len(list) != 1 || !list[0].Sandbox || list[0].Marketplace != "JP" {
				t.Errorf("%s: saved %+v", begin, list)
			}
		}
	})
}

// TestSandboxToken: the token of a sandbox app at production is refused without a
// reason. One press says what it is, the check settles it there, and it can be said
// back.
func TestSandboxToken(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		h.real.SPAPI.BaseURL = h.amazon.RegionsURL()
		s := h.amazon.Sandbox()
		h.press("start.has_token_title")
		jp, _ := lwa.FindMarketplace("JP")
		h.journey().walk.Choose(jp, false)
		h.types("value.client_id", s.ClientID)
		h.types("value.client_secret", s.ClientSecret.Reveal())
		h.types("value.refresh_token", s.RefreshToken.Reveal())
		h.press("button.get_tokens")
		h.waits("tokens.saved")
		h.misses("sandbox.banner")
		h.press("tokens.check")
		h.waits("forbidden.all_regions")
		h.press("sandbox.begin")
		h.waits("sandbox.works")
		h.sees("sandbox.banner")
		before := h.a.env.Store.List()[0]
		if !before.Sandbox {
			t.Fatalf("%+v", before)
		}
		// Wrongly said, in the settings, it's refused for production's reasons.
		h.press("button.done")
		h.pressText(before.Title())
		h.waits("tokens.renew_now")
		h.press("details.open")
		h.pressesCheck(h.word("sandbox.check"))
		h.press("details.save")
		h.until("production", func() bool { return !h.a.env.Store.List()[0].Sandbox })
		h.waits("tokens.renew_now")
		h.misses("sandbox.banner")
		h.press("tokens.check")
		h.waits("forbidden.all_regions")
		h.press("sandbox.begin")
		h.waits("sandbox.works")
		if after := h.a.env.Store.List()[0]; after != before {
			t.Errorf("before %+v\nafter  %+v", before, after)
		}
	})
}

// TestProductionTokenInSandbox: a token for real stores that was called a sandbox
// app's.
func TestProductionTokenInSandbox(t *testing.T) {
	h := newHarness(t, "en")
	h.real.SPAPI.BaseURL = h.amazon.RegionsURL()
	s := h.amazon.Sample()
	h.press("start.own_app_title")
	h.press("sandbox.begin")
	jp, _ := lwa.FindMarketplace("JP")
	h.journey().walk.Choose(jp, false)
	h.types("value.client_id", s.ClientID)
	h.types("value.client_secret", s.ClientSecret.Reveal())
	h.types("value.refresh_token", s.RefreshToken.Reveal())
	h.press("button.get_tokens")
	h.waits("tokens.saved")
	h.press("tokens.check")
	h.waits("forbidden.production")
	h.press("forbidden.to_production")
	h.waits("check.call_allowed")
	h.misses("sandbox.banner")
}
