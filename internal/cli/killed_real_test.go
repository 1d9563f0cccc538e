//go:build linux

package cli

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
	"github.com/sellerkey/sellerkey/internal/vault"
)

// replacing is a token endpoint that sends a new refresh token with every
// response, so that each of them has something to lose.
type replacing struct {
	mu     sync.Mutex
	issued map[string]bool
}

func (s *replacing) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.issued[r.FormValue("refresh_token")] {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"error":"invalid_grant"}`))
		return
	}
	next := fmt.Sprintf("Atzr|EXAMPLE%d", len(s.issued))
	s.issued[next] = true
	// Not good for five minutes, so that the next one asks, too.
	_, _ = fmt.Fprintf(w, `{"access_token":"Atza|EXAMPLE%d","refresh_token":"%s","token_type":"bearer","expires_in":200}`, len(s.issued), next)
}

// TestRealKeyringTokenKilled kills token 500 times at a random moment. Each time
// the refresh token in the keychain is whole and one that Amazon knows, the client
// secret and the list of accounts are what they were, and no lock is held.
func TestRealKeyringTokenKilled(t *testing.T) {
	if os.Getenv("SELLERKEY_TEST_KEYRING") != "1" {
		t.Skip("needs a real keychain that may be written to: SELLERKEY_TEST_KEYRING=1")
	}
	kills := 500
	if testing.Short() {
		kills = 50
	}
	service := fmt.Sprintf("app.sellerkey.test.%d.token", os.Getpid())
	keychain := vault.NewKeychain(service)
	sample := practicetest.Start(t, practice.Options{Now: time.Now}).Sample()
	endpoint := &replacing{issued: map[string]bool{sample.RefreshToken.Reveal(): true}}
	amazon := httptest.NewServer(endpoint)
	t.Cleanup(amazon.Close)
	dir := t.TempDir()
	id := save(t, dir, keychain, sample, "Tokyo shop")
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := func(args ...string) *exec.Cmd {
		cmd := exec.Command(exe, append([]string{"--token-url", amazon.URL}, args...)...)
		cmd.Env = append(os.Environ(), child+"="+dir, childService+"="+service)
		return cmd
	}
	t.Cleanup(func() {
		if out, err := command("forget", id, "--yes").CombinedOutput(); err != nil {
			t.Errorf("forget: %v: %s", err, out)
		}
	})
	began := time.Now()
	if out, err := command("token", id).Output(); err != nil || !strings.HasPrefix(string(out), "Atza|") {
		t.Fatalf("%q, %v", out, err)
	}
	life := time.Since(began) // some get to the end

	killed, runs := 0, 0
	for run := range 20 * kills { // most get killed, the others come first
		if killed == kills {
			break
		}
		runs++
		cmd := command("token", id)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(rand.N(life), func() { _ = cmd.Process.Kill() })
		var exit *exec.ExitError
		if err := cmd.Wait(); errors.As(err, &exit) && exit.ExitCode() < 0 {
			killed++
		} else if err != nil {
			t.Fatalf("run %d: %v", run, err)
		}
		noLock(t, dir)
		store, err := account.Open(dir, keychain, nil)
		if err != nil {
			t.Fatal(err)
		}
		secrets, err := store.Secrets(t.Context(), id)
		if err != nil || len(store.Notices()) > 0 || len(store.List()) != 1 {
			t.Fatalf("run %d: %v, %d accounts", run, err, len(store.List()))
		}
		endpoint.mu.Lock()
		known := endpoint.issued[secrets.RefreshToken.Reveal()]
		endpoint.mu.Unlock()
		if !known || !secrets.ClientSecret.Equal(sample.ClientSecret) {
			t.Fatalf("run %d: the keys are not those that were saved", run)
		}
	}
	t.Logf("%d of %d were killed; %d responses", killed, runs, len(endpoint.issued)-1)
	if killed < kills {
		t.Error("too few were killed")
	}
	if out, err := command("token", id).Output(); err != nil || !strings.HasPrefix(string(out), "Atza|") {
		t.Errorf("afterward: %q, %v", out, err)
	}
}

// noLock fails if a lock in a folder is held.
func noLock(t *testing.T, dir string) {
	t.Helper()
	locks, err := filepath.Glob(filepath.Join(dir, "*.lock"))
	if err != nil || len(locks) == 0 {
		t.Fatalf("no files for locks: %v", err)
	}
	for _, path := range locks {
		ctx, cancel := context.WithCancel(t.Context())
		cancel() // now or never
		unlock, err := disk.Lock(ctx, path)
		if err != nil {
			t.Fatalf("%s: %v", filepath.Base(path), err)
		}
		unlock()
	}
}
