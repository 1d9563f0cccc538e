//go:build !windows

package export

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// protect: the mode does it.
func protect(string) {}

// syncDir makes a new name outlive a power cut, where the file system can.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

func inUse(error) bool { return false }

func diskFull(err error) bool { return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) }

func readOnly(err error) bool { return errors.Is(err, unix.EROFS) }

func isFolder(err error) bool { return errors.Is(err, unix.EISDIR) || errors.Is(err, unix.ENOTDIR) }
