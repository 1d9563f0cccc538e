package account

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"time"

	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/lwa"
)

// sharedToken is an access token in the vault.
type sharedToken struct {
	Access string    `json:"access_token"`
	Type   string    `json:"token_type"`
	Expiry time.Time `json:"expires_at"`
}

// accessToken returns an access token of an account that a process got lately and
// that is good for five more minutes.
func (s *Store) accessToken(ctx context.Context, id string) (lwa.Token, bool) {
	item, err := s.get(ctx, accessKey(id))
	if err != nil {
		return lwa.Token{}, false
	}
	var t sharedToken
	if json.Unmarshal([]byte(item.Reveal()), &t) != nil || t.Access == "" {
		return lwa.Token{}, false
	}
	// One that seems to live longer than Amazon's hour was stored by a wrong
	// clock.
	if left := t.Expiry.Sub(s.now().Round(0)); left < renewAhead || left > time.Hour+clockBack {
		return lwa.Token{}, false
	}
	return lwa.Token{Access: lwa.NewSecret(t.Access), Type: t.Type, Expiry: t.Expiry}, true
}

// shareToken returns an access token that is newer than known: that of another
// process, see Store.accessToken, or else the one that ask gets. One process at
// a time asks; the others wait, and then find its token. The lock is the
// system's, so a process that dies holds up nobody.
func (s *Store) shareToken(ctx context.Context, id string, known lwa.Token, w want, ask func() (Renewal, error)) (Renewal, error) {
	if s.dir == "" {
		return ask()
	}
	if w == wantProof {
		if _, err := os.Stat(s.path(tokenLock(id))); errors.Is(err, fs.ErrNotExist) {
			return ask() // nobody has ever asked for a token, so none is to be replaced
		}
	}
	present := false
	if w != wantAny {
		var t lwa.Token
		if t, present = s.accessToken(ctx, id); present && t.Expiry.After(known.Expiry) {
			known.Expiry = t.Expiry
		}
	} else if n, ok := s.shared(ctx, id, known); ok {
		return n, nil
	}
	n, ok, unlock := s.turn(ctx, id, known, w == wantAny)
	if ok {
		return n, nil
	}
	defer unlock()
	n, err := ask()
	if err == nil && (w != wantProof || present) {
		s.putShared(ctx, id, n.Token)
	}
	return n, err
}

// turn waits until this process may ask for a token. If another one has got one
// meanwhile, that is theirs. look says to look for one even if nobody was asking.
func (s *Store) turn(ctx context.Context, id string, known lwa.Token, look bool) (theirs Renewal, ok bool, unlock func()) {
	waiting, cancel := context.WithTimeout(ctx, renewPatience)
	defer cancel()
	path := s.path(tokenLock(id))
	unlock, err := disk.LockNow(path)
	if errors.Is(err, disk.ErrBusy) {
		look = true
		if unlock, err = disk.Lock(waiting, path); err == nil {
			// All that waited for a token read it side by side, not one after the other.
			unlock()
			if theirs, ok = s.shared(ctx, id, known); ok {
				return theirs, true, nil
			}
			unlock, err = disk.Lock(waiting, path)
		}
	}
	if err != nil {
		return Renewal{}, false, func() {} // two requests are better than none
	}
	if look {
		if theirs, ok = s.shared(ctx, id, known); ok {
			unlock()
			return theirs, true, nil
		}
	}
	return Renewal{}, false, unlock
}

// tokenLock is the file that is locked while a process asks for a token.
func tokenLock(id string) string { return "token-" + id + ".lock" }

// shared is the access token of another process, if it is newer than known. The
// refresh token of an open account comes with it: that process may have got a new one.
func (s *Store) shared(ctx context.Context, id string, known lwa.Token) (Renewal, bool) {
	t, ok := s.accessToken(ctx, id)
	if !ok || !t.Expiry.After(known.Expiry) {
		return Renewal{}, false
	}
	if !known.Refresh.IsEmpty() {
		var err error
		if t.Refresh, err = s.get(ctx, refreshKey(id)); err != nil {
			return Renewal{}, false
		}
	}
	return Renewal{Token: t, Shared: true}, true
}

// putShared is a convenience for other processes: if it fails they ask Amazon.
func (s *Store) putShared(ctx context.Context, id string, t lwa.Token) {
	item, err := json.Marshal(sharedToken{Access: t.Access.Reveal(), Type: t.Type, Expiry: t.Expiry.Round(0).UTC().Truncate(time.Second)})
	if err == nil {
		_ = s.set(ctx, accessKey(id), lwa.NewSecret(string(item)))
	}
}
