package lwa

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// How often a request is repeated, and how long that may take.
const (
	maxTries = 3
	// firstPause doubles with every try. Half of it is random, so that the
	// accounts of one computer don't all retry at the same time.
	firstPause = time.Second
	// maxPause is the longest pause before a retry. If Amazon asks for more, the
	// person is told.
	maxPause = 10 * time.Second
	callTime = 75 * time.Second // all tries and pauses together
)

// Client gets tokens from the token endpoint (RFC 6749, sections 4.1.3, 6 and
// 4.4.2), with the credentials in the body. The zero Client connects to Amazon
// and has timeouts. It has no state and may be used by several goroutines.
//
// All errors of its methods are [*Error]s. Look at the token even then: a code
// works only once, so the methods return the tokens of an incomplete or damaged
// response together with the error.
type Client struct {
	// TokenURL replaces Amazon's endpoint in tests and practice mode.
	TokenURL string
	// HTTP replaces the HTTP client. A copy is used that follows no redirects,
	// has no cookies and doesn't reuse connections.
	HTTP *http.Client
}

// Exchange exchanges an authorization code for an access and a refresh token.
// redirectURI is sent unless it's ""; it must be the one of the authorization
// link.
//
// A code works only once, so Exchange repeats the request at most once, after a
// moment, and only after no response or one of status 5xx. If it remains unknown
// whether Amazon used the code, [Error.Uncertain] is true, and without a response
// (or if the second try finds the code used) the kind is [KindOutcomeUnknown]. A
// success without a refresh token is [KindIncomplete].
func (c *Client) Exchange(ctx context.Context, cred Credentials, code Secret, redirectURI string) (Token, error) {
	q := tokenRequest{grant: grantCode, cred: cred, given: code, redirectURI: redirectURI}
	if err := q.validate(); err != nil {
		return Token{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()

	first := c.try(ctx, q)
	if !first.open() {
		return first.spent().result()
	}
	var second outcome
	if first.err.Kind != KindCanceled {
		second = c.tryAgain(ctx, q, max(first.err.RetryAfter, firstPause/2+rand.N(firstPause/2)))
	}
	return settle(first, second).result()
}

// settle combines the two tries of an exchange, of which the first may have used
// the code. second is zero if there was none.
func settle(first, second outcome) outcome {
	last := second
	if !second.sent && (second.err == nil || second.err.Kind != KindCanceled) {
		last = first
	}
	switch {
	case last.sent && last.final():
		return last.spent()
	case last.err.Kind == KindCanceled:
	case last.err.Kind == KindCode, first.lost(), second.lost():
		// A used code may have been used by the first try.
		last.err.Cause, last.err.Kind = last.err.Kind, KindOutcomeUnknown
	}
	last.err.Uncertain = true
	return last
}

// spent marks errors in responses that only come when the code was used.
func (r outcome) spent() outcome {
	if r.err != nil {
		switch r.err.Kind {
		case KindUnparseable, KindIncomplete, KindMalformedSuccess:
			r.err.Uncertain = true
		}
	}
	return r
}

// Refresh gets a new access token for a seller. The refresh token stays valid. If
// Amazon sends a new one, it's in Token.Refresh, and the caller must save it
// first.
//
// Refresh tries up to three times if the response is missing, cut off or empty,
// or has status 429 or 5xx, with growing pauses or the one of Retry-After. If
// that's more than ten seconds, it doesn't wait: [Error.RetryAfter] has the time.
func (c *Client) Refresh(ctx context.Context, cred Credentials, refresh Secret) (Token, error) {
	return c.retry(ctx, tokenRequest{grant: grantRefresh, cred: cred, given: refresh})
}

// Grantless gets an access token for the app itself, without a seller, for one of
// [Scopes] (https://developer-docs.amazon.com/sp-api/docs/grantless-operations).
// It retries as Refresh does. There is no refresh token.
func (c *Client) Grantless(ctx context.Context, cred Credentials, scope string) (Token, error) {
	return c.retry(ctx, tokenRequest{grant: grantCredentials, cred: cred, scope: scope})
}

// retry repeats the request until another try could not change the outcome.
func (c *Client) retry(ctx context.Context, q tokenRequest) (Token, error) {
	if err := q.validate(); err != nil {
		return Token{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	r := c.try(ctx, q)
	for try := 1; ; try++ {
		if try == maxTries || !r.repeatable() {
			return r.result()
		}
		pause := firstPause << (try - 1)
		next := c.tryAgain(ctx, q, max(r.err.RetryAfter, pause/2+rand.N(pause/2)))
		if next.err == nil && next.token.empty() {
			return r.result()
		}
		r = next
	}
}

// tryAgain tries after a pause. If the pause is too long, there is no request and
// the outcome is zero; if it was canceled, the outcome says so.
func (c *Client) tryAgain(ctx context.Context, q tokenRequest, pause time.Duration) outcome {
	switch {
	case pause <= maxPause && sleep(ctx, pause):
		return c.try(ctx, q)
	case errors.Is(ctx.Err(), context.Canceled):
		e := &Error{Kind: KindCanceled, Request: q.grant, At: time.Now().Round(0)}
		e.keepContext(ctx.Err())
		return outcome{err: e}
	}
	return outcome{}
}

// sleep reports whether the whole pause is over. It doesn't start one that the
// deadline would cut short: better return what is known now.
func sleep(ctx context.Context, d time.Duration) bool {
	if end, ok := ctx.Deadline(); ok && time.Until(end) < d {
		return false
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// outcome is the result of one request.
type outcome struct {
	token Token
	err   *Error
	sent  bool // Amazon may have seen it
	empty bool // the response had no body
	broke bool // the response wasn't complete
}

func (r outcome) result() (Token, error) {
	if r.err != nil {
		return r.token, r.err
	}
	return r.token, nil
}

// lost reports whether the request was sent and no complete response came back.
func (r outcome) lost() bool {
	return r.err != nil && r.sent && r.token.empty() &&
		(r.err.Status == 0 || r.broke && r.err.Status/100 == 2)
}

// open reports whether Amazon may have used the code: the response is lost, or
// Amazon failed halfway. Status 4xx is a clear response.
func (r outcome) open() bool {
	return r.lost() || r.err != nil && r.err.Status >= 500 &&
		(r.err.Kind == KindServer || r.err.Kind == KindUnavailable)
}

// final reports whether a response to a code's second try says what happened to
// the code: tokens, a damaged success, or an error other than the code. Throttling
// and another party's web page say nothing about it.
func (r outcome) final() bool {
	if r.err == nil || !r.token.empty() {
		return true
	}
	k := r.err.Kind.row()
	if k.kind == KindCode || k.codeSurvives && !k.lasting {
		return false
	}
	return !r.lost() && (r.err.Status/100 == 2 || r.err.Status/100 == 4 && r.err.Code != "")
}

// repeatable reports whether repeating a harmless request makes sense.
func (r outcome) repeatable() bool {
	if r.err == nil || !r.err.Kind.row().repeatable {
		return false
	}
	switch r.err.Kind {
	case KindConnection:
		return r.sent // don't let the seller wait for a server that can't be reached
	case KindUnparseable:
		// Don't risk a new refresh token for the rest of the response.
		return (r.empty || r.broke) && r.token.Refresh.IsEmpty()
	}
	return true
}

// try sends one request. oauth2 writes it, but readToken reads the response:
// oauth2 takes text/plain for a form, loses a token over an odd expires_in, and
// puts whole bodies into its errors.
func (c *Client) try(ctx context.Context, q tokenRequest) outcome {
	ctx, cancel := attempt(ctx, c.HTTP)
	defer cancel()
	client, rec := record(c.HTTP, func(req *http.Request) {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")
		req.Header.Set("Accept", "application/json")
		req.Header.Set("User-Agent", "SellerKey")
	})
	tokenURL := c.TokenURL
	if tokenURL == "" {
		tokenURL = TokenURL
	}

	start := time.Now().Round(0) // without the monotonic clock, which stops while a laptop sleeps
	err := q.send(context.WithValue(ctx, oauth2.HTTPClient, client), tokenURL)
	r := outcome{sent: rec.sent()}
	response := rec.response
	if response == nil {
		r.err = rec.failure(err)
		r.err.Request = q.grant
		return r
	}
	r.empty = len(response.Body) == 0
	r.broke = response.broke != nil && !response.unpacking()
	r.token, r.err = readToken(q, *response, start)
	return r
}

// send lets oauth2 write the request. Without AuthStyleInParams oauth2 tries the
// Authorization header first and the body second, and uses up a code to find out.
func (q tokenRequest) send(ctx context.Context, tokenURL string) error {
	id, secret := q.cred.ClientID, q.cred.ClientSecret.Reveal()
	if q.grant == grantCredentials {
		conf := clientcredentials.Config{
			ClientID: id, ClientSecret: secret, TokenURL: tokenURL,
			Scopes: []string{q.scope}, AuthStyle: oauth2.AuthStyleInParams,
		}
		_, err := conf.Token(ctx)
		return err
	}
	conf := oauth2.Config{
		ClientID: id, ClientSecret: secret, RedirectURL: q.redirectURI,
		Endpoint: oauth2.Endpoint{TokenURL: tokenURL, AuthStyle: oauth2.AuthStyleInParams},
	}
	if q.grant == grantCode {
		_, err := conf.Exchange(ctx, q.given.Reveal())
		return err
	}
	_, err := conf.TokenSource(ctx, &oauth2.Token{RefreshToken: q.given.Reveal()}).Token()
	return err
}
