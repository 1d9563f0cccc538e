package account

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// Refresher keeps the access tokens of the open accounts fresh. It goes by the
// wall clock and looks at it often: a laptop that wakes finds its tokens
// expired, and renews them at once. It is safe for concurrent use.
//
// A renewal that has begun is not broken off when the ones who asked go away:
// Amazon's answer may hold a new refresh token. See [Refresher.Wait].
type Refresher struct {
	cfg   refresherConfig
	group singleflight.Group
	under sync.WaitGroup // renewals that have begun
	// wake tells Run that something is due earlier than it thinks.
	wake chan struct{}
	// asking is held by the requests of RenewAlls, at most parallel of them.
	asking chan struct{}

	mu   sync.Mutex
	open map[string]*kept
	// unsaved are new refresh tokens that the vault did not take.
	unsaved map[string]unsavedToken
	// batches is how many RenewAlls run; meanwhile outcomes are collected.
	batches  int
	outcomes []outcome
	flushed  time.Time
}

// kept is an open account.
type kept struct {
	token lwa.Token
	// since is when the token or the last failure came. A clock that shows an
	// earlier time has been put back, and says nothing about the token's age.
	since time.Time
	due   time.Time
	// stopped: only a person can help.
	stopped  bool
	failures int
	busy     bool
}

const (
	// renewJitter spreads the renewals of accounts that were opened together.
	renewJitter = time.Minute
	// usableFor is what a token must still have to be handed out.
	usableFor = 30 * time.Second
	// flushEvery is how often a RenewAll writes down what it has.
	flushEvery = 2 * time.Second
	// parallel is how many requests are under way at once, beside those that a person
	// asks for one by one.
	parallel = 3
)

// NewRefresher returns a refresher of the accounts in s, with none of them open,
// that goes by the clock of s. It does nothing by itself until [Refresher.Run].
//
// renew asks Amazon; it is [lwa.Client.Refresh]. changed is told of every renewal
// that was tried, in no particular goroutine; it may be nil.
func NewRefresher(
	s *Store,
	renew func(context.Context, lwa.Credentials, lwa.Secret) (lwa.Token, error),
	changed func(id string, r Renewal, err error),
) *Refresher {
	return newRefresher(refresherConfig{
		Renew: renew,
		Load: func(ctx context.Context, id string) (lwa.Credentials, lwa.Secret, error) {
			a, ok := s.Find(id)
			if !ok {
				return lwa.Credentials{}, lwa.Secret{}, ErrNotFound
			}
			secrets, err := s.Secrets(ctx, id)
			if err == nil && (secrets.RefreshToken.IsEmpty() || secrets.ClientSecret.IsEmpty()) {
				err = &vault.Error{Op: "get", Kind: vault.NotFound}
			}
			return lwa.Credentials{ClientID: a.ClientID, ClientSecret: secrets.ClientSecret}, secrets.RefreshToken, err
		},
		Replace:  s.replaceRefreshToken,
		Worked:   s.refreshTokenWorked,
		Previous: s.previousToken,
		Share:    s.shareToken,
		Record:   s.record,
		Changed:  changed,
		Now:      s.now,
	})
}

func newRefresher(cfg refresherConfig) *Refresher {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Jitter == nil {
		cfg.Jitter = func(limit time.Duration) time.Duration { return rand.N(limit + 1) }
	}
	return &Refresher{
		cfg: cfg, wake: make(chan struct{}, 1), asking: make(chan struct{}, parallel),
		open: map[string]*kept{}, unsaved: map[string]unsavedToken{},
	}
}

// now is the wall clock alone. The monotonic clock stands still while a laptop
// sleeps; the expiry of a token does not.
func (r *Refresher) now() time.Time { return r.cfg.Now().Round(0) }

func (r *Refresher) poke() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// fill puts a fresh token into an open account.
func (r *Refresher) fill(k *kept, t lwa.Token, now time.Time) {
	t.Expiry = t.Expiry.Round(0)
	// A token of the practice run lives for a minute or two.
	life := max(0, t.Expiry.Sub(now))
	ahead := min(renewAhead, life/4) + r.cfg.Jitter(min(renewJitter, life/10))
	// Never sooner than this, whatever lifetime the answer claims.
	due := t.Expiry.Add(-ahead)
	if soonest := now.Add(10 * time.Second); due.Before(soonest) {
		due = soonest
	}
	*k = kept{token: t, since: now, due: due}
}

// Renew asks Amazon now, for an open or a closed account, even if the present
// token is still good. However many ask at the same time, Amazon is asked once,
// and all get the same.
//
// Errors are *[lwa.Error], *[vault.Error], *[IndexError], *[UnsavedError] (then
// the Renewal is good) or the context's.
func (r *Refresher) Renew(ctx context.Context, id string) (Renewal, error) {
	return r.once(ctx, id, wantNew)
}

// Wait returns when the renewals that have begun are over and saved. A program
// that ends calls it last. It takes no longer than Amazon and the keychain may
// take to answer.
func (r *Refresher) Wait() { r.under.Wait() }

// once lets callers that come at the same time share a renewal.
func (r *Refresher) once(ctx context.Context, id string, w want) (Renewal, error) {
	if err := ctx.Err(); err != nil {
		return Renewal{}, err
	}
	type result struct {
		n   Renewal
		err error
	}
	done := make(chan result, 1)
	r.under.Go(func() {
		renew := func() (any, error) { return r.renew(ctx, id, w) }
		n, err, _ := r.group.Do(id, renew)
		for errors.Is(err, errStopped) && ctx.Err() == nil { // it was another caller's
			n, err, _ = r.group.Do(id, renew)
		}
		done <- result{n.(Renewal), err}
	})
	select {
	case d := <-done:
		return d.n, d.err
	case <-ctx.Done():
		return Renewal{}, ctx.Err()
	}
}

// renew is one renewal from loading to writing down. The end of ctx stops it only if
// it's one of many, and only before it asks.
func (r *Refresher) renew(ctx context.Context, id string, w want) (Renewal, error) {
	var stop <-chan struct{}
	if w == wantProof {
		stop = ctx.Done()
	}
	ctx = context.WithoutCancel(ctx)
	known := r.mark(id)
	share := r.cfg.Share
	if share == nil {
		share = func(_ context.Context, _ string, _ lwa.Token, _ want, ask func() (Renewal, error)) (Renewal, error) {
			return ask()
		}
	}
	n, err := share(ctx, id, known, w, func() (Renewal, error) { return r.ask(ctx, id, stop) })
	if errors.Is(err, errStopped) {
		r.unmark(id)
		return n, err
	}
	r.note(id, n, err)
	if r.cfg.Changed != nil {
		r.cfg.Changed(id, n, err)
	}
	return n, err
}

// mark says that an account is being renewed, and returns its present token.
func (r *Refresher) mark(id string) lwa.Token {
	r.mu.Lock()
	defer r.mu.Unlock()
	k := r.open[id]
	if k == nil {
		return lwa.Token{}
	}
	k.busy = true
	return k.token
}

// unmark is for a renewal that didn't come to asking.
func (r *Refresher) unmark(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if k := r.open[id]; k != nil {
		k.busy = false
	}
}

// note keeps the token of an open account, plans the next try, and writes down
// how it went.
func (r *Refresher) note(id string, n Renewal, err error) {
	now := r.now()
	problem := ""
	var unsaved *UnsavedError
	if err != nil && (!errors.As(err, &unsaved) || n.Token.Access.IsEmpty()) {
		problem = problemOf(err)
	}
	r.mu.Lock()
	if k := r.open[id]; k != nil {
		if problem == "" {
			r.fill(k, n.Token, now)
		} else {
			k.busy, k.since = false, now
			k.failures++
			k.stopped = !passing(problem)
			k.due = now.Add(r.pause(k.failures, err))
		}
	}
	if !n.Shared {
		r.outcomes = append(r.outcomes, outcome{ID: id, At: now, Problem: problem})
	}
	r.mu.Unlock()
	r.flush(false)
	r.poke()
}

// pause is the time before the next try after so many failures.
func (r *Refresher) pause(failures int, err error) time.Duration {
	d := min(30*time.Second<<min(failures-1, 4), 5*time.Minute)
	var e *lwa.Error
	if errors.As(err, &e) {
		d = max(d, e.RetryAfter)
	}
	return d + r.cfg.Jitter(d/4)
}

// flush writes the outcomes down; during a RenewAll only now and then, because
// every writing writes the whole index.
func (r *Refresher) flush(all bool) {
	now := r.now()
	r.mu.Lock()
	since := now.Sub(r.flushed)
	if len(r.outcomes) == 0 || !all && r.batches > 0 && since >= 0 && since < flushEvery {
		r.mu.Unlock()
		return
	}
	outcomes := r.outcomes
	r.outcomes, r.flushed = nil, now
	r.mu.Unlock()
	if r.cfg.Record != nil {
		// What cannot be written down is not lost: it is seen again next time.
		_ = r.cfg.Record(outcomes)
	}
}

// unsavedToken is next, which is to take the place of was. It came in exchange for
// worked.
type unsavedToken struct{ was, worked, next lwa.Secret }

// ask gets a token and puts a new refresh token into the vault before anybody
// sees it. If the seller authorizes again meanwhile, it starts over: that
// authorization is the newer one. One of many waits for its turn, and stops if they do.
func (r *Refresher) ask(ctx context.Context, id string, stop <-chan struct{}) (Renewal, error) {
	for range 3 {
		n, err := r.askOnce(ctx, id, stop)
		if !errors.Is(err, errSuperseded) {
			return n, err
		}
	}
	return Renewal{}, errSuperseded
}

// errStopped: a RenewAll ended before this account's turn came.
var errStopped = errors.New("account: stopped before asking")

func (r *Refresher) askOnce(ctx context.Context, id string, stop <-chan struct{}) (Renewal, error) {
	loading, cancel := context.WithTimeout(ctx, renewPatience)
	defer cancel()
	cred, present, err := r.cfg.Load(loading, id)
	if err != nil {
		return Renewal{}, err
	}
	if stop != nil {
		select {
		case r.asking <- struct{}{}:
			defer func() { <-r.asking }()
		case <-stop:
			return Renewal{}, errStopped
		}
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
	case errors.Is(serr, errSuperseded):
		return Renewal{}, serr
	case serr == nil, errors.As(serr, &index) && !errors.Is(serr, ErrNotFound):
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
