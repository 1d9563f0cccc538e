package export

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
)

func content(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// leftovers are temporary files that should be gone.
func leftovers(t *testing.T, dir string) {
	t.Helper()
	for _, pattern := range []string{"*" + tempEnd, ".*" + tempEnd} {
		if left, _ := filepath.Glob(filepath.Join(dir, pattern)); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}

func files(t *testing.T) Files { return Files{t.TempDir()} }

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "new", "folder", "credentials.yml")
	if err := files(t).Write(path, []byte("one"), false); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" {
		for p, mode := range map[string]fs.FileMode{path: 0o600, filepath.Dir(path): 0o700 | fs.ModeDir, filepath.Join(dir, "new"): 0o700 | fs.ModeDir} {
			if info, err := os.Stat(p); err != nil || info.Mode() != mode {
				t.Errorf("%s: %v %v", p, info.Mode(), err)
			}
		}
	}
	if err := files(t).Write(path, []byte("two"), false); KindOf(err) != KindExists {
		t.Error(err)
	}
	if content(t, path) != "one" {
		t.Error("it was overwritten without leave")
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := files(t).Write(path, []byte("two"), true); err != nil || content(t, path) != "two" {
		t.Error(err)
	}
	if info, _ := os.Stat(path); runtime.GOOS != "windows" && info.Mode() != 0o600 {
		t.Errorf("others may read it: %v", info.Mode())
	}
	leftovers(t, filepath.Dir(path))
}

func TestWriteFileKeepsOffWhatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	real := filepath.Join(dir, "real")
	if err := os.WriteFile(real, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]string{"link": real, "dangling": filepath.Join(dir, "nowhere")} {
		path := filepath.Join(dir, name)
		if err := os.Symlink(to, path); err != nil {
			t.Skip(err)
		}
		for _, overwrite := range []bool{false, true} {
			if err := files(t).Write(path, []byte("x"), overwrite); KindOf(err) != KindLink {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := ReadFile(path); KindOf(err) != KindLink {
			t.Error(err)
		}
	}
	if content(t, real) != "mine" {
		t.Error("a link was followed")
	}
	if _, err := os.Stat(filepath.Join(dir, "nowhere")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a dangling link was followed")
	}
	for _, overwrite := range []bool{false, true} {
		if err := files(t).Write(dir, []byte("x"), overwrite); KindOf(err) != KindNotAFile {
			t.Error(err)
		}
		if err := files(t).Write(filepath.Join(real, "x"), []byte("x"), overwrite); KindOf(err) != KindNotAFile {
			t.Error(err)
		}
	}
	leftovers(t, dir)
}

func TestWriteFileRefused(t *testing.T) {
	if runtime.GOOS == "windows" || os.Getuid() == 0 {
		t.Skip("nothing is refused to this person")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	if err := files(t).Write(filepath.Join(dir, "x"), []byte("x"), false); KindOf(err) != KindRefused {
		t.Error(err)
	}
}

func TestFileErrorKinds(t *testing.T) {
	for want, err := range map[Kind]error{
		KindExists: fs.ErrExist, KindRefused: fs.ErrPermission, KindFailed: errors.New("x"),
	} {
		got := fileError("p", &fs.PathError{Op: "open", Path: "/home/mika/secret place", Err: err})
		if KindOf(got) != want || strings.Contains(got.Error(), "mika") || !errors.Is(got, err) {
			t.Errorf("%v: %v", err, got)
		}
	}
	if runtime.GOOS != "windows" {
		for want, err := range map[Kind]error{KindFull: syscall.ENOSPC, KindRefused: syscall.EROFS, KindNotAFile: syscall.ENOTDIR} {
			if got := fileError("p", err); KindOf(got) != want {
				t.Errorf("%v: %v", err, got)
			}
		}
	}
}

func TestOnlyOneOfManyMakesTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	var made atomic.Int32
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			err := files(t).Write(path, bytes.Repeat([]byte{'a' + byte(i)}, 1000), false)
			if err == nil {
				made.Add(1)
			} else if KindOf(err) != KindExists {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if made.Load() != 1 || len(content(t, path)) != 1000 {
		t.Errorf("%d made it", made.Load())
	}
	leftovers(t, filepath.Dir(path))
}

// A file system without hard links.
func TestPlaceWithoutLinks(t *testing.T) {
	dir := t.TempDir()
	gone := filepath.Join(dir, "gone") // makes os.Link fail with something else than ErrExist
	path := filepath.Join(dir, "x")
	if err := place(gone, path, []byte("one")); err != nil || content(t, path) != "one" {
		t.Error(err)
	}
	if err := place(gone, path, []byte("two")); !errors.Is(err, fs.ErrExist) || content(t, path) != "one" {
		t.Error(err)
	}
}

func TestReadFile(t *testing.T) {
	dir := t.TempDir()
	if _, err := ReadFile(filepath.Join(dir, "x")); KindOf(err) != KindFailed || !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if _, err := ReadFile(dir); KindOf(err) != KindNotAFile {
		t.Error(err)
	}
	path := filepath.Join(dir, "large")
	for limit, read := range map[int64]func() error{
		maxFile:   func() error { return files(t).Merge(target(t, "dotenv"), path, short()) },
		maxConfig: func() error { _, err := ReadFile(path); return err },
	} {
		if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Truncate(path, limit+1)); err != nil {
			t.Fatal(err)
		}
		if err := read(); KindOf(err) != KindTooLarge {
			t.Errorf("%d bytes: %v", limit+1, err)
		}
	}
}

func TestMergeFile(t *testing.T) {
	x := target(t, "dotenv")
	path := filepath.Join(t.TempDir(), ".env")
	if err := files(t).Merge(x, path, short()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content(t, path)+"MINE=1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	v := short()
	v.ClientID = "NEXT"
	if err := files(t).Merge(x, path, v); err != nil {
		t.Fatal(err)
	}
	if got := content(t, path); got != "LWA_CLIENT_ID='NEXT'\nLWA_CLIENT_SECRET='NEW-SECRET'\nLWA_REFRESH_TOKEN='Atzr|NEW'\nMINE=1\n" {
		t.Error(got)
	}
	if err := os.WriteFile(path, []byte("A='\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := files(t).Merge(x, path, v)
	if e, ok := err.(*Error); !ok || e.Kind != KindCannotMerge || e.Path != path || content(t, path) != "A='\n" {
		t.Error(err)
	}
}

func TestInRepository(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a", "b", ".env")
	before := InRepository(path) // the temporary folder itself may be in one
	if err := os.MkdirAll(filepath.Join(dir, ".git"), 0o700); err != nil {
		t.Fatal(err)
	}
	if before || !InRepository(path) {
		t.Error("not seen")
	}
}
