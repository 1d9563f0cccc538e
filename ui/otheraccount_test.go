package ui

import (
	"net/url"
	"testing"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/lwa"
)

// otherSeller is the address after "Confirm", as another seller gets it.
func otherSeller(t testing.TB, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("selling_partner_id", "A2EXAMPLE00002")
	u.RawQuery = q.Encode()
	return u.String()
}

// authorizesAgainAsAnotherSeller opens the saved account, whose browser is signed
// in to another shop by now, up to the press of "Get tokens".
func (h *harness) authorizesAgainAsAnotherSeller() {
	h.t.Helper()
	h.press("account.authorize_again")
	h.types("value.client_secret", h.amazon.Sample().ClientSecret.Reveal())
	h.press("button.next")
	h.press("consent_step.open")
	h.givesAddress(otherSeller(h.t, h.browserGoes()))
	h.press("button.get_tokens")
}

// TestAuthorizeAgainAsAnotherSeller: nothing is sent before the seller has said
// what to do, and the saved account keeps its token whatever that is.
func TestAuthorizeAgainAsAnotherSeller(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		for _, own := range []bool{false, true} {
			h := newHarness(t, lang)
			h.ownAppToTokens()
			h.waits("tokens.saved")
			store := h.a.env.Store
			first := store.List()[0]
			secrets, err := store.Secrets(t.Context(), first.ID)
			if err != nil {
				t.Fatal(err)
			}
			h.amazon.Revoke(h.journey().session.token.Refresh)
			h.press("tokens.renew_now")
			h.waits("lwa.refresh_token_revoked.title")
			h.authorizesAgainAsAnotherSeller()
			h.sees("other_account.title")
			h.sees("other_account.not_sent")
			h.sees("other_account.seller", "Name", first.Title(), "Saved", first.SellerID, "Now", "A2EXAMPLE00002")
			if h.journey().busy() {
				t.Error("something was sent already")
			}
			if own {
				h.press("other_account.own")
				h.waits("tokens.saved")
			} else {
				h.press("other_account.drop")
				h.sees("paste_step.title")
				if h.journey().walk.Pasted() != "" {
					t.Error("the paste is still there")
				}
			}
			want := 1
			if own {
				want = 2
			}
			list := store.List()
			if len(list) != want {
				t.Fatalf("%d accounts, want %d", len(list), want)
			}
			for _, a := range list {
				got, err := store.Secrets(t.Context(), a.ID)
				if err != nil || got.RefreshToken.Equal(secrets.RefreshToken) != (a.ID == first.ID) {
					t.Errorf("%s has the wrong token: %v", a.Title(), err)
				}
				if a.ID != first.ID && a.SellerID != "A2EXAMPLE00002" {
					t.Errorf("the new account is of %s", a.SellerID)
				}
			}
		}
	})
}

// TestSavedAsAnotherSeller: where it shows only at the saving, the tokens are not
// lost either.
func TestSavedAsAnotherSeller(t *testing.T) {
	h := newHarness(t, "en")
	h.ownAppToTokens()
	h.waits("tokens.saved")
	d := h.journey().session
	first := d.account
	d.account.SellerID = "A2EXAMPLE00002"
	next := d.journey.walk.Secrets()
	next.RefreshToken = lwa.NewSecret("Atzr|EXAMPLE-of-another-seller")
	d.save(next)
	h.waits("other_account.not_saved")
	h.press("other_account.own")
	h.until("two accounts", func() bool { return len(h.a.env.Store.List()) == 2 })
	got, err := h.a.env.Store.Secrets(t.Context(), first.ID)
	if err != nil || got.RefreshToken.Equal(next.RefreshToken) {
		t.Error("the first account has the other one's token", err)
	}
}

// TestAuthorizeAgainAsAKnownSeller: the shop that came is called by its name, and
// the choice is to bring that one up to date.
func TestAuthorizeAgainAsAKnownSeller(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		h.ownAppToTokens()
		h.waits("tokens.saved")
		store := h.a.env.Store
		first := store.List()[0]
		other := first
		other.ID, other.Name, other.SellerID = "", "Example Shop", "A2EXAMPLE00002"
		other, err := store.Save(t.Context(), other, account.Secrets{RefreshToken: lwa.NewSecret("Atzr|EXAMPLE-of-the-other-shop")})
		if err != nil {
			t.Fatal(err)
		}
		h.amazon.Revoke(h.journey().session.token.Refresh)
		h.press("tokens.renew_now")
		h.waits("lwa.refresh_token_revoked.title")
		h.authorizesAgainAsAnotherSeller()
		h.sees("other_account.known", "Name", "Example Shop")
		h.press("other_account.update", "Name", "Example Shop")
		h.waits("tokens.saved")
		if len(store.List()) != 2 {
			t.Errorf("%d accounts", len(store.List()))
		}
		got, err := store.Secrets(t.Context(), other.ID)
		if err != nil || !got.RefreshToken.Equal(h.journey().session.token.Refresh) {
			t.Errorf("the shop that came has another token: %v", err)
		}
	})
}
