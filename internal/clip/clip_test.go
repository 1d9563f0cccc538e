package clip

import (
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// board is a clipboard.
type board struct {
	mu   sync.Mutex
	text string
	sets int
}

func (b *board) Content() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text
}

func (b *board) SetContent(s string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.text = s
	b.sets++
}

const secret = "Atzr|FAKE-on-the-clipboard"

// keeping is a synctest with a keeper, and what its ticks said.
func keeping(t *testing.T, test func(t *testing.T, b *board, k *Keeper, ticks func() []time.Duration)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := &board{}
		var mu sync.Mutex
		var ticks []time.Duration
		k := New(b, Options{Tick: func(left time.Duration) {
			mu.Lock()
			defer mu.Unlock()
			ticks = append(ticks, left)
		}})
		k.marked = func(string) bool { return false }
		test(t, b, k, func() []time.Duration {
			synctest.Wait()
			mu.Lock()
			defer mu.Unlock()
			return ticks
		})
		k.ClearAtExit()
	})
}

func TestSecretsAreCleared(t *testing.T) {
	keeping(t, func(t *testing.T, b *board, k *Keeper, ticks func() []time.Duration) {
		k.Copy(secret, true)
		if b.Content() != secret || k.Remaining() != time.Minute {
			t.Fatal(b.Content(), k.Remaining())
		}
		time.Sleep(59*time.Second + time.Millisecond)
		synctest.Wait()
		if b.Content() != secret || k.Remaining() > time.Second {
			t.Fatal("cleared too early", k.Remaining())
		}
		time.Sleep(time.Second)
		said := ticks()
		if b.Content() != "" || k.Remaining() != 0 {
			t.Fatal("not cleared")
		}
		if len(said) != 61 || said[0] != time.Minute || said[30] != 30*time.Second || said[60] != 0 {
			t.Fatal(said)
		}
		before := runtime.NumGoroutine()
		time.Sleep(time.Hour)
		if len(ticks()) != 61 || runtime.NumGoroutine() > before {
			t.Fatal("it goes on ticking")
		}
	})
}

func TestOthersAreLeftAlone(t *testing.T) {
	keeping(t, func(t *testing.T, b *board, k *Keeper, ticks func() []time.Duration) {
		k.Copy(secret, true)
		b.SetContent("of another program")
		time.Sleep(2 * time.Minute)
		ticks()
		if b.Content() != "of another program" || k.Remaining() != 0 {
			t.Fatal("taken away from another program")
		}

		k.Copy(secret, true)
		k.Copy("A1FAKESELLER", false)
		if k.Remaining() != 0 {
			t.Fatal("the watch goes on")
		}
		time.Sleep(2 * time.Minute)
		ticks()
		if b.Content() != "A1FAKESELLER" {
			t.Fatal("what is not secret was cleared")
		}

		b.SetContent("before")
		k.ClearNow()
		k.ClearAtExit()
		if b.Content() != "before" {
			t.Fatal("cleared what was never ours")
		}
		k.Copy("", true)
		if k.Remaining() != 0 {
			t.Fatal("watching over nothing")
		}
	})
}

func TestClearNowAndAtExit(t *testing.T) {
	keeping(t, func(t *testing.T, b *board, k *Keeper, ticks func() []time.Duration) {
		for last, clear := range []func(){k.ClearNow, k.ClearAtExit} {
			k.Copy(secret, true)
			time.Sleep(10*time.Second + time.Millisecond)
			clear()
			if b.Content() != "" || k.Remaining() != 0 {
				t.Fatal("not cleared")
			}
			said := ticks()
			if told := said[len(said)-1] == 0; told != (last == 0) {
				t.Fatal("told:", told)
			}
			n := len(said)
			time.Sleep(time.Minute)
			if len(ticks()) != n {
				t.Fatal("it goes on ticking")
			}
		}
	})
}

func TestASecondCopyStartsAnew(t *testing.T) {
	keeping(t, func(t *testing.T, b *board, k *Keeper, ticks func() []time.Duration) {
		k.Copy(secret, true)
		time.Sleep(50 * time.Second)
		k.Copy(secret+"2", true)
		time.Sleep(50 * time.Second)
		ticks()
		if b.Content() != secret+"2" {
			t.Fatal("the first minute cleared the second copy")
		}
		time.Sleep(11 * time.Second)
		ticks()
		if b.Content() != "" {
			t.Fatal("not cleared")
		}
	})
}

// TestSleepingLaptop: the wall clock goes on while the timers stand still.
func TestSleepingLaptop(t *testing.T) {
	for _, jump := range []time.Duration{8 * time.Hour, -8 * time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			b := &board{}
			var mu sync.Mutex
			var ahead time.Duration
			k := New(b, Options{Now: func() time.Time {
				mu.Lock()
				defer mu.Unlock()
				return time.Now().Add(ahead)
			}})
			k.marked = func(string) bool { return false }
			k.Copy(secret, true)
			mu.Lock()
			ahead = jump
			mu.Unlock()
			time.Sleep(time.Second + time.Millisecond)
			synctest.Wait()
			if b.Content() != "" {
				t.Fatalf("still there after the clock jumped by %v", jump)
			}
		})
	}
}

func TestMarkedInsteadOfPlain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &board{}
		k := New(b, Options{})
		k.marked = func(text string) bool { b.text = text; return true }
		k.Copy(secret, true)
		if b.sets != 0 {
			t.Fatal("a second copy without the marks went over the first")
		}
		k.Copy("plain", false)
		if b.sets != 1 {
			t.Fatal("what is not secret was marked")
		}
	})
}

// TestDoDecides: the clipboard is touched by the timer only inside Do, and a Do
// that comes late clears nothing that was copied since.
func TestDoDecides(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &board{}
		var mu sync.Mutex
		var queue []func()
		k := New(b, Options{Do: func(f func()) {
			mu.Lock()
			defer mu.Unlock()
			queue = append(queue, f)
		}})
		k.marked = func(string) bool { return false }
		k.Copy(secret, true)
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if b.Content() != secret {
			t.Fatal("touched outside Do")
		}
		k.Copy(secret+"2", true)
		mu.Lock()
		late := queue
		mu.Unlock()
		for _, f := range late {
			f()
		}
		if b.Content() != secret+"2" {
			t.Fatal("a late Do cleared the next copy")
		}
		k.ClearNow()
	})
}
