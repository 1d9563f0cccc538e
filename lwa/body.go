package lwa

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// clockTolerance is how much a slow network may delay a response.
const clockTolerance = time.Minute

// Response is an HTTP response, read to its end or to the limit.
type Response struct {
	Status int
	Header http.Header
	// Body is decompressed and cut off at 256 KiB; TooLong says that it was longer.
	Body    []byte
	TooLong bool
	// At is when the response was complete, by this computer's clock.
	At time.Time

	host  string
	broke error // what ended the body too early, or nil
}

// bodyForm is what a body turns out to be.
type bodyForm int

const (
	notJSON    bodyForm = iota // not JSON, or empty
	cutOff                     // a JSON object that ends too early
	jsonObject                 // a whole JSON object, or null
	jsonOther                  // another JSON value
)

// Fields returns the fields of a JSON object, whatever the content type. If the
// object is cut off, these are the complete ones, and whole is false, as it is
// for a body that isn't JSON.
func (r Response) Fields() (fields map[string]json.RawMessage, whole bool) {
	fields, form := r.parse()
	return fields, form == jsonObject || form == jsonOther
}

// parse parses the body. A form (access_token=…&…), which some servers send
// although RFC 6749 doesn't allow it, counts as an object.
func (r Response) parse() (map[string]json.RawMessage, bodyForm) {
	body := bytes.TrimSpace(bytes.TrimPrefix(r.Body, []byte("\xef\xbb\xbf")))
	if len(body) == 0 {
		return nil, notJSON
	}
	if body[0] != '{' {
		switch {
		case string(body) == "null":
			return nil, jsonObject
		case json.Valid(body):
			return nil, jsonOther
		}
		return r.formFields(body)
	}
	fields := map[string]json.RawMessage{}
	dec := json.NewDecoder(bytes.NewReader(body))
	if _, err := dec.Token(); err != nil {
		return nil, notJSON
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
	return fields, jsonObject
}

func cutBody(fields map[string]json.RawMessage) bodyForm {
	if len(fields) == 0 {
		return notJSON
	}
	return cutOff
}

func (r Response) formFields(body []byte) (map[string]json.RawMessage, bodyForm) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "application/x-www-form-urlencoded" && kind != "text/plain" || r.TooLong || r.broke != nil {
		return nil, notJSON
	}
	values, err := url.ParseQuery(string(body))
	if err != nil || !values.Has("access_token") && !values.Has("error") {
		return nil, notJSON
	}
	fields := map[string]json.RawMessage{}
	for name := range values {
		fields[name], _ = json.Marshal(values.Get(name))
	}
	return fields, jsonObject
}

// ErrorResponse is what a response says about the error (RFC 6749, section 5.2).
type ErrorResponse struct {
	Code, Description, RequestID string
}

// ErrorResponses returns the errors in a response of the SP-API
// ({"errors":[{"code","message","details"}]}), at most ten, or the one of a
// gateway in front of it ({"message":…}, {"code":…,"message":…}, {"error":{…}}).
// Description is the message followed by the details.
func (r Response) ErrorResponses() []ErrorResponse {
	fields, _ := r.Fields()
	var list []json.RawMessage
	if json.Unmarshal(fields["errors"], &list) != nil {
		list = nil
	}
	if raw := fields["error"]; len(raw) > 0 && raw[0] == '{' {
		list = append(list, raw)
	}
	if len(list) == 0 && (fields["code"] != nil || fields["message"] != nil) {
		if all, err := json.Marshal(fields); err == nil {
			list = append(list, all)
		}
	}
	var found []ErrorResponse
	for _, raw := range list[:min(len(list), 10)] {
		var one struct{ Code, Message, Details any }
		if json.Unmarshal(raw, &one) != nil {
			continue
		}
		text := func(v any) string { s, _ := v.(string); return strings.TrimSpace(s) }
		e := ErrorResponse{Code: text(one.Code), Description: strings.TrimSpace(text(one.Message) + " " + text(one.Details))}
		if e != (ErrorResponse{}) {
			found = append(found, e)
		}
	}
	return found
}

// IsWebPage reports whether the body is a web page, which neither the token
// endpoint nor the SP-API ever sends.
func (r Response) IsWebPage() bool {
	head := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(r.Body, []byte("\xef\xbb\xbf"))))
	head = head[:min(len(head), 2048)]
	if len(head) == 0 || head[0] == '{' || head[0] == '[' {
		return false
	}
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<title", "<script", "<meta"} {
		if bytes.Contains(head, []byte(tag)) {
			return true
		}
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return kind == "text/html" || kind == "application/xhtml+xml"
}

// StatusKind returns the kind of a response without an error code, by its status
// and form: a redirect, another party's web page, throttling, an error at
// Amazon. It returns "" if these don't tell.
func (r Response) StatusKind() Kind {
	switch s := r.Status; {
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
	case s >= 400 && (r.IsWebPage() || s == http.StatusForbidden && r.isPlainText()):
		return KindNotAmazon
	}
	return ""
}

// isPlainText reports whether the body is neither empty nor JSON nor XML, such as
// the "blocked" notes of company proxies.
func (r Response) isPlainText() bool {
	body := bytes.TrimSpace(r.Body)
	return len(body) > 0 && body[0] != '{' && body[0] != '[' && body[0] != '<' && body[0] != '"'
}

// ClockSkew returns how far this computer's clock is ahead of the server's
// (negative: behind), or 0 if that is less than a minute. known is false if the
// response has no Date.
func (r Response) ClockSkew() (ahead time.Duration, known bool) {
	_, err := http.ParseTime(r.Header.Get("Date"))
	return clockSkew(r.Header, r.At), err == nil
}

// clockSkew returns how far now is ahead of the Date of a response (negative:
// behind), or 0 if there is none or the difference is under a minute. With a
// wrong clock every countdown is wrong, and after a few weeks every certificate.
func clockSkew(header http.Header, now time.Time) time.Duration {
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
// or a date, which is compared with the response's own because both have the
// same clock.
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

// text returns a JSON string, or "" for another value.
func text(raw json.RawMessage) string {
	var s string
	if len(raw) == 0 || json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return s
}

// unpacking reports whether the body couldn't be decompressed, as opposed to a
// broken connection.
func (a *Response) unpacking() bool {
	return errors.Is(a.broke, gzip.ErrHeader) || errors.Is(a.broke, gzip.ErrChecksum) ||
		a.broke != nil && strings.HasPrefix(a.broke.Error(), "flate: ")
}
