package walk

import (
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/lwa"
)

// TestMisplacedCredentialsAreNotSent: what certainly belongs into another field
// keeps the step from being finished; what only looks unusual does not.
func TestMisplacedCredentialsAreNotSent(t *testing.T) {
	for _, c := range []struct {
		name, id, secret, want string
		swapped                bool
	}{
		{"right", clientID, secret, "", false},
		{"an old secret of unknown form", clientID, "0123456789abcdef", "", false},
		{"an ID of unknown form", "client-of-tomorrow", secret, "", false},
		{"swapped", secret, clientID, "client_id is_client_secret, client_secret is_client_id", true},
		{"swapped, with the accidents of copying", " " + secret + "\n", "“" + clientID + "”", "client_id is_client_secret, client_secret is_client_id", true},
		{"the ID twice", clientID, clientID, "client_secret same_as_client_id", false},
		{"the secret twice", secret, secret, "client_id is_client_secret, client_secret same_as_client_id", false},
		{"the application ID", someApp, secret, "client_id is_application_id", false},
		{"a refresh token", clientID, refresh, "client_secret is_refresh_token", false},
		{"an address", clientID, "https://example.com/?client_secret=x", "client_secret is_url", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, _ := atPaste(t)
			pasteIn(t, w, answer(t, w, code1))
			w.ClientID, w.ClientSecret = c.id, lwa.NewSecret(c.secret)
			if got := problems(w, StepCredentials); got != c.want {
				t.Errorf("problems %q, not %q", got, c.want)
			}
			if w.CanGoTo(StepTokens) != (c.want == "") {
				t.Errorf("the tokens lie open: %v", w.CanGoTo(StepTokens))
			}
			if w.Swapped() != c.swapped {
				t.Errorf("Swapped is %v", w.Swapped())
			}
			if c.swapped {
				if w.Swap(); problems(w, StepCredentials) != "" || w.Credentials().ClientID != clientID || w.Credentials().ClientSecret.Reveal() != secret {
					t.Errorf("after Swap: %s, %q", problems(w, StepCredentials), w.ClientID)
				}
			}
		})
	}
}

func TestKnownApp(t *testing.T) {
	const app, client, other = "amzn1.sp.solution.00000000-0000-0000-0000-000000000000", "amzn1.application-oa2-client.00000000000000000000000000000000", "amzn1.application-oa2-client.00000000000000000000000000000001"
	day := func(d int) date.Date { return date.On(2026, 11, d) }
	saved := []account.Account{
		{ID: "old", ApplicationID: app, ClientID: client, HasClientSecret: true, SecretMadeAt: day(1)},
		{ID: "new", ApplicationID: app, ClientID: client, HasClientSecret: true, SecretMadeAt: day(2)},
		{ID: "refused", ApplicationID: app, ClientID: client, HasClientSecret: true, SecretMadeAt: day(3), Problem: string(lwa.KindClientAuth)},
		{ID: "without", ApplicationID: app, ClientID: client, SecretMadeAt: day(4)},
	}
	for name, c := range map[string]struct {
		visitor               Visitor
		app, clientID, secret string
		want                  string
	}{
		"same app":                {OwnApp, app, "", "", "new"},
		"same client":             {HasToken, "", client, "", "new"},
		"pasted with spaces":      {HasToken, "", " " + client + "\n", "", "new"},
		"another client":          {OwnApp, app, other, "", ""},
		"another app":             {OwnApp, "amzn1.sp.solution.00000000-0000-0000-0000-000000000001", "", "", ""},
		"a secret is there":       {OwnApp, app, "", "amzn1.oa2-cs.v1.example", ""},
		"the provider's app":      {Guide, app, "", "", ""},
		"nothing is known as yet": {OwnApp, "", "", "", ""},
	} {
		w := New(c.visitor, lwa.Marketplaces()[0], time.Now)
		w.ReadApp(c.app)
		w.ClientID, w.ClientSecret = c.clientID, lwa.NewSecret(c.secret)
		got, ok := w.KnownApp(saved)
		if got.ID != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q, not %q", name, got.ID, c.want)
		}
	}
}
