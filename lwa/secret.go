package lwa

import (
	"crypto/subtle"
	"fmt"
	"io"
	"log/slog"
	"strings"
)

// masked is what every accidental way of printing a Secret gives.
const masked = "[secret]"

// Secret is a value that must not be seen: a code, a token, a client secret.
// Every usual way of printing or encoding it (fmt, encoding/json, log/slog,
// a text template) gives a mask; only [Secret.Reveal] gives the value.
//
// The value sits behind a pointer because fmt calls no methods on unexported
// struct fields but does not follow a nested pointer either: printing a struct
// that holds a Secret shows an address, never the value. Secrets are therefore
// compared with [Secret.Equal], not with ==.
//
// The zero Secret is empty.
type Secret struct{ value *string }

// NewSecret wraps s.
func NewSecret(s string) Secret {
	if s == "" {
		return Secret{}
	}
	return Secret{&s}
}

// Reveal returns the value itself. Its callers are the places to read when
// asking where a secret can get out.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// IsEmpty reports whether there is no value.
func (s Secret) IsEmpty() bool { return s.value == nil }

// Equal compares two secrets in a time that depends on their length only.
func (s Secret) Equal(t Secret) bool {
	return subtle.ConstantTimeCompare([]byte(s.Reveal()), []byte(t.Reveal())) == 1
}

// Hint is the form for the screen: the public prefix that tells what kind of
// token it is ("Atzr|"), or the first and last four characters of a longer
// code, and dots for the rest. The number of dots says nothing about the
// length, and never more than a third of the value shows.
func (s Secret) Hint() string {
	const dots = "••••••••••••"
	v := s.Reveal()
	switch {
	case v == "":
		return ""
	case strings.HasPrefix(v, "Atz") || strings.HasPrefix(v, "Atc|"):
		if i := strings.IndexByte(v, '|'); i > 0 && i <= len("Atz.sprdt") {
			return v[:i+1] + dots
		}
		return dots
	case strings.HasPrefix(v, "amzn1.oa2-cs.v1."):
		return "amzn1.oa2-cs.v1." + dots
	case len(v) >= 48, len(v) < 12 || !isASCII(v):
		return dots
	case len(v) < 24:
		return v[:2] + dots + v[len(v)-2:]
	default:
		return v[:4] + dots + v[len(v)-4:]
	}
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] > 0x7e {
			return false
		}
	}
	return true
}

// String returns a mask.
func (s Secret) String() string {
	if s.IsEmpty() {
		return ""
	}
	return masked
}

// GoString returns a mask (the %#v verb).
func (s Secret) GoString() string { return "lwa.Secret(" + s.String() + ")" }

// Format writes the mask whatever the verb: %d, %x and %q would otherwise
// reach into the value.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// MarshalText returns a mask.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalJSON returns a mask.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + s.String() + `"`), nil }

// LogValue returns a mask.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
