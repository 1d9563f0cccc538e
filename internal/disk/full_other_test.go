//go:build !linux

package disk

import "testing"

func fullDisk(t *testing.T) string {
	t.Skip("only on Linux a test can mount a small file system")
	return ""
}
