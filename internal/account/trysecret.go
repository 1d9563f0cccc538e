package account

import (
	"context"

	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// TrySecret renews the access token of an account with another client secret than
// the one in the vault, which stays there. A new refresh token is saved, and the
// account's state isn't touched. renew and the errors are those of
// [Refresher.Renew].
func (s *Store) TrySecret(
	ctx context.Context, renew func(context.Context, lwa.Credentials, lwa.Secret) (lwa.Token, error), id string, secret lwa.Secret,
) (Renewal, error) {
	r := NewRefresher(s, renew, nil)
	load := r.cfg.Load
	r.cfg.Load = func(ctx context.Context, id string) (lwa.Credentials, lwa.Secret, error) {
		cred, refresh, err := load(ctx, id)
		if vault.KindOf(err) == vault.NotFound && !refresh.IsEmpty() {
			err = nil // only the old client secret is lost
		}
		cred.ClientSecret = secret
		return cred, refresh, err
	}
	r.cfg.Share = nil  // a token that another process got with the old secret says nothing about this one
	r.cfg.Record = nil // a refused secret is no problem of the account, which has another one
	return r.Renew(ctx, id)
}
