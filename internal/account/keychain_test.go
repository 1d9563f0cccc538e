package account

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sellerkey/sellerkey/internal/docs"
	"github.com/sellerkey/sellerkey/lwa"
)

// fakeRing is a keychain that can be made to misbehave.
type fakeRing struct {
	mu    sync.Mutex
	items map[string]string
	calls int
	// before may refuse or delay a call.
	before func(op, key string) error
	// store may change what a set stores; ok false stores nothing.
	store    func(key, value string) (kept string, ok bool)
	limit    int
	silently bool
}

func newFakeRing() *fakeRing { return &fakeRing{items: map[string]string{}} }

// ringError is an error whose kind is known.
type ringError VaultKind

func (e ringError) Error() string { return "the system says: " + string(e) }

func (r *fakeRing) kind(err error) VaultKind {
	var e ringError
	if errors.As(err, &e) {
		return VaultKind(e)
	}
	return VaultUnavailable
}

func (r *fakeRing) swallows() bool { return r.silently }

func (r *fakeRing) call(op, key string) error {
	r.mu.Lock()
	r.calls++
	before := r.before
	r.mu.Unlock()
	if before == nil {
		return nil
	}
	return before(op, key)
}

func (r *fakeRing) get(key string) (string, error) {
	if err := r.call("get", key); err != nil {
		return "", err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	v, ok := r.items[key]
	if !ok {
		return "", ringError(VaultNotFound)
	}
	return v, nil
}

func (r *fakeRing) set(key, value string) error {
	if err := r.call("set", key); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.limit > 0 && len(value) > r.limit {
		return ringError(VaultTooBig)
	}
	if r.store != nil {
		v, ok := r.store(key, value)
		if !ok {
			return nil
		}
		value = v
	}
	r.items[key] = value
	return nil
}

func (r *fakeRing) delete(key string) error {
	if err := r.call("delete", key); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.items[key]; !ok {
		return ringError(VaultNotFound)
	}
	if r.store != nil {
		if _, ok := r.store(key, ""); !ok {
			return nil
		}
	}
	delete(r.items, key)
	return nil
}

func (r *fakeRing) clear() error {
	if err := r.call("clear", ""); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.items)
	return nil
}

func (r *fakeRing) copy() map[string]string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return maps.Clone(r.items)
}

func (r *fakeRing) on(before func(op, key string) error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.before = before
}

// fake makes an obviously invented secret of n bytes.
func fake(name string, n int) lwa.Secret {
	s := "Atzr|FAKE-" + name + "-"
	least := len(s)
	s += strings.Repeat("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-", n/60+1)
	return lwa.NewSecret(s[:max(n, least)])
}

func wantSecret(t *testing.T, v Vault, key string, want lwa.Secret) {
	t.Helper()
	got, err := v.Get(t.Context(), key)
	if err != nil && !(want.IsEmpty() && KindOfVault(err) == VaultNotFound) {
		t.Fatalf("get %s: %v", key, err)
	}
	if !got.Equal(want) {
		t.Fatalf("get %s: a value of %d bytes that is not the one of %d bytes", key, len(got.Reveal()), len(want.Reveal()))
	}
}

func wantKind(t *testing.T, err error, want VaultKind) {
	t.Helper()
	if got := KindOfVault(err); got != want {
		t.Fatalf("kind %q (%v), want %q", got, err, want)
	}
}

func TestKeychainKeepsValuesOfEverySize(t *testing.T) {
	sizes := []int{20, 400, partSize - 1, partSize, partSize + 1, 2560, 5000, 3 * partSize, maxSecret}
	for _, from := range sizes {
		ring := newFakeRing()
		ring.limit = 2560
		k := newKeychain(ring)
		for _, to := range sizes {
			for _, n := range []int{from, to} {
				v := fake(fmt.Sprint("size", n), n)
				if err := k.Set(t.Context(), "a.refresh_token", v); err != nil {
					t.Fatalf("%d bytes: %v", n, err)
				}
				wantSecret(t, k, "a.refresh_token", v)
				want := 1
				if n > partSize {
					want += (n + partSize - 1) / partSize
				}
				if got := len(ring.copy()); got != want {
					t.Fatalf("from %d to %d bytes: %d items, want %d", from, to, got, want)
				}
			}
		}
		if err := k.Delete(t.Context(), "a.refresh_token"); err != nil {
			t.Fatal(err)
		}
		if left := ring.copy(); len(left) > 0 {
			t.Fatalf("%d items left after deleting", len(left))
		}
		if err := k.Delete(t.Context(), "a.refresh_token"); err != nil {
			t.Fatal("deleting again:", err)
		}
	}
	k := newKeychain(newFakeRing())
	wantKind(t, k.Set(t.Context(), "x", fake("long", maxSecret+1)), VaultTooBig)
	_, err := k.Get(t.Context(), "x")
	wantKind(t, err, VaultNotFound)
}

func TestKeychainKeepsOddValues(t *testing.T) {
	ring := newFakeRing()
	k := newKeychain(ring)
	for _, s := range []string{
		" spaces around ", "two\nlines\r\n", "秘密の値", partsMark, partsMark + "1:a:1:3:00", "{}", "\x00", "go-keyring-base64:AAAA",
		strings.Repeat("秘密", 1500), strings.Repeat("\xff\xfe", 3000),
	} {
		v := lwa.NewSecret(s)
		if err := k.Set(t.Context(), "odd", v); err != nil {
			t.Fatalf("%q: %v", s[:1], err)
		}
		wantSecret(t, k, "odd", v)
	}
	for key, part := range ring.copy() {
		if len(part) > partSize {
			t.Errorf("%s holds %d bytes", key, len(part))
		}
	}
	if err := k.Set(t.Context(), "odd", lwa.Secret{}); err != nil {
		t.Fatal(err)
	}
	wantSecret(t, k, "odd", lwa.Secret{})
}

func TestSplitCutsBetweenCharacters(t *testing.T) {
	for _, p := range split(strings.Repeat("秘密", 1500), "a").values {
		if strings.ToValidUTF8(p, "?") != p {
			t.Fatal("a part ends inside a character")
		}
	}
}

// TestKeychainFaults is the fault matrix of the vault: what the keychain does,
// what it is called, and that the value of before is still there.
func TestKeychainFaults(t *testing.T) {
	refuse := func(kind VaultKind) func(*fakeRing) {
		return func(r *fakeRing) { r.on(func(string, string) error { return ringError(kind) }) }
	}
	refuseWrites := func(kind VaultKind) func(*fakeRing) {
		return func(r *fakeRing) {
			r.on(func(op, _ string) error {
				if op == "get" {
					return nil
				}
				return ringError(kind)
			})
		}
	}
	faults := []struct {
		name  string
		make  func(*fakeRing)
		want  VaultKind
		calls string
	}{
		{"is locked", refuse(VaultLocked), VaultLocked, "get set delete"},
		{"is missing", refuse(VaultMissing), VaultMissing, "get set delete"},
		{"refuses", refuse(VaultRefused), VaultRefused, "get set delete"},
		{"refuses to write", refuseWrites(VaultRefused), VaultRefused, "set delete"},
		{"is full", refuseWrites(VaultFull), VaultFull, "set"},
		{"asks, and the question is closed: with an error", refuseWrites(VaultDismissed), VaultDismissed, "set delete"},
		{"asks, and the question is closed: reported as success", func(r *fakeRing) {
			r.silently = true
			r.store = func(string, string) (string, bool) { return "", false }
		}, VaultDismissed, "set delete"},
		{"lies: stores nothing", func(r *fakeRing) {
			r.store = func(string, string) (string, bool) { return "", false }
		}, VaultMismatch, "set delete"},
		{"lies: stores an empty value", func(r *fakeRing) {
			n := 0
			r.store = func(_, v string) (string, bool) {
				if n++; n == 1 {
					return "", true
				}
				return v, true
			}
		}, VaultMismatch, "set"},
		{"lies: cuts the value off", func(r *fakeRing) {
			n := 0
			r.store = func(_, v string) (string, bool) {
				if n++; n == 1 {
					return v[:len(v)/2], true
				}
				return v, true
			}
		}, VaultMismatch, "set"},
		{"answers nonsense", func(r *fakeRing) {
			r.on(func(string, string) error { return errors.New("what?") })
		}, VaultUnavailable, "get set delete"},
		{"stores, and says that it did not", func(r *fakeRing) {
			n := 0
			r.on(func(op, key string) error {
				if op != "set" {
					return nil
				}
				if n++; n == 1 {
					r.mu.Lock()
					r.items[key] = fake("new", 30).Reveal()
					r.mu.Unlock()
					return ringError(VaultRefused)
				}
				return nil
			})
		}, VaultRefused, "set"},
	}
	var rows []string
	for _, f := range faults {
		rows = append(rows, fmt.Sprintf("| %s | `%s` | %s |", f.name, f.want, strings.Join(strings.Fields(f.calls), ", ")))
	}
	docs.Table(t, "| The keychain | What is said | Tried with |", rows)
	for _, f := range faults {
		for _, size := range []int{30, 5000} {
			for _, op := range strings.Fields(f.calls) {
				t.Run(fmt.Sprintf("%s/%s/%d", f.name, op, size), func(t *testing.T) {
					ring := newFakeRing()
					k := newKeychain(ring)
					old, value := fake("old", size), fake("new", size)
					if err := k.Set(t.Context(), "key", old); err != nil {
						t.Fatal(err)
					}
					f.make(ring)
					var err error
					switch op {
					case "get":
						_, err = k.Get(t.Context(), "key")
					case "set":
						err = k.Set(t.Context(), "key", value)
					case "delete":
						err = k.Delete(t.Context(), "key")
					}
					wantKind(t, err, f.want)
					for _, s := range []string{old.Reveal(), value.Reveal()} {
						if strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, err), s) {
							t.Error("the secret is in the error")
						}
					}
					ring.on(nil)
					ring.store = nil
					wantSecret(t, k, "key", old)
					// Trying again works once the keychain does.
					if err := k.Set(t.Context(), "key", value); err != nil {
						t.Fatal("trying again:", err)
					}
					wantSecret(t, k, "key", value)
					if err := k.Delete(t.Context(), "key"); err != nil {
						t.Fatal(err)
					}
					if left := ring.copy(); len(left) > 0 {
						t.Fatalf("%d items left", len(left))
					}
				})
			}
		}
	}
}

func TestKeychainErrorsHideTheSecret(t *testing.T) {
	ring := newFakeRing()
	k := newKeychain(ring)
	v := fake("chatty", 3000)
	for _, old := range []string{"", "something"} {
		ring.on(nil)
		_ = k.Set(t.Context(), "key", lwa.NewSecret(old))
		ring.on(func(op, key string) error {
			if op == "get" {
				return nil
			}
			return fmt.Errorf("cannot store %q or %q under %s", v.Reveal(), v.Reveal()[:partSize], key)
		})
		err := k.Set(t.Context(), "key", v)
		wantKind(t, err, VaultUnavailable)
		if strings.Contains(err.Error(), "FAKE") || !strings.Contains(err.Error(), "[secret]") {
			t.Fatal(err)
		}
	}
}

// TestKeychainSurvivesDyingAnywhere stops the writing after every single call
// to the keychain and looks with fresh eyes.
func TestKeychainSurvivesDyingAnywhere(t *testing.T) {
	// Within a bubble of time that stands still nothing is swept later.
	synctest.Test(t, survivesDyingAnywhere)
}

func survivesDyingAnywhere(t *testing.T) {
	dead := errors.New("dead")
	for _, sizes := range [][2]int{{30, 40}, {30, 5000}, {5000, 30}, {9000, 4200}, {4200, 9000}, {0, 5000}, {5000, 0}} {
		old, value := lwa.Secret{}, lwa.Secret{}
		if sizes[0] > 0 {
			old = fake("old", sizes[0])
		}
		if sizes[1] > 0 {
			value = fake("new", sizes[1])
		}
		for stop := 0; ; stop++ {
			ring := newFakeRing()
			k := newKeychain(ring)
			// Leave the traces of an earlier death as well.
			_ = k.Set(t.Context(), "key", fake("earlier", 12000))
			if err := k.Set(t.Context(), "key", old); err != nil {
				t.Fatal(err)
			}
			ring.calls = 0
			ring.before = func(string, string) error {
				if ring.calls > stop {
					return dead
				}
				return nil
			}
			err := k.Set(t.Context(), "key", value)
			ring.before = nil
			k = newKeychain(ring)
			got, gerr := k.Get(t.Context(), "key")
			if gerr != nil && KindOfVault(gerr) != VaultNotFound {
				t.Fatalf("%v, stopped after %d: %v", sizes, stop, gerr)
			}
			if !got.Equal(old) && !got.Equal(value) {
				t.Fatalf("%v, stopped after %d: neither the old nor the new value", sizes, stop)
			}
			if err == nil && !got.Equal(value) {
				t.Fatalf("%v, stopped after %d: success, and the old value", sizes, stop)
			}
			last := fake("last", 6000)
			if err := k.Set(t.Context(), "key", last); err != nil {
				t.Fatal(err)
			}
			wantSecret(t, k, "key", last)
			if n := len(ring.copy()); n != 4 {
				t.Fatalf("%v, stopped after %d: %d items instead of 4", sizes, stop, n)
			}
			if err := k.Delete(t.Context(), "key"); err != nil {
				t.Fatal(err)
			}
			if n := len(ring.copy()); n != 0 {
				t.Fatalf("%v, stopped after %d: %d items left", sizes, stop, n)
			}
			if ring.calls < stop {
				break
			}
			if stop > 500 {
				t.Fatal("no end")
			}
		}
	}
}

// TestKeychainSweepsLater: parts that a killed program left are nobody's wait,
// and go all the same; parts of a value that came meanwhile stay.
func TestKeychainSweepsLater(t *testing.T) {
	for _, second := range []int{0, 50, 5000} {
		synctest.Test(t, func(t *testing.T) {
			ring := newFakeRing()
			for _, gen := range generations() {
				ring.items[partKey("key", gen, 0)] = "lost"
				ring.items[partKey("key", gen, 1)] = "lost"
			}
			k := newKeychain(ring)
			value := fake("value", 40)
			if err := k.Set(t.Context(), "key", value); err != nil {
				t.Fatal(err)
			}
			ring.mu.Lock()
			calls := ring.calls
			ring.mu.Unlock()
			if n := len(ring.copy()); n != 7 || calls != 3 {
				t.Fatalf("%d items after %d calls", n, calls)
			}
			items := 1
			if second > 0 {
				value = fake("second", second)
				if err := k.Set(t.Context(), "key", value); err != nil {
					t.Fatal(err)
				}
				if second > partSize {
					items = 4
				}
			}
			time.Sleep(2 * sweepAfter)
			synctest.Wait()
			wantSecret(t, k, "key", value)
			if n := len(ring.copy()); n != items {
				t.Errorf("%d items, want %d", n, items)
			}
			if len(k.writings) != 0 {
				t.Error("bookkeeping is left")
			}
		})
	}
}

// TestKeychainReplacedPartsGoFirst: of a longer value that is replaced nothing
// is left when its successor counts as stored, whatever the program does next.
func TestKeychainReplacedPartsGoFirst(t *testing.T) {
	ring := newFakeRing()
	k := newKeychain(ring)
	for _, v := range []lwa.Secret{fake("long", 5000), fake("short", 40)} {
		if err := k.Set(t.Context(), "key", v); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(ring.copy()); n != 1 {
		t.Errorf("%d items", n)
	}
}

// TestKeychainGoesOnWhenTheSweepHangs: the looking for lost parts keeps nobody
// from the keychain for ever.
func TestKeychainGoesOnWhenTheSweepHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ring := newFakeRing()
		k := newKeychain(ring)
		let := ring.hang("get", partKey("key", "a", 0))
		if err := k.Set(t.Context(), "key", fake("value", 40)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * sweepAfter)
		long := fake("long", 5000)
		if err := k.Set(t.Context(), "key", long); err != nil {
			t.Fatal(err)
		}
		let()
		synctest.Wait()
		wantSecret(t, k, "key", long)
		if n := len(ring.copy()); n != 4 {
			t.Errorf("%d items, want 4", n)
		}
	})
}

func TestKeychainSeesDamage(t *testing.T) {
	ring := newFakeRing()
	k := newKeychain(ring)
	v := fake("parts", 5000)
	if err := k.Set(t.Context(), "key", v); err != nil {
		t.Fatal(err)
	}
	delete(ring.items, partKey("key", "a", 1))
	_, err := k.Get(t.Context(), "key")
	wantKind(t, err, VaultDamaged)
	ring.items["key"] = partsMark + "9:who:knows"
	_, err = k.Get(t.Context(), "key")
	wantKind(t, err, VaultDamaged)
	if err := k.Set(t.Context(), "key", v); err != nil {
		t.Fatal("a damaged value cannot be replaced:", err)
	}
	wantSecret(t, k, "key", v)
}

// hang makes the first call of op on key wait until the returned function is called.
func (r *fakeRing) hang(op, key string) (let func()) {
	gate := make(chan struct{})
	once := sync.Once{}
	r.on(func(o, k string) error {
		if o != op || k != key {
			return nil
		}
		once.Do(func() {
			<-gate
		})
		return nil
	})
	return func() { close(gate) }
}

func TestKeychainCancelUndoesALateWrite(t *testing.T) {
	for _, size := range []int{30, 5000} {
		for _, old := range []lwa.Secret{{}, fake("old", 30), fake("old", 9000)} {
			for _, hung := range []string{"set key", "get key", "set " + partKey("key", "b", 1), "set " + partKey("key", "a", 0)} {
				t.Run(fmt.Sprintf("%d over %d at %s", size, len(old.Reveal()), hung), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						ring := newFakeRing()
						k := newKeychain(ring)
						if err := k.Set(t.Context(), "key", old); err != nil {
							t.Fatal(err)
						}
						before := ring.copy()
						op, name, _ := strings.Cut(hung, " ")
						let := ring.hang(op, name)
						ctx, cancel := context.WithCancel(t.Context())
						time.AfterFunc(time.Second, cancel)
						start := time.Now()
						err := k.Set(ctx, "key", fake("late", size))
						if err == nil {
							t.Skip("nothing hung")
						}
						wantKind(t, err, VaultCanceled)
						if !errors.Is(err, context.Canceled) {
							t.Error("not a canceled context's error")
						}
						if d := time.Since(start); d != time.Second {
							t.Errorf("the cancel took %v", d)
						}
						let()
						synctest.Wait()
						if now := ring.copy(); !maps.Equal(now, before) {
							t.Fatalf("not put back: %d items, before %d", len(now), len(before))
						}
						wantSecret(t, k, "key", old)
						if len(k.writings) != 0 {
							t.Error("bookkeeping is left")
						}
					})
				})
			}
		}
	}
}

func TestKeychainCancelUndoesALateDelete(t *testing.T) {
	for _, old := range []lwa.Secret{fake("old", 30), fake("old", 9000)} {
		synctest.Test(t, func(t *testing.T) {
			ring := newFakeRing()
			k := newKeychain(ring)
			if err := k.Set(t.Context(), "key", old); err != nil {
				t.Fatal(err)
			}
			let := ring.hang("delete", "key")
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			wantKind(t, k.Delete(ctx, "key"), VaultUnavailable)
			let()
			synctest.Wait()
			wantSecret(t, k, "key", old)
		})
	}
}

// TestKeychainRetryWhileTheFirstHangs is a person who cancels, tries again and
// succeeds, after which the first try comes back from the dead.
func TestKeychainRetryWhileTheFirstHangs(t *testing.T) {
	for _, sizes := range [][3]int{{30, 30, 30}, {0, 30, 40}, {5000, 5000, 5000}, {30, 5000, 9000}, {9000, 5000, 30}, {9000, 30, 5000}, {5000, 5000, 0}} {
		for _, at := range []string{"key", partKey("key", "b", 0), partKey("key", "b", 1), partKey("key", "a", 1)} {
			t.Run(fmt.Sprint(sizes, at), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					ring := newFakeRing()
					k := newKeychain(ring)
					secret := func(name string, n int) lwa.Secret {
						if n == 0 {
							return lwa.Secret{}
						}
						return fake(name, n)
					}
					old, first, second := secret("old", sizes[0]), secret("first", sizes[1]), secret("second", sizes[2])
					if err := k.Set(t.Context(), "key", old); err != nil {
						t.Fatal(err)
					}
					let := ring.hang("set", at)
					ctx, cancel := context.WithCancel(t.Context())
					time.AfterFunc(time.Second, cancel)
					if err := k.Set(ctx, "key", first); err == nil {
						t.Skip("nothing hung")
					}
					ring.on(nil)
					if err := k.Set(t.Context(), "key", second); err != nil {
						t.Fatal("trying again:", err)
					}
					wantSecret(t, k, "key", second)
					let()
					synctest.Wait()
					wantSecret(t, k, "key", second)
					if err := k.Delete(t.Context(), "key"); err != nil {
						t.Fatal(err)
					}
					if left := ring.copy(); len(left) > 0 {
						t.Fatalf("%d items left", len(left))
					}
				})
			})
		}
	}
}

func TestKeychainHasOneCallAtATime(t *testing.T) {
	ring := newFakeRing()
	var mu sync.Mutex
	in := 0
	k := newKeychain(ring)
	ring.before = func(string, string) error {
		mu.Lock()
		if in++; in > 1 {
			t.Error("two calls at once")
		}
		mu.Unlock()
		time.Sleep(time.Microsecond)
		mu.Lock()
		in--
		mu.Unlock()
		return nil
	}
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			v := fake(fmt.Sprint("worker", i), 100+i*1000)
			for range 5 {
				if err := k.Set(t.Context(), "key", v); err != nil {
					t.Error(err)
				}
				if _, err := k.Get(t.Context(), "key"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	done, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := k.Get(done, "key")
	wantKind(t, err, VaultCanceled)
	synctest.Test(t, func(t *testing.T) {
		ring := newFakeRing()
		k := newKeychain(ring)
		let := ring.hang("get", "slow")
		go func() { _, _ = k.Get(t.Context(), "slow") }()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		_, err := k.Get(ctx, "other")
		wantKind(t, err, VaultUnavailable)
		let()
	})
}

func TestProbe(t *testing.T) { synctest.Test(t, probes) }

func probes(t *testing.T) {
	ring := newFakeRing()
	k := newKeychain(ring)
	if err := Probe(t.Context(), k); err != nil {
		t.Fatal(err)
	}
	if len(ring.items) != 0 {
		t.Fatal("the probe stays behind")
	}
	ring.before = func(op, _ string) error {
		if op == "set" {
			return ringError(VaultLocked)
		}
		return nil
	}
	wantKind(t, Probe(t.Context(), k), VaultLocked)
	if err := Probe(t.Context(), NewMemory()); err != nil {
		t.Fatal(err)
	}
}
