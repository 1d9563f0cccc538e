package setupfile

import "github.com/sellerkey/sellerkey/internal/disk"

// Save writes a setup file for others to read: mode 0644. It fails with
// fs.ErrExist if there is a file, unless overwrite is true; then it is replaced
// in one step. Errors are those of package os.
func Save(path string, data []byte, overwrite bool) error {
	if overwrite {
		return disk.Write(path, data, 0o644)
	}
	return disk.Create(path, data, 0o644)
}
