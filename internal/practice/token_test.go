package practice

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/lwa"
)

// said is what the token endpoint says.
type said struct {
	Access      string `json:"access_token"`
	Refresh     string `json:"refresh_token"`
	Scope       string `json:"scope"`
	Type        string `json:"token_type"`
	Expires     int    `json:"expires_in"`
	Error       string `json:"error"`
	Description string `json:"error_description"`
	RequestID   string `json:"request_id"`
	status      int
}

func (st *stage) ask(contentType, body string) said {
	st.t.Helper()
	resp, text := st.post(tokenPath, contentType, body)
	var a said
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		st.t.Fatalf("%d %s", resp.StatusCode, text)
	}
	a.status = resp.StatusCode
	if got := resp.Header.Get("Content-Type"); got != "application/json;charset=UTF-8" {
		st.t.Errorf("Content-Type %s", got)
	}
	if resp.Header.Get("Cache-Control") != "no-store" || resp.Header.Get("x-amzn-RequestId") == "" {
		st.t.Errorf("headers %v", resp.Header)
	}
	return a
}

// fields are the parameters of a request, in pairs, with the sample's client.
func fields(s Sample, pairs ...string) url.Values {
	f := url.Values{"client_id": {s.ClientID}, "client_secret": {s.ClientSecret.Reveal()}}
	for i := 0; i < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return f
}

func asJSON(f url.Values) string {
	object := make(map[string]string)
	for name := range f {
		object[name] = f.Get(name)
	}
	b, _ := json.Marshal(object)
	return string(b)
}

func TestTokenRefusals(t *testing.T) {
	st := newStage(t)
	sample, other := st.Sample(), st.Published()
	const jsonType = "application/json"
	exchange := func(code string) url.Values {
		return fields(sample, "grant_type", "authorization_code", "code", code)
	}
	without := func(f url.Values, name string) url.Values { f.Del(name); return f }
	with := func(f url.Values, name, value string) url.Values { f.Set(name, value); return f }
	live := func() url.Values { return exchange(st.code(sample)) }
	used := st.code(sample)
	if a := st.ask(formType, exchange(used).Encode()); a.status != http.StatusOK {
		t.Fatalf("%+v", a)
	}
	renew := fields(sample, "grant_type", "refresh_token", "refresh_token", sample.RefreshToken.Reveal())

	const noCode, noRefresh = "The request has an invalid grant parameter : code", "The request has an invalid grant parameter : refresh_token. User may have revoked or didn't grant the permission."
	const missing = "The request is missing a required parameter : "
	const noGrant = "The authorization grant type is not supported by the authorization server"
	for _, tc := range []struct {
		name, contentType, body string
		status                  int
		code, sentence          string
	}{
		{"used code", formType, exchange(used).Encode(), 400, "invalid_grant", noCode},
		{"unknown code", formType, exchange("PRACTICEabcdefghijkl").Encode(), 400, "invalid_grant", noCode},
		{"half a code", formType, exchange(used[:15]).Encode(), 400, "invalid_grant", noCode},
		{"unknown code in JSON", jsonType, asJSON(exchange("PRACTICEabcdefghijkl")), 400, "invalid_grant", noCode},
		{"a whole address as the code", formType, exchange("https://x/?spapi_oauth_code=" + used).Encode(), 400, "invalid_request", "The request has an invalid parameter : code"},
		{"a code that was not decoded", formType, exchange("PRACTICE%2Babc").Encode(), 400, "invalid_request", "The request has an invalid parameter : code"},
		{"a token as the code", formType, exchange(sample.RefreshToken.Reveal()).Encode(), 400, "invalid_request", "The request has an invalid parameter : code"},
		{"keys of another app", formType, fields(other, "grant_type", "authorization_code", "code", st.code(sample)).Encode(), 400, "unauthorized_client", "Not authorized for requested operation"},
		{"another redirect", formType, with(exchangeWithRedirect(st, sample), "redirect_uri", "https://example.com/").Encode(), 400, "invalid_grant", "The request has an invalid grant parameter : redirect_uri"},

		{"wrong secret", formType, with(live(), "client_secret", other.ClientSecret.Reveal()).Encode(), 401, "invalid_client", "Client authentication failed"},
		{"unknown client", formType, with(live(), "client_id", sample.ClientID+"0").Encode(), 401, "invalid_client", "Client authentication failed"},
		{"application ID as the client", formType, with(live(), "client_id", sample.ApplicationID).Encode(), 401, "invalid_client", "Client authentication failed"},
		{"wrong secret before anything else", formType, with(with(copyOf(renew), "client_secret", "x"), "refresh_token", "y").Encode(), 401, "invalid_client", "Client authentication failed"},

		{"no code", formType, without(live(), "code").Encode(), 400, "invalid_request", missing + "code"},
		{"empty code", formType, with(live(), "code", "").Encode(), 400, "invalid_request", missing + "code"},
		{"no client", formType, without(live(), "client_id").Encode(), 400, "invalid_request", missing + "client_id"},
		{"no secret", formType, without(live(), "client_secret").Encode(), 400, "invalid_request", missing + "client_secret"},
		{"no grant type", formType, without(live(), "grant_type").Encode(), 400, "invalid_request", missing + "grant_type"},
		{"no refresh token", formType, without(copyOf(renew), "refresh_token").Encode(), 400, "invalid_request", missing + "refresh_token"},
		{"no scope", formType, fields(sample, "grant_type", "client_credentials").Encode(), 400, "invalid_request", missing + "scope"},

		{"unknown grant type", formType, with(live(), "grant_type", "password").Encode(), 400, "unsupported_grant_type", noGrant},
		{"no content type", "", live().Encode(), 400, "unsupported_grant_type", noGrant},
		{"plain text", "text/plain", live().Encode(), 400, "unsupported_grant_type", noGrant},
		{"multipart", "multipart/form-data; boundary=x", "--x\r\n\r\n--x--", 400, "unsupported_grant_type", noGrant},
		{"empty body", formType, "", 400, "unsupported_grant_type", noGrant},
		{"form said to be JSON", jsonType, live().Encode(), 400, "invalid_request", "Malformed request"},
		{"JSON with a number", jsonType, `{"grant_type":1}`, 400, "invalid_request", "Malformed request"},
		{"a parameter twice", formType, live().Encode() + "&code=x", 400, "invalid_request", "Malformed request"},
		{"bad escapes", formType, "grant_type=%zz", 400, "invalid_request", "Malformed request"},

		{"unknown refresh token", formType, with(copyOf(renew), "refresh_token", "Atzr|EXAMPLE-practice-AAAA").Encode(), 400, "invalid_grant", noRefresh},
		{"changed refresh token", formType, with(copyOf(renew), "refresh_token", changed(sample.RefreshToken.Reveal())).Encode(), 400, "invalid_grant", noRefresh},
		{"access token as refresh token", formType, with(copyOf(renew), "refresh_token", st.accessToken(accessPrefix, st.apps[0], newNonce())).Encode(), 400, "invalid_grant", noRefresh},
		{"refresh token of another app", formType, fields(other, "grant_type", "refresh_token", "refresh_token", sample.RefreshToken.Reveal()).Encode(), 400, "unauthorized_client", "Not authorized for requested operation"},

		{"unknown scope", formType, fields(sample, "grant_type", "client_credentials", "scope", "sellingpartnerapi::reports").Encode(), 400, "invalid_scope", "The request has an invalid parameter : scope"},
		{"retired scope", formType, fields(sample, "grant_type", "client_credentials", "scope", "sellingpartnerapi::migration").Encode(), 400, "invalid_scope", "The request has an invalid parameter : scope"},
	} {
		a := st.ask(tc.contentType, tc.body)
		if a.status != tc.status || a.Error != tc.code || a.Description != tc.sentence {
			t.Errorf("%s: %d %s, %q", tc.name, a.status, a.Error, a.Description)
		}
		if len(a.RequestID) != 36 || a.Access != "" || a.Refresh != "" {
			t.Errorf("%s: request ID %q, or a token", tc.name, a.RequestID)
		}
	}
	if resp, _ := st.get(tokenPath + "?" + live().Encode()); resp.StatusCode != http.StatusMethodNotAllowed || resp.Header.Get("Allow") != "POST" {
		t.Errorf("GET: %d", resp.StatusCode)
	}
	// What stands in the address does not count.
	resp, _ := st.post(tokenPath+"?"+live().Encode(), formType, "x=y")
	if resp.StatusCode != http.StatusBadRequest {
		t.Errorf("parameters in the address: %d", resp.StatusCode)
	}
	if resp, _ := st.post(tokenPath, formType, "x="+strings.Repeat("y", maxBody)); resp.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("a huge body: %d", resp.StatusCode)
	}
}

func copyOf(f url.Values) url.Values {
	c := make(url.Values)
	for name := range f {
		c.Set(name, f.Get(name))
	}
	return c
}

// changed changes one character in the middle.
func changed(token string) string {
	i := len(token) / 2
	c := byte('A')
	if token[i] == c {
		c = 'B'
	}
	return token[:i] + string(c) + token[i+1:]
}

// exchangeWithRedirect is an exchange after a permission page that was given a
// redirect URI.
func exchangeWithRedirect(st *stage, s Sample) url.Values {
	st.t.Helper()
	uri := st.origin + landingPath
	u, err := st.press(consentOf(s, "&redirect_uri="+url.QueryEscape(uri)), "confirm").Location()
	if err != nil {
		st.t.Fatal(err)
	}
	return fields(s, "grant_type", "authorization_code", "code", u.Query().Get("spapi_oauth_code"), "redirect_uri", uri)
}

func TestTokenSuccess(t *testing.T) {
	st := newStage(t)
	sample := st.Sample()
	check := func(name string, a said) {
		t.Helper()
		if a.status != http.StatusOK || a.Type != "bearer" || a.Expires != 3600 || !strings.HasPrefix(a.Access, "Atza|") ||
			!strings.HasPrefix(a.Refresh, "Atzr|") || len(a.Access) > 2048 || a.Error != "" {
			t.Errorf("%s: %+v", name, a)
		}
	}
	exchange := fields(sample, "grant_type", "authorization_code", "code", st.code(sample))
	first := st.ask(formType, exchange.Encode())
	check("form", first)
	exchange.Set("code", st.code(sample))
	second := st.ask("application/json", asJSON(exchange))
	check("JSON", second)
	if first.Refresh == second.Refresh || first.Access == second.Access {
		t.Error("twice the same tokens")
	}
	check("redirect URI", st.ask(formType, exchangeWithRedirect(st, sample).Encode()))
	left := exchangeWithRedirect(st, sample)
	left.Del("redirect_uri")
	check("redirect URI left out", st.ask(formType, left.Encode()))
	wrongName := fields(sample, "grant_type", "authorization_code", "code", st.code(sample), "redirect_url", "https://example.com/")
	check("redirect_url is nothing", st.ask(formType, wrongName.Encode()))

	renew := fields(sample, "grant_type", "refresh_token", "refresh_token", first.Refresh)
	third := st.ask(formType, renew.Encode())
	check("refresh", third)
	if third.Refresh != first.Refresh || third.Access == first.Access {
		t.Error("a refresh keeps the refresh token and brings an access token")
	}
	published := st.Published()
	check("published", st.ask(formType, fields(published, "grant_type", "authorization_code", "code", st.code(published)).Encode()))

	for _, scope := range scopes() {
		a := st.ask(formType, fields(sample, "grant_type", "client_credentials", "scope", scope).Encode())
		if a.status != http.StatusOK || a.Scope != scope || a.Refresh != "" || !strings.HasPrefix(a.Access, "Atc|") || a.Expires != 3600 {
			t.Errorf("%s: %+v", scope, a)
		}
	}
}

func TestCodeLivesFiveMinutes(t *testing.T) {
	st := newStage(t)
	sample := st.Sample()
	for _, tc := range []struct {
		age  time.Duration
		good bool
	}{{0, true}, {codeLife - time.Second, true}, {codeLife, false}, {2 * time.Hour, false}} {
		code := lwa.NewSecret(st.code(sample))
		st.clock.move(tc.age)
		_, err := st.client().Exchange(t.Context(), credentials(sample), code, "")
		if good := err == nil; good != tc.good {
			t.Errorf("after %v: %v", tc.age, err)
		}
	}
}

func TestRefusalsLeaveTheCode(t *testing.T) {
	st := newStage(t)
	sample := st.Sample()
	code := lwa.NewSecret(st.code(sample))
	wrong := credentials(sample)
	wrong.ClientSecret = st.Published().ClientSecret
	for _, cred := range []lwa.Credentials{wrong, credentials(st.Published()), credentials(sample)} {
		_, err := st.client().Exchange(t.Context(), cred, code, "")
		var e *lwa.Error
		switch {
		case cred == credentials(sample):
			if err != nil {
				t.Errorf("the right keys in the end: %v", err)
			}
		case !errors.As(err, &e):
			t.Errorf("wrong keys: %v", err)
		}
	}
}

func TestRefreshTokensOutliveTheServer(t *testing.T) {
	st, next := newStage(t), newStage(t)
	sample := st.Sample()
	token, err := st.client().Exchange(t.Context(), credentials(sample), lwa.NewSecret(st.code(sample)), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, refresh := range []lwa.Secret{token.Refresh, sample.RefreshToken} {
		if _, err := next.client().Refresh(t.Context(), credentials(sample), refresh); err != nil {
			t.Errorf("at the next start: %v", err)
		}
	}

	if !st.Revoke(token.Refresh) || st.Revoke(lwa.NewSecret("Atzr|x")) {
		t.Error("Revoke")
	}
	a := st.ask(formType, fields(sample, "grant_type", "refresh_token", "refresh_token", token.Refresh.Reveal()).Encode())
	if a.status != http.StatusBadRequest || a.Error != "invalid_grant" || !strings.HasSuffix(a.Description, "User may have revoked or didn't grant the permission.") {
		t.Errorf("revoked: %+v", a)
	}
	if _, err := st.client().Refresh(t.Context(), credentials(sample), sample.RefreshToken); err != nil {
		t.Errorf("another token after that: %v", err)
	}
}
