package logs

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/lwa"
)

const distinctive = "EXAMPLEdistinctive"

func TestSecretsStayOut(t *testing.T) {
	hex := strings.Repeat("0e", 32)
	var out bytes.Buffer
	log := New(&out)
	log.Info("message with Atza|" + distinctive)
	log.Info("x", "token", lwa.NewSecret("Atzr|"+distinctive))
	log.Info("x", "err", errors.New(`Get "https://client-example.com/cb?spapi_oauth_code=`+distinctive+`&state=`+distinctive+`": refused`))
	log.Info("x", "body", `{"refresh_token": "`+distinctive+`", "client_secret":"`+distinctive+`"}`)
	log.Info("x", "secret", "amzn1.oa2-cs.v1."+hex, "old", hex)
	log.With("bound", "Atzr%7C"+distinctive).WithGroup("g").Info("x", "in", "Atc|"+distinctive)
	for _, s := range []string{distinctive, hex} {
		if strings.Contains(out.String(), s) {
			t.Errorf("a secret is in the log:\n%s", out.String())
		}
	}
	if n := strings.Count(out.String(), "[secret]"); n < 9 {
		t.Errorf("%d masks:\n%s", n, out.String())
	}
}

func TestOrdinaryTextStays(t *testing.T) {
	for _, s := range []string{"host sellercentral.amazon.co.jp", "exit 2", "account JP · A1EXAMPLE00011", "invalid_grant"} {
		if got := Mask(s); got != s {
			t.Errorf("Mask(%q) = %q", s, got)
		}
	}
}

func TestRotation(t *testing.T) {
	dir := t.TempDir()
	r := &rotating{dir: dir, size: 100, keep: 3}
	if err := r.open(); err != nil {
		t.Fatal(err)
	}
	defer r.close()
	for range 40 {
		if _, err := r.Write([]byte("thirty bytes of something new\n")); err != nil {
			t.Fatal(err)
		}
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 3 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		info, err := f.Info()
		if err != nil || info.Size() > 100 || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %d bytes, %v, %v", f.Name(), info.Size(), info.Mode(), err)
		}
	}
}

func TestOpenAppends(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	for _, word := range []string{"first", "second"} {
		log, done, err := Open(dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		log.Info(word)
		done()
	}
	b, err := os.ReadFile(filepath.Join(dir, fileName))
	if err != nil || !strings.Contains(string(b), "first") || !strings.Contains(string(b), "second") {
		t.Errorf("%s, %v", b, err)
	}
}

// closed is a standard error that leads nowhere, as a program with a window
// has it on Windows.
type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestTheFileDoesNotNeedATerminal(t *testing.T) {
	dir := t.TempDir()
	log, done, err := Open(dir, closed{})
	if err != nil {
		t.Fatal(err)
	}
	log.Info("first")
	log.Info("second")
	done()
	data, err := os.ReadFile(filepath.Join(dir, fileName))
	if err != nil || !strings.Contains(string(data), "first") || !strings.Contains(string(data), "second") {
		t.Errorf("%q, %v", data, err)
	}
}

func TestRemove(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "logs")
	r := &rotating{dir: dir, size: 10, keep: fileCount}
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := r.open(); err != nil {
		t.Fatal(err)
	}
	for range 10 {
		if _, err := r.Write([]byte("a line of the log")); err != nil {
			t.Fatal(err)
		}
	}
	r.close()
	if err := os.WriteFile(filepath.Join(dir, crashName), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := Remove(dir); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
			t.Fatal("it is still there:", err)
		}
	}
}
