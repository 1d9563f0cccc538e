package native

import (
	"slices"
	"strings"
)

// pathWith is the value of PATH with a folder at its end, unless it's in it.
func pathWith(path, dir string) string {
	folders := pathFolders(path)
	if slices.ContainsFunc(folders, samePath(dir)) {
		return path
	}
	return strings.Join(append(folders, dir), ";")
}

// pathWithout is the value of PATH without a folder. Everything else stays as
// somebody wrote it.
func pathWithout(path, dir string) string {
	folders := pathFolders(path)
	rest := slices.DeleteFunc(slices.Clone(folders), samePath(dir))
	if len(rest) == len(folders) {
		return path
	}
	return strings.Join(rest, ";")
}

func pathFolders(path string) []string {
	return slices.DeleteFunc(strings.Split(path, ";"), func(dir string) bool { return dir == "" })
}

func samePath(dir string) func(string) bool {
	plain := func(s string) string { return strings.ToLower(strings.TrimRight(strings.Trim(s, `"`), `\`)) }
	return func(other string) bool { return plain(other) == plain(dir) }
}
