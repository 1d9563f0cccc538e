package i18n

import "golang.org/x/sys/windows"

// System returns the person's preferred languages, best first: the display
// languages of Windows. The regional format is a separate setting and often
// another language.
func System() []string {
	prefs, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err != nil {
		return nil
	}
	return prefs
}
