//go:build window && linux

package wintest

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// realService is the keychain service of what is in earnest.
const realService = "app.sellerkey"

// search looks for secrets.
type search struct {
	r      *Rig
	t      *testing.T
	values map[string]string
	chosen string // the file that the seller asked for
}

// account is the account that was saved into a folder, by its name in the keychain.
func (s *search) account(dir string) string {
	data, err := os.ReadFile(filepath.Join(s.r.Home, dir, "accounts.json"))
	if err != nil {
		return ""
	}
	return between(string(data), `"id":"`, `"`)
}

// aside puts something else on the clipboard, and into the selection that
// another program has filled, so that what is found there later is the program's
// doing. What was pasted must have arrived: a busy program asks for the clipboard
// a while after the key.
func (s *search) aside() {
	s.t.Helper()
	s.r.SetClipboard("something else")
	if err := s.r.feed("something else", "xclip", "-selection", "primary", "-in"); err != nil {
		s.t.Fatal(err)
	}
}

// look looks where a moment later there would be nothing to see: at titles,
// environment and command line of the running program, and at the other
// selection of X, into which nobody copies.
func (s *search) look(when string) {
	s.t.Helper()
	for _, a := range s.r.apps {
		if !a.Running() {
			continue
		}
		for _, name := range []string{"environ", "cmdline", "comm"} {
			data, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", a.pid, name))
			if err != nil {
				s.t.Fatal(err)
			}
			s.in(string(data), when+": "+name+" of the program")
		}
	}
	said, err := s.r.try("xdotool", "search", "--name", ".*")
	if err != nil && said == "" {
		s.t.Fatal(err)
	}
	titles := 0
	for _, id := range strings.Fields(said) {
		// All of a window's properties, and WM_NAME among them.
		if properties, err := s.r.try("xprop", "-id", id); err == nil && !strings.Contains(properties, "hrom") {
			s.in(properties, when+": window "+id)
			titles += strings.Count(properties, "WM_NAME")
		}
	}
	if titles == 0 {
		s.t.Errorf("%s: no window has a title", when)
	}
	primary, _ := s.r.tryRaw("xclip", "-selection", "primary", "-out", "-target", "UTF8_STRING")
	s.in(primary, when+": the primary selection")
}

// in complains of every secret in a text.
func (s *search) in(text, where string) {
	s.t.Helper()
	for _, found := range s.found([]byte(text)) {
		s.t.Errorf("%s has the %s", where, found)
	}
}

// found names the secrets in some data.
func (s *search) found(data []byte) (names []string) {
	for name, value := range s.values {
		for form, text := range forms(value) {
			if bytes.Contains(data, []byte(text)) {
				names = append(names, name+", "+form)
			}
		}
	}
	return names
}

// forms are the ways in which a secret can show. The first and the last letters
// are those after what all values of the kind begin with.
func forms(value string) map[string]string {
	own := value
	for _, prefix := range []string{accessPrefix, refreshPrefix, "amzn1.oa2-cs.v1."} {
		own = strings.TrimPrefix(own, prefix)
	}
	return map[string]string{
		"whole":        value,
		"escaped":      url.QueryEscape(value),
		"escaped once": url.PathEscape(value),
		"in base64":    base64.RawStdEncoding.EncodeToString([]byte(value)),
		"its start":    own[:12],
		"its end":      own[len(own)-12:],
	}
}

// files lists the secrets in the files of the pretend machine: home, temporary
// folder, the folder of the session, and the programs' own output. The browser
// has an address in its history, which is not the program's doing, and the
// browser's and its starter's logs are the browser's.
func (s *search) files() (found []string) {
	_ = filepath.WalkDir(s.r.dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil //nolint:nilerr // it went away meanwhile
		case path == s.r.profile():
			return filepath.SkipDir
		case !d.Type().IsRegular(), strings.HasPrefix(filepath.Base(path), "chromium"):
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return nil //nolint:nilerr // likewise
		}
		for _, name := range s.found(data) {
			found = append(found, path+": "+name)
		}
		return nil
	})
	return found
}

// everywhere looks at all that is left when the program has ended.
func (s *search) everywhere() {
	s.t.Helper()
	for _, name := range []string{"client secret", "second refresh token"} {
		if !slices.ContainsFunc(s.found([]byte(s.r.ReadFile(filepath.Base(s.chosen)))), func(f string) bool { return f == name+", whole" }) {
			s.t.Errorf("the file that was asked for lacks the %s", name)
		}
	}
	for _, found := range s.files() {
		if !strings.HasPrefix(found, s.chosen+": ") {
			s.t.Error(found)
		}
	}
	for _, a := range s.r.apps {
		s.in(a.Log(), "what the program printed")
	}
	for _, selection := range []string{"clipboard", "primary", "secondary"} {
		text, _ := s.r.tryRaw("xclip", "-selection", selection, "-out", "-target", "UTF8_STRING")
		s.in(text, "the selection "+selection)
	}
}
