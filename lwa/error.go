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

// The grant types of RFC 6749.
const (
	grantCode        = "authorization_code"
	grantRefresh     = "refresh_token"
	grantCredentials = "client_credentials"
)

// Error is the failure of a request to Amazon. Printing, logging or encoding it
// shows no secret, because secrets are removed before anything is stored in it.
type Error struct {
	// Kind picks the words for the person at the screen.
	Kind Kind
	// Status is the HTTP status, or 0 without a response.
	Status int
	// Code, Description and RequestID are Amazon's, each "" if missing. They are
	// for support, not for the screen.
	Code, Description, RequestID string

	// Request is the grant type that was asked for, or the name of another request.
	Request string
	// Parameter is the field that the description names, or that was empty.
	Parameter string
	// RetryAfter is how long Amazon asks to wait, or 0.
	RetryAfter time.Duration
	// Uncertain says that a code was sent and may have been used: better get a
	// new one than send it again.
	Uncertain bool
	// Cause is what happened last, if Kind is KindOutcomeUnknown.
	Cause Kind
	// Skew is how far this computer's clock is ahead of Amazon's (negative:
	// behind), or 0 if that is less than a minute or unknown.
	Skew time.Duration
	// At is when it happened, by this computer's clock.
	At time.Time

	ctx error // context.Canceled, context.DeadlineExceeded or nil
}

// Error returns the kind, HTTP status, Amazon's code and the request ID, never
// the description. It's for logs, not for the screen.
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

// Unwrap returns context.Canceled, context.DeadlineExceeded or nil, never an
// error of net/http or oauth2, which contain addresses and whole bodies.
func (e *Error) Unwrap() error { return e.ctx }

func (e *Error) keepContext(err error) {
	for _, c := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, c) {
			e.ctx = c
		}
	}
}

// Details returns the text of "Copy details", for support: lines of
// "name: value" in English, without secrets. version is the program's.
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
	line("Request", e.Request)
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

// NewError makes the error of a response, with the request ID of the header if e
// has none. It removes secrets: those sent, which the caller names, and those in
// the response.
func (r Response) NewError(kind Kind, e ErrorResponse, sent ...Secret) *Error {
	var values []string
	for _, s := range sent {
		values = append(values, s.Reveal())
	}
	fields, _ := r.Fields()
	return r.newError(kind, e, append(values, secretsIn(fields)...), nil)
}

func (r Response) newError(kind Kind, e ErrorResponse, secrets []string, cause error) *Error {
	for _, name := range []string{"X-Amzn-Requestid", "X-Amz-Rid", "X-Amz-Request-Id"} {
		if e.RequestID == "" {
			e.RequestID = r.Header.Get(name)
		}
	}
	err := &Error{
		Kind: kind, Status: r.Status,
		RetryAfter: retryAfter(r.Header, r.At),
		Skew:       clockSkew(r.Header, r.At),
		At:         r.At,
	}
	err.keepContext(cause)
	if e != (ErrorResponse{}) {
		pieces := piecesOf(secrets)
		err.Code = cleanCode(e.Code, pieces)
		err.Description = cleanDescription(e.Description, secrets, pieces)
		err.RequestID = cleanID(e.RequestID, pieces)
	}
	return err
}

// secretsIn are the values in a response that may be secrets: all texts except
// those known to be harmless.
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

// pieceLen is how many characters of a secret must not show. Ordinary words
// contain shorter runs.
const pieceLen = 8

// pieces are all runs of pieceLen bytes in the secrets, in lower case, and the
// shorter secrets.
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

// in reports whether s contains a piece of a secret.
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

// cleanDescription keeps only what is plainly a word. It lists what is allowed,
// because a server or proxy can echo a secret in more forms than we can list.
func cleanDescription(s string, secrets []string, p pieces) string {
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
	// Words of a secret that consists of several, which no real one does.
	out := strings.ToLower(b.String())
	for _, secret := range secrets {
		words := strings.Join(strings.Fields(strings.ToLower(secret)), " ")
		if len(words) >= pieceLen/2 && strings.Contains(out, words) {
			return blot
		}
	}
	return b.String()
}

// isWord reports whether w can be part of a sentence: letters and punctuation, or
// a short number, and not the form of a token.
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

// cleanScope keeps the scope of a token: lower-case letters and what joins them.
func cleanScope(s string, p pieces) string {
	if len(s) > 256 || strings.Contains(s, "atz") || p.in(s) || strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && !strings.ContainsRune(" _:.-", r)
	}) {
		return ""
	}
	return s
}
