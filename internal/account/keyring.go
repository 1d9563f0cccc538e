package account

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
func (r systemRing) kind(err error) VaultKind {
	var exit *exec.ExitError
	var run *exec.Error
	var errno syscall.Errno
	switch {
	case errors.Is(err, system.ErrNotFound):
		return VaultNotFound
	case errors.Is(err, system.ErrSetDataTooBig):
		return VaultTooBig
	case errors.Is(err, system.ErrUnsupportedPlatform):
		return VaultMissing
	}
	if kind := platformKind(err); kind != "" {
		return kind
	}
	switch {
	case errors.As(err, &exit):
		return securityKind(exit.ExitCode())
	case errors.As(err, &run):
		return VaultMissing
	case errors.As(err, &errno) && runtime.GOOS == "windows":
		return windowsKind(uint32(errno))
	case errors.Is(err, fs.ErrPermission):
		return VaultRefused
	case errors.Is(err, fs.ErrNotExist):
		return VaultMissing
	}
	return VaultUnavailable
}

// securityKind reads the exit code of macOS's security tool: the low byte of
// an OSStatus (SecBase.h).
func securityKind(code int) VaultKind {
	switch code {
	case 44: // errSecItemNotFound
		return VaultNotFound
	case 36, 152: // errSecInteractionNotAllowed, errSecInteractionRequired
		return VaultLocked
	case 128: // userCanceledErr
		return VaultDismissed
	case 51, 61, 195: // errSecAuthFailed, errSecWrPerm, wrPermErr
		return VaultRefused
	case 37, 50, 53: // errSecNoDefaultKeychain, errSecNoSuchKeychain, errSecNotAvailable
		return VaultMissing
	case 49, 222: // errSecDiskFull, dskFulErr
		return VaultFull
	}
	return VaultUnavailable
}

// windowsKind reads an error of the Credential Manager (winerror.h).
func windowsKind(errno uint32) VaultKind {
	switch errno {
	case 1168: // ERROR_NOT_FOUND
		return VaultNotFound
	case 5, 1260: // ERROR_ACCESS_DENIED, ERROR_ACCESS_DISABLED_BY_POLICY
		return VaultRefused
	case 1312, 1062, 50: // ERROR_NO_SUCH_LOGON_SESSION, ERROR_SERVICE_NOT_ACTIVE, ERROR_NOT_SUPPORTED
		return VaultMissing
	case 8, 14, 112, 1450, 1816: // not enough memory, disk full, no resources, quota
		return VaultFull
	case 1783: // RPC_X_BAD_STUB_DATA: the value is too long
		return VaultTooBig
	case 1223: // ERROR_CANCELLED
		return VaultDismissed
	}
	return VaultUnavailable
}
