package account

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/sellerkey/sellerkey/lwa"
)

// pollEvery is the longest time between two looks at the clock.
const pollEvery = 30 * time.Second

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
	return r.once(ctx, id, wantAny)
}

// Run renews what is due until ctx ends. While no account is open it sleeps.
func (r *Refresher) Run(ctx context.Context) {
	var group errgroup.Group
	group.SetLimit(parallel)
	defer func() { _ = group.Wait() }()
	for {
		due, wait := r.look()
		for _, id := range due {
			group.Go(func() error {
				_, _ = r.once(ctx, id, wantAny)
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

// RenewAll renews the accounts of the ids, a few at a time, until ctx ends.
// progress, which may be nil, is told of every account that was tried; its calls
// don't overlap. The error is the context's: a problem with one account doesn't stop
// the others. Other programs get only the access tokens of accounts that are in use.
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
	group.SetLimit(2 * parallel) // the keychain is read for some while Amazon answers others
	for _, id := range ids {
		group.Go(func() error {
			_, err := r.once(ctx, id, wantProof)
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
