package ui

import (
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/internal/walk"
)

const (
	takenID     = "amzn1.application-oa2-client.0000000000000000000000000000000a"
	takenSecret = "amzn1.oa2-cs.v1.000000000000000000000000000000000000000000000000000000000000cafe"
)

func takenToken(n string) string { return "Atzr|IwEBIEXAMPLE" + n + strings.Repeat("-Examp1e", 40) }

// tookOver is a walk into which a text with two regions was pasted.
func tookOver(_ *harness, j *journey) {
	j.walk.TakeOver("CLIENT_ID=" + takenID + "\nSELLER_ID=A1EXAMPLE00001\nAWS_ACCESS_KEY_ID=AKIAEXAMPLE0EXAMPLE0\nTOKEN_NA=" + takenToken("1") + "\nTOKEN_EU=" + takenToken("2"))
	j.walk.ChooseToken(1)
}

// TestTakeOver: a whole text of credentials, pasted into any field, goes where
// it belongs; what is missing, unneeded or to be chosen is said.
func TestTakeOver(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		j := h.at(walk.HasToken, walk.StepCredentials)
		h.pastes("value.refresh_token", "CLIENT_ID="+takenID+"\nAWS_ACCESS_KEY_ID=AKIAEXAMPLE0EXAMPLE0\nTOKEN_NA="+takenToken("1")+"\nTOKEN_EU="+takenToken("2"))
		h.sees("taken.title")
		h.sees("unneeded.aws_key")
		h.sees("taken.accounts", "Count", 2)
		if j.walk.ClientID != takenID || !j.walk.RefreshToken.IsEmpty() {
			t.Fatalf("the Client ID is %q; a token was chosen: %v", j.walk.ClientID, !j.walk.RefreshToken.IsEmpty())
		}
		j.walk.ChooseToken(1)
		h.a.Redraw()
		h.sees("taken.missing", "Values", h.word("value.client_secret"))
		h.types("value.client_secret", takenSecret)
		if len(j.walk.Problems(walk.StepCredentials)) > 0 || j.walk.RefreshToken.Reveal() != takenToken("2") {
			t.Fatal(j.walk.Problems(walk.StepCredentials))
		}
	})
}

// TestTakeOverByPasting: a field of one line loses the line breaks of what is
// pasted; the take-over sees them.
func TestTakeOverByPasting(t *testing.T) {
	h := newHarness(t, "en")
	j := h.at(walk.OwnApp, walk.StepApp)
	h.pastes("value.client_id", takenToken("1")+"\n0000000000000000000000000000000000000000000000000000000000c0ffee\n"+takenID)
	if j.walk.ClientID != takenID || !strings.HasSuffix(j.walk.ClientSecret.Reveal(), "c0ffee") {
		t.Fatalf("ID %q, secret %q", j.walk.ClientID, j.walk.ClientSecret.Reveal())
	}
	h.sees("taken.title")
}

// TestOtherBoxes: what belongs on another step is put there with one press.
func TestOtherBoxes(t *testing.T) {
	h := newHarness(t, "en")
	j := h.at(walk.OwnApp, walk.StepPaste, withApp)
	h.givesAddress("LWA client id " + takenID)
	h.press("paste_step.put_away")
	if j.walk.ClientID != takenID || j.walk.Pasted() != "" {
		t.Fatalf("ID %q, pasted %q", j.walk.ClientID, j.walk.Pasted())
	}
	h.givesAddress(takenToken("1"))
	h.press("paste_step.use_token")
	h.sees("credentials.lead_token")

	h.at(walk.OwnApp, walk.StepPaste, withApp)
	h.givesAddress("API認可完了")
	h.sees("paste.provider_done.title")
	h.press("button.done")
	h.sees("start.title")
}

// TestProviderFinishes: a provider that needs no code, or hands out the refresh
// token, ends a guide's walk with an entry that reminds of the renewal. Nothing
// of the provider's page is kept.
func TestProviderFinishes(t *testing.T) {
	for _, page := range []struct{ text, card string }{
		{"API認可完了", "paste.provider_done.title"},
		{"リフレッシュトークン：" + takenToken("1"), "paste.provider_token.title"},
	} {
		eachLanguage(t, func(t *testing.T, lang string) {
			h := newHarness(t, lang)
			j := h.at(walk.Guide, walk.StepPaste, withApp)
			h.givesAddress(page.text)
			h.sees(page.card)
			h.press("paste_step.remember")
			h.sees("finish.done_title")
			h.until("the entry", func() bool { return len(h.a.env.Store.List()) == 1 })
			acc := h.a.env.Store.List()[0]
			h.waits("finish.remembered", "Name", acc.Title(), "Date", h.a.Words.Date(acc.AuthorizationDue().Time()))
			if n := h.vault.asked(); n != 0 || j.walk.Pasted() != "" || !acc.ProviderApp || acc.Link == "" {
				t.Errorf("the keychain was asked %d times, pasted %q, %+v", n, j.walk.Pasted(), acc)
			}
			h.press("button.done")
			h.sees("state.fine")
		})
	}
}
