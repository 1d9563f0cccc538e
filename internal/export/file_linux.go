package export

import (
	"errors"
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
