package account

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// lockPatience is how long a call without a context of its own waits for
// another process.
const lockPatience = 10 * time.Second

// writeFile puts data in the place of a file in one step: a reader, and
// whoever looks after a crash, sees the whole old or the whole new content.
// The caller holds the lock that goes with the file; without one, two writers
// would meet in the same temporary file.
func writeFile(path string, data []byte) (err error) {
	temp := path + ".new"
	// A former run may have died here. O_EXCL follows no link that someone left.
	if err := os.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(temp)
		}
	}()
	_, err = f.Write(data)
	if err == nil {
		// Without this, a power cut after the rename can leave an empty file.
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return err
	}
	if err := rename(temp, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// rename waits for virus scanners and readers, which on Windows keep a file
// from being replaced for a moment.
func rename(from, to string) error {
	return retried(func() error { return os.Rename(from, to) })
}

// retried does something again for a second while others have the file open.
func retried(do func() error) error {
	err := do()
	for try := 0; err != nil && inUse(err) && try < 50; try++ {
		time.Sleep(20 * time.Millisecond)
		err = do()
	}
	return err
}

// lockFile takes the lock of a file, which it makes, against other processes
// and other callers here. The system lets go of it when the process dies.
func lockFile(ctx context.Context, path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	for wait := time.Millisecond; ; wait = min(2*wait, 50*time.Millisecond) {
		ok, err := tryLock(f)
		if ok {
			return func() { _ = f.Close() }, nil
		}
		if err == nil {
			select {
			case <-time.After(wait):
				continue
			case <-ctx.Done():
				err = errBusy
			}
		}
		_ = f.Close()
		return nil, err
	}
}

// errBusy: the lock did not come free in time.
var errBusy = errors.New("another process holds the lock")
