package ui

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
)

const tokenPath = "/auth/o2/token"

// TestWrongApp: whatever else is put into the first field is called by its
// name, stays where it is, and keeps the seller on the step.
func TestWrongApp(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		h.press("start.guide_title")
		h.press("button.next")
		h.sees("app_field.empty")
		for text, id := range map[string]string{
			h.amazon.Sample().ClientID:              "client_id",
			h.amazon.Sample().ClientSecret.Reveal(): "client_secret",
			h.amazon.Sample().RefreshToken.Reveal(): "token",
			"hello":                                 "not_an_app",
			"https://example.com/apps/authorize/consent?application_id=" + h.amazon.Sample().ApplicationID: "not_amazon_link",
			"https://sellercentral.amazon.co.jp/apps/authorize/consent?version=beta":                       "no_application_id",
		} {
			h.pastes("app_step.field", text)
			h.sees("app_field." + id)
			h.press("button.next")
			h.sees("app_step.title")
			h.sees("app_field." + id)
			h.holdsText("app_step.field", text)
		}
		h.pastes("app_step.field", h.guideLink())
		h.misses("app_field.empty")
		h.press("button.next")
		h.sees("consent_step.title")
	})
}

func TestWrongRedirectURI(t *testing.T) {
	h := newHarness(t, "en")
	h.press("start.own_app_title")
	h.types("app_step.field", h.amazon.Sample().ApplicationID)
	h.press("app_step.more")
	for text, id := range map[string]string{
		"http://example.com/": "redirect_uri_scheme", "https://example.com/#x": "redirect_uri_fragment", "example": "redirect_uri_malformed",
	} {
		h.types("app_step.redirect", text)
		h.sees("app_field." + id)
		h.press("button.next")
		h.sees("app_step.title")
		h.holdsText("app_step.redirect", text)
	}
	h.types("app_step.redirect", "https://example.com/callback")
	h.press("button.next")
	h.sees("consent_step.title")
}

// TestWrongPaste: the card of every kind of paste comes up in every language,
// and what was entered before is still there.
func TestWrongPaste(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		address := h.ownAppToPaste()
		h.clip.SetContent(" ")
		h.press("button.paste")
		h.sees("paste.empty.title")
		samples := map[string]string{
			"hello, this is no address":                      "not_a_redirect",
			h.opened[0].String():                             "",
			strings.Replace(address, "state=", "state=x", 1): "state_mismatch",
			"https://example.com/?spapi_oauth_code=" + sampleCode + "&selling_partner_id=A0EXAMPLE00000": "state_missing",
			"https://example.com/?error=access_denied&state=x":                                           "error_denied",
			"MD1000":                                   "seller_central_error",
			h.amazon.Sample().ClientID:                 "looks_like_client_id",
			h.amazon.Sample().ClientSecret.Reveal():    "looks_like_client_secret",
			h.amazon.Sample().ApplicationID:            "looks_like_application_id",
			"Atzr|EXAMPLE-aaaaaaaa0000000000":          "looks_like_refresh_token",
			"Atza|EXAMPLE-aaaaaaaa0000000000":          "looks_like_access_token",
			"https://example.com/?spapi_oauth_code=XX": "",
		}
		for text, id := range samples {
			h.givesAddress(text)
			var pe *paste.Error
			if err := h.journey().walk.PasteError(); !errors.As(err, &pe) {
				t.Errorf("%.40q was taken: %v", text, err)
				continue
			}
			if id == "" {
				id = pe.Kind.String()
			} else if pe.Kind.String() != id {
				t.Errorf("%.40q is %s, not %s", text, pe.Kind, id)
				continue
			}
			h.sees("paste."+id+".title", "Code", pe.AmazonCode)
			h.sees("paste."+id+".todo", "Code", pe.AmazonCode)
			h.press("button.get_tokens")
			h.sees("paste_step.title")
		}
		h.press("button.back")
		h.press("button.back")
		h.holdsText("app_step.field", h.amazon.Sample().ApplicationID)
		h.holdsText("value.client_secret", h.amazon.Sample().ClientSecret.Reveal())
		h.goes(walk.StepPaste)
		h.givesAddress(address)
		h.sees("paste_step.state_ok")
	})
}

// TestMegabytes: far too much text is called that, by the button and by the
// keys, and the window does not stand still over it.
func TestMegabytes(t *testing.T) {
	h := newHarness(t, "en")
	h.guideToPaste()
	h.givesAddress(strings.Repeat("あ", 1<<20))
	h.sees("paste.too_large.title")
	h.givesAddress("something else")
	h.misses("paste.too_large.title")
	h.clip.SetContent(strings.Repeat("a", 4<<20))
	e := h.a.Screen().Focus.(*kit.Entry)
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
	e.TypedShortcut(&fyne.ShortcutPaste{Clipboard: h.clip})
	h.sees("paste.too_large.title")
	h.goes(walk.StepApp)
	h.pastes("app_step.field", strings.Repeat("a", 4<<20))
	h.sees("app_field.too_large")
}

// TestClipboardOffer: an address that is on the clipboard when the window comes
// back is offered and never taken by itself.
func TestClipboardOffer(t *testing.T) {
	h := newHarness(t, "en")
	address := h.guideToPaste()
	h.clip.SetContent("some other text")
	h.a.Screen().Returned()
	h.misses("paste_step.offer")
	h.clip.SetContent(address)
	h.a.Screen().Returned()
	h.sees("paste_step.offer")
	if _, read := h.journey().walk.Redirect(); read {
		t.Fatal("the clipboard was read without being asked")
	}
	h.press("paste_step.use_offer")
	h.sees("paste_step.state_ok")
	h.misses("paste_step.offer")
	h.press("paste_step.another")
	h.press("paste_step.another")
	h.misses("paste_step.state_ok")
	h.givesAddress(address)
	h.sees("paste_step.state_ok")
}

// TestLoginHop: for apps that sign the seller in first, the address in the
// middle leads on.
func TestLoginHop(t *testing.T) {
	h := newHarness(t, "en")
	h.amazon.SetLoginHop(true)
	h.givesAddress(h.guideToPaste())
	h.sees("paste.login_uri_no_code.title")
	if !h.offers("button.continue") {
		t.Fatalf("no way on in:\n%s", h.screen())
	}
	h.press("button.continue")
	if len(h.opened) != 2 {
		t.Fatalf("nothing more was opened; the window says:\n%s", h.screen())
	}
	next := h.opened[1]
	answer, err := noRedirects.Get(next.String())
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	at, err := answer.Location()
	if err != nil {
		t.Fatalf("%s: %s", next.Path, answer.Status)
	}
	h.givesAddress(at.String())
	h.sees("paste_step.state_ok")
}

// TestAmazonsErrors: every code of Amazon's page is explained, from the list,
// typed, or pasted on the step of the address.
func TestAmazonsErrors(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		h.guideToPaste()
		for _, c := range paste.AmazonErrors() {
			h.press("consent_step.error")
			h.types("amazon_error.field", strings.ToLower(c.Code)+" ")
			h.sees("amazon." + c.Code + ".title")
			h.sees("amazon." + c.Code + ".todo")
			who := c.Who
			if c.Fix == paste.FixDropRedirectURI { // this link has none
				who = lwa.ActorAppOwner
			}
			h.sees("actor." + string(who))
			h.press("button.back")
		}
		h.press("consent_step.error")
		h.types("amazon_error.field", "MD1234")
		h.sees("amazon.unknown.title")
		h.types("amazon_error.field", "You do not have permissions to view this page")
		h.sees("paste.no_permission_page.title")
		h.press("button.back")
		h.givesAddress("Error code: MD1000")
		h.press("paste_step.explain_code", "Code", "MD1000")
		h.sees("amazon.MD1000.title")
	})
}

// TestRedirectIsDroppedFromTheError: who set a redirect URL can put MD5101
// right, and does so with one press; without one, only the app's owner can.
func TestRedirectIsDroppedFromTheError(t *testing.T) {
	h := newHarness(t, "en")
	j := h.at(walk.Guide, walk.StepPaste, withApp, func(_ *harness, j *journey) { j.walk.RedirectURI = "https://example.com/other" })
	h.press("consent_step.error")
	h.types("amazon_error.field", "MD5101")
	h.sees("actor." + string(lwa.ActorSeller))
	h.press("amazon_error.drop_redirect")
	if j.walk.RedirectURI != "" || len(h.opened) != 1 {
		t.Fatalf("the redirect URL is %q, opened were %v", j.walk.RedirectURI, h.opened)
	}
	h.press("consent_step.error")
	h.types("amazon_error.field", "MD5101")
	h.sees("actor." + string(lwa.ActorAppOwner))
}

// TestDraftIsFixedFromTheError: MD1000 leads to the page with the draft switch on.
func TestDraftIsFixedFromTheError(t *testing.T) {
	h := newHarness(t, "en")
	h.press("start.own_app_title")
	h.types("app_step.field", h.amazon.Sample().ApplicationID)
	h.press("button.next")
	h.press("consent_step.open")
	if page := get(t, h.opened[0].String()); !strings.Contains(page, "MD1000") {
		t.Fatal("the page of a draft opens without version=beta")
	}
	h.press("consent_step.error")
	h.types("amazon_error.field", "MD1000")
	h.press("amazon_error.draft_on")
	if h.opened[1].Query().Get("version") != "beta" {
		t.Fatalf("opened was %s", h.opened[1])
	}
	h.givesAddress(h.browserGoes())
	h.sees("paste_step.state_ok")
}

// TestCodeRunsOut: five minutes after the paste the window asks for a new code
// and keeps all the rest.
func TestCodeRunsOut(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		h.givesAddress(h.ownAppToPaste())
		h.pass(4*time.Minute + 59*time.Second)
		h.misses("paste_step.dead")
		h.pass(time.Second)
		h.sees("paste_step.dead")
		h.sees("code.over")
		h.press("button.start_over")
		h.sees("consent_step.title")
		h.press("consent_step.open")
		if h.opened[0].Query().Get("state") == h.opened[1].Query().Get("state") {
			t.Error("the state of the dead attempt is used again")
		}
		h.givesAddress(h.browserGoes())
		h.press("button.get_tokens")
		h.waits("tokens.saved")
	})
}

// TestAmazonRefuses: every refusal and failure of the exchange shows its card
// with the next step, in every language, and loses nothing.
func TestAmazonRefuses(t *testing.T) {
	for _, c := range []struct {
		name   string
		kind   lwa.Kind
		before func(h *harness)
		again  bool // the same code can be tried again
	}{
		{"wrong secret", lwa.KindClientAuth, func(h *harness) {
			h.journey().walk.ClientSecret = lwa.NewSecret("amzn1.oa2-cs.v1.wrong-example")
		}, true},
		{"used code", lwa.KindCode, func(h *harness) {
			w := h.journey().walk
			r, _ := w.Redirect()
			if _, err := h.real.LWA.Exchange(h.t.Context(), w.Credentials(), r.Code, ""); err != nil {
				h.t.Fatal(err)
			}
		}, false},
		{"another app's credentials", lwa.KindClientNotAuthorized, func(h *harness) {
			w := h.journey().walk
			w.ClientID, w.ClientSecret = h.amazon.Published().ClientID, h.amazon.Published().ClientSecret
		}, false},
		{"too often", lwa.KindThrottled, func(h *harness) {
			h.amazon.SetFault(tokenPath, practice.Fault{Status: 429, RetryAfter: "60", Body: "{}"})
		}, true},
		{"web page", lwa.KindNotAmazon, func(h *harness) {
			h.amazon.SetFault(tokenPath, practice.Fault{Status: 200, ContentType: "text/html", Body: "<!doctype html><title>Hotel</title>Sign in"})
		}, true},
		{"Amazon down", lwa.KindUnavailable, func(h *harness) {
			h.amazon.SetFault(tokenPath, practice.Fault{Status: 503, Body: "{}"})
		}, false},
		{"not JSON", lwa.KindUnparseable, func(h *harness) {
			h.amazon.SetFault(tokenPath, practice.Fault{Status: 200, Body: "nonsense"})
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			eachLanguage(t, func(t *testing.T, lang string) {
				h := newHarness(t, lang)
				h.givesAddress(h.ownAppToPaste())
				c.before(h)
				h.press("button.get_tokens")
				id := "lwa." + string(c.kind)
				h.waits(id + ".title")
				waits := c.again && c.kind.Actor() == lwa.ActorWait
				if waits {
					h.sees("tokens.try_now") // a code doesn't wait
				} else {
					h.sees(id + ".todo")
					h.sees("actor." + string(c.kind.Actor()))
				}
				if c.again {
					h.sees("tokens.kept")
				} else {
					h.sees("tokens.code_gone")
				}
				if h.offers("button.try_again") != c.again || h.offers("button.start_over") == c.again {
					t.Errorf("the way on does not fit:\n%s", h.screen())
				}
				h.press("button.copy_details")
				if got := h.clip.Content(); !strings.Contains(got, string(c.kind)) || strings.Contains(got, h.amazon.Sample().ClientSecret.Reveal()) {
					t.Errorf("the details are %q", got)
				}
				h.goes(walk.StepApp)
				h.holdsText("app_step.field", h.amazon.Sample().ApplicationID)
				if !strings.Contains(h.journey().walk.Pasted(), "spapi_oauth_code") {
					t.Error("the paste is gone")
				}

				// Put right, the same walk comes to its end.
				h.amazon.ClearFaults()
				h.types("value.client_id", h.amazon.Sample().ClientID)
				h.types("value.client_secret", h.amazon.Sample().ClientSecret.Reveal())
				h.goes(walk.StepTokens)
				if c.again {
					h.press("button.try_again")
				} else {
					h.press("button.start_over")
					h.press("consent_step.open")
					h.givesAddress(h.browserGoes())
					h.press("button.get_tokens")
				}
				h.waits("tokens.saved")
			})
		})
	}
}

// TestNoNetwork: nobody answers at Amazon's address.
func TestNoNetwork(t *testing.T) {
	h := newHarness(t, "en")
	h.givesAddress(h.ownAppToPaste())
	good := h.real.LWA.TokenURL
	h.real.LWA.TokenURL = "http://127.0.0.1:1/auth/o2/token"
	h.press("button.get_tokens")
	h.until("a refusal", func() bool { return h.offers("button.try_again") })
	h.sees("tokens.kept")
	h.real.LWA.TokenURL = good
	h.press("button.try_again")
	h.waits("tokens.saved")
}

// TestTypedMeanwhile: the fields stay for a moment while Amazon is asked. What
// is typed into them then is not what the tokens belong to, and not saved.
func TestTypedMeanwhile(t *testing.T) {
	h := newHarness(t, "en")
	h.givesAddress(h.ownAppToPaste())
	good, err := url.Parse(h.real.LWA.TokenURL)
	if err != nil {
		t.Fatal(err)
	}
	let := make(chan struct{})
	pass := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: good.Scheme, Host: good.Host})
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		<-let
		pass.ServeHTTP(w, r)
	}))
	defer slow.Close()
	h.real.LWA.TokenURL = slow.URL + good.Path
	h.press("button.get_tokens")
	w := h.journey().walk
	secret := w.ClientSecret
	w.ClientSecret = lwa.NewSecret("typed meanwhile")
	close(let)
	h.waits("tokens.saved")
	saved := h.real.Store.List()
	if len(saved) != 1 {
		t.Fatalf("%d accounts", len(saved))
	}
	got, err := h.real.Store.Secrets(t.Context(), saved[0].ID)
	if err != nil || !got.ClientSecret.Equal(secret) || !w.ClientSecret.Equal(secret) {
		t.Error("not the secret that was asked with: ", err)
	}
}

// TestCancel: a request under way can be stopped, by its button and by Esc.
func TestCancel(t *testing.T) {
	for _, stop := range []func(h *harness){
		func(h *harness) { h.press("button.cancel") },
		func(h *harness) { h.key(fyne.KeyEscape) },
	} {
		h := newHarness(t, "en")
		h.givesAddress(h.ownAppToPaste())
		arrived := make(chan struct{})
		silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			close(arrived)
			<-r.Context().Done()
		}))
		defer silent.Close()
		h.real.LWA.TokenURL = silent.URL
		h.press("button.get_tokens")
		h.waits("tokens.getting")
		<-arrived
		stop(h)
		h.press("code.break_off")
		h.waits("lwa.canceled.title")
		h.sees("tokens.code_gone") // it was on its way
	}
}

// TestCheckNotAllowed: the token is good, the call was not allowed; two findings.
func TestCheckNotAllowed(t *testing.T) {
	h := newHarness(t, "en")
	h.ownAppToTokens()
	h.amazon.SetFault("/sellers/v1/marketplaceParticipations", practice.Fault{
		Status: 403, Body: `{"errors":[{"code":"Unauthorized","message":"Access to requested resource is denied.","details":""}]}`,
	})
	h.press("tokens.check")
	h.waits("lwa.role_missing.title")
	h.sees("check.token_good")
	h.misses("check.call_allowed")
}

// TestBrowserDoesNotOpen: the link is there to copy all the same.
func TestBrowserDoesNotOpen(t *testing.T) {
	h := newHarness(t, "en")
	h.openErr = errors.New("no browser")
	h.press("start.guide_title")
	h.pastes("app_step.field", h.guideLink())
	h.press("button.next")
	link := h.journey().consentURL(h.a)
	h.press("consent_step.copy_link")
	h.clipboardHolds(link)
	h.press("consent_step.open")
	h.sees("open.failed_title")
	h.press("button.ok")
	h.misses("open.failed_title")
}

func TestGrantlessRefused(t *testing.T) {
	h := newHarness(t, "en")
	h.ownAppToTokens()
	h.waits("tokens.saved")
	h.press("tokens.grantless")
	p := h.picker("grantless.scope")
	p.SetSelectedIndex(len(lwa.Scopes()) - 1)
	h.sees("grantless.retired_text")
	h.press("grantless.get")
	h.waits("lwa." + string(lwa.KindScope) + ".title")
	h.press("button.back")
	h.sees("tokens.title")
}

// TestNoSecretInTitlesOrLogs is kept by what the screens say of themselves: no
// window title holds more than a name.
func TestNoSecretInTitles(t *testing.T) {
	h := newHarness(t, "en")
	check := func() {
		t.Helper()
		for _, s := range []string{"Atz", "spapi_oauth_code", "amzn1.oa2-cs", "PRACTICE0000"} {
			if strings.Contains(h.a.Win.Title(), s) {
				t.Errorf("the title is %q", h.a.Win.Title())
			}
		}
	}
	h.givesAddress(h.ownAppToPaste())
	check()
	h.press("button.get_tokens")
	h.waits("tokens.saved")
	check()
	if got := fmt.Sprintf("%+v", h.a.env.Store.List()); strings.Contains(got, "Atz") || strings.Contains(got, "oa2-cs") {
		t.Error("the index holds a secret")
	}
}
