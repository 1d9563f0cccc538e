package vault

import (
	"context"
	"errors"
	"sync"

	"github.com/sellerkey/sellerkey/lwa"
)

// The service names of the items in the system's keychain.
const (
	Service         = "app.sellerkey"
	PracticeService = "app.sellerkey.practice"
)

// keychainLimit is the longest value for the keychain, in bytes. Amazon's
// refresh tokens "have a maximum size of 2048 bytes"
// (https://developer.amazon.com/docs/login-with-amazon/refresh-token.html), and
// every platform takes that: Windows 2,560 bytes, macOS some 2,900.
const keychainLimit = 2048

// keyring is one keychain of the system: a flat set of small items.
type keyring interface {
	get(key string) (string, error)
	set(key, value string) error
	delete(key string) error
	// kind says what an error of the three means.
	kind(err error) Kind
	// hidesDismissal reports that a prompt closed by the person counts as success.
	hidesDismissal() bool
}

// Keychain is the keychain of the operating system, one item for each secret.
//
// Its calls cannot be interrupted and may wait for a person to type a password.
// So each runs in its own goroutine. A caller who cancels gets an answer at
// once, and what the abandoned call achieves later is undone. Calls run one at
// a time, so that the system never asks two questions at once, except that an
// abandoned one, which may hang forever, does not block the next.
type Keychain struct {
	ring keyring
	// turn is held by the one call that may talk to the keychain.
	turn chan struct{}

	mu sync.Mutex
	// abandoned counts the calls whose callers have left.
	abandoned int
	// newer holds what later calls have stored while there are abandoned ones.
	newer map[string]item
}

// item is a keychain item as it is or should be.
type item struct {
	value  string
	absent bool
}

// NewKeychain returns the system's keychain under a service name. It does not
// touch it.
func NewKeychain(service string) *Keychain { return newKeychain(systemRing{service}) }

func newKeychain(ring keyring) *Keychain {
	return &Keychain{ring: ring, turn: make(chan struct{}, 1), newer: map[string]item{}}
}

// Get implements [Vault].
func (k *Keychain) Get(ctx context.Context, key string) (lwa.Secret, error) {
	var v string
	err := k.run(ctx, "get", func(c *call) error {
		it, err := c.read(key)
		if err != nil {
			return err
		}
		if it.absent {
			return newError("get", NotFound, nil)
		}
		return c.settle(func() { v = it.value })
	})
	if err != nil {
		return lwa.Secret{}, err
	}
	return lwa.NewSecret(v), nil
}

// Set implements [Vault]. Setting an empty value is deleting. A value of more
// than 2,048 bytes is [TooBig].
func (k *Keychain) Set(ctx context.Context, key string, v lwa.Secret) error {
	if v.IsEmpty() {
		return k.Delete(ctx, key)
	}
	if len(v.Reveal()) > keychainLimit {
		return newError("set", TooBig, nil)
	}
	return k.run(ctx, "set", func(c *call) error { return c.change(key, item{value: v.Reveal()}) })
}

// Delete implements [Vault].
func (k *Keychain) Delete(ctx context.Context, key string) error {
	return k.run(ctx, "delete", func(c *call) error { return c.change(key, item{absent: true}) })
}

// Locked reports whether the keychain is locked, without making the system ask
// for its password. Only the Secret Service can tell; elsewhere it's false.
func (k *Keychain) Locked(ctx context.Context) bool {
	_, system := k.ring.(systemRing)
	return system && ringLocked(ctx)
}

// call is one Get, Set or Delete in its own goroutine.
type call struct {
	k  *Keychain
	op string

	mu sync.Mutex
	// left: the caller has gone, and gave the turn away.
	left bool
	// retaken: the goroutine took a turn of its own after that.
	retaken bool
	// settled: the outcome is final; canceling comes too late.
	settled bool
	ended   bool
	err     error
}

// errLeft ends the work of a call whose caller has gone.
var errLeft = errors.New("the caller has gone")

// run lets work talk to the keychain until it ends or ctx does.
func (k *Keychain) run(ctx context.Context, op string, work func(*call) error) error {
	if ctx.Err() != nil {
		return Gone(ctx, op)
	}
	select {
	case k.turn <- struct{}{}:
	case <-ctx.Done():
		return Gone(ctx, op)
	}
	c := &call{k: k, op: op}
	done := make(chan struct{})
	go func() {
		defer close(done)
		c.end(work(c))
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
	// The keychain may never answer: trying again must not wait for that.
	c.left = true
	k.leave()
	<-k.turn
	if c.settled {
		return c.err
	}
	return Gone(ctx, op)
}

// end notes the outcome and frees the turn.
func (c *call) end(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !errors.Is(err, errLeft) && (!c.settled || err != nil) {
		c.err = err
	}
	c.ended = true
	if c.left {
		c.k.comeBack()
	}
	if !c.left || c.retaken {
		<-c.k.turn
	}
}

func (k *Keychain) leave() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.abandoned++
}

func (k *Keychain) comeBack() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.abandoned--; k.abandoned == 0 {
		clear(k.newer)
	}
}

// Gone is the error of a call that its context ended: [Canceled], or
// [Unavailable] after a deadline.
func Gone(ctx context.Context, op string) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return newError(op, Unavailable, ctx.Err())
	}
	return newError(op, Canceled, ctx.Err())
}

// settle makes the outcome final, or says that the caller has gone.
func (c *call) settle(then func()) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left {
		return errLeft
	}
	c.settled = true
	then()
	return nil
}

func (c *call) hasLeft() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.left
}

// errPanicked: the keychain library panicked, as go-keyring does on answers of
// the wrong type and when the bus dies during a prompt (docs/upstream/go-keyring.md).
var errPanicked = errors.New("the keychain gave an answer that cannot be read")

// guard turns a panic of the keychain library into an error.
func guard(do func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = errPanicked
		}
	}()
	return do()
}

// read reads one item.
func (c *call) read(key string) (it item, err error) {
	err = guard(func() (err error) {
		it.value, err = c.k.ring.get(key)
		return err
	})
	switch {
	case err == nil:
		return it, nil
	case c.k.ring.kind(err) == NotFound:
		return item{absent: true}, nil
	}
	return item{}, newError(c.op, c.k.ring.kind(err), err, it.value)
}

// write stores or deletes one item, and does not look whether it worked.
func (c *call) write(key string, it item) error {
	err := guard(func() error {
		if it.absent {
			return c.k.ring.delete(key)
		}
		return c.k.ring.set(key, it.value)
	})
	if err == nil || it.absent && c.k.ring.kind(err) == NotFound {
		return nil
	}
	return newError(c.op, c.k.ring.kind(err), err, it.value)
}

// change stores or deletes an item and reads it back. After a failure, and when
// the caller has left, it restores the previous one.
func (c *call) change(key string, next item) error {
	prev, err := c.read(key)
	if err != nil {
		return err
	}
	if c.hasLeft() {
		return errLeft
	}
	if prev != next {
		err = c.apply(key, prev, next)
	}
	if err == nil {
		err = c.settle(func() { c.k.stored(key, next) })
	}
	if err != nil {
		c.undo(key, prev, next)
	}
	return err
}

func (c *call) apply(key string, prev, next item) error {
	if err := c.write(key, next); err != nil {
		return err
	}
	back, err := c.read(key)
	switch {
	case err != nil:
		return err
	case back == next:
		return nil
	case back == prev && c.k.ring.hidesDismissal():
		return newError(c.op, Dismissed, nil)
	}
	return newError(c.op, Mismatch, nil)
}

// stored tells abandoned calls what a later one has put there.
func (k *Keychain) stored(key string, now item) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.abandoned > 0 {
		k.newer[key] = now
	}
}

// latest is what should be there after an abandoned call.
func (k *Keychain) latest(key string, prev item) item {
	k.mu.Lock()
	defer k.mu.Unlock()
	if now, ok := k.newer[key]; ok {
		return now
	}
	return prev
}

// undo restores the previous item, or what a later call has stored since. While
// the caller waits nobody else writes here, and anything but the previous item
// is the keychain's garbling of ours; afterwards only ours is replaced.
func (c *call) undo(key string, prev, next item) {
	ours := []item{next, prev}
	for {
		c.retake()
		left, target := c.hasLeft(), prev
		if left {
			target = c.k.latest(key, prev)
		}
		now, err := c.read(key)
		if err != nil || now == target || left && now != ours[0] && now != ours[1] {
			return
		}
		_ = c.write(key, target)
		if c.hasLeft() == left {
			return
		}
		// The caller left during the writing, so a later call may have come in
		// between and what we restored may be too old.
	}
}

// retake waits for a turn after the caller gave the first one away.
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
