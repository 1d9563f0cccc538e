package lwa

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Grant says what was asked of Amazon.
type Grant string

// What can be asked. The marketplaces call is no grant in the sense of RFC
// 6749; its failures are told in the same words.
const (
	GrantCode         Grant = "authorization_code"
	GrantRefresh      Grant = "refresh_token"
	GrantCredentials  Grant = "client_credentials"
	GrantMarketplaces Grant = "marketplaces"
)

// Error is a refusal or failure of anything that was asked of Amazon. It is
// made so that printing, logging or encoding it in any way shows no secret:
// what came from outside is cleaned before it gets in.
type Error struct {
	// Kind picks the words for the person at the screen.
	Kind Kind
	// Status is the HTTP status, or 0 if there was no answer.
	Status int
	// Code and Description are Amazon's error code and sentence, and RequestID
	// its name for the request; each empty if not given. They are for support
	// and not for the screen.
	Code, Description, RequestID string

	// Grant is what was asked.
	Grant Grant
	// Parameter is the field that Amazon's sentence names, or that was empty.
	Parameter string
	// RetryAfter is how long Amazon asks to wait, or 0.
	RetryAfter time.Duration
	// Uncertain says that a code was sent and may have been used up: the
	// person should rather get a new one than send it again.
	Uncertain bool
	// Cause is what happened last, when Kind is KindOutcomeUnknown.
	Cause Kind
	// Skew is how far this computer's clock is ahead; see [ClockSkew].
	Skew time.Duration
	// At is when it happened, by this computer's clock.
	At time.Time

	ctx error // context.Canceled, context.DeadlineExceeded or nil
}

// Error gives the kind, HTTP status, Amazon's code and the request ID; never
// Amazon's sentence. It is for logs, not for the screen.
func (e *Error) Error() string {
	s := "amazon: " + string(e.Kind)
	if e.Cause != "" {
		s += " (" + string(e.Cause) + ")"
	}
	if e.Status != 0 {
		s += fmt.Sprintf(": HTTP %d", e.Status)
	}
	if e.Code != "" {
		s += " " + e.Code
	}
	if e.RequestID != "" {
		s += ", request " + e.RequestID
	}
	return s
}

// Unwrap returns context.Canceled, context.DeadlineExceeded or nil, and never
// an error of net/http or oauth2: those hold addresses and whole bodies.
func (e *Error) Unwrap() error { return e.ctx }

func (e *Error) keepContext(err error) {
	for _, c := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, c) {
			e.ctx = c
		}
	}
}

// Details is the text of "Copy details": what a support desk asks for, one
// "name: value" a line in English, without any secret. version is that of the
// program.
func (e *Error) Details(version string) string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	line("SellerKey", strings.Join(strings.Fields(version), " "))
	line("Kind", string(e.Kind))
	line("Cause", string(e.Cause))
	line("Request", string(e.Grant))
	if e.Status != 0 {
		line("HTTP status", strings.TrimSpace(fmt.Sprint(e.Status, " ", http.StatusText(e.Status))))
	}
	line("Amazon's code", e.Code)
	line("Amazon's sentence", e.Description)
	line("Amazon's request ID", e.RequestID)
	if e.RetryAfter > 0 {
		line("Retry after", e.RetryAfter.Round(time.Second).String())
	}
	if e.Skew != 0 {
		line("Clock ahead by", e.Skew.String())
	}
	if !e.At.IsZero() {
		line("Time", e.At.UTC().Format(time.RFC3339))
	}
	return b.String()
}

// Refusal makes the error of an answer: r cleaned of secrets, with the request
// ID of the header if r has none. secrets are the values that were sent.
func (a Answer) Refusal(kind Kind, r Refusal, secrets ...Secret) *Error {
	var values []string
	for _, s := range secrets {
		values = append(values, s.Reveal())
	}
	fields, _ := a.Fields()
	return a.refusal(kind, r.Code, r.Sentence, r.RequestID, append(values, secretsIn(fields)...), nil)
}

func (a Answer) refusal(kind Kind, code, sentence, requestID string, secrets []string, cause error) *Error {
	for _, name := range []string{"X-Amzn-Requestid", "X-Amz-Rid", "X-Amz-Request-Id"} {
		if requestID == "" {
			requestID = a.Header.Get(name)
		}
	}
	e := &Error{
		Kind: kind, Status: a.Status,
		RetryAfter: retryAfter(a.Header, a.At),
		Skew:       ClockSkew(a.Header, a.At),
		At:         a.At,
	}
	e.keepContext(cause)
	if code != "" || sentence != "" || requestID != "" {
		pieces := piecesOf(secrets)
		e.Code = cleanCode(code, pieces)
		e.Description = cleanSentence(sentence, secrets, pieces)
		e.RequestID = cleanID(requestID, pieces)
	}
	return e
}

// secretsIn are the values of an answer that may be secrets: all texts but
// those that are known to be none.
func secretsIn(fields map[string]json.RawMessage) []string {
	var all []string
	for name, raw := range fields {
		switch name {
		case "error", "error_description", "error_index", "error_uri", "request_id",
			"token_type", "scope", "expires_in", "code", "message", "errors", "payload":
			continue
		}
		if s := text(raw); s != "" {
			all = append(all, s)
		}
	}
	return all
}

// pieceLen is how much of a secret may not show. Shorter runs of letters occur
// in ordinary words.
const pieceLen = 8

// pieces are all runs of pieceLen bytes of the secrets, in lower case, and the
// secrets that are shorter than that.
type pieces map[string]struct{}

func piecesOf(secrets []string) pieces {
	p := pieces{}
	for _, s := range secrets {
		s = strings.ToLower(s)
		if len(s) < pieceLen {
			if len(s) >= pieceLen/2 {
				p[s] = struct{}{}
			}
			continue
		}
		for i := range len(s) - pieceLen + 1 {
			p[s[i:i+pieceLen]] = struct{}{}
		}
	}
	return p
}

// in reports whether a piece of a secret shows in s.
func (p pieces) in(s string) bool {
	s = strings.ToLower(s)
	for i := range s {
		for n := pieceLen / 2; n <= pieceLen && i+n <= len(s); n++ {
			if _, ok := p[s[i:i+n]]; ok {
				return true
			}
		}
	}
	return false
}

const blot = "[…]"

// cleanSentence keeps of a sentence the words that are plainly words. It works
// by what is allowed, because a server, or something between, can echo a secret
// in more forms than can be listed.
func cleanSentence(s string, secrets []string, p pieces) string {
	const longest = 300
	s = strings.ToValidUTF8(s[:min(len(s), 4096)], "")
	var b strings.Builder
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsGraphic(r) }) {
		if !isWord(w) || p.in(w) {
			w = blot
			if strings.HasSuffix(b.String(), blot) {
				continue
			}
		}
		if b.Len()+1+len(w) > longest {
			b.WriteString("…")
			break
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	// A secret of several words, which none has, would have got through.
	out := strings.ToLower(b.String())
	for _, secret := range secrets {
		words := strings.Join(strings.Fields(strings.ToLower(secret)), " ")
		if len(words) >= pieceLen/2 && strings.Contains(out, words) {
			return blot
		}
	}
	return b.String()
}

// isWord reports whether w can be part of a sentence: letters and the usual
// signs, or a short number, and none of the forms that tokens have.
func isWord(w string) bool {
	const longest = 32
	if utf8.RuneCountInString(w) > longest {
		return false
	}
	lower := strings.ToLower(w)
	if strings.Contains(lower, "atz") || strings.Contains(lower, "atc|") || strings.Contains(lower, "amzn1.") {
		return false
	}
	digits, others, switches := 0, 0, 0
	var last rune
	for _, r := range w {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			others++
			if unicode.IsLower(last) && unicode.IsUpper(r) {
				switches++
			}
		case !strings.ContainsRune(`_-.,:;!?()[]"'’“”/&…`, r):
			return false
		}
		last = r
	}
	return switches <= 2 && (digits == 0 || digits <= 6 && others == 0)
}

// cleanCode keeps an error code ("invalid_grant", "QuotaExceeded", "MD5101").
func cleanCode(s string, p pieces) string {
	s = strings.TrimSpace(s)
	letters := strings.Trim(s, "0123456789")
	if len(s) > 48 || len(s)-len(letters) > 6 || !isWord(letters) || strings.ContainsFunc(s, func(r rune) bool {
		return r > unicode.MaxASCII || r != '_' && r != '-' && r != '.' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) || p.in(s) {
		return ""
	}
	return s
}

// cleanID keeps a request ID.
func cleanID(s string, p pieces) string {
	s = strings.TrimSpace(s)
	if len(s) > 64 || strings.ContainsFunc(s, func(r rune) bool {
		return r > unicode.MaxASCII || r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) || p.in(s) {
		return ""
	}
	return s
}

// cleanScope keeps the scope of a token: small letters and what joins them.
func cleanScope(s string, p pieces) string {
	if len(s) > 256 || strings.Contains(s, "atz") || p.in(s) || strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && !strings.ContainsRune(" _:.-", r)
	}) {
		return ""
	}
	return s
}
