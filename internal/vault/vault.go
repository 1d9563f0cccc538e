package vault

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"github.com/sellerkey/sellerkey/lwa"
)

// maxSecret is the longest value a vault takes. Amazon's tokens stay well below
// 4 KB; much more than that was never a token.
const maxSecret = 64 << 10

// Vault keeps secrets. Implementations are safe for concurrent use and return soon
// after ctx is done. Their errors are *[Error]s.
type Vault interface {
	// Get returns the value of key. Without one, the error's kind is [NotFound].
	Get(ctx context.Context, key string) (lwa.Secret, error)
	// Set stores v under key and reads it back. After an error, it has tried to
	// restore what was there before.
	Set(ctx context.Context, key string, v lwa.Secret) error
	// Delete removes key and every trace of it. A missing key is not an error.
	Delete(ctx context.Context, key string) error
}

// Kind says what is wrong with a vault. Its value is a stable
// identifier and the key of the message (vault.<kind>.title and
// vault.<kind>.todo).
type Kind string

// What can be wrong with a vault.
const (
	// NotFound: no such secret.
	NotFound Kind = "not_found"
	// Locked: the keychain is locked, and asking to unlock it did not help.
	Locked Kind = "locked"
	// Missing: this computer has no keychain, or none is running.
	Missing Kind = "missing"
	// Refused: the keychain or the file system does not let us.
	Refused Kind = "refused"
	// Full: no room.
	Full Kind = "full"
	// Dismissed: the person closed the system's question.
	Dismissed Kind = "dismissed"
	// Mismatch: reading back gave another value than the one stored.
	Mismatch Kind = "mismatch"
	// Canceled: the context ended first. What happens after that is undone.
	Canceled Kind = "canceled"
	// TooBig: the value is too long.
	TooBig Kind = "too_big"
	// Unavailable: no answer, or an unknown error.
	Unavailable Kind = "unavailable"
	// WrongPassphrase: the passphrase doesn't open the vault file.
	WrongPassphrase Kind = "wrong_passphrase"
	// Damaged: what is stored can't be read any more.
	Damaged Kind = "damaged"
)

// Error is every error of a vault.
type Error struct {
	// Op is "get", "set", "delete" or "open".
	Op   string
	Kind Kind
	// Detail is what the system said, in its own language, for support. The
	// secret is taken out of it.
	Detail string
	// cause is only ever a context's error: a careless %v must not print what a
	// keychain library says.
	cause error
}

// Error is for logs. It never holds the secret.
func (e *Error) Error() string {
	s := "vault: " + e.Op + ": " + string(e.Kind)
	if e.Detail != "" {
		s += " (" + e.Detail + ")"
	}
	return s
}

// Unwrap returns the context's error when that ended the call.
func (e *Error) Unwrap() error { return e.cause }

// KindOf returns the kind of a vault's error, "" for nil and for any other
// error.
func KindOf(err error) Kind {
	var v *Error
	if errors.As(err, &v) {
		return v.Kind
	}
	return ""
}

// newError makes an error of what the system said, without the values given.
func newError(op string, kind Kind, cause error, secrets ...string) *Error {
	e := &Error{Op: op, Kind: kind}
	switch {
	case cause == nil:
	case errors.Is(cause, context.Canceled), errors.Is(cause, context.DeadlineExceeded):
		e.cause = cause
	default:
		e.Detail = scrub(cause.Error(), secrets...)
	}
	return e
}

// scrub shortens a text of the system's to one harmless line.
func scrub(text string, secrets ...string) string {
	for _, s := range secrets {
		if s != "" {
			text = strings.ReplaceAll(text, s, "[secret]")
		}
	}
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > 200 {
		text = strings.ToValidUTF8(text[:200], "") + "…"
	}
	return text
}

// Probe stores, reads and deletes a throwaway item: it tells whether the vault
// works before anything precious goes there. It may make the system ask
// for the keychain's password.
func Probe(ctx context.Context, v Vault) error {
	key := "probe-" + strings.ToLower(rand.Text()[:8])
	if err := v.Set(ctx, key, lwa.NewSecret("a test of SellerKey, safe to delete")); err != nil {
		return err
	}
	if err := v.Delete(ctx, key); err != nil {
		return fmt.Errorf("the test item stays behind: %w", err)
	}
	return nil
}
