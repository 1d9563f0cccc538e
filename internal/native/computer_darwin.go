package native

import (
	"context"
	"os/exec"
	"strings"
)

func system(ctx context.Context) string {
	said, err := exec.CommandContext(ctx, "/usr/bin/sw_vers", "-productVersion").Output()
	if err != nil {
		return "macOS"
	}
	return "macOS " + strings.TrimSpace(string(said))
}

// browser: macOS always has one. Which one only its frameworks tell.
func browser(context.Context) string { return "macOS" }

func display() bool { return true }
