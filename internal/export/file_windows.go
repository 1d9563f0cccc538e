package export

import (
	"io/fs"
	"os"
	"time"

	"golang.org/x/sys/windows"

	"github.com/sellerkey/sellerkey/internal/disk"
)

func hardLinks(path string, _ fs.FileInfo) uint32 {
	f, err := os.Open(path)
	if err != nil {
		return 1
	}
	defer f.Close()
	var info windows.ByHandleFileInformation
	if windows.GetFileInformationByHandle(windows.Handle(f.Fd()), &info) != nil {
		return 1
	}
	return info.NumberOfLinks
}

// isOthers: an access list says who may write to a file.
func isOthers(fs.FileInfo) bool { return false }

// keepOwner: a new file belongs to this person, as [disk.Create] made it.
func keepOwner(string, fs.FileInfo) error { return nil }

// keepRights gives a new file the access list of the old one at path. Where that can't
// be had, the file stays this person's.
func keepRights(temp, path string, _ fs.FileInfo) error {
	sd, err := windows.GetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION)
	if err != nil {
		return nil
	}
	list, _, err := sd.DACL()
	control, _, cerr := sd.Control()
	if err != nil || cerr != nil {
		return nil
	}
	what := windows.SECURITY_INFORMATION(windows.DACL_SECURITY_INFORMATION | windows.UNPROTECTED_DACL_SECURITY_INFORMATION)
	if control&windows.SE_DACL_PROTECTED != 0 { // nothing is inherited
		what = windows.DACL_SECURITY_INFORMATION | windows.PROTECTED_DACL_SECURITY_INFORMATION
	}
	_ = windows.SetNamedSecurityInfo(temp, windows.SE_FILE_OBJECT, what, nil, nil, list, nil)
	return nil
}

// replaceBy gives temp the name of the old file, if that has not changed. While
// another program has the file open, Windows refuses; then it is compared again.
func (e *existing) replaceBy(temp, path string, before []byte) error {
	_ = e.Close()
	for try := 0; ; try++ {
		if err := e.unchanged(path, before); err != nil {
			return err
		}
		err := os.Rename(temp, path)
		if err == nil || !disk.InUse(err) || try == 50 {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// last: no program had the old file open when it was replaced.
func (e *existing) last(before []byte) []byte { return before }
