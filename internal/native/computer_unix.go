//go:build !windows && !darwin

package native

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
)

func system(context.Context) string {
	parts := []string{runtime.GOOS}
	if f, err := os.Open("/etc/os-release"); err == nil {
		defer f.Close() //nolint:errcheck // it was only read
		for lines := bufio.NewScanner(f); lines.Scan(); {
			if value, ok := strings.CutPrefix(lines.Text(), "PRETTY_NAME="); ok {
				if plain, err := strconv.Unquote(value); err == nil {
					value = plain
				}
				parts[0] = value
			}
		}
	}
	for _, name := range []string{"XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE"} {
		if value := os.Getenv(name); value != "" {
			parts = append(parts, value)
		}
	}
	return strings.Join(parts, ", ")
}

// browser asks xdg-utils, with which the toolkit opens addresses, too.
func browser(ctx context.Context) string {
	said, err := exec.CommandContext(ctx, "xdg-settings", "get", "default-web-browser").Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(said))
}

func display() bool { return os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != "" }
