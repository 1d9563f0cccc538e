package export

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/sellerkey/sellerkey/internal/disk"
)

// Files writes exports to files. Writes take turns across processes that share
// Dir, the app's data folder. While one is under way, a note in Dir names its
// temporary file, which holds secrets: after a crash, the next write or
// [Files.Sweep] removes it.
type Files struct{ Dir string }

const (
	lockName    = "export.lock"
	pendingName = "export.pending"
	// tempEnd: .env.* and *.tmp are in the ignore files of most projects.
	tempEnd = ".tmp"
)

// Write puts data into a file that only this person can read (mode 0600; on
// Windows an access list of this person and the system), and makes missing
// folders (mode 0700).
//
// An existing file is [KindExists], unless overwrite is true. Then it is
// replaced in one step, so that a crash leaves the whole old or the whole new
// content; see [Files.Merge] for what is refused and for who may read the
// result. Errors are [*Error].
func (s Files) Write(path string, data []byte, overwrite bool) error {
	return s.inTurn(path, func() error {
		info, err := writable(path, overwrite)
		if err != nil {
			return err
		}
		return s.put(path, data, info, true, func(temp string) error {
			if info == nil {
				return place(temp, path, data)
			}
			return disk.Rename(temp, path)
		})
	})
}

// Merge puts the values into a file with [Target.Merge], or makes the file if it
// is missing. It replaces the file in one step. Lines that another program adds
// in the meantime are kept; other changes that it makes are merged into, and
// [KindChanged] if they do not end.
//
// A symbolic link, a file with several names, a write-protected file and a file
// whose owner or group cannot be kept are refused. The new file has mode 0600,
// or keeps the rights of its owner and group if the group is not this person's
// own, such as a web server's. Errors are [*Error].
func (s Files) Merge(t Target, path string, v Values) error {
	return s.update(path, true, func(before []byte) ([]byte, error) { return t.Merge(before, v) })
}

// Replace puts what change makes of its content into an existing file, as
// [Files.Merge] does, but the rights of the file stay, on Linux and Windows its access
// list, too. change is called again if
// another program writes to the file meanwhile; its error ends everything. Other
// errors are [*Error].
func (s Files) Replace(path string, change func(before []byte) ([]byte, error)) error {
	if _, err := ReadFile(path); err != nil { // no folder is made for a file that is gone
		return err
	}
	var refused error
	err := s.update(path, false, func(before []byte) (after []byte, err error) {
		after, refused = change(before)
		return after, refused
	})
	if refused != nil {
		return refused
	}
	return err
}

// update replaces a file by what merge makes of it. A private file is for its
// owner alone; see [Files.Merge].
func (s Files) update(path string, private bool, merge func(before []byte) ([]byte, error)) error {
	return s.inTurn(path, func() error {
		for try := 1; ; try++ {
			err := s.updateOnce(path, private, merge)
			if KindOf(err) != KindChanged || try == 20 {
				return err
			}
		}
	})
}

func (s Files) updateOnce(path string, private bool, merge func(before []byte) ([]byte, error)) error {
	old, before, err := openExisting(path)
	if err != nil {
		return err
	}
	defer old.close()
	after, err := merge(before)
	if err != nil {
		return err
	}
	if old == nil {
		err := s.put(path, after, nil, private, func(temp string) error { return place(temp, path, after) })
		if KindOf(err) == KindExists {
			return &Error{Kind: KindChanged, Path: path}
		}
		return err
	}
	if bytes.Equal(after, before) {
		return nil
	}
	return s.put(path, after, old.info, private, func(temp string) error { return s.swap(temp, path, old, before, private) })
}

// swap gives temp the name path, unless the file has changed. What another
// program wrote to the old file at the last moment, because it had it open, is
// carried over.
func (s Files) swap(temp, path string, old *existing, before []byte, private bool) error {
	if err := old.replaceBy(temp, path, before); err != nil {
		return err
	}
	late := old.last(before)
	if bytes.Equal(late, before) {
		return nil
	}
	tail, grown := bytes.CutPrefix(late, before)
	if !grown {
		// Its content is another one: that goes back, and the merge starts over.
		err := s.put(path, late, old.info, private, func(temp string) error { return disk.Rename(temp, path) })
		if err == nil {
			err = &Error{Kind: KindChanged, Path: path}
		}
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(tail)
	return errors.Join(err, f.Sync(), f.Close())
}

// inTurn runs a write while no other process that shares Dir writes, and makes
// its errors [*Error].
func (s Files) inTurn(path string, write func() error) error {
	unlock, err := s.lock()
	if err != nil {
		return fileError(path, err)
	}
	defer unlock()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fileError(path, err)
	}
	err = write()
	var e *Error
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &e):
		return fileError(path, err)
	case e.Path == "":
		e.Path = path
	}
	return err
}

func (s Files) lock() (unlock func(), err error) {
	ctx, cancel := context.WithTimeout(context.Background(), disk.Patience)
	defer cancel()
	unlock, err = disk.Lock(ctx, filepath.Join(s.Dir, lockName))
	if err != nil {
		return nil, err
	}
	s.sweep()
	return unlock, nil
}

// Sweep removes the temporary file that a crash has left, if any. It waits for a
// write that is under way.
func (s Files) Sweep() error {
	if _, err := os.Lstat(filepath.Join(s.Dir, pendingName)); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	unlock, err := s.lock()
	if err == nil {
		unlock()
	}
	return err
}

// Remove deletes what Files keeps in Dir, after a sweep.
func (s Files) Remove() error {
	err := s.Sweep()
	for _, name := range []string{pendingName, disk.TempName(pendingName), lockName} {
		err = errors.Join(err, disk.Remove(filepath.Join(s.Dir, name)))
	}
	return err
}

func (s Files) sweep() {
	note := filepath.Join(s.Dir, pendingName)
	temp, err := os.ReadFile(note)
	if err == nil && strings.HasSuffix(string(temp), tempEnd) && filepath.IsAbs(string(temp)) {
		err = disk.Remove(string(temp))
	}
	if err == nil {
		_ = disk.Remove(note)
	}
}

// put writes data into a temporary file beside path and lets name move it. The
// temporary file is gone afterwards.
func (s Files) put(path string, data []byte, old fs.FileInfo, private bool, name func(temp string) error) error {
	temp, err := filepath.Abs(path + "." + rand.Text()[:8] + tempEnd)
	if err != nil {
		return err
	}
	if err := disk.Write(filepath.Join(s.Dir, pendingName), []byte(temp), 0o600); err != nil {
		return err
	}
	defer s.sweep()
	if err := disk.Create(temp, data, 0o600); err != nil {
		return err
	}
	if old != nil {
		if err := keepOwner(temp, old); err != nil {
			return &Error{Kind: KindOwner, Path: path, cause: err}
		}
		if !private {
			if err := keepRights(temp, path, old); err != nil {
				return err
			}
		}
	}
	return name(temp)
}

// writable returns what is at path, nil for nothing, or why it must not be
// written to.
func writable(path string, overwrite bool) (fs.FileInfo, error) {
	info, err := os.Lstat(path)
	kind := Kind("")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case info.Mode()&fs.ModeSymlink != 0:
		kind = KindLink
	case !info.Mode().IsRegular():
		kind = KindNotAFile
	case !overwrite:
		kind = KindExists
	case info.Mode()&0o200 == 0:
		kind = KindReadOnly
	case isOthers(info):
		kind = KindOwner
	case hardLinks(path, info) > 1:
		kind = KindHardLink
	default:
		return info, nil
	}
	return nil, &Error{Kind: kind, Path: path}
}

// place names a new file unless something has the name. A hard link does both in
// one step; on file systems without them (FAT, some shares) the file is created
// at its place, and a crash can leave it half written.
func place(temp, path string, data []byte) error {
	err := os.Link(temp, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	return disk.Create(path, data, 0o600)
}

// existing is a file that is merged into. It stays open to see what is written
// to it after its name has gone to the new one.
type existing struct {
	*os.File
	info fs.FileInfo
}

func (e *existing) close() {
	if e != nil {
		_ = e.Close()
	}
}

// openExisting opens the file to merge into and reads it; nil if there is none.
func openExisting(path string) (*existing, []byte, error) {
	// Check first: opening a named pipe would block until it has a writer.
	info, err := writable(path, true)
	if info == nil || err != nil {
		return nil, nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	old := &existing{f, info}
	now, err := f.Stat()
	if err == nil && !os.SameFile(info, now) {
		err = &Error{Kind: KindChanged, Path: path}
	}
	var data []byte
	if err == nil {
		data, err = readAll(f)
	}
	if err != nil {
		old.close()
		return nil, nil, err
	}
	return old, data, nil
}

// readAll reads an open file from its start.
func readAll(f *os.File) ([]byte, error) {
	data, err := io.ReadAll(io.NewSectionReader(f, 0, maxConfig+1))
	if err == nil && len(data) > maxConfig {
		err = &Error{Kind: KindTooLarge}
	}
	return data, err
}

// unchanged is [KindChanged] unless path is still this file with this content.
func (e *existing) unchanged(path string, content []byte) error {
	info, err := os.Lstat(path)
	if err != nil || !os.SameFile(info, e.info) || info.Mode() != e.info.Mode() {
		return &Error{Kind: KindChanged, Path: path, cause: err}
	}
	if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, content) {
		return &Error{Kind: KindChanged, Path: path, cause: err}
	}
	return nil
}

// ReadFile reads an existing file to merge into. Errors are [*Error]; a missing
// file is fs.ErrNotExist behind [KindFailed].
func ReadFile(path string) ([]byte, error) {
	old, data, err := openExisting(path)
	if err == nil && old == nil {
		err = fs.ErrNotExist
	}
	old.close()
	if err != nil && KindOf(err) == "" {
		err = fileError(path, err)
	}
	return data, err
}

// InRepository reports whether a path is in a Git working tree, where other
// people will see the file once it is committed.
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
	case disk.IsFull(err):
		kind = KindFull
	case disk.IsRefused(err):
		kind = KindRefused
	case disk.IsFolder(err):
		kind = KindNotAFile
	}
	return &Error{Kind: kind, Path: path, cause: err}
}
