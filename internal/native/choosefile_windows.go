package native

import (
	"context"
	"runtime"
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"
)

// openFileName is OPENFILENAMEW.
// https://learn.microsoft.com/windows/win32/api/commdlg/ns-commdlg-openfilenamew
type openFileName struct {
	structSize               uint32
	owner, instance          uintptr
	filter, customFilter     *uint16
	maxCustomFilter, filterN uint32
	file                     *uint16
	maxFile                  uint32
	fileTitle                *uint16
	maxFileTitle             uint32
	initialDir, title        *uint16
	flags                    uint32
	fileOffset, fileExt      uint16
	defExt                   *uint16
	custData, hook           uintptr
	templateName             *uint16
	reserved                 uintptr
	reservedFlags, flagsEx   uint32
}

const (
	ofnHideReadOnly  = 0x4
	ofnNoChangeDir   = 0x8
	ofnPathMustExist = 0x800
	ofnFileMustExist = 0x1000
)

// ChooseFile shows the system's file window and returns the path that was
// chosen; "" when the person chose none. It returns after that; the end of ctx
// closes no window. The window that asks takes no input meanwhile.
func ChooseFile(_ context.Context, q FileQuestion) (string, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if windows.CoInitializeEx(0, windows.COINIT_APARTMENTTHREADED) == nil {
		defer windows.CoUninitialize()
	}
	path := make([]uint16, windows.MAX_LONG_PATH)
	flags := uint32(ofnHideReadOnly | ofnNoChangeDir | ofnPathMustExist)
	dialogs := windows.NewLazySystemDLL("comdlg32.dll")
	call, failure := dialogs.NewProc("GetOpenFileNameW"), dialogs.NewProc("CommDlgExtendedError")
	if q.Save {
		call = dialogs.NewProc("GetSaveFileNameW")
		name, err := windows.UTF16FromString(q.Name)
		if err != nil {
			return "", ErrNoFileWindow
		}
		copy(path, name)
	} else {
		flags |= ofnFileMustExist
	}
	title, err := windows.UTF16PtrFromString(q.Title)
	if err != nil {
		return "", ErrNoFileWindow
	}
	folder, err := windows.UTF16PtrFromString(q.Folder)
	if err != nil || call.Find() != nil || failure.Find() != nil {
		return "", ErrNoFileWindow
	}
	o := openFileName{owner: q.Parent, filter: q.filter(), file: &path[0], maxFile: uint32(len(path)), initialDir: folder, title: title, flags: flags}
	o.structSize = uint32(unsafe.Sizeof(o))
	if ok, _, _ := call.Call(uintptr(unsafe.Pointer(&o))); ok == 0 {
		if code, _, _ := failure.Call(); code != 0 {
			return "", ErrNoFileWindow
		}
		return "", nil
	}
	return windows.UTF16ToString(path), nil
}

// filter is the list of names and patterns, each ended by a zero; nil for all
// files.
func (q FileQuestion) filter() *uint16 {
	if len(q.Extensions) == 0 {
		return nil
	}
	var list []uint16
	for _, part := range []string{q.Kind, "*" + strings.Join(q.Extensions, ";*")} {
		text, err := windows.UTF16FromString(part)
		if err != nil {
			return nil
		}
		list = append(list, text...)
	}
	return &append(list, 0)[0]
}
