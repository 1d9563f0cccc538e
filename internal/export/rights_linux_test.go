package export

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// TestAccessList: a file that another user may read by its access list stays readable
// for that user, and for nobody else.
func TestAccessList(t *testing.T) {
	path := filepath.Join(t.TempDir(), ".env")
	if err := os.WriteFile(path, []byte("A=1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const none = 0xff
	list := []byte{2, 0, 0, 0}
	for _, entry := range [][8]byte{
		{1, 0, 6, 0, none, none, none, none}, // this user: read and write
		{2, 0, 4, 0, 1, 2, 0, 0},             // user 513: read
		{4, 0, 0, 0, none, none, none, none}, // the group: nothing
		{16, 0, 4, 0, none, none, none, none},
		{32, 0, 0, 0, none, none, none, none},
	} {
		list = append(list, entry[:]...)
	}
	if err := unix.Setxattr(path, aclName, list, 0); err != nil {
		t.Skip("this file system has no access lists:", err)
	}
	if err := (Files{Dir: t.TempDir()}).Replace(path, func([]byte) ([]byte, error) { return []byte("A=2\n"), nil }); err != nil {
		t.Fatal(err)
	}
	got := make([]byte, 1<<10)
	n, err := unix.Getxattr(path, aclName, got)
	if text, _ := os.ReadFile(path); err != nil || !bytes.Equal(got[:n], list) || string(text) != "A=2\n" {
		t.Errorf("%v %v %q", err, got[:max(n, 0)], text)
	}
}
