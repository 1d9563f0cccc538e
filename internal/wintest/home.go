//go:build window && linux

package wintest

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
)

// Settings writes the program's settings before it starts: {"appearance":"light"}.
// dir is the program's folder for files, "" for the usual one.
func (r *Rig) Settings(dir, json string) {
	r.t.Helper()
	if dir == "" {
		dir = filepath.Join(r.Home, ".config/SellerKey")
	}
	r.write(filepath.Join(dir, "settings.json"), 0o600, json)
}

// ReadFile reads a file of the person's home directory.
func (r *Rig) ReadFile(path string) string {
	r.t.Helper()
	data, err := os.ReadFile(filepath.Join(r.Home, path))
	if err != nil {
		r.t.Fatal(err)
	}
	return string(data)
}

// Exists tells whether the person's home directory holds this file.
func (r *Rig) Exists(path string) bool {
	_, err := os.Stat(filepath.Join(r.Home, path))
	return err == nil
}

// FilesHolding names the files under the home directory that hold the text.
// The browser's profile is left out: an address stays in its history, which is
// not the program's doing.
func (r *Rig) FilesHolding(text string) (found []string) {
	r.t.Helper()
	_ = filepath.WalkDir(r.Home, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return nil //nolint:nilerr // it went away meanwhile
		}
		if d.IsDir() {
			if path == r.profile() || r.wine != nil && path == filepath.Join(r.wine.Drive, "windows") {
				return filepath.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() {
			return nil // the serial port of a Windows would be waited for
		}
		f, err := os.Open(path)
		if err != nil {
			return nil //nolint:nilerr // likewise
		}
		defer f.Close()
		if data, err := io.ReadAll(io.LimitReader(f, 64<<20)); err == nil && bytes.Contains(data, []byte(text)) {
			found = append(found, path)
		}
		return nil
	})
	return found
}
