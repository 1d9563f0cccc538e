package vault

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
type ringError Kind

func (e ringError) Error() string { return "the system says: " + string(e) }

func (r *fakeRing) kind(err error) Kind {
	var e ringError
	if errors.As(err, &e) {
		return Kind(e)
	}
	return Unavailable
}

func (r *fakeRing) hidesDismissal() bool { return r.silently }

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
		return "", ringError(NotFound)
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
		return ringError(TooBig)
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
		return ringError(NotFound)
	}
	if r.store != nil {
		if _, ok := r.store(key, ""); !ok {
			return nil
		}
	}
	delete(r.items, key)
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
	if err != nil && !(want.IsEmpty() && KindOf(err) == NotFound) {
		t.Fatalf("get %s: %v", key, err)
	}
	if !got.Equal(want) {
		t.Fatalf("get %s: a value of %d bytes that is not the one of %d bytes", key, len(got.Reveal()), len(want.Reveal()))
	}
}

func wantKind(t *testing.T, err error, want Kind) {
	t.Helper()
	if got := KindOf(err); got != want {
		t.Fatalf("kind %q (%v), want %q", got, err, want)
	}
}

func TestKeychainKeepsValuesOfEverySize(t *testing.T) {
	sizes := []int{20, 400, keychainLimit - 1, keychainLimit}
	for _, from := range sizes {
		ring := newFakeRing()
		k := newKeychain(ring)
		for _, to := range sizes {
			for _, n := range []int{from, to} {
				v := fake(fmt.Sprint("size", n), n)
				if err := k.Set(t.Context(), "a.refresh_token", v); err != nil {
					t.Fatalf("%d bytes: %v", n, err)
				}
				wantSecret(t, k, "a.refresh_token", v)
				if got := ring.copy(); len(got) != 1 {
					t.Fatalf("from %d to %d bytes: %d items", from, to, len(got))
				}
			}
		}
		wantKind(t, k.Set(t.Context(), "a.refresh_token", fake("long", keychainLimit+1)), TooBig)
		wantSecret(t, k, "a.refresh_token", fake(fmt.Sprint("size", keychainLimit), keychainLimit))
		for range 2 { // deleting a missing one is not an error
			if err := k.Delete(t.Context(), "a.refresh_token"); err != nil {
				t.Fatal(err)
			}
		}
		if left := ring.copy(); len(left) > 0 {
			t.Fatalf("%d items left after deleting", len(left))
		}
	}
}

// TestKeychainReadsWhatWasStored: 42a63d1 put a value of up to 2,048 bytes into
// one item, as it is, and accounts of that version must still open.
func TestKeychainReadsWhatWasStored(t *testing.T) {
	ring, token := newFakeRing(), fake("stored", keychainLimit)
	ring.items["abc.refresh_token"] = token.Reveal()
	wantSecret(t, newKeychain(ring), "abc.refresh_token", token)
}

func TestKeychainKeepsOddValues(t *testing.T) {
	ring := newFakeRing()
	k := newKeychain(ring)
	for _, s := range []string{
		" spaces around ", "two\nlines\r\n", "秘密の値", "{}", "\x00", "go-keyring-base64:AAAA",
		strings.Repeat("秘密", 300), strings.Repeat("\xff\xfe", 1000),
	} {
		v := lwa.NewSecret(s)
		if err := k.Set(t.Context(), "odd", v); err != nil {
			t.Fatalf("%q: %v", s[:1], err)
		}
		wantSecret(t, k, "odd", v)
	}
	if err := k.Set(t.Context(), "odd", lwa.Secret{}); err != nil {
		t.Fatal(err)
	}
	wantSecret(t, k, "odd", lwa.Secret{})
}

// TestKeychainFaults is the fault matrix of the vault: what the keychain does,
// what it is called, and that the value of before is still there.
func TestKeychainFaults(t *testing.T) {
	refuse := func(kind Kind) func(*fakeRing) {
		return func(r *fakeRing) { r.on(func(string, string) error { return ringError(kind) }) }
	}
	refuseWrites := func(kind Kind) func(*fakeRing) {
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
		want  Kind
		calls string
	}{
		{"is locked", refuse(Locked), Locked, "get set delete"},
		{"is missing", refuse(Missing), Missing, "get set delete"},
		{"refuses", refuse(Refused), Refused, "get set delete"},
		{"refuses to write", refuseWrites(Refused), Refused, "set delete"},
		{"is full", refuseWrites(Full), Full, "set"},
		{"asks, and the question is closed: with an error", refuseWrites(Dismissed), Dismissed, "set delete"},
		{"asks, and the question is closed: reported as success", func(r *fakeRing) {
			r.silently = true
			r.store = func(string, string) (string, bool) { return "", false }
		}, Dismissed, "set delete"},
		{"lies: stores nothing", func(r *fakeRing) {
			r.store = func(string, string) (string, bool) { return "", false }
		}, Mismatch, "set delete"},
		{"lies: stores an empty value", func(r *fakeRing) {
			n := 0
			r.store = func(_, v string) (string, bool) {
				if n++; n == 1 {
					return "", true
				}
				return v, true
			}
		}, Mismatch, "set"},
		{"lies: cuts the value off", func(r *fakeRing) {
			n := 0
			r.store = func(_, v string) (string, bool) {
				if n++; n == 1 {
					return v[:len(v)/2], true
				}
				return v, true
			}
		}, Mismatch, "set"},
		{"answers nonsense", func(r *fakeRing) {
			r.on(func(string, string) error { return errors.New("what?") })
		}, Unavailable, "get set delete"},
		{"panics in its library", func(r *fakeRing) {
			r.on(func(string, string) error { panic("interface conversion: interface {} is string, not bool") })
		}, Unavailable, "get set delete"},
		{"panics when it has stored", func(r *fakeRing) {
			n := 0
			r.on(func(op, _ string) error {
				if op == "get" {
					return nil
				}
				if n++; n == 1 {
					panic("nil signal")
				}
				return nil
			})
		}, Unavailable, "set delete"},
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
					return ringError(Refused)
				}
				return nil
			})
		}, Refused, "set"},
	}
	var rows []string
	for _, f := range faults {
		rows = append(rows, fmt.Sprintf("| %s | `%s` | %s |", f.name, f.want, strings.Join(strings.Fields(f.calls), ", ")))
	}
	docs.Table(t, "| The keychain | What is said | Tried with |", rows)
	for _, f := range faults {
		for _, size := range []int{30, keychainLimit} {
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
	v := fake("chatty", 1000)
	for _, old := range []string{"", "something"} {
		ring.on(nil)
		_ = k.Set(t.Context(), "key", lwa.NewSecret(old))
		ring.on(func(op, key string) error {
			if op == "get" {
				return nil
			}
			return fmt.Errorf("cannot store %q under %s", v.Reveal(), key)
		})
		err := k.Set(t.Context(), "key", v)
		wantKind(t, err, Unavailable)
		if strings.Contains(err.Error(), "FAKE") || !strings.Contains(err.Error(), "[secret]") {
			t.Fatal(err)
		}
	}
}

// TestKeychainSurvivesDyingAnywhere stops the writing after every single call
// to the keychain and looks with fresh eyes.
func TestKeychainSurvivesDyingAnywhere(t *testing.T) {
	dead := errors.New("dead")
	for _, sizes := range [][2]int{{30, 40}, {30, 2000}, {0, 500}, {500, 0}} {
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
			if gerr != nil && KindOf(gerr) != NotFound {
				t.Fatalf("%v, stopped after %d: %v", sizes, stop, gerr)
			}
			if !got.Equal(old) && !got.Equal(value) {
				t.Fatalf("%v, stopped after %d: neither the old nor the new value", sizes, stop)
			}
			if err == nil && !got.Equal(value) {
				t.Fatalf("%v, stopped after %d: success, and the old value", sizes, stop)
			}
			last := fake("last", 60)
			if err := k.Set(t.Context(), "key", last); err != nil {
				t.Fatal(err)
			}
			wantSecret(t, k, "key", last)
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
	for _, old := range []lwa.Secret{{}, fake("old", 30)} {
		for _, hung := range []string{"set", "get"} {
			t.Run(fmt.Sprintf("over %d at %s", len(old.Reveal()), hung), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					ring := newFakeRing()
					k := newKeychain(ring)
					if err := k.Set(t.Context(), "key", old); err != nil {
						t.Fatal(err)
					}
					before := ring.copy()
					let := ring.hang(hung, "key")
					ctx, cancel := context.WithCancel(t.Context())
					time.AfterFunc(time.Second, cancel)
					start := time.Now()
					err := k.Set(ctx, "key", fake("late", 30))
					wantKind(t, err, Canceled)
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
					if k.abandoned != 0 || len(k.newer) != 0 {
						t.Error("bookkeeping is left")
					}
				})
			})
		}
	}
}

func TestKeychainCancelUndoesALateDelete(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ring, old := newFakeRing(), fake("old", 30)
		k := newKeychain(ring)
		if err := k.Set(t.Context(), "key", old); err != nil {
			t.Fatal(err)
		}
		let := ring.hang("delete", "key")
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		wantKind(t, k.Delete(ctx, "key"), Unavailable)
		let()
		synctest.Wait()
		wantSecret(t, k, "key", old)
	})
}

// TestKeychainRetryWhileTheFirstHangs: a person cancels, tries again and
// succeeds, and then the first try comes back.
func TestKeychainRetryWhileTheFirstHangs(t *testing.T) {
	secret := func(name string, n int) lwa.Secret {
		if n == 0 {
			return lwa.Secret{}
		}
		return fake(name, n)
	}
	for _, sizes := range [][3]int{{30, 30, 30}, {0, 30, 40}, {30, 30, 0}, {30, 0, 40}, {0, 30, 0}} {
		for _, at := range []string{"set", "delete", "get"} {
			for _, panics := range []bool{false, true} {
				t.Run(fmt.Sprint(sizes, at, panics), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						ring := newFakeRing()
						k := newKeychain(ring)
						old, first, second := secret("old", sizes[0]), secret("first", sizes[1]), secret("second", sizes[2])
						if err := k.Set(t.Context(), "key", old); err != nil {
							t.Fatal(err)
						}
						let := ring.hang(at, "key")
						if panics {
							hang := ring.before
							ring.on(func(op, key string) error {
								err := hang(op, key)
								if op == at {
									panic("the bus is gone")
								}
								return err
							})
						}
						ctx, cancel := context.WithTimeout(t.Context(), time.Second)
						defer cancel()
						if k.Set(ctx, "key", first) == nil {
							t.Skip("nothing hung")
						}
						ring.on(nil)
						if err := k.Set(t.Context(), "key", second); err != nil {
							t.Fatal("trying again:", err)
						}
						let()
						synctest.Wait()
						wantSecret(t, k, "key", second)
						if k.abandoned != 0 || len(k.newer) != 0 {
							t.Error("bookkeeping is left")
						}
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
			v := fake(fmt.Sprint("worker", i), 100+i*100)
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
	wantKind(t, err, Canceled)
	synctest.Test(t, func(t *testing.T) {
		ring := newFakeRing()
		k := newKeychain(ring)
		let := ring.hang("get", "slow")
		go func() { _, _ = k.Get(t.Context(), "slow") }()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		_, err := k.Get(ctx, "other")
		wantKind(t, err, Unavailable)
		let()
	})
}

func TestProbe(t *testing.T) {
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
			return ringError(Locked)
		}
		return nil
	}
	wantKind(t, Probe(t.Context(), k), Locked)
	if err := Probe(t.Context(), NewMemory()); err != nil {
		t.Fatal(err)
	}
}
