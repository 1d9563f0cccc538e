package i18n

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// The tags of the languages, as flags, settings and files write them.
const (
	English    = "en"
	Japanese   = "ja"
	Portuguese = "pt-BR"
)

// Language is one of the app's languages.
type Language struct {
	Tag  string // BCP 47; its words are in Tag.toml
	Name string // in the language itself, for the picker
	Home string // country code of the marketplace where most of its speakers sell

	date      string // layout for package time
	timeOfDay string // the same
	typed     string // more layouts, separated by |, for [Localizer.ParseDate]
	thousands string // separator
}

// Languages returns the app's languages in the order of the picker. Everything
// in the program that depends on the language starts from this list.
func Languages() []Language {
	return []Language{
		{English, "English", "US", "Jan 2, 2006", "3:04 PM", "January 2, 2006|2 Jan 2006|2 January 2006|1/2/2006|2/1/2006", ","},
		{Japanese, "日本語", "JP", "2006年1月2日", "15:04", "2006.1.2", ","},
		{Portuguese, "Português (Brasil)", "BR", "02/01/2006", "15:04", "2/1/2006|2.1.2006|2-1-2006", "."},
	}
}

// Tags returns the tags of [Languages], in the same order.
func Tags() []string {
	var tags []string
	for _, l := range Languages() {
		tags = append(tags, l.Tag)
	}
	return tags
}

// Find returns the language with exactly this tag. [Match] is for tags that
// come from a system or a browser.
func Find(tag string) (Language, bool) {
	all := Languages()
	if i := slices.IndexFunc(all, func(l Language) bool { return l.Tag == tag }); i >= 0 {
		return all[i], true
	}
	return Language{}, false
}

// Match returns the tag of the first preferred language that the app has, or
// English. Preferences are BCP 47 tags (ja-JP, pt) or Unix locale names
// (pt_BR.UTF-8), best first. Any Portuguese matches pt-BR.
//
// Only the base language counts. A matcher that also accepts related languages
// would greet a speaker of Galician in Portuguese and one of Chinese in
// Japanese.
func Match(prefs ...string) string {
	for _, p := range prefs {
		want := base(p)
		for _, l := range Languages() {
			if want == base(l.Tag) {
				return l.Tag
			}
		}
	}
	return English
}

// base returns the base language of a tag or a Unix locale name, or "".
func base(pref string) string {
	pref, _, _ = strings.Cut(strings.TrimSpace(pref), ".") // .UTF-8
	pref, _, _ = strings.Cut(pref, "@")                    // @euro
	if pref == "C" || pref == "POSIX" {
		return "en" // the system is set to English
	}
	// An unknown region or variant does not matter.
	first, _, _ := strings.Cut(strings.ReplaceAll(pref, "_", "-"), "-")
	b, err := language.ParseBase(first)
	if err != nil {
		return ""
	}
	return b.String()
}

// fromEnv reads the preferences from the variables that Unix desktops set, the
// one with the highest priority first. LANGUAGE is a list.
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

// fromDefaults parses the output of "defaults read … AppleLanguages" on macOS:
//
//	(
//	    "ja-JP",
//	    en
//	)
func fromDefaults(out string) []string {
	return regexp.MustCompile(`[A-Za-z]{2,}[-A-Za-z0-9]*`).FindAllString(out, -1)
}
