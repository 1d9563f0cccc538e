// Package practicetest has what tests share that run against the pretend Amazon.
package practicetest

import (
	"sync"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/practice"
)

// Start starts a pretend Amazon on this computer, which ends with the test.
func Start(t testing.TB, o practice.Options) *practice.Server {
	t.Helper()
	s := practice.New(o)
	if err := s.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// Clock is a wall clock that moves only when a test moves it. It can be used by
// several goroutines.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock returns a clock that shows the present time.
func NewClock() *Clock { return &Clock{now: time.Now()} }

// Now is the time that the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Set puts the clock to a time.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// Pass moves the clock on.
func (c *Clock) Pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Sleep moves the clock on as a computer does that sleeps: the monotonic clock,
// which [time.Time] carries as well, stands still.
func (c *Clock) Sleep(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Round(0).Add(d)
}
