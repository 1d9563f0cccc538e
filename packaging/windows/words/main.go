// Command words writes the texts of the Windows installer as NSIS wants them,
// out of the app's own, so that there is one place for every word:
//
//	go run ./packaging/windows/words >words.nsh
package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/sellerkey/sellerkey/i18n"
)

func main() {
	text, err := script()
	if err != nil {
		fmt.Fprintln(os.Stderr, "words:", err)
		os.Exit(1)
	}
	fmt.Print(text)
}

// script is the file: a LangString for each text and language.
func script() (string, error) {
	var b strings.Builder
	for _, l := range []struct{ tag, name string }{
		{i18n.English, "LANG_ENGLISH"},
		{i18n.Japanese, "LANG_JAPANESE"},
		{i18n.Portuguese, "LANG_PORTUGUESEBR"},
	} {
		words, err := i18n.New(l.tag)
		if err != nil {
			return "", err
		}
		t := words.T
		for _, s := range []struct{ name, text string }{
			{"file_type", t("installer.file_type")},
			{"welcome", t("installer.welcome")},
			{"remove", t("installer.remove")},
			{"old_windows", t("installer.old_windows")},
			{"path", t("installer.path")},
			{"running", t("installer.running")},
			{"leave_title", t("installer.leave_title")},
			{"leave_text", t("installer.leave_text")},
			{"keep", t("installer.keep")},
			{"keep_text", t("installer.keep_text")},
			{"forget", t("installer.forget")},
			{"forget_text", t("installer.forget_text")},
			{"forget_failed", t("installer.forget_failed")},
		} {
			fmt.Fprintf(&b, "LangString %s ${%s} \"%s\"\n", s.name, l.name, escape(s.text))
		}
	}
	return b.String(), nil
}

// escape keeps a text from being read as code of NSIS.
func escape(text string) string {
	return strings.NewReplacer("$", "$$", `"`, `$\"`, "\r", "", "\n", `$\r$\n`).Replace(text)
}
