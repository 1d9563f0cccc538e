package shell

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/sellerkey/sellerkey/ui/kit"
)

func TestSettingsComeBack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "there", "yet")
	want := Settings{Lang: "ja", Appearance: kit.Dark, TextSize: kit.TextLarge, Motion: MotionLess, Width: 1000, Height: 700}
	if err := want.Save(dir); err != nil {
		t.Fatal(err)
	}
	if got := LoadSettings(dir); got != want {
		t.Errorf("saved %+v, loaded %+v", want, got)
	}
	want.Lang = "en"
	if err := want.Save(dir); err != nil {
		t.Fatal(err)
	}
	if got := LoadSettings(dir); got != want {
		t.Errorf("saved again %+v, loaded %+v", want, got)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Errorf("left behind are %v %v", files, err)
	}
}

func TestDamagedSettings(t *testing.T) {
	for name, text := range map[string]string{
		"missing": "", "not JSON": "hello", "half": `{"lang":"ja","wi`, "wrong types": `{"lang":"ja","width":"wide"}`, "a list": "[]",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if text != "" {
				if err := os.WriteFile(filepath.Join(dir, "settings.json"), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if got := LoadSettings(dir); got != (Settings{}) {
				t.Errorf("loaded %+v", got)
			}
		})
	}
}

func TestWindowSize(t *testing.T) {
	for _, c := range []struct {
		width, height         float32
		roomWidth, roomHeight float32
		wantWidth, wantHeight float32
	}{
		{0, 0, 0, 0, 960, 680},
		{100, 700, 0, 0, 960, 680},
		{1000, 100, 0, 0, 960, 680},
		{-1, -1, 0, 0, 960, 680},
		{99999, 700, 0, 0, 960, 680},
		{720, 560, 0, 0, 720, 560},
		{1440, 900, 0, 0, 1440, 900},
		{1440, 900, 1920, 1040, 1440, 900},
		{1440, 900, 1366, 728, 1346, 678}, // the large screen is no longer there
		{0, 0, 1024, 600, 960, 550},
		{1440, 900, 640, 480, 720, 460},
	} {
		got := Settings{Width: c.width, Height: c.height}.windowSize(c.roomWidth, c.roomHeight)
		if got.Width != c.wantWidth || got.Height != c.wantHeight {
			t.Errorf("%v×%v opens at %v on %v×%v", c.width, c.height, got, c.roomWidth, c.roomHeight)
		}
	}
}

// TestSettingsNowhereToSave: what cannot be written is an error, for the log.
func TestSettingsNowhereToSave(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (Settings{}).Save(filepath.Join(file, "dir")); err == nil {
		t.Error("saving under a file is said to have worked")
	}
}
