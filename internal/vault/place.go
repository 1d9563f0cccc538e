package vault

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"strconv"
	"time"

	"github.com/sellerkey/sellerkey/internal/disk"
)

// SetFileAside moves a vault file to a name with the time in it, and returns
// that name. It is for a passphrase that was forgotten and may come to mind
// again. Without a file at path it returns "".
func SetFileAside(path string, now time.Time) (string, error) {
	stem := disk.AsideName(path, asideMark, now)
	aside := stem
	for n := 2; n <= 100; n++ {
		if _, err := os.Lstat(aside); errors.Is(err, fs.ErrNotExist) {
			break
		}
		aside = stem + "-" + strconv.Itoa(n)
	}
	err := disk.Rename(path, aside)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", (&File{path: path}).fail("open", err)
	}
	return aside, nil
}

// FileAt reports whether there is a vault file at path, perhaps a damaged one. A
// file that was made with age itself is not one.
func FileAt(path string) bool {
	data, err := os.ReadFile(path)
	return !errors.Is(err, fs.ErrNotExist) && !bytes.HasPrefix(data, []byte("age-encryption.org/")) && !bytes.HasPrefix(data, []byte("-----BEGIN AGE"))
}

// IsFile reports whether there is a file at path that looks like one of
// [OpenFile].
func IsFile(path string) bool {
	_, err := (&File{path: path}).load()
	return err == nil
}

// RemoveFile deletes a vault file whose secrets are elsewhere by now. A
// missing file is not an error.
func RemoveFile(path string) error {
	for _, path := range []string{path, disk.TempName(path), path + ".lock"} {
		if err := disk.Remove(path); err != nil {
			return (&File{path: path}).fail("delete", err)
		}
	}
	return nil
}

// EraseFile is [RemoveFile], also for those that [SetFileAside]
// has set aside.
func EraseFile(path string) error {
	for _, aside := range disk.Aside(path, asideMark) {
		if err := disk.Remove(aside); err != nil {
			return (&File{path: path}).fail("delete", err)
		}
	}
	return RemoveFile(path)
}
