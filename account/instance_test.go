package account

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestClaim(t *testing.T) {
	for _, port := range []bool{false, true} {
		name := "socket"
		if port {
			name = "port"
		}
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			e := endpoint{dir: dir, socket: filepath.Join(dir, "s"), port: port}
			shown := make(chan struct{}, 10)
			show := func() { shown <- struct{}{} }
			release, first, err := claim(e, show)
			if err != nil || !first {
				t.Fatal(first, err)
			}
			for range 3 {
				again, first, err := claim(e, func() { t.Error("the second one is shown") })
				if err != nil || first {
					t.Fatal(first, err)
				}
				again()
				select {
				case <-shown:
				case <-time.After(5 * time.Second):
					t.Fatal("the first one was not shown")
				}
			}
			if port {
				if info, err := os.Stat(e.file()); err != nil || info.Mode().Perm() != 0o600 {
					t.Fatal(info.Mode(), err)
				}
				data, _ := os.ReadFile(e.file())
				c, err := net.Dial("tcp", strings.Fields(string(data))[0])
				if err != nil {
					t.Fatal(err)
				}
				_, _ = c.Write([]byte("show guessed\n"))
				if n, _ := c.Read(make([]byte, 10)); n > 0 || len(shown) > 0 {
					t.Fatal("it listens to strangers")
				}
				_ = c.Close()
			}
			release()
			release()
			// What an owner that died leaves behind is in nobody's way.
			_ = os.WriteFile(e.socket, []byte("stale"), 0o600)
			_ = os.WriteFile(e.file(), []byte("127.0.0.1:1\nx\n"), 0o600)
			release, first, err = claim(e, show)
			if err != nil || !first {
				t.Fatal(first, err)
			}
			release()
		})
	}
}

func TestClaimWithoutAnAnswer(t *testing.T) {
	dir := t.TempDir()
	unlock, err := lockFile(t.Context(), filepath.Join(dir, "instance.lock"))
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if _, first, err := Claim(dir, func() {}); first || !errors.Is(err, ErrNoAnswer) || time.Since(start) > 3*claimPatience {
		t.Fatal(first, err)
	}
	// It ends while we wait.
	time.AfterFunc(200*time.Millisecond, unlock)
	release, first, err := Claim(dir, func() {})
	if err != nil || !first {
		t.Fatal(first, err)
	}
	release()
}

func TestClaimInALongPath(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("long/", 30))
	release, first, err := Claim(dir, func() {})
	if err != nil || !first {
		t.Fatal(first, err)
	}
	defer release()
	if _, first, err := Claim(dir, func() {}); err != nil || first {
		t.Fatal(first, err)
	}
}
