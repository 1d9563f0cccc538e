package practice

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/lwa"
)

func TestSellers(t *testing.T) {
	st := newStage(t)
	fresh := func() string { return st.accessToken(accessPrefix, st.apps[0], newNonce()) }
	errorOf := func(path, token string) (int, spError) {
		t.Helper()
		var headers []string
		if token != "" {
			headers = []string{"x-amz-access-token", token}
		}
		resp, body := st.get(path, headers...)
		var e struct{ Errors []spError }
		if err := json.Unmarshal([]byte(body), &e); err != nil || resp.Header.Get("x-amzn-RequestId") == "" {
			t.Fatalf("%d %s", resp.StatusCode, body)
		}
		if len(e.Errors) == 0 {
			return resp.StatusCode, spError{}
		}
		return resp.StatusCode, e.Errors[0]
	}
	old := fresh()
	st.clock.move(accessLife)
	const denied = "Access to requested resource is denied."
	for _, tc := range []struct {
		name, path, token string
		want              spError
	}{
		{"no token", sellersPath, "", spError{"Unauthorized", denied, "Access token is missing in the request header."}},
		{"expired", sellersPath, old, spError{"Unauthorized", denied, "The access token you provided has expired."}},
		{"made up", sellersPath, "Atza|x", spError{"Unauthorized", denied, "The access token you provided is revoked, malformed or invalid."}},
		{"changed", sellersPath, changed(fresh()), spError{"Unauthorized", denied, "The access token you provided is revoked, malformed or invalid."}},
		{"refresh token", sellersPath, st.Sample().RefreshToken.Reveal(), spError{"Unauthorized", denied, "The access token you provided is revoked, malformed or invalid."}},
		{"app-only token", sellersPath, st.accessToken(appOnlyPrefix, st.apps[0], newNonce()), spError{"Unauthorized", denied, ""}},
		{"another path", "/sellers/v1/account", fresh(), spError{"MissingAuthenticationToken", "Missing Authentication Token", ""}},
	} {
		if status, e := errorOf(tc.path, tc.token); status != http.StatusForbidden || e != tc.want {
			t.Errorf("%s: %d %+v", tc.name, status, e)
		}
	}
	if resp, _ := st.get(sellersPath, "Authorization", "Bearer "+fresh()); resp.StatusCode != http.StatusForbidden {
		t.Errorf("Authorization: %d", resp.StatusCode)
	}

	resp, body := st.get(sellersPath, "x-amz-access-token", fresh())
	var answer struct{ Payload []participation }
	if err := json.Unmarshal([]byte(body), &answer); err != nil || resp.StatusCode != http.StatusOK || resp.Header.Get("x-amzn-RateLimit-Limit") != "0.016" {
		t.Fatalf("%d %s", resp.StatusCode, body)
	}
	for _, p := range answer.Payload {
		if strings.Contains(p.Marketplace.Name, "Non-Amazon") || strings.Contains(p.Marketplace.Name, "Shadow") {
			continue
		}
		m, ok := lwa.FindMarketplace(p.Marketplace.CountryCode)
		if !ok || m.ID != p.Marketplace.ID || m.Region != lwa.FarEast || p.Participation.IsParticipating != (m.Code == "JP") {
			t.Errorf("%+v", p)
		}
	}

	// One call is gone; fourteen are left, and each minute and a bit brings one.
	for range burst - 1 {
		if resp, _ := st.get(sellersPath, "x-amz-access-token", fresh()); resp.StatusCode != http.StatusOK {
			t.Fatalf("within the burst: %d", resp.StatusCode)
		}
	}
	for _, tc := range []struct {
		wait time.Duration
		want int
	}{{0, 429}, {61 * time.Second, 429}, {2 * time.Second, 200}, {time.Second, 429}} {
		st.clock.move(tc.wait)
		if status, e := errorOf(sellersPath, fresh()); status != tc.want || status == 429 && e.Code != "QuotaExceeded" {
			t.Errorf("after %v: %d %+v", tc.wait, status, e)
		}
	}
	// The plan is one app's.
	if resp, _ := st.get(sellersPath, "x-amz-access-token", st.accessToken(accessPrefix, st.apps[1], newNonce())); resp.StatusCode != http.StatusOK {
		t.Errorf("another app: %d", resp.StatusCode)
	}
}

func TestHost(t *testing.T) {
	st := newStage(t)
	for host, want := range map[string]int{
		"127.0.0.1": 200, "localhost:99": 200, "LOCALHOST": 200, "[::1]:80": 200, "127.1.2.3:4": 200,
		"example.com": 421, "127.0.0.1.example.com": 421, "localhost.example.com:80": 421, "10.0.0.1": 421, "127.0.0.1@example.com": 421,
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, st.origin+registerPath, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = host
		if resp, _ := st.do(req); resp.StatusCode != want {
			t.Errorf("%s: %d", host, resp.StatusCode)
		}
	}
}

func TestStart(t *testing.T) {
	for _, addr := range []string{"", "0.0.0.0:0", ":0", "192.0.2.1:0", "example.com:0", "127.0.0.1", "[::]:0"} {
		s := New(Options{})
		if err := s.Start(addr); err == nil {
			t.Errorf("started on %q", addr)
			_ = s.Close()
		}
	}
	s := New(Options{})
	if s.Origin() != "" {
		t.Error("an origin before the start")
	}
	if err := s.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	if s.Start("127.0.0.1:0") == nil {
		t.Error("started twice")
	}
	for _, address := range []string{s.TokenURL(), s.SPAPIURL() + sellersPath, s.RegistrationURL()} {
		if !strings.HasPrefix(address, "http://127.0.0.1:") {
			t.Errorf("address %s", address)
		}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode == http.StatusNotFound {
			t.Errorf("%s: not found", address)
		}
	}
	for range 2 {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	}
	if s.Start("127.0.0.1:0") == nil {
		t.Error("started after the end")
	}
}

func TestFaults(t *testing.T) {
	st := newStage(t)
	sample := st.Sample()
	refresh := func() error {
		_, err := st.client().Exchange(t.Context(), credentials(sample), lwa.NewSecret("PRACTICEabcdefghijkl"), "")
		return err
	}
	kind := func(err error) lwa.Kind {
		var e *lwa.Error
		errors.As(err, &e)
		if e == nil {
			return ""
		}
		return e.Kind
	}
	usual := kind(refresh())

	st.SetFault(tokenPath, Fault{Status: 503, RetryAfter: "7", ContentType: "text/html", Body: "<h1>down</h1>", Times: 2})
	for i, want := range []int{503, 503, 400} {
		resp, body := st.post(tokenPath, formType, "x=y")
		if resp.StatusCode != want {
			t.Errorf("%d: %d", i, resp.StatusCode)
		}
		if want == 503 && (resp.Header.Get("Retry-After") != "7" || resp.Header.Get("Content-Type") != "text/html" || body != "<h1>down</h1>") {
			t.Errorf("%d: %v %s", i, resp.Header, body)
		}
	}

	st.SetFault(tokenPath, Fault{Status: 500, Body: `{}`})
	if resp, _ := st.post(tokenPath, formType, "x=y"); resp.StatusCode != 500 || resp.Header.Get("Content-Type") != "application/json;charset=UTF-8" {
		t.Errorf("500: %v", resp.Header)
	}
	if resp, _ := st.get(registerPath); resp.StatusCode != http.StatusOK {
		t.Errorf("another path: %d", resp.StatusCode)
	}
	st.ClearFaults()
	if got := kind(refresh()); got != usual {
		t.Errorf("cleared: %v", got)
	}

	broken := func() error {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, st.origin+tokenPath, strings.NewReader("x=y"))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := st.browser.Do(req)
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		_, err = io.ReadAll(resp.Body)
		return err
	}
	st.SetFault(tokenPath, Fault{Reset: true})
	if err := broken(); err == nil {
		t.Error("reset: an answer")
	}
	st.SetFault(tokenPath, Fault{Status: 200, Body: `{"access_token":"Atza|x"}`, CutOff: true})
	if err := broken(); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("cut off: %v", err)
	}

	// An answer that is lost on its way has spent the code all the same.
	code := st.code(sample)
	exchange := fields(sample, "grant_type", "authorization_code", "code", code).Encode()
	st.SetFault(tokenPath, Fault{CutOff: true, Times: 1})
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, st.origin+tokenPath, strings.NewReader(exchange))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", formType)
	if resp, err := st.browser.Do(req); err == nil {
		if _, err := io.ReadAll(resp.Body); err == nil {
			t.Error("cut off: a whole answer")
		}
		_ = resp.Body.Close()
	}
	if a := st.ask(formType, exchange); a.Error != "invalid_grant" {
		t.Errorf("after the lost answer: %+v", a)
	}

	st.SetFault(tokenPath, Fault{Delay: 30 * time.Millisecond})
	begin := time.Now()
	if a := st.ask(formType, fields(sample, "grant_type", "refresh_token", "refresh_token", sample.RefreshToken.Reveal()).Encode()); a.status != http.StatusOK || time.Since(begin) < 30*time.Millisecond {
		t.Errorf("late: %+v", a)
	}
}

// TestCloseEndsADelay: the program must not wait at its end.
func TestCloseEndsADelay(t *testing.T) {
	s := New(Options{})
	if err := s.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	s.SetFault(registerPath, Fault{Delay: time.Hour})
	done := make(chan error, 1)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.RegistrationURL(), nil)
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		resp, err := http.DefaultClient.Do(req)
		if err == nil {
			_ = resp.Body.Close()
		}
		done <- err
	}()
	time.Sleep(20 * time.Millisecond)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	select {
	case err := <-done:
		if err == nil {
			t.Error("an answer")
		}
	case <-time.After(10 * time.Second):
		t.Error("still waiting")
	}
}

func TestLogHasNoSecrets(t *testing.T) {
	st := newStage(t)
	sample := st.Sample()
	code := st.code(sample)
	st.get("/" + code)
	st.get("/landing?spapi_oauth_code=" + code)
	st.get("/apps/authorize/confirm/" + code)
	st.ask(formType, fields(sample, "grant_type", "authorization_code", "code", code).Encode())
	st.mu.Lock()
	defer st.mu.Unlock()
	log := st.log.String()
	for _, secret := range []string{code, sample.ClientSecret.Reveal(), "Atz"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log has a secret:\n%s", log)
		}
	}
	for _, want := range []string{"POST /auth/o2/token 200", "GET (another path) 404", "GET /landing 200"} {
		if !strings.Contains(log, want) {
			t.Errorf("the log does not say %q:\n%s", want, log)
		}
	}
}

// TestMemoryIsBounded: a loop must not fill this computer.
func TestMemoryIsBounded(t *testing.T) {
	s := New(Options{})
	for range maxKept + 10 {
		s.issueCode(s.apps[0], s.sellerNumbered(0), "", "")
	}
	if n := len(s.grants); n > maxKept {
		t.Errorf("%d codes", n)
	}
}
