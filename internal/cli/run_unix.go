//go:build !windows

package cli

import (
	"os/exec"

	"golang.org/x/sys/unix"
)

// start becomes the program: its exit code, its signals and the terminal are
// its own, and no process of ours is left.
func (c *program) start(path string, args, env []string) error {
	if err := unix.Exec(path, args, env); err != nil {
		return &exec.Error{Name: args[0], Err: err}
	}
	return nil
}
