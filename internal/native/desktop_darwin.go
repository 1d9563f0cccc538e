package native

import (
	"context"
	"os/exec"
	"strings"
)

// AskDesktop reads the desktop's settings. The toolkit detects light and dark,
// and the system keeps windows on the screen.
func AskDesktop(ctx context.Context) Desktop {
	// System Settings → Accessibility → Display → Reduce motion. The entry is
	// missing, and the command fails, until somebody changes the setting.
	said, err := exec.CommandContext(ctx, "/usr/bin/defaults", "read", "com.apple.universalaccess", "reduceMotion").Output()
	return Desktop{ReduceMotion: err == nil && strings.TrimSpace(string(said)) == "1"}
}
