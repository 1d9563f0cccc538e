package account

import (
	"context"
	"errors"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// TestShareToken: fifty programs and an open window, each with its own store,
// make one request, and get the same token.
func TestShareToken(t *testing.T) {
	dir, v := t.TempDir(), vault.NewMemory()
	id := saveSample(t, dir, v)
	var requests atomic.Int32
	renew := func(context.Context, lwa.Credentials, lwa.Secret) (lwa.Token, error) {
		requests.Add(1)
		return lwa.Token{Access: lwa.NewSecret("Atza|EXAMPLE"), Type: "bearer", Expiry: time.Now().Add(time.Hour)}, nil
	}
	var all sync.WaitGroup
	for range 51 {
		all.Go(func() {
			s, err := Open(dir, v, time.Now)
			if err != nil {
				t.Error(err)
				return
			}
			n, err := NewRefresher(s, renew, nil).Token(t.Context(), id)
			if err != nil || n.Token.Access.Reveal() != "Atza|EXAMPLE" {
				t.Errorf("token %v, error %v", n.Token.Access, err)
			}
		})
	}
	all.Wait()
	if n := requests.Load(); n != 1 {
		t.Errorf("%d requests", n)
	}
}

// TestSharedTokenOfAnOpenAccount: with the token of another process comes the
// refresh token that the process may have got.
func TestSharedTokenOfAnOpenAccount(t *testing.T) {
	s, id := sampleStore(t)
	answer := lwa.Token{Access: lwa.NewSecret("Atza|EXAMPLE"), Refresh: lwa.NewSecret("Atzr|EXAMPLE2"), Expiry: time.Now().Add(time.Hour)}
	other := NewRefresher(s, func(context.Context, lwa.Credentials, lwa.Secret) (lwa.Token, error) { return answer, nil }, nil)
	window := NewRefresher(s, func(context.Context, lwa.Credentials, lwa.Secret) (lwa.Token, error) {
		return lwa.Token{}, errors.New("asked")
	}, nil)
	window.Keep(id, lwa.Token{Access: lwa.NewSecret("Atza|EXAMPLE1"), Refresh: lwa.NewSecret("Atzr|EXAMPLE"), Expiry: time.Now()})
	if _, err := other.Token(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	n, err := window.Token(t.Context(), id)
	if err != nil || !n.Shared || !n.Token.Access.Equal(answer.Access) || !n.Token.Refresh.Equal(answer.Refresh) {
		t.Errorf("shared %v, the refresh token is the new one: %v; error %v", n.Shared, n.Token.Refresh.Equal(answer.Refresh), err)
	}
}

// TestSharedTokenEnds: when a token that was shared is not given out again.
func TestSharedTokenEnds(t *testing.T) {
	fail := errors.New("asked")
	ask := func() (Renewal, error) { return Renewal{}, fail }
	now := time.Now() // for all of them: the second may change while they run
	for name, test := range map[string]struct {
		life  time.Duration
		known lwa.Token
		after func(*testing.T, *Store, string)
		asks  bool
	}{
		"good":               {life: time.Hour},
		"older is known":     {life: time.Hour, known: lwa.Token{Expiry: now.Add(30 * time.Minute)}},
		"Renew access token": {life: time.Hour, known: lwa.Token{Expiry: now.Add(time.Hour)}, asks: true},
		"about to expire":    {life: 4 * time.Minute, asks: true},
		"of a wrong clock":   {life: 30 * 24 * time.Hour, asks: true},
		"authorized again":   {life: time.Hour, asks: true, after: authorizeAgain},
		"the account's gone": {life: time.Hour, asks: true, after: func(t *testing.T, s *Store, id string) { _ = s.Forget(t.Context(), id) }},
	} {
		t.Run(name, func(t *testing.T) {
			dir, v := t.TempDir(), vault.NewMemory()
			id := saveSample(t, dir, v)
			s, err := Open(dir, v, func() time.Time { return now })
			if err != nil {
				t.Fatal(err)
			}
			token := lwa.Token{Access: lwa.NewSecret("Atza|EXAMPLE"), Expiry: now.Add(test.life)}
			if _, err := s.shareToken(t.Context(), id, lwa.Token{}, wantAny, func() (Renewal, error) { return Renewal{Token: token}, nil }); err != nil {
				t.Fatal(err)
			}
			if test.after != nil {
				test.after(t, s, id)
			}
			if _, err := s.shareToken(t.Context(), id, test.known, wantAny, ask); errors.Is(err, fail) != test.asks {
				t.Errorf("asked Amazon: %v, want %v", errors.Is(err, fail), test.asks)
			}
		})
	}
}

// TestRenewAsksAmazon: a press of *Renew access token* wants another token, although
// the present one is good.
func TestRenewAsksAmazon(t *testing.T) {
	s, id := sampleStore(t)
	requests := 0
	r := NewRefresher(s, func(context.Context, lwa.Credentials, lwa.Secret) (lwa.Token, error) {
		requests++
		return lwa.Token{Access: lwa.NewSecret("Atza|EXAMPLE"), Expiry: time.Now().Add(time.Hour)}, nil
	}, nil)
	for want := 1; want <= 3; want++ {
		if n, err := r.Renew(t.Context(), id); err != nil || n.Shared || requests != want {
			t.Errorf("shared %v, %d requests, want %d; error %v", n.Shared, requests, want, err)
		}
	}
	if n, err := r.Token(t.Context(), id); err != nil || !n.Shared || requests != 3 {
		t.Errorf("a token that will do: shared %v, %d requests, error %v", n.Shared, requests, err)
	}
}

// TestRenewAllStoresNoNewItem: *Renew all* shows that the accounts work. It replaces
// the access token of an account that is in use, and stores none for the others.
func TestRenewAllStoresNoNewItem(t *testing.T) {
	now := time.Date(2026, time.November, 28, 12, 0, 0, 0, time.UTC)
	dir, v := t.TempDir(), vault.NewMemory()
	id := saveSample(t, dir, v)
	s, err := Open(dir, v, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	r := NewRefresher(s, func(context.Context, lwa.Credentials, lwa.Secret) (lwa.Token, error) {
		return lwa.Token{Access: lwa.NewSecret("Atza|EXAMPLE"), Expiry: now.Add(time.Hour)}, nil
	}, nil)
	renewAll := func() {
		t.Helper()
		if err := r.RenewAll(t.Context(), []string{id}, nil); err != nil {
			t.Fatal(err)
		}
		if a, _ := s.Find(id); !a.RenewedAt.Equal(now) {
			t.Errorf("renewed at %v, want %v", a.RenewedAt, now)
		}
	}
	renewAll()
	if _, err := v.Get(t.Context(), accessKey(id)); vault.KindOf(err) != vault.NotFound {
		t.Errorf("nobody uses the account, but its access token was stored: %v", err)
	}
	if _, err := r.Token(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Minute)
	renewAll()
	if token, _ := s.accessToken(t.Context(), id); !token.Expiry.Equal(now.Add(time.Hour)) {
		t.Errorf("the account in use has a token until %v, want the new one's %v", token.Expiry, now.Add(time.Hour))
	}
}

// TestForgetLeavesNoLock: neither an item nor a file stays.
func TestForgetLeavesNoLock(t *testing.T) {
	dir, v := t.TempDir(), vault.NewMemory()
	id := saveSample(t, dir, v)
	s, err := Open(dir, v, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	token := lwa.Token{Access: lwa.NewSecret("Atza|EXAMPLE"), Expiry: time.Now().Add(time.Hour)}
	if _, err := s.shareToken(t.Context(), id, lwa.Token{}, wantAny, func() (Renewal, error) { return Renewal{Token: token}, nil }); err != nil {
		t.Fatal(err)
	}
	if err := s.Forget(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Get(t.Context(), accessKey(id)); vault.KindOf(err) != vault.NotFound {
		t.Errorf("the access token is still there: %v", err)
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if f.Name() == tokenLock(id) {
			t.Errorf("%s is still there", f.Name())
		}
	}
}

// sampleStore opens a store with a sample account.
func sampleStore(t *testing.T) (s *Store, id string) {
	t.Helper()
	dir, v := t.TempDir(), vault.NewMemory()
	id = saveSample(t, dir, v)
	s, err := Open(dir, v, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return s, id
}

func saveSample(t *testing.T, dir string, v vault.Vault) string {
	t.Helper()
	s, err := Open(dir, v, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	a, err := s.Save(t.Context(), Account{Marketplace: "JP", SellerID: "A1EXAMPLE00000", ClientID: "client"},
		Secrets{ClientSecret: lwa.NewSecret("secret"), RefreshToken: lwa.NewSecret("Atzr|EXAMPLE")})
	if err != nil {
		t.Fatal(err)
	}
	return a.ID
}

func authorizeAgain(t *testing.T, s *Store, id string) {
	t.Helper()
	a, _ := s.Find(id)
	if _, err := s.Save(t.Context(), a, Secrets{RefreshToken: lwa.NewSecret("Atzr|EXAMPLE2")}); err != nil {
		t.Fatal(err)
	}
}
