package native

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/sys/windows/registry"
)

// TestPathInRegistry: a long PATH with variables stays what it is, but for the
// folder.
func TestPathInRegistry(t *testing.T) {
	key, _, err := registry.CreateKey(registry.CURRENT_USER, "Environment", registry.ALL_ACCESS)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = key.Close() })
	was, _, err := key.GetStringValue("Path")
	switch {
	case err == nil:
		t.Cleanup(func() { _ = key.SetExpandStringValue("Path", was) })
	case errors.Is(err, registry.ErrNotExist):
		t.Cleanup(func() { _ = key.DeleteValue("Path") })
	default:
		t.Fatal(err)
	}
	const dir = `C:\SellerKey`
	before := `%USERPROFILE%\bin;` + strings.Repeat(`C:\a long folder;`, 500) + `C:\end`
	if err := key.SetExpandStringValue("Path", before); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		do   func(string) error
		want string
	}{{AddToPath, before + ";" + dir}, {AddToPath, before + ";" + dir}, {RemoveFromPath, before}, {RemoveFromPath, before}} {
		if err := step.do(dir); err != nil {
			t.Fatal(err)
		}
		got, kind, err := key.GetStringValue("Path")
		if err != nil || got != step.want || kind != registry.EXPAND_SZ {
			t.Fatalf("%v, type %d, %d characters, not %d", err, kind, len(got), len(step.want))
		}
	}
}
