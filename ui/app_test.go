package ui

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/walk"
)

// TestClockWakesForAChange: each time the clock wakes the window, something in
// it changes, and nothing changes in between. Where nothing moves it sleeps.
func TestClockWakesForAChange(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		wakes := func() time.Duration {
			h.pass(0)
			return h.a.Tick()
		}
		if got := wakes(); got != 0 {
			t.Errorf("at the start it wakes in %v", got)
		}
		address := h.ownAppToPaste()
		if got := wakes(); got != 0 {
			t.Errorf("without a code it wakes in %v", got)
		}
		h.givesAddress(address)
		follow := func(until time.Duration, most int) {
			t.Helper()
			times := 0
			for left := until; left > 0; times++ {
				in := wakes()
				if in == 0 {
					break
				}
				before := h.screen()
				h.pass(in - 2*time.Millisecond)
				if now := h.screen(); now != before {
					t.Errorf("%v before it wakes, it says\n%s\nand not\n%s", 2*time.Millisecond, now, before)
				}
				h.pass(2 * time.Millisecond)
				if h.screen() == before {
					t.Errorf("it wakes in %v for nothing; it says\n%s", in, before)
				}
				left -= in
			}
			if times > most || times == 0 {
				t.Errorf("it wakes %d times in %v", times, until)
			}
		}
		follow(walk.CodeLife+time.Minute, 40)
		h.sees("code.over")
		if got := wakes(); got != 0 {
			t.Errorf("over a dead code it wakes in %v", got)
		}
		h.atTokens(func(d *session) { d.revealed = nil })
		follow(10*time.Minute, 11)
	})
}

// TestStartedAgain: a later start is believed to be seen only while there is a
// window to see it in; otherwise that start opens one of its own.
func TestStartedAgain(t *testing.T) {
	h := newHarness(t, "ja")
	path := filepath.Join("..", "docs", "examples", "japan-code-and-seller-id.sellerkey")
	answer := make(chan bool, 1)
	ask := func() { answer <- h.a.StartedAgain(path) }
	go ask()
	h.waits("setup_file.use")
	if !<-answer {
		t.Error("an open window says that it is closing")
	}
	h.quit()
	go ask()
	if <-answer {
		t.Error("a closed window says that it will be seen")
	}
}
