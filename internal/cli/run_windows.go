package cli

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
)

// start runs the program and passes its exit code on. Windows can't replace one
// program by another; Ctrl+C reaches both, and this one waits for the other.
func (c *program) start(path string, args, env []string) error {
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	defer signal.Stop(interrupts)
	cmd := exec.Command(path, args[1:]...)
	cmd.Env, cmd.Stdin, cmd.Stdout, cmd.Stderr = env, os.Stdin, os.Stdout, os.Stderr
	err := cmd.Run()
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		return &exitError{ended.ExitCode()}
	}
	if err != nil {
		return &exec.Error{Name: args[0], Err: err}
	}
	return nil
}
