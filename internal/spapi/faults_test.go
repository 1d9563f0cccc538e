package spapi_test

import (
	"compress/gzip"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/docs"
	"github.com/sellerkey/sellerkey/internal/spapi"
	"github.com/sellerkey/sellerkey/lwa"
)

const (
	exchange     = "exchange"
	refresh      = "refresh"
	grantless    = "grantless"
	marketplaces = "marketplaces"

	clientSecret = "amzn1.oa2-cs.v1.EXAMPLE0000111122223333"
	theCode      = "CODExEXAMPLExqwertyuiop"
	theRefresh   = "Atzr|EXAMPLE-sent-refresh-0123456789"
	theAccess    = "Atza|EXAMPLE-sent-access-0123456789"

	tokenAnswer = `{"access_token":"Atza|EXAMPLE-new-access","refresh_token":"Atzr|EXAMPLE-new-refresh","token_type":"bearer","expires_in":3600}`
	storeAnswer = `{"payload":[{"marketplace":{"id":"A1VC38T7YXB528","countryCode":"JP"},"storeName":"EXAMPLE","participation":{"isParticipating":true}}]}`
	portalPage  = "<!DOCTYPE html><html><head><title>Guest network</title></head><body>EXAMPLE " + theCode + "</body></html>"
)

// short is the time-out of the slow faults. They never answer, so that no load
// of the machine can change what happens.
const short = 5 * time.Second

// line is a way to something that answers, or does not.
type line struct {
	base     string
	hc       *http.Client
	requests *atomic.Int32
	timeout  time.Duration // of the caller's context
}

// ask makes one of the four calls over the line.
func (l line) ask(t *testing.T, what string) (token lwa.Token, stores int, err error) {
	t.Helper()
	ctx := t.Context()
	if l.timeout != 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, l.timeout)
		defer cancel()
	}
	c := &lwa.Client{TokenURL: l.base + "/auth/o2/token", HTTP: l.hc}
	cred := lwa.Credentials{ClientID: "amzn1.application-oa2-client.EXAMPLE", ClientSecret: lwa.NewSecret(clientSecret)}
	switch what {
	case exchange:
		token, err = c.Exchange(ctx, cred, lwa.NewSecret(theCode), "")
	case refresh:
		token, err = c.Refresh(ctx, cred, lwa.NewSecret(theRefresh))
	case grantless:
		token, err = c.Grantless(ctx, cred, lwa.Scopes()[0].Value)
	default:
		sp := &spapi.Client{BaseURL: l.base, HTTP: l.hc, Version: "test"}
		var list []spapi.Participation
		list, err = sp.MarketplaceParticipations(ctx, lwa.Endpoint{Region: lwa.FarEast}, lwa.NewSecret(theAccess))
		stores = len(list)
	}
	return token, stores, err
}

// serve starts a server on loopback that counts.
func serve(t *testing.T, h http.HandlerFunc) line {
	t.Helper()
	n := new(atomic.Int32)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n.Add(1)
		// Until the body is read, the server does not notice that the client is gone.
		_, _ = io.Copy(io.Discard, r.Body)
		h(w, r)
	}))
	t.Cleanup(s.Close)
	return line{base: s.URL, hc: s.Client(), requests: n}
}

func answers(status int, contentType, body string, headers ...string) func(*testing.T) line {
	return func(t *testing.T) line {
		return serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", contentType)
			for i := 0; i+1 < len(headers); i += 2 {
				w.Header().Set(headers[i], headers[i+1])
			}
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		})
	}
}

// successOf is a good answer to whatever was asked.
func successOf(r *http.Request) string {
	if r.Method == http.MethodGet {
		return storeAnswer
	}
	return tokenAnswer
}

// resets sends part of an answer and then tears the connection down.
func resets(part string) func(*testing.T) line {
	return func(t *testing.T) line {
		return serve(t, func(w http.ResponseWriter, r *http.Request) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			_, _ = conn.Write([]byte(part))
			if tcp, ok := conn.(*net.TCPConn); ok {
				_ = tcp.SetLinger(0) // makes Close send RST
			}
			_ = conn.Close()
		})
	}
}

// slow sends part of an answer and then nothing, until the client gives up.
func slow(part string, byContext bool) func(*testing.T) line {
	return func(t *testing.T) line {
		l := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if part != "" {
				_, _ = w.Write([]byte(part))
				_ = http.NewResponseController(w).Flush()
			}
			<-r.Context().Done()
		})
		if byContext {
			l.timeout = short
		} else {
			l.hc.Timeout = short
		}
		return l
	}
}

// certificate serves HTTPS with a certificate for name, good from and until,
// that the client trusts if it is told to.
func certificate(name string, from, until time.Duration, trusted bool) func(*testing.T) line {
	return func(t *testing.T) line {
		t.Helper()
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		now := time.Now()
		template := &x509.Certificate{
			SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "EXAMPLE"},
			NotBefore: now.Add(from), NotAfter: now.Add(until),
			IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
			ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		}
		if ip := net.ParseIP(name); ip != nil {
			template.IPAddresses = []net.IP{ip}
		} else {
			template.DNSNames = []string{name}
		}
		der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
		if err != nil {
			t.Fatal(err)
		}
		leaf, err := x509.ParseCertificate(der)
		if err != nil {
			t.Fatal(err)
		}
		n := new(atomic.Int32)
		s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			n.Add(1)
			_, _ = w.Write([]byte(successOf(r)))
		}))
		s.Config.ErrorLog = log.New(io.Discard, "", 0)
		s.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
		s.StartTLS()
		t.Cleanup(s.Close)
		pool := x509.NewCertPool()
		if trusted {
			pool.AddCert(leaf)
		}
		return line{base: s.URL, requests: n, hc: &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}}}
	}
}

// nobodyThere is a port that nobody listens at. A free one could be taken by
// another test in the meantime; port 1 is given to nobody.
func nobodyThere(*testing.T) line {
	return line{base: "http://127.0.0.1:1", hc: &http.Client{}, requests: new(atomic.Int32)}
}

func noName(*testing.T) line {
	resolver := &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		return nil, errors.New("network is down")
	}}
	dialer := &net.Dialer{Resolver: resolver}
	return line{
		base: "https://api.amazon.invalid", requests: new(atomic.Int32),
		hc: &http.Client{Transport: &http.Transport{DialContext: dialer.DialContext}},
	}
}

// redirects answers with a redirect to a server that would answer well.
func redirects(status int) func(*testing.T) line {
	return func(t *testing.T) line {
		elsewhere := serve(t, func(w http.ResponseWriter, r *http.Request) {
			t.Error("a redirect was followed")
			_, _ = w.Write([]byte(successOf(r)))
		})
		return serve(t, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.base+r.URL.Path, status)
		})
	}
}

// proxied goes through a proxy that wants a password first.
func proxied(t *testing.T) line {
	l := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusProxyAuthRequired)
		_, _ = w.Write([]byte(portalPage))
	})
	proxy, err := url.Parse(l.base)
	if err != nil {
		t.Fatal(err)
	}
	l.base = "https://api.amazon.invalid"
	l.hc = &http.Client{Transport: &http.Transport{Proxy: http.ProxyURL(proxy)}}
	return l
}

func plainOnHTTPS(t *testing.T) line {
	l := serve(t, func(w http.ResponseWriter, r *http.Request) {})
	l.base = "https" + strings.TrimPrefix(l.base, "http")
	return l
}

func zipped(asked bool) func(*testing.T) line {
	return func(t *testing.T) line {
		l := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if got := r.Header.Get("Accept-Encoding") != ""; got != asked {
				t.Errorf("gzip asked for: %v", got)
			}
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			_, _ = z.Write([]byte(successOf(r)))
			_ = z.Close()
		})
		l.hc = &http.Client{Transport: &http.Transport{DisableCompression: !asked}}
		return l
	}
}

func successAs(contentType, date string) func(*testing.T) line {
	return func(t *testing.T) line {
		return serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", contentType)
			if date != "" {
				w.Header().Set("Date", date)
			}
			_, _ = w.Write([]byte(successOf(r)))
		})
	}
}

func jsonError(code, sentence string) string {
	return fmt.Sprintf(`{"error":%q,"error_description":%q,"request_id":"00000000-0000-0000-0000-000000000000"}`, code, sentence)
}

func spError(code, details string) string {
	return fmt.Sprintf(`{"errors":[{"code":%q,"message":"Access to requested resource is denied.","details":%q}]}`, code, details)
}

// outcome is a kind ("" for success) and how many requests arrived.
type outcome struct {
	kind     lwa.Kind
	requests int32
}

// cell is the outcome in the table of docs/reliability.md.
func (o outcome) cell() string {
	switch o.kind {
	case "-":
		return "–"
	case "":
		return fmt.Sprintf("success · %d", o.requests)
	}
	return fmt.Sprintf("`%s` · %d", o.kind, o.requests)
}

// TestFaults is the fault matrix: what can go wrong on the way or at Amazon's,
// for each of the four calls. Refresh and grantless share a column.
func TestFaults(t *testing.T) {
	const (
		jsonType = "application/json"
		lost     = lwa.KindOutcomeUnknown
		grant    = "The request has an invalid grant parameter : "
	)
	none := outcome{"-", 0} // not a case of this call
	tomorrow := time.Now().Add(24 * time.Hour).UTC().Format(http.TimeFormat)
	yesterday := time.Now().Add(-24 * time.Hour).UTC().Format(http.TimeFormat)
	half := "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"access"
	tenMB := `{"x":"` + strings.Repeat("x", 10<<20) + `"}`

	var all []*running
	var rows []string
	for _, tc := range []struct {
		name                            string
		line                            func(*testing.T) line
		exchange, refresh, marketplaces outcome
	}{
		{"connection refused", nobodyThere, outcome{lwa.KindConnection, 0}, outcome{lwa.KindConnection, 0}, outcome{lwa.KindConnection, 0}},
		{"DNS failure", noName, outcome{lwa.KindOffline, 0}, outcome{lwa.KindOffline, 0}, outcome{lwa.KindOffline, 0}},
		{"closed without an answer", resets(""), outcome{lost, 2}, outcome{lwa.KindConnection, 3}, outcome{lwa.KindConnection, 1}},
		{"reset mid-body", resets(half), outcome{lost, 2}, outcome{lwa.KindConnection, 3}, outcome{lwa.KindConnection, 1}},
		{"slow headers", slow("", false), outcome{lost, 2}, outcome{lwa.KindTimeout, 3}, outcome{lwa.KindTimeout, 1}},
		{"slow headers, caller's deadline", slow("", true), outcome{lost, 1}, outcome{lwa.KindTimeout, 1}, outcome{lwa.KindTimeout, 1}},
		{"slow body", slow(`{"acc`, false), outcome{lost, 2}, outcome{lwa.KindTimeout, 3}, outcome{lwa.KindTimeout, 1}},
		{"slow body, caller's deadline", slow(`{"acc`, true), outcome{lost, 1}, outcome{lwa.KindTimeout, 1}, outcome{lwa.KindTimeout, 1}},

		{"TLS good", certificate("127.0.0.1", -time.Hour, time.Hour, true), outcome{"", 1}, outcome{"", 1}, outcome{"", 1}},
		{"TLS wrong host", certificate("hotel.example", -time.Hour, time.Hour, true), outcome{lwa.KindTLS, 0}, outcome{lwa.KindTLS, 0}, outcome{lwa.KindTLS, 0}},
		{"TLS unknown authority", certificate("127.0.0.1", -time.Hour, time.Hour, false), outcome{lwa.KindTLS, 0}, outcome{lwa.KindTLS, 0}, outcome{lwa.KindTLS, 0}},
		{"TLS expired", certificate("127.0.0.1", -2*time.Hour, -time.Hour, true), outcome{lwa.KindClock, 0}, outcome{lwa.KindClock, 0}, outcome{lwa.KindClock, 0}},
		{"TLS not yet valid", certificate("127.0.0.1", time.Hour, 2*time.Hour, true), outcome{lwa.KindClock, 0}, outcome{lwa.KindClock, 0}, outcome{lwa.KindClock, 0}},
		{"TLS wrong host and expired", certificate("hotel.example", -2*time.Hour, -time.Hour, true), outcome{lwa.KindTLS, 0}, outcome{lwa.KindTLS, 0}, outcome{lwa.KindTLS, 0}},
		{"plain HTTP on the port of HTTPS", plainOnHTTPS, outcome{lwa.KindNotAmazon, 0}, outcome{lwa.KindNotAmazon, 0}, outcome{lwa.KindNotAmazon, 0}},
		{"proxy wants a password", proxied, outcome{lwa.KindNotAmazon, 1}, outcome{lwa.KindNotAmazon, 1}, outcome{lwa.KindNotAmazon, 1}},

		{"captive portal", answers(200, "text/html", portalPage), outcome{lwa.KindNotAmazon, 1}, outcome{lwa.KindNotAmazon, 1}, outcome{lwa.KindNotAmazon, 1}},
		{"301", redirects(301), outcome{lwa.KindNotAmazon, 1}, outcome{lwa.KindNotAmazon, 1}, outcome{lwa.KindNotAmazon, 1}},
		{"302", redirects(302), outcome{lwa.KindNotAmazon, 1}, outcome{lwa.KindNotAmazon, 1}, outcome{lwa.KindNotAmazon, 1}},
		{"307, which would carry the body along", redirects(307), outcome{lwa.KindNotAmazon, 1}, outcome{lwa.KindNotAmazon, 1}, outcome{lwa.KindNotAmazon, 1}},

		{"400 invalid_grant code", answers(400, jsonType, jsonError("invalid_grant", grant+"code")), outcome{lwa.KindCode, 1}, none, none},
		{"400 invalid_request code", answers(400, jsonType, jsonError("invalid_request", "The request has an invalid parameter : code")), outcome{lwa.KindCodeMalformed, 1}, none, none},
		{"400 invalid_grant refresh_token", answers(400, jsonType, jsonError("invalid_grant", grant+"refresh_token")), none, outcome{lwa.KindRefreshToken, 1}, none},
		{"400 revoked", answers(400, jsonType, jsonError("invalid_grant", grant+"refresh_token. User may have revoked or didn't grant the permission.")), none, outcome{lwa.KindRevoked, 1}, none},
		{"400 unauthorized_client", answers(400, jsonType, jsonError("unauthorized_client", "Not authorized for requested operation")), outcome{lwa.KindClientNotAuthorized, 1}, outcome{lwa.KindClientNotAuthorized, 1}, none},
		{"400 missing parameter", answers(400, jsonType, jsonError("invalid_request", "The request is missing a required parameter : code")), outcome{lwa.KindMissingParameter, 1}, outcome{lwa.KindMissingParameter, 1}, none},
		{"400 malformed", answers(400, jsonType, jsonError("invalid_request", "Malformed request")), outcome{lwa.KindMalformedRequest, 1}, outcome{lwa.KindMalformedRequest, 1}, none},
		{"400 unsupported_grant_type", answers(400, jsonType, jsonError("unsupported_grant_type", "")), outcome{lwa.KindUnsupportedGrant, 1}, outcome{lwa.KindUnsupportedGrant, 1}, none},
		{"400 invalid_scope", answers(400, jsonType, jsonError("invalid_scope", "The request has an invalid parameter : scope")), outcome{lwa.KindScope, 1}, outcome{lwa.KindScope, 1}, none},
		{"400 something else", answers(400, jsonType, jsonError("other_error", "OtherError")), outcome{lwa.KindRefused, 1}, outcome{lwa.KindRefused, 1}, none},
		{"400 wrong region", answers(400, jsonType, `{"errors":[{"code":"InvalidInput","message":"The marketplaces you provided are not valid for region."}]}`), none, none, outcome{lwa.KindWrongRegion, 1}},
		{"400 empty", answers(400, jsonType, ""), outcome{lwa.KindRefused, 1}, outcome{lwa.KindRefused, 1}, outcome{lwa.KindRefused, 1}},
		{"400 page", answers(400, "text/html", portalPage), outcome{lwa.KindNotAmazon, 1}, outcome{lwa.KindNotAmazon, 1}, outcome{lwa.KindNotAmazon, 1}},
		{"401", answers(401, jsonType, jsonError("invalid_client", "Client authentication failed")), outcome{lwa.KindClientAuth, 1}, outcome{lwa.KindClientAuth, 1}, none},
		{"401 of the SP-API", answers(401, jsonType, spError("Unauthorized", "")), none, none, outcome{lwa.KindAccessTokenBad, 1}},
		{"403 access_denied", answers(403, jsonType, jsonError("access_denied", "")), outcome{lwa.KindAccessDenied, 1}, outcome{lwa.KindAccessDenied, 1}, none},
		{"403 role missing", answers(403, jsonType, spError("Unauthorized", "")), none, none, outcome{lwa.KindForbidden, 1}},
		{"403 access token expired", answers(403, jsonType, spError("Unauthorized", "The access token you provided has expired.")), none, none, outcome{lwa.KindAccessTokenExpired, 1}},
		{"403 secret expired", answers(403, jsonType, spError("Unauthorized", "The LWA secret token you provided has expired.")), none, none, outcome{lwa.KindSecretExpired, 1}},
		{"403 page", answers(403, "text/html", portalPage), outcome{lwa.KindNotAmazon, 1}, outcome{lwa.KindNotAmazon, 1}, outcome{lwa.KindNotAmazon, 1}},
		{"404", answers(404, "text/html", portalPage), outcome{lwa.KindNotAmazon, 1}, outcome{lwa.KindNotAmazon, 1}, outcome{lwa.KindNotAmazon, 1}},
		{"429", answers(429, jsonType, ""), outcome{lwa.KindThrottled, 1}, outcome{lwa.KindThrottled, 3}, outcome{lwa.KindThrottled, 1}},
		{"429, Retry-After 1", answers(429, jsonType, "", "Retry-After", "1"), outcome{lwa.KindThrottled, 1}, outcome{lwa.KindThrottled, 3}, outcome{lwa.KindThrottled, 1}},
		{"429, Retry-After 60", answers(429, jsonType, "", "Retry-After", "60"), outcome{lwa.KindThrottled, 1}, outcome{lwa.KindThrottled, 1}, outcome{lwa.KindThrottled, 1}},
		{"500", answers(500, jsonType, jsonError("server_error", "")), outcome{lwa.KindServer, 2}, outcome{lwa.KindServer, 3}, outcome{lwa.KindServer, 1}},
		{"503", answers(503, jsonType, jsonError("temporarily_unavailable", "")), outcome{lwa.KindUnavailable, 2}, outcome{lwa.KindUnavailable, 3}, outcome{lwa.KindUnavailable, 1}},
		{"503, Retry-After 60", answers(503, jsonType, "", "Retry-After", "60"), outcome{lwa.KindUnavailable, 1}, outcome{lwa.KindUnavailable, 1}, outcome{lwa.KindUnavailable, 1}},
		{"504 page", answers(504, "text/html", "<html><title>504 Gateway Time-out</title></html>"), outcome{lwa.KindServer, 2}, outcome{lwa.KindServer, 3}, outcome{lwa.KindServer, 1}},

		{"empty", answers(200, jsonType, ""), outcome{lwa.KindUnparseable, 1}, outcome{lwa.KindUnparseable, 3}, outcome{lwa.KindUnparseable, 1}},
		{"cut-off JSON", answers(200, jsonType, `{"access_tok`), outcome{lwa.KindUnparseable, 1}, outcome{lwa.KindUnparseable, 1}, outcome{lwa.KindUnparseable, 1}},
		{"10 MB", answers(200, jsonType, tenMB), outcome{lwa.KindUnparseable, 1}, outcome{lwa.KindUnparseable, 1}, outcome{lwa.KindUnparseable, 1}},
		{"10 MB page", answers(200, "text/html", portalPage+tenMB), outcome{lwa.KindNotAmazon, 1}, outcome{lwa.KindNotAmazon, 1}, outcome{lwa.KindNotAmazon, 1}},
		{"damaged gzip", answers(200, jsonType, "\x1f\x8b\x08\x00 not gzip at all", "Content-Encoding", "gzip"), outcome{lwa.KindUnparseable, 1}, outcome{lwa.KindUnparseable, 1}, outcome{lwa.KindUnparseable, 1}},

		{"wrong content type", successAs("text/html", ""), outcome{"", 1}, outcome{"", 1}, outcome{"", 1}},
		{"gzip", zipped(true), outcome{"", 1}, outcome{"", 1}, outcome{"", 1}},
		{"gzip that nobody asked for", zipped(false), outcome{"", 1}, outcome{"", 1}, outcome{"", 1}},
		{"clock a day behind", successAs(jsonType, tomorrow), outcome{"", 1}, outcome{"", 1}, outcome{"", 1}},
		{"clock a day ahead", successAs(jsonType, yesterday), outcome{"", 1}, outcome{"", 1}, outcome{"", 1}},
	} {
		rows = append(rows, fmt.Sprintf("| %s | %s | %s | %s |", tc.name, tc.exchange.cell(), tc.refresh.cell(), tc.marketplaces.cell()))
		for what, want := range map[string]outcome{exchange: tc.exchange, refresh: tc.refresh, grantless: tc.refresh, marketplaces: tc.marketplaces} {
			if want == none || what == grantless && (want.kind == lwa.KindRefreshToken || want.kind == lwa.KindRevoked) {
				continue
			}
			c := &running{name: tc.name + "/" + what, what: what, want: want, line: tc.line(t), done: make(chan struct{})}
			all = append(all, c)
			go func() {
				defer close(c.done)
				c.token, c.stores, c.err = c.line.ask(t, what)
			}()
		}
	}
	docs.Table(t, "| What happens | Exchange of a code | Renewal, app-only token | Check with Amazon |", rows)
	docs.Says(t, fmt.Sprintf("%d rows, %d calls", len(rows), len(all)))
	for _, c := range all {
		t.Run(c.name, func(t *testing.T) {
			<-c.done
			if got := c.line.requests.Load(); got != c.want.requests {
				t.Errorf("%d requests arrived, want %d", got, c.want.requests)
			}
			if c.want.kind == "" {
				if c.err != nil {
					t.Fatal(c.err)
				}
				if c.what == marketplaces && c.stores != 1 || c.what != marketplaces && c.token.Access.Reveal() != "Atza|EXAMPLE-new-access" {
					t.Errorf("%d stores, access %q", c.stores, c.token.Access.Reveal())
				}
				if strings.HasPrefix(c.name, "clock") && c.what != marketplaces && c.token.Skew.Abs().Round(time.Hour) != 24*time.Hour {
					t.Errorf("skew %v", c.token.Skew)
				}
				return
			}
			var e *lwa.Error
			if !errors.As(c.err, &e) || e.Kind != c.want.kind {
				t.Fatalf("got %v, want %s", c.err, c.want.kind)
			}
			out := fmt.Sprintf("%v %+v %+v %s", c.err, c.err, *e, e.Details("test"))
			for _, secret := range []string{clientSecret, theCode, theRefresh, theAccess} {
				if strings.Contains(out, secret) {
					t.Errorf("a secret shows in %s", out)
				}
			}
		})
	}
}

// running is one call under way. All are made at once: most of the time goes
// by in the pauses between tries.
type running struct {
	name, what string
	want       outcome
	line       line
	done       chan struct{}

	token  lwa.Token
	stores int
	err    error
}

// TestTokensSurvive: a body that breaks off after the tokens costs nothing.
func TestTokensSurvive(t *testing.T) {
	for name, part := range map[string]string{
		"whole answer, wrong length": tokenAnswer,
		"cut after the tokens":       tokenAnswer[:len(tokenAnswer)-10],
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := serve(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Length", "5000")
				_, _ = w.Write([]byte(part))
			})
			token, _, err := l.ask(t, exchange)
			if token.Access.IsEmpty() || token.Refresh.Reveal() != "Atzr|EXAMPLE-new-refresh" || l.requests.Load() != 1 {
				t.Errorf("got %v after %d requests", err, l.requests.Load())
			}
			var e *lwa.Error
			if part != tokenAnswer && (!errors.As(err, &e) || e.Kind != lwa.KindUnparseable) || part == tokenAnswer && err != nil {
				t.Errorf("got %v", err)
			}
		})
	}
}
