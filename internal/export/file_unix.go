//go:build !windows

package export

import (
	"io/fs"
	"os"
	"syscall"
	"time"

	"github.com/sellerkey/sellerkey/internal/disk"
)

func hardLinks(_ string, info fs.FileInfo) uint64 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(s.Nlink) //nolint:unconvert // its type differs between systems
	}
	return 1
}

// isOthers reports that a file is another person's, whom a new file couldn't be given
// to.
func isOthers(info fs.FileInfo) bool {
	s, ok := info.Sys().(*syscall.Stat_t)
	return ok && os.Geteuid() != 0 && int(s.Uid) != os.Geteuid()
}

// keepOwner gives a new file, which has mode 0600, the owner and group of the
// old one. A group that is not this person's own keeps its rights.
func keepOwner(path string, old fs.FileInfo) error {
	s, ok := old.Sys().(*syscall.Stat_t)
	if !ok || int(s.Uid) == os.Geteuid() && int(s.Gid) == os.Getegid() {
		return nil
	}
	if err := os.Lchown(path, int(s.Uid), int(s.Gid)); err != nil {
		return err
	}
	return os.Chmod(path, old.Mode().Perm()&^0o007)
}

// replaceBy gives temp the name of the old file, if that has not changed.
func (e *existing) replaceBy(temp, path string, before []byte) error {
	if err := e.unchanged(path, before); err != nil {
		return err
	}
	return disk.Rename(temp, path)
}

// last returns the content of the old file once no other program can write to it.
func (e *existing) last(before []byte) []byte {
	e.waitUntilAlone()
	data, err := readAll(e.File)
	if err != nil {
		return before
	}
	return data
}

// settle is longer than a program that appends to a file has it open.
const settle = 50 * time.Millisecond
