package walk

import (
	"testing"

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
