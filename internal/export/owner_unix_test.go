//go:build !windows

package export

import (
	"io/fs"
	"syscall"
)

func owner(info fs.FileInfo) [2]int {
	s := info.Sys().(*syscall.Stat_t)
	return [2]int{int(s.Uid), int(s.Gid)}
}
