package lwa

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"slices"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// TokenURL is Amazon's token endpoint, the same for every region
// (https://developer-docs.amazon.com/sp-api/docs/connecting-to-the-selling-partner-api).
const TokenURL = "https://api.amazon.com/auth/o2/token"

// How often a question is repeated, and how long that may take.
const (
	maxTries = 3
	// firstPause doubles with every try; half of it is chance, so that the
	// accounts of one computer do not come back together.
	firstPause = time.Second
	// maxPause is the longest pause that Amazon may ask for and get without the
	// person being told.
	maxPause = 10 * time.Second
	callTime = 75 * time.Second // all tries and pauses together
)

// Credentials are the two halves of an app's LWA key. They belong to whoever
// registered the app.
type Credentials struct {
	ClientID     string
	ClientSecret Secret
}

// Token is what the token endpoint gave.
type Token struct {
	// Access opens the SP-API for about an hour.
	Access Secret
	// Refresh gets further access tokens. After [Client.Refresh] it is the one
	// to keep from now on: the old one, or the one that replaces it.
	Refresh Secret
	// Type is "bearer". Scope is set for grantless tokens only.
	Type, Scope string
	// Expiry is wall-clock time, counted from before the question was sent. An
	// answer without a usable expires_in is taken to mean one hour, the
	// lifetime that Amazon documents.
	Expiry time.Time
	// Skew is how far this computer's clock is ahead of Amazon's (negative:
	// behind), or 0 if that is less than a minute or not known.
	Skew time.Duration
}

// Client asks the token endpoint for tokens (RFC 6749, sections 4.1.3, 6 and
// 4.4.2), with the credentials in the body. The zero Client asks Amazon and
// gives up after sensible times. It keeps nothing and may be used by several
// goroutines.
//
// Every error of its methods is an [*Error]. Look at the token even then: a
// code works once, so whatever tokens arrived in an incomplete or damaged
// answer are handed over together with the error.
type Client struct {
	// TokenURL replaces Amazon's endpoint in tests and practice mode.
	TokenURL string
	// HTTP replaces the client with its time-outs. It is copied: redirects are
	// never followed, cookies never kept, connections never reused.
	HTTP *http.Client
}

// Exchange turns the code of a finished authorization into an access and a
// refresh token. redirectURI is sent if it is not empty; it must then be the
// one of the consent link.
//
// A code works once, so Exchange repeats itself at most once, after a moment,
// and only when no answer or one of status 5xx came. When it stays open
// whether Amazon used the code up, the error says so: [KindOutcomeUnknown] if
// there was no answer (or the second try finds the code used), and
// [Error.Uncertain] in every such case. A success without a refresh token is
// [KindIncomplete].
func (c *Client) Exchange(ctx context.Context, cred Credentials, code Secret, redirectURI string) (Token, error) {
	q := question{grant: GrantCode, cred: cred, given: code, redirectURI: redirectURI}
	if err := q.missing(); err != nil {
		return Token{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()

	first := c.ask(ctx, q)
	if !first.open() {
		return first.spent().result()
	}
	var second reply
	if first.err.Kind != KindCanceled {
		second = c.askAgain(ctx, q, max(first.err.RetryAfter, firstPause/2+rand.N(firstPause/2)))
	}
	return settle(first, second).result()
}

// settle says what the two tries of an exchange amount to when the first left
// it open whether the code was used. The second is zero if there was none.
func settle(first, second reply) reply {
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

// spent marks the error of an answer that only a used code gets, and that has
// no tokens to show for it.
func (r reply) spent() reply {
	if r.err != nil {
		switch r.err.Kind {
		case KindUnparseable, KindIncomplete, KindMalformedSuccess:
			r.err.Uncertain = true
		}
	}
	return r
}

// Refresh gets a new access token for a seller. The refresh token that the
// seller gave stays good; should Amazon send another one, Token.Refresh is
// that, and the caller saves it before anything else.
//
// Refresh tries up to three times when no whole answer, an empty one, 429 or
// 5xx comes, with growing pauses or the one that Retry-After asks for. It does
// not wait more than ten seconds for that: then the error has the time in
// [Error.RetryAfter].
func (c *Client) Refresh(ctx context.Context, cred Credentials, refresh Secret) (Token, error) {
	return c.persist(ctx, question{grant: GrantRefresh, cred: cred, given: refresh})
}

// Grantless gets an access token that belongs to the app and to no seller, for
// one of [Scopes]
// (https://developer-docs.amazon.com/sp-api/docs/grantless-operations). It
// repeats itself as Refresh does. There is no refresh token.
func (c *Client) Grantless(ctx context.Context, cred Credentials, scope string) (Token, error) {
	return c.persist(ctx, question{grant: GrantCredentials, cred: cred, scope: scope})
}

// persist asks until there is an answer that asking again would not change.
func (c *Client) persist(ctx context.Context, q question) (Token, error) {
	if err := q.missing(); err != nil {
		return Token{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	r := c.ask(ctx, q)
	for try := 1; ; try++ {
		if try == maxTries || !r.repeatable() {
			return r.result()
		}
		pause := firstPause << (try - 1)
		next := c.askAgain(ctx, q, max(r.err.RetryAfter, pause/2+rand.N(pause/2)))
		if next.err == nil && next.token.empty() {
			return r.result()
		}
		r = next
	}
}

// askAgain asks after a pause. If the pause is too long to wait for, there is
// no request and the reply is zero; if it was cancelled, the reply says so.
func (c *Client) askAgain(ctx context.Context, q question, pause time.Duration) reply {
	switch {
	case pause <= maxPause && sleep(ctx, pause):
		return c.ask(ctx, q)
	case errors.Is(ctx.Err(), context.Canceled):
		e := &Error{Kind: KindCanceled, Grant: q.grant, At: time.Now().Round(0)}
		e.keepContext(ctx.Err())
		return reply{err: e}
	}
	return reply{}
}

// sleep reports whether the whole pause could be slept. It does not begin one
// that the deadline would cut short: what is known now is worth more.
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

// question is one thing to ask the token endpoint.
type question struct {
	grant       Grant
	cred        Credentials
	given       Secret // the code or the refresh token
	scope       string
	redirectURI string
}

// missing refuses to send a question with a hole in it, which oauth2 would
// send without the field.
func (q question) missing() error {
	name := ""
	switch {
	case q.cred.ClientID == "":
		name = "client_id"
	case q.cred.ClientSecret.IsEmpty():
		name = "client_secret"
	case q.grant == GrantCode && q.given.IsEmpty():
		name = "code"
	case q.grant == GrantRefresh && q.given.IsEmpty():
		name = "refresh_token"
	case q.grant == GrantCredentials && q.scope == "":
		name = "scope"
	default:
		return nil
	}
	return &Error{Kind: KindMissingParameter, Parameter: name, Grant: q.grant, At: time.Now().Round(0)}
}

// secrets are the values that may come back in a sentence and must not show.
func (q question) secrets() []string {
	return slices.DeleteFunc(
		[]string{q.cred.ClientSecret.Reveal(), q.given.Reveal()},
		func(s string) bool { return s == "" })
}

// reply is what became of one request.
type reply struct {
	token Token
	err   *Error
	sent  bool // Amazon may have seen it
	empty bool // the answer had no body
	broke bool // the answer did not come to its end
}

func (r reply) result() (Token, error) {
	if r.err != nil {
		return r.token, r.err
	}
	return r.token, nil
}

// lost reports whether the request left and no whole answer came back.
func (r reply) lost() bool {
	return r.err != nil && r.sent && r.token.empty() &&
		(r.err.Status == 0 || r.broke && r.err.Status/100 == 2)
}

// open reports whether a code may or may not have been used up: the answer is
// lost, or Amazon failed half-way. Status 4xx is a plain answer.
func (r reply) open() bool {
	return r.lost() || r.err != nil && r.err.Status >= 500 &&
		(r.err.Kind == KindServer || r.err.Kind == KindUnavailable)
}

// final reports whether an answer says what became of a code that had been sent
// before: tokens, a damaged success, or a refusal for another reason than the
// code. "Too often" and another party's web page say nothing about it.
func (r reply) final() bool {
	if r.err == nil || !r.token.empty() {
		return true
	}
	k := r.err.Kind.row()
	if k.kind == KindCode || k.codeSurvives && !k.lasting {
		return false
	}
	return !r.lost() && (r.err.Status/100 == 2 || r.err.Status/100 == 4 && r.err.Code != "")
}

// repeatable reports whether a question that does no harm is worth repeating.
func (r reply) repeatable() bool {
	if r.err == nil || !r.err.Kind.row().repeatable {
		return false
	}
	switch r.err.Kind {
	case KindConnection:
		return r.sent // a server that cannot be reached is not worth the seller's time
	case KindUnparseable:
		// A new refresh token in hand is not risked for the rest of the response.
		return (r.empty || r.broke) && r.token.Refresh.IsEmpty()
	}
	return true
}

func (t Token) empty() bool { return t.Access.IsEmpty() && t.Refresh.IsEmpty() }

// ask sends one request. oauth2 writes it; the answer is read in answer.go,
// because oauth2 takes text/plain for a form, loses a token over an odd
// expires_in, and puts whole bodies into its errors.
func (c *Client) ask(ctx context.Context, q question) reply {
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
	r := reply{sent: rec.sent()}
	a := rec.answer
	if a == nil {
		r.err = rec.failure(err)
		r.err.Grant = q.grant
		return r
	}
	r.empty = len(a.Body) == 0
	r.broke = a.broke != nil && !a.unpacking()
	r.token, r.err = readToken(q, *a, start)
	return r
}

// send lets oauth2 write the request. AuthStyleInParams is essential: left to
// itself oauth2 tries the Authorization header first and the body second, and
// so would spend a code on finding out.
func (q question) send(ctx context.Context, tokenURL string) error {
	id, secret := q.cred.ClientID, q.cred.ClientSecret.Reveal()
	if q.grant == GrantCredentials {
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
	if q.grant == GrantCode {
		_, err := conf.Exchange(ctx, q.given.Reveal())
		return err
	}
	_, err := conf.TokenSource(ctx, &oauth2.Token{RefreshToken: q.given.Reveal()}).Token()
	return err
}
