package ui

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// TestAccountWithoutToken: an account whose renewal failed shows no empty card or
// pill, and the keyboard is at what helps.
func TestAccountWithoutToken(t *testing.T) {
	for _, c := range []struct {
		kind lwa.Kind
		help string
	}{
		{lwa.KindClientAuth, "new_secret.title"},
		{lwa.KindSecretExpired, "new_secret.title"},
		{lwa.KindRevoked, "account.authorize_again"},
		{lwa.KindOffline, "button.try_again"},
	} {
		h := newHarness(t, "en")
		h.atAccount(func(s *session) { s.token.Access, s.err = lwa.Secret{}, &lwa.Error{Kind: c.kind} })
		h.misses("tokens.access_token_text")
		titles := 0
		for _, p := range h.objects() {
			switch o := p.object.(type) {
			case *kit.Pill:
				t.Errorf("%s: there is a pill", c.kind)
			case *kit.Paragraph:
				if o.Text == h.a.session().account.Title() {
					titles++
				}
			}
		}
		if titles != 1 {
			t.Errorf("%s: the account is named %d times", c.kind, titles)
		}
		if f, ok := h.a.Win.Canvas().Focused().(*kit.Button); !ok || f.Label != h.word(c.help) || f.Kind != kit.Primary {
			t.Errorf("%s: the keyboard is at %v", c.kind, h.a.Win.Canvas().Focused())
		}
	}
}

// TestListKnowsOtherPrograms: what sellerkey-cli saves while the window is open
// is in the list.
func TestListKnowsOtherPrograms(t *testing.T) {
	h := newHarness(t, "en")
	other, err := account.Open(filepath.Join(h.dir, "real"), h.vault, h.clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Save(t.Context(), account.Account{Name: "Osaka", Marketplace: "JP"}, account.Secrets{RefreshToken: longToken("Atzr|")}); err != nil {
		t.Fatal(err)
	}
	h.a.show(newAccountsScreen)
	h.settle()
	if list, _ := h.accounts(); list.Length() != 1 {
		t.Errorf("the list has %d accounts", list.Length())
	}
}

// TestOpeningSaysWhatFor: once the keychain has answered, it is Amazon that is
// waited for, and the window says so.
func TestOpeningSaysWhatFor(t *testing.T) {
	h := newHarness(t, "pt-BR")
	h.ownAppToTokens()
	h.waits("tokens.saved")
	h.quit()
	h.clock.Pass(2 * time.Hour)
	h.start(shell.Settings{Lang: "pt-BR"})
	h.amazon.SetFault(tokenPath, practice.Fault{Delay: time.Hour})
	h.opensAccount()
	h.sees("tokens.opening_text")
	h.waits("tokens.renewing_text")
	h.misses("tokens.opening_text")
	h.press("button.cancel")
	h.waits("lwa." + string(lwa.KindCanceled) + ".title")
}

// savedSample is an account of the pretend Amazon's app.
func (h *harness) savedSample() account.Account {
	h.t.Helper()
	sample := h.amazon.Sample()
	acc, err := h.a.env.Store.Save(h.t.Context(), account.Account{Name: "Osaka", Marketplace: "JP", ClientID: sample.ClientID},
		account.Secrets{ClientSecret: sample.ClientSecret, RefreshToken: sample.RefreshToken})
	if err != nil {
		h.t.Fatal(err)
	}
	return acc
}

// TestOpenedStaysFresh: once an account is open, its access token is renewed by itself.
func TestOpenedStaysFresh(t *testing.T) {
	h := newHarness(t, "en")
	acc := h.savedSample()
	h.a.openAccount(acc)
	h.waits("tokens.renew_now")
	// The refresher hands out what it keeps; of a closed account it would ask the vault.
	n, err := h.a.env.fresh.Token(t.Context(), acc.ID)
	if err != nil || n.Shared || !n.Token.Access.Equal(h.a.session().token.Access) {
		t.Errorf("another token, or from the vault (%v): %v", n.Shared, err)
	}
}

// TestUnreadIsNotRenewed: an account whose secrets can't be read isn't kept fresh, or
// the keychain would ask again the question that was just closed.
func TestUnreadIsNotRenewed(t *testing.T) {
	h := newHarness(t, "en")
	acc := h.savedSample()
	h.vault.refuse(vault.Dismissed)
	h.a.openAccount(acc)
	h.waits("vault.dismissed.title")
	h.vault.refuse("")
	if _, err := h.a.env.fresh.Token(t.Context(), acc.ID); err != nil {
		t.Fatal(err)
	}
	before := h.vault.asked()
	if _, err := h.a.env.fresh.Token(t.Context(), acc.ID); err != nil || h.vault.asked() == before {
		t.Errorf("its token is kept: %v", err)
	}
}

// TestLoudest: after a walk with one's own app the filled button opens the
// registration screen; an account is opened for its access token.
func TestLoudest(t *testing.T) {
	h := newHarness(t, "en")
	filled := func() (labels []string) {
		for _, p := range h.objects() {
			if b, ok := p.object.(*kit.Button); ok && b.Kind == kit.Primary && !b.Fixed {
				labels = append(labels, b.Label)
			}
		}
		return labels
	}
	nothing := func(*session) {}
	for where, c := range map[string]struct {
		show func()
		want string
	}{
		"own app": {func() { h.atTokens(nothing) }, "tokens.helper"},
		"account": {func() { h.atAccount(nothing) }, "button.copy"},
		"not saved": {func() {
			h.atTokens(func(s *session) { s.saved, s.saveErr = false, &vault.Error{Op: "set", Kind: vault.Unavailable} })
		}, "tokens.save_again"},
	} {
		c.show()
		if got := filled(); len(got) != 1 || got[0] != h.word(c.want) {
			t.Errorf("%s: %q are filled", where, got)
		}
	}
}
