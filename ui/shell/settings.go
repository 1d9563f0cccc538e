package shell

import (
	"encoding/json"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// Settings is what the window remembers. None of it is secret.
type Settings struct {
	Lang       string         `json:"lang,omitempty"`
	Appearance kit.Appearance `json:"appearance,omitempty"`
	TextSize   kit.TextSize   `json:"text_size,omitempty"`
	Motion     Motion         `json:"motion,omitempty"`
	Width      float32        `json:"width,omitempty"`
	Height     float32        `json:"height,omitempty"`
}

// Motion is the person's choice of what moves on the screen by itself: the bar
// that shows that something is under way. Pages do not slide, and the toolkit
// is built without animations (scripts/env).
type Motion string

// The choices. The system's is the default.
const (
	MotionSystem Motion = "system"
	MotionLess   Motion = "less"
	MotionFull   Motion = "full"
)

// The window's sizes: as it first opens, and the smallest that is supported.
const (
	DefaultWidth, DefaultHeight float32 = 960, 680
	LeastWidth, LeastHeight     float32 = 720, 460
)

// The frame that a system draws round a window, with some to spare.
const frameWidth, frameHeight float32 = 20, 50

// windowSize is the size of the last time, but no larger than the room on the
// screen, which may be another one now; 0 for room that is not known. Where a
// window stands is left to the system: the toolkit can neither tell nor set it,
// nor whether a window is maximized, and Wayland lets no program know.
func (s Settings) windowSize(roomWidth, roomHeight float32) fyne.Size {
	size := fyne.NewSize(s.Width, s.Height)
	if s.Width < LeastWidth || s.Height < LeastHeight || s.Width > 8000 || s.Height > 8000 {
		size = fyne.NewSize(DefaultWidth, DefaultHeight)
	}
	if roomWidth > 0 && roomHeight > 0 {
		size.Width = max(LeastWidth, min(size.Width, roomWidth-frameWidth))
		size.Height = max(LeastHeight, min(size.Height, roomHeight-frameHeight))
	}
	return size
}

const settingsFile = "settings.json"

// LoadSettings reads the settings in dir. Without a readable file it returns
// the defaults: a lost window size is no reason to trouble anybody.
func LoadSettings(dir string) Settings {
	var s Settings
	if b, err := os.ReadFile(filepath.Join(dir, settingsFile)); err == nil {
		if json.Unmarshal(b, &s) != nil {
			s = Settings{}
		}
	}
	return s
}

// Save writes the settings into dir, whole or not at all.
func (s Settings) Save(dir string) error {
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return disk.Write(filepath.Join(dir, settingsFile), append(b, '\n'), 0o600)
}

// RemoveSettings removes the settings from dir, also an unfinished writing that
// a crash left. Missing files are not an error.
func RemoveSettings(dir string) error {
	path := filepath.Join(dir, settingsFile)
	if err := disk.Remove(disk.TempName(path)); err != nil {
		return err
	}
	return disk.Remove(path)
}
