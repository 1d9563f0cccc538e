package native

import (
	"context"
	"fmt"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"
)

func system(context.Context) string {
	v := windows.RtlGetVersion()
	return fmt.Sprintf("Windows %d.%d.%d", v.MajorVersion, v.MinorVersion, v.BuildNumber)
}

// browser is the program that a person has chosen for https, or else the system's.
func browser(context.Context) string {
	const chosen = `Software\Microsoft\Windows\Shell\Associations\UrlAssociations\https\UserChoice`
	if key, err := registry.OpenKey(registry.CURRENT_USER, chosen, registry.QUERY_VALUE); err == nil {
		defer key.Close() //nolint:errcheck // it was only read
		if name, _, err := key.GetStringValue("ProgId"); err == nil {
			return name
		}
	}
	key, err := registry.OpenKey(registry.CLASSES_ROOT, `https\shell\open\command`, registry.QUERY_VALUE)
	if err != nil {
		return ""
	}
	_ = key.Close()
	return "https"
}

func display() bool { return true }
