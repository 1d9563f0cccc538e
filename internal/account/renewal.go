package account

import (
	"context"
	"errors"
	"time"

	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

const (
	// renewAhead is how long before its end a token is renewed.
	renewAhead = 5 * time.Minute
	// renewPatience ends a renewal that neither Amazon nor the keychain answers.
	renewPatience = 3 * time.Minute
	// clockBack is how far a clock may be corrected without a renewal.
	clockBack = 2 * time.Minute
)

// outcome is how the renewal of an account went.
type outcome struct {
	ID string
	At time.Time
	// Problem is the kind of the error, "" when a token came.
	Problem string
}

// Renewal is the result of a renewal.
type Renewal struct {
	Token lwa.Token
	// RefreshChanged: Amazon gave another refresh token. It was saved before
	// anybody saw it, unless the error is an *[UnsavedError].
	RefreshChanged bool
	// Shared: another process got the token, and Amazon was not asked again. Then
	// the Token has a refresh token only if the account is open.
	Shared bool
}

// want says which access token a renewal is for.
type want int

const (
	// wantAny: one that another process got is as good.
	wantAny want = iota
	// wantNew: one that is newer than any that there is at the start.
	wantNew
	// wantProof: the same, but the seller only wants to know that the account works.
	// A keychain can take longer to store a token than Amazon to give one, so it
	// isn't stored where there's no present one for it to replace.
	wantProof
)

// refresherConfig is what a [Refresher] works with.
type refresherConfig struct {
	// Renew asks Amazon; it is [lwa.Client.Refresh].
	Renew func(ctx context.Context, cred lwa.Credentials, refresh lwa.Secret) (lwa.Token, error)
	// Load gives what an account is renewed with.
	Load func(ctx context.Context, id string) (lwa.Credentials, lwa.Secret, error)
	// Replace stores a changed refresh token, see Store.replaceRefreshToken.
	Replace func(ctx context.Context, id string, was, keep, next lwa.Secret) error
	// Worked is told of every refresh token that has worked and is stored already;
	// it may be nil.
	Worked func(ctx context.Context, id string) error
	// Previous returns the former refresh token, in case Amazon refuses the present
	// one; it may be nil.
	Previous func(ctx context.Context, id string) lwa.Secret
	// Share lets one process at a time ask about an account, see
	// Store.shareToken; it may be nil.
	Share func(ctx context.Context, id string, known lwa.Token, w want, ask func() (Renewal, error)) (Renewal, error)
	// Record writes down how it went; it may be nil.
	Record func([]outcome) error
	// Changed is told of every renewal that was tried, in no particular
	// goroutine; may be nil.
	Changed func(id string, r Renewal, err error)
	// Now is the wall clock; nil means time.Now.
	Now func() time.Time
	// Jitter gives a time up to max; nil means a random one.
	Jitter func(max time.Duration) time.Duration
}

// UnsavedError says that Amazon gave another refresh token and the vault did
// not take it. The [Renewal] beside it holds the only copy: show it.
type UnsavedError struct {
	ID  string
	Err error
}

// Error is for logs.
func (e *UnsavedError) Error() string {
	return "account: new refresh token not saved: " + e.Err.Error()
}

// Unwrap returns the vault's error.
func (e *UnsavedError) Unwrap() error { return e.Err }

// problemOf is the identifier under which an error is remembered.
func problemOf(err error) string {
	var l *lwa.Error
	var i *IndexError
	switch {
	case errors.As(err, &l):
		return string(l.Kind)
	case vault.KindOf(err) != "":
		return string(vault.KindOf(err))
	case errors.As(err, &i):
		return string(i.Kind)
	case errors.Is(err, context.DeadlineExceeded):
		return string(lwa.KindTimeout)
	case errors.Is(err, context.Canceled):
		return string(lwa.KindCanceled)
	}
	return string(lwa.KindRefused)
}

// passing reports whether trying again by itself may help. With a locked keychain it
// doesn't: every try would ask the person for a password again.
func passing(problem string) bool {
	switch problem {
	case string(vault.Locked), string(vault.Missing), string(vault.Refused), string(vault.Dismissed), string(vault.Damaged),
		string(vault.WrongPassphrase), string(indexNotFound):
		return false
	}
	return reasonOf(problem) == ""
}

// refusesToken reports that Amazon does not take this refresh token; it may take
// another one of the same account.
func refusesToken(err error) bool {
	var e *lwa.Error
	return errors.As(err, &e) && e.Kind.NeedsConsent()
}
