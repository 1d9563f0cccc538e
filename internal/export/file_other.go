//go:build !windows && !linux

package export

import (
	"io/fs"
	"os"
	"time"
)

// waitUntilAlone gives a program that has the file open the time to write to it.
func (e *existing) waitUntilAlone() { time.Sleep(settle) }

// keepRights gives a new file the rights of the old one.
func keepRights(temp, _ string, old fs.FileInfo) error { return os.Chmod(temp, old.Mode().Perm()) }
