package instance

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/disk"
)

func TestClaim(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	portFile := filepath.Join(dir, portName)
	shown := make(chan string, 10)
	show := func(file string) bool { shown <- file; return true }
	release, first, err := Claim(dir, "first.sellerkey", show)
	if err != nil || !first {
		t.Fatal(first, err)
	}
	for _, file := range []string{"", "/home/mika/設定 1.sellerkey", "C:\\Users\\山田\t&\n%41\\a.sellerkey", "/" + strings.Repeat("長い/", 8000), "sellerkey://return?state=%00&x=\t"} {
		again, first, err := Claim(dir, file, func(string) bool { t.Error("the second one is shown"); return true })
		if err != nil || first {
			t.Fatal(first, err)
		}
		again()
		if got := <-shown; got != file {
			t.Fatalf("it was asked to open %q, not %q", got, file)
		}
	}
	info, err := os.Stat(portFile)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Fatal(info.Mode(), err)
	}
	data, _ := os.ReadFile(portFile)
	c, err := net.Dial("tcp", strings.Fields(string(data))[0])
	if err != nil {
		t.Fatal(err)
	}
	_, _ = c.Write([]byte("show guessed\t/etc/passwd\n"))
	if n, _ := c.Read(make([]byte, 10)); n > 0 || len(shown) > 0 {
		t.Fatal("it listens to strangers")
	}
	_ = c.Close()
	release()
	release()
	// The file of an owner that died is in nobody's way.
	_ = os.WriteFile(portFile, []byte("127.0.0.1:1\nx\n"), 0o600)
	release, first, err = Claim(dir, "", show)
	if err != nil || !first {
		t.Fatal(first, err)
	}
	release()
	Unclaim(dir)
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Error(left, err)
	}
}

func TestClaimWithoutAnAnswer(t *testing.T) {
	dir := t.TempDir()
	unlock, err := disk.Lock(t.Context(), filepath.Join(dir, "instance.lock"))
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if _, first, err := Claim(dir, "", func(string) bool { return true }); first || !errors.Is(err, ErrNoAnswer) || time.Since(start) > 3*claimPatience {
		t.Fatal(first, err)
	}
	// It ends while we wait.
	time.AfterFunc(200*time.Millisecond, unlock)
	release, first, err := Claim(dir, "", func(string) bool { return true })
	if err != nil || !first {
		t.Fatal(first, err)
	}
	release()
}

// TestClaimWhileClosing: a start in the moment in which the window closes gets
// a window of its own, and not the answer that there is one.
func TestClaimWhileClosing(t *testing.T) {
	dir := t.TempDir()
	asked := make(chan string, 1000)
	closing, _, err := Claim(dir, "", func(file string) bool { asked <- file; return false })
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		<-asked
		<-asked // it goes on asking
		closing()
	}()
	release, first, err := Claim(dir, "", func(string) bool { return true })
	if err != nil || !first {
		t.Fatal(first, err)
	}
	release()
}
