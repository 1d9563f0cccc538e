package lwa

import (
	"bytes"
	"encoding/json"
	"math"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const (
	// assumedLife is the lifetime of an access token whose answer does not
	// tell: the hour that Amazon documents.
	assumedLife = time.Hour
	// longestLife is that of a whole authorization
	// (https://developer-docs.amazon.com/sp-api/docs/renew-authorizations):
	// no access token can outlive it.
	longestLife = 365 * 24 * time.Hour
	// clockTolerance is what a slow network may add to the time of an answer.
	clockTolerance = time.Minute
)

// readToken understands an answer of the token endpoint to q, which was asked
// at start (RFC 6749, sections 5.1 and 5.2). Tokens that arrived are returned
// even with an error.
func readToken(q question, a Answer, start time.Time) (Token, *Error) {
	fields, form := a.Fields()
	token := readSuccess(q, fields, start)
	token.Skew = ClockSkew(a.Header, a.At)
	fail := func(kind Kind, r Refusal) (Token, *Error) {
		e := a.refusal(kind, r.Code, r.Sentence, r.RequestID, append(q.secrets(), secretsIn(fields)...), nil)
		e.Grant = q.grant
		e.Parameter = parameterIn(r.Sentence)
		return token, e
	}

	refusal := a.refusalIn(fields, form)
	switch {
	case a.Status/100 != 2 || refusal.Code != "":
		return fail(tokenRefusalKind(q.grant, a, refusal), refusal)
	case form == BodyObject: // even if the connection broke after it
	case !token.empty():
		return fail(KindUnparseable, refusal)
	case a.broke != nil && !a.unpacking():
		e := a.refusal(transportKind(a.broke, a.host), "", "", "", nil, a.broke)
		e.Grant = q.grant
		return Token{}, e
	case a.IsWebPage():
		return fail(KindNotAmazon, refusal)
	case form == BodyOther:
		return fail(KindMalformedSuccess, refusal)
	default:
		return fail(KindUnparseable, refusal)
	}

	switch {
	case wrongType(fields["access_token"]), q.grant == GrantCode && wrongType(fields["refresh_token"]):
		return fail(KindMalformedSuccess, refusal)
	case token.Access.IsEmpty(), q.grant == GrantCode && token.Refresh.IsEmpty():
		return fail(KindIncomplete, refusal)
	}
	if q.grant == GrantRefresh && token.Refresh.IsEmpty() {
		token.Refresh = q.given // RFC 6749, section 6: no new one means the old one
	}
	if q.grant == GrantCredentials && token.Scope == "" {
		token.Scope = q.scope // RFC 6749, section 5.1: left out if as asked
	}
	return token, nil
}

// readSuccess takes from an answer what is usable in it.
func readSuccess(q question, fields map[string]json.RawMessage, start time.Time) Token {
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

// lifetime reads expires_in, which comes as a number, as text, as null or not
// at all. What is no sensible lifetime counts as not told: a token that is
// thought to be dead on arrival would be renewed for ever, one that is thought
// to live for ever never.
func lifetime(raw json.RawMessage) time.Duration {
	seconds, err := strconv.ParseFloat(strings.Trim(string(raw), "\" \t\r\n"), 64)
	switch {
	case err != nil, !(seconds >= 1), math.IsInf(seconds, 0): // the second also for NaN
		return assumedLife
	case seconds > longestLife.Seconds():
		return longestLife
	}
	return time.Duration(seconds) * time.Second
}

// tokenText is a token, or "" for what cannot be one. RFC 6749, appendix A,
// has tokens of visible ASCII; anything else was damaged on the way, and would
// not fit into the header that it is sent in.
func tokenText(raw json.RawMessage) string {
	s := text(raw)
	if !isASCII(s) || strings.TrimSpace(s) == "" {
		return ""
	}
	return s
}

// wrongType reports whether a token field holds something that is no token.
func wrongType(raw json.RawMessage) bool {
	var s *string // null is not there, rather than wrong
	if len(raw) == 0 {
		return false
	}
	if json.Unmarshal(raw, &s) != nil {
		return true
	}
	return s != nil && tokenText(raw) == "" && strings.TrimSpace(*s) != ""
}

// text is a JSON string, or "" for any other value.
func text(raw json.RawMessage) string {
	var s string
	if len(raw) == 0 || json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return s
}

// Refusal is what an answer says about why it is none.
type Refusal struct {
	Code, Sentence, RequestID string
}

// refusalIn reads the refusal of a JSON answer (RFC 6749, section 5.2), or
// scans for it in what is nearly JSON: Amazon's own test suites have bodies
// with bare names and single quotes.
func (a Answer) refusalIn(fields map[string]json.RawMessage, form BodyForm) Refusal {
	r := Refusal{
		Code:      text(fields["error"]),
		Sentence:  text(fields["error_description"]),
		RequestID: text(fields["request_id"]),
	}
	if r.Code == "" && fields["access_token"] == nil {
		// Other doors of Amazon's answer {"error":{…}}, {"errors":[…]} or {"code":…}.
		if nested := a.Refusals(); len(nested) > 0 {
			r.Code, r.Sentence = nested[0].Code, nested[0].Sentence
		}
	}
	if r.Code == "" && form != BodyObject && !a.IsWebPage() {
		r.Code, r.Sentence = scanFor(looseCode, a.Body), scanFor(looseSentence, a.Body)
	}
	return r
}

// These only ever look at a body that is no JSON.
var (
	looseCode     = regexp.MustCompile(`(?:^|[{,&\s"'])error["']?\s*[:=]\s*["']?([A-Za-z_]{3,48})`)
	looseSentence = regexp.MustCompile(`(?:^|[{,&\s"'])error_description["']?\s*[:=]\s*["']?([^"'}&]{1,300})`)
)

func scanFor(re *regexp.Regexp, body []byte) string {
	m := re.FindSubmatch(body[:min(len(body), 4096)])
	if m == nil {
		return ""
	}
	return string(m[1])
}

// tokenRefusalKind says what a refusal of the token endpoint means. It goes by
// the error code and the name of the parameter; the sentences around them have
// changed over the years and will again.
func tokenRefusalKind(grant Grant, a Answer, r Refusal) Kind {
	sentence := strings.ToLower(r.Sentence)
	if a.Status == http.StatusTooManyRequests {
		return KindThrottled
	}
	switch letters(r.Code) {
	case "invalidgrant":
		return grantKind(grant, sentence)
	case "invalidrequest":
		return requestKind(sentence)
	case "invalidclient":
		if strings.Contains(sentence, "secret") && strings.Contains(sentence, "expired") {
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
	if kind := a.StatusKind(); kind != "" {
		return kind
	}
	switch {
	case a.Status == http.StatusUnauthorized:
		return KindClientAuth
	case a.Status == http.StatusForbidden && r.Code == "":
		return KindAccessDenied // as Amazon's own SDKs take a bare 403
	case (a.Status == http.StatusNotFound || a.Status == http.StatusMethodNotAllowed) && r.Code == "":
		return KindNotAmazon // the token endpoint is there, and takes POST
	}
	return KindRefused
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

// grantKind tells the causes of invalid_grant apart. Without a parameter's
// name, what was sent decides.
func grantKind(grant Grant, sentence string) Kind {
	switch parameterIn(sentence) {
	case "code":
		return KindCode
	case "refresh_token":
		grant = GrantRefresh
	case "client_id", "client_secret":
		return KindClientNotAuthorized
	}
	switch grant {
	case GrantCode:
		return KindCode
	case GrantRefresh:
		if withdrawn.MatchString(sentence) {
			return KindRevoked
		}
		return KindRefreshToken
	}
	return KindRefused
}

// withdrawn is a sentence that says that the permission is gone. The sentence
// of RFC 6749 ("is invalid, expired, revoked, does not match …") says no such
// thing.
var withdrawn = regexp.MustCompile(`\b(have|has|had|was|is|been|or|access|token) (revoked|expired|withdrawn)\b|\bgrant(ed)? (the )?permission|revoked (the|by|access)`)

// requestKind tells the causes of invalid_request apart.
func requestKind(sentence string) Kind {
	if strings.Contains(sentence, "missing") {
		return KindMissingParameter
	}
	switch parameterIn(sentence) {
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

// parameterIn is the parameter that one of Amazon's sentences names
// ("… parameter : refresh_token."), or "". "code" and "scope" are ordinary
// words too and count only in that place.
func parameterIn(sentence string) string {
	m := namedParameter.FindStringSubmatch(strings.ToLower(sentence))
	if m == nil {
		return ""
	}
	return m[1] + m[2]
}

var namedParameter = regexp.MustCompile(
	`parameter\s*:?\s*["']?(refresh_token|client_id|client_secret|grant_type|redirect_uri|code|scope)\b` +
		`|\b(refresh_token|client_id|client_secret|grant_type|redirect_uri)\b`)

// BodyForm says what a body is.
type BodyForm int

// The forms of a body.
const (
	BodyNotJSON BodyForm = iota // no JSON, or nothing at all
	BodyCut                     // a JSON object that ends too early
	BodyObject                  // a whole JSON object (or null, the empty one)
	BodyOther                   // another JSON value
)

// Fields reads a body that is a JSON object, whatever its content type says.
// Of one that is cut off it gives the fields that arrived whole. A form
// (access_token=…&…), which RFC 6749 does not provide for and some servers
// send, counts as an object.
func (a Answer) Fields() (map[string]json.RawMessage, BodyForm) {
	body := bytes.TrimSpace(bytes.TrimPrefix(a.Body, []byte("\xef\xbb\xbf")))
	if len(body) == 0 {
		return nil, BodyNotJSON
	}
	if body[0] != '{' {
		switch {
		case string(body) == "null":
			return nil, BodyObject
		case json.Valid(body):
			return nil, BodyOther
		}
		return a.formFields(body)
	}
	fields := map[string]json.RawMessage{}
	dec := json.NewDecoder(bytes.NewReader(body))
	if _, err := dec.Token(); err != nil {
		return nil, BodyNotJSON
	}
	for dec.More() {
		name, err := dec.Token()
		key, isText := name.(string)
		if err != nil || !isText {
			return fields, cutBody(fields)
		}
		var value json.RawMessage
		if dec.Decode(&value) != nil {
			return fields, cutBody(fields)
		}
		fields[key] = value
	}
	if _, err := dec.Token(); err != nil {
		return fields, cutBody(fields)
	}
	return fields, BodyObject
}

func cutBody(fields map[string]json.RawMessage) BodyForm {
	if len(fields) == 0 {
		return BodyNotJSON
	}
	return BodyCut
}

func (a Answer) formFields(body []byte) (map[string]json.RawMessage, BodyForm) {
	kind, _, _ := mime.ParseMediaType(a.Header.Get("Content-Type"))
	if kind != "application/x-www-form-urlencoded" && kind != "text/plain" || a.TooLong || a.broke != nil {
		return nil, BodyNotJSON
	}
	values, err := url.ParseQuery(string(body))
	if err != nil || !values.Has("access_token") && !values.Has("error") {
		return nil, BodyNotJSON
	}
	fields := map[string]json.RawMessage{}
	for name := range values {
		fields[name], _ = json.Marshal(values.Get(name))
	}
	return fields, BodyObject
}

// Refusals reads the list that the SP-API puts its refusals into
// ({"errors":[{"code","message","details"}]}), and the single ones of the
// gateways before it ({"message":…}, {"code":…,"message":…}, {"error":{…}}).
// Sentence is the message and the details together.
func (a Answer) Refusals() []Refusal {
	fields, _ := a.Fields()
	type one struct {
		Code, Message, Details any
	}
	read := func(raw []byte) (Refusal, bool) {
		var o one
		if json.Unmarshal(raw, &o) != nil {
			return Refusal{}, false
		}
		str := func(v any) string { s, _ := v.(string); return strings.TrimSpace(s) }
		r := Refusal{Code: str(o.Code), Sentence: strings.TrimSpace(str(o.Message) + " " + str(o.Details))}
		return r, r.Code != "" || r.Sentence != ""
	}
	var list []json.RawMessage
	if json.Unmarshal(fields["errors"], &list) != nil {
		list = nil
	}
	if raw := fields["error"]; len(raw) > 0 && raw[0] == '{' {
		list = append(list, raw)
	}
	if len(list) == 0 && (fields["code"] != nil || fields["message"] != nil) {
		whole, err := json.Marshal(fields)
		if err == nil {
			list = append(list, whole)
		}
	}
	var all []Refusal
	for _, raw := range list[:min(len(list), 10)] {
		if r, ok := read(raw); ok {
			all = append(all, r)
		}
	}
	return all
}

// IsWebPage reports whether the body is a page made for people, which neither
// the token endpoint nor the SP-API ever sends of their own accord.
func (a Answer) IsWebPage() bool {
	head := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(a.Body, []byte("\xef\xbb\xbf"))))
	head = head[:min(len(head), 2048)]
	if len(head) == 0 || head[0] == '{' || head[0] == '[' {
		return false
	}
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<title", "<script", "<meta"} {
		if bytes.Contains(head, []byte(tag)) {
			return true
		}
	}
	kind, _, _ := mime.ParseMediaType(a.Header.Get("Content-Type"))
	return kind == "text/html" || kind == "application/xhtml+xml"
}

// StatusKind is the kind of an answer by its status and form alone, for what
// has no error code: a redirect or a page of somebody else's, throttling,
// trouble on Amazon's side. It is "" where the status does not tell.
func (a Answer) StatusKind() Kind {
	switch s := a.Status; {
	case s == http.StatusTooManyRequests:
		return KindThrottled
	case s >= 300 && s < 400, s == http.StatusProxyAuthRequired, s == http.StatusNetworkAuthenticationRequired:
		return KindNotAmazon
	case s == http.StatusRequestTimeout:
		return KindTimeout
	case s == http.StatusServiceUnavailable:
		return KindUnavailable
	case s >= 500:
		return KindServer
	case s >= 400 && (a.IsWebPage() || s == http.StatusForbidden && a.isPlainText()):
		return KindNotAmazon
	}
	return ""
}

// isPlainText reports whether the body is neither empty nor JSON-like nor XML,
// as the "blocked" notes of company proxies are.
func (a Answer) isPlainText() bool {
	body := bytes.TrimSpace(a.Body)
	return len(body) > 0 && body[0] != '{' && body[0] != '[' && body[0] != '<' && body[0] != '"'
}

// ClockSkew is how far now is ahead of the Date of an answer (negative:
// behind), or 0 if that is within a minute or the answer has no date. A clock
// that is wrong makes every countdown wrong, and by more than a few weeks also
// every certificate.
func ClockSkew(header http.Header, now time.Time) time.Duration {
	date, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return 0
	}
	skew := now.Sub(date)
	if skew.Abs() < clockTolerance {
		return 0
	}
	return skew.Round(time.Second)
}

// retryAfter reads the header of that name (RFC 9110, section 10.2.3): seconds
// or a date. A date is taken against the answer's own, which shares its clock.
func retryAfter(header http.Header, now time.Time) time.Duration {
	const longest = 24 * time.Hour
	value := strings.TrimSpace(header.Get("Retry-After"))
	if value == "" {
		return 0
	}
	if seconds, err := strconv.ParseFloat(value, 64); err == nil {
		if !(seconds > 0) {
			return 0
		}
		return time.Duration(min(seconds, longest.Seconds()) * float64(time.Second))
	}
	until, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	if date, err := http.ParseTime(header.Get("Date")); err == nil {
		now = date
	}
	return min(max(until.Sub(now), 0), longest)
}
