package native

import (
	"context"
	"os/exec"
	"strings"
)

// AskDesktop asks the desktop. The toolkit finds light and dark out by itself,
// and the system itself keeps a window on the screen.
func AskDesktop(ctx context.Context) Desktop {
	// System Settings → Accessibility → Display → Reduce motion. Without a
	// choice there is no such entry, and the command fails.
	said, err := exec.CommandContext(ctx, "/usr/bin/defaults", "read", "com.apple.universalaccess", "reduceMotion").Output()
	return Desktop{Still: err == nil && strings.TrimSpace(string(said)) == "1"}
}
