package i18n

import (
	"context"
	"os"
	"os/exec"
	"time"
)

// System returns the person's preferred languages, best first: the one chosen
// for this app in the system settings, then the system's.
func System() []string {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	var prefs []string
	for _, domain := range []string{"app.sellerkey", "-g"} {
		// A domain without the setting is an error.
		if out, err := exec.CommandContext(ctx, "/usr/bin/defaults", "read", domain, "AppleLanguages").Output(); err == nil {
			prefs = append(prefs, fromDefaults(string(out))...)
		}
	}
	if len(prefs) == 0 {
		return fromEnv(os.Getenv)
	}
	return prefs
}
