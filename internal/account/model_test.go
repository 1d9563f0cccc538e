package account

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// TestModel lets 500 sellers' months go by at random: they authorize, authorize
// again as the same or another seller, for another region or app, change the
// client secret, refresh while Amazon changes refresh tokens, forget; the vault
// is locked and unlocked, and the program dies in the middle of things. At any
// moment each account has a refresh token that Amazon takes, and none stands
// under the name of another seller, app or region.
func TestModel(t *testing.T) {
	runs := 500
	if testing.Short() {
		runs = 60
	}
	counts := map[string]int{}
	for seed := range runs {
		m := &model{t: t, rand: rand.New(rand.NewPCG(uint64(seed), 1)), dir: t.TempDir(), vault: newFaultyVault(), amazon: map[string]*grant{}, lost: map[string]bool{}}
		m.start()
		for range 20 {
			m.steps = append(m.steps, m.step())
			m.check(seed)
			if t.Failed() {
				return
			}
		}
		for _, s := range m.steps {
			counts[s]++
		}
	}
	t.Log(runs, "runs:", counts)
	for _, must := range []string{"new", "again", "again: drop", "again: own", "secret", "refresh", "refresh: unsaved", "forget", "lock", "unlock", "crash"} {
		if counts[must] == 0 {
			t.Errorf("%q never happened", must)
		}
	}
}

// grant is a refresh token at Amazon.
type grant struct {
	owner string // the identity of an account
	valid bool
}

type model struct {
	t      *testing.T
	rand   *rand.Rand
	dir    string
	vault  *faultyVault
	store  *Store
	fresh  *Refresher
	locked bool
	steps  []string

	mu     sync.Mutex
	amazon map[string]*grant
	// lost are accounts whose only good token was on the screen, and said to be
	// unsaved, when the program died; and those that Amazon closed.
	lost map[string]bool
}

func (m *model) chance(percent int) bool { return m.rand.IntN(100) < percent }

// start is a start of the program.
func (m *model) start() {
	m.vault.on(nil)
	m.locked = false
	m.store = mustOpen(m.t, m.dir, m.vault)
	m.fresh = NewRefresher(m.store, m.refresh, nil)
}

// issue makes a refresh token for an identity.
func (m *model) issue(owner string) lwa.Secret {
	m.mu.Lock()
	defer m.mu.Unlock()
	token := fmt.Sprintf("Atzr|EXAMPLE%06d", len(m.amazon))
	m.amazon[token] = &grant{owner: owner, valid: true}
	return lwa.NewSecret(token)
}

// refresh is Amazon's answer to a refresh request.
func (m *model) refresh(_ context.Context, cred lwa.Credentials, refresh lwa.Secret) (lwa.Token, error) {
	m.mu.Lock()
	g := m.amazon[refresh.Reveal()]
	m.mu.Unlock()
	if g == nil || !g.valid || !strings.HasPrefix(g.owner, cred.ClientID+"\x00") {
		return lwa.Token{}, &lwa.Error{Kind: lwa.KindRefreshToken}
	}
	t := lwa.Token{Access: lwa.NewSecret("Atza|EXAMPLE"), Expiry: time.Now().Add(time.Hour)}
	switch m.rand.IntN(6) {
	case 0, 1: // another one; the former may end at once
		t.Refresh = m.issue(g.owner)
		g.valid = m.chance(50)
	case 2: // another one, and the answer breaks off
		t.Refresh, t.Access = m.issue(g.owner), lwa.Secret{}
		g.valid = m.chance(50)
		return t, &lwa.Error{Kind: lwa.KindUnparseable}
	case 3: // something that is not one
		t.Refresh = lwa.NewSecret([]string{"null", "Atza|EXAMPLE", "Atzr|***", "undefined"}[m.rand.IntN(4)])
	case 4: // one that looks like one and does not work
		t.Refresh = lwa.NewSecret(fmt.Sprintf("Atzr|EXAMPLEbroken%d", m.rand.IntN(1000)))
	}
	return t, nil
}

func (m *model) someone() Account {
	return Account{
		SellerID:    fmt.Sprintf("A%dEXAMPLE0000", m.rand.IntN(3)),
		ClientID:    fmt.Sprintf("amzn1.application-oa2-client.000%d", m.rand.IntN(2)),
		Marketplace: []string{"JP", "US"}[m.rand.IntN(2)],
	}
}

func (m *model) save(a Account) error {
	saved, err := m.store.Save(m.t.Context(), a, Secrets{RefreshToken: m.issue(a.identity()), ClientSecret: fake("client", 60)})
	if err == nil {
		delete(m.lost, saved.ID)
	}
	return err
}

// step does one thing, and says what.
func (m *model) step() string {
	list := m.store.List()
	if len(list) == 0 {
		_ = m.save(m.someone())
		return "new"
	}
	a := list[m.rand.IntN(len(list))]
	switch m.rand.IntN(12) {
	case 0, 1:
		_ = m.save(m.someone())
		return "new"
	case 2, 3, 4:
		b := m.someone()
		if m.chance(50) {
			b.SellerID, b.ClientID, b.Marketplace = a.SellerID, a.ClientID, a.Marketplace
		}
		b.ID = a.ID
		err := m.save(b)
		var other *OtherAccountError
		if errors.As(err, &other) != (a.identity() != b.identity()) {
			m.t.Errorf("authorizing %q again as %q: %v", a.identity(), b.identity(), err)
		}
		if other == nil {
			return "again"
		}
		if m.chance(50) {
			return "again: drop"
		}
		b.ID = ""
		_ = m.save(b)
		return "again: own"
	case 5:
		_ = m.store.SaveClientSecret(m.t.Context(), a.ID, fake("other client", 60), date.Date{})
		return "secret"
	case 6, 7, 8:
		_, err := m.fresh.Renew(m.t.Context(), a.ID)
		var unsaved *UnsavedError
		if errors.As(err, &unsaved) {
			return "refresh: unsaved"
		}
		return "refresh"
	case 9:
		_ = m.store.Forget(m.t.Context(), a.ID)
		return "forget"
	case 10:
		m.locked = !m.locked
		if !m.locked {
			m.vault.on(nil)
			return "unlock"
		}
		// Reading works for a while yet: so a new token comes and cannot be saved.
		reading := m.chance(70)
		m.vault.on(func(op, _ string) error {
			if op == "get" && reading {
				return nil
			}
			return refused(vault.Locked)
		})
		return "lock"
	}
	// The program dies after some more calls to the vault.
	left := m.rand.IntN(4)
	m.vault.on(func(string, string) error {
		if left--; left < 0 {
			return refused(vault.Unavailable)
		}
		return nil
	})
	b := a
	switch m.rand.IntN(3) {
	case 0:
		_ = m.save(b)
	case 1:
		_, _ = m.fresh.Renew(m.t.Context(), a.ID)
	case 2:
		_ = m.store.Forget(m.t.Context(), a.ID)
		if _, ok := m.store.Find(a.ID); ok {
			m.lost[a.ID] = true // half forgotten, as the error says
		}
	}
	for id := range m.fresh.unsaved {
		m.lost[id] = true
	}
	m.start()
	return "crash"
}

// check looks into the vault behind everybody's back.
func (m *model) check(seed int) {
	items := m.vault.copy()
	for _, a := range m.store.List() {
		good := false
		try := []lwa.Secret{items[refreshKey(a.ID)], items[previousKey(a.ID)]}
		if u, ok := m.fresh.unsaved[a.ID]; ok {
			try = append(try, u.next, u.worked)
		}
		for _, token := range try {
			g := m.amazon[token.Reveal()]
			if g != nil && g.owner != a.identity() {
				m.t.Errorf("seed %d, %q: %q has a token of %q", seed, m.steps, a.identity(), g.owner)
			}
			good = good || g != nil && g.valid
		}
		if !good && !m.lost[a.ID] {
			m.t.Errorf("seed %d, %q: %q has no token that Amazon takes", seed, m.steps, a.identity())
		}
	}
}
