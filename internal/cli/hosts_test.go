//go:build linux

package cli

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
	"github.com/sellerkey/sellerkey/internal/vault"
)

// internet is all that a program sees of it through its proxy: the pretend Amazon
// under Amazon's own names, over TLS.
type internet struct {
	t      *testing.T
	amazon *practice.Server
	key    *ecdsa.PrivateKey
	ca     *x509.Certificate
	url    string

	mu    sync.Mutex
	asked []string
}

// newInternet returns one, and the file with the certificate of its authority.
func newInternet(t *testing.T) (*internet, string) {
	n := &internet{t: t, amazon: practicetest.Start(t, practice.Options{Now: time.Now})}
	var err error
	if n.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		t.Fatal(err)
	}
	n.ca = &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	file := filepath.Join(t.TempDir(), "authority.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: n.sign(n.ca)}), 0o600); err != nil {
		t.Fatal(err)
	}
	proxy := httptest.NewServer(http.HandlerFunc(n.connect))
	t.Cleanup(proxy.Close)
	n.url = proxy.URL
	return n, file
}

func (n *internet) sign(c *x509.Certificate) []byte {
	der, err := x509.CreateCertificate(rand.Reader, c, n.ca, n.key.Public(), n.key)
	if err != nil {
		n.t.Error(err)
	}
	return der
}

// connect is one CONNECT of the program, and the request in it.
func (n *internet) connect(w http.ResponseWriter, r *http.Request) {
	host, _, _ := strings.Cut(r.Host, ":")
	n.mu.Lock()
	n.asked = append(n.asked, host)
	n.mu.Unlock()
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		n.t.Error(err)
		return
	}
	defer conn.Close()
	_, _ = conn.Write([]byte("HTTP/1.1 200 OK\r\n\r\n"))
	leaf := n.sign(&x509.Certificate{SerialNumber: big.NewInt(2), NotBefore: n.ca.NotBefore, NotAfter: n.ca.NotAfter, DNSNames: []string{host}})
	inside := tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{leaf}, PrivateKey: n.key}}})
	defer inside.Close()
	req, err := http.ReadRequest(bufio.NewReader(inside))
	if err != nil {
		n.t.Errorf("%s: %v", host, err)
		return
	}
	if host != "api.amazon.com" {
		req.URL.Path = "/" + host + req.URL.Path
	}
	req.Host = "127.0.0.1"
	answer := httptest.NewRecorder()
	n.amazon.ServeHTTP(answer, req)
	_ = answer.Result().Write(inside)
}

// TestSandboxHosts looks at the program from outside, with Amazon's real names and
// its own transport: no production host is asked for a sandbox account and no sandbox
// for any other, also where the app is of the other kind and every host refuses.
func TestSandboxHosts(t *testing.T) {
	n, authority := newInternet(t)
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name         string
		account, app bool // of the sandbox
		works        bool
	}{
		{"a sandbox account", true, true, true},
		{"any other account", false, false, true},
		{"a sandbox account with another app's token", true, false, false},
		{"any other account with a sandbox app's token", false, true, false},
	} {
		dir, sample := t.TempDir(), n.amazon.Sample()
		if c.app {
			sample = n.amazon.Sandbox()
		}
		store, err := account.Open(dir, vault.NewMemory(), time.Now)
		if err != nil {
			t.Fatal(err)
		}
		a := account.Account{Name: "Tokyo shop", Marketplace: "JP", ClientID: sample.ClientID, Sandbox: c.account, SelfAuthorized: true}
		if _, err := store.Save(t.Context(), a, account.Secrets{ClientSecret: sample.ClientSecret, RefreshToken: sample.RefreshToken}); err != nil {
			t.Fatal(err)
		}
		n.mu.Lock()
		n.asked = nil
		n.mu.Unlock()
		cmd := exec.CommandContext(t.Context(), exe, "check", "Tokyo")
		cmd.Env = append(os.Environ(), child+"="+dir, "SSL_CERT_FILE="+authority,
			"HTTPS_PROXY="+n.url, "https_proxy="+n.url, "NO_PROXY=", "no_proxy=")
		out, err := cmd.CombinedOutput()
		n.mu.Lock()
		slices.Sort(n.asked)
		asked := strings.Join(n.asked, " ")
		n.mu.Unlock()
		want := "api.amazon.com KINDsellingpartnerapi-fe.amazon.com"
		if !c.works {
			want = "api.amazon.com KINDsellingpartnerapi-eu.amazon.com KINDsellingpartnerapi-fe.amazon.com KINDsellingpartnerapi-na.amazon.com"
		}
		kind := ""
		if c.account {
			kind = "sandbox."
		}
		if want = strings.ReplaceAll(want, "KIND", kind); asked != want || (err == nil) != c.works {
			t.Errorf("%s: asked %s, want %s: %v\n%s", c.name, asked, want, err, out)
		}
	}
}
