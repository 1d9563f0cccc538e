package practice

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"strings"
	"time"

	"github.com/sellerkey/sellerkey/lwa"
)

const (
	// codeLife is Amazon's: a code can be used once, within five minutes.
	codeLife = 5 * time.Minute
	// accessLife is Amazon's expires_in.
	accessLife = time.Hour
	// memory is how long used and expired codes are remembered, maxKept how
	// many, so that a loop can't fill the memory.
	memory  = time.Hour
	maxKept = 1000
)

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

// grant is one press of Confirm.
type grant struct {
	app         app
	seller      seller
	redirectURI string // as asked for; "" when the app's own was used
	trouble     Case   // that its tokens meet
	at          time.Time
	spent       bool
}

// issueCode makes a code that looks like real ones: twenty letters and digits.
func (s *Server) issueCode(a app, one seller, redirectURI string, trouble Case) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	for code, g := range s.grants {
		if now.Sub(g.at) > memory || len(s.grants) >= maxKept {
			delete(s.grants, code)
		}
	}
	code := "PRACTICE" + randomText(12, letters)
	s.grants[code] = &grant{app: a, seller: one, redirectURI: redirectURI, trouble: trouble, at: now}
	return code
}

// spend returns the grant of a code and marks it used, unless check refuses.
func (s *Server) spend(code string, check func(*grant) *refusal) (*grant, *refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.grants[code]
	if g == nil {
		return nil, badGrant("code")
	}
	if r := check(g); r != nil {
		return nil, r
	}
	age := s.now().Sub(g.at)
	if g.spent || age < 0 || age >= codeLife {
		return nil, badGrant("code")
	}
	g.spent = true
	return g, nil
}

// isCode reports whether s has the form of a code. Amazon has a different error
// for others, such as a code that was cut off or not decoded.
func isCode(s string) bool {
	return len(s) >= 8 && len(s) <= 64 && strings.Trim(s, letters) == ""
}

// Tokens contain their data and a signature, so a server still knows those of
// an earlier run, as saved practice accounts need. The key guards nothing real.
const (
	tokenKey      = "SellerKey practice: these tokens open nothing"
	refreshPrefix = "Atzr|EXAMPLE-practice-"
	accessPrefix  = "Atza|EXAMPLE-practice-"
	appOnlyPrefix = "Atc|EXAMPLE-practice-"

	nonceLen = 12
	// sealLen makes tokens as long as real ones (more than 300 characters), so
	// that anything too short for those fails here too.
	sealLen = 7 * sha256.Size
)

// seal makes a token of a payload. The prefix says of which kind.
func seal(prefix string, payload []byte) string {
	sealed := append(payload[:len(payload):len(payload)], stamp(prefix, payload)...)
	return prefix + base64.RawURLEncoding.EncodeToString(sealed)
}

func stamp(prefix string, payload []byte) []byte {
	all := make([]byte, 0, sealLen)
	for i := byte(0); len(all) < sealLen; i++ {
		mac := hmac.New(sha256.New, []byte(tokenKey))
		mac.Write([]byte{i})
		mac.Write([]byte(prefix))
		mac.Write(payload)
		all = mac.Sum(all)
	}
	return all
}

// unseal returns the payload of a token that seal made with this prefix, or nil.
func unseal(prefix, token string, size int) []byte {
	rest, ok := strings.CutPrefix(token, prefix)
	if !ok {
		return nil
	}
	sealed, err := base64.RawURLEncoding.Strict().DecodeString(rest)
	if err != nil || len(sealed) != size+sealLen {
		return nil
	}
	payload := sealed[:size]
	if !hmac.Equal(sealed[size:], stamp(prefix, payload)) {
		return nil
	}
	return payload
}

// A refresh token contains the app's number and a nonce. An access token
// contains the same, its expiry and random bytes, because no two are equal.
const (
	refreshSize = 1 + nonceLen
	chanceLen   = 8
	accessSize  = refreshSize + 8 + chanceLen
)

// newNonce is a nonce of no seller, see [newNonceFor].
func newNonce() (n [nonceLen]byte) {
	_, _ = rand.Read(n[:nonceLen-1]) // never fails
	return n
}

func (s *Server) refreshToken(a app, nonce [nonceLen]byte) lwa.Secret {
	return lwa.NewSecret(seal(refreshPrefix, append([]byte{a.number}, nonce[:]...)))
}

// readRefresh returns the app's number and the nonce of a refresh token.
func readRefresh(token string) (number byte, nonce [nonceLen]byte, ok bool) {
	p := unseal(refreshPrefix, token, refreshSize)
	if p == nil {
		return 0, nonce, false
	}
	copy(nonce[:], p[1:])
	return p[0], nonce, true
}

func (s *Server) isRevoked(nonce [nonceLen]byte) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.revoked[nonce]
}

func (s *Server) accessToken(prefix string, a app, nonce [nonceLen]byte) string {
	p := append([]byte{a.number}, nonce[:]...)
	p = binary.BigEndian.AppendUint64(p, uint64(s.now().Add(accessLife).Unix()))
	var chance [chanceLen]byte
	_, _ = rand.Read(chance[:]) // never fails
	return seal(prefix, append(p, chance[:]...))
}

// Revoke revokes the authorization, as a seller can in Seller Central: until the
// server ends it refuses the refresh token. As with Amazon, access tokens stay
// valid until they expire. Revoke returns false for an unknown token.
func (s *Server) Revoke(refresh lwa.Secret) bool {
	_, nonce, ok := readRefresh(refresh.Reveal())
	if !ok {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked[nonce] = true
	return true
}
