package account

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/singleflight"

	"github.com/sellerkey/sellerkey/internal/vault"
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
	// Shared: another process got the token, and Amazon was not asked again.
	Shared bool
}

// RefresherConfig is what a [Refresher] works with.
type RefresherConfig struct {
	// Renew asks Amazon; it is [lwa.Client.Refresh].
	Renew func(ctx context.Context, cred lwa.Credentials, refresh lwa.Secret) (lwa.Token, error)
	// Load gives what an account is renewed with.
	Load func(ctx context.Context, id string) (lwa.Credentials, lwa.Secret, error)
	// Replace stores a changed refresh token, see [Store.ReplaceRefreshToken].
	Replace func(ctx context.Context, id string, was, keep, next lwa.Secret) error
	// Worked hears of every refresh token that has worked and is stored already;
	// may be nil.
	Worked func(ctx context.Context, id string) error
	// Previous gives the former refresh token, for the case that Amazon refuses
	// the present one; may be nil.
	Previous func(ctx context.Context, id string) lwa.Secret
	// Share lets one process at a time ask about an account, see
	// [Store.ShareToken]; nil does not.
	Share func(ctx context.Context, id string, known lwa.Token, another bool, ask func() (Renewal, error)) (Renewal, error)
	// Record writes down how it went; may be nil.
	Record func([]Outcome) error
	// Changed is told of every renewal that was tried, in no particular
	// goroutine; may be nil.
	Changed func(id string, r Renewal, err error)
	// Now is the wall clock; nil means time.Now.
	Now func() time.Time
	// Jitter gives a time up to max; nil means a random one.
	Jitter func(max time.Duration) time.Duration
}

// Refresher keeps the access tokens of the open accounts fresh. It goes by the
// wall clock and looks at it often: a laptop that wakes finds its tokens
// expired, and renews them at once. It is safe for concurrent use.
//
// A renewal that has begun is not broken off when the ones who asked go away:
// Amazon's answer may hold a new refresh token. See [Refresher.Wait].
type Refresher struct {
	cfg   RefresherConfig
	group singleflight.Group
	under sync.WaitGroup // renewals that have begun
	// wake tells Run that something is due earlier than it thinks.
	wake chan struct{}

	mu   sync.Mutex
	open map[string]*kept
	// unsaved are new refresh tokens that the vault did not take.
	unsaved map[string]unsavedToken
	// batches is how many RenewAlls run; meanwhile outcomes are collected.
	batches  int
	outcomes []Outcome
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
	// renewAhead is how long before its end a token is renewed; renewJitter
	// spreads the renewals of accounts that were opened together.
	renewAhead  = 5 * time.Minute
	renewJitter = time.Minute
	// pollEvery is the longest time between two looks at the clock.
	pollEvery = 30 * time.Second
	// usableFor is what a token must still have to be handed out.
	usableFor = 30 * time.Second
	// renewPatience ends a renewal that neither Amazon nor the keychain answers.
	renewPatience = 3 * time.Minute
	// clockBack is how far a clock may be corrected without a renewal.
	clockBack = 2 * time.Minute
	// flushEvery is how often a RenewAll writes down what it has.
	flushEvery = 2 * time.Second
	// parallel is how many renewals run at once that nobody pressed a button for
	// one by one.
	parallel = 3
)

// NewRefresher returns a refresher with no account open. It does nothing by
// itself until [Refresher.Run].
func NewRefresher(cfg RefresherConfig) *Refresher {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Jitter == nil {
		cfg.Jitter = func(limit time.Duration) time.Duration { return rand.N(limit + 1) }
	}
	return &Refresher{cfg: cfg, wake: make(chan struct{}, 1), open: map[string]*kept{}, unsaved: map[string]unsavedToken{}}
}

// RefresherFor wires a refresher to a store.
func RefresherFor(s *Store, renew func(context.Context, lwa.Credentials, lwa.Secret) (lwa.Token, error)) RefresherConfig {
	return RefresherConfig{
		Renew: renew,
		Load: func(ctx context.Context, id string) (lwa.Credentials, lwa.Secret, error) {
			a, ok := s.Find(id)
			if !ok {
				return lwa.Credentials{}, lwa.Secret{}, &IndexError{Kind: IndexNotFound}
			}
			secrets, err := s.Secrets(ctx, id)
			if err == nil && (secrets.RefreshToken.IsEmpty() || secrets.ClientSecret.IsEmpty()) {
				err = &vault.Error{Op: "get", Kind: vault.NotFound}
			}
			return lwa.Credentials{ClientID: a.ClientID, ClientSecret: secrets.ClientSecret}, secrets.RefreshToken, err
		},
		Replace:  s.ReplaceRefreshToken,
		Worked:   s.RefreshTokenWorked,
		Previous: s.previousToken,
		Share:    s.ShareToken,
		Record:   s.Record,
		Now:      s.now,
	}
}

// now is the wall clock alone. The monotonic clock stands still while a laptop
// sleeps; the expiry of a token does not.
func (r *Refresher) now() time.Time { return r.cfg.Now().Round(0) }

// Run renews what is due until ctx ends. While no account is open it sleeps.
func (r *Refresher) Run(ctx context.Context) {
	var group errgroup.Group
	group.SetLimit(parallel)
	defer func() { _ = group.Wait() }()
	for {
		due, wait := r.look()
		for _, id := range due {
			group.Go(func() error {
				_, _ = r.once(ctx, id, false)
				return nil
			})
		}
		var timer *time.Timer
		var tick <-chan time.Time
		if wait > 0 {
			timer = time.NewTimer(wait)
			tick = timer.C
		}
		select {
		case <-tick:
		case <-r.wake:
		case <-ctx.Done():
		}
		if timer != nil {
			timer.Stop()
		}
		if ctx.Err() != nil {
			return
		}
	}
}

// look returns what is due, and how long to wait before looking again; 0 means
// that nothing is open.
func (r *Refresher) look() (due []string, wait time.Duration) {
	now := r.now()
	r.mu.Lock()
	defer r.mu.Unlock()
	for id, k := range r.open {
		if k.stopped || k.busy {
			continue
		}
		left := k.due.Sub(now)
		if left <= 0 || now.Before(k.since.Add(-clockBack)) {
			k.busy = true
			due = append(due, id)
			continue
		}
		if wait == 0 || left < wait {
			wait = left
		}
	}
	if len(r.open) > 0 && (wait == 0 || wait > pollEvery) {
		wait = pollEvery
	}
	return due, wait
}

func (r *Refresher) poke() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// Keep opens an account: its access token is kept fresh from now on. With the
// zero Token one is got right away, once [Refresher.Run] runs.
func (r *Refresher) Keep(id string, t lwa.Token) {
	now := r.now()
	r.mu.Lock()
	k := &kept{since: now, due: now}
	if !t.Access.IsEmpty() {
		r.fill(k, t, now)
	}
	r.open[id] = k
	r.mu.Unlock()
	r.poke()
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

// Drop closes an account and forgets its access token.
func (r *Refresher) Drop(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.open, id)
}

// Token returns the access token of an account as long as it is good, and
// renews it first when it is not. Errors are those of [Refresher.Renew].
func (r *Refresher) Token(ctx context.Context, id string) (Renewal, error) {
	now := r.now()
	r.mu.Lock()
	if k := r.open[id]; k != nil && !k.token.Access.IsEmpty() &&
		now.Add(usableFor).Before(k.token.Expiry) && !now.Before(k.since.Add(-clockBack)) {
		defer r.mu.Unlock()
		return Renewal{Token: k.token}, nil
	}
	r.mu.Unlock()
	return r.once(ctx, id, false)
}

// Renew asks Amazon now, for an open or a closed account, even if the present
// token is still good. However many ask at the same time, Amazon is asked once,
// and all get the same.
//
// Errors are *[lwa.Error], *[vault.Error], *[IndexError], *[UnsavedError] (then
// the Renewal is good) or the context's.
func (r *Refresher) Renew(ctx context.Context, id string) (Renewal, error) {
	return r.once(ctx, id, true)
}

// Wait returns when the renewals that have begun are over and saved. A program
// that ends calls it last. It takes no longer than Amazon and the keychain may
// take to answer.
func (r *Refresher) Wait() { r.under.Wait() }

// once lets callers that come at the same time share a renewal. If another is
// false, a token that another process has got is as good.
func (r *Refresher) once(ctx context.Context, id string, another bool) (Renewal, error) {
	if err := ctx.Err(); err != nil {
		return Renewal{}, err
	}
	type result struct {
		n   Renewal
		err error
	}
	done := make(chan result, 1)
	r.under.Go(func() {
		n, err, _ := r.group.Do(id, func() (any, error) { return r.renew(context.WithoutCancel(ctx), id, another) })
		done <- result{n.(Renewal), err}
	})
	select {
	case d := <-done:
		return d.n, d.err
	case <-ctx.Done():
		return Renewal{}, ctx.Err()
	}
}

// renew is one renewal from loading to writing down.
func (r *Refresher) renew(ctx context.Context, id string, another bool) (Renewal, error) {
	known := r.mark(id)
	share := r.cfg.Share
	if share == nil {
		share = func(_ context.Context, _ string, _ lwa.Token, _ bool, ask func() (Renewal, error)) (Renewal, error) {
			return ask()
		}
	}
	n, err := share(ctx, id, known, another, func() (Renewal, error) { return r.ask(ctx, id) })
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
		r.outcomes = append(r.outcomes, Outcome{ID: id, At: now, Problem: problem})
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

// problemOf is the identifier under which an error is remembered.
func problemOf(err error) string {
	var l *lwa.Error
	var i *IndexError
	switch {
	case errors.As(err, &l):
		return string(l.Kind)
	case vault.KindOf(err) != "":
		return string(vault.KindOf(err))
	case errors.As(err, &i):
		return string(i.Kind)
	case errors.Is(err, context.DeadlineExceeded):
		return string(lwa.KindTimeout)
	case errors.Is(err, context.Canceled):
		return string(lwa.KindCanceled)
	}
	return string(lwa.KindRefused)
}

// passing tells whether trying again by itself may help. A locked keychain is
// no case for that: every try would ask the person for a password again.
func passing(problem string) bool {
	switch problem {
	case string(vault.Locked), string(vault.Missing), string(vault.Refused), string(vault.Dismissed), string(vault.Damaged),
		string(vault.WrongPassphrase), string(IndexNotFound):
		return false
	}
	return reasonOf(problem) == ""
}

// RenewAll renews the accounts of the ids, a few at a time, until ctx ends.
// progress, which may be nil, hears of every account that was tried; its calls
// do not overlap. The error is the context's: what is wrong with one account
// does not stop the others.
func (r *Refresher) RenewAll(ctx context.Context, ids []string, progress func(done, total int, id string, err error)) error {
	r.mu.Lock()
	r.batches++
	r.mu.Unlock()
	defer func() {
		r.mu.Lock()
		r.batches--
		r.mu.Unlock()
		r.flush(true)
	}()
	var mu sync.Mutex
	done := 0
	var group errgroup.Group
	group.SetLimit(parallel)
	for _, id := range ids {
		group.Go(func() error {
			_, err := r.Renew(ctx, id)
			if err != nil && ctx.Err() != nil {
				return nil
			}
			mu.Lock()
			defer mu.Unlock()
			done++
			if progress != nil {
				progress(done, len(ids), id, err)
			}
			return nil
		})
	}
	_ = group.Wait()
	return ctx.Err()
}
