package native

import (
	"testing"

	"golang.org/x/sys/windows/registry"
)

// TestLinks: a program that was only unpacked takes the links and gives them up
// without a trace, but not those of another program.
func TestLinks(t *testing.T) {
	const scheme = "sellerkey-test"
	mine, other := &Links{scheme, `C:\Users\山田 太郎\sellerkey.exe`}, &Links{scheme, `D:\sellerkey.exe`}
	t.Cleanup(func() { _, _ = mine.SetOpen(false), other.SetOpen(false) })
	for _, step := range []struct {
		who         *Links
		on          bool
		mine, other bool
	}{
		{mine, false, false, false},
		{mine, true, true, false},
		{other, false, true, false},
		{other, true, false, true},
		{mine, false, false, true},
		{other, false, false, false},
	} {
		if err := step.who.SetOpen(step.on); err != nil {
			t.Fatal(err)
		}
		if mine.Open() != step.mine || other.Open() != step.other {
			t.Fatalf("after %+v: %t, %t", step, mine.Open(), other.Open())
		}
	}
	if key, err := registry.OpenKey(registry.CURRENT_USER, classes+scheme, registry.QUERY_VALUE); err == nil {
		_ = key.Close()
		t.Error("something is left in the registry")
	}
	if links := NewLinks(scheme); links == nil || links.Open() {
		t.Error("a program without an uninstaller beside it has no choice, or has made it")
	}
}
