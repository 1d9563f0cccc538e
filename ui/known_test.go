package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
)

// asksNotFor expects no field with a label.
func (h *harness) asksNotFor(id string) {
	h.t.Helper()
	if slices.Contains(strings.Split(h.screen(), "\n"), h.word(id)) {
		h.t.Fatalf("%s is asked for in:\n%s", id, h.screen())
	}
}

// TestKnownApp: a further account of an app that is saved asks for neither Client
// ID nor client secret, and says where it takes them from.
func TestKnownApp(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		h.ownAppToTokens()
		h.waits("tokens.saved")
		h.press("button.done")
		saved := h.a.env.Store.List()[0]
		made := date.On(2026, 11, 1)
		if _, err := h.a.env.Store.Update(saved.ID, func(acc *account.Account) { acc.SecretMadeAt = made }); err != nil {
			t.Fatal(err)
		}

		h.press("accounts.add")
		h.press("start.own_app_title")
		h.sees("value.client_secret")
		h.types("app_step.field", saved.ApplicationID)
		h.press("app_step.draft")
		h.sees("credentials.known", "Name", saved.Title(), "Keychain", h.a.env.keeperName(h.a.Words))
		h.asksNotFor("value.client_id")
		h.asksNotFor("value.client_secret")
		before := h.vault.asked()
		h.press("button.next")
		h.waits("consent_step.title")
		if n := h.vault.asked() - before; n == 0 {
			t.Error("the keychain was not asked")
		}
		h.press("consent_step.open")
		h.givesAddress(h.browserGoes())
		h.press("button.get_tokens")
		h.waits("tokens.saved")
		if got := h.journey().walk.Account().SecretMadeAt; got != made {
			t.Errorf("the secret's date is %s", got)
		}
		h.misses("tokens.secret_undated")
	})
}

// TestOtherCredentials: the seller can enter others than the saved ones.
func TestOtherCredentials(t *testing.T) {
	h := newHarness(t, "en")
	h.knowsApp()
	h.at(walk.OwnApp, walk.StepApp, appText(h.amazon.Sample().ApplicationID))
	h.press("credentials.others")
	h.types("value.client_id", "amzn1.application-oa2-client.00000000000000000000000000000000")
	h.types("value.client_secret", "amzn1.oa2-cs.v1.other-example")
	h.press("button.next")
	h.sees("consent_step.title")
	if got := h.journey().walk.Credentials().ClientSecret.Reveal(); got != "amzn1.oa2-cs.v1.other-example" {
		t.Error("another secret was taken")
	}
}

// TestKnownAppRefused: what the keychain does not give is typed, and nothing else
// is lost.
func TestKnownAppRefused(t *testing.T) {
	h := newHarness(t, "ja")
	h.ownAppToTokens()
	h.waits("tokens.saved")
	h.press("button.done")
	acc := h.a.env.Store.List()[0]
	h.a.authorizeAgain(acc)
	h.sees("credentials.known", "Name", acc.Title(), "Keychain", h.a.env.keeperName(h.a.Words))
	h.vault.refuse(vault.Locked)
	h.press("button.next")
	h.waits("vault." + string(vault.Locked) + ".title")
	h.vault.refuse("")
	h.types("value.client_secret", h.amazon.Sample().ClientSecret.Reveal())
	h.press("button.next")
	h.sees("consent_step.title")
}

// TestKnownAppWithToken: a refresh token of a saved app needs no secret, and one
// Enter too many does nothing.
func TestKnownAppWithToken(t *testing.T) {
	h := newHarness(t, "en")
	h.ownAppToTokens()
	h.waits("tokens.saved")
	h.press("button.done")
	sample := h.amazon.Sample()
	h.press("accounts.add")
	h.press("start.has_token_title")
	h.types("value.client_id", sample.ClientID)
	h.asksNotFor("value.client_secret")
	h.types("value.refresh_token", sample.RefreshToken.Reveal())
	h.key(fyne.KeyReturn)
	h.keyAtOnce(fyne.KeyReturn)
	h.waits("tokens.saved")
}

// TestSecretDateIsAskedFor: where the credentials are entered and, if that was
// left out, where the tokens are; from then on the account warns.
func TestSecretDateIsAskedFor(t *testing.T) {
	h := newHarness(t, "en")
	h.press("start.own_app_title")
	h.types("credentials.secret_made", "22/11/2026")
	h.sees("details.until", "Date", h.a.Words.Date(date.On(2027, 5, 21).Time()))
	h.press("button.back")

	h.ownAppToTokens()
	h.waits("tokens.secret_undated")
	h.press("tokens.secret_date")
	if h.a.Win.Canvas().Focused() != h.field("details.secret_made") {
		t.Error("the keyboard is not in the field for the date")
	}
	h.types("details.secret_made", "22/11/2026")
	h.press("details.save")
	h.waits("tokens.renew_now")
	h.misses("tokens.secret_undated")
	if got := h.a.env.Store.List()[0].SecretMadeAt; got != date.On(2026, 11, 22) {
		t.Errorf("saved as %s", got)
	}
}

// TestSecretDateWaits: while a code lives nobody is asked for a date.
func TestSecretDateWaits(t *testing.T) {
	h := newHarness(t, "pt-BR")
	h.toCredentials()
	h.misses("credentials.secret_made")
	h.press("button.back")
	h.at(walk.HasToken, walk.StepCredentials, func(_ *harness, j *journey) {
		j.walk.RefreshToken = lwa.NewSecret("Atzr|EXAMPLE")
	})
	h.sees("credentials.secret_made")
}
