package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// still reports whether nothing shall move by itself.
func (w *Window) still() bool {
	switch w.Settings.Motion {
	case MotionLess:
		return true
	case MotionFull:
		return false
	default:
		return w.Desktop.ReduceMotion
	}
}

func (w *Window) setMotion(m Motion) {
	w.Settings.Motion = m
	w.SaveSettings()
	w.Redraw()
}

// Busy is a bar that shows that something is under way, and moves until the screen is replaced.
func (w *Window) Busy() fyne.CanvasObject {
	bar, moving := kit.NewBusy(w.still())
	if moving != nil {
		w.moving = append(w.moving, moving)
	}
	return bar
}

// SetLook chooses light or dark and a text size.
func (w *Window) SetLook(appearance kit.Appearance, size kit.TextSize) {
	w.Settings.Appearance, w.Settings.TextSize = appearance, size
	w.App.Settings().SetTheme(w.look())
	w.SaveSettings()
	w.Redraw()
}

// look is the theme of the settings. A system that has no word on light and
// dark is light: the toolkit would take it for dark.
func (w *Window) look() *kit.Theme {
	appearance := w.Settings.Appearance
	if (appearance == "" || appearance == kit.FollowSystem) && w.Desktop.NoColorScheme {
		appearance = kit.Light
	}
	return kit.NewTheme(appearance, w.Settings.TextSize, func(text string) map[int]bool { return w.Words.Keep(text) })
}

// speak changes the language, of Fyne's own texts too.
func (w *Window) speak(tag string) error {
	words, err := i18n.New(tag)
	if err != nil {
		return err
	}
	w.Words = words
	w.Settings.Lang = words.Lang()
	own, err := words.FyneJSON()
	if err != nil {
		return err
	}
	// Fyne has no way to be told a language; its words can be replaced under
	// the name of the one that it chose by itself.
	return lang.AddTranslationsForLocale(own, lang.SystemLocale())
}

func (w *Window) setLanguage(tag string) {
	if err := w.speak(tag); err != nil {
		w.Log.Error("changing the language", "lang", tag, "err", err)
		return
	}
	w.SaveSettings()
	w.Redraw()
	if w.beside != nil {
		w.beside.Redraw()
	}
}
