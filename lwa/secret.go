package lwa

import (
	"crypto/subtle"
	"fmt"
	"io"
	"log/slog"
	"strings"
)

// masked is what accidental printing of a Secret shows.
const masked = "[secret]"

// Secret is a code, a token or a client secret. Printing or encoding it (fmt,
// encoding/json, log/slog, a text template) shows a mask; only [Secret.Reveal]
// returns the value.
//
// It contains a pointer because fmt calls no methods on unexported struct fields
// but doesn't follow a nested pointer either: printing a struct that contains a
// Secret shows an address. Compare secrets with [Secret.Equal], not with ==.
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

// Reveal returns the value. Its callers are all the places where a secret can get
// out.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// IsEmpty reports whether the value is "".
func (s Secret) IsEmpty() bool { return s.value == nil }

// Equal compares two secrets in a time that depends only on their length.
func (s Secret) Equal(t Secret) bool {
	return subtle.ConstantTimeCompare([]byte(s.Reveal()), []byte(t.Reveal())) == 1
}

// Hint is the form for the screen: the public prefix of a token ("Atzr|"), or the
// first and last characters of a code, and dots. It shows at most a third of the
// value, and always the same number of dots.
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

// Format writes the mask for every verb: %#v, %d, %x and %q would otherwise print
// the value.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// MarshalText returns a mask, for JSON as well.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue returns a mask.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
