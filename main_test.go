package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestBadFlags: one clear line on stderr, nothing on stdout, exit code 2, and
// no window.
func TestBadFlags(t *testing.T) {
	for _, args := range [][]string{
		{"--lang", "fr"},
		{"--lang", "EN"},
		{"--lang"},
		{"--vault", "file"},
		{"--vault", ""},
		{"--practice=maybe"},
		{"--no-such-flag"},
		{"one.toml", "two.toml"},
		{"--consent-origin", "https://example.com"},
		{"--token-url", "http://127.0.0.1.evil.example/auth/o2/token"},
		{"--token-url", "http://localhost.evil.example/"},
		{"--token-url", "http://localhost@evil.example/"},
		{"--token-url", "http://user@localhost:1/"},
		{"--token-url", "http://user:password@127.0.0.1/"},
		{"--token-url", "http://127.0.0.1@example.com/"},
		{"--token-url", "ftp://127.0.0.1/"},
		{"--token-url", "127.0.0.1:80"},
		{"--token-url", "//127.0.0.1/"},
		{"--token-url", "http://"},
		{"--token-url", "http://[::1"},
		{"--sp-api-url", "http://0.0.0.0/"},
		{"--sp-api-url", "http://192.168.0.1/"},
		{"--sp-api-url", "http://[::2]/"},
		{"--sp-api-url", "javascript:alert(1)"},
		{"--sp-api-url", "http://127.0.0.1\n.example.com/"},
	} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			var out, err bytes.Buffer
			if code := run(args, &out, &err); code != 2 {
				t.Errorf("the exit code is %d", code)
			}
			if out.Len() > 0 {
				t.Errorf("stdout has %q", out.String())
			}
			if s := err.String(); strings.Count(s, "\n") != 1 || !strings.HasPrefix(s, "sellerkey: ") || len(s) < 20 {
				t.Errorf("stderr has %q", s)
			}
			if strings.Contains(err.String(), "password") {
				t.Error("stderr repeats what may be a password")
			}
		})
	}
}

func TestGoodFlags(t *testing.T) {
	for _, args := range [][]string{
		{},
		{"--lang", "en"},
		{"--lang", "ja"},
		{"--lang=pt-BR"},
		{"--practice"},
		{"-practice"},
		{"--vault", "keychain"},
		{"--vault", "memory"},
		{"--data-dir", "/tmp/somewhere"},
		{"--token-url", "http://localhost:1/"},
		{"--token-url", "http://127.0.0.1:4567/auth/o2/token"},
		{"--token-url", "https://127.1.2.3/"},
		{"--consent-origin", "http://[::1]:80"},
		{"--sp-api-url", "http://127.0.0.1"},
		{"one.toml"},
	} {
		if _, err := parseFlags(args, &bytes.Buffer{}); err != nil {
			t.Errorf("%q: %v", args, err)
		}
	}
	o, err := parseFlags([]string{"--lang", "ja", "--practice", "--data-dir", "d", "--vault", "memory", "--token-url", "http://localhost:1/"}, &bytes.Buffer{})
	if err != nil || o.lang != "ja" || !o.practice || o.dataDir != "d" || o.vault != "memory" || o.tokenURL != "http://localhost:1/" {
		t.Errorf("read %+v, %v", o, err)
	}
}

func TestVersionAndHelp(t *testing.T) {
	var out, err bytes.Buffer
	if code := run([]string{"--version"}, &out, &err); code != 0 || out.String() != "SellerKey "+version+"\n" || err.Len() > 0 {
		t.Errorf("--version: %d, %q, %q", code, out.String(), err.String())
	}
	out.Reset()
	if code := run([]string{"--help"}, &out, &err); code != 0 || !strings.Contains(err.String(), "-data-dir") {
		t.Errorf("--help: %d, %q", code, err.String())
	}
}

// TestNowhereToWrite: a data folder that cannot be made ends with a line and
// exit code 1, not with a window that forgets everything.
func TestNowhereToWrite(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var out, err bytes.Buffer
	if code := run([]string{"--data-dir", filepath.Join(file, "x")}, &out, &err); code != 1 || !strings.HasPrefix(err.String(), "sellerkey: ") {
		t.Errorf("exit code %d, stderr %q", code, err.String())
	}
}
