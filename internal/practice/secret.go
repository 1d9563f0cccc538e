package practice

import (
	"crypto/rand"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/sellerkey/sellerkey/lwa"
)

const (
	secretPrefix = "amzn1.oa2-cs.v1."
	// oldSecretLife is for how long a client secret works after it was replaced
	// (https://developer-docs.amazon.com/sp-api/docs/rotating-your-apps-lwa-credentials).
	oldSecretLife = 7 * 24 * time.Hour

	// A secret that was made here has its app's number, a nonce and a signature, so a
	// server still knows those of an earlier run. In hexadecimal digits it's as long
	// as a real one.
	secretNonceLen = 7
	secretLen      = 32
)

// RotateSecret makes a new client secret for an app, as "Rotate secret" in the
// developer console does. The one before works for seven more days. It returns false
// for an unknown client ID.
func (s *Server) RotateSecret(clientID string) (lwa.Secret, bool) {
	i := slices.IndexFunc(s.apps, func(a app) bool { return a.clientID == clientID })
	if i < 0 {
		return lwa.Secret{}, false
	}
	a := s.apps[i]
	payload := make([]byte, 1+secretNonceLen)
	payload[0] = a.number
	_, _ = rand.Read(payload[1:]) // never fails
	secret := makeSecret(payload)
	s.mu.Lock()
	defer s.mu.Unlock()
	before, ok := s.current[a.number]
	if !ok {
		before = a.secret.Reveal()
	}
	s.retired[before] = s.now().Add(oldSecretLife)
	s.current[a.number] = secret
	return lwa.NewSecret(secret), true
}

func makeSecret(payload []byte) string {
	sealed := append(payload[:len(payload):len(payload)], stamp(secretPrefix, payload)...)
	return secretPrefix + hex.EncodeToString(sealed[:secretLen])
}

// isSecretOf is 1 for a secret of the app that a server made, now or in an earlier
// run, and 0 for any other text.
func isSecretOf(a app, secret string) int {
	text, ok := strings.CutPrefix(secret, secretPrefix)
	sealed, err := hex.DecodeString(text)
	if !ok || err != nil || len(sealed) != secretLen || sealed[0] != a.number {
		return 0
	}
	return equal(makeSecret(sealed[:1+secretNonceLen]), secret)
}

// isCurrent reports whether a secret hasn't been replaced more than seven days ago.
func (s *Server) isCurrent(secret string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	end, replaced := s.retired[secret]
	return !replaced || s.now().Before(end)
}
