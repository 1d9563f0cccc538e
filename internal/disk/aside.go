package disk

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// AsideName is the name for setting the file at path aside: mark and the time
// are added to it.
func AsideName(path, mark string, now time.Time) string {
	return path + mark + now.UTC().Format("20060102T150405Z")
}

// Aside lists the files next to path that were set aside with mark, also those
// with a number after the time, see [CreateNumbered].
func Aside(path, mark string) (paths []string) {
	stamp := regexp.MustCompile(`^[0-9]{8}T[0-9]{6}Z(-[0-9]+)?$`)
	entries, _ := os.ReadDir(filepath.Dir(path))
	for _, e := range entries {
		if rest, ok := strings.CutPrefix(e.Name(), filepath.Base(path)+mark); ok && stamp.MatchString(rest) {
			paths = append(paths, filepath.Join(filepath.Dir(path), e.Name()))
		}
	}
	return paths
}
