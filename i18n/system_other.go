//go:build !windows && !darwin

package i18n

import "os"

// System returns the person's languages, best first, from LANGUAGE, LC_ALL,
// LC_MESSAGES and LANG.
func System() []string { return fromEnv(os.Getenv) }
