// Package disk writes files whole or not at all, and locks them. It is the one
// place that knows about flushing, virus scanners and the error numbers of full
// disks; what a file means is known to its callers.
package disk

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// Patience is how long a caller without a deadline of its own should wait for a
// lock that another process holds.
const Patience = 10 * time.Second

// ErrBusy: the lock did not come free in time.
var ErrBusy = errors.New("another process holds the lock")

// TempName is the name under which [Write] prepares the new content of a file.
// A crash can leave it behind; the next Write of the same file replaces it.
func TempName(path string) string { return path + ".new" }

// Write replaces a file, or makes it, in one step: a reader, also after a crash
// or a power cut, sees the whole old or the whole new content. Symbolic links
// are replaced, not followed.
//
// Two writers of the same file must take turns, see [Lock]. Errors are those of
// package os; after one the file has its old content.
func Write(path string, data []byte, mode fs.FileMode) error {
	temp := TempName(path)
	if err := Remove(temp); err != nil { // an earlier run may have died here
		return err
	}
	if err := Create(temp, data, mode); err != nil {
		return err
	}
	if err := Rename(temp, path); err != nil {
		_ = os.Remove(temp)
		return err
	}
	return nil
}

// Create makes a new file and flushes it to the disk. It fails with fs.ErrExist
// if the name is taken, also by a link. After any error there is no file. If
// mode gives nothing to group and others, the file is private on Windows too: an
// access list of this person, the system and the administrators.
func Create(path string, data []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	if mode&0o077 == 0 {
		protect(path) // before there is anything in it to read
	}
	_, err = f.Write(data)
	if err == nil {
		// Without this, a power cut after a rename can leave an empty file.
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		_ = Remove(path)
	}
	return err
}

// CreateNumbered is [Create] under the first free name: stem+ext, and after that
// with a number, from 2 on, and the separator before it. It returns the path.
func CreateNumbered(stem, separator, ext string, data []byte, mode fs.FileMode) (string, error) {
	return PutNumbered(stem, separator, ext, data, mode, func([]byte) bool { return false })
}

// PutNumbered is [CreateNumbered], but a file on the way to the first free name
// is replaced if old accepts its content.
func PutNumbered(stem, separator, ext string, data []byte, mode fs.FileMode, old func(content []byte) bool) (string, error) {
	path := stem + ext
	for n := 2; ; n++ {
		err := Create(path, data, mode)
		if !errors.Is(err, fs.ErrExist) || n > 1000 {
			return path, err
		}
		if content, err := os.ReadFile(path); err == nil && old(content) {
			return path, Write(path, data, mode)
		}
		path = stem + separator + strconv.Itoa(n) + ext
	}
}

// Rename renames a file and makes the new name survive a power cut. It replaces
// an existing file in one step, and waits up to a second for virus scanners and
// readers, which on Windows keep a file from being replaced.
func Rename(from, to string) error {
	if err := retry(func() error { return os.Rename(from, to) }); err != nil {
		return err
	}
	return syncDir(filepath.Dir(to))
}

// Remove deletes a file, and waits as [Rename] does. Deleting a missing file is
// not an error.
func Remove(path string) error {
	err := retry(func() error { return os.Remove(path) })
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Read reads a whole file, and waits as [Rename] does: on Windows a file can't be
// opened at the moment when another process replaces it.
func Read(path string) (data []byte, err error) {
	err = retry(func() error {
		data, err = os.ReadFile(path)
		return err
	})
	return data, err
}

// retry repeats do for a second while other programs have the file open.
func retry(do func() error) error {
	err := do()
	for try := 0; err != nil && InUse(err) && try < 50; try++ {
		time.Sleep(20 * time.Millisecond)
		err = do()
	}
	return err
}

// IsRefused reports that this person may not read or write there, or that nobody may.
func IsRefused(err error) bool { return errors.Is(err, fs.ErrPermission) || isReadOnly(err) }

// Lock takes the lock of a file, which it makes if it is missing, against other
// processes and other callers in this one. The system releases it when the
// process dies. If ctx ends first, the error is [ErrBusy].
func Lock(ctx context.Context, path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	for wait := time.Millisecond; ; wait = min(2*wait, 50*time.Millisecond) {
		ok, err := TryLock(f)
		if ok {
			return func() { _ = f.Close() }, nil
		}
		if err == nil {
			select {
			case <-time.After(wait):
				continue
			case <-ctx.Done():
				err = ErrBusy
			}
		}
		_ = f.Close()
		return nil, err
	}
}

// LockNow is [Lock] that doesn't wait.
func LockNow(path string) (unlock func(), err error) {
	ended, end := context.WithCancel(context.Background())
	end()
	return Lock(ended, path)
}
