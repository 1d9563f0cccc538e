package account

import (
	"context"
	"maps"

	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// TrySecret renews the access token of an account with another client secret than
// the one in the vault, which stays there. A new refresh token is saved, and the
// account's state isn't touched. The errors are those of [Refresher.Renew].
func (r *Refresher) TrySecret(ctx context.Context, id string, secret lwa.Secret) (Renewal, error) {
	cfg := r.cfg
	cfg.Load = func(ctx context.Context, id string) (lwa.Credentials, lwa.Secret, error) {
		cred, refresh, err := r.cfg.Load(ctx, id)
		if vault.KindOf(err) == vault.NotFound && !refresh.IsEmpty() {
			err = nil // only the old client secret is lost
		}
		cred.ClientSecret = secret
		return cred, refresh, err
	}
	cfg.Share = nil                    // a token that another process got with the old secret says nothing about this one
	cfg.Record, cfg.Changed = nil, nil // a refused secret is no problem of the account, which has another one
	try := newRefresher(cfg)
	r.mu.Lock()
	try.unsaved = maps.Clone(r.unsaved)
	r.mu.Unlock()
	n, err := try.Renew(ctx, id)
	// The next renewal saves what the vault didn't take. After a cancel, Amazon's
	// answer may still come.
	take := func() {
		try.Wait()
		r.mu.Lock()
		defer r.mu.Unlock()
		if u, ok := try.unsaved[id]; ok {
			r.unsaved[id] = u
		}
	}
	if ctx.Err() != nil {
		r.under.Go(take)
	} else {
		take()
	}
	return n, err
}
