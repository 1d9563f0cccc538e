package account

import (
	"context"
	"time"

	"github.com/sellerkey/sellerkey/lwa"
)

// Outcome is how the renewal of an account went.
type Outcome struct {
	ID string
	At time.Time
	// Problem is the kind of the error, "" when a token came.
	Problem string
}

// Renewal is what a renewal brought.
type Renewal struct {
	Token lwa.Token
	// RefreshChanged: Amazon gave another refresh token. It was saved before
	// anybody saw it, unless the error is an *[UnsavedError].
	RefreshChanged bool
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

// RefresherConfig is what a [Refresher] works with.
type RefresherConfig struct {
	// Renew asks Amazon; it is [lwa.Client.Refresh].
	Renew func(ctx context.Context, cred lwa.Credentials, refresh lwa.Secret) (lwa.Token, error)
	// Load gives what an account is renewed with.
	Load func(ctx context.Context, id string) (lwa.Credentials, lwa.Secret, error)
	// Save stores a changed refresh token.
	Save func(ctx context.Context, id string, refresh lwa.Secret) error
	// Record writes down how it went; may be nil.
	Record func([]Outcome) error
	// Changed is told of every renewal that was tried, in no particular
	// goroutine; may be nil.
	Changed func(id string, r Renewal, err error)
	// Now is the wall clock; nil means time.Now.
	Now func() time.Time
	// Jitter gives a time up to max; nil means a random one.
	Jitter func(max time.Duration) time.Duration
	// Parallel is how many renewals run at once; 0 means 3.
	Parallel int
}

// Refresher keeps the access tokens of the open accounts fresh.
type Refresher struct{ cfg RefresherConfig }

// NewRefresher returns a refresher with no account open. It does nothing by
// itself until [Refresher.Run].
func NewRefresher(cfg RefresherConfig) *Refresher { return &Refresher{cfg: cfg} }

// RefresherFor wires a refresher to a store.
func RefresherFor(s *Store, renew func(context.Context, lwa.Credentials, lwa.Secret) (lwa.Token, error)) RefresherConfig {
	return RefresherConfig{Renew: renew}
}

// Run renews until ctx ends.
func (r *Refresher) Run(ctx context.Context) { <-ctx.Done() }

// Keep opens an account: its access token is kept fresh from now on. The token
// may be the zero Token.
func (r *Refresher) Keep(id string, t lwa.Token) {}

// Drop closes an account and forgets its access token.
func (r *Refresher) Drop(id string) {}

// Token returns the access token of an account as long as it is good, and
// renews it first when it is not.
func (r *Refresher) Token(ctx context.Context, id string) (Renewal, error) { return Renewal{}, nil }

// Renew renews now. However many ask at the same time, Amazon is asked once.
func (r *Refresher) Renew(ctx context.Context, id string) (Renewal, error) { return Renewal{}, nil }

// RenewAll renews the accounts of the ids, a few at a time, until ctx ends.
// progress may be nil; its calls do not overlap.
func (r *Refresher) RenewAll(ctx context.Context, ids []string, progress func(done, total int, id string, err error)) error {
	return nil
}
