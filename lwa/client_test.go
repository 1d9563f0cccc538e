package lwa

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	manual "github.com/sellerkey/sellerkey/internal/docs"
)

const (
	jsonType  = "application/json"
	goodBody  = `{"access_token":"Atza|EXAMPLE","refresh_token":"Atzr|EXAMPLE-new","token_type":"bearer","expires_in":3600}`
	usedBody  = `{"error":"invalid_grant","error_description":"The request has an invalid grant parameter : code"}`
	wrongBody = `{"error":"invalid_client","error_description":"Client authentication failed"}`
)

type answer = func(*http.Request) (*http.Response, error)

func fails(err error) answer {
	return func(*http.Request) (*http.Response, error) { return nil, err }
}

// breaks answers with status 200 and a body that ends in an error.
func breaks(body string, err error) answer {
	return func(req *http.Request) (*http.Response, error) {
		r := io.MultiReader(strings.NewReader(body), &failing{err})
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(r), Request: req}, nil
	}
}

type failing struct{ err error }

func (f *failing) Read([]byte) (int, error) { return 0, f.err }

// hangs answers when the request is given up.
func hangs(req *http.Request) (*http.Response, error) {
	<-req.Context().Done()
	return nil, req.Context().Err()
}

var (
	good        = says(200, jsonType, goodBody)
	used        = says(400, jsonType, usedBody)
	wrong       = says(401, jsonType, wrongBody)
	down        = says(503, jsonType, `{"error":"temporarily_unavailable"}`)
	broken      = says(500, jsonType, `{"error":"server_error"}`)
	gateway     = says(504, "text/html", "<html><title>504 Gateway Time-out</title></html>")
	often       = says(429, "", "")
	portal      = says(200, "text/html", "<html>Sign in</html>")
	reset       = fails(&net.OpError{Op: "read", Net: "tcp", Err: os.NewSyscallError("read", syscall.ECONNRESET)})
	refused     = fails(&net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)})
	noName      = fails(&net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: "api.amazon.com", IsNotFound: true}})
	closedEarly = fails(io.EOF)
)

// TestExchangeIsNeverCareless: what is sent how often, and what is said, for
// every course that an exchange can take.
func TestExchangeIsNeverCareless(t *testing.T) {
	courses := []struct {
		name      string
		answers   []answer
		requests  int
		kind      Kind
		cause     Kind
		uncertain bool
	}{
		{"success", []answer{good}, 1, "", "", false},
		{"used", []answer{used, good}, 1, KindCode, "", false},
		{"wrong secret", []answer{wrong, good}, 1, KindClientAuth, "", false},
		{"too often", []answer{often, good}, 1, KindThrottled, "", false},
		{"no name", []answer{noName, good}, 1, KindOffline, "", false},
		{"refused", []answer{refused, good}, 1, KindConnection, "", false},
		{"portal", []answer{portal, good}, 1, KindNotAmazon, "", false},
		{"empty", []answer{says(200, jsonType, ""), good}, 1, KindUnparseable, "", true},
		{"cut off", []answer{says(200, jsonType, `{"access_t`), good}, 1, KindUnparseable, "", true},
		{"408 is a 4xx", []answer{says(408, "", ""), good}, 1, KindTimeout, "", false},

		{"503, then success", []answer{down, good}, 2, "", "", false},
		{"reset, then success", []answer{reset, good}, 2, "", "", false},
		{"closed, then success", []answer{closedEarly, good}, 2, "", "", false},
		{"slow, then success", []answer{hangs, good}, 2, "", "", false},
		{"broke off, then success", []answer{breaks(`{"acc`, io.ErrUnexpectedEOF), good}, 2, "", "", false},
		{"broke off after the end", []answer{breaks(goodBody, io.ErrUnexpectedEOF)}, 1, "", "", false},
		{"broke off with a token in hand", []answer{breaks(goodBody[:len(goodBody)-5], io.ErrUnexpectedEOF), good}, 1, KindUnparseable, "", true},

		{"503 twice", []answer{down}, 2, KindUnavailable, "", true},
		{"500 twice", []answer{broken}, 2, KindServer, "", true},
		{"504 twice", []answer{gateway}, 2, KindServer, "", true},
		{"503, then 500", []answer{down, broken}, 2, KindServer, "", true},
		{"503, then not reached", []answer{down, refused}, 2, KindUnavailable, "", true},
		{"503, then too often", []answer{down, often}, 2, KindThrottled, "", true},
		{"503, then a portal", []answer{down, portal}, 2, KindNotAmazon, "", true},
		{"503, then wrong secret", []answer{down, wrong}, 2, KindClientAuth, "", false},
		{"503, then used", []answer{down, used}, 2, KindOutcomeUnknown, KindCode, true},
		{"503, then reset", []answer{down, reset}, 2, KindOutcomeUnknown, KindConnection, true},
		{"503, then cut off", []answer{down, says(200, jsonType, "{")}, 2, KindUnparseable, "", true},

		{"slow twice", []answer{hangs}, 2, KindOutcomeUnknown, KindTimeout, true},
		{"reset twice", []answer{reset}, 2, KindOutcomeUnknown, KindConnection, true},
		{"reset, then used", []answer{reset, used}, 2, KindOutcomeUnknown, KindCode, true},
		{"reset, then wrong secret", []answer{reset, wrong}, 2, KindClientAuth, "", false},
		{"reset, then no name", []answer{reset, noName}, 2, KindOutcomeUnknown, KindConnection, true},
		{"slow, then 503", []answer{hangs, down}, 2, KindOutcomeUnknown, KindUnavailable, true},
		{"slow, then too often", []answer{hangs, often}, 2, KindOutcomeUnknown, KindThrottled, true},
		{"slow, then a portal", []answer{hangs, portal}, 2, KindOutcomeUnknown, KindNotAmazon, true},
		{"503 for a long time", []answer{says(503, "", "", "Retry-After", "60")}, 1, KindUnavailable, "", true},
	}
	manual.Says(t, fmt.Sprintf("%d ways an exchange can go", len(courses)))
	for _, tc := range courses {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, w := wired(tc.answers...)
				token, e := fakeRequest(grantCode).put(t, c)
				if len(w.seen) != tc.requests {
					t.Errorf("%d requests, want %d", len(w.seen), tc.requests)
				}
				if tc.kind == "" {
					if e != nil || token.Refresh.Reveal() != "Atzr|EXAMPLE-new" {
						t.Errorf("got %v, %q", e, token.Refresh.Reveal())
					}
					return
				}
				if e == nil || e.Kind != tc.kind || e.Cause != tc.cause || e.Uncertain != tc.uncertain || e.Request != grantCode || e.At.IsZero() {
					t.Errorf("got %+v", e)
				}
			})
		})
	}
}

// TestAskingAgain: refresh and grantless requests are repeated, within reason.
func TestAskingAgain(t *testing.T) {
	pause := func(d string) answer { return says(429, "", "", "Retry-After", d) }
	for _, tc := range []struct {
		name       string
		answers    []answer
		requests   int
		kind       Kind
		atLeast    time.Duration // slept
		retryAfter time.Duration
	}{
		{"success", []answer{good}, 1, "", 0, 0},
		{"third time lucky", []answer{down, often, good}, 3, "", 1500 * time.Millisecond, 0},
		{"down", []answer{down}, 3, KindUnavailable, 1500 * time.Millisecond, 0},
		{"gateway", []answer{gateway}, 3, KindServer, 1500 * time.Millisecond, 0},
		{"reset", []answer{reset}, 3, KindConnection, 1500 * time.Millisecond, 0},
		{"broke off", []answer{breaks("{", io.ErrUnexpectedEOF)}, 3, KindConnection, 1500 * time.Millisecond, 0},
		{"broke off with an access token", []answer{breaks(`{"access_token":"Atza|A","x`, io.ErrUnexpectedEOF), good}, 2, "", 500 * time.Millisecond, 0},
		{"broke off with a refresh token", []answer{breaks(`{"refresh_token":"Atzr|R","x`, io.ErrUnexpectedEOF), good}, 1, KindUnparseable, 0, 0},
		{"empty", []answer{says(200, "", "")}, 3, KindUnparseable, 1500 * time.Millisecond, 0},
		{"slow", []answer{hangs}, 3, KindTimeout, 60 * time.Second, 0},
		{"refused", []answer{refused}, 1, KindConnection, 0, 0},
		{"no name", []answer{noName}, 1, KindOffline, 0, 0},
		{"cut off", []answer{says(200, "", "{")}, 1, KindUnparseable, 0, 0},
		{"used", []answer{used}, 1, KindCode, 0, 0},
		{"Retry-After is honoured", []answer{pause("3"), pause("4"), good}, 3, "", 7 * time.Second, 0},
		{"ten seconds are waited for", []answer{pause("10"), good}, 2, "", 10 * time.Second, 0},
		{"eleven are not", []answer{pause("11"), good}, 1, KindThrottled, 0, 11 * time.Second},
		{"Retry-After at last", []answer{pause("1")}, 3, KindThrottled, 2 * time.Second, time.Second},
	} {
		for _, grant := range []string{grantRefresh, grantCredentials} {
			t.Run(tc.name+"/"+string(grant), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					c, w := wired(tc.answers...)
					start := time.Now()
					_, e := fakeRequest(grant).put(t, c)
					if len(w.seen) != tc.requests {
						t.Errorf("%d requests, want %d", len(w.seen), tc.requests)
					}
					// In the bubble nothing but pauses takes time.
					if slept := time.Since(start); slept < tc.atLeast || slept > tc.atLeast*2+callTime/2 {
						t.Errorf("slept %v, want %v", slept, tc.atLeast)
					}
					if (e == nil) != (tc.kind == "") || e != nil && (e.Kind != tc.kind || e.RetryAfter != tc.retryAfter || e.Request != grant) {
						t.Errorf("got %+v", e)
					}
				})
			})
		}
	}
}

// TestCancel: a cancelled call comes back at once, wherever it is.
func TestCancel(t *testing.T) {
	for _, grant := range []string{grantCode, grantRefresh, grantCredentials} {
		for name, tc := range map[string]struct {
			answer    answer
			after     time.Duration
			requests  int
			uncertain bool
		}{
			"before":              {good, 0, 0, false},
			"while waiting":       {hangs, 5 * time.Second, 1, grant == grantCode},
			"in a pause":          {down, 100 * time.Millisecond, 1, grant == grantCode},
			"in the second round": {hangs, attemptTime + 5*time.Second, 2, grant == grantCode},
		} {
			t.Run(string(grant)+"/"+name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					ctx, cancel := context.WithCancel(t.Context())
					defer cancel()
					if tc.after == 0 {
						cancel()
					}
					stop := time.AfterFunc(tc.after, cancel)
					defer stop.Stop()
					c, w := wired(tc.answer)
					start := time.Now()
					var err error
					switch q := fakeRequest(grant); grant {
					case grantCode:
						_, err = c.Exchange(ctx, q.cred, q.given, "")
					case grantRefresh:
						_, err = c.Refresh(ctx, q.cred, q.given)
					default:
						_, err = c.Grantless(ctx, q.cred, q.scope)
					}
					var e *Error
					if !errors.As(err, &e) || e.Kind != KindCanceled || e.Uncertain != tc.uncertain || !errors.Is(err, context.Canceled) {
						t.Errorf("got %+v", e)
					}
					if took := time.Since(start); took != tc.after {
						t.Errorf("took %v, want %v", took, tc.after)
					}
					if len(w.seen) != tc.requests {
						t.Errorf("%d requests", len(w.seen))
					}
				})
			})
		}
	}
}

// TestDeadline: a caller's deadline ends the call with what is known by then.
func TestDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		q := fakeRequest(grantRefresh)
		c, w := wired(hangs)
		_, err := c.Refresh(ctx, q.cred, q.given)
		var e *Error
		if !errors.As(err, &e) || e.Kind != KindTimeout || !errors.Is(err, context.DeadlineExceeded) || len(w.seen) != 1 {
			t.Errorf("got %+v after %d requests", e, len(w.seen))
		}
	})
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		q := fakeRequest(grantCode)
		c, w := wired(hangs)
		_, err := c.Exchange(ctx, q.cred, q.given, "")
		var e *Error
		if !errors.As(err, &e) || e.Kind != KindOutcomeUnknown || e.Cause != KindTimeout || !errors.Is(err, context.DeadlineExceeded) || len(w.seen) != 1 {
			t.Errorf("got %+v after %d requests", e, len(w.seen))
		}
	})
	synctest.Test(t, func(t *testing.T) {
		// No pause is begun that the deadline would cut short.
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		start := time.Now()
		q := fakeRequest(grantRefresh)
		c, _ := wired(says(503, "", "", "Retry-After", "5"))
		_, err := c.Refresh(ctx, q.cred, q.given)
		var e *Error
		if !errors.As(err, &e) || e.Kind != KindUnavailable || time.Since(start) != 0 {
			t.Errorf("got %+v after %v", e, time.Since(start))
		}
	})
}

// TestRequests: exactly the documented fields are sent, in the body.
func TestRequests(t *testing.T) {
	id, secret := fakeRequest(grantCode).cred.ClientID, sentSecret
	withRedirect := fakeRequest(grantCode)
	withRedirect.redirectURI = "https://seller.example/back?a=b"
	for _, tc := range []struct {
		q    tokenRequest
		want url.Values
	}{
		{fakeRequest(grantCode), url.Values{"grant_type": {"authorization_code"}, "code": {sentCode}, "client_id": {id}, "client_secret": {secret}}},
		{withRedirect, url.Values{"grant_type": {"authorization_code"}, "code": {sentCode}, "client_id": {id}, "client_secret": {secret}, "redirect_uri": {withRedirect.redirectURI}}},
		{fakeRequest(grantRefresh), url.Values{"grant_type": {"refresh_token"}, "refresh_token": {sentRefresh}, "client_id": {id}, "client_secret": {secret}}},
		{fakeRequest(grantCredentials), url.Values{"grant_type": {"client_credentials"}, "scope": {Scopes()[0].Value}, "client_id": {id}, "client_secret": {secret}}},
	} {
		c, w := wired(func(req *http.Request) (*http.Response, error) {
			if req.Method != http.MethodPost || req.URL.String() != TokenURL || req.GetBody != nil {
				t.Errorf("%s %s", req.Method, req.URL)
			}
			return good(req)
		})
		if _, e := tc.q.put(t, c); e != nil {
			t.Fatal(e)
		}
		if len(w.seen) != 1 || !maps.EqualFunc(w.seen[0], tc.want, slices.Equal) {
			t.Errorf("sent %v, want %v", w.seen, tc.want)
		}
		h := w.headers[0]
		if h.Get("Authorization") != "" || h.Get("Accept") != jsonType || h.Get("Content-Type") != "application/x-www-form-urlencoded;charset=UTF-8" {
			t.Errorf("headers %v", h)
		}
	}
}

// TestHoles: a request with an empty field is not sent.
func TestHoles(t *testing.T) {
	for _, grant := range []string{grantCode, grantRefresh, grantCredentials} {
		for name, hole := range map[string]func(*tokenRequest){
			"client_id":     func(q *tokenRequest) { q.cred.ClientID = "" },
			"client_secret": func(q *tokenRequest) { q.cred.ClientSecret = Secret{} },
			map[string]string{grantCode: "code", grantRefresh: "refresh_token", grantCredentials: "scope"}[grant]: func(q *tokenRequest) { q.given, q.scope = Secret{}, "" },
		} {
			q := fakeRequest(grant)
			hole(&q)
			c, w := wired(good)
			if _, e := q.put(t, c); e == nil || e.Kind != KindMissingParameter || e.Parameter != name || len(w.seen) != 0 {
				t.Errorf("%s without %s: %+v", grant, name, e)
			}
		}
	}
	if _, e := fakeRequest(grantRefresh).put(t, &Client{TokenURL: "://nowhere"}); e == nil || e.Kind != KindMalformedRequest {
		t.Errorf("a bad address: %+v", e)
	}
}

// TestRefreshToken: which refresh token is the one to keep.
func TestRefreshToken(t *testing.T) {
	for body, want := range map[string]string{
		`{"access_token":"Atza|A"}`:                                         sentRefresh,
		`{"access_token":"Atza|A","refresh_token":null}`:                    sentRefresh,
		`{"access_token":"Atza|A","refresh_token":""}`:                      sentRefresh,
		`{"access_token":"Atza|A","refresh_token":"` + sentRefresh + `"}`:   sentRefresh,
		`{"access_token":"Atza|A","refresh_token":"Atzr|EXAMPLE-replaced"}`: "Atzr|EXAMPLE-replaced",
	} {
		c, _ := wired(says(200, jsonType, body))
		token, e := fakeRequest(grantRefresh).put(t, c)
		if e != nil || token.Refresh.Reveal() != want {
			t.Errorf("%s: %v, %q", body, e, token.Refresh.Reveal())
		}
	}
}

// TestExpiryIsWallClock: time that passes in sleep counts, and the time that
// the answer took does not.
func TestExpiryIsWallClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		c, _ := wired(func(req *http.Request) (*http.Response, error) {
			time.Sleep(3 * time.Second)
			return says(200, jsonType, goodBody, "Date", time.Now().Add(-24*time.Hour).Format(http.TimeFormat))(req)
		})
		token, e := fakeRequest(grantRefresh).put(t, c)
		if e != nil || !token.Expiry.Equal(start.Add(time.Hour)) || token.Expiry != token.Expiry.Round(0) {
			t.Errorf("%v, %v", e, token.Expiry)
		}
		if token.Skew.Round(time.Hour) != 24*time.Hour {
			t.Errorf("skew %v", token.Skew)
		}
	})
}

// TestCallersClient: the client that the caller hands in stays as it is.
func TestCallersClient(t *testing.T) {
	transport := &http.Transport{}
	hc := &http.Client{Transport: transport, Timeout: time.Minute}
	got, rec := record(hc, nil)
	under, ok := rec.base.(*http.Transport)
	if !ok || under == transport || !under.DisableKeepAlives || transport.DisableKeepAlives || hc.CheckRedirect != nil || hc.Transport != http.RoundTripper(transport) || hc.Timeout != time.Minute {
		t.Errorf("%+v", got)
	}
	if err := got.CheckRedirect(nil, nil); !errors.Is(err, http.ErrUseLastResponse) {
		t.Error("follows redirects")
	}
	ctx, cancel := attempt(t.Context(), &http.Client{Timeout: time.Second})
	defer cancel()
	if end, ok := ctx.Deadline(); !ok || time.Until(end) > time.Second {
		t.Error("the caller's time-out is not kept")
	}
	_, rec = record(nil, nil)
	under, ok = rec.base.(*http.Transport)
	if !ok || !under.DisableKeepAlives || under.TLSHandshakeTimeout == 0 || under.ResponseHeaderTimeout == 0 || under.Proxy == nil || under.TLSClientConfig.MinVersion != tls.VersionTLS12 {
		t.Error("no time-outs")
	}
}

func TestTransportKind(t *testing.T) {
	for _, tc := range []struct {
		err  error
		want Kind
	}{
		{context.Canceled, KindCanceled},
		{context.DeadlineExceeded, KindTimeout},
		{os.ErrDeadlineExceeded, KindTimeout},
		{&url.Error{Op: "Post", URL: TokenURL, Err: fmt.Errorf("net/http: %w", context.DeadlineExceeded)}, KindTimeout},
		{&net.DNSError{Err: "i/o timeout", IsTimeout: true}, KindOffline},
		{&net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ENETUNREACH)}, KindOffline},
		{&net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.EHOSTUNREACH)}, KindOffline},
		{&net.OpError{Op: "dial", Err: os.NewSyscallError("connectex", syscall.Errno(10051))}, KindOffline},
		{&net.OpError{Op: "dial", Err: os.NewSyscallError("connectex", syscall.Errno(10061))}, KindConnection},
		{&net.OpError{Op: "read", Err: os.NewSyscallError("read", syscall.ECONNRESET)}, KindConnection},
		{io.EOF, KindConnection},
		{io.ErrUnexpectedEOF, KindConnection},
		{errors.New("anything"), KindConnection},
		{&proxyError{407}, KindNotAmazon},
		{http.ErrSchemeMismatch, KindNotAmazon},
		{tls.RecordHeaderError{}, KindNotAmazon},
		{tls.AlertError(40), KindTLS},
		{errors.New("tls: server selected unsupported protocol version 301"), KindTLS},
		{&tls.CertificateVerificationError{Err: errors.New("x509: something of macOS")}, KindTLS},
	} {
		if got := transportKind(tc.err, "api.amazon.com"); got != tc.want {
			t.Errorf("%v: %s, want %s", tc.err, got, tc.want)
		}
	}
}
