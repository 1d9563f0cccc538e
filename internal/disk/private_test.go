package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestMakePrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the access list of the folder above counts there")
	}
	for name, c := range map[string]struct {
		mode  fs.FileMode // 0: there is no folder yet
		files []string
		fails bool
	}{
		"new":                  {},
		"empty, open":          {mode: 0o777},
		"ours, open to read":   {mode: 0o755, files: []string{"accounts.json", "notes.txt"}},
		"ours, open to all":    {mode: 0o777, files: []string{"ours.lock"}},
		"theirs, but closed":   {mode: 0o700, files: []string{"notes.txt"}},
		"theirs, open to read": {mode: 0o755, files: []string{"notes.txt"}, fails: true},
		"theirs, open to all":  {mode: 0o777 | fs.ModeSticky, files: []string{"notes.txt"}, fails: true},
	} {
		dir := filepath.Join(t.TempDir(), "a", "b")
		if c.mode != 0 {
			if err := os.MkdirAll(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			for _, file := range c.files {
				if err := os.WriteFile(filepath.Join(dir, file), nil, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Chmod(dir, c.mode); err != nil {
				t.Fatal(err)
			}
		}
		err := MakePrivate(dir, "accounts.json", "ours.lock")
		var shared *SharedError
		if errors.As(err, &shared) != c.fails || (err != nil) != c.fails {
			t.Errorf("%s: %v", name, err)
		}
		info, err := os.Stat(dir)
		if err != nil || (info.Mode().Perm() == 0o700) == c.fails {
			t.Errorf("%s: mode %v, %v", name, info.Mode(), err)
		}
	}
}
