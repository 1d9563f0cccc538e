//go:build window && linux

package wintest

import (
	"path/filepath"
	"testing"
)

// setupFile writes a provider's setup file.
func (r *Rig) setupFile(name string) string {
	r.t.Helper()
	path := filepath.Join(r.Home, name)
	r.write(path, 0o600, `version = 1
provider = "Practice Tool"

[[boxes]]
value = "refresh_token"
label.en = "Refresh token"
`)
	return path
}

// TestSecondStartWithAFile: a setup file that is double-clicked while the
// program runs is shown in the window that is there, and one that cannot be
// used is refused there.
func TestSecondStartWithAFile(t *testing.T) {
	for _, lang := range []string{"en", "ja", "pt-BR"} {
		t.Run(lang, func(t *testing.T) {
			r := Start(t, Options{Lang: lang, NoKeychain: true})
			w := wordsOf(t, lang)
			bad := filepath.Join(r.Home, "bad.sellerkey")
			r.write(bad, 0o600, "provider = \"Amazon\"\nregistration_page = \"http://x.example\"\n")
			a := r.App()
			for _, c := range []struct{ file, title string }{
				{r.setupFile("good.sellerkey"), "setup_file.title"},
				{bad, "setup_file.refused_title"},
				{filepath.Join(r.Home, "none.sellerkey"), "setup_file.refused_title"},
				{r.setupFile("good.sellerkey"), "setup_file.title"},
			} {
				again := r.Launch(c.file)
				if code := again.WaitExit(); code != 0 {
					t.Errorf("the second start ended with code %d: %s", code, again.Log())
				}
				a.WaitTitle(w.T(t, c.title))
				a.Shot(filepath.Base(c.file))
			}
			a.waitWindows(1)
			a.Quit()
		})
	}
}
