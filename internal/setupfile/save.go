package setupfile

import (
	"os"
	"path/filepath"
)

// Save writes a setup file for others to read: mode 0644. An existing file is
// left alone, which is fs.ErrExist, unless overwrite is true; then it is
// replaced in one step, so that a crash leaves the whole old or the whole new
// one. Errors are those of package os.
func Save(path string, data []byte, overwrite bool) error {
	if !overwrite {
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return err
		}
		if err := finish(f, data); err != nil {
			_ = os.Remove(path)
			return err
		}
		return nil
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".sellerkey-*.new")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_ = f.Chmod(0o644) // a temporary file is private; Windows has no such modes
	if err := finish(f, data); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

func finish(f *os.File, data []byte) error {
	_, err := f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}
