//go:build linux

package cli

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// TestRealKeyringSecretsStayPut looks at the system calls of the commands that
// hand out secrets: no secret is on a command line, in a file, or in the
// environment of a process other than the one that run becomes.
func TestRealKeyringSecretsStayPut(t *testing.T) {
	if os.Getenv("SELLERKEY_TEST_KEYRING") != "1" {
		t.Skip("needs a real keychain that may be written to: SELLERKEY_TEST_KEYRING=1")
	}
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Fatal(err)
	}
	service := fmt.Sprintf("app.sellerkey.test.%d.strace", os.Getpid())
	amazon := practicetest.Start(t, practice.Options{Now: time.Now})
	sample := amazon.Sample()
	dir := t.TempDir()
	keychain := vault.NewKeychain(service)
	save(t, dir, keychain, sample, "Tokyo shop")
	// Nothing else on this computer has these.
	own := sample
	own.SellerID = "A2EXAMPLE00000"
	own.ClientSecret = lwa.NewSecret("amzn1.oa2-cs.v1.EXAMPLE" + rand.Text())
	own.RefreshToken = lwa.NewSecret("Atzr|EXAMPLE" + rand.Text())
	id := save(t, dir, keychain, own, "Osaka shop")
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	trace := filepath.Join(t.TempDir(), "trace")
	command := func(args ...string) *exec.Cmd {
		flags := []string{"-f", "-y", "-v", "-s", "1000000", "-e", "trace=execve,execveat,write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg,sendmmsg", "-o", trace}
		cmd := exec.Command(strace, append(append(flags, exe, "--token-url", amazon.TokenURL()), args...)...)
		cmd.Env = append(os.Environ(), child+"="+dir, childService+"="+service)
		return cmd
	}
	t.Cleanup(func() {
		for _, name := range []string{"Tokyo", "Osaka"} {
			cmd := exec.Command(exe, "forget", name, "--yes")
			cmd.Env = append(os.Environ(), child+"="+dir, childService+"="+service)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("forget: %v: %s", err, out)
			}
		}
	})
	amazons := []string{sample.ClientSecret.Reveal(), sample.RefreshToken.Reveal(), "Atza|"}
	secrets := []string{own.ClientSecret.Reveal(), own.RefreshToken.Reveal()}
	look := func(program string, secrets []string) {
		t.Helper()
		seen, leaks := readTrace(t, trace, secrets, program)
		if !seen {
			t.Error("the trace doesn't show where the secret went")
		}
		for _, leak := range leaks {
			t.Error(leak)
		}
	}

	// token: asks Amazon, then from the keychain. export: to a pipe.
	for _, args := range [][]string{{"token", "Tokyo"}, {"token", "Tokyo", "--json"}} {
		if out, err := command(args...).Output(); err != nil || !holdsOne(out, amazons) {
			t.Fatalf("%v: %v", args, err)
		}
		look("", amazons)
	}
	if out, err := command("export", "Osaka", "--yes", "--format", "json").Output(); err != nil || !holdsOne(out, secrets) {
		t.Fatal(err)
	}
	look("", secrets)

	// run: the program waits while the computer is searched.
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Fatal(err)
	}
	cmd := command("run", "Osaka", "--as", "mcp", "--", "sh", "-c", "echo ready; read line")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(stdout).ReadString('\n'); line != "ready\n" {
		t.Fatal(line, err)
	}
	if holders := environments(t, secrets); len(holders) != 1 || holders[0] != "sh" {
		t.Errorf("the environments of %q have a secret; want that of sh alone", holders)
	}
	_, _ = io.WriteString(stdin, "\n")
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
	look(shell, secrets)

	// Files: the data folder, and the home folder of this test with the keyring's.
	for _, root := range []string{dir, os.Getenv("HOME"), os.Getenv("XDG_RUNTIME_DIR"), os.TempDir()} {
		_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() && path != trace {
				if data, err := os.ReadFile(path); err == nil && holdsOne(data, secrets) {
					t.Errorf("a secret is in %s", path)
				}
			}
			return nil
		})
	}
	if got, err := keychain.Get(context.Background(), id+".refresh_token"); err != nil || got.Reveal() != secrets[1] {
		t.Error("the keychain isn't where the secret is: ", err)
	}

	// That this way of looking finds what it should.
	if err := command("export", "Osaka", "--yes", "-o", filepath.Join(t.TempDir(), ".env")).Run(); err != nil {
		t.Fatal(err)
	}
	if _, leaks := readTrace(t, trace, secrets, ""); len(leaks) == 0 {
		t.Error("a file with secrets was written, and the trace doesn't show it")
	}
}

func holdsOne(text []byte, secrets []string) bool {
	for _, secret := range secrets {
		if bytes.Contains(text, []byte(secret)) {
			return true
		}
	}
	return false
}

var (
	writeCall = regexp.MustCompile(`(?:write|pwrite64|writev|pwritev2?|sendto|sendmsg|sendmmsg)\(\d+<([^>]*)`)
	execCall  = regexp.MustCompile(`execve\("([^"]*)", \[(.*?)\], \[(.*)`)
)

// readTrace tells whether secrets are in a trace, and where they are but may not
// be: anywhere but in what goes into sockets and pipes, and in the environment of
// program.
func readTrace(t *testing.T, trace string, secrets []string, program string) (seen bool, leaks []string) {
	t.Helper()
	text, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(text) {
		if !holdsOne(line, secrets) {
			continue
		}
		seen = true
		if m := execCall.FindSubmatch(line); m != nil {
			if holdsOne(m[2], secrets) || string(m[1]) != program {
				leaks = append(leaks, fmt.Sprintf("execve of %s with a secret", m[1]))
			}
			continue
		}
		m := writeCall.FindSubmatch(line)
		if m == nil || !strings.HasPrefix(string(m[1]), "socket:") && !strings.HasPrefix(string(m[1]), "pipe:") {
			leaks = append(leaks, fmt.Sprintf("a secret in a call: %.60s", line))
		}
	}
	return seen, leaks
}

// environments returns the names of all processes with a secret in their
// environment.
func environments(t *testing.T, secrets []string) (holders []string) {
	t.Helper()
	paths, err := filepath.Glob("/proc/[0-9]*/environ")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		if text, err := os.ReadFile(path); err == nil && holdsOne(text, secrets) {
			comm, _ := os.ReadFile(filepath.Join(filepath.Dir(path), "comm"))
			holders = append(holders, strings.TrimSpace(string(comm)))
		}
	}
	return holders
}
