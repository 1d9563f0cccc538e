package ui

import (
	"testing"

	"fyne.io/fyne/v2/theme"

	"github.com/sellerkey/sellerkey/internal/native"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// TestMotion: who wants nothing to move sees nothing move, whether the system
// says so or the menu; the menu has the last word.
func TestMotion(t *testing.T) {
	h := newHarness(t, "en")
	moves := func() bool {
		h.atTokens(func(d *holding) { d.token, d.stop, d.saved = lwa.Token{}, func() {}, false })
		return len(h.a.moving) > 0
	}
	for _, c := range []struct {
		system bool
		choice string
		want   bool
	}{
		{false, "", true},
		{true, "", false},
		{false, "menu.motion_less", false},
		{true, "menu.motion_full", true},
		{true, "menu.motion_system", false},
		{false, "menu.motion_system", true},
	} {
		h.a.deps.Desktop.ReduceMotion = c.system
		if c.choice != "" {
			menu := h.a.menuItems()
			for _, item := range menu {
				if item.Label != h.word("menu.motion") {
					continue
				}
				for _, m := range item.ChildMenu.Items {
					if m.Label == h.word(c.choice) {
						m.Action()
					}
				}
			}
		}
		if got := moves(); got != c.want {
			t.Errorf("system %v, %q: the bar moves: %v", c.system, c.choice, got)
		}
	}
	if last := h.remembered[len(h.remembered)-1].Motion; last != MotionSystem {
		t.Errorf("remembered %q", last)
	}
}

// TestMuteSystemIsLight: nobody who never chose dark gets it.
func TestMuteSystemIsLight(t *testing.T) {
	h := newHarness(t, "en")
	for _, c := range []struct {
		appearance kit.Appearance
		mute, dark bool
	}{
		{"", false, true},
		{"", true, false},
		{kit.FollowSystem, true, false},
		{kit.Dark, true, true},
		{kit.Light, false, false},
	} {
		h.a.settings.Appearance, h.a.deps.Desktop = c.appearance, native.Desktop{NoColorScheme: c.mute}
		shown := kit.Light
		if c.dark {
			shown = kit.Dark
		}
		want := kit.NewTheme(shown, kit.TextNormal, nil).Color(kit.ColorWindow, theme.VariantLight)
		// The toolkit says dark when it does not know.
		if got := h.a.look().Color(kit.ColorWindow, theme.VariantDark); got != want {
			t.Errorf("%q, mute %v: the window is %v, not %v", c.appearance, c.mute, got, want)
		}
	}
}
