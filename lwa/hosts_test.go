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

// TestHosts is the whole list of whom the program speaks to, for all apps but sandbox
// apps and for sandbox apps.
func TestHosts(t *testing.T) {
	type allowed struct{ production, sandbox bool }
	no, both := allowed{}, allowed{true, true}
	for address, want := range map[string]allowed{
		TokenURL: both,
		"https://sellingpartnerapi-na.amazon.com/sellers/v1/marketplaceParticipations":         {production: true},
		"https://sellingpartnerapi-eu.amazon.com/":                                             {production: true},
		"https://sellingpartnerapi-fe.amazon.com/":                                             {production: true},
		"https://sandbox.sellingpartnerapi-na.amazon.com/sellers/v1/marketplaceParticipations": {sandbox: true},
		"https://sandbox.sellingpartnerapi-eu.amazon.com/":                                     {sandbox: true},
		"https://sandbox.sellingpartnerapi-fe.amazon.com/":                                     {sandbox: true},
		"http://127.0.0.1:8080/auth/o2/token":                                                  both,
		"http://127.8.9.10/":                                                                   both,
		"http://[::1]:8080/":                                                                   both,
		"http://localhost:8080/":                                                               both,

		"http://api.amazon.com/auth/o2/token":             no, // in clear
		"https://api.amazon.com:8443/auth/o2/token":       no,
		"https://api.amazon.com@example.com/":             no,
		"https://someone@api.amazon.com/":                 no,
		"https://api.amazon.com.example.com/":             no,
		"https://example.com/api.amazon.com":              no,
		"https://api.amazon.co.jp/auth/o2/token":          no, // Amazon's, for other services
		"http://sandbox.sellingpartnerapi-na.amazon.com/": no,
		"https://sandbox.api.amazon.com/auth/o2/token":    no,
		"https://sellercentral.amazon.co.jp/":             no, // for the browser
		"https://amazon.com/":                             no,
		"https://127.0.0.1.example.com/":                  no,
		"https://localhost.example.com/":                  no,
		"https://10.0.0.1/":                               no,
		"https://[::ffff:10.0.0.1]/":                      no,
		"https://169.254.169.254/":                        no,
		"https:///":                                       no,
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := (allowed{mayReach(u, false), mayReach(u, true)}); got != want {
			t.Errorf("%s: %+v", address, got)
		}
	}
	for _, m := range Marketplaces() {
		for _, sandbox := range []bool{false, true} {
			if u, err := url.Parse(Endpoint{m.Region, sandbox}.URL()); err != nil || !mayReach(u, sandbox) || mayReach(u, !sandbox) {
				t.Errorf("the SP-API of %s may not be reached: %v", m.Code, err)
			}
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
