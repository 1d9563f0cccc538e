package lwa

import (
	"encoding/json"
	"math"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	// assumedLife is the lifetime of an access token if the response has none:
	// the hour that Amazon documents.
	assumedLife = time.Hour
	// longestLife is that of an authorization
	// (https://developer-docs.amazon.com/sp-api/docs/renew-authorizations):
	// no access token can outlive it.
	longestLife = 365 * 24 * time.Hour
)

// readToken understands a response of the token endpoint to q, which was sent at
// start (RFC 6749, sections 5.1 and 5.2). It returns the tokens that arrived
// even with an error.
func readToken(q tokenRequest, r Response, start time.Time) (Token, *Error) {
	fields, form := r.parse()
	token := readSuccess(q, fields, start)
	token.Skew = clockSkew(r.Header, r.At)
	refused := r.errorIn(fields, form)
	ok := r.Status/100 == 2 && refused.Code == ""
	if ok && form != jsonObject && token.empty() && r.broke != nil && !r.unpacking() {
		e := r.newError(transportKind(r.broke, r.host), ErrorResponse{}, nil, r.broke)
		e.Request = q.grant
		return Token{}, e
	}
	kind := successKind(q, r, form, fields, token)
	if !ok {
		kind = refusalKind(q.grant, r, refused)
	}
	if kind != "" {
		e := r.newError(kind, refused, append(q.secrets(), secretsIn(fields)...), nil)
		e.Request, e.Parameter = q.grant, parameterIn(refused.Description)
		return token, e
	}
	if q.grant == grantRefresh && token.Refresh.IsEmpty() {
		token.Refresh = q.given // RFC 6749, section 6: without a new one, the old one stays valid
	}
	if q.grant == grantCredentials && token.Scope == "" {
		token.Scope = q.scope // RFC 6749, section 5.1: omitted if as requested
	}
	return token, nil
}

// successKind says what is wrong with a response of status 2xx, or "".
func successKind(q tokenRequest, r Response, form bodyForm, fields map[string]json.RawMessage, token Token) Kind {
	code := q.grant == grantCode
	switch {
	case form == jsonObject: // even if the connection broke after it
		switch {
		case wrongType(fields["access_token"]), code && wrongType(fields["refresh_token"]):
			return KindMalformedSuccess
		case token.Access.IsEmpty(), code && token.Refresh.IsEmpty():
			return KindIncomplete
		}
		return ""
	case !token.empty():
		return KindUnparseable
	case r.IsWebPage():
		return KindNotAmazon
	case form == jsonOther:
		return KindMalformedSuccess
	}
	return KindUnparseable
}

// readSuccess takes what is usable from a response.
func readSuccess(q tokenRequest, fields map[string]json.RawMessage, start time.Time) Token {
	kind := text(fields["token_type"])
	if kind == "" {
		kind = "bearer"
	}
	known := piecesOf(append(q.secrets(), secretsIn(fields)...))
	return Token{
		Access:  NewSecret(tokenText(fields["access_token"])),
		Refresh: NewSecret(tokenText(fields["refresh_token"])),
		Type:    cleanCode(kind, known),
		Scope:   cleanScope(text(fields["scope"]), known),
		Expiry:  start.Add(lifetime(fields["expires_in"])),
	}
}

// lifetime reads expires_in: a number, text, null or nothing. An implausible
// lifetime counts as missing: a token that seems expired on arrival would be
// refreshed forever, and one that seems to last forever never.
func lifetime(raw json.RawMessage) time.Duration {
	seconds, err := strconv.ParseFloat(strings.Trim(string(raw), "\" \t\r\n"), 64)
	switch {
	case err != nil, !(seconds >= 1), math.IsInf(seconds, 0): // the second for NaN, too
		return assumedLife
	case seconds > longestLife.Seconds():
		return longestLife
	}
	return time.Duration(seconds) * time.Second
}

// tokenText returns a token, or "" for what can't be one. In RFC 6749, appendix
// A, tokens are visible ASCII; anything else was damaged and wouldn't fit into a
// header.
func tokenText(raw json.RawMessage) string {
	s := text(raw)
	if !isASCII(s) || strings.TrimSpace(s) == "" {
		return ""
	}
	return s
}

// wrongType reports whether a token field contains something else.
func wrongType(raw json.RawMessage) bool {
	var s *string // null counts as missing
	if len(raw) == 0 {
		return false
	}
	if json.Unmarshal(raw, &s) != nil {
		return true
	}
	return s != nil && tokenText(raw) == "" && strings.TrimSpace(*s) != ""
}

// errorIn reads the error response of the token endpoint, or searches for one in
// what is nearly JSON: Amazon's own test suites have bodies with unquoted names
// and single quotes.
func (r Response) errorIn(fields map[string]json.RawMessage, form bodyForm) ErrorResponse {
	e := ErrorResponse{
		Code:        text(fields["error"]),
		Description: text(fields["error_description"]),
		RequestID:   text(fields["request_id"]),
	}
	if e.Code == "" && fields["access_token"] == nil {
		// Other endpoints of Amazon send {"error":{…}}, {"errors":[…]} or {"code":…}.
		if nested := r.ErrorResponses(); len(nested) > 0 {
			e.Code, e.Description = nested[0].Code, nested[0].Description
		}
	}
	if e.Code == "" && form != jsonObject && !r.IsWebPage() {
		e.Code, e.Description = scanFor(looseCode(), r.Body), scanFor(looseDescription(), r.Body)
	}
	return e
}

// compiled returns a function that compiles a regular expression when it's first
// called: most programs that import this package never read a refusal.
func compiled(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

// These search only bodies that aren't JSON.
var (
	looseCode        = compiled(`(?:^|[{,&\s"'])error["']?\s*[:=]\s*["']?([A-Za-z_]{3,48})`)
	looseDescription = compiled(`(?:^|[{,&\s"'])error_description["']?\s*[:=]\s*["']?([^"'}&]{1,300})`)
)

func scanFor(re *regexp.Regexp, body []byte) string {
	m := re.FindSubmatch(body[:min(len(body), 4096)])
	if m == nil {
		return ""
	}
	return string(m[1])
}

// refusalKind says what an error response of the token endpoint means. It goes by
// the error code and the parameter's name, because the descriptions have changed
// over the years.
func refusalKind(grant string, r Response, e ErrorResponse) Kind {
	if r.Status == http.StatusTooManyRequests {
		return KindThrottled
	}
	if kind := codeKind(grant, e); kind != "" {
		return kind
	}
	if kind := r.StatusKind(); kind != "" {
		return kind
	}
	if r.Status == http.StatusUnauthorized {
		return KindClientAuth
	}
	if e.Code == "" {
		switch r.Status {
		case http.StatusForbidden:
			return KindAccessDenied // as in Amazon's own SDKs
		case http.StatusNotFound, http.StatusMethodNotAllowed:
			return KindNotAmazon // the token endpoint exists and accepts POST
		}
	}
	return KindRefused
}

// codeKind is the kind of an error code, or "" for an unknown one.
func codeKind(grant string, e ErrorResponse) Kind {
	description := strings.ToLower(e.Description)
	switch letters(e.Code) {
	case "invalidgrant":
		return grantKind(grant, description)
	case "invalidrequest":
		return requestKind(description)
	case "invalidclient":
		if strings.Contains(description, "secret") && strings.Contains(description, "expired") {
			return KindSecretExpired
		}
		return KindClientAuth
	case "unauthorizedclient":
		return KindClientNotAuthorized
	case "unsupportedgranttype":
		return KindUnsupportedGrant
	case "invalidscope", "insufficientscope":
		return KindScope
	case "accessdenied":
		return KindAccessDenied
	case "servererror", "internalfailure", "internalerror", "internalservererror":
		return KindServer
	case "temporarilyunavailable", "serviceunavailable":
		return KindUnavailable
	case "quotaexceeded", "throttled", "throttling", "throttlingexception", "slowdown",
		"toomanyrequests", "requestthrottled", "ratelimitexceeded":
		return KindThrottled
	}
	return ""
}

// letters makes ServerError, server_error and "server error" the same.
func letters(code string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(code))
}

// grantKind tells the causes of invalid_grant apart. Without a parameter's name
// it goes by what was sent.
func grantKind(grant string, description string) Kind {
	switch parameterIn(description) {
	case "code":
		return KindCode
	case "refresh_token":
		grant = grantRefresh
	case "client_id", "client_secret":
		return KindClientNotAuthorized
	}
	switch grant {
	case grantCode:
		return KindCode
	case grantRefresh:
		if withdrawn().MatchString(description) {
			return KindRevoked
		}
		return KindRefreshToken
	}
	return KindRefused
}

// withdrawn matches a description that says that the authorization is gone, but
// not the general one of RFC 6749 ("is invalid, expired, revoked, does not match
// …").
var withdrawn = compiled(`\b(have|has|had|was|is|been|or|access|token) (revoked|expired|withdrawn)\b|\bgrant(ed)? (the )?permission|revoked (the|by|access)`)

// requestKind tells the causes of invalid_request apart.
func requestKind(description string) Kind {
	if strings.Contains(description, "missing") {
		return KindMissingParameter
	}
	switch parameterIn(description) {
	case "code":
		return KindCodeMalformed
	case "refresh_token":
		return KindRefreshToken
	case "client_id", "client_secret":
		return KindClientAuth
	case "scope":
		return KindScope
	case "grant_type":
		return KindUnsupportedGrant
	}
	return KindMalformedRequest
}

// parameterIn returns the parameter that a description names
// ("… parameter : refresh_token."), or "". "code" and "scope" are also ordinary
// words, so they count only in that place.
func parameterIn(description string) string {
	m := namedParameter().FindStringSubmatch(strings.ToLower(description))
	if m == nil {
		return ""
	}
	return m[1] + m[2]
}

var namedParameter = compiled(
	`parameter\s*:?\s*["']?(refresh_token|client_id|client_secret|grant_type|redirect_uri|code|scope)\b` +
		`|\b(refresh_token|client_id|client_secret|grant_type|redirect_uri)\b`)
