package walk

import (
	"slices"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/lwa"
)

// Credentials are the LWA credentials with the accidents of copying repaired.
func (w *Walk) Credentials() lwa.Credentials {
	id, _ := paste.Take(value.ClientID, w.ClientID)
	secret, _ := paste.Take(value.ClientSecret, w.ClientSecret.Reveal())
	return lwa.Credentials{ClientID: id, ClientSecret: lwa.NewSecret(secret)}
}

// KnownApp finds the saved account from which the client secret of this walk's
// app can be taken, so that it isn't asked for again: the one with the newest
// secret that Amazon hasn't refused. It reports false once a secret or the Client
// ID of another app is there.
func (w *Walk) KnownApp(saved []account.Account) (found account.Account, ok bool) {
	id := w.Credentials().ClientID
	if !w.ClientSecret.IsEmpty() || w.Visitor == Guide {
		return found, false
	}
	for _, a := range saved {
		same := id == a.ClientID && id != "" || id == "" && a.ApplicationID != "" && a.ApplicationID == w.app.ApplicationID
		if same && a.HasClientSecret && a.Problem == "" && (!ok || found.SecretMadeAt.Before(a.SecretMadeAt)) {
			found, ok = a, true
		}
	}
	return found, ok
}

// TakeSecret takes the client secret of a saved account of the same app.
func (w *Walk) TakeSecret(from account.Account, secret lwa.Secret) {
	w.ClientID, w.ClientSecret, w.SecretMadeAt = from.ClientID, secret, from.SecretMadeAt
}

// misplaced are the problems of credentials that are in the wrong field.
func (w *Walk) misplaced() (p []Problem) {
	c := w.Credentials()
	secret := c.ClientSecret.Reveal()
	for _, f := range []struct {
		field value.ID
		hints []paste.Hint
	}{
		{value.ClientID, paste.CheckField(value.ClientID, c.ClientID)},
		{value.ClientSecret, append(paste.CheckPair(c.ClientID, secret), paste.CheckField(value.ClientSecret, secret)...)},
	} {
		if i := slices.IndexFunc(f.hints, paste.Hint.BelongsElsewhere); i >= 0 {
			p = append(p, Problem{f.field, string(f.hints[i])})
		}
	}
	return p
}

// Swapped reports whether each of the two fields holds what belongs into the
// other one; [Walk.Swap] mends that.
func (w *Walk) Swapped() bool {
	return slices.Equal(w.misplaced(), []Problem{
		{value.ClientID, string(paste.HintIsClientSecret)}, {value.ClientSecret, string(paste.HintIsClientID)},
	})
}

// Swap exchanges Client ID and client secret.
func (w *Walk) Swap() {
	w.ClientID, w.ClientSecret = w.ClientSecret.Reveal(), lwa.NewSecret(w.ClientID)
}
