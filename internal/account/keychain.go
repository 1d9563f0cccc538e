package account

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/lwa"
)

// The service names under which the items appear in the system's keychain.
const (
	Service         = "app.sellerkey"
	PracticeService = "app.sellerkey.practice"
)

// keyring is one keychain of the system: a flat set of small items.
type keyring interface {
	get(key string) (string, error)
	set(key, value string) error
	delete(key string) error
	// clear deletes every item of the service.
	clear() error
	// kind says what an error of the four means.
	kind(err error) VaultKind
	// swallows: a question that the person closed is reported as success.
	swallows() bool
}

// Keychain is the keychain of the operating system.
//
// Its calls cannot be interrupted and may wait for a person to type a password.
// So each runs in its own goroutine; a caller who cancels gets an answer at
// once, and what the abandoned call achieves afterwards is undone. Calls run
// one at a time, so that the system never asks two questions at once.
//
// Values that a platform may not take in one item are split over several. The
// parts of a value that was replaced are gone before its successor counts as
// stored. Parts that nothing knows of, because a program was killed while it
// wrote them, are looked for a moment after every writing.
type Keychain struct {
	ring keyring
	// turn is held by the one call that may talk to the keychain.
	turn chan struct{}

	mu       sync.Mutex
	writings map[string]*writing
}

// item is a keychain item as it is or should be.
type item struct {
	value  string
	absent bool
}

// NewKeychain returns the system's keychain under a service name. It does not
// touch it.
func NewKeychain(service string) *Keychain { return newKeychain(systemRing{service}) }

// sweepAfter is how long after a writing the keychain is asked for parts that
// nothing knows of: by then whoever waited for the writing has an answer, and
// the other secrets of the same account are stored.
const sweepAfter = 500 * time.Millisecond

func newKeychain(ring keyring) *Keychain {
	return &Keychain{ring: ring, turn: make(chan struct{}, 1), writings: map[string]*writing{}}
}

// Get implements [Vault].
func (k *Keychain) Get(ctx context.Context, key string) (lwa.Secret, error) {
	var v string
	err := k.run(ctx, "get", func(c *call) error {
		s, err := c.read(key)
		if err != nil {
			return err
		}
		if s.main.absent {
			return vaultErr("get", VaultNotFound, nil)
		}
		if s.damaged {
			return vaultErr("get", VaultDamaged, nil)
		}
		return c.settle(func() { v = s.value })
	})
	if err != nil {
		return lwa.Secret{}, err
	}
	return lwa.NewSecret(v), nil
}

// Set implements [Vault]. An empty value is the same as [Keychain.Delete].
func (k *Keychain) Set(ctx context.Context, key string, v lwa.Secret) error {
	if v.IsEmpty() {
		return k.Delete(ctx, key)
	}
	if len(v.Reveal()) > maxSecret {
		return vaultErr("set", VaultTooBig, nil)
	}
	return k.run(ctx, "set", func(c *call) error { return c.put(key, v.Reveal()) })
}

// Delete implements [Vault]. After an error part of a split value may be gone;
// deleting again goes on where it stopped.
func (k *Keychain) Delete(ctx context.Context, key string) error {
	return k.run(ctx, "delete", func(c *call) error { return c.remove(key) })
}

// Clear implements [Clearer]: it removes every item under the service's name.
func (k *Keychain) Clear(ctx context.Context) error {
	return k.run(ctx, "delete", func(c *call) error {
		if err := k.ring.clear(); err != nil && k.ring.kind(err) != VaultNotFound {
			return c.fail(err)
		}
		return c.settle(nil)
	})
}

// call is one run of Get, Set, Delete or Clear in its own goroutine.
type call struct {
	k  *Keychain
	op string

	mu sync.Mutex
	// left: the caller has gone, and gave the turn away.
	left bool
	// retaken: the goroutine took a turn of its own after that.
	retaken bool
	// settled: the outcome stands, a cancel comes too late.
	settled bool
	ended   bool
	err     error
}

// errLeft ends the work of a call whose caller has gone.
var errLeft = errors.New("the caller has gone")

// run lets work talk to the keychain until it ends or ctx does.
func (k *Keychain) run(ctx context.Context, op string, work func(*call) error) error {
	if ctx.Err() != nil {
		return gone(ctx, op)
	}
	select {
	case k.turn <- struct{}{}:
	case <-ctx.Done():
		return gone(ctx, op)
	}
	c := &call{k: k, op: op}
	done := make(chan struct{})
	go func() {
		defer close(done)
		err := work(c)
		c.mu.Lock()
		defer c.mu.Unlock()
		if !errors.Is(err, errLeft) && (!c.settled || err != nil) {
			c.err = err
		}
		c.ended = true
		if !c.left || c.retaken {
			<-k.turn
		}
	}()
	select {
	case <-done:
		return c.err
	case <-ctx.Done():
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		return c.err
	}
	// The keychain may never answer: without giving the turn away, trying
	// again could not work either.
	c.left = true
	<-k.turn
	if c.settled {
		return c.err
	}
	return gone(ctx, op)
}

// gone is the error of a call that its context ended.
func gone(ctx context.Context, op string) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return vaultErr(op, VaultUnavailable, ctx.Err())
	}
	return vaultErr(op, VaultCanceled, ctx.Err())
}

// settle makes the outcome final, or says that the caller has gone.
func (c *call) settle(then func()) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left {
		return errLeft
	}
	c.settled = true
	if then != nil {
		then()
	}
	return nil
}

func (c *call) hasLeft() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.left
}

// fail turns an error of the keyring into ours.
func (c *call) fail(err error, secrets ...string) error {
	return vaultErr(c.op, c.k.ring.kind(err), err, secrets...)
}

// item reads one item.
func (c *call) item(key string) (item, error) {
	v, err := c.k.ring.get(key)
	if err == nil {
		return item{value: v}, nil
	}
	if c.k.ring.kind(err) == VaultNotFound {
		return item{absent: true}, nil
	}
	return item{}, c.fail(err, v)
}

// write puts one item, which may be absent.
func (c *call) write(key string, it item) error {
	if !it.absent {
		return c.k.ring.set(key, it.value)
	}
	err := c.k.ring.delete(key)
	if err != nil && c.k.ring.kind(err) == VaultNotFound {
		return nil
	}
	return err
}

// read reads a value, put together again if it was split.
func (c *call) read(key string) (stored, error) {
	main, err := c.item(key)
	for range 3 {
		if err != nil {
			return stored{}, err
		}
		s := stored{main: main, value: main.value}
		p, split := parseParts(main.value)
		if main.absent || !split {
			return s, nil
		}
		s.parts = p
		if s.value, err = c.join(key, p); err != nil {
			return stored{}, err
		}
		if p.fits(s.value) {
			return s, nil
		}
		// Either the parts are damaged, or another process is just putting a
		// new value in their place; then the main item has changed.
		again, err := c.item(key)
		if err != nil {
			return stored{}, err
		}
		if again == main {
			s.value, s.damaged = "", true
			return s, nil
		}
		main = again
	}
	return stored{}, vaultErr(c.op, VaultUnavailable, errors.New("the item keeps changing"))
}

// join reads the parts as far as they are there.
func (c *call) join(key string, p parts) (string, error) {
	var v []byte
	for i := range p.n {
		it, err := c.item(partKey(key, p.gen, i))
		if err != nil {
			return "", err
		}
		if it.absent {
			break
		}
		v = append(v, it.value...)
	}
	return string(v), nil
}

// put stores a value: its parts first under a generation that is not in use,
// then the main item, which until then shows the old value.
func (c *call) put(key, value string) error {
	prev, err := c.read(key)
	if err != nil {
		return err
	}
	if !prev.main.absent && !prev.damaged && prev.value == value {
		return c.settle(nil)
	}
	next, gen := item{value: value}, ""
	if mustSplit(value) {
		if gen = c.k.freeGeneration(key, prev.parts.gen); gen == "" {
			return vaultErr(c.op, VaultUnavailable, errors.New("earlier writings are still under way"))
		}
		defer c.k.leave(key, gen)
		next.value = split(value, gen).String()
	}
	return c.change(key, prev, next, gen, func() error {
		if gen == "" {
			return nil
		}
		// What a crash left there may be longer than what comes now.
		if err := c.clear(key, gen); err != nil {
			return err
		}
		for i, part := range split(value, gen).values {
			name := partKey(key, gen, i)
			if err := c.k.ring.set(name, part); err != nil {
				return c.fail(err, value, part)
			}
			back, err := c.item(name)
			if err != nil {
				return err
			}
			if back != (item{value: part}) {
				return c.untrue(back, item{absent: true})
			}
			if c.hasLeft() {
				return errLeft
			}
		}
		return nil
	})
}

// remove deletes a value, main item first: from then on it is gone for every
// reader, and its parts belong to nothing.
func (c *call) remove(key string) error {
	prev, err := c.read(key)
	if err != nil {
		return err
	}
	if !prev.main.absent {
		return c.change(key, prev, item{absent: true}, "", func() error { return nil })
	}
	if err := c.settle(nil); err != nil {
		return err
	}
	return c.sweep(key, "")
}

// change puts the main item from prev to next and makes sure of it. Whatever
// goes wrong, and when the caller goes, it puts things back. gen is where the
// parts of next are, "" when it has none.
func (c *call) change(key string, prev stored, next item, gen string, prepare func() error) error {
	w := c.k.enter(key)
	defer c.k.leave(key, "")
	err := c.apply(key, prev, next, prepare)
	if err == nil {
		err = c.settle(func() { c.k.changed(key, next) })
	}
	if err != nil {
		c.undo(key, prev.main, next, gen, w)
		return err
	}
	if _, split := parseParts(prev.main.value); !split && gen == "" && !next.absent {
		// Neither value has parts, so there are none unless a crash left them:
		// three questions that nobody has to wait for.
		time.AfterFunc(sweepAfter, func() { c.k.sweepLost(key) })
		return nil
	}
	if err := c.sweep(key, gen); err != nil && next.absent {
		return err // parts of a secret that should be gone
	}
	return nil
}

func (c *call) apply(key string, prev stored, next item, prepare func() error) error {
	if c.hasLeft() {
		return errLeft
	}
	if err := prepare(); err != nil {
		return err
	}
	if c.hasLeft() {
		return errLeft
	}
	if err := c.write(key, next); err != nil {
		return c.fail(err, next.value)
	}
	back, err := c.item(key)
	if err != nil {
		return err
	}
	if back != next {
		return c.untrue(back, prev.main)
	}
	return nil
}

// untrue is the error of a keychain that said "stored" and gives back
// something else. Where nothing at all has changed and the platform hides it,
// the person closed the keychain's question.
func (c *call) untrue(back, before item) error {
	if back == before && c.k.ring.swallows() {
		return vaultErr(c.op, VaultDismissed, nil)
	}
	return vaultErr(c.op, VaultMismatch, nil)
}

// undo puts things back after a failure or a cancel. A value that a later call
// has put there is left alone, and put back if our writing arrived after it.
func (c *call) undo(key string, prev, next item, gen string, w *writing) {
	ours := []item{next}
	// Once is enough unless the caller goes while this is under way: then a
	// later call may have come in between, and what we put back was too old.
	for range 4 {
		c.retake()
		target, left := prev, c.hasLeft()
		if left {
			target = c.k.latest(w, prev)
		}
		now, err := c.item(key)
		// Without a later call nobody else has written here: anything but the
		// old value is the keychain's garbling of ours.
		if err != nil || now == target || left && !slices.Contains(ours, now) {
			break
		}
		_ = c.write(key, target)
		ours = append(ours, target)
		if !c.hasLeft() {
			break
		}
	}
	if gen != "" {
		_ = c.clear(key, gen)
	}
}

// retake waits for a turn after the caller gave the one it had away.
func (c *call) retake() {
	c.mu.Lock()
	wait := c.left && !c.retaken
	c.mu.Unlock()
	if !wait {
		return
	}
	c.k.turn <- struct{}{}
	c.mu.Lock()
	c.retaken = true
	c.mu.Unlock()
}

// sweep deletes the parts of every generation but keep: those of the former
// value, and those that a crash left.
func (c *call) sweep(key, keep string) error {
	var first error
	for _, gen := range generations() {
		if gen == keep || !c.claim(key, gen) {
			continue
		}
		err := c.clear(key, gen)
		c.k.leave(key, gen)
		if first == nil {
			first = err
		}
	}
	return first
}

// sweepLost looks for parts under key that do not belong to its value. What
// cannot be swept now, because the keychain refuses or does not answer, or the
// program ends, is swept after the next writing.
func (k *Keychain) sweepLost(key string) {
	ctx, cancel := context.WithTimeout(context.Background(), disk.Patience)
	defer cancel()
	_ = k.run(ctx, "delete", func(c *call) error {
		s, err := c.read(key)
		if err != nil {
			return err
		}
		return c.sweep(key, s.parts.gen)
	})
}

// claim takes a generation for sweeping. After the caller has gone nothing is
// swept: a later call may have put its value there.
func (c *call) claim(key, gen string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !c.left && c.k.take(key, gen)
}

// clear deletes the parts of a generation, the last one first: when it is
// interrupted, what is left starts at 0 and can be found again.
func (c *call) clear(key, gen string) error {
	n := 0
	for ; ; n++ {
		it, err := c.item(partKey(key, gen, n))
		if err != nil {
			return err
		}
		if it.absent {
			break
		}
	}
	for n--; n >= 0; n-- {
		name := partKey(key, gen, n)
		if err := c.write(name, item{absent: true}); err != nil {
			return c.fail(err)
		}
		back, err := c.item(name)
		if err != nil {
			return err
		}
		if !back.absent {
			return c.untrue(back, back)
		}
	}
	return nil
}

// writing is what calls that change the same key know of each other. Only
// after a cancel is there more than one.
type writing struct {
	calls int
	// gens are the generations that may still be written to or swept.
	gens map[string]bool
	// main is what the latest call that succeeded has put there; nil when
	// none did.
	main *item
}

// enter notes that a change of key is under way.
func (k *Keychain) enter(key string) *writing {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.open(key)
}

func (k *Keychain) open(key string) *writing {
	w := k.writings[key]
	if w == nil {
		w = &writing{gens: map[string]bool{}}
		k.writings[key] = w
	}
	w.calls++
	return w
}

// take is enter for one generation, refused when it is in use.
func (k *Keychain) take(key, gen string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if w := k.writings[key]; w != nil && w.gens[gen] {
		return false
	}
	k.open(key).gens[gen] = true
	return true
}

// freeGeneration takes one that holds neither the present value nor what a
// canceled writing may still put there. It is "" when there is none.
func (k *Keychain) freeGeneration(key, present string) string {
	for _, gen := range generations() {
		if gen != present && k.take(key, gen) {
			return gen
		}
	}
	return ""
}

// leave ends enter, or take when gen is not "".
func (k *Keychain) leave(key, gen string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	w := k.writings[key]
	delete(w.gens, gen)
	if w.calls--; w.calls == 0 {
		delete(k.writings, key)
	}
}

// changed tells the canceled writings of key what is there now.
func (k *Keychain) changed(key string, now item) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.writings[key].main = &now
}

// latest is what should be there after a canceled writing.
func (k *Keychain) latest(w *writing, prev item) item {
	k.mu.Lock()
	defer k.mu.Unlock()
	if w.main == nil {
		return prev
	}
	return *w.main
}
