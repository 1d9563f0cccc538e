package walk

import (
	"slices"

	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/lwa"
)

// Credentials are the LWA credentials with the accidents of copying repaired.
func (w *Walk) Credentials() lwa.Credentials {
	id, _ := paste.Take(lwa.ValueClientID, w.ClientID)
	secret, _ := paste.Take(lwa.ValueClientSecret, w.ClientSecret.Reveal())
	return lwa.Credentials{ClientID: id, ClientSecret: lwa.NewSecret(secret)}
}

// belongsElsewhere reports whether a hint says for certain that a value belongs
// into another field. Such a value is not sent: a client secret that goes out as
// client_id, with a code that lives five minutes, costs the code. All other
// hints only warn.
func belongsElsewhere(h paste.Hint) bool {
	switch h {
	case paste.HintIsApplicationID, paste.HintIsClientID, paste.HintIsClientSecret,
		paste.HintIsRefreshToken, paste.HintIsAccessToken, paste.HintIsURL, paste.HintSameAsClientID:
		return true
	}
	return false
}

// misplaced are the problems of credentials that are in the wrong field.
func (w *Walk) misplaced() (p []Problem) {
	c := w.Credentials()
	secret := c.ClientSecret.Reveal()
	for _, f := range []struct {
		field lwa.Value
		hints []paste.Hint
	}{
		{lwa.ValueClientID, paste.CheckField(lwa.ValueClientID, c.ClientID)},
		{lwa.ValueClientSecret, append(paste.CheckPair(c.ClientID, secret), paste.CheckField(lwa.ValueClientSecret, secret)...)},
	} {
		if i := slices.IndexFunc(f.hints, belongsElsewhere); i >= 0 {
			p = append(p, Problem{f.field, string(f.hints[i])})
		}
	}
	return p
}

// Swapped reports whether each of the two fields holds what belongs into the
// other one; [Walk.Swap] mends that.
func (w *Walk) Swapped() bool {
	return slices.Equal(w.misplaced(), []Problem{
		{lwa.ValueClientID, string(paste.HintIsClientSecret)}, {lwa.ValueClientSecret, string(paste.HintIsClientID)},
	})
}

// Swap exchanges Client ID and client secret.
func (w *Walk) Swap() {
	w.ClientID, w.ClientSecret = w.ClientSecret.Reveal(), lwa.NewSecret(w.ClientID)
}
