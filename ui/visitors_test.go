package ui

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/emersion/go-ical"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// guideLink is what a tool provider's guide has: a draft app, with a state of
// the guide's own.
func (h *harness) guideLink() string { return h.amazon.Sample().ConsentLink }

// toPaste walks a visitor's first two steps and brings the address back.
func (h *harness) guideToPaste() string {
	h.t.Helper()
	h.press("start.guide_title")
	h.pastes("app_step.field", h.guideLink())
	h.press("button.next")
	h.sees("consent_step.title")
	h.press("consent_step.open")
	h.sees("paste_step.lead_opened")
	return h.browserGoes()
}

// givesAddress copies an address in the browser and presses Paste.
func (h *harness) givesAddress(address string) {
	h.t.Helper()
	h.clip.SetContent(address)
	h.press("button.paste")
}

// ownAppToPaste enters the own app with its credentials, and brings an address
// back.
func (h *harness) ownAppToPaste() string {
	h.t.Helper()
	sample := h.amazon.Sample()
	h.press("start.own_app_title")
	h.types("app_step.field", sample.ApplicationID)
	h.press("app_step.draft")
	h.types("value.client_id", sample.ClientID)
	h.types("value.client_secret", sample.ClientSecret.Reveal())
	h.press("button.next")
	h.press("consent_step.open")
	return h.browserGoes()
}

// ownAppToTokens walks the whole way of somebody with an app of their own.
func (h *harness) ownAppToTokens() {
	h.t.Helper()
	h.givesAddress(h.ownAppToPaste())
	h.press("button.get_tokens")
	h.waits("tokens.title")
}

// TestGuideVisitor: from the guide's link to code and seller ID on the
// clipboard, in every language.
func TestGuideVisitor(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		h.sees("start.title")
		h.press("start.guide_title")
		h.sees("app_step.lead_guide")
		h.pastes("app_step.field", h.guideLink())
		h.sees("app_step.read_link", "ID", h.amazon.Sample().ApplicationID)
		if got := h.picker("app_step.market").Selected; !strings.Contains(got, "sellercentral.amazon.co.jp") {
			t.Errorf("the link is of Japan, and the marketplace is %q", got)
		}

		h.press("button.next")
		h.sees("consent_step.expect")
		h.press("consent_step.open")
		q := h.opened[0].Query()
		for name, want := range map[string]string{
			"application_id": h.amazon.Sample().ApplicationID, "version": "beta", "state": "practice-guide", "redirect_uri": "",
		} {
			if got := q.Get(name); got != want {
				t.Errorf("the link has %s=%q, not %q", name, got, want)
			}
		}

		address := h.browserGoes()
		h.givesAddress(address)
		code := valueIn(t, address, "spapi_oauth_code")
		h.sees("paste_step.state_ok")
		if strings.Contains(h.screen(), code) {
			t.Error("the code stands on the screen in clear")
		}
		if !strings.Contains(h.screen(), "A0PRACTICE0001") {
			t.Errorf("no seller ID in:\n%s", h.screen())
		}
		if !strings.Contains(h.screen(), h.a.Words.Clock(5*time.Minute)) {
			t.Errorf("no countdown in:\n%s", h.screen())
		}

		h.press("button.next")
		h.sees("helper.title")
		h.press("helper.copy_value", "Value", h.word("value.seller_id"))
		h.clipboardHolds("A0PRACTICE0001")
		h.press("helper.copy_value", "Value", h.word("value.code"))
		h.clipboardHolds(code)
		for _, c := range []struct{ passes, shown time.Duration }{
			{time.Second, 4*time.Minute + 50*time.Second}, // in steps of ten seconds
			{8 * time.Second, 4*time.Minute + 50*time.Second},
			{2 * time.Second, 4*time.Minute + 40*time.Second},
			{4*time.Minute + 41*time.Second, 8 * time.Second}, // but for the last of them
			{time.Second, 7 * time.Second},
		} {
			if h.pass(c.passes); !strings.Contains(h.screen(), h.a.Words.Clock(c.shown)) {
				t.Errorf("%v later the countdown does not say %v:\n%s", c.passes, c.shown, h.screen())
			}
		}
		h.press("button.next")
		h.press("finish.yes")
		h.until("the entry", func() bool { return len(h.a.env.Store.List()) == 1 })
		h.press("button.done")
		h.sees("accounts.title")
	})
}

// TestOwnAppVisitor: from application ID and credentials to saved tokens.
func TestOwnAppVisitor(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		address := h.ownAppToPaste()
		if lang == "ja" && !strings.HasSuffix(h.journey().walk.Host(), ".co.jp") {
			t.Errorf("the Japanese window starts at %s", h.journey().walk.Host())
		}
		state := h.opened[0].Query().Get("state")
		if len(state) < 22 {
			t.Errorf("the state %q is shorter than 128 bits", state)
		}
		h.givesAddress(address)
		h.sees("paste_step.state_ok")
		h.press("button.get_tokens")
		h.waits("tokens.saved")

		hold := h.journey().session
		access, refresh := hold.token.Access.Reveal(), hold.token.Refresh.Reveal()
		if !strings.HasPrefix(access, "Atza|") || !strings.HasPrefix(refresh, "Atzr|") {
			t.Fatal("these are no tokens")
		}
		if s := h.screen(); strings.Contains(s, access) || strings.Contains(s, refresh) {
			t.Error("a token shows before anybody pressed Show")
		}
		h.press("button.show")
		if !strings.Contains(h.screen(), access) {
			t.Error("Show does not show the access token")
		}
		if strings.Contains(h.screen(), refresh) {
			t.Error("showing one token shows the other")
		}
		h.press("button.hide")
		if strings.Contains(h.screen(), access) {
			t.Error("Hide does not hide the access token")
		}
		h.press("button.copy")
		h.clipboardHolds(access)
		h.sees("button.copied")

		h.press("tokens.check")
		h.waits("check.token_good")
		h.sees("check.call_allowed")
		h.sees("check.store", "Marketplace", h.word("market.JP"), "Store", "Practice Store")
		if strings.Contains(h.screen(), "Non-Amazon") || strings.Contains(h.screen(), "Invoicing") {
			t.Errorf("internal rows in:\n%s", h.screen())
		}

		h.press("tokens.renew_now")
		h.until("another access token", func() bool { return hold.token.Access.Reveal() != access })
		h.press("button.done")
		h.sees("accounts.title")
		if got := h.a.env.Store.List(); len(got) != 1 || got[0].SellerID != "A0PRACTICE0001" {
			t.Errorf("saved were %+v", got)
		}
	})
}

// TestOwnAppCredentialsLater: whoever has the credentials not at hand on the
// first step is asked after the paste.
func TestOwnAppCredentialsLater(t *testing.T) {
	h := newHarness(t, "en")
	sample := h.amazon.Sample()
	h.press("start.own_app_title")
	h.types("app_step.field", sample.ApplicationID)
	h.press("app_step.draft")
	h.press("button.next")
	h.press("consent_step.open")
	h.givesAddress(h.browserGoes())
	h.press("button.next")
	h.sees("credentials.title")
	h.types("value.client_id", sample.ClientID)
	h.types("value.client_secret", sample.ClientSecret.Reveal())
	h.press("button.get_tokens")
	h.waits("tokens.saved")
}

// TestTokenVisitor: from a refresh token to an access token, also when the
// whole answer of Postman is pasted.
func TestTokenVisitor(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		sample := h.amazon.Sample()
		h.press("start.has_token_title")
		h.sees("credentials.lead_token")
		h.types("value.client_id", sample.ClientID)
		h.types("value.client_secret", sample.ClientSecret.Reveal())
		h.pastes("value.refresh_token", `{"access_token":"Atza|EXAMPLE","refresh_token":"`+sample.RefreshToken.Reveal()+`","token_type":"bearer","expires_in":3600}`)
		h.press("button.get_tokens")
		h.waits("tokens.saved")
		got := h.journey().session.token
		if !got.Refresh.Equal(sample.RefreshToken) || got.Access.IsEmpty() {
			t.Error("the token of the answer was not used")
		}
		if acc := h.a.env.Store.List(); len(acc) != 1 || !acc[0].SelfAuthorized {
			t.Errorf("saved were %+v", acc)
		}
		// Nobody has said whose token it is. Amazon does.
		h.press("tokens.check")
		h.waits("check.call_allowed")
		if acc := h.a.env.Store.List()[0]; acc.SellerID != "" || !strings.Contains(acc.Title(), "Practice Store") {
			t.Errorf("the account is called %q", acc.Title())
		}
	})
}

// TestPracticeVisitor: nothing but presses, and nothing that touches the real
// accounts.
func TestPracticeVisitor(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		h.press("start.practice_title")
		h.sees("start.practice_which")
		h.sees("practice.banner")
		h.press("start.own_app_title")
		h.press("practice.fill")
		h.press("button.next")
		h.press("consent_step.open")
		if got := h.opened[0]; !strings.HasPrefix(got.String(), h.rehearsal.Origin()) || got.Query().Get("lang") != lang {
			t.Errorf("practice opened %s", got)
		}
		h.givesAddress(h.browserGoes())
		h.press("button.get_tokens")
		h.waits("tokens.saved")
		if n := len(h.real.Store.List()); n != 0 {
			t.Errorf("practice left %d real accounts", n)
		}
		h.press("tokens.check")
		h.waits("check.call_allowed")
		home := map[string]string{"en": "US", "ja": "JP", "pt-BR": "BR"}[lang]
		h.sees("market." + home)
		h.press("button.done")
		h.sees("accounts.title")
		h.press("practice.leave")
		h.sees("start.title")
		h.misses("practice.banner")
	})
}

// TestPracticeGuide: visitor A's rehearsal begins where most sellers of the
// language sell, and ends on the pretend provider's page.
func TestPracticeGuide(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		h.press("start.practice_title")
		h.press("start.guide_title")
		h.press("practice.fill")
		home := map[string]string{"en": "US", "ja": "JP", "pt-BR": "BR"}[lang]
		if got := h.journey().walk.Market.Code; got != home {
			t.Errorf("practice goes to %s, not %s", got, home)
		}
		h.press("button.next")
		h.press("consent_step.open")
		h.givesAddress(h.browserGoes()) // nothing to look at, so it goes on
		h.press("helper.open_page")
		if got := h.opened[len(h.opened)-1].String(); got != h.rehearsal.RegistrationURL() {
			t.Errorf("the registration page is %s, opened was %s", h.rehearsal.RegistrationURL(), got)
		}
	})
}

// TestReopening: quit, start again, and the account renews without typing.
func TestReopening(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		h.ownAppToTokens()
		h.waits("tokens.saved")
		before := h.journey().session.token
		h.quit()

		h.start(shell.Settings{Lang: lang})
		h.sees("accounts.title")
		h.sees("state.fine")
		h.pressText(h.a.env.Store.List()[0].Title())
		h.waits("tokens.renew_now")
		s := h.a.session()
		if s == nil {
			t.Fatalf("opened %T", h.a.Screen().About)
		}
		h.until("an access token", func() bool { return !s.token.Access.IsEmpty() })
		if s.token.Access.Equal(before.Access) || !s.token.Refresh.Equal(before.Refresh) {
			t.Error("reopening did not renew with the saved refresh token")
		}
	})
}

// TestForget: after a question, nothing is left of an account.
func TestForget(t *testing.T) {
	h := newHarness(t, "en")
	h.ownAppToTokens()
	h.waits("tokens.saved")
	h.press("button.done")
	acc := h.a.env.Store.List()[0]
	key := acc.ID + ".refresh_token"
	if _, err := h.vault.Get(t.Context(), key); err != nil {
		t.Fatalf("the vault has no refresh token to forget: %v", err)
	}
	h.pressText(acc.Title())
	h.waits("account.forget")

	h.press("account.forget")
	h.sees("account.forget_title", "Name", acc.Title())
	h.press("button.cancel")
	if len(h.a.env.Store.List()) != 1 {
		t.Fatal("Cancel forgot the account")
	}
	h.press("account.forget")
	h.press("account.forget") // in the question
	h.waits("start.title")
	if len(h.a.env.Store.List()) != 0 {
		t.Error("the account is still in the list")
	}
	if _, err := h.vault.Get(t.Context(), key); vault.KindOf(err) != vault.NotFound {
		t.Errorf("the vault says %v", err)
	}
}

// TestVaultRefuses: the window says so, the tokens stay, saving again works,
// and so does going on without it.
func TestVaultRefuses(t *testing.T) {
	for _, kind := range []vault.Kind{vault.Missing, vault.Refused, vault.Locked, vault.Dismissed, vault.Full, vault.Mismatch, vault.Unavailable} {
		t.Run(string(kind), func(t *testing.T) {
			h := newHarness(t, "en")
			h.vault.refuse(kind)
			h.ownAppToTokens()
			h.waits("vault." + string(kind) + ".title")
			h.sees("vault." + string(kind) + ".todo")
			hold := h.journey().session
			if hold.token.Refresh.IsEmpty() {
				t.Fatal("the tokens are gone")
			}
			h.press("button.copy")
			h.clipboardHolds(hold.token.Access.Reveal())

			for _, leave := range []func(){func() { h.press("button.done") }, h.a.AskClose} {
				leave()
				h.sees("tokens.leave_title")
				h.press("button.stay")
				h.sees("tokens.title")
			}
			if hold.token.Refresh.IsEmpty() {
				t.Fatal("Cancel lost the tokens")
			}

			h.press("tokens.save_again")
			h.waits("vault." + string(kind) + ".title")
			h.vault.refuse("")
			h.press("tokens.save_again")
			h.waits("tokens.saved")
			if len(h.a.env.Store.List()) != 1 {
				t.Error("nothing was saved")
			}
		})
	}
}

func TestGoOnWithoutSaving(t *testing.T) {
	h := newHarness(t, "en")
	h.vault.refuse(vault.Missing)
	h.ownAppToTokens()
	h.waits("vault.missing.title")
	h.press("tokens.only_today")
	h.sees("tokens.only_today_text")
	h.misses("vault.missing.title")
	before := h.journey().session.token.Access.Reveal()
	h.press("tokens.renew_now")
	h.until("another access token", func() bool { return h.journey().session.token.Access.Reveal() != before })
	h.press("button.done")
	h.sees("start.title") // nobody asks again: the choice was made
	if len(h.a.env.Store.List()) != 0 {
		t.Error("something was saved all the same")
	}
}

// TestListKnowsTheLastFailure: an account is not "all good" after a renewal that
// failed, although the reason may pass, and is again after one that worked.
func TestListKnowsTheLastFailure(t *testing.T) {
	h := newHarness(t, "en")
	h.ownAppToTokens()
	h.waits("tokens.saved")
	h.press("tokens.renew_now")
	h.waits("tokens.renewed_at", "Time", h.a.Words.TimeOfDay(h.clock.Now().Local()))
	good := h.amazon.TokenURL()
	h.a.env.LWA.TokenURL = "http://127.0.0.1:1/"
	h.press("tokens.renew_now")
	h.waits("lwa.connection_failed.title")
	h.press("button.done")
	h.sees("state.failed")
	h.misses("state.fine")
	h.a.env.LWA.TokenURL = good
	h.opensAccount()
	h.waits("tokens.renew_now")
	h.press("accounts.to_list")
	h.sees("state.failed") // a token that is still good proves nothing
	h.opensAccount()
	h.waits("tokens.renew_now")
	h.press("tokens.renew_now")
	h.until("a renewal", func() bool { return !h.a.env.failed[h.a.session().account.ID] })
	h.press("accounts.to_list")
	h.sees("state.fine")
}

// TestVaultRefusesAtOpening: an account whose secrets cannot be read says why,
// and opens once they can be.
func TestVaultRefusesAtOpening(t *testing.T) {
	h := newHarness(t, "en")
	h.ownAppToTokens()
	h.waits("tokens.saved")
	h.quit()
	h.vault.refuse(vault.Locked)
	h.start(shell.Settings{Lang: "en"})
	h.pressText(h.a.env.Store.List()[0].Title())
	h.waits("vault.locked.title")
	h.vault.refuse("")
	h.press("button.try_again")
	h.waits("tokens.renew_now")
}

// TestRevoked: access taken back in Seller Central is told apart from other
// failures, and leads to a new authorization with everything filled in.
func TestRevoked(t *testing.T) {
	h := newHarness(t, "en")
	h.ownAppToTokens()
	h.waits("tokens.saved")
	hold := h.journey().session
	h.amazon.Revoke(hold.token.Refresh)
	h.press("tokens.renew_now")
	h.waits("lwa.refresh_token_revoked.title")
	h.press("account.authorize_again")
	h.sees("app_step.title")
	h.holdsText("app_step.field", h.amazon.Sample().ApplicationID)
	h.holdsText("value.client_id", h.amazon.Sample().ClientID)
}

// TestCopiedSecretIsCleared: a minute after Copy the clipboard is empty, and
// "Clear now" does not wait.
func TestCopiedSecretIsCleared(t *testing.T) {
	h := newHarness(t, "en")
	h.ownAppToTokens()
	h.waits("tokens.saved")
	h.press("button.copy")
	if h.clip.Content() == "" {
		t.Fatal("nothing was copied")
	}
	h.sees("clip.countdown", "Time", h.a.Words.Clock(time.Minute))
	h.press("clip.clear_now")
	h.clipboardHolds("")
	h.misses("clip.clear_now")

	h.press("button.copy")
	h.clock.Pass(2 * time.Minute)
	h.until("an empty clipboard", func() bool { return h.clip.Content() == "" })
	h.press("button.copy")
	h.clip.SetContent("a text of somebody else")
	h.quit()
	h.clipboardHolds("a text of somebody else")
}

func TestQuitClearsTheClipboard(t *testing.T) {
	h := newHarness(t, "en")
	h.ownAppToTokens()
	h.press("button.copy")
	if h.clip.Content() == "" {
		t.Fatal("nothing was copied")
	}
	h.quit()
	h.clipboardHolds("")
}

// TestLanguageOnEveryScreen: the language changes wherever one is, and what
// was entered stays.
func TestLanguageOnEveryScreen(t *testing.T) {
	h := newHarness(t, "en")
	around := func(check func()) {
		t.Helper()
		for _, lang := range []string{"ja", "pt-BR", "en"} {
			h.speaks(lang)
			check()
		}
	}
	sample := h.amazon.Sample()
	around(func() { h.sees("start.title") })
	h.press("start.own_app_title")
	h.types("app_step.field", sample.ApplicationID)
	h.press("app_step.draft")
	h.press("app_step.more")
	h.types("app_step.redirect", "https://example.com/callback")
	h.types("value.client_id", sample.ClientID)
	h.types("value.client_secret", sample.ClientSecret.Reveal())
	around(func() {
		h.holdsText("app_step.field", sample.ApplicationID)
		h.holdsText("app_step.redirect", "https://example.com/callback")
		h.holdsText("value.client_id", sample.ClientID)
		h.holdsText("value.client_secret", sample.ClientSecret.Reveal())
		if !h.journey().walk.Draft {
			t.Error("the draft tick is gone")
		}
	})
	h.types("app_step.redirect", "")
	h.press("button.next")
	link := h.journey().consentURL(h.a)
	around(func() {
		h.sees("consent_step.title")
		if got := h.journey().consentURL(h.a); got != link {
			t.Errorf("the link changed with the language: %s", got)
		}
	})
	h.press("consent_step.error")
	h.types("amazon_error.field", "MD5100")
	around(func() {
		h.sees("amazon.MD5100.title")
		h.holdsText("amazon_error.field", "MD5100")
	})
	h.press("button.back")
	h.press("consent_step.open")
	address := h.browserGoes()
	h.givesAddress("not an address")
	around(func() {
		h.sees("paste.not_a_redirect.title")
		if got := h.journey().walk.Pasted(); got != "not an address" {
			t.Errorf("the paste is now %q", got)
		}
	})
	h.givesAddress(address)
	around(func() { h.sees("paste_step.state_ok") })
	h.press("step.credentials")
	around(func() { h.holdsText("value.client_id", sample.ClientID) })
	h.press("button.get_tokens")
	h.waits("tokens.saved")
	token := h.journey().session.token.Access
	around(func() {
		h.sees("tokens.title")
		if !h.journey().session.token.Access.Equal(token) {
			t.Error("the token changed with the language")
		}
	})
	h.press("tokens.grantless")
	around(func() { h.sees("grantless.title") })
	h.press("grantless.get")
	h.waits("grantless.token")
	around(func() { h.sees("grantless.token") })
	h.press("button.back")
	h.press("button.done")
	around(func() { h.sees("accounts.title") })
	h.pressText(h.a.env.Store.List()[0].Title())
	h.waits("tokens.renew_now")
	around(func() { h.sees("tokens.renew_now") })
	if got := h.remembered[len(h.remembered)-1].Lang; got != "en" {
		t.Errorf("remembered is %q", got)
	}
}

// TestHelperWindow: the slim window has the same boxes and ticks as the step.
func TestHelperWindow(t *testing.T) {
	h := newHarness(t, "en")
	h.givesAddress(h.guideToPaste())
	h.press("button.next")
	h.press("helper.small_window")
	if h.a.Beside() == nil {
		t.Fatal("no window")
	}
	h.settle()
	slim := helperCanvas(h)
	for _, id := range []string{"helper.title_short", "value.seller_id", "value.code"} {
		if !strings.Contains(screenOf(slim), h.word(id)) {
			t.Errorf("%s is not in the slim window:\n%s", id, screenOf(slim))
		}
	}
	press := func(key fyne.KeyName) {
		h.clock.Pass(time.Second) // not the second press of a double one
		e := &fyne.KeyEvent{Name: key}
		h.a.Keys.Clicks.On = nil
		if f := slim.Focused(); f != nil {
			f.TypedKey(e)
		} else {
			slim.OnTypedKey()(e)
		}
		h.settle()
	}
	press(fyne.KeyReturn)
	h.clipboardHolds("A0PRACTICE0001")
	press(fyne.KeyReturn)
	h.clipboardHolds(h.a.Beside().About.(*journey).walk.Boxes()[1].Text.Reveal())
	h.sees("helper.all_copied") // the big window has followed
	h.speaks("ja")
	if !strings.Contains(screenOf(slim), h.word("helper.title_short")) {
		t.Errorf("the slim window kept its language:\n%s", screenOf(slim))
	}
	h.pass(6 * time.Minute) // nobody who has copied all is told to begin again
	if !strings.Contains(screenOf(slim), h.word("helper.all_copied")) {
		t.Errorf("the slim window does not say that all is copied:\n%s", screenOf(slim))
	}
	h.misses("helper.dead")
	press(fyne.KeyEscape)
	if h.a.Beside() != nil {
		t.Error("Esc does not close the slim window")
	}
}

// TestManyAccounts: a thousand accounts make no more of the window than fits
// into it, are searched, and leave the keychain alone until one is opened.
func TestManyAccounts(t *testing.T) {
	const n = 1000
	h := newHarness(t, "en")
	h.quit()
	list := make([]account.Account, n)
	for i := range list {
		list[i] = account.Account{
			ID: fmt.Sprintf("account%05d", i), Name: fmt.Sprintf("Shop %05d", i), Marketplace: "JP", SellerID: fmt.Sprintf("A0EXAMPLE%05d", i),
			ClientID: h.amazon.Sample().ClientID, CreatedAt: h.clock.Now(), HasRefreshToken: true, HasClientSecret: true,
		}
	}
	data, err := json.Marshal(map[string]any{"version": 1, "accounts": list})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(h.dir, "real", "accounts.json"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	h.start(shell.Settings{Lang: "en"})
	shown, search := h.accounts()
	if stored := len(h.a.env.Store.List()); stored != n {
		t.Fatalf("%d accounts", stored)
	}
	// As many as fit, and a few beside.
	lines := func() (lines int, texts string) {
		h.settle()
		for _, p := range h.objects() {
			if _, ok := p.object.(*accountLine); ok {
				lines++
			}
		}
		return lines, h.screen()
	}
	few := func(what, text string) {
		t.Helper()
		if n, screen := lines(); n == 0 || n > 30 || !strings.Contains(screen, text) {
			t.Errorf("%s: %d lines are drawn, and they say:\n%s", what, n, screen)
		}
	}
	made := 0
	create := shown.CreateItem
	shown.CreateItem = func() fyne.CanvasObject {
		made++
		return create()
	}
	few("at first", "Shop 00000")
	shown.ScrollToBottom()
	few("at the end", "Shop 00999")
	for i := 0; i < n; i += 50 {
		shown.ScrollTo(i)
		few("on the way", fmt.Sprintf("Shop %05d", i))
	}
	// The toolkit makes those of a place again when the list jumps there.
	if places := n/50 + 2; made > places*30 {
		t.Errorf("%d lines were made for %d places", made, places)
	}
	h.a.Win.Canvas().Focus(search)
	for _, c := range "example00432" {
		search.TypedRune(c)
	}
	if few("searched", "Shop 00432"); shown.Length() != 1 {
		t.Errorf("%d were found", shown.Length())
	}
	if n := h.vault.asked(); n != 0 {
		t.Fatalf("the keychain was asked %d times, and no account was opened", n)
	}
	h.key(fyne.KeyReturn)
	h.waits("vault.not_found.title")
	if h.vault.asked() == 0 {
		t.Error("the keychain was not asked when an account was opened")
	}
	still := func(when string) {
		t.Helper()
		h.sees("accounts.title")
		if list, search := h.accounts(); search.Text != "example00432" || list.Length() != 1 {
			t.Errorf("%s, %q is searched for, and %d are shown", when, search.Text, list.Length())
		}
	}
	h.key(fyne.KeyEscape)
	still("back from the account")
	h.a.Redraw()
	still("drawn again, as in other colors")
	h.a.begin(walk.OwnApp)
	h.a.showHome()
	if list, search := h.accounts(); search.Text != "" || list.Length() != n {
		t.Errorf("after a new walk %q is searched for, and %d are shown", search.Text, list.Length())
	}
}

// TestReminders: dates are warned of a month ahead, in the list and in the
// account; a calendar takes them over; a new client secret keeps the refresh
// token; and authorizing again begins with everything that is known.
func TestReminders(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		home := t.TempDir()
		t.Setenv("HOME", home)
		t.Setenv("USERPROFILE", home)
		h := newHarness(t, lang)
		h.ownAppToTokens()
		h.waits("tokens.saved")
		h.press("button.done")
		h.sees("state.fine")
		h.opensAccount()
		h.waits("tokens.renew_now")
		h.press("details.open")
		made := h.clock.Now().AddDate(0, 0, -155)
		h.types("details.secret_made", made.Format(time.DateOnly))
		h.press("details.save")
		h.waits("tokens.renew_now")
		acc := h.a.env.Store.List()[0]
		h.sees("reason.secret_due", "Date", h.a.Words.Date(acc.SecretDue().Time()))
		h.press("accounts.to_list")
		h.sees("state.renew_soon")

		h.opensAccount()
		h.waits("tokens.renew_now")
		h.press("details.open")
		h.press("details.calendar")
		file := filepath.Join(home, "SellerKey.ics")
		h.sees("details.calendar_text", "Path", file)
		h.press("button.ok")
		h.readsCalendar(file, acc)

		before, err := h.a.env.Store.Secrets(t.Context(), acc.ID)
		if err != nil {
			t.Fatal(err)
		}
		secret := h.makesSecret()
		h.press("new_secret.title")
		h.renews(secret.Reveal())
		h.press("button.done")
		h.holdsText("details.secret_made", h.a.Words.Date(h.clock.Now()))
		h.press("details.save")
		h.waits("tokens.renew_now")
		after, err := h.a.env.Store.Secrets(t.Context(), acc.ID)
		if err != nil || !after.RefreshToken.Equal(before.RefreshToken) || !after.ClientSecret.Equal(secret) {
			t.Errorf("not the new secret beside the old refresh token: %v", err)
		}
		if s := h.a.env.Store.List()[0].State(h.clock.Now()); s.Level != account.Fine {
			t.Errorf("after a new secret the account is %+v", s)
		}

		// Eleven months and a half later it is the authorization.
		h.pass(345 * 24 * time.Hour)
		if err := h.a.env.Store.SaveClientSecret(t.Context(), acc.ID, secret, date.Of(h.clock.Now())); err != nil {
			t.Fatal(err)
		}
		h.a.showHome()
		h.sees("state.renew_soon")
		h.opensAccount()
		h.waits("tokens.renew_now")
		h.sees("reason.authorization_due", "Date", h.a.Words.Date(acc.AuthorizationDue().Time()))
		h.press("details.open")
		h.press("account.authorize_again")
		h.sees("step.app")
		w := h.journey().walk
		if w.ClientID != acc.ClientID || w.AccountID != acc.ID || w.Market.Code != acc.Marketplace || len(w.Problems(walk.StepApp)) > 0 {
			t.Error("not everything that is known is filled in")
		}
	})
}

// readsCalendar opens a calendar file as a calendar does: by another hand's
// reading of RFC 5545.
func (h *harness) readsCalendar(path string, acc account.Account) {
	h.t.Helper()
	f, err := os.Open(path)
	if err != nil {
		h.t.Fatal(err)
	}
	defer f.Close()
	calendar, err := ical.NewDecoder(f).Decode()
	if err != nil {
		h.t.Fatal(err)
	}
	want := map[string]date.Date{"-secret": acc.SecretDue(), "-authorization": acc.AuthorizationDue()}
	if n := len(calendar.Events()); n != len(want) {
		h.t.Errorf("%d events, want %d", n, len(want))
	}
	for _, e := range calendar.Events() {
		uid, err := e.Props.Text(ical.PropUID)
		if err != nil {
			h.t.Fatal(err)
		}
		id, _, _ := strings.Cut(strings.TrimPrefix(uid, acc.ID), "@")
		start, err := e.DateTimeStart(time.Local)
		if err != nil || start.Format(time.DateOnly) != want[id].String() {
			h.t.Errorf("%s is on %v, want %v: %v", uid, start, want[id], err)
		}
		summary, err := e.Props.Text(ical.PropSummary)
		if text := h.word("calendar."+strings.TrimPrefix(id, "-"), "Name", acc.Title()); err != nil || summary != text {
			h.t.Errorf("it says %q, want %q: %v", summary, text, err)
		}
		if n := len(e.Children); n != 3 {
			h.t.Errorf("%d alarms", n)
		}
	}
	// Its writer checks what every event must and may have.
	if err := ical.NewEncoder(io.Discard).Encode(calendar); err != nil {
		h.t.Error(err)
	}
}
