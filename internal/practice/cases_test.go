package practice

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/lwa"
)

// choose presses Confirm with a case chosen.
func (st *stage) choose(c Case) (*http.Response, string) {
	st.t.Helper()
	_, page := st.get(consentOf(st.Sample(), ""))
	if !strings.Contains(page, `<option value="`+string(c)+`">`) {
		st.t.Fatalf("%s can't be chosen", c)
	}
	form := formOn(page)
	form.Set("action", "confirm")
	form.Set("agree", "1")
	form.Set("practice_case", string(c))
	return st.post(consentPath, formType, form.Encode())
}

// TestCases: each case shows its page, or leads back with a code whose tokens
// renew and are refused by the SP-API, also by the server of the next start.
func TestCases(t *testing.T) {
	for _, c := range Cases() {
		st := newStage(t)
		resp, page := st.choose(c)
		switch {
		case slices.Contains(errorCodes(), c):
			if resp.StatusCode != http.StatusBadRequest || !strings.Contains(page, `id="code">`+string(c)+"<") {
				t.Errorf("%s: %d %s", c, resp.StatusCode, page)
			}
		case slices.Contains(troubles(), c):
			at, err := resp.Location()
			if err != nil {
				t.Fatalf("%s: %d %v", c, resp.StatusCode, err)
			}
			st.refused(c, at.Query().Get("spapi_oauth_code"))
		default:
			want := "practice_page.page_" + string(c)
			if c == CaseLWA {
				want = lwaError
			}
			if resp.StatusCode != http.StatusOK || !strings.Contains(page, want) {
				t.Errorf("%s: %d %s", c, resp.StatusCode, page)
			}
			if token := strings.Contains(page, refreshPrefix); token != (c == CaseToken) {
				t.Errorf("%s: a refresh token: %v", c, token)
			}
		}
	}
	if resp, _ := newStage(t).choose(""); resp.Header.Get("Location") == "" {
		t.Error("the usual doesn't come back with a code")
	}
}

// refused gets tokens for a code, and renews them and asks the SP-API at the
// server of the next start.
func (st *stage) refused(c Case, code string) {
	st.t.Helper()
	sample := st.Sample()
	cred := lwa.Credentials{ClientID: sample.ClientID, ClientSecret: sample.ClientSecret}
	token, err := st.client().Exchange(st.t.Context(), cred, lwa.NewSecret(code), "")
	if err != nil {
		st.t.Fatal(c, err)
	}
	next := newStage(st.t)
	token, err = next.client().Refresh(st.t.Context(), cred, token.Refresh)
	if err != nil {
		st.t.Fatal(c, err)
	}
	resp, body := next.get(sellersPath, "x-amz-access-token", token.Access.Reveal())
	var e struct{ Errors []spError }
	if err := json.Unmarshal([]byte(body), &e); err != nil || len(e.Errors) != 1 || resp.StatusCode != http.StatusForbidden {
		st.t.Fatalf("%s: %d %s", c, resp.StatusCode, body)
	}
	if details := e.Errors[0].Details; (c == CaseSecretExpired) != strings.Contains(details, "secret") || c != CaseSecretExpired && details != "" {
		st.t.Errorf("%s: %q", c, details)
	}
}
