//go:build !windows

package disk

import (
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// TryLock takes the lock of an open file if it is free; closing the file
// releases it. A file system without locks counts as free: refusing to work
// there would help nobody.
func TryLock(f *os.File) (bool, error) {
	for {
		err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		switch {
		case err == nil, errors.Is(err, unix.ENOTSUP), errors.Is(err, unix.ENOSYS), errors.Is(err, unix.ENOLCK):
			return true, nil
		case errors.Is(err, unix.EWOULDBLOCK):
			return false, nil
		case !errors.Is(err, unix.EINTR):
			return false, err
		}
	}
}

// protect: the mode does it.
func protect(string) {}

// syncDir makes a new name survive a power cut, where the file system can.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if errors.Is(err, fs.ErrPermission) {
		return nil // a folder that may be written to and not listed
	}
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, unix.EINVAL) && !errors.Is(err, unix.ENOTSUP) {
		return err
	}
	return nil
}

// InUse reports that another program keeps a file from being replaced, which
// happens on Windows only.
func InUse(error) bool { return false }

// IsFull reports that the disk, or this person's share of it, is full.
func IsFull(err error) bool { return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) }

// isReadOnly reports that the file system does not take writes.
func isReadOnly(err error) bool { return errors.Is(err, unix.EROFS) }

// IsFolder reports that a folder is where a file should be, or the other way round.
func IsFolder(err error) bool { return errors.Is(err, unix.EISDIR) || errors.Is(err, unix.ENOTDIR) }
