package disk

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

func content(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestWriteReplacesAndSweeps(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.json")
	// What a crash left.
	if err := os.WriteFile(TempName(path), []byte("half"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"one", "two"} {
		if err := Write(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := content(t, path); got != text {
			t.Fatalf("%q", got)
		}
	}
	if _, err := os.Lstat(TempName(path)); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the temporary file is left:", err)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
}

func TestWriteFollowsNoLink(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need a right there")
	}
	dir := t.TempDir()
	other, path := filepath.Join(dir, "other"), filepath.Join(dir, "file")
	if err := os.WriteFile(other, []byte("theirs"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, link := range []string{path, TempName(path)} {
		if err := os.Symlink(other, link); err != nil {
			t.Fatal(err)
		}
	}
	if err := Write(path, []byte("ours"), 0o600); err != nil {
		t.Fatal(err)
	}
	if content(t, other) != "theirs" || content(t, path) != "ours" {
		t.Fatal("written through a link")
	}
}

func TestFailedWriteLeavesTheOldContent(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "folder")
	if err := os.MkdirAll(filepath.Join(dir, "inside"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := Write(dir, []byte("text"), 0o600); err == nil {
		t.Fatal("a folder was replaced")
	}
	if _, err := os.Lstat(TempName(dir)); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the temporary file is left:", err)
	}
}

func TestCreate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.ics")
	if err := Create(path, []byte("first"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Create(path, []byte("second"), 0o600); !errors.Is(err, fs.ErrExist) {
		t.Fatal(err)
	}
	for _, want := range []string{"a 2.ics", "a 3.ics"} {
		got, err := CreateNumbered(filepath.Join(filepath.Dir(path), "a"), " ", ".ics", []byte("more"), 0o600)
		if err != nil || filepath.Base(got) != want {
			t.Fatal(got, err)
		}
	}
	if content(t, path) != "first" {
		t.Fatal("overwritten")
	}
	stem := filepath.Join(filepath.Dir(path), "a")
	got, err := PutNumbered(stem, " ", ".ics", []byte("newer"), 0o600, func(old []byte) bool { return string(old) == "more" })
	if err != nil || filepath.Base(got) != "a 2.ics" || content(t, got) != "newer" || content(t, path) != "first" {
		t.Fatal(got, err)
	}
}

// TestCreateLeavesNothing: on a full disk no half file stays behind.
func TestCreateLeavesNothing(t *testing.T) {
	dir := fullDisk(t)
	path := filepath.Join(dir, "big")
	err := Create(path, make([]byte, 1<<20), 0o600)
	if !IsFull(err) {
		t.Fatal(err)
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Error("half a file is left:", err)
	}
}

func TestRemoveMissing(t *testing.T) {
	if err := Remove(filepath.Join(t.TempDir(), "none")); err != nil {
		t.Fatal(err)
	}
}

func TestLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	unlock, err := Lock(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := Lock(ctx, path); !errors.Is(err, ErrBusy) {
		t.Fatal(err)
	}
	if _, err := LockNow(path); !errors.Is(err, ErrBusy) {
		t.Fatal(err)
	}
	for _, lock := range []func() (func(), error){
		func() (func(), error) { return Lock(t.Context(), path) },
		func() (func(), error) { return LockNow(path) },
	} {
		unlock()
		if unlock, err = lock(); err != nil {
			t.Fatal(err)
		}
	}
	unlock()
}
