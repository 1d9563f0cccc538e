package ui

import (
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// signedInAs is the seller in the browser, signed in to another of the pretend
// seller's accounts.
func (h *harness) signedInAs(store string) string {
	h.t.Helper()
	return practicetest.Confirm(h.t, h.opened[len(h.opened)-1].String()+"&practice_seller="+store)
}

// inJapan goes up to the paste with an app of one's own, in Japan whatever the
// language, at an Amazon that tells its regions apart.
func (h *harness) inJapan() {
	h.t.Helper()
	h.real.SPAPI.BaseURL = h.amazon.RegionsURL()
	h.ownAppToPaste()
	jp, _ := lwa.FindMarketplace("JP")
	h.journey().walk.Choose(jp, false)
}

// chooses picks an option of the only list on the screen.
func (h *harness) chooses(option string) {
	h.t.Helper()
	for _, p := range h.objects() {
		if s, ok := p.object.(*kit.Select); ok {
			s.SetSelected(option)
			return
		}
	}
	h.t.Fatalf("no list in:\n%s", h.screen())
}

// TestStoresOfTheFarEast: the check names the store that is covered and those that
// aren't, and leads through all three, which then stand together in the list.
func TestStoresOfTheFarEast(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		h.inJapan()
		h.givesAddress(h.signedInAs("JP"))
		h.press("button.get_tokens")
		h.waits("tokens.saved")
		h.press("tokens.check")
		h.waits("check.store", "Marketplace", h.word("market.JP"), "Store", "Practice Store")
		h.sees("check.missing", "Stores", h.word("list.more", "List", h.word("market.SG"), "Item", h.word("market.AU")))
		for _, next := range []string{"SG", "AU"} {
			h.press("check.next")
			w := h.journey().walk
			sample := h.amazon.Sample()
			if w.Market.Code != next || w.ClientID != sample.ClientID || !w.ClientSecret.Equal(sample.ClientSecret) || w.AccountID != "" {
				t.Fatalf("filled in is %s, %s, account %q", w.Market.Code, w.ClientID, w.AccountID)
			}
			h.press("button.next")
			h.press("consent_step.open")
			h.givesAddress(h.signedInAs(next))
			h.press("button.get_tokens")
			h.waits("tokens.saved")
			h.press("tokens.check")
			h.waits("check.store", "Marketplace", h.word("market."+next), "Store", "Practice Store")
		}
		h.sees("check.missing", "Stores", h.word("list.more", "List", h.word("market.SG"), "Item", h.word("market.JP")))
		h.misses("check.next") // all three are in the list
		list := h.a.env.Store.List()
		if len(list) != 3 {
			t.Fatalf("%d accounts", len(list))
		}
		for _, a := range list {
			if a.Shop != "Practice Store" || a.Stores != a.Marketplace {
				t.Errorf("%s: shop %q, stores %q", a.Title(), a.Shop, a.Stores)
			}
		}
	})
}

// TestTokenOfAnotherRegion: one press says where the token belongs, the next
// corrects the marketplace, and nothing else changes.
func TestTokenOfAnotherRegion(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		h.inJapan()
		h.givesAddress(h.signedInAs("DE")) // Europe's, on the page of Japan
		h.press("button.get_tokens")
		h.waits("tokens.saved")
		before := h.a.env.Store.List()[0]
		secrets, err := h.a.env.Store.Secrets(t.Context(), before.ID)
		if err != nil {
			t.Fatal(err)
		}
		// The network fails in between: what is known is said, and only the rest is
		// asked for again.
		h.amazon.SetFault("/sellingpartnerapi-eu.amazon.com/sellers/v1/marketplaceParticipations", practice.Fault{Reset: true, Times: 1})
		h.press("tokens.check")
		h.waits("forbidden.open")
		h.sees("check.token_good")
		h.sees("forbidden.silent", "Region", h.word("taken.region_eu"), "Problem", h.word("lwa.connection_failed.title"))
		h.press("forbidden.again")
		h.waits("forbidden.works_title", "Region", h.word("taken.region_eu"))
		h.chooses(h.word("market.DE"))
		h.press("forbidden.correct")
		h.waits("check.missing", "Stores", h.word("market.SA"))
		if said := h.screen(); !strings.Contains(said, h.word("market.DE")) || !strings.Contains(said, "Practice Store") {
			t.Errorf("no store of Germany in:\n%s", said)
		}
		after := h.a.env.Store.List()[0]
		before.Marketplace, before.Shop, before.Stores = after.Marketplace, after.Shop, after.Stores
		if after != before || after.Marketplace != "DE" || !strings.Contains(after.Stores, "FR") || strings.Contains(after.Stores, "SA") {
			t.Errorf("before %+v\nafter  %+v", before, after)
		}
		if got, err := h.a.env.Store.Secrets(t.Context(), after.ID); err != nil || !got.RefreshToken.Equal(secrets.RefreshToken) {
			t.Errorf("the token: %v", err)
		}
		// From now on it's asked there.
		h.clock.Pass(checkPause)
		h.press("tokens.check")
		h.waits("check.call_allowed")
	})
}

// TestRegistrationFollows: an open registration screen shows what has changed since:
// the marketplace, the token, the kind of app; in a walk and for an opened account.
func TestRegistrationFollows(t *testing.T) {
	for name, opened := range map[string]bool{"walk": false, "account": true} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t, "en")
			h.inJapan()
			h.givesAddress(h.signedInAs("DE"))
			f := fullFile()
			f.ApplicationID = h.amazon.Sample().ApplicationID
			h.journey().walk.Use(f)
			h.press("button.get_tokens")
			h.waits("tokens.saved")
			if opened {
				title := h.a.env.Store.List()[0].Title()
				h.press("button.done")
				h.pressText(title)
				h.waits("tokens.renew_now")
			}
			h.press("tokens.helper")
			shows := func(at lwa.Endpoint, market string) {
				t.Helper()
				h.settle()
				m, _ := lwa.FindMarketplace(market)
				text := screenOf(helperCanvas(h))
				for _, want := range []string{at.URL(), m.ID} {
					if !strings.Contains(text, want) {
						t.Errorf("no %s in:\n%s", want, text)
					}
				}
				if got := strings.Contains(text, h.word("sandbox.banner")); got != at.Sandbox {
					t.Errorf("the word of the sandbox: %t", got)
				}
				if j := h.a.Beside().About.(*journey); !j.walk.Token.Access.Equal(h.a.session().token.Access) {
					t.Error("another access token")
				}
			}
			shows(lwa.Endpoint{Region: lwa.FarEast}, "JP")
			h.press("tokens.check")
			h.waits("forbidden.works_title", "Region", h.word("taken.region_eu"))
			h.chooses(h.word("market.DE"))
			h.press("forbidden.correct")
			h.waits("check.missing", "Stores", h.word("market.SA"))
			shows(lwa.Endpoint{Region: lwa.Europe}, "DE")
			before := h.a.session().token.Access
			h.press("tokens.renew_now")
			h.until("another token", func() bool { return !h.a.session().token.Access.Equal(before) })
			shows(lwa.Endpoint{Region: lwa.Europe}, "DE")
			h.a.session().showDetails(false)
			h.pressesCheck(h.word("sandbox.check"))
			h.press("details.save")
			h.waits("tokens.renew_now")
			shows(lwa.Endpoint{Region: lwa.Europe, Sandbox: true}, "DE")
			h.sees("sandbox.banner")
		})
	}
}

// TestMarketplaceInSettings: it can be changed there, without losing anything.
func TestMarketplaceInSettings(t *testing.T) {
	h := newHarness(t, "en")
	h.ownAppToTokens()
	h.waits("tokens.saved")
	before := h.a.env.Store.List()[0]
	h.press("button.done")
	h.pressText(before.Title())
	h.waits("tokens.renew_now")
	h.press("details.open")
	us, _ := lwa.FindMarketplace("US")
	h.chooses(marketName(h.a.Words, us))
	h.press("details.save")
	h.until("the marketplace", func() bool { return h.a.env.Store.List()[0].Marketplace == "US" })
	h.waits("tokens.renew_now")
	after := h.a.env.Store.List()[0]
	if after.ID != before.ID || after.AuthorizedAt != before.AuthorizedAt || after.CreatedAt != before.CreatedAt || !strings.HasPrefix(after.Title(), "US") {
		t.Errorf("before %+v\nafter  %+v", before, after)
	}
	if s, err := h.a.env.Store.Secrets(t.Context(), after.ID); err != nil || s.RefreshToken.IsEmpty() {
		t.Errorf("the token: %v", err)
	}
	if got := after.State(h.clock.Now()).Level; got != account.Fine {
		t.Errorf("it is %s", got)
	}
}

// TestVendorWithToken: a vendor with a private app says so where the refresh token
// is entered, and is told that there is no such check, without a request.
func TestVendorWithToken(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		sample := h.amazon.Sample()
		h.press("start.has_token_title")
		h.types("value.client_id", sample.ClientID)
		h.types("value.client_secret", sample.ClientSecret.Reveal())
		h.types("value.refresh_token", sample.RefreshToken.Reveal())
		h.pressesCheck(h.word("app_step.vendor"))
		h.press("button.get_tokens")
		h.waits("tokens.saved")
		if list := h.a.env.Store.List(); len(list) != 1 || !list[0].Vendor {
			t.Errorf("saved %+v", list)
		}
		h.amazon.SetFault("/sellers/v1/marketplaceParticipations", practice.Fault{Status: 500})
		h.press("tokens.check")
		h.waits("lwa.not_for_vendors.title")
		h.sees("check.token_good")
	})
}

// TestPracticeNextStore: the permission page is that of the store whose turn it is.
func TestPracticeNextStore(t *testing.T) {
	h := newHarness(t, "ja")
	h.press("start.practice_title")
	h.press("start.own_app_title")
	h.press("practice.fill")
	h.press("button.next")
	h.press("consent_step.open")
	h.givesAddress(h.browserGoes())
	h.press("button.get_tokens")
	h.waits("tokens.saved")
	h.press("tokens.check")
	h.waits("check.missing", "Stores", h.word("list.more", "List", h.word("market.SG"), "Item", h.word("market.AU")))
	h.press("check.next")
	h.press("button.next")
	h.press("consent_step.open")
	h.givesAddress(h.browserGoes())
	h.press("button.get_tokens")
	h.waits("tokens.saved")
	if list := h.a.env.Store.List(); len(list) != 2 || list[0].Shop != list[1].Shop || list[0].SellerID == list[1].SellerID {
		t.Errorf("saved %+v", list)
	}
}
