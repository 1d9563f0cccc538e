package i18n

import (
	"regexp"
	"strings"

	"golang.org/x/text/language"
)

// Match returns the language of the app, en, ja or pt-BR, for a person's
// languages in the order in which they like them. It takes BCP 47 tags (ja-JP,
// pt) and the names that Unix uses (pt_BR.UTF-8). The first that the app speaks
// wins, any Portuguese is pt-BR, and without any it is English.
//
// Only the language counts. A matcher that also looks for near relatives would
// greet somebody from Galicia or Spain in Portuguese and somebody from China in
// Japanese, which helps neither of them.
func Match(prefs ...string) string {
	for _, p := range prefs {
		switch base(p) {
		case "en":
			return English
		case "ja":
			return Japanese
		case "pt":
			return Portuguese
		}
	}
	return English
}

// base returns the language of a tag or a Unix locale name, "" for none.
func base(pref string) string {
	pref, _, _ = strings.Cut(strings.TrimSpace(pref), ".") // .UTF-8
	pref, _, _ = strings.Cut(pref, "@")                    // @euro
	if pref == "C" || pref == "POSIX" {
		return "en" // the system was told to speak English
	}
	// A region or variant that does not exist is no reason to give up.
	first, _, _ := strings.Cut(strings.ReplaceAll(pref, "_", "-"), "-")
	b, err := language.ParseBase(first)
	if err != nil {
		return ""
	}
	return b.String()
}

// fromEnv reads the languages from the variables that Unix desktops set, the
// strongest first. LANGUAGE is a list.
func fromEnv(getenv func(string) string) []string {
	var prefs []string
	for _, name := range []string{"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"} {
		for p := range strings.SplitSeq(getenv(name), ":") {
			if p != "" {
				prefs = append(prefs, p)
			}
		}
	}
	return prefs
}

// fromDefaults reads what "defaults read … AppleLanguages" prints on macOS:
//
//	(
//	    "ja-JP",
//	    en
//	)
func fromDefaults(out string) []string {
	return regexp.MustCompile(`[A-Za-z]{2,}[-A-Za-z0-9]*`).FindAllString(out, -1)
}
