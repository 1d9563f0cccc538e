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
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

// How long the parts of a request may take, and how much of an answer is read.
// A token answer has a few kilobytes, the list of all marketplaces about ten.
const (
	connectTime   = 10 * time.Second
	handshakeTime = 10 * time.Second
	headerTime    = 20 * time.Second
	attemptTime   = 30 * time.Second // one request, from the name look-up to the last byte
	maxAnswer     = 256 << 10
)

// Answer is what a server sent, read whole and bounded, so that it can be
// understood whatever it turns out to be.
type Answer struct {
	Status int
	Header http.Header
	// Body is unpacked, and cut at 256 KiB; TooLong says that more came.
	Body    []byte
	TooLong bool
	// At is when the answer was there, by this computer's clock.
	At time.Time

	host  string
	broke error // what ended the body before its end, or nil
}

// Fetch sends req once and reads the answer. It follows no redirect, sends and
// keeps no cookies, opens a connection of its own and closes it, and gives up
// after half a minute (or hc.Timeout, or the context's deadline, if sooner).
// hc may be nil and is not changed.
//
// An answer with any status is no error here. The error is an [*Error] with a
// kind from [TransportError]; the caller adds what it asked for.
func Fetch(hc *http.Client, req *http.Request) (Answer, error) {
	ctx, cancel := attempt(req.Context(), hc)
	defer cancel()
	client, rec := record(hc, nil)
	resp, err := client.Do(req.WithContext(ctx))
	if err == nil {
		err = resp.Body.Close()
	}
	if rec.answer == nil {
		return Answer{}, rec.failure(err)
	}
	if a := rec.answer; a.broke != nil && a.Status/100 == 2 && !a.unpacking() {
		return *a, a.refusal(transportKind(a.broke, a.host), "", "", "", nil, a.broke)
	}
	return *rec.answer, nil
}

// attempt limits one request. It stands in for http.Client.Timeout, which ends
// a request with an error that does not always look like a time-out from below.
func attempt(ctx context.Context, hc *http.Client) (context.Context, context.CancelFunc) {
	limit := attemptTime
	if hc != nil && hc.Timeout > 0 {
		limit = min(limit, hc.Timeout)
	}
	return context.WithTimeout(ctx, limit)
}

// recorder is the RoundTripper under one request. It keeps the answer for the
// reader in answer.go, because oauth2 hands out neither headers nor the body of
// a success, and it knows whether the request left this computer at all.
type recorder struct {
	base    http.RoundTripper
	prepare func(*http.Request)
	// guarded: only the hosts of [mayReach] are spoken to.
	guarded bool

	traced, wrote atomic.Bool // hooks run on the transport's goroutines
	host          string
	answer        *Answer
	err           error
}

// record copies hc, so that the caller's client stays as it is, and puts a
// recorder under the copy.
//
// Keep-alive is off: a token is asked for once an hour, when a kept connection
// is dead anyway, and net/http repeats a request by itself only on a connection
// that was used before. A code must not be sent twice behind our back.
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

// errStranger: the request was for a host that this program has no business with.
var errStranger = errors.New("lwa: not one of the hosts that may be spoken to")

// mayReach is the whole list of who is spoken to: Amazon's token endpoint and
// the SP-API of the three regions, over TLS, and this computer, where practice
// mode and tests have theirs. No address of anybody else's gets as far as this;
// should a mistake let one through, nothing leaves for it.
//
// It looks at the request and not at the connection, which may go to a proxy.
func mayReach(u *url.URL) bool {
	if IsLoopback(u.Hostname()) {
		return true
	}
	if u.Scheme != "https" || u.User != nil {
		return false
	}
	for _, address := range []string{TokenURL, NorthAmerica.Endpoint(), Europe.Endpoint(), FarEast.Endpoint()} {
		if known, err := url.Parse(address); err == nil && u.Host == known.Host {
			return true
		}
	}
	return false
}

// proxyError is a proxy that would not let us through. Without it net/http
// reports the proxy's status text and nothing that could be recognised.
type proxyError struct{ status int }

func (e *proxyError) Error() string { return "proxy refused: " + http.StatusText(e.status) }

func checkProxy(_ context.Context, _ *url.URL, _ *http.Request, res *http.Response) error {
	if res.StatusCode != http.StatusOK {
		return &proxyError{res.StatusCode}
	}
	return nil
}

// RoundTrip sends the request and reads the answer to its end or to the limit.
func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	r.host = req.URL.Hostname()
	err := req.Context().Err()
	if err == nil && r.guarded && !mayReach(req.URL) {
		err = errStranger
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
	// Without GetBody the transport has nothing to repeat the request with.
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
	a := &Answer{Status: resp.StatusCode, Header: resp.Header, host: r.host}
	a.Body, a.TooLong, a.broke = readBounded(resp.Body)
	if bytes.HasPrefix(a.Body, []byte{0x1f, 0x8b}) {
		a.unzip()
	}
	a.At = time.Now().Round(0)
	r.answer = a
	resp.Body = io.NopCloser(bytes.NewReader(a.Body))
	return resp, nil
}

// sent reports whether the server may have seen the request. A transport that
// is not net/http's does not tell; then every failure counts that is not
// certainly older than the first byte.
func (r *recorder) sent() bool {
	if r.answer != nil || r.wrote.Load() {
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

// failure is the error of a request that has no answer. err is what net/http
// said; it matters only where the request did not get as far as the recorder.
func (r *recorder) failure(err error) *Error {
	if r.err != nil {
		err = r.err
	}
	kind := transportKind(err, r.host)
	if r.host == "" && kind == KindConnection || errors.Is(err, errStranger) {
		kind = KindMalformedRequest // an address that is none, or none of ours
	}
	e := &Error{Kind: kind, At: time.Now().Round(0)}
	e.keepContext(err)
	return e
}

func readBounded(r io.Reader) (body []byte, tooLong bool, err error) {
	body, err = io.ReadAll(io.LimitReader(r, maxAnswer+1))
	if len(body) > maxAnswer {
		return body[:maxAnswer], true, nil
	}
	return body, false, err
}

// unzip unpacks a body that net/http left packed because nobody had asked for
// gzip. What cannot be unpacked stays as it is.
func (a *Answer) unzip() {
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

// unpacking reports whether the body ended because it could not be unpacked:
// an answer that came and cannot be read, and not a connection that broke.
func (a *Answer) unpacking() bool {
	return errors.Is(a.broke, gzip.ErrHeader) || errors.Is(a.broke, gzip.ErrChecksum) ||
		a.broke != nil && strings.HasPrefix(a.broke.Error(), "flate: ")
}

// TransportError says what an error of net/http means: [KindCanceled],
// [KindTimeout], [KindOffline], [KindTLS], [KindClock], [KindNotAmazon] (a
// proxy that refuses, plain HTTP on the port of HTTPS) or else
// [KindConnection].
func TransportError(err error) Kind {
	var u *url.Error
	host := ""
	if errors.As(err, &u) {
		if parsed, perr := url.Parse(u.URL); perr == nil {
			host = parsed.Hostname()
		}
	}
	return transportKind(err, host)
}

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

// certificateKind tells a wrong clock from a stranger's certificate. A
// certificate that is out of its dates speaks for the clock only if it is for
// the right host: sign-in pages of networks have neglected certificates of
// their own.
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
