package spapi

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/lwa"
)

const fakeToken = "Atza|EXAMPLE-access-0123456789"

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// call makes the call against one answer and counts the requests.
func call(t testing.TB, status int, contentType, body string, header http.Header) (list []Participation, e *lwa.Error, requests int) {
	t.Helper()
	c := &Client{HTTP: &http.Client{Transport: transport(func(req *http.Request) (*http.Response, error) {
		requests++
		if header == nil {
			header = http.Header{}
		}
		header.Set("Content-Type", contentType)
		return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(body)), Request: req}, nil
	})}}
	list, err := c.MarketplaceParticipations(t.Context(), lwa.Endpoint{Region: lwa.FarEast}, lwa.NewSecret(fakeToken))
	if err != nil && !errors.As(err, &e) {
		t.Fatalf("not an *lwa.Error: %T", err)
	}
	return list, e, requests
}

// TestGivenAnswers reads the rows of the shared file that are this call's.
func TestGivenAnswers(t *testing.T) {
	raw, err := os.ReadFile("../../lwa/testdata/answers.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []struct {
		Name, Type, Body string
		Grant            string
		Status           int
		Kind             lwa.Kind
		Actor            lwa.Actor
		Retry            string
	}
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, g := range all {
		if g.Grant != Request {
			continue
		}
		found++
		t.Run(g.Name, func(t *testing.T) {
			_, e, requests := call(t, g.Status, g.Type, g.Body, nil)
			if e == nil || e.Kind != g.Kind || e.Kind.Actor() != g.Actor || e.Request != Request {
				t.Errorf("got %v, want %s", e, g.Kind)
			}
			if requests != 1 {
				t.Errorf("%d requests", requests)
			}
		})
	}
	if found == 0 {
		t.Error("no rows")
	}
}

func TestRefusals(t *testing.T) {
	const jsonType = "application/json"
	one := func(code, message, details string) string {
		raw, err := json.Marshal(map[string]any{"errors": []any{map[string]string{"code": code, "message": message, "details": details}}})
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	const denied = "Access to requested resource is denied."
	for _, tc := range []struct {
		name   string
		status int
		ctype  string
		body   string
		want   lwa.Kind
	}{
		{"role missing", 403, jsonType, one("Unauthorized", denied, ""), lwa.KindForbidden},
		{"role missing, null details", 403, jsonType, `{"errors":[{"code":"Unauthorized","message":"Access to requested resource is denied.","details":null}]}`, lwa.KindForbidden},
		{"secret expired", 403, jsonType, one("Unauthorized", denied, "The LWA secret token you provided has expired."), lwa.KindSecretExpired},
		{"access token expired", 401, jsonType, one("Unauthorized", denied, "The access token you provided has expired."), lwa.KindAccessTokenExpired},
		{"no token sent", 403, jsonType, one("MissingAuthenticationToken", "Missing Authentication Token", ""), lwa.KindHeaderMissing},
		{"gateway's refusal", 403, jsonType, `{"message":"Forbidden"}`, lwa.KindForbidden},
		{"403 bare", 403, "", "", lwa.KindForbidden},
		{"401 bare", 401, "", "", lwa.KindAccessTokenBad},
		{"proxy's note", 403, "text/plain", "Blocked by policy", lwa.KindNotAmazon},
		{"403 page", 403, "text/html", "<html></html>", lwa.KindNotAmazon},
		{"404 page", 404, "text/html", "<html></html>", lwa.KindNotAmazon},
		{"404 bare", 404, "", "", lwa.KindNotAmazon},
		{"404", 404, jsonType, one("NotFound", "Resource not found", ""), lwa.KindRefused},
		{"400", 400, jsonType, one("InvalidInput", "Request has missing or invalid parameters and cannot be parsed.", ""), lwa.KindRefused},
		{"413", 413, jsonType, one("RequestTooLarge", "", ""), lwa.KindMalformedRequest},
		{"quota, whatever the status", 403, jsonType, one("QuotaExceeded", "You exceeded your quota for the requested resource.", ""), lwa.KindThrottled},
		{"429 bare", 429, "", "", lwa.KindThrottled},
		{"500", 500, jsonType, one("InternalFailure", "We encountered an internal error. Please try again.", ""), lwa.KindServer},
		{"503", 503, jsonType, one("ServiceUnavailable", "Service is temporarily unavailable.", ""), lwa.KindUnavailable},
		{"502 page", 502, "text/html", "<html></html>", lwa.KindServer},
		{"302", 302, "text/html", "", lwa.KindNotAmazon},
		{"200 with an error", 200, jsonType, one("Unauthorized", denied, ""), lwa.KindForbidden},
		{"captive portal", 200, "text/html", "<html></html>", lwa.KindNotAmazon},
		{"empty", 200, jsonType, "", lwa.KindUnparseable},
		{"cut off", 200, jsonType, `{"payload":[{"marketplace":{"id":"A1`, lwa.KindUnparseable},
		{"no payload", 200, jsonType, `{}`, lwa.KindMalformedSuccess},
		{"another payload", 200, jsonType, `{"payload":{"id":1}}`, lwa.KindMalformedSuccess},
		{"null payload", 200, jsonType, `{"payload":null}`, lwa.KindMalformedSuccess},
		{"a list", 200, jsonType, `[]`, lwa.KindMalformedSuccess},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, e, _ := call(t, tc.status, tc.ctype, tc.body, nil)
			if e == nil || e.Kind != tc.want || e.Status != tc.status || e.At.IsZero() {
				t.Errorf("got %v, want %s", e, tc.want)
			}
		})
	}
}

func TestSuccess(t *testing.T) {
	const body = `{"payload":[
		{"marketplace":{"id":"A1VC38T7YXB528","countryCode":"JP","name":"Amazon.co.jp","defaultCurrencyCode":"JPY","defaultLanguageCode":"ja_JP","domainName":"www.amazon.co.jp","new":1},
		 "storeName":"例の店","participation":{"isParticipating":true,"hasSuspendedListings":false}},
		{"marketplace":{"id":"A39IBJ37TRP1C6","countryCode":"AU","name":"Amazon.com.au"},"storeName":null,"participation":{"isParticipating":false,"hasSuspendedListings":true}}]}`
	want := []Participation{
		{
			MarketplaceID: "A1VC38T7YXB528", CountryCode: "JP", Name: "Amazon.co.jp", CurrencyCode: "JPY", LanguageCode: "ja_JP",
			DomainName: "www.amazon.co.jp", StoreName: "例の店", Participating: true,
		},
		{MarketplaceID: "A39IBJ37TRP1C6", CountryCode: "AU", Name: "Amazon.com.au", HasSuspendedListings: true},
	}
	for _, contentType := range []string{"application/json", "text/html"} {
		got, e, _ := call(t, 200, contentType, body, nil)
		if e != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %v, %+v", e, got)
		}
	}
	if got, e, _ := call(t, 200, "application/json", `{"payload":[]}`, nil); e != nil || len(got) != 0 {
		t.Errorf("an account without marketplaces: %v, %v", e, got)
	}
}

// TestPauses: the caller learns when to come back.
func TestPauses(t *testing.T) {
	for _, tc := range []struct {
		header http.Header
		want   time.Duration
	}{
		{http.Header{"Retry-After": {"5"}, "X-Amzn-Ratelimit-Limit": {"0.016"}}, 5 * time.Second},
		{http.Header{"X-Amzn-Ratelimit-Limit": {"0.016"}}, 63 * time.Second},
		{http.Header{"X-Amzn-Ratelimit-Limit": {"0"}}, 0},
		{http.Header{"X-Amzn-Ratelimit-Limit": {"NaN"}}, 0},
		{http.Header{}, 0},
	} {
		_, e, requests := call(t, 429, "application/json", `{"errors":[{"code":"QuotaExceeded"}]}`, tc.header)
		if e == nil || e.RetryAfter != tc.want || requests != 1 {
			t.Errorf("%v: %+v after %d requests", tc.header, e, requests)
		}
	}
}

func TestRequest(t *testing.T) {
	for _, tc := range []struct {
		base string
		at   lwa.Endpoint
		want string
	}{
		{"", lwa.Endpoint{Region: lwa.NorthAmerica}, "https://sellingpartnerapi-na.amazon.com/sellers/v1/marketplaceParticipations"},
		{"", lwa.Endpoint{Region: lwa.Europe}, "https://sellingpartnerapi-eu.amazon.com/sellers/v1/marketplaceParticipations"},
		{"", lwa.Endpoint{Region: lwa.FarEast}, "https://sellingpartnerapi-fe.amazon.com/sellers/v1/marketplaceParticipations"},
		{"http://127.0.0.1:1/", lwa.Endpoint{Region: lwa.Europe}, "http://127.0.0.1:1/sellers/v1/marketplaceParticipations"},
		{"", lwa.Endpoint{Region: lwa.Europe, Sandbox: true}, "https://sandbox.sellingpartnerapi-eu.amazon.com/sellers/v1/marketplaceParticipations"},
		{"http://127.0.0.1:1/{host}", lwa.Endpoint{Region: lwa.FarEast, Sandbox: true}, "http://127.0.0.1:1/sandbox.sellingpartnerapi-fe.amazon.com/sellers/v1/marketplaceParticipations"},
	} {
		c := &Client{BaseURL: tc.base, Version: "1.2 (x)\n"}
		req, err := c.request(t.Context(), tc.at, lwa.NewSecret(fakeToken))
		if err != nil {
			t.Fatal(err)
		}
		agent := "SellerKey/1.2x (Language=Go; Platform=" + runtime.GOOS + "/" + runtime.GOARCH + ")"
		if req.Method != http.MethodGet || req.URL.String() != tc.want || req.Header.Get("x-amz-access-token") != fakeToken ||
			req.Header.Get("Authorization") != "" || req.Header.Get("User-Agent") != agent || req.Body != nil {
			t.Errorf("%s %s %v", req.Method, req.URL, req.Header)
		}
	}
	for _, tc := range []struct {
		base   string
		region lwa.Region
		token  string
		want   lwa.Kind
	}{
		{"", "", fakeToken, lwa.KindWrongRegion},
		{"", "xx", fakeToken, lwa.KindWrongRegion},
		{"", lwa.Europe, "", lwa.KindMissingParameter},
		{"", lwa.Europe, "Atza|a\nb", lwa.KindAccessTokenBad},
		{"://", lwa.Europe, fakeToken, lwa.KindMalformedRequest},
	} {
		c := &Client{BaseURL: tc.base, HTTP: &http.Client{Transport: transport(func(*http.Request) (*http.Response, error) {
			t.Error("sent")
			return nil, io.EOF
		})}}
		var e *lwa.Error
		_, err := c.MarketplaceParticipations(t.Context(), lwa.Endpoint{Region: tc.region}, lwa.NewSecret(tc.token))
		if !errors.As(err, &e) || e.Kind != tc.want || e.Request != Request {
			t.Errorf("%+v: %v", tc, err)
		}
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := &Client{HTTP: &http.Client{Transport: transport(func(req *http.Request) (*http.Response, error) {
		cancel()
		<-req.Context().Done()
		return nil, req.Context().Err()
	})}}
	var e *lwa.Error
	_, err := c.MarketplaceParticipations(ctx, lwa.Endpoint{Region: lwa.Europe}, lwa.NewSecret(fakeToken))
	if !errors.As(err, &e) || e.Kind != lwa.KindCanceled || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// FuzzRead: no answer makes the reader panic or brings the token into the error.
func FuzzRead(f *testing.F) {
	f.Add(403, "application/json", `{"errors":[{"code":"$A","message":"no $A","details":"$A"}]}`)
	f.Add(200, "application/json", `{"payload":[{"marketplace":{"id":"$A"}}]}`)
	f.Add(429, "text/html", "<html>$A")
	f.Fuzz(func(t *testing.T, status int, contentType, body string) {
		_, e, _ := call(t, status, contentType, strings.ReplaceAll(body, "$A", fakeToken), nil)
		if e == nil {
			return
		}
		if out := e.Error() + e.Details("1"); strings.Contains(out, fakeToken) || strings.Contains(out, fakeToken[12:]) {
			t.Fatalf("the token shows in %s", out)
		}
		if !slices.Contains(lwa.Kinds(), e.Kind) {
			t.Fatalf("unknown kind %q", e.Kind)
		}
	})
}
