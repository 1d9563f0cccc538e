package practice

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/lwa"
)

func TestConsentCodes(t *testing.T) {
	st := newStage(t)
	draft, published := st.Sample().ApplicationID, st.Published().ApplicationID
	for _, tc := range []struct{ name, query, want string }{
		{"nothing", "", "MD4010"},
		{"no application", "state=x&version=beta", "MD4010"},
		{"unknown", "application_id=amzn1.sp.solution.00000000-0000-0000-0000-000000000009&version=beta", "MD1000"},
		{"draft without beta", "application_id=" + draft + "&state=x", "MD1000"},
		{"another version", "application_id=" + draft + "&version=2", "MD1000"},
		{"a second question mark", "application_id=" + draft + "?version=beta", "MD1000"},
		{"escaped for HTML", "application_id=" + draft + "&amp;version=beta", "MD1000"},
		{"the client ID", "application_id=" + st.Sample().ClientID + "&version=beta", "MD1000"},
		{"published with beta", "application_id=" + published + "&version=beta", ""},
		{"other redirect", "application_id=" + draft + "&version=beta&redirect_uri=https%3A%2F%2Fexample.com%2F", "MD5101"},
		{"redirect with more", "application_id=" + draft + "&version=beta&redirect_uri=" + url.QueryEscape(st.origin+"/landing/"), "MD5101"},
		{"fragment", "application_id=" + draft + "&version=beta&redirect_uri=" + url.QueryEscape(st.origin+"/landing#x"), "MD5110"},
		{"draft", "application_id=" + draft + "&version=beta&state=x", ""},
		{"published", "application_id=" + published, ""},
		{"registered redirect", "application_id=" + draft + "&version=beta&redirect_uri=" + url.QueryEscape(st.origin+"/landing"), ""},
	} {
		resp, page := st.get(consentPath + "?" + tc.query)
		if tc.want == "" {
			if resp.StatusCode != http.StatusOK || !strings.Contains(page, ">Confirm</button>") {
				t.Errorf("%s: %d", tc.name, resp.StatusCode)
			}
			continue
		}
		if resp.StatusCode != http.StatusBadRequest || !strings.Contains(page, `id="code">`+tc.want+"<") || strings.Contains(page, "Confirm") {
			t.Errorf("%s: %d, not %s", tc.name, resp.StatusCode, tc.want)
		}
		if code, ok := paste.FindAmazonError(tc.want); !ok || code != tc.want {
			t.Errorf("the program does not know %s", tc.want)
		}
	}
}

func TestConsentPage(t *testing.T) {
	st := newStage(t)
	resp, page := st.get(consentOf(st.Sample(), `&lang=ja&redirect_uri=`))
	for _, want := range append(permissions(), "practice_page.banner", "Practice Store", `<html lang="ja">`, `type="checkbox"`) {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
	csp := resp.Header.Get("Content-Security-Policy")
	nonce, _, _ := strings.Cut(strings.SplitN(csp, "script-src 'nonce-", 2)[1], "'")
	if len(nonce) < 20 || !strings.Contains(page, `<script nonce="`+nonce+`">`) || strings.Contains(csp, "unsafe") {
		t.Errorf("policy %s", csp)
	}
	if resp.Header.Get("X-Frame-Options") != "DENY" || resp.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("headers %v", resp.Header)
	}
	for _, bad := range []string{"http:", "https:", "amazon.co", "style=", "onclick"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %q in it", bad)
		}
	}
	// Hostile values stay text.
	_, page = st.get(consentPath + "?application_id=" + st.Sample().ApplicationID + "&version=beta&state=" + url.QueryEscape(`"><script>alert(1)</script>`))
	if strings.Contains(page, "<script>alert") {
		t.Error("the state is markup")
	}
}

func TestLanguage(t *testing.T) {
	st := newStage(t)
	for _, tc := range []struct{ query, accept, want string }{
		{"", "", "en"},
		{"", "ja,en-US;q=0.9", "ja"},
		{"", "de-DE,pt;q=0.8,en;q=0.5", "pt-BR"},
		{"", "fr", "en"},
		{"&lang=pt-BR", "ja", "pt-BR"},
		{"&lang=pt", "", "pt-BR"},
		{"&lang=JA-jp", "en", "ja"},
		{"&lang=xx", "ja", "ja"},
	} {
		_, page := st.get(consentOf(st.Sample(), tc.query), "Accept-Language", tc.accept)
		if !strings.Contains(page, `<html lang="`+tc.want+`">`) {
			t.Errorf("%q, %q: not %s", tc.query, tc.accept, tc.want)
		}
		if n := strings.Count(page, "hreflang="); n != len(i18n.Tags()) {
			t.Errorf("%d languages to choose", n)
		}
	}
	// The language lasts after Confirm without standing in the address.
	resp := st.press(consentOf(st.Sample(), "&lang=ja"), "confirm")
	address := resp.Header.Get("Location")
	if strings.Contains(address, "lang") {
		t.Errorf("the address is %s", address)
	}
	_, page := st.get(address, "Accept-Language", "en")
	if !strings.Contains(page, `<html lang="ja">`) || strings.Contains(page, "hreflang") {
		t.Error("the landing page lost the language, or offers to spoil the address")
	}
	if got, want := withLang("a=1&lang=en&b=%zz&a=2", "ja"), "a=1&b=%zz&a=2&lang=ja"; got != want {
		t.Errorf("withLang: %s", got)
	}
}

func TestConfirm(t *testing.T) {
	st := newStage(t)
	sample := st.Sample()
	open := func() url.Values {
		_, page := st.get(consentOf(sample, ""))
		form := formOn(page)
		form.Set("action", "confirm")
		form.Set("agree", "1")
		return form
	}
	for _, tc := range []struct {
		name    string
		change  func(url.Values)
		headers []string
		status  int
		want    string
	}{
		{"as it is", func(url.Values) {}, nil, http.StatusSeeOther, ""},
		{"from a browser", func(url.Values) {}, []string{"Origin", st.origin, "Sec-Fetch-Site", "same-origin"}, http.StatusSeeOther, ""},
		{"not ticked", func(f url.Values) { f.Del("agree") }, nil, http.StatusBadRequest, "practice_page.agree_first"},
		{"another redirect", func(f url.Values) { f.Set("redirect_uri", "https://example.com/") }, nil, http.StatusBadRequest, "MD5101"},
		{"from another site", func(url.Values) {}, []string{"Sec-Fetch-Site", "cross-site"}, http.StatusForbidden, ""},
		{"from another origin", func(url.Values) {}, []string{"Origin", "https://example.com"}, http.StatusForbidden, ""},
	} {
		form := open()
		tc.change(form)
		resp, page := st.post(consentPath, formType, form.Encode(), tc.headers...)
		if resp.StatusCode != tc.status || !strings.Contains(page, tc.want) {
			t.Errorf("%s: %d", tc.name, resp.StatusCode)
		}
		if tc.status != http.StatusSeeOther && resp.Header.Get("Location") != "" {
			t.Errorf("%s: goes to %s", tc.name, resp.Header.Get("Location"))
		}
	}
}

func TestAddressAfterConfirm(t *testing.T) {
	st := newStage(t)
	for _, state := range []string{"plain", "a b&c=d/é+%", ""} {
		q := "?application_id=" + st.Sample().ApplicationID + "&version=beta&state=" + url.QueryEscape(state)
		u, err := st.press(consentPath+q, "confirm").Location()
		if err != nil {
			t.Fatal(err)
		}
		got := u.Query()
		if got.Get("state") != state || got.Get("selling_partner_id") != sellerID || !isCode(got.Get("spapi_oauth_code")) {
			t.Errorf("state %q: %v", state, got)
		}
	}
	a, b := st.code(st.Sample()), st.code(st.Published())
	if a == b {
		t.Error("twice the same code")
	}
}

func TestCancel(t *testing.T) {
	st := newStage(t)
	address := st.press(consentOf(st.Sample(), ""), "cancel").Header.Get("Location")
	if want := st.origin + "/landing?error=access_denied&state=practice-guide"; address != want {
		t.Errorf("Cancel leads to %s", address)
	}
	if _, page := st.get(address); !strings.Contains(page, "practice_page.denied_text") {
		t.Error("the page does not say so")
	}
	if _, page := st.get(landingPath); !strings.Contains(page, "practice_page.empty_text") {
		t.Error("a landing page for nothing")
	}
}

func TestLoginHop(t *testing.T) {
	st := newStage(t)
	sample := st.Sample()
	begin := func() *url.URL {
		u, err := st.press(consentOf(sample, "&practice_hop=1"), "confirm").Location()
		if err != nil || u.Path != loginPath {
			t.Fatalf("Confirm leads to %v, %v", u, err)
		}
		return u
	}
	u := begin()
	q := u.Query()
	if q.Get("spapi_oauth_code") != "" || q.Get("selling_partner_id") != sellerID || q.Get("version") != "beta" ||
		q.Get("amazon_callback_uri") != confirmPath+sample.ApplicationID || q.Get("amazon_state") == "" {
		t.Errorf("sign-in page: %v", q)
	}
	if _, page := st.get(u.String()); !strings.Contains(page, "practice_page.login_text") || !strings.Contains(page, `id="continue"`) {
		t.Error("the sign-in page is not one")
	}
	onward := func(q url.Values, more string) (*http.Response, string) {
		return st.get(st.origin + q.Get("amazon_callback_uri") + "?amazon_state=" + url.QueryEscape(q.Get("amazon_state")) + more)
	}
	if resp, page := onward(q, "&state=mine"); resp.StatusCode != http.StatusBadRequest || !strings.Contains(page, "MD1000") {
		t.Errorf("without version=beta: %d", resp.StatusCode)
	}
	resp, _ := onward(q, "&state=mine&version=beta")
	back, err := resp.Location()
	if err != nil || back.Path != landingPath || back.Query().Get("state") != "mine" || !isCode(back.Query().Get("spapi_oauth_code")) {
		t.Errorf("back at %v, %v", back, err)
	}
	for name, try := range map[string]func() (*http.Response, string){
		"twice": func() (*http.Response, string) { return onward(q, "&state=mine&version=beta") },
		"made up": func() (*http.Response, string) {
			return onward(url.Values{"amazon_callback_uri": q["amazon_callback_uri"]}, "x")
		},
		"another app": func() (*http.Response, string) {
			other := begin().Query()
			other.Set("amazon_callback_uri", confirmPath+st.Published().ApplicationID)
			return onward(other, "&version=beta")
		},
		"late": func() (*http.Response, string) {
			late := begin().Query()
			st.clock.move(pageLife + time.Second)
			return onward(late, "&version=beta")
		},
	} {
		if resp, _ := try(); resp.StatusCode != http.StatusForbidden {
			t.Errorf("%s: %d", name, resp.StatusCode)
		}
	}

	st.SetLoginHop(true)
	if u, _ := st.press(consentOf(sample, ""), "confirm").Location(); u == nil || u.Path != loginPath {
		t.Errorf("switched on: %v", u)
	}
	st.SetLoginHop(false)
	if u, _ := st.press(consentOf(sample, ""), "confirm").Location(); u == nil || u.Path != landingPath {
		t.Errorf("switched off: %v", u)
	}
}

func TestRegister(t *testing.T) {
	st := newStage(t)
	send := func(seller, code string) (*http.Response, string) {
		_, page := st.get(registerPath)
		form := formOn(page)
		form.Set("seller_id", seller)
		form.Set("oauth_code", code)
		return st.post(registerPath, formType, form.Encode())
	}
	wrong := func(name, seller, code, why string) {
		t.Helper()
		resp, page := send(seller, code)
		if resp.StatusCode != http.StatusBadRequest || !strings.Contains(page, why) || code != "" && strings.Contains(page, code) {
			t.Errorf("%s: %d", name, resp.StatusCode)
		}
	}
	code := st.code(st.Sample())
	wrong("nothing", "", "", "practice_page.register_incomplete")
	wrong("no code", sellerID, "", "practice_page.register_incomplete")
	wrong("nobody", "A0PRACTICE0009", code, "practice_page.register_wrong_seller")
	wrong("another seller", "A0PRACTICE0002", code, "practice_page.register_wrong_code")
	wrong("another code", sellerID, "PRACTICEabcdefghijkl", "practice_page.register_wrong_code")
	if resp, page := send(" "+sellerID+" ", code+"\n"); resp.StatusCode != http.StatusOK || !strings.Contains(page, "practice_page.registered_text") {
		t.Errorf("the right one: %d", resp.StatusCode)
	}
	wrong("the same again", sellerID, code, "practice_page.register_wrong_code")
	if _, err := st.client().Exchange(t.Context(), credentials(st.Sample()), lwa.NewSecret(code), ""); err == nil {
		t.Error("the code still gets tokens")
	}

	exchanged := st.code(st.Sample())
	if _, err := st.client().Exchange(t.Context(), credentials(st.Sample()), lwa.NewSecret(exchanged), ""); err != nil {
		t.Fatal(err)
	}
	wrong("a code that has got tokens", sellerID, exchanged, "practice_page.register_wrong_code")

	old := st.code(st.Sample())
	st.clock.move(codeLife)
	wrong("an expired code", sellerID, old, "practice_page.register_wrong_code")

	resp, _ := st.post(registerPath, formType, url.Values{"seller_id": {sellerID}, "oauth_code": {st.code(st.Sample())}}.Encode(), "Sec-Fetch-Site", "cross-site")
	if resp.StatusCode != http.StatusForbidden {
		t.Errorf("from another site: %d", resp.StatusCode)
	}
}
