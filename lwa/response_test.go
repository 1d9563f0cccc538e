package lwa

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	manual "github.com/sellerkey/sellerkey/internal/docs"
)

// sentSecret and the values of fakeRequest are what no error may ever show.
const (
	sentCode    = "CODExEXAMPLExqwertyuiop"
	sentRefresh = "Atzr|EXAMPLE-sent-refresh-0123456789"
	sentSecret  = "amzn1.oa2-cs.v1.EXAMPLE0000111122223333"
)

func fakeRequest(grant string) tokenRequest {
	q := tokenRequest{
		grant: grant,
		cred:  Credentials{"amzn1.application-oa2-client.00000000000000000000000000000000", NewSecret(sentSecret)},
	}
	switch grant {
	case grantCode:
		q.given = NewSecret(sentCode)
	case grantRefresh:
		q.given = NewSecret(sentRefresh)
	case grantCredentials:
		q.scope = Scopes()[0].Value
	}
	return q
}

// put sends a request by the public method of a client.
func (q tokenRequest) put(t testing.TB, c *Client) (Token, *Error) {
	t.Helper()
	var token Token
	var err error
	switch q.grant {
	case grantCode:
		token, err = c.Exchange(t.Context(), q.cred, q.given, q.redirectURI)
	case grantRefresh:
		token, err = c.Refresh(t.Context(), q.cred, q.given)
	default:
		token, err = c.Grantless(t.Context(), q.cred, q.scope)
	}
	if err == nil {
		return token, nil
	}
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("not an *Error: %T", err)
	}
	return token, e
}

// wire is a RoundTripper that answers from a list, the last for ever.
type wire struct {
	answers []func(*http.Request) (*http.Response, error)
	seen    []url.Values
	headers []http.Header
	times   []time.Time
}

func (w *wire) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, err
	}
	w.seen = append(w.seen, form)
	w.headers = append(w.headers, req.Header)
	w.times = append(w.times, time.Now())
	return w.answers[min(len(w.seen), len(w.answers))-1](req)
}

func says(status int, contentType, body string, headers ...string) func(*http.Request) (*http.Response, error) {
	return func(req *http.Request) (*http.Response, error) {
		h := http.Header{"Content-Type": {contentType}}
		for i := 0; i+1 < len(headers); i += 2 {
			h.Set(headers[i], headers[i+1])
		}
		return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body)), Request: req}, nil
	}
}

func wired(answers ...func(*http.Request) (*http.Response, error)) (*Client, *wire) {
	w := &wire{answers: answers}
	return &Client{HTTP: &http.Client{Transport: w}}, w
}

// given is one row of testdata/answers.json.
type given struct {
	Name, Source, Type, Body string
	Grant                    string
	Status                   int

	Kind      Kind
	Actor     Actor
	Retry     string
	Tries     int
	Access    string
	Refresh   string
	Life      int
	Scope     string
	RequestID string `json:"request_id"`
}

func givenAnswers(t testing.TB) []given {
	t.Helper()
	raw, err := os.ReadFile("testdata/answers.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []given
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&all); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestGivenAnswers: every answer that was met in the field is understood. Those
// of the marketplaces call are read in package spapi.
func TestGivenAnswers(t *testing.T) {
	given := givenAnswers(t)
	manual.Says(t, fmt.Sprintf("the token endpoint and the SP-API | %d |", len(given)))
	for _, g := range given {
		if g.Grant == "marketplaces" {
			continue
		}
		t.Run(g.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q := fakeRequest(g.Grant)
				c, w := wired(says(g.Status, g.Type, g.Body))
				start := time.Now()
				token, e := q.put(t, c)
				if got := len(w.seen); got != max(g.Tries, 1) {
					t.Errorf("%d requests", got)
				}
				if g.Kind != "" {
					if e == nil || e.Kind != g.Kind || e.Kind.Actor() != g.Actor {
						t.Fatalf("got %v, want %s", e, g.Kind)
					}
					if e.Status != g.Status || e.Request != g.Grant || e.RequestID != g.RequestID && g.RequestID != "" {
						t.Errorf("got %+v", *e)
					}
					return
				}
				if e != nil {
					t.Fatal(e)
				}
				if g.Refresh == "" && g.Grant == grantRefresh {
					g.Refresh = sentRefresh
				}
				if token.Access.Reveal() != g.Access || token.Refresh.Reveal() != g.Refresh || token.Scope != g.Scope && g.Scope != "" {
					t.Errorf("access %q refresh %q scope %q", token.Access.Reveal(), token.Refresh.Reveal(), token.Scope)
				}
				if life := token.Expiry.Sub(start); life != time.Duration(g.Life)*time.Second || token.Type != "bearer" {
					t.Errorf("life %v, type %q", life, token.Type)
				}
			})
		})
	}
}

// TestAnswers has the kinds that the field's answers leave out.
func TestAnswers(t *testing.T) {
	const (
		jsonType = "application/json"
		grantSet = `{"error":"invalid_grant","error_description":"%s"}`
		reqSet   = `{"error":"invalid_request","error_description":"%s"}`
	)
	html := "<!DOCTYPE html><html><head><title>Sign in to the network</title></head></html>"
	for _, tc := range []struct {
		name   string
		grant  string
		status int
		ctype  string
		body   string
		want   Kind
	}{
		{"200 with an error", grantRefresh, 200, jsonType, `{"error":"invalid_grant"}`, KindRefreshToken},
		{"200 with an error for a code", grantCode, 200, jsonType, `{"error":"invalid_grant"}`, KindCode},
		{"200 with a bare error", grantRefresh, 200, jsonType, `{error:'invalid_client'}`, KindClientAuth},
		{"captive portal", grantCode, 200, "text/html", html, KindNotAmazon},
		{"captive portal as JSON", grantRefresh, 200, jsonType, html, KindNotAmazon},
		{"captive portal as text", grantRefresh, 200, "text/html; charset=utf-8", "Please accept the terms.", KindNotAmazon},
		{"redirect", grantCode, 302, "text/html", html, KindNotAmazon},
		{"permanent redirect", grantRefresh, 308, "", "", KindNotAmazon},
		{"400 page", grantRefresh, 400, "text/html", html, KindNotAmazon},
		{"403 page", grantCode, 403, "text/html", html, KindNotAmazon},
		{"404 page", grantRefresh, 404, "text/html", html, KindNotAmazon},
		{"405 page", grantRefresh, 405, "text/html", html, KindNotAmazon},
		{"404 without anything", grantRefresh, 404, "", "", KindNotAmazon},
		{"407", grantRefresh, 407, "", "", KindNotAmazon},
		{"511", grantCode, 511, "text/html", html, KindNotAmazon},
		{"blocked by a proxy, in a word", grantRefresh, 403, "text/plain", "Blocked by policy", KindNotAmazon},
		{"403 access_denied", grantRefresh, 403, jsonType, `{"error":"access_denied"}`, KindAccessDenied},
		{"403 bare", grantRefresh, 403, jsonType, "", KindAccessDenied},
		{"401 bare", grantRefresh, 401, jsonType, "", KindClientAuth},
		{"401 unauthorized_client", grantRefresh, 401, jsonType, `{"error":"unauthorized_client"}`, KindClientNotAuthorized},
		{"429 bare", grantCode, 429, "", "", KindThrottled},
		{"429 page", grantCode, 429, "text/html", html, KindThrottled},
		{"throttled by code", grantCode, 400, jsonType, `{"error":"Throttling"}`, KindThrottled},
		{"error in another spelling", grantCode, 400, jsonType, `{"error":"InvalidGrant"}`, KindCode},
		{"error in an object", grantRefresh, 400, jsonType, `{"error":{"code":"invalid_client","message":"no"}}`, KindClientAuth},
		{"error in a list", grantRefresh, 400, jsonType, `{"errors":[{"code":"invalid_scope"}]}`, KindScope},
		{"500 as 400", grantRefresh, 400, jsonType, `{"error":"server_error"}`, KindServer},
		{"503 as 400", grantRefresh, 400, jsonType, `{"error":"temporarily_unavailable"}`, KindUnavailable},
		{"XML", grantRefresh, 400, "text/xml", `<?xml version="1.0"?><AccessDeniedException/>`, KindRefused},

		{"code wins over the grant", grantRefresh, 400, jsonType, fmt.Sprintf(grantSet, "invalid grant parameter : code"), KindCode},
		{"the parameter wins over the grant", grantCode, 400, jsonType, fmt.Sprintf(grantSet, "Invalid parameter: refresh_token"), KindRefreshToken},
		{"the sentence of the RFC", grantRefresh, 400, jsonType, fmt.Sprintf(grantSet, "The provided authorization grant (e.g., authorization code) or refresh token is invalid, expired, revoked, does not match the redirection URI"), KindRefreshToken},
		{"revoked, shortly", grantRefresh, 400, jsonType, fmt.Sprintf(grantSet, "Token has been revoked"), KindRevoked},
		{"expired after a year", grantRefresh, 400, jsonType, fmt.Sprintf(grantSet, "The refresh token has expired"), KindRevoked},
		{"a code is never revoked access", grantCode, 400, jsonType, fmt.Sprintf(grantSet, "invalid grant parameter : code. User may have revoked or didn't grant the permission."), KindCode},
		{"invalid_grant, grantless", grantCredentials, 400, jsonType, `{"error":"invalid_grant"}`, KindRefused},
		{"missing code", grantCode, 400, jsonType, fmt.Sprintf(reqSet, "The request is missing a required parameter : code"), KindMissingParameter},
		{"missing refresh token", grantRefresh, 400, jsonType, fmt.Sprintf(reqSet, "The request is missing a required parameter : refresh_token"), KindMissingParameter},
		{"mangled refresh token", grantRefresh, 400, jsonType, fmt.Sprintf(reqSet, "The request has an invalid parameter : refresh_token"), KindRefreshToken},
		{"mangled client ID", grantRefresh, 400, jsonType, fmt.Sprintf(reqSet, "The request has an invalid parameter : client_id"), KindClientAuth},
		{"mangled grant type", grantRefresh, 400, jsonType, fmt.Sprintf(reqSet, "The request has an invalid parameter : grant_type"), KindUnsupportedGrant},
		{"secret expired", grantRefresh, 401, jsonType, `{"error":"invalid_client","error_description":"The client secret has expired"}`, KindSecretExpired},

		{"cut off", grantRefresh, 200, jsonType, `{"access_token":"Atza|EXAM`, KindUnparseable},
		{"a list", grantRefresh, 200, jsonType, `[1]`, KindMalformedSuccess},
		{"null", grantRefresh, 200, jsonType, `null`, KindIncomplete},
		{"an empty object", grantCredentials, 200, jsonType, `{}`, KindIncomplete},
		{"a token with a line break", grantRefresh, 200, jsonType, `{"access_token":"Atza|a\nb"}`, KindMalformedSuccess},
		{"a list for a refresh token", grantCode, 200, jsonType, `{"access_token":"Atza|x","refresh_token":[]}`, KindMalformedSuccess},
		{"no content", grantCode, 204, "", "", KindUnparseable},
		{"too much", grantCode, 200, jsonType, `{"x":"` + strings.Repeat("x", maxBody) + `"}`, KindUnparseable},
		{"a page that is too much", grantCode, 200, jsonType, html + strings.Repeat("x", maxBody), KindNotAmazon},
		{"very deep", grantCode, 200, jsonType, `{"a":` + strings.Repeat("[", 100_000), KindUnparseable},

		{"wrong content type", grantRefresh, 200, "text/html", `{"access_token":"Atza|EXAMPLE"}`, ""},
		{"no content type", grantRefresh, 200, "", `{"access_token":"Atza|EXAMPLE"}`, ""},
		{"text/plain, which oauth2 reads as a form", grantRefresh, 200, "text/plain", `{"access_token":"Atza|EXAMPLE"}`, ""},
		{"a form", grantRefresh, 200, "application/x-www-form-urlencoded", `access_token=Atza%7CEXAMPLE&expires_in=3600`, ""},
		{"byte order mark", grantRefresh, 200, jsonType, "\xef\xbb\xbf {\"access_token\":\"Atza|EXAMPLE\"}\r\n", ""},
		{"something after it", grantRefresh, 200, jsonType, `{"access_token":"Atza|EXAMPLE"}<!-- -->`, ""},
		{"201", grantRefresh, 201, jsonType, `{"access_token":"Atza|EXAMPLE"}`, ""},
		{"extra fields", grantRefresh, 200, jsonType, `{"code":"x","message":"y","error":null,"access_token":"Atza|EXAMPLE","z":{"a":[1]}}`, ""},
		{"a refresh token of a wrong type on refresh", grantRefresh, 200, jsonType, `{"access_token":"Atza|EXAMPLE","refresh_token":1}`, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			q := fakeRequest(tc.grant)
			a := Response{Status: tc.status, Header: http.Header{"Content-Type": {tc.ctype}}}
			a.Body, a.TooLong, _ = readBounded(strings.NewReader(tc.body))
			token, e := readToken(q, a, time.Now())
			if tc.want == "" {
				if e != nil || token.Access.Reveal() != "Atza|EXAMPLE" {
					t.Fatalf("got %v, %q", e, token.Access.Reveal())
				}
				if tc.grant == grantRefresh && !token.Refresh.Equal(q.given) {
					t.Error("the old refresh token was lost")
				}
				return
			}
			if e == nil || e.Kind != tc.want {
				t.Fatalf("got %v, want %s", e, tc.want)
			}
		})
	}
}

// TestNothingIsThrownAway: whatever tokens arrived are handed over, with the
// error that says what is missing.
func TestNothingIsThrownAway(t *testing.T) {
	for _, tc := range []struct {
		name, body, access, refresh string
		want                        Kind
	}{
		{"no refresh token", `{"access_token":"Atza|A"}`, "Atza|A", "", KindIncomplete},
		{"no access token", `{"refresh_token":"Atzr|R"}`, "", "Atzr|R", KindIncomplete},
		{"cut after the refresh token", `{"refresh_token":"Atzr|R","access_token":"Atza|A`, "", "Atzr|R", KindUnparseable},
		{"cut after both", `{"access_token":"Atza|A","refresh_token":"Atzr|R","expires_in":36`, "Atza|A", "Atzr|R", KindUnparseable},
		{"too much after both", `{"access_token":"Atza|A","refresh_token":"Atzr|R","x":"` + strings.Repeat("x", maxBody), "Atza|A", "Atzr|R", KindUnparseable},
		{"an error beside them", `{"access_token":"Atza|A","refresh_token":"Atzr|R","error":"server_error"}`, "Atza|A", "Atzr|R", KindServer},
		{"an access token of a wrong type", `{"access_token":1,"refresh_token":"Atzr|R"}`, "", "Atzr|R", KindMalformedSuccess},
		{"an odd lifetime", `{"access_token":"Atza|A","refresh_token":"Atzr|R","expires_in":{}}`, "Atza|A", "Atzr|R", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, w := wired(says(200, "application/json", tc.body))
			token, e := fakeRequest(grantCode).put(t, c)
			if token.Access.Reveal() != tc.access || token.Refresh.Reveal() != tc.refresh {
				t.Errorf("access %q, refresh %q", token.Access.Reveal(), token.Refresh.Reveal())
			}
			if (e == nil) != (tc.want == "") || e != nil && e.Kind != tc.want {
				t.Errorf("got %v, want %q", e, tc.want)
			}
			if len(w.seen) != 1 {
				t.Errorf("%d requests", len(w.seen))
			}
		})
	}
}

func TestLifetime(t *testing.T) {
	for raw, want := range map[string]time.Duration{
		`3600`: time.Hour, `"3600"`: time.Hour, `86400`: 24 * time.Hour, `3600.0`: time.Hour, `3.6e3`: time.Hour,
		`1`: time.Second, `" 60 "`: time.Minute, `999999999999`: longestLife, `1e300`: longestLife,
		``: time.Hour, `null`: time.Hour, `0`: time.Hour, `-5`: time.Hour, `true`: time.Hour, `{}`: time.Hour,
		`[3600]`: time.Hour, `"soon"`: time.Hour, `""`: time.Hour, `"NaN"`: time.Hour, `"Inf"`: time.Hour, `"-Inf"`: time.Hour,
	} {
		if got := lifetime(json.RawMessage(raw)); got != want {
			t.Errorf("%s: %v, want %v", raw, got, want)
		}
	}
}

func TestRetryAfterHeader(t *testing.T) {
	now := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	date := func(d time.Duration) string { return now.Add(d).Format(http.TimeFormat) }
	for _, tc := range []struct {
		value, date string
		want        time.Duration
	}{
		{"", "", 0},
		{"3", "", 3 * time.Second},
		{" 3 ", "", 3 * time.Second},
		{"0", "", 0},
		{"-1", "", 0},
		{"soon", "", 0},
		{"0.5", "", 500 * time.Millisecond},
		{"99999999999999", "", 24 * time.Hour},
		{"NaN", "", 0},
		{"Inf", "", 24 * time.Hour},
		{date(7 * time.Second), "", 7 * time.Second},
		{date(-time.Hour), "", 0},
		// A clock that is a day ahead does not make the pause vanish.
		{date(-24*time.Hour + 7*time.Second), date(-24 * time.Hour), 7 * time.Second},
	} {
		h := http.Header{"Retry-After": {tc.value}}
		if tc.date != "" {
			h.Set("Date", tc.date)
		}
		if got := retryAfter(h, now); got != tc.want {
			t.Errorf("%q at %q: %v, want %v", tc.value, tc.date, got, tc.want)
		}
	}
}

func TestClockSkew(t *testing.T) {
	now := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	for date, want := range map[string]time.Duration{
		"": 0, "yesterday": 0,
		now.Format(http.TimeFormat):                        0,
		now.Add(-50 * time.Second).Format(http.TimeFormat): 0,
		now.Add(-24 * time.Hour).Format(http.TimeFormat):   24 * time.Hour,
		now.Add(24 * time.Hour).Format(http.TimeFormat):    -24 * time.Hour,
	} {
		if got := clockSkew(http.Header{"Date": {date}}, now); got != want {
			t.Errorf("%q: %v, want %v", date, got, want)
		}
	}
}

func TestErrorText(t *testing.T) {
	e := &Error{
		Kind: KindOutcomeUnknown, Cause: KindCode, Status: 400, Code: "invalid_grant", Description: "The request has an invalid grant parameter : code",
		RequestID: "00000000-0000", Request: grantCode, RetryAfter: 61 * time.Second, Skew: time.Hour,
		At: time.Date(2026, 11, 1, 12, 0, 0, 0, time.FixedZone("", 9*3600)),
	}
	if got, want := e.Error(), "amazon: outcome_unknown (code_invalid_or_expired): HTTP 400 invalid_grant, request 00000000-0000"; got != want {
		t.Errorf("got %q", got)
	}
	want := `SellerKey: 1.2.3 dev
Kind: outcome_unknown
Cause: code_invalid_or_expired
Request: authorization_code
HTTP status: 400 Bad Request
Amazon's code: invalid_grant
Amazon's sentence: The request has an invalid grant parameter : code
Amazon's request ID: 00000000-0000
Retry after: 1m1s
Clock ahead by: 1h0m0s
Time: 2026-11-01T03:00:00Z
`
	if got := e.Details("1.2.3\n dev"); got != want {
		t.Errorf("got\n%s", got)
	}
	if got := (&Error{Kind: KindOffline}).Details(""); got != "Kind: offline\n" {
		t.Errorf("got %q", got)
	}
}

// TestSentences: Amazon's sentences stay readable, whatever is echoed in them.
func TestSentences(t *testing.T) {
	a := Response{Status: 400, Header: http.Header{}}
	for in, want := range map[string]string{
		"The request has an invalid grant parameter : refresh_token. User may have revoked or didn't grant the permission.": "",
		"The authorization grant type is not supported by the authorization server":                                         "",
		"Wait 30 seconds (or 5 minutes).":                        "",
		"Bad code " + sentCode + " given":                        "Bad code […] given",
		"Bad code " + strings.ToLower(sentCode[3:14]) + "! no":   "Bad code […] no",
		"Bad " + url.QueryEscape(sentRefresh) + " here":          "Bad […] here",
		"Other token Atza|somebodyelses, Atzr%7CMore":            "Other token […]",
		"Secret\nline\ttwo\x1b[31m red\x00":                      "Secret line two […] red",
		"key 0123456789abcdef0123456789abcdef done":              "key […] done",
		"a@b.example <script>alert</script>":                     "[…]",
		strings.Repeat("word ", 200):                             strings.TrimSpace(strings.Repeat("word ", 60)) + "…",
		"client amzn1.application-oa2-client.0 unknown \u202e x": "client […] unknown x",
	} {
		if want == "" {
			want = in
		}
		e := a.NewError(KindRefused, ErrorResponse{Description: in}, NewSecret(sentCode), NewSecret(sentRefresh), NewSecret(sentSecret))
		if e.Description != want {
			t.Errorf("%q:\ngot  %q\nwant %q", in, e.Description, want)
		}
	}
	for _, in := range []string{sentCode, "error " + sentCode, "Atzr|x", "a b", "x\ny", strings.Repeat("x", 49), "1234567890", "é"} {
		if e := a.NewError(KindRefused, ErrorResponse{Code: in, RequestID: in + "|"}, NewSecret(sentCode)); e.Code != "" || e.RequestID != "" {
			t.Errorf("%q: code %q, ID %q", in, e.Code, e.RequestID)
		}
	}
	for _, in := range []string{"invalid_grant", "QuotaExceeded", "MD5101", "SPSA2043"} {
		if e := a.NewError(KindRefused, ErrorResponse{Code: in}, NewSecret(sentCode)); e.Code != in {
			t.Errorf("%q became %q", in, e.Code)
		}
	}
	// A passphrase, which no real secret is, does not get through word by word.
	if e := a.NewError(KindRefused, ErrorResponse{Description: "not my cat is fat here"}, NewSecret("my cat is fat")); strings.Contains(e.Description, "cat") {
		t.Errorf("got %q", e.Description)
	}
	a.Header.Set("x-amzn-RequestId", "11111111-2222")
	if e := a.NewError(KindRefused, ErrorResponse{}); e.RequestID != "11111111-2222" {
		t.Errorf("got %q", e.RequestID)
	}
}

// shown is every text that an error or token leaves in the usual places.
func shown(token Token, e *Error) string {
	var log bytes.Buffer
	text := slog.New(slog.NewTextHandler(&log, nil))
	text.Info("t", "token", token)
	js := slog.New(slog.NewJSONHandler(&log, nil))
	js.Info("t", "token", token)
	fmt.Fprintf(&log, "%v %+v %#v %q %x", token, token, token, token, token)
	raw, err := json.Marshal(token)
	fmt.Fprintf(&log, "%s %v", raw, err)
	if e != nil {
		text.Error("t", "err", e, "value", *e)
		js.Error("t", "err", e, "value", *e)
		fmt.Fprintf(&log, "%s %v %+v %#v %s", e.Error(), e, *e, *e, e.Details("1"))
	}
	return log.String()
}

// FuzzAnswer: no answer makes the reader panic, and none brings a secret of the
// request or of the answer into an error, a log line or the details. In the
// body $C, $R and $S stand for the code, the refresh token and the client
// secret that were sent, $A for a token of the answer's own.
func FuzzAnswer(f *testing.F) {
	for _, g := range givenAnswers(f) {
		f.Add(g.Status, g.Type, "", g.Body)
	}
	f.Add(400, "application/json", "$R", `{"error":"$C","error_description":"bad $C $R $S $A","request_id":"$S"}`)
	f.Add(200, "text/plain", "3", `access_token=$A&error_description=$A`)
	f.Add(200, "application/json", "", `{"access_token":"$A","error":"$A","error_description":"no\n$A$A"}`)
	f.Add(200, "application/json", "", `{"access_token":"$A","scope":"x $A","token_type":"$A"}`)
	f.Add(225, "", "", `{"scope":"$A"}`)
	f.Add(503, "text/html", "Wed, 01 Jan 2020 00:00:00 GMT", "<html>$C")
	f.Add(400, "", "$C", `{error:'invalid_grant', error_description:'$C'}`)
	f.Add(200, "", "", "\x1f\x8b\x08")
	const own = "Atza|EXAMPLE-own-access-9876543210"
	values := strings.NewReplacer("$C", sentCode, "$R", sentRefresh, "$S", sentSecret, "$A", own)
	f.Fuzz(func(t *testing.T, status int, ctype, header, body string) {
		a := Response{
			Status: status, At: time.Now(),
			Header: http.Header{"Content-Type": {ctype}, "Retry-After": {header}, "Date": {header}, "X-Amzn-Requestid": {values.Replace(header)}},
		}
		a.Body, a.TooLong, _ = readBounded(strings.NewReader(values.Replace(body)))
		if bytes.HasPrefix(a.Body, []byte{0x1f, 0x8b}) {
			a.unzip()
		}
		for _, grant := range []string{grantCode, grantRefresh, grantCredentials} {
			q := fakeRequest(grant)
			q.given = NewSecret(sentCode)
			if grant == grantRefresh {
				q.given = NewSecret(sentRefresh)
			}
			token, e := readToken(q, a, time.Now())
			if e == nil && token.Access.IsEmpty() {
				t.Fatal("a success without a token")
			}
			if e != nil && !slices.Contains(Kinds(), e.Kind) {
				t.Fatalf("unknown kind %q", e.Kind)
			}
			out := strings.ToLower(shown(token, e))
			for _, secret := range []string{q.given.Reveal(), sentSecret, own} {
				if strings.Contains(out, strings.ToLower(secret)) || strings.Contains(out, strings.ToLower(secret[12:])) {
					t.Fatalf("a secret shows in %s", out)
				}
			}
		}
	})
}

func BenchmarkAnswer(b *testing.B) {
	for name, body := range map[string]string{
		"success": `{"access_token":"Atza|` + strings.Repeat("EXAMPLE", 60) + `","refresh_token":"Atzr|` + strings.Repeat("EXAMPLE", 60) + `","token_type":"bearer","expires_in":3600}`,
		"refusal": `{"error_description":"The request has an invalid grant parameter : code","error":"invalid_grant","request_id":"00000000-0000-0000-0000-000000000000"}`,
		"page":    "<html>" + strings.Repeat("<p>Please accept the terms.</p>", 2000),
	} {
		b.Run(name, func(b *testing.B) {
			q := fakeRequest(grantCode)
			a := Response{Status: 200, Header: http.Header{}, Body: []byte(body)}
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				readToken(q, a, time.Time{})
			}
		})
		// What encoding/json alone takes for the same answer.
		b.Run(name+", json alone", func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				var fields struct {
					AccessToken  string `json:"access_token"`
					RefreshToken string `json:"refresh_token"`
					Error        string `json:"error"`
				}
				_ = json.Unmarshal([]byte(body), &fields)
			}
		})
	}
}
