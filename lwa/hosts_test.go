package lwa

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestHosts is the whole list of whom the program speaks to.
func TestHosts(t *testing.T) {
	for address, want := range map[string]bool{
		TokenURL: true,
		"https://sellingpartnerapi-na.amazon.com/sellers/v1/marketplaceParticipations": true,
		"https://sellingpartnerapi-eu.amazon.com/":                                     true,
		"https://sellingpartnerapi-fe.amazon.com/":                                     true,
		"http://127.0.0.1:8080/auth/o2/token":                                          true,
		"http://127.8.9.10/":                                                           true,
		"http://[::1]:8080/":                                                           true,
		"http://localhost:8080/":                                                       true,

		"http://api.amazon.com/auth/o2/token":              false, // in clear
		"https://api.amazon.com:8443/auth/o2/token":        false,
		"https://api.amazon.com@example.com/":              false,
		"https://someone@api.amazon.com/":                  false,
		"https://api.amazon.com.example.com/":              false,
		"https://example.com/api.amazon.com":               false,
		"https://api.amazon.co.jp/auth/o2/token":           false, // Amazon's, for other services
		"https://sandbox.sellingpartnerapi-na.amazon.com/": false,
		"https://sellercentral.amazon.co.jp/":              false, // for the browser
		"https://amazon.com/":                              false,
		"https://127.0.0.1.example.com/":                   false,
		"https://localhost.example.com/":                   false,
		"https://10.0.0.1/":                                false,
		"https://[::ffff:10.0.0.1]/":                       false,
		"https://169.254.169.254/":                         false,
		"https:///":                                        false,
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := mayReach(u); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
	for _, m := range Marketplaces() {
		if u, err := url.Parse(m.Region.Endpoint()); err != nil || !mayReach(u) {
			t.Errorf("the SP-API of %s may not be reached: %v", m.Code, err)
		}
	}
}

// TestStrangersGetNothing: a request for anybody else ends before a connection
// is made, also where a proxy would make it. A request for Amazon goes to that
// proxy, and its host is all that the proxy learns.
func TestStrangersGetNothing(t *testing.T) {
	const address = "SELLERKEY_TEST_ASK"
	if to := os.Getenv(address); to != "" { // in a process of its own: net/http reads the proxy once
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		_, err := (&Client{TokenURL: to}).Refresh(ctx, Credentials{ClientID: "amzn1.application-oa2-client.EXAMPLE", ClientSecret: NewSecret("EXAMPLE")}, NewSecret("Atzr|EXAMPLE"))
		var e *Error
		if !errors.As(err, &e) {
			t.Fatal(err)
		}
		t.Logf("kind %s", e.Kind)
		return
	}
	var mu sync.Mutex
	var asked []string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		asked = append(asked, r.Method+" "+r.Host)
		if r.Header.Get("Authorization") != "" || r.ContentLength > 0 {
			t.Errorf("the proxy got more than a host: %v", r.Header)
		}
		w.WriteHeader(http.StatusForbidden)
	}))
	defer proxy.Close()
	for _, tc := range []struct {
		to    string
		kind  Kind
		proxy []string
	}{
		{TokenURL, KindNotAmazon, []string{"CONNECT api.amazon.com:443"}},
		{"https://api.amazon.example.com/auth/o2/token", KindMalformedRequest, nil},
		{"http://api.amazon.com/auth/o2/token", KindMalformedRequest, nil},
		{"https://192.0.2.1/auth/o2/token", KindMalformedRequest, nil},
	} {
		mu.Lock()
		asked = nil
		mu.Unlock()
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestStrangersGetNothing$", "-test.v")
		cmd.Env = append(os.Environ(), address+"="+tc.to,
			"HTTPS_PROXY="+proxy.URL, "HTTP_PROXY="+proxy.URL, "https_proxy="+proxy.URL, "http_proxy="+proxy.URL, "NO_PROXY=", "no_proxy=")
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), "kind "+string(tc.kind)+"\n") {
			t.Errorf("%s: %v, want %s\n%s", tc.to, err, tc.kind, out)
		}
		mu.Lock()
		if !slices.Equal(asked, tc.proxy) {
			t.Errorf("%s: the proxy was asked %q", tc.to, asked)
		}
		mu.Unlock()
	}
}
