package lwa

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

// How long the parts of a request may take, and how many bytes of a response are
// read. A token response has a few kilobytes, the list of marketplaces about ten.
const (
	connectTime   = 10 * time.Second
	handshakeTime = 10 * time.Second
	headerTime    = 20 * time.Second
	attemptTime   = 30 * time.Second // from the DNS lookup to the last byte
	maxBody       = 256 << 10
)

// Fetch sends req once and reads the response. It follows no redirect, has no
// cookies, uses a new connection and closes it, and gives up after 30 seconds (or
// hc.Timeout, or the context's deadline, if sooner). hc may be nil and isn't
// changed.
//
// A request for a sandbox app reaches the sandbox hosts of the SP-API and not the
// production ones; any other request the reverse.
//
// A response of any status is not an error. Errors are [*Error]s of a kind such
// as [KindOffline] or [KindTimeout]; the caller adds the grant.
func Fetch(hc *http.Client, req *http.Request, sandbox bool) (Response, error) {
	ctx, cancel := attempt(req.Context(), hc)
	defer cancel()
	client, rec := record(hc, nil)
	rec.sandbox = sandbox
	resp, err := client.Do(req.WithContext(ctx))
	if err == nil {
		err = resp.Body.Close()
	}
	if rec.response == nil {
		return Response{}, rec.failure(err)
	}
	if a := rec.response; a.broke != nil && a.Status/100 == 2 && !a.unpacking() {
		return *a, a.newError(transportKind(a.broke, a.host), ErrorResponse{}, nil, a.broke)
	}
	return *rec.response, nil
}

// attempt limits one request. The error of http.Client.Timeout doesn't always
// look like a timeout to a RoundTripper.
func attempt(ctx context.Context, hc *http.Client) (context.Context, context.CancelFunc) {
	limit := attemptTime
	if hc != nil && hc.Timeout > 0 {
		limit = min(limit, hc.Timeout)
	}
	return context.WithTimeout(ctx, limit)
}

// recorder is the RoundTripper of one request. It keeps the response for
// readToken, because oauth2 returns neither headers nor the body of a success,
// and it knows whether the request left this computer.
type recorder struct {
	base    http.RoundTripper
	prepare func(*http.Request)
	// guarded: connect only to the hosts of [mayReach].
	guarded bool
	sandbox bool // see mayReach

	traced, wrote atomic.Bool // hooks run on the transport's goroutines
	host          string
	response      *Response
	err           error
}

// record returns a copy of hc that uses a recorder.
//
// Keep-alive is off: we need a token once an hour, when a kept connection is dead
// anyway, and net/http repeats a request on its own only on a connection that was
// used before. It must not send a code twice.
func record(hc *http.Client, prepare func(*http.Request)) (*http.Client, *recorder) {
	var c http.Client
	if hc != nil {
		c = *hc
	}
	guarded := c.Transport == nil
	switch t := c.Transport.(type) {
	case nil:
		c.Transport = newTransport()
	case *http.Transport:
		t = t.Clone()
		t.DisableKeepAlives = true
		if t.OnProxyConnectResponse == nil {
			t.OnProxyConnectResponse = checkProxy
		}
		c.Transport = t
	}
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c.Jar = nil
	c.Timeout = 0 // see attempt
	rec := &recorder{base: c.Transport, prepare: prepare, guarded: guarded}
	c.Transport = rec
	return &c, rec
}

func newTransport() *http.Transport {
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            (&net.Dialer{Timeout: connectTime}).DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    handshakeTime,
		ResponseHeaderTimeout:  headerTime,
		MaxResponseHeaderBytes: 64 << 10,
		DisableKeepAlives:      true,
		OnProxyConnectResponse: checkProxy,
	}
}

var errNotAllowed = errors.New("lwa: not one of the allowed hosts")

// mayReach reports whether the program may connect to a host: Amazon's token
// endpoint and the SP-API of the three regions, over TLS, and this computer, for
// practice mode and tests. A request for a sandbox app may reach the sandbox hosts of
// the SP-API instead. Other addresses don't get this far unless by mistake, and then
// nothing is sent.
//
// It checks the request and not the connection, which may go to a proxy.
func mayReach(u *url.URL, sandbox bool) bool {
	if IsLoopback(u.Hostname()) {
		return true
	}
	if u.Scheme != "https" || u.User != nil {
		return false
	}
	if token, err := url.Parse(TokenURL); err == nil && u.Host == token.Host {
		return true
	}
	return slices.ContainsFunc(Regions(), func(r Region) bool { return u.Host == Endpoint{r, sandbox}.Host() })
}

// proxyError is a proxy's refusal. net/http's own error has only the status text.
type proxyError struct{ status int }

func (e *proxyError) Error() string { return "proxy refused: " + http.StatusText(e.status) }

func checkProxy(_ context.Context, _ *url.URL, _ *http.Request, res *http.Response) error {
	if res.StatusCode != http.StatusOK {
		return &proxyError{res.StatusCode}
	}
	return nil
}

// RoundTrip sends the request and reads the response to its end or to the limit.
func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	r.host = req.URL.Hostname()
	err := req.Context().Err()
	if err == nil && r.guarded && !mayReach(req.URL, r.sandbox) {
		err = errNotAllowed
	}
	if err != nil {
		r.traced.Store(true) // and nothing written
		r.err = err
		return nil, err
	}
	req = req.Clone(httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{
		GetConn:      func(string) { r.traced.Store(true) },
		WroteHeaders: func() { r.wrote.Store(true) },
	}))
	// Without GetBody the transport can't repeat the request.
	req.GetBody = nil
	if r.prepare != nil {
		r.prepare(req)
	}
	resp, err := r.base.RoundTrip(req)
	if err != nil {
		r.err = err
		return nil, err
	}
	defer resp.Body.Close()
	a := &Response{Status: resp.StatusCode, Header: resp.Header, host: r.host}
	a.Body, a.TooLong, a.broke = readBounded(resp.Body)
	if bytes.HasPrefix(a.Body, []byte{0x1f, 0x8b}) {
		a.unzip()
	}
	a.At = time.Now().Round(0)
	r.response = a
	resp.Body = io.NopCloser(bytes.NewReader(a.Body))
	return resp, nil
}

// sent reports whether the server may have seen the request. Transports other
// than net/http's don't say; then every failure counts that may have happened
// after the first byte.
func (r *recorder) sent() bool {
	if r.response != nil || r.wrote.Load() {
		return true
	}
	if r.traced.Load() || r.err == nil {
		return false
	}
	var op *net.OpError
	if errors.As(r.err, &op) && (op.Op == "dial" || op.Op == "proxyconnect") {
		return false
	}
	switch transportKind(r.err, r.host) {
	case KindOffline, KindTLS, KindClock, KindNotAmazon:
		return false
	}
	return true
}

// failure returns the error of a request without a response. err is net/http's
// error, for a request that didn't reach the recorder.
func (r *recorder) failure(err error) *Error {
	if r.err != nil {
		err = r.err
	}
	kind := transportKind(err, r.host)
	if r.host == "" && kind == KindConnection || errors.Is(err, errNotAllowed) {
		kind = KindMalformedRequest // not a URL, or not one of the allowed hosts
	}
	e := &Error{Kind: kind, At: time.Now().Round(0)}
	e.keepContext(err)
	return e
}

func readBounded(r io.Reader) (body []byte, tooLong bool, err error) {
	body, err = io.ReadAll(io.LimitReader(r, maxBody+1))
	if len(body) > maxBody {
		return body[:maxBody], true, nil
	}
	return body, false, err
}

// unzip decompresses a body that net/http didn't, because the request hadn't
// asked for gzip.
func (a *Response) unzip() {
	z, err := gzip.NewReader(bytes.NewReader(a.Body))
	if err != nil {
		return
	}
	plain, tooLong, err := readBounded(z)
	if err != nil && a.broke == nil {
		a.broke = gzip.ErrChecksum
	}
	a.Body, a.TooLong = plain, a.TooLong || tooLong
}

// transportKind says what an error of net/http means: [KindCanceled],
// [KindTimeout], [KindOffline], [KindTLS], [KindClock], [KindNotAmazon] (a proxy
// that refuses, plain HTTP on the port of HTTPS) or else [KindConnection].
func transportKind(err error, host string) Kind {
	var (
		proxy   *proxyError
		plain   tls.RecordHeaderError
		dns     *net.DNSError
		timeout interface{ Timeout() bool }
		errno   syscall.Errno
	)
	switch {
	case errors.Is(err, context.Canceled):
		return KindCanceled
	case errors.As(err, &proxy), errors.As(err, &plain), errors.Is(err, http.ErrSchemeMismatch):
		return KindNotAmazon
	case errors.As(err, &dns):
		return KindOffline
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return KindTimeout
	}
	if kind := certificateKind(err, host); kind != "" {
		return kind
	}
	if errors.As(err, &errno) {
		switch errno {
		// Windows has numbers of its own, which package syscall does not make
		// equal to the names: WSAENETDOWN, WSAENETUNREACH, WSAEHOSTUNREACH.
		case syscall.ENETDOWN, syscall.ENETUNREACH, syscall.EHOSTUNREACH, 10050, 10051, 10065:
			return KindOffline
		}
	}
	return KindConnection
}

// certificateKind tells a wrong clock from an untrusted certificate. An expired
// certificate means a wrong clock only if it's for the right host: sign-in pages
// of networks often have an expired one of their own.
func certificateKind(err error, host string) Kind {
	var (
		verify    *tls.CertificateVerificationError
		invalid   x509.CertificateInvalidError
		authority x509.UnknownAuthorityError
		name      x509.HostnameError
		alert     tls.AlertError
		leaf      *x509.Certificate
	)
	switch {
	case errors.As(err, &authority), errors.As(err, &name):
		return KindTLS
	case errors.As(err, &invalid):
		if invalid.Reason != x509.Expired {
			return KindTLS
		}
		leaf = invalid.Cert
	case errors.As(err, &verify):
		// The verifiers of macOS and Windows have errors without a type.
		if len(verify.UnverifiedCertificates) > 0 {
			leaf = verify.UnverifiedCertificates[0]
		}
		if now := time.Now(); leaf == nil || now.After(leaf.NotBefore) && now.Before(leaf.NotAfter) {
			return KindTLS
		}
	case errors.As(err, &alert), strings.Contains(err.Error(), "tls: "), strings.Contains(err.Error(), "x509: "):
		return KindTLS
	default:
		return ""
	}
	if leaf != nil && host != "" && leaf.VerifyHostname(host) != nil {
		return KindTLS
	}
	return KindClock
}

// IsLoopback reports a host that is this computer: 127.0.0.0/8, ::1 or
// localhost, without a port.
func IsLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
