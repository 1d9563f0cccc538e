package account

import (
	"context"
	"errors"

	"github.com/sellerkey/sellerkey/lwa"
)

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

// unsavedToken is next, which is to take the place of was. It came in exchange for
// worked.
type unsavedToken struct{ was, worked, next lwa.Secret }

// ask gets a token and puts a new refresh token into the vault before anybody
// sees it. If the seller authorizes again meanwhile, it starts over: that
// authorization is the newer one.
func (r *Refresher) ask(ctx context.Context, id string) (Renewal, error) {
	for range 3 {
		n, err := r.askOnce(ctx, id)
		if !errors.Is(err, ErrSuperseded) {
			return n, err
		}
	}
	return Renewal{}, ErrSuperseded
}

func (r *Refresher) askOnce(ctx context.Context, id string) (Renewal, error) {
	loading, cancel := context.WithTimeout(ctx, renewPatience)
	defer cancel()
	cred, present, err := r.cfg.Load(loading, id)
	if err != nil {
		return Renewal{}, err
	}
	t, used, err := r.request(ctx, id, cred, present)
	next := t.Refresh
	if !lwa.Replaces(used, next) {
		next = used
	}
	if err != nil && next.Equal(used) {
		return Renewal{}, err
	}
	t.Refresh = next
	n := Renewal{Token: t, RefreshChanged: !next.Equal(present)}
	// The time that the network took is not the keychain's fault.
	saving, cancel := context.WithTimeout(ctx, renewPatience)
	defer cancel()
	if !n.RefreshChanged {
		r.saved(id)
		if used.Equal(present) && r.cfg.Worked != nil {
			_ = r.cfg.Worked(saving, id) // if that fails, the next time does it
		}
		return n, err
	}
	serr := r.cfg.Replace(saving, id, present, used, next)
	var index *IndexError
	switch {
	case errors.Is(serr, ErrSuperseded):
		return Renewal{}, serr
	case serr == nil, errors.As(serr, &index) && index.Kind != IndexNotFound:
		r.saved(id)
		return n, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.unsaved[id] = unsavedToken{was: present, worked: used, next: next}
	if err == nil {
		return n, &UnsavedError{ID: id, Err: serr}
	}
	return n, errors.Join(err, &UnsavedError{ID: id, Err: serr})
}

func (r *Refresher) saved(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.unsaved, id)
}

// request asks Amazon, with the newest refresh token first: one that the vault
// did not take, the one in the vault, the one before. It returns the one that was
// used. If Amazon refuses them all, the error is that of the newest.
func (r *Refresher) request(ctx context.Context, id string, cred lwa.Credentials, present lwa.Secret) (t lwa.Token, used lwa.Secret, err error) {
	r.mu.Lock()
	u, ok := r.unsaved[id]
	if ok && !u.was.Equal(present) {
		u, ok = unsavedToken{}, false // the seller has authorized again
		delete(r.unsaved, id)
	}
	r.mu.Unlock()
	ask := func(refresh lwa.Secret) (lwa.Token, error) {
		ctx, cancel := context.WithTimeout(ctx, renewPatience)
		defer cancel()
		return r.cfg.Renew(ctx, cred, refresh)
	}
	used = present
	if ok {
		used = u.next
	}
	if t, err = ask(used); !refusesToken(err) {
		return t, used, err
	}
	older := []lwa.Secret{u.worked, present}
	if r.cfg.Previous != nil {
		older = append(older, r.cfg.Previous(ctx, id))
	}
	for _, refresh := range older {
		if refresh.IsEmpty() || refresh.Equal(used) {
			continue
		}
		if t, err := ask(refresh); !refusesToken(err) {
			return t, refresh, err
		}
	}
	return t, used, err
}

// refusesToken reports that Amazon does not take this refresh token; it may take
// another one of the same account.
func refusesToken(err error) bool {
	var e *lwa.Error
	return errors.As(err, &e) && (e.Kind == lwa.KindRefreshToken || e.Kind == lwa.KindRevoked)
}
