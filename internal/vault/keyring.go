package vault

import (
	"errors"
	"io/fs"
	"os/exec"
	"runtime"
	"syscall"

	system "github.com/zalando/go-keyring"
)

// systemRing is the keychain of the operating system.
type systemRing struct{ service string }

func (r systemRing) get(key string) (string, error) { return system.Get(r.service, key) }
func (r systemRing) set(key, value string) error    { return system.Set(r.service, key, value) }
func (r systemRing) delete(key string) error        { return system.Delete(r.service, key) }

// hidesDismissal: the Secret Service reports a dismissed prompt as success
// (go-keyring drops the flag); the other systems give an error.
func (r systemRing) hidesDismissal() bool {
	return runtime.GOOS != "windows" && runtime.GOOS != "darwin"
}

// kind tells the errors apart as far as possible: go-keyring has two errors of
// its own and passes the system's on. An unknown one is "unavailable".
func (r systemRing) kind(err error) Kind {
	var exit *exec.ExitError
	var run *exec.Error
	var errno syscall.Errno
	switch {
	case errors.Is(err, system.ErrNotFound):
		return NotFound
	case errors.Is(err, system.ErrSetDataTooBig):
		return TooBig
	case errors.Is(err, system.ErrUnsupportedPlatform):
		return Missing
	}
	if kind := platformKind(err); kind != "" {
		return kind
	}
	switch {
	case errors.As(err, &exit):
		return securityKind(exit.ExitCode())
	case errors.As(err, &run):
		return Missing
	case errors.As(err, &errno) && runtime.GOOS == "windows":
		return windowsKind(uint32(errno))
	case errors.Is(err, fs.ErrPermission):
		return Refused
	case errors.Is(err, fs.ErrNotExist):
		return Missing
	}
	return Unavailable
}

// securityKind reads the exit code of macOS's security tool: the low byte of
// an OSStatus (SecBase.h).
func securityKind(code int) Kind {
	switch code {
	case 44: // errSecItemNotFound
		return NotFound
	case 36, 152: // errSecInteractionNotAllowed, errSecInteractionRequired
		return Locked
	case 128: // userCanceledErr
		return Dismissed
	case 51, 61, 195: // errSecAuthFailed, errSecWrPerm, wrPermErr
		return Refused
	case 37, 50, 53: // errSecNoDefaultKeychain, errSecNoSuchKeychain, errSecNotAvailable
		return Missing
	case 49, 222: // errSecDiskFull, dskFulErr
		return Full
	}
	return Unavailable
}

// windowsKind reads an error of the Credential Manager (winerror.h).
func windowsKind(errno uint32) Kind {
	switch errno {
	case 1168: // ERROR_NOT_FOUND
		return NotFound
	case 5, 1260: // ERROR_ACCESS_DENIED, ERROR_ACCESS_DISABLED_BY_POLICY
		return Refused
	case 1312, 1062, 50: // ERROR_NO_SUCH_LOGON_SESSION, ERROR_SERVICE_NOT_ACTIVE, ERROR_NOT_SUPPORTED
		return Missing
	case 8, 14, 112, 1450, 1816: // not enough memory, disk full, no resources, quota
		return Full
	case 1783: // RPC_X_BAD_STUB_DATA: the value is too long
		return TooBig
	case 1223: // ERROR_CANCELLED
		return Dismissed
	}
	return Unavailable
}
