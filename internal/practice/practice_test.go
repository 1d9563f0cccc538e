package practice

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/lwa"
)

// clock is one that stands still until it is moved.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// stage is a server with a browser before it.
type stage struct {
	*Server
	t       *testing.T
	clock   *clock
	origin  string
	browser *http.Client
	mu      sync.Mutex
	log     strings.Builder
}

func newStage(t *testing.T) *stage {
	t.Helper()
	st := &stage{t: t, clock: &clock{at: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}}
	st.Server = New(Options{Now: st.clock.now, Logf: func(format string, args ...any) {
		st.mu.Lock()
		defer st.mu.Unlock()
		fmt.Fprintf(&st.log, format+"\n", args...)
	}})
	server := httptest.NewServer(st.Server)
	t.Cleanup(func() {
		_ = st.Close()
		server.Close()
	})
	st.origin = server.URL
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	st.browser = &http.Client{
		Jar:           jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return st
}

func (st *stage) do(req *http.Request) (*http.Response, string) {
	st.t.Helper()
	resp, err := st.browser.Do(req)
	if err != nil {
		st.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		st.t.Fatal(err)
	}
	return resp, string(body)
}

// get gets an address; one without a host is on this server.
func (st *stage) get(address string, headers ...string) (*http.Response, string) {
	st.t.Helper()
	if strings.HasPrefix(address, "/") {
		address = st.origin + address
	}
	req, err := http.NewRequestWithContext(st.t.Context(), http.MethodGet, address, nil)
	if err != nil {
		st.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	return st.do(req)
}

func (st *stage) post(path, contentType, body string, headers ...string) (*http.Response, string) {
	st.t.Helper()
	req, err := http.NewRequestWithContext(st.t.Context(), http.MethodPost, st.origin+path, strings.NewReader(body))
	if err != nil {
		st.t.Fatal(err)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	return st.do(req)
}

const formType = "application/x-www-form-urlencoded;charset=UTF-8"

var hidden = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)

// formOn reads the hidden fields of a page, as a browser sends them.
func formOn(page string) url.Values {
	form := make(url.Values)
	for _, m := range hidden.FindAllStringSubmatch(page, -1) {
		form.Set(m[1], strings.NewReplacer("&#43;", "+", "&amp;", "&", "&#34;", `"`, "&#39;", "'", "&lt;", "<", "&gt;", ">").Replace(m[2]))
	}
	return form
}

func consentOf(s Sample, more string) string {
	_, query, _ := strings.Cut(s.ConsentLink, "?")
	return consentPath + "?" + query + more
}

// press opens a permission page, ticks the box and presses a button.
func (st *stage) press(address, action string) *http.Response {
	st.t.Helper()
	resp, page := st.get(address)
	if resp.StatusCode != http.StatusOK {
		st.t.Fatalf("permission page: %d", resp.StatusCode)
	}
	form := formOn(page)
	form.Set("action", action)
	form.Set("agree", "1")
	resp, _ = st.post(consentPath, formType, form.Encode())
	return resp
}

// confirm returns what a seller finds in the address bar after Confirm.
func (st *stage) confirmed(s Sample) url.Values {
	st.t.Helper()
	resp := st.press(consentOf(s, ""), "confirm")
	u, err := resp.Location()
	if err != nil {
		st.t.Fatalf("Confirm answered %d: %v", resp.StatusCode, err)
	}
	return u.Query()
}

func (st *stage) code(s Sample) string {
	st.t.Helper()
	return st.confirmed(s).Get("spapi_oauth_code")
}

func (st *stage) client() *lwa.Client { return &lwa.Client{TokenURL: st.origin + tokenPath} }

func credentials(s Sample) lwa.Credentials {
	return lwa.Credentials{ClientID: s.ClientID, ClientSecret: s.ClientSecret}
}

// TestWalk goes the whole way with the program's own client.
func TestWalk(t *testing.T) {
	st := newStage(t)
	sample := st.Sample()

	resp := st.press(consentOf(sample, ""), "confirm")
	if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Referrer-Policy") != "same-origin" || resp.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("Confirm: %d %v", resp.StatusCode, resp.Header)
	}
	address := resp.Header.Get("Location")
	if !strings.HasPrefix(address, st.origin+"/landing?spapi_oauth_code=") {
		t.Errorf("Confirm leads to %s", address)
	}
	landing, page := st.get(address)
	if landing.StatusCode != http.StatusOK || !strings.Contains(page, "practice_page.landing_copy") {
		t.Errorf("landing: %d", landing.StatusCode)
	}
	got, err := paste.ParseRedirect(address)
	if err != nil {
		t.Fatal(err)
	}
	if got.SellerID != sample.SellerID || got.State != "practice-guide" || strings.Contains(page, got.Code.Reveal()) {
		t.Errorf("the address says %+v, or the page shows the code", got)
	}
	t.Log(got.Warnings)

	token, err := st.client().Exchange(t.Context(), credentials(sample), got.Code, "")
	if err != nil {
		t.Fatal(err)
	}
	again, err := st.client().Refresh(t.Context(), credentials(sample), token.Refresh)
	if err != nil || !again.Refresh.Equal(token.Refresh) || again.Access.IsEmpty() {
		t.Fatalf("refresh: %v", err)
	}
	resp, page = st.get(sellersPath, "x-amz-access-token", again.Access.Reveal())
	if resp.StatusCode != http.StatusOK || !strings.Contains(page, `"countryCode":"JP"`) || !strings.Contains(page, storeName) {
		t.Errorf("sellers: %d %s", resp.StatusCode, page)
	}
	for _, secret := range []lwa.Secret{got.Code, token.Refresh, token.Access, sample.ClientSecret} {
		if strings.Contains(st.log.String(), secret.Reveal()) {
			t.Error("a secret in the log")
		}
	}
}

// TestHome: the sample link leads to the home store, whose account is signed in.
func TestHome(t *testing.T) {
	for home, sells := range map[string][]string{"": {"JP"}, "JP": {"JP"}, "BR": {"US", "BR"}, "US": {"US", "BR"}, "DE": {"UK", "DE", "FR", "IT", "ES"}, "SA": {"SA"}} {
		market, _ := lwa.FindMarketplace(home)
		s := New(Options{Home: market})
		market, _ = lwa.FindMarketplace(cmp.Or(home, "JP"))
		link, err := paste.ParseApp(s.Sample().ConsentLink)
		if err != nil || link.Host != market.SellerHost {
			t.Errorf("%q: the link goes to %q, %v", home, link.Host, err)
		}
		one := s.sellerNumbered(0)
		if one.id != sellerID || !slices.Equal(one.stores[:one.selling], sells) {
			t.Errorf("%q: the account is %+v", home, one)
		}
		if jp := s.sellerIn("JP"); jp.id != sellerID {
			t.Errorf("%q: Japan's account, which the guides lead to, is %s", home, jp.id)
		}
	}
}

// TestSellerAccounts: every store belongs to one account, whose answer has its
// stores and internal rows; no two accounts share an ID.
func TestSellerAccounts(t *testing.T) {
	s := New(Options{})
	left := map[string]bool{}
	for _, m := range lwa.Marketplaces() {
		left[m.ID] = true
	}
	ids := map[string]bool{}
	for _, one := range s.sellers() {
		if ids[one.id] {
			t.Errorf("%s twice", one.id)
		}
		ids[one.id] = true
		internal := 0
		for i, p := range s.participations(one) {
			m, ok := lwa.FindMarketplace(p.Marketplace.ID)
			if !ok {
				internal++
				continue
			}
			by, ok := lwa.FindMarketplace(p.Marketplace.CountryCode)
			if !left[m.ID] || !ok || by != m || m.Region != one.region() || p.Participation.IsParticipating != (i < one.selling) {
				t.Errorf("%s: %+v", one.id, p)
			}
			delete(left, m.ID)
		}
		if internal != 2 {
			t.Errorf("%s has %d internal rows", one.id, internal)
		}
	}
	if len(left) > 0 {
		t.Errorf("nobody sells in %v", left)
	}
}

// TestRegions: a token works at the endpoint of its seller's region, and is refused
// without a reason at the others.
func TestRegions(t *testing.T) {
	st := newStage(t)
	sample := st.Sample()
	for _, one := range st.sellers() {
		_, page := st.get(consentOf(sample, "&practice_seller="+one.stores[0]))
		form := formOn(page)
		form.Set("practice_seller", one.stores[0])
		form.Set("action", "confirm")
		form.Set("agree", "1")
		resp, _ := st.post(consentPath, formType, form.Encode())
		at, err := resp.Location()
		if err != nil || at.Query().Get("selling_partner_id") != one.id {
			t.Fatalf("%s: %v %v", one.id, at, err)
		}
		token, err := st.client().Exchange(t.Context(), credentials(sample), lwa.NewSecret(at.Query().Get("spapi_oauth_code")), "")
		if err != nil {
			t.Fatal(err)
		}
		for _, region := range lwa.Regions() {
			resp, body := st.get("/"+lwa.Endpoint{Region: region}.Host()+sellersPath, "x-amz-access-token", token.Access.Reveal())
			if works := resp.StatusCode == http.StatusOK; works != (region == one.region()) || !works && !strings.Contains(body, `"details":""`) {
				t.Errorf("%s at %s: %d %s", one.id, region, resp.StatusCode, body)
			}
		}
	}
}

// TestSandbox: the sandbox app's tokens work at the sandbox of their region and
// nowhere else, no other app's do there, and nobody can authorize the app.
func TestSandbox(t *testing.T) {
	st := newStage(t)
	tokenOf := func(sample Sample) string {
		token, err := st.client().Refresh(t.Context(), credentials(sample), sample.RefreshToken)
		if err != nil {
			t.Fatal(err)
		}
		return token.Access.Reveal()
	}
	for sandboxApp, token := range map[bool]string{true: tokenOf(st.Sandbox()), false: tokenOf(st.Sample())} {
		for _, region := range lwa.Regions() {
			for _, sandbox := range []bool{false, true} {
				at := lwa.Endpoint{Region: region, Sandbox: sandbox}
				resp, body := st.get("/"+at.Host()+sellersPath, "x-amz-access-token", token)
				if want := sandbox == sandboxApp && region == lwa.FarEast; (resp.StatusCode == http.StatusOK) != want || !want && !strings.Contains(body, `"details":""`) {
					t.Errorf("the sandbox app's: %v, at %s: %d %s", sandboxApp, at.Host(), resp.StatusCode, body)
				}
				if want := `"storeName":"BestSellerStore"`; strings.Contains(body, want) != (sandbox && sandboxApp && region == lwa.FarEast) {
					t.Errorf("at %s: %s", at.Host(), body)
				}
			}
		}
	}
	// An unknown path has another answer there.
	if resp, body := st.get("/"+lwa.Endpoint{Region: lwa.FarEast, Sandbox: true}.Host()+"/x", "x-amz-access-token", tokenOf(st.Sandbox())); resp.StatusCode != http.StatusForbidden || !strings.Contains(body, `"Unauthorized"`) || !strings.Contains(body, `"details":""`) {
		t.Errorf("an unknown path: %d %s", resp.StatusCode, body)
	}
	if resp, page := st.get(consentPath + "?application_id=" + st.Sandbox().ApplicationID); resp.StatusCode != http.StatusBadRequest || !strings.Contains(page, errDraft) {
		t.Errorf("the sandbox app can be authorized: %d", resp.StatusCode)
	}
}

// TestSignedIn: the host of the link says whose page it is.
func TestSignedIn(t *testing.T) {
	st := newStage(t)
	for host, code := range map[string]string{"": "JP", "sellercentral.amazon.com.au": "AU", "sellercentral-europe.amazon.com": "DE", "sellercentral.amazon.sa": "SA", "vendorcentral.amazon.com.br": "US", "elsewhere.example": "JP"} {
		want := st.sellerIn(code)
		if _, page := st.get(consentOf(st.Sample(), "&practice_host="+host)); !strings.Contains(page, `<option value="`+want.stores[0]+`" selected>`) {
			t.Errorf("%s: not %s", host, want.id)
		}
	}
}

// TestSample: the program must take the values for real ones.
func TestSample(t *testing.T) {
	s := New(Options{})
	for _, sample := range []Sample{s.Sample(), s.Published()} {
		link, err := paste.ParseApp(sample.ConsentLink)
		if err != nil || link.ApplicationID != sample.ApplicationID || link.Unusual || link.Repaired {
			t.Errorf("%s: %+v, %v", sample.ConsentLink, link, err)
		}
		for _, tc := range []struct {
			text string
			want paste.Shape
		}{
			{sample.ApplicationID, paste.ShapeApplicationID},
			{sample.ClientID, paste.ShapeClientID},
			{sample.ClientSecret.Reveal(), paste.ShapeClientSecret},
			{sample.RefreshToken.Reveal(), paste.ShapeRefreshToken},
			{sample.SellerID, paste.ShapeSellerID},
		} {
			if got := paste.Classify(tc.text); got != tc.want {
				t.Errorf("%s reads as %v, want %v", tc.text, got, tc.want)
			}
		}
		for field, text := range map[value.ID]string{
			value.ClientID: sample.ClientID, value.ClientSecret: sample.ClientSecret.Reveal(),
			value.RefreshToken: sample.RefreshToken.Reveal(),
		} {
			if hints := paste.CheckField(field, text); len(hints) != 0 {
				t.Errorf("%v: hints %v", field, hints)
			}
		}
		if n := len(sample.RefreshToken.Reveal()); n < 300 || n > 2048 {
			t.Errorf("refresh token of %d bytes", n)
		}
		other := New(Options{})
		if !other.Sample().RefreshToken.Equal(s.Sample().RefreshToken) {
			t.Error("the refresh token is another one at the next start")
		}
	}
}
