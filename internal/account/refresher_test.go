package account

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// amazon is a pretend token endpoint for a refresher, and its surroundings.
type amazon struct {
	mu    sync.Mutex
	asked []string
	at    []time.Time
	with  []lwa.Secret
	// answer decides; nil gives a token for an hour.
	answer  func(n int, refresh lwa.Secret) (lwa.Token, error)
	takes   time.Duration
	loads   time.Duration // how long the keychain takes
	in, top int
	life    time.Duration
	// ahead puts the wall clock forward or back, as sleep and people do.
	ahead time.Duration

	refresh  map[string]lwa.Secret
	previous map[string]lwa.Secret
	load     error
	save     error
	events   []string
	outcomes []outcome
	records  int
}

func newAmazon() *amazon {
	return &amazon{refresh: map[string]lwa.Secret{}, previous: map[string]lwa.Secret{}, life: time.Hour}
}

func (z *amazon) clock() time.Time {
	z.mu.Lock()
	defer z.mu.Unlock()
	return time.Now().Add(z.ahead)
}

func (z *amazon) config() refresherConfig {
	return refresherConfig{
		Renew: func(ctx context.Context, cred lwa.Credentials, refresh lwa.Secret) (lwa.Token, error) {
			z.mu.Lock()
			z.asked = append(z.asked, cred.ClientID)
			z.at = append(z.at, time.Now())
			z.with = append(z.with, refresh)
			n := len(z.asked)
			z.in++
			z.top = max(z.top, z.in)
			takes, answer, life := z.takes, z.answer, z.life
			z.mu.Unlock()
			defer func() { z.mu.Lock(); z.in--; z.mu.Unlock() }()
			select {
			case <-time.After(takes):
			case <-ctx.Done():
				return lwa.Token{}, ctx.Err()
			}
			if answer != nil {
				return answer(n, refresh)
			}
			return lwa.Token{Access: fake(fmt.Sprint("access", n), 60), Expiry: z.clock().Add(life)}, nil
		},
		Load: func(_ context.Context, id string) (lwa.Credentials, lwa.Secret, error) {
			time.Sleep(z.loads)
			z.mu.Lock()
			defer z.mu.Unlock()
			if _, ok := z.refresh[id]; !ok {
				z.refresh[id] = fake("refresh of "+id, 60)
			}
			return lwa.Credentials{ClientID: id}, z.refresh[id], z.load
		},
		Replace: func(_ context.Context, id string, was, keep, next lwa.Secret) error {
			z.mu.Lock()
			defer z.mu.Unlock()
			z.events = append(z.events, "save")
			if z.save != nil {
				return z.save
			}
			if !z.refresh[id].Equal(was) {
				return errSuperseded
			}
			z.previous[id], z.refresh[id] = keep, next
			if keep.Equal(next) {
				delete(z.previous, id)
			}
			return nil
		},
		Worked: func(_ context.Context, id string) error {
			z.mu.Lock()
			defer z.mu.Unlock()
			delete(z.previous, id)
			return nil
		},
		Previous: func(_ context.Context, id string) lwa.Secret {
			z.mu.Lock()
			defer z.mu.Unlock()
			return z.previous[id]
		},
		Record: func(o []outcome) error {
			z.mu.Lock()
			defer z.mu.Unlock()
			z.records++
			z.outcomes = append(z.outcomes, o...)
			return nil
		},
		Now:    z.clock,
		Jitter: func(max time.Duration) time.Duration { return max / 2 },
	}
}

func (z *amazon) count() int {
	z.mu.Lock()
	defer z.mu.Unlock()
	return len(z.asked)
}

// running is a synctest with a refresher that runs.
func running(t *testing.T, test func(t *testing.T, z *amazon, r *Refresher)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		z := newAmazon()
		r := newRefresher(z.config())
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { r.Run(ctx); close(ended) }()
		test(t, z, r)
		cancel()
		<-ended
	})
}

func TestRefresherRenewsBeforeTheEnd(t *testing.T) {
	running(t, func(t *testing.T, z *amazon, r *Refresher) {
		start := time.Now()
		r.Keep("a", lwa.Token{})
		synctest.Wait()
		if z.count() != 1 {
			t.Fatal("an account without a token is not renewed at once")
		}
		time.Sleep(10 * time.Hour)
		synctest.Wait()
		for i, at := range z.at {
			// 5 minutes and half a minute of jitter before each end.
			if want := time.Duration(i) * (54*time.Minute + 30*time.Second); at.Sub(start) != want {
				t.Errorf("renewal %d after %v, want %v", i, at.Sub(start), want)
			}
		}
		n, err := r.Token(t.Context(), "a")
		if err != nil || n.Token.Access.IsEmpty() || time.Until(n.Token.Expiry) < 5*time.Minute {
			t.Fatal(n.Token.Expiry, err)
		}
		before := z.count()
		r.Drop("a")
		time.Sleep(5 * time.Hour)
		if z.count() != before {
			t.Error("a closed account is renewed")
		}
		if _, err := r.Token(t.Context(), "a"); err != nil || z.count() != before+1 {
			t.Error("a closed account's token cannot be had", err)
		}
		if len(z.outcomes) != z.count() {
			t.Error("not all was recorded")
		}
	})
}

func TestRefresherKeepsWhatItIsGiven(t *testing.T) {
	running(t, func(t *testing.T, z *amazon, r *Refresher) {
		r.Keep("a", lwa.Token{Access: fake("given", 60), Expiry: time.Now().Add(time.Hour)})
		n, err := r.Token(t.Context(), "a")
		if err != nil || !n.Token.Access.Equal(fake("given", 60)) || z.count() != 0 {
			t.Fatal(err)
		}
		time.Sleep(54 * time.Minute)
		if z.count() != 0 {
			t.Fatal("too early")
		}
		time.Sleep(time.Minute)
		if z.count() != 1 {
			t.Fatal("too late")
		}
	})
}

// TestRefresherWakes: the wall clock jumps while timers stand still.
func TestRefresherWakes(t *testing.T) {
	for name, jump := range map[string]time.Duration{
		"after a night": 9 * time.Hour, "clock put back by a day": -24 * time.Hour, "clock put forward by a day": 24 * time.Hour,
		"clock put back by an hour": -time.Hour,
	} {
		t.Run(name, func(t *testing.T) {
			running(t, func(t *testing.T, z *amazon, r *Refresher) {
				r.Keep("a", lwa.Token{})
				time.Sleep(10*time.Minute + pollEvery/2) // not just when it looks at the clock by itself
				z.mu.Lock()
				z.ahead = jump
				z.mu.Unlock()
				if _, err := r.Token(t.Context(), "a"); err != nil || z.count() != 2 {
					t.Fatal("the old token is handed out", err)
				}
				z.mu.Lock()
				z.ahead += jump
				z.mu.Unlock()
				time.Sleep(pollEvery)
				synctest.Wait()
				if z.count() != 3 {
					t.Fatalf("asked %d times: not renewed within %v", z.count(), pollEvery)
				}
			})
		})
	}
}

func TestRefresherShortLife(t *testing.T) {
	for life, most := range map[time.Duration]int{0: 7, time.Second: 7, time.Minute: 3, 2 * time.Minute: 2} {
		running(t, func(t *testing.T, z *amazon, r *Refresher) {
			z.life = life
			r.Keep("a", lwa.Token{})
			time.Sleep(time.Minute)
			synctest.Wait()
			if n := z.count(); n > most {
				t.Errorf("life %v: asked %d times in a minute", life, n)
			}
		})
	}
}

func TestRefresherAsksOnceForMany(t *testing.T) {
	running(t, func(t *testing.T, z *amazon, r *Refresher) {
		z.takes = time.Second
		r.Keep("a", lwa.Token{})
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() {
				if n, err := r.Renew(t.Context(), "a"); err != nil || !n.Token.Access.Equal(fake("access1", 60)) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if z.count() != 1 {
			t.Fatalf("asked %d times", z.count())
		}
		// A caller who gives up gets away at once; the others are served.
		ctx, cancel := context.WithCancel(t.Context())
		go func() { time.Sleep(100 * time.Millisecond); cancel() }()
		start := time.Now()
		if _, err := r.Renew(ctx, "a"); !errors.Is(err, context.Canceled) || time.Since(start) != 100*time.Millisecond {
			t.Fatal(err, time.Since(start))
		}
		if n, err := r.Renew(t.Context(), "a"); err != nil || !n.Token.Access.Equal(fake("access2", 60)) {
			t.Fatal("the renewal under way was not joined", err)
		}
		if _, err := r.Renew(ctx, "a"); !errors.Is(err, context.Canceled) || z.count() != 2 {
			t.Fatal(err)
		}
	})
}

func TestRefresherSavesANewRefreshTokenFirst(t *testing.T) {
	running(t, func(t *testing.T, z *amazon, r *Refresher) {
		next := fake("next", 60)
		z.answer = func(_ int, refresh lwa.Secret) (lwa.Token, error) {
			return lwa.Token{Access: fake("access", 60), Refresh: next, Expiry: time.Now().Add(time.Hour)}, nil
		}
		r.cfg.Changed = func(_ string, n Renewal, _ error) {
			z.mu.Lock()
			defer z.mu.Unlock()
			z.events = append(z.events, fmt.Sprint("shown ", n.RefreshChanged))
		}
		if n, err := r.Renew(t.Context(), "a"); err != nil || !n.RefreshChanged || !n.Token.Refresh.Equal(next) {
			t.Fatal(err)
		}
		if n, err := r.Renew(t.Context(), "a"); err != nil || n.RefreshChanged {
			t.Fatal("the same token counts as changed", err)
		}
		if want := []string{"save", "shown true", "shown false"}; !slices.Equal(z.events, want) {
			t.Fatal(z.events)
		}

		// The vault refuses: the token is shown, used, and saved later.
		first := next
		next = fake("third", 60)
		z.save = &vault.Error{Op: "set", Kind: vault.Locked}
		n, err := r.Renew(t.Context(), "a")
		var unsaved *UnsavedError
		if !errors.As(err, &unsaved) || vault.KindOf(err) != vault.Locked || !n.Token.Refresh.Equal(next) {
			t.Fatal(err)
		}
		if !z.refresh["a"].Equal(first) {
			t.Fatal("not refused")
		}
		z.save = nil
		if n, err = r.Renew(t.Context(), "a"); err != nil || !n.RefreshChanged || !z.refresh["a"].Equal(next) {
			t.Fatal("not saved the second time", err)
		}
		if !z.with[len(z.with)-1].Equal(next) {
			t.Fatal("the old refresh token was used although a newer one is known")
		}
		for _, o := range z.outcomes {
			if o.Problem != "" {
				t.Error("a token came and counts as a failure", o)
			}
		}
	})
}

// TestRefresherSavesAfterACancel: the person cancels, the answer is on its way.
func TestRefresherSavesAfterACancel(t *testing.T) {
	running(t, func(t *testing.T, z *amazon, r *Refresher) {
		z.takes = time.Second
		z.answer = func(int, lwa.Secret) (lwa.Token, error) {
			return lwa.Token{Access: fake("access", 60), Refresh: fake("late", 60), Expiry: time.Now().Add(time.Hour)}, nil
		}
		ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
		defer cancel()
		if _, err := r.Renew(ctx, "a"); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if !z.refresh["a"].Equal(fake("late", 60)) {
			t.Fatal("a new refresh token was lost")
		}
	})
}

func TestRefresherAfterFailures(t *testing.T) {
	cases := map[string]struct {
		err error
		// tries in the first hour
		tries int
	}{
		"revoked":     {&lwa.Error{Kind: lwa.KindRevoked}, 1},
		"wrong key":   {&lwa.Error{Kind: lwa.KindClientAuth}, 1},
		"offline":     {&lwa.Error{Kind: lwa.KindOffline}, 14},
		"retry after": {&lwa.Error{Kind: lwa.KindThrottled, RetryAfter: 20 * time.Minute}, 3},
		"timeout":     {context.DeadlineExceeded, 14},
		"unknown":     {errors.New("what?"), 1},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			running(t, func(t *testing.T, z *amazon, r *Refresher) {
				z.answer = func(int, lwa.Secret) (lwa.Token, error) { return lwa.Token{}, c.err }
				r.Keep("a", lwa.Token{})
				time.Sleep(time.Hour)
				synctest.Wait()
				if n := z.count(); n != c.tries {
					t.Errorf("asked %d times in an hour, want %d", n, c.tries)
				}
				z.answer = nil
				if _, err := r.Renew(t.Context(), "a"); err != nil {
					t.Fatal(err)
				}
				n := z.count()
				time.Sleep(time.Hour)
				if z.count() != n+1 {
					t.Error("not kept fresh again after a person has helped")
				}
			})
		})
	}
	t.Run("locked keychain", func(t *testing.T) {
		running(t, func(t *testing.T, z *amazon, r *Refresher) {
			z.load = &vault.Error{Op: "get", Kind: vault.Locked}
			r.Keep("a", lwa.Token{})
			time.Sleep(time.Hour)
			synctest.Wait()
			if z.count() != 0 || len(z.outcomes) != 1 || z.outcomes[0].Problem != "locked" {
				t.Error("the keychain is asked again and again", z.outcomes)
			}
			_, err := r.Renew(t.Context(), "a")
			wantKind(t, err, vault.Locked)
		})
	})
	t.Run("silence", func(t *testing.T) {
		running(t, func(t *testing.T, z *amazon, r *Refresher) {
			z.takes = 24 * time.Hour
			start := time.Now()
			if _, err := r.Renew(t.Context(), "a"); !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != renewPatience {
				t.Error(err, time.Since(start))
			}
		})
	})
}

func TestRenewAll(t *testing.T) {
	running(t, func(t *testing.T, z *amazon, r *Refresher) {
		z.takes, z.loads = time.Second, 300*time.Millisecond
		var ids []string
		for i := range 100 {
			ids = append(ids, fmt.Sprint("id", i))
		}
		z.answer = func(n int, _ lwa.Secret) (lwa.Token, error) {
			if n%10 == 0 {
				return lwa.Token{}, &lwa.Error{Kind: lwa.KindRevoked}
			}
			return lwa.Token{Access: fake("x", 30), Expiry: time.Now().Add(time.Hour)}, nil
		}
		seen, failed := 0, 0
		start := time.Now()
		err := r.RenewAll(t.Context(), ids, func(done, total int, id string, err error) {
			if seen++; done != seen || total != 100 {
				t.Errorf("%d of %d", done, total)
			}
			if err != nil {
				failed++
			}
		})
		if err != nil || seen != 100 || failed != 10 || z.top != 3 {
			t.Fatalf("%v, %d seen, %d failed, %d at once", err, seen, failed, z.top)
		}
		if took := time.Since(start); took != 34*time.Second+z.loads {
			t.Errorf("%v: the keychain isn't read while Amazon answers", took)
		}
		if len(z.outcomes) != 100 || z.records > 20 {
			t.Fatalf("%d outcomes in %d writings", len(z.outcomes), z.records)
		}
		// Cancel: prompt, and what was done is written down.
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(10*time.Second+time.Millisecond, cancel)
		seen, z.loads = 0, 0
		start = time.Now()
		err = r.RenewAll(ctx, ids, func(int, int, string, error) { seen++ })
		if !errors.Is(err, context.Canceled) || seen != 30 || time.Since(start) != 10*time.Second+time.Millisecond {
			t.Fatal(err, seen, time.Since(start))
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		// With the three that were under way.
		if len(z.outcomes) != 133 {
			t.Fatal(len(z.outcomes))
		}
		if err := r.RenewAll(t.Context(), nil, nil); err != nil {
			t.Fatal(err)
		}
	})
}

// TestRenewOutlivesRenewAll: Renew for an account that waits for its turn in a
// RenewAll gives a token even if that RenewAll is canceled.
func TestRenewOutlivesRenewAll(t *testing.T) {
	running(t, func(t *testing.T, z *amazon, r *Refresher) {
		z.takes = time.Second
		ctx, cancel := context.WithCancel(t.Context())
		go func() { _ = r.RenewAll(t.Context(), []string{"a", "b", "c"}, nil) }()
		synctest.Wait() // they have taken all turns
		go func() { _ = r.RenewAll(ctx, []string{"d"}, nil) }()
		synctest.Wait()
		go func() { synctest.Wait(); cancel() }()
		if n, err := r.Renew(t.Context(), "d"); err != nil || n.Token.Access.IsEmpty() {
			t.Errorf("token %v, error %v", n.Token.Access, err)
		}
		time.Sleep(time.Minute)
	})
}

func TestRefresherOnAStore(t *testing.T) {
	s := mustOpen(t, t.TempDir(), newFaultyVault())
	a, secrets := example(1)
	a = mustSave(t, s, a, secrets)
	b, _ := example(2)
	b = mustSave(t, s, b, Secrets{})
	r := NewRefresher(s, func(_ context.Context, cred lwa.Credentials, refresh lwa.Secret) (lwa.Token, error) {
		if cred.ClientID != a.ClientID || !cred.ClientSecret.Equal(secrets.ClientSecret) || !refresh.Equal(secrets.RefreshToken) {
			t.Error("wrong credentials")
		}
		return lwa.Token{Access: fake("access", 60), Refresh: fake("changed", 60), Expiry: noon().Add(time.Hour)}, nil
	}, nil)
	if _, err := r.Renew(t.Context(), a.ID); err != nil {
		t.Fatal(err)
	}
	got, err := s.Secrets(t.Context(), a.ID)
	if err != nil || !got.RefreshToken.Equal(fake("changed", 60)) {
		t.Fatal(err)
	}
	if a, _ = s.Find(a.ID); a.RenewedAt.IsZero() || a.Problem != "" {
		t.Fatalf("%+v", a)
	}
	_, err = r.Renew(t.Context(), b.ID)
	wantKind(t, err, vault.NotFound)
	if b, _ = s.Find(b.ID); b.Problem != "not_found" {
		t.Fatalf("%+v", b)
	}
	_, err = r.Renew(t.Context(), "nobody")
	wantIndexKind(t, err, indexNotFound)
}

// TestRefresherKeepsWhatCameBesideAnError: an answer that breaks off after a new
// refresh token.
func TestRefresherKeepsWhatCameBesideAnError(t *testing.T) {
	for _, refuse := range []bool{false, true} {
		running(t, func(t *testing.T, z *amazon, r *Refresher) {
			next := fake("next", 60)
			z.answer = func(int, lwa.Secret) (lwa.Token, error) {
				return lwa.Token{Refresh: next}, &lwa.Error{Kind: lwa.KindUnparseable}
			}
			if refuse {
				z.save = refused(vault.Locked)
			}
			n, err := r.Renew(t.Context(), "a")
			var unsaved *UnsavedError
			var e *lwa.Error
			if !errors.As(err, &e) || errors.As(err, &unsaved) != refuse || !n.Token.Refresh.Equal(next) || !n.RefreshChanged {
				t.Fatal(err)
			}
			z.answer, z.save = nil, nil
			if _, err = r.Renew(t.Context(), "a"); err != nil || !z.refresh["a"].Equal(next) || !z.with[1].Equal(next) {
				t.Fatal("the new refresh token is lost", err)
			}
			if len(z.previous) > 0 {
				t.Error("the former token is kept although the new one has worked")
			}
		})
	}
}

func TestRefresherTakesNoNonsense(t *testing.T) {
	for _, nonsense := range []string{"null", "undefined", "Atza|EXAMPLE-the-access-token", "Atzr|", "Atzr|********", "...", strings.Repeat("x", 70_000), "Atzr|" + strings.Repeat("x", 70_000)} {
		running(t, func(t *testing.T, z *amazon, r *Refresher) {
			z.answer = func(int, lwa.Secret) (lwa.Token, error) {
				return lwa.Token{Access: fake("access", 60), Refresh: lwa.NewSecret(nonsense), Expiry: time.Now().Add(time.Hour)}, nil
			}
			n, err := r.Renew(t.Context(), "a")
			if good := fake("refresh of a", 60); err != nil || n.RefreshChanged || !n.Token.Refresh.Equal(good) || !z.refresh["a"].Equal(good) {
				t.Errorf("%.20q replaced the refresh token: %v", nonsense, err)
			}
		})
	}
}

// TestRefresherGoesBack: a new refresh token that Amazon refuses does not cost
// the one before.
func TestRefresherGoesBack(t *testing.T) {
	running(t, func(t *testing.T, z *amazon, r *Refresher) {
		first, second := fake("refresh of a", 60), fake("second", 60)
		z.answer = func(n int, refresh lwa.Secret) (lwa.Token, error) {
			switch {
			case n == 1:
				return lwa.Token{Access: fake("access", 60), Refresh: second, Expiry: time.Now().Add(time.Hour)}, nil
			case refresh.Equal(second):
				return lwa.Token{}, &lwa.Error{Kind: lwa.KindRefreshToken}
			}
			return lwa.Token{Access: fake("access", 60), Expiry: time.Now().Add(time.Hour)}, nil
		}
		for range 2 {
			if _, err := r.Renew(t.Context(), "a"); err != nil {
				t.Fatal(err)
			}
		}
		if !z.refresh["a"].Equal(first) || len(z.previous) > 0 {
			t.Error("not back at the first one")
		}
	})
}

// TestRefresherYieldsToANewAuthorization: a refresh token that came for an older
// one never takes the place of one that the seller has authorized since.
func TestRefresherYieldsToANewAuthorization(t *testing.T) {
	rotated, authorized := fake("rotated", 60), fake("authorized again", 60)
	rotates := func(_ int, refresh lwa.Secret) (lwa.Token, error) {
		next := lwa.Secret{}
		if !refresh.Equal(authorized) {
			next = rotated
		}
		return lwa.Token{Access: fake("access", 60), Refresh: next, Expiry: time.Now().Add(time.Hour)}, nil
	}
	t.Run("unsaved", func(t *testing.T) {
		running(t, func(t *testing.T, z *amazon, r *Refresher) {
			z.answer, z.save = rotates, refused(vault.Locked)
			if _, err := r.Renew(t.Context(), "a"); err == nil {
				t.Fatal("saved")
			}
			z.refresh["a"], z.save = authorized, nil
			n, err := r.Renew(t.Context(), "a")
			if err != nil || !z.with[1].Equal(authorized) || !z.refresh["a"].Equal(authorized) || !n.Token.Refresh.Equal(authorized) {
				t.Error("the older one won", err)
			}
		})
	})
	t.Run("under way", func(t *testing.T) {
		running(t, func(t *testing.T, z *amazon, r *Refresher) {
			z.answer, z.takes = rotates, time.Second
			time.AfterFunc(time.Second/2, func() {
				z.mu.Lock()
				defer z.mu.Unlock()
				z.refresh["a"] = authorized
			})
			n, err := r.Renew(t.Context(), "a")
			if err != nil || !z.refresh["a"].Equal(authorized) || !n.Token.Refresh.Equal(authorized) || n.RefreshChanged {
				t.Error("the older one won", err)
			}
		})
	})
}

// TestWaitSavesTheReplacement: somebody closes the program while Amazon answers
// with another refresh token, which must be in the vault when the program ends.
func TestWaitSavesTheReplacement(t *testing.T) {
	s, id := sampleStore(t)
	asked, answer := make(chan bool), make(chan bool)
	r := NewRefresher(s, func(context.Context, lwa.Credentials, lwa.Secret) (lwa.Token, error) {
		close(asked)
		<-answer
		return lwa.Token{Access: lwa.NewSecret("Atza|EXAMPLE"), Refresh: lwa.NewSecret("Atzr|EXAMPLEnew"), Expiry: time.Now().Add(time.Hour)}, nil
	}, nil)
	ctx, closed := context.WithCancel(t.Context())
	go func() {
		<-asked
		closed()
	}()
	if _, err := r.Renew(ctx, id); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	go close(answer)
	r.Wait()
	secrets, err := s.Secrets(t.Context(), id)
	if err != nil || secrets.RefreshToken.Reveal() != "Atzr|EXAMPLEnew" {
		t.Errorf("saved is %v, error %v", secrets.RefreshToken, err)
	}
}
