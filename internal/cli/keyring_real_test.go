//go:build linux

package cli

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
	"github.com/sellerkey/sellerkey/internal/vault"
)

// TestRealKeyringOneRequest: fifty programs that ask for a token at once, with a
// real keychain between them and an Amazon that takes a second, make one
// request. So do fifty that are killed in the middle: the next to ask
// still gets a token.
func TestRealKeyringOneRequest(t *testing.T) {
	if os.Getenv("SELLERKEY_TEST_KEYRING") != "1" {
		t.Skip("needs a real keychain that may be written to: SELLERKEY_TEST_KEYRING=1")
	}
	service := fmt.Sprintf("app.sellerkey.test.%d.cli", os.Getpid())
	amazon := practicetest.Start(t, practice.Options{Now: time.Now})
	target, err := url.Parse(amazon.TokenURL())
	if err != nil {
		t.Fatal(err)
	}
	// What a killed program has sent may arrive after its end, so the programs that
	// are counted have an address of their own.
	forward := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.Out.URL, r.Out.Host = target, target.Host }}
	var requests atomic.Int32
	counted := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		forward.ServeHTTP(w, r)
	}))
	t.Cleanup(counted.Close)
	amazon.SetFault("/auth/o2/token", practice.Fault{Delay: time.Second})
	dir := t.TempDir()
	save(t, dir, vault.NewKeychain(service), amazon.Sample(), "Tokyo shop")
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	tokenURL := amazon.TokenURL()
	command := func(args ...string) *exec.Cmd {
		cmd := exec.Command(exe, append([]string{"--token-url", tokenURL}, args...)...)
		cmd.Env = append(os.Environ(), child+"="+dir, childService+"="+service)
		return cmd
	}
	t.Cleanup(func() {
		if out, err := command("forget", "Tokyo", "--yes").CombinedOutput(); err != nil {
			t.Errorf("forget: %v: %s", err, out)
		}
	})

	var killed sync.WaitGroup
	for range 50 {
		cmd := command("token", "Tokyo")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		killed.Go(func() {
			time.Sleep(rand.N(900 * time.Millisecond)) // at any moment of what it does
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		})
	}
	killed.Wait()
	tokenURL = counted.URL + target.Path

	var all sync.WaitGroup
	tokens := make([]string, 50)
	for i := range tokens {
		all.Go(func() {
			cmd := command("token", "Tokyo")
			var out, errs bytes.Buffer
			cmd.Stdout, cmd.Stderr = &out, &errs
			if err := cmd.Run(); err != nil {
				t.Errorf("%v: %s", err, &errs)
			}
			tokens[i] = out.String()
		})
	}
	all.Wait()
	for _, token := range tokens {
		if token != tokens[0] || !strings.HasPrefix(token, "Atza|") {
			t.Fatal("not everybody got the same token")
		}
	}
	if n := requests.Load(); n > 1 { // none if one of the killed was quicker
		t.Errorf("%d requests to Amazon", n)
	}
}
