package export

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// WriteFile puts data into a file that only this person can read (mode 0600; on
// Windows an access list of the person and the system), and makes the missing
// folders on the way (mode 0700).
//
// An existing file is left alone, [KindExists], unless overwrite is true. Then
// it is replaced in one step: a crash leaves the whole old or the whole new
// content. Symbolic links, folders and devices are never written to. Errors
// are [*Error].
func WriteFile(path string, data []byte, overwrite bool) error {
	if err := writable(path, overwrite); err != nil {
		return err
	}
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fileError(path, err)
	}
	temp, err := writeTemp(dir, data)
	if err != nil {
		return fileError(path, err)
	}
	defer func() { _ = os.Remove(temp) }()
	if overwrite {
		err = rename(temp, path)
	} else {
		err = place(temp, path, data)
	}
	if err != nil {
		return fileError(path, err)
	}
	syncDir(dir)
	return nil
}

// writable says what stands in the way of writing to path.
func writable(path string, overwrite bool) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fileError(path, err)
	case info.Mode()&fs.ModeSymlink != 0:
		return &Error{Kind: KindLink, Path: path}
	case !info.Mode().IsRegular():
		return &Error{Kind: KindNotAFile, Path: path}
	case !overwrite:
		return &Error{Kind: KindExists, Path: path}
	}
	return nil
}

// writeTemp writes a new file with a name that nobody can foresee.
func writeTemp(dir string, data []byte) (path string, err error) {
	f, err := os.CreateTemp(dir, ".sellerkey-*.new") // mode 0600
	if err != nil {
		return "", err
	}
	path = f.Name()
	// Before there is anything in it to read.
	protect(path)
	_, err = f.Write(data)
	if err == nil {
		// Without this, a power cut after the rename can leave an empty file.
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		_ = os.Remove(path)
	}
	return path, err
}

// place gives a file its name unless something has it. A hard link does both in
// one step; file systems without them (FAT, some shares) get an exclusive
// creation, which a crash can leave half written.
func place(temp, path string, data []byte) error {
	err := os.Link(temp, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	protect(path)
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		_ = os.Remove(path)
	}
	return err
}

// rename waits for virus scanners and readers, which on Windows keep a file
// from being replaced for a moment.
func rename(from, to string) error {
	err := os.Rename(from, to)
	for try := 0; err != nil && inUse(err) && try < 50; try++ {
		time.Sleep(20 * time.Millisecond)
		err = os.Rename(from, to)
	}
	return err
}

// ReadFile reads an existing file to merge into. Errors are [*Error]; a file
// that is not there is fs.ErrNotExist behind [KindFailed].
func ReadFile(path string) ([]byte, error) {
	// First look, then open: opening a pipe would wait for its other end.
	if err := writable(path, true); err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fileError(path, err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	switch {
	case err != nil:
		return nil, fileError(path, err)
	case len(data) > maxFile:
		return nil, &Error{Kind: KindTooLarge, Path: path}
	}
	return data, nil
}

// MergeFile puts the values into a file, with [Target.Merge] if it is there and
// as a new one if it is not. The person was asked before. Errors are [*Error].
func (t Target) MergeFile(path string, v Values) error {
	before, err := ReadFile(path)
	fresh := errors.Is(err, fs.ErrNotExist)
	if err != nil && !fresh {
		return err
	}
	after, err := t.Merge(before, v)
	if err != nil {
		var e *Error
		if errors.As(err, &e) && e.Path == "" {
			e.Path = path
		}
		return err
	}
	if !fresh {
		// There is no lock that other programs would heed, so this only makes
		// the moment short in which their change could be lost.
		if now, err := ReadFile(path); err != nil || !bytes.Equal(now, before) {
			return &Error{Kind: KindChanged, Path: path, cause: err}
		}
	}
	return WriteFile(path, after, !fresh)
}

// InRepository reports that a path lies in a Git working tree, where a file is
// one commit away from other people's eyes.
func InRepository(path string) bool {
	path, err := filepath.Abs(path)
	for dir := filepath.Dir(path); err == nil; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return true
		}
		if dir == filepath.Dir(dir) {
			return false
		}
	}
	return false
}

func fileError(path string, err error) error {
	kind := KindFailed
	switch {
	case errors.Is(err, fs.ErrExist):
		kind = KindExists
	case diskFull(err):
		kind = KindFull
	case errors.Is(err, fs.ErrPermission) || readOnly(err):
		kind = KindRefused
	case isFolder(err):
		kind = KindNotAFile
	}
	return &Error{Kind: kind, Path: path, cause: err}
}
