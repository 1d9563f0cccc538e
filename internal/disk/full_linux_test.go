package disk

import (
	"testing"

	"golang.org/x/sys/unix"
)

// fullDisk is a folder on a file system of 64 KiB; mounting one needs a right.
func fullDisk(t *testing.T) string {
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=65536"); err != nil {
		t.Skip("cannot mount a small file system:", err)
	}
	t.Cleanup(func() { _ = unix.Unmount(dir, 0) })
	return dir
}
