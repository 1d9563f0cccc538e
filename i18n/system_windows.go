package i18n

import "golang.org/x/sys/windows"

// System returns the person's languages, best first: the ones in which Windows
// itself shows its menus. The regional format, which other programs ask for, is
// another setting and often another language.
func System() []string {
	prefs, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err != nil {
		return nil
	}
	return prefs
}
