//go:build !windows && !linux

package export

import "time"

// waitUntilAlone gives a program that has the file open the time to write to it.
func (e *existing) waitUntilAlone() { time.Sleep(settle) }
