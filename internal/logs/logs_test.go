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
	log := newLogger(&out)
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

// TestMaskKnowsDressedSecrets: as they look in other notations.
func TestMaskKnowsDressedSecrets(t *testing.T) {
	hex := strings.Repeat("0e", 32)
	for _, s := range []string{
		"Authorization: Bearer " + distinctive, "authorization=Basic " + distinctive, `"Authorization":"Bearer ` + distinctive + `"`, "Bearer " + distinctive,
		"x-amz-access-token: " + distinctive, "X-Amz-Access-Token=" + distinctive, "proxyconnect http://user:" + distinctive + "@proxy.example:3128: refused",
		"ATZR|" + distinctive, "atza|" + distinctive, `Atzr\u007c` + distinctive, `Atzr\\u007C` + distinctive, "Atzr&#124;" + distinctive, "Atzr&#x7c;" + distinctive,
		"Atzr%257C" + distinctive, "Atzr│" + distinctive, "Atzr｜" + distinctive, "Refresh_Token=" + distinctive, "password=" + distinctive,
		"AMZN1.OA2-CS.V1." + distinctive,
	} {
		if got := mask(s); strings.Contains(got, distinctive) || !strings.Contains(got, "[secret]") {
			t.Errorf("mask(%q) = %q", s, got)
		}
	}
	for _, s := range []string{"key" + hex, hex + "key", strings.ToUpper(hex), "0" + hex + "0"} {
		if got := mask(s); strings.Contains(strings.ToLower(got), hex[:32]) {
			t.Errorf("mask(%q) = %q", s, got)
		}
	}
}

func TestOrdinaryTextStays(t *testing.T) {
	for _, s := range []string{
		"host sellercentral.amazon.co.jp", "exit 2", "account JP · A1EXAMPLE00011", "invalid_grant",
		"GET https://api.amazon.com/auth/o2/token: timeout", "at 12:30", "dial tcp 127.0.0.1:443: refused",
	} {
		if got := mask(s); got != s {
			t.Errorf("mask(%q) = %q", s, got)
		}
	}
}

// TestOldLog: a big file makes room for a new one, and only one old file stays.
func TestOldLog(t *testing.T) {
	dir := t.TempDir()
	for _, word := range []string{"first", "second", "third"} {
		log, done, err := Open(dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		log.Info(word + strings.Repeat(" more", maxSize/5))
		done()
	}
	for name, word := range map[string]string{fileName: "third", oldName: "second"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || !bytes.Contains(text, []byte(word)) || bytes.Contains(text, []byte("first")) {
			t.Errorf("%s: %d bytes, %v", name, len(text), err)
		}
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
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

// closed is the standard error of a program with a window on Windows.
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
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{fileName, oldName, crashName} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
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
