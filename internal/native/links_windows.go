package native

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/windows/registry"
)

// Links is the choice whether browsers open this program by the links of a scheme.
// Installers and packages make it elsewhere; it's for a program that was only
// unpacked.
type Links struct{ scheme, exe string }

// classes is where Windows keeps what the person's own programs can open.
const classes = `Software\Classes\`

// NewLinks returns the choice whether this program opens the links of a scheme; nil
// where the installer has made it.
func NewLinks(scheme string) *Links {
	exe, err := os.Executable()
	if err != nil {
		return nil
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(exe), "Uninstall.exe")); err == nil {
		return nil
	}
	return &Links{scheme: scheme, exe: exe}
}

// Open reports whether this program opens the links.
func (l *Links) Open() bool {
	key, err := registry.OpenKey(registry.CURRENT_USER, classes+l.scheme+`\shell\open\command`, registry.QUERY_VALUE)
	if err != nil {
		return false
	}
	defer key.Close() //nolint:errcheck // it was only read
	command, _, err := key.GetStringValue("")
	return err == nil && command == l.command()
}

// command is the same as in packaging/windows/setup.nsi. What follows "--" is no
// flag, whatever a web page puts into its link.
func (l *Links) command() string { return `"` + l.exe + `" -- "%1"` }

// SetOpen lets this program open the links, or no longer. Links that another program
// opens stay with it when this one gives up its own.
// https://learn.microsoft.com/previous-versions/windows/internet-explorer/ie-developer/platform-apis/aa767914(v=vs.85)
func (l *Links) SetOpen(on bool) error {
	if !on {
		if !l.Open() {
			return nil
		}
		var err error
		for _, sub := range []string{`\shell\open\command`, `\shell\open`, `\shell`, `\DefaultIcon`, ``} {
			if e := registry.DeleteKey(registry.CURRENT_USER, classes+l.scheme+sub); !errors.Is(e, syscall.ERROR_FILE_NOT_FOUND) {
				err = errors.Join(err, e)
			}
		}
		return err
	}
	for _, v := range []struct{ sub, name, value string }{
		{``, "", "URL:SellerKey"},
		{``, "URL Protocol", ""},
		{`\DefaultIcon`, "", l.exe + ",0"},
		{`\shell\open\command`, "", l.command()},
	} {
		key, _, err := registry.CreateKey(registry.CURRENT_USER, classes+l.scheme+v.sub, registry.SET_VALUE)
		if err != nil {
			return err
		}
		err = key.SetStringValue(v.name, v.value)
		_ = key.Close()
		if err != nil {
			return err
		}
	}
	return nil
}
