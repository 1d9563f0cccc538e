package ui

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/sellerkey/sellerkey/internal/native"
	"github.com/sellerkey/sellerkey/internal/setupfile"
)

// chooser is a system with a file window; its person answers with what is sent.
type chooser struct {
	asked  chan native.FileQuestion
	answer chan string // "" for Cancel, or a path
}

func (h *harness) hasFileWindow() chooser {
	c := chooser{make(chan native.FileQuestion, 8), make(chan string)}
	h.a.files.system = func(ctx context.Context, q native.FileQuestion) (string, error) {
		c.asked <- q
		select {
		case path, open := <-c.answer:
			if !open {
				return "", native.ErrNoFileWindow
			}
			return path, nil
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
	return c
}

// TestSystemFileWindow: a setup file is chosen in the system's window, which a
// second press does not open twice, and nothing happens after Cancel.
func TestSystemFileWindow(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		path := filepath.Join(t.TempDir(), "a+b 設定 100%"+setupfile.Extension)
		f := fullFile()
		data, err := f.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		c := h.hasFileWindow()
		for _, answer := range []string{"", path} {
			h.press("setup_file.open")
			h.press("setup_file.open")
			if q := <-c.asked; q.Save || q.Folder != downloads() || q.Title != h.word("setup_file.open") {
				t.Errorf("asked %+v", q)
			}
			h.sees("start.title")
			c.answer <- answer
			h.until("the answer to be taken", func() bool { return !h.a.files.open })
		}
		h.sees("setup_file.app")
		if len(c.asked) != 0 {
			t.Error("the window opened twice")
		}
	})
}

// TestNoSystemFileWindow: where the system has none, or it went away, the toolkit's
// opens.
func TestNoSystemFileWindow(t *testing.T) {
	h := newHarness(t, "ja")
	c := h.hasFileWindow()
	close(c.answer)
	h.press("setup_file.open")
	h.until("the toolkit's window", func() bool { return h.a.Win.Canvas().Overlays().Top() != nil })
}

// TestChosenPlace: where a file is to be written can be chosen, and what was typed
// is where that begins.
func TestChosenPlace(t *testing.T) {
	h := newHarness(t, "en")
	c := h.hasFileWindow()
	dir := t.TempDir()
	h.useIn(func(u *useIn) {
		u.choose(program, 0)
		u.path = filepath.Join(dir, "credentials.yml")
	})
	h.press("button.browse")
	if q := <-c.asked; !q.Save || q.Folder != dir || q.Name != "credentials.yml" {
		t.Errorf("asked %+v", q)
	}
	want := filepath.Join(dir, "other+1.yml")
	c.answer <- want
	h.until("the path", func() bool { return !h.a.files.open })
	h.press("export.warn.save")
	h.press("export.warn.save")
	if _, err := os.Stat(want); err != nil {
		t.Errorf("%v; the window says:\n%s", err, h.screen())
	}
}
