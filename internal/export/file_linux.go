package export

import (
	"errors"
	"io/fs"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// waitUntilAlone waits until no other program has the file open, at most a
// second. The kernel grants a write lease only then (fcntl(2), F_SETLEASE).
func (e *existing) waitUntilAlone() {
	for range 200 {
		_, err := unix.FcntlInt(e.Fd(), unix.F_SETLEASE, unix.F_WRLCK)
		if err == nil {
			_, _ = unix.FcntlInt(e.Fd(), unix.F_SETLEASE, unix.F_UNLCK)
			return
		}
		if !errors.Is(err, unix.EAGAIN) {
			time.Sleep(settle) // this file system has no leases
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// aclName is where Linux keeps a file's access list (acl(5)).
const aclName = "system.posix_acl_access"

// keepRights gives a new file the rights of the old one at path.
func keepRights(temp, path string, old fs.FileInfo) error {
	if err := os.Chmod(temp, old.Mode().Perm()); err != nil {
		return err
	}
	list := make([]byte, 64<<10) // the longest that Linux has
	n, err := unix.Lgetxattr(path, aclName, list)
	switch {
	case errors.Is(err, unix.ENODATA), errors.Is(err, unix.ENOTSUP):
		return nil
	case err != nil:
		return err
	}
	return unix.Lsetxattr(temp, aclName, list[:n], 0)
}
