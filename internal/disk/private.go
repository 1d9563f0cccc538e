package disk

import (
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
)

// SharedError says that other people can read or change a folder.
type SharedError struct{ Path string }

// Error is for logs.
func (e *SharedError) Error() string {
	return fmt.Sprintf("other people can use the folder %s", e.Path)
}

// Unwrap makes it fs.ErrPermission.
func (e *SharedError) Unwrap() error { return fs.ErrPermission }

// MakePrivate makes a folder, with its parents, that only this person can use
// (mode 0700). An existing one is made so if it is empty or holds one of the files
// by which we know our own. Otherwise, and where the rights cannot be changed, the
// error is a *[SharedError]: nobody's shared folder is closed to the others.
//
// On Windows a folder has the access list of the one above it; that of a profile
// lets in its person and administrators.
func MakePrivate(dir string, ours ...string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil || runtime.GOOS == "windows" {
		return err
	}
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm()&0o077 == 0 {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	known := func(e fs.DirEntry) bool { return slices.Contains(ours, e.Name()) }
	if len(entries) > 0 && !slices.ContainsFunc(entries, known) {
		return &SharedError{dir}
	}
	if os.Chmod(dir, 0o700) != nil {
		return &SharedError{dir}
	}
	if info, err = os.Stat(dir); err == nil && info.Mode().Perm()&0o077 != 0 {
		return &SharedError{dir} // a file system without rights
	}
	return err
}
