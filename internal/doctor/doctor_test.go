package doctor

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/native"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// badVault is a keychain that fails, or is locked.
type badVault struct {
	*vault.Memory
	kind    vault.Kind
	locked  bool
	touched bool
}

func (v *badVault) Set(ctx context.Context, key string, s lwa.Secret) error {
	v.touched = true
	if v.kind != "" {
		return &vault.Error{Op: "set", Kind: v.kind}
	}
	return v.Memory.Set(ctx, key, s)
}

func (v *badVault) Locked(context.Context) bool { return v.locked }

// healthy is a computer where all is well, in front of the pretend Amazon.
func healthy(t *testing.T) Deps {
	t.Helper()
	amazon := practicetest.Start(t, practice.Options{Now: time.Now})
	dir := filepath.Join(t.TempDir(), "SellerKey")
	return Deps{
		Dir: dir, DefaultDir: dir, Vault: &badVault{Memory: vault.NewMemory()}, Version: "1.2.3",
		TokenURL: amazon.TokenURL(), SPAPIURL: amazon.SPAPIURL(),
		Proxy: func(*http.Request) (*url.URL, error) { return nil, nil },
		Computer: func(context.Context) native.Computer {
			return native.Computer{System: "Debian", Browser: "firefox.desktop", Display: true}
		},
		OpenGL: func() (string, bool) { return "4.6", true },
	}
}

// only returns the lines of a check.
func only(lines []Line, check Check) []Line {
	return slices.DeleteFunc(slices.Clone(lines), func(l Line) bool { return l.Check != check })
}

func TestAllGood(t *testing.T) {
	d := healthy(t)
	lines := Run(t.Context(), d)
	var order []Check
	for _, l := range lines {
		order = append(order, l.Check)
		if l.Result != Good {
			t.Errorf("%+v", l)
		}
	}
	if want := []Check{Keychain, Folder, Amazon, Clock, Proxy, Browser, Window, Program, System}; !slices.Equal(order, want) {
		t.Errorf("%v, not %v", order, want)
	}
	if entries, err := os.ReadDir(d.Dir); err != nil || len(entries) > 0 {
		t.Errorf("left behind: %v %v", entries, err)
	}
}

// server answers as Amazon does to a request without a token, but with changes.
func server(t *testing.T, change func(http.ResponseWriter)) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || r.Header.Get("Authorization")+r.Header.Get("x-amz-access-token") != "" {
			t.Errorf("%s with %v", r.Method, r.Header)
		}
		change(w)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// TestBad has the bad cases of every line.
func TestBad(t *testing.T) {
	proxy := func(u *url.URL, err error) func(*http.Request) (*url.URL, error) {
		return func(*http.Request) (*url.URL, error) { return u, err }
	}
	through := func(d *Deps, address string) {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		u.User = url.UserPassword("maria", "hunter2")
		d.Proxy = proxy(u, nil)
		d.HTTP = &http.Client{Transport: &http.Transport{Proxy: http.ProxyURL(u)}}
		d.TokenURL, d.SPAPIURL = "https://token.example", "https://api.example"
	}
	dated := func(ahead time.Duration) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) {
			w.Header().Set("Date", time.Now().Add(-ahead).UTC().Format(http.TimeFormat))
			w.WriteHeader(http.StatusForbidden)
			_, _ = w.Write([]byte(`{"errors":[]}`))
		}
	}
	closed := func(t *testing.T) string {
		s := httptest.NewServer(http.NotFoundHandler())
		s.Close()
		return s.URL
	}
	for _, c := range []struct {
		name    string
		change  func(*testing.T, *Deps)
		check   Check
		result  Result
		finding string
	}{
		{"the keychain is locked", func(_ *testing.T, d *Deps) { d.Vault = &badVault{locked: true} }, Keychain, Bad, "vault.locked"},
		{"there is no keychain", func(_ *testing.T, d *Deps) { d.Vault = &badVault{kind: vault.Missing} }, Keychain, Bad, "vault.missing"},
		{"the keychain refuses", func(_ *testing.T, d *Deps) { d.Vault = &badVault{kind: vault.Refused} }, Keychain, Bad, "vault.refused"},
		{"the encrypted file is damaged", func(t *testing.T, d *Deps) { write(t, d.Dir, vault.FileName, "SellerKey, but not quite") }, Keychain, Bad, "vault.damaged"},

		{"a newer SellerKey was here", func(t *testing.T, d *Deps) { write(t, d.Dir, "accounts.json", `{"version": 99}`) }, Folder, Bad, "vault.index_newer_version"},
		{"the data folder is read-only", func(_ *testing.T, d *Deps) {
			d.CheckFolder = func(string) error { return &account.IndexError{Kind: "refused"} }
		}, Folder, Bad, "vault.index_refused"},
		{"the data folder is a file", func(t *testing.T, d *Deps) {
			write(t, filepath.Dir(d.Dir), filepath.Base(d.Dir), "")
		}, Folder, Bad, "vault.index_failed"},

		{"10 minutes ahead", func(t *testing.T, d *Deps) {
			d.TokenURL, d.SPAPIURL = server(t, dated(10*time.Minute)), server(t, dated(0))
		}, Clock, Bad, "lwa.clock_wrong"},
		{"10 minutes behind", func(t *testing.T, d *Deps) { d.TokenURL = server(t, dated(-10*time.Minute)) }, Clock, Bad, "lwa.clock_wrong"},
		{"half a minute", func(t *testing.T, d *Deps) { d.TokenURL = server(t, dated(30*time.Second)) }, Clock, Good, "doctor.clock_good"},
		{"no date", func(t *testing.T, d *Deps) {
			d.TokenURL = server(t, func(w http.ResponseWriter) { w.Header()["Date"] = nil })
			d.SPAPIURL = d.TokenURL
		}, Clock, Unknown, "doctor.clock_unknown"},

		{"a foreign certificate", func(t *testing.T, d *Deps) {
			s := httptest.NewTLSServer(http.NotFoundHandler())
			t.Cleanup(s.Close)
			d.TokenURL = s.URL
		}, Amazon, Bad, "lwa.tls_untrusted"},
		{"a hotel's sign-in page", func(t *testing.T, d *Deps) {
			d.TokenURL = server(t, func(w http.ResponseWriter) { _, _ = w.Write([]byte("<!DOCTYPE html><title>Welcome")) })
		}, Amazon, Bad, "lwa.not_amazon"},
		{"a redirect", func(t *testing.T, d *Deps) {
			d.TokenURL = server(t, func(w http.ResponseWriter) { w.Header().Set("Location", "/login"); w.WriteHeader(http.StatusFound) })
		}, Amazon, Bad, "lwa.not_amazon"},
		{"Amazon is down", func(t *testing.T, d *Deps) {
			d.TokenURL = server(t, func(w http.ResponseWriter) { w.WriteHeader(http.StatusServiceUnavailable) })
		}, Amazon, Bad, "lwa.temporarily_unavailable"},
		{"no connection", func(t *testing.T, d *Deps) { d.TokenURL = closed(t) }, Amazon, Bad, "lwa.connection_failed"},

		{"the proxy isn't there", func(t *testing.T, d *Deps) { through(d, closed(t)) }, Proxy, Bad, "doctor.proxy_refuses"},
		{"the proxy refuses", func(t *testing.T, d *Deps) {
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusProxyAuthRequired) }))
			t.Cleanup(s.Close)
			through(d, s.URL)
		}, Proxy, Bad, "doctor.proxy_refuses"},
		{"the proxy's address", func(_ *testing.T, d *Deps) { d.Proxy = proxy(nil, errors.New("invalid proxy address")) }, Proxy, Bad, "doctor.proxy_unreadable"},
		{"no proxy and no connection", func(t *testing.T, d *Deps) { d.TokenURL = closed(t); d.SPAPIURL = d.TokenURL }, Proxy, Unknown, "doctor.proxy_direct"},
		{"no proxy", func(*testing.T, *Deps) {}, Proxy, Good, "doctor.proxy_none"},
		{"a proxy that works", func(_ *testing.T, d *Deps) { d.Proxy = proxy(&url.URL{Host: "10.0.0.1:3128"}, nil) }, Proxy, Good, ""},

		{"no browser", func(_ *testing.T, d *Deps) { d.Computer = computer(native.Computer{Display: true}) }, Browser, Bad, "doctor.browser_none"},
		{"no browser on a server", func(_ *testing.T, d *Deps) { d.Computer = computer(native.Computer{}) }, Browser, Unknown, "doctor.browser_none"},

		{"OpenGL 1.1", func(_ *testing.T, d *Deps) { d.OpenGL = opengl("1.1.0", true) }, Window, Bad, "doctor.window_none"},
		{"no OpenGL", func(_ *testing.T, d *Deps) { d.OpenGL = opengl("", true) }, Window, Bad, "doctor.window_none"},
		{"a display", func(_ *testing.T, d *Deps) { d.OpenGL = opengl("", false) }, Window, Unknown, "doctor.window_unknown"},
		{"no display", func(_ *testing.T, d *Deps) {
			d.OpenGL, d.Computer = opengl("", false), computer(native.Computer{})
		}, Window, Unknown, "doctor.window_none"},
		{"in the window", func(_ *testing.T, d *Deps) { d.OpenGL, d.Shown = opengl("", false), true }, Window, Good, "doctor.window_shown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := healthy(t)
			c.change(t, &d)
			lines := Run(t.Context(), d)
			found := only(lines, c.check)
			if !slices.ContainsFunc(found, func(l Line) bool { return l.Result == c.result && l.Finding == c.finding }) {
				t.Errorf("%+v", found)
			}
			for _, l := range i18n.Languages() {
				words, err := i18n.New(l.Tag)
				if err != nil {
					t.Fatal(err)
				}
				for _, l := range found {
					if l.Text(words) == "" || (l.Todo(words) == "") != (l.Result == Good || l.Finding == "doctor.window_unknown" || l.Finding == "doctor.clock_unknown" || l.Finding == "doctor.proxy_direct") {
						t.Errorf("%s: %q, to do: %q", words.Lang(), l.Text(words), l.Todo(words))
					}
				}
				if text := Text(lines, words); strings.Contains(text, "maria") || strings.Contains(text, "hunter2") {
					t.Errorf("%s: the proxy's password shows: %s", words.Lang(), text)
				}
			}
		})
	}
}

func computer(c native.Computer) func(context.Context) native.Computer {
	return func(context.Context) native.Computer { return c }
}

func opengl(version string, ok bool) func() (string, bool) {
	return func() (string, bool) { return version, ok }
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestLockedIsNotUnlocked: nobody is asked for a password because of a check.
func TestLockedIsNotUnlocked(t *testing.T) {
	d := healthy(t)
	v := &badVault{locked: true}
	d.Vault = v
	Run(t.Context(), d)
	if v.touched {
		t.Error("a test entry was written to a locked keychain")
	}
}

func TestSharedFolder(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("folders have access lists there")
	}
	d := healthy(t)
	write(t, d.Dir, "holiday.jpg", "")
	if err := os.Chmod(d.Dir, 0o755); err != nil { //nolint:gosec // that's the case
		t.Fatal(err)
	}
	if l := only(Run(t.Context(), d), Folder)[0]; l.Finding != "doctor.folder_shared" {
		t.Errorf("%+v", l)
	}
}

// TestRealReadOnlyFolder is the case of TestBad with a real folder.
func TestRealReadOnlyFolder(t *testing.T) {
	if os.Geteuid() <= 0 {
		t.Skip("root and Windows write to any folder")
	}
	d := healthy(t)
	write(t, d.Dir, "accounts.json", `{"version": 1}`)
	if err := os.Chmod(d.Dir, 0o500); err != nil { //nolint:gosec // that's the case
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(d.Dir, 0o700) }) //nolint:gosec // so that it can be removed
	if l := only(Run(t.Context(), d), Folder)[0]; l.Finding != "vault.index_refused" {
		t.Errorf("%+v", l)
	}
}

// TestHostsApart: if one region can't be reached, the line says which.
func TestHostsApart(t *testing.T) {
	d := healthy(t)
	s := httptest.NewServer(http.NotFoundHandler())
	s.Close()
	d.SPAPIURL = s.URL
	lines := only(Run(t.Context(), d), Amazon)
	if len(lines) != 2 || lines[0].Result != Good || lines[1].Result != Bad || "http://"+lines[1].About != s.URL {
		t.Errorf("%+v", lines)
	}
}

// TestNobodysName: the text for support has the path below the home folder, and
// no folder that somebody named.
func TestNobodysName(t *testing.T) {
	words, err := i18n.New(i18n.English)
	if err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(t.TempDir(), "maria")
	for _, name := range []string{"HOME", "USERPROFILE"} {
		t.Setenv(name, home)
	}
	d := healthy(t)
	d.Dir = filepath.Join(home, ".config", "SellerKey")
	d.DefaultDir = d.Dir
	text := Text(Run(t.Context(), d), words)
	if strings.Contains(text, "maria") || !strings.Contains(text, "(~"+string(filepath.Separator)+".config") {
		t.Error(text)
	}
	d.Dir = filepath.Join(home, "Loja da Maria")
	if text := Text(Run(t.Context(), d), words); strings.Contains(strings.ToLower(text), "maria") {
		t.Error(text)
	}
}
