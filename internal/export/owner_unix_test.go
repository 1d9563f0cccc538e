//go:build !windows

package export

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func owner(info fs.FileInfo) [2]int {
	s := info.Sys().(*syscall.Stat_t)
	return [2]int{int(s.Uid), int(s.Gid)}
}

// TestOthersFile: a file of somebody else in a folder of one's own can be read and
// replaced, but then it would have another owner. It is refused before anything is
// written.
func TestOthersFile(t *testing.T) {
	const nobody = 65534
	if os.Geteuid() != 0 {
		t.Skip("only root can be somebody else")
	}
	dir, err := os.MkdirTemp("", "export-") //nolint:usetesting // its parents are not for others
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	path := filepath.Join(dir, ".env")
	if err := os.WriteFile(path, []byte("A=1\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(dir, nobody, nobody); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Seteuid(nobody); err != nil {
		t.Skip("cannot be somebody else:", err)
	}
	_, rerr := ReadFile(path)
	werr := Files{Dir: dir}.Replace(path, func([]byte) ([]byte, error) { return []byte("A=2\n"), nil })
	if err := syscall.Seteuid(0); err != nil {
		t.Fatal(err)
	}
	if KindOf(rerr) != KindOwner || KindOf(werr) != KindOwner {
		t.Errorf("%v, %v", rerr, werr)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "A=1\n" {
		t.Errorf("%q %v", text, err)
	}
}
