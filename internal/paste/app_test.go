package paste

import (
	"errors"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/lwa"
)

const (
	zeroApp  = "amzn1.sp.solution.00000000-0000-0000-0000-000000000000"
	zeroOld  = "amzn1.sellerapps.app.00000000-0000-0000-0000-000000000000"
	jpHost   = "sellercentral.amazon.co.jp"
	jpLink   = "https://" + jpHost + "/apps/authorize/consent?application_id=" + zeroApp
	zeroOA2  = "amzn1.application-oa2-client.00000000000000000000000000000000"
	fakeCode = "ANEXAMPLEcode0000031"
)

func TestParseApp(t *testing.T) {
	link := func(mod func(*lwa.ConsentLink)) lwa.ConsentLink {
		c := lwa.ConsentLink{Host: jpHost, ApplicationID: zeroApp}
		if mod != nil {
			mod(&c)
		}
		return c
	}
	repaired := func(c *lwa.ConsentLink) { c.Repaired = true }
	for _, c := range []struct {
		name, text string
		want       lwa.ConsentLink
	}{
		{"link", jpLink, link(nil)},
		{"guide", jpLink + "&version=beta&state=XXXXX", link(func(c *lwa.ConsentLink) { c.Draft, c.State = true, "XXXXX" })},
		{"redirect URI", jpLink + "&redirect_uri=https%3A%2F%2Fclient-example.com%2Fcb%3Fa%3Db&state=s", link(func(c *lwa.ConsentLink) { c.RedirectURI, c.State = "https://client-example.com/cb?a=b", "s" })},
		{"redirect URI raw", jpLink + "&redirect_uri=https://client-example.com/cb?a=b&state=s", link(func(c *lwa.ConsentLink) { c.RedirectURI, c.State = "https://client-example.com/cb?a=b", "s" })},
		{"sentence", "次のリンク（" + jpLink + "）を開いてください。", link(nil)},
		{"markdown", "[link](" + jpLink + ")", link(nil)},
		{"upper host", strings.Replace(jpLink, "sellercentral", "SellerCentral", 1), link(nil)},
		{"sample state", jpLink + "&state=<state>", link(nil)},
		{"vendor", strings.Replace(jpLink, "sellercentral", "vendorcentral", 1), link(func(c *lwa.ConsentLink) { c.Host = "vendorcentral.amazon.co.jp" })},
		{"country host", strings.Replace(jpLink, jpHost, "sellercentral.amazon.de", 1), link(func(c *lwa.ConsentLink) { c.Host = "sellercentral.amazon.de" })},
		{"second question", jpLink + "?version=beta&state=s", link(func(c *lwa.ConsentLink) { c.Repaired, c.Draft, c.State = true, true, "s" })},
		{"amp", jpLink + "&amp;version=beta&amp;state=s", link(func(c *lwa.ConsentLink) { c.Repaired, c.Draft, c.State = true, true, "s" })},
		{"lines", "https://" + jpHost + "/apps/authorize/consent\n?application_id=" + zeroApp + "\n&state=s", link(func(c *lwa.ConsentLink) { c.Repaired, c.State = true, "s" })},
		{"wrapped", jpLink[:70] + "\n" + jpLink[70:], link(repaired)},
		{"full width", strings.NewReplacer("?", "？", "&", "＆", "=", "＝").Replace(jpLink + "&version=beta"), link(func(c *lwa.ConsentLink) { c.Repaired, c.Draft = true, true })},
		{"http", strings.Replace(jpLink, "https", "http", 1), link(repaired)},
		{"scheme cut", strings.TrimPrefix(jpLink, "https://"), link(repaired)},
		{"escaped", "https%3A%2F%2Fsellercentral.amazon.co.jp%2Fapps%2Fauthorize%2Fconsent%3Fapplication_id%3D" + zeroApp, link(repaired)},
		{"sign-in page before it", "https://sellercentral.amazon.co.jp/ap/signin?openid.return_to=https%3A%2F%2Fsellercentral.amazon.co.jp%2Fapps%2Fauthorize%2Fconsent%3Fapplication_id%3D" + zeroApp, link(nil)},
		{"path only", "/apps/authorize/consent?application_id=" + zeroApp, lwa.ConsentLink{ApplicationID: zeroApp, Repaired: true}},
		{"hyphens lost", "https://" + jpHost + "/apps/authorize/consent?application_id=amzn1.sp.solution." + strings.Repeat("0", 32), link(func(c *lwa.ConsentLink) { c.Repaired, c.Unusual = true, true })},
		{"guide with a sample", jpLink + "\nhttps://client-example.com/?spapi_oauth_code=XXXXXXXX&state=XXXXX", link(nil)},
		{"twice", jpLink + "\n" + jpLink, link(nil)},
		{"name lost", "https://" + jpHost + "/apps/authorize/consent?" + zeroApp + "&version=beta", link(func(c *lwa.ConsentLink) { c.Draft, c.Repaired = true, true })},
		{"in the path", "https://" + jpHost + "/apps/authorize/consent/" + zeroApp + "?version=beta", link(func(c *lwa.ConsentLink) { c.Draft, c.Repaired = true, true })},
		{"colon", "https://" + jpHost + "/apps/authorize/consent?application_id:" + zeroApp + "&version=beta", link(func(c *lwa.ConsentLink) { c.Draft, c.Repaired = true, true })},
		{"another name", "https://" + jpHost + "/apps/authorize/consent?appId=" + zeroApp, link(repaired)},
		{"a character short", strings.TrimSuffix(jpLink, "0") + "&state=123", lwa.ConsentLink{Host: jpHost, ApplicationID: strings.TrimSuffix(zeroApp, "0"), State: "123", Unusual: true}},
		{"markdown, address twice", "[" + jpLink + "](" + jpLink + ")", link(nil)},
		{"cut in the ID", jpLink[:len(jpLink)-2] + "\n" + jpLink[len(jpLink)-2:], link(repaired)},
		{"cut behind the name", "https://" + jpHost + "/apps/authorize/consent?application_id=\n" + zeroApp + "&version=\nbeta\nMaria", link(func(c *lwa.ConsentLink) { c.Draft, c.Repaired = true, true })},
		{"cut early in the ID", strings.Replace(jpLink, "amzn1.s", "amzn1.s\n", 1), link(repaired)},
		{"cut at a hyphen", strings.Replace(jpLink, "00000000-", "00000000-\n", 1) + "&state=s", link(func(c *lwa.ConsentLink) { c.Repaired, c.State = true, "s" })},
		{"a number below", jpLink + "\n01", link(nil)},
		{"sample state in braces", jpLink + "&state=${state}", link(nil)},
		{"page in the app store", "https://" + jpHost + "/selling-partner-appstore/dp/" + zeroApp + "?ref=x", lwa.ConsentLink{ApplicationID: zeroApp}},
		{"ID and a number below", zeroApp + "\n1234", lwa.ConsentLink{ApplicationID: zeroApp}},
		{"ID cut, a date below", zeroApp[:40] + "\n" + zeroApp[40:] + "\n2026-11-28", lwa.ConsentLink{ApplicationID: zeroApp}},
		{"ID cut, a sentence behind", "ID: " + zeroApp[:30] + "\n" + zeroApp[30:] + " (5 min)", lwa.ConsentLink{ApplicationID: zeroApp}},
		{"ID a digit short, a number below", zeroApp[:len(zeroApp)-1] + "\n1234", lwa.ConsentLink{ApplicationID: zeroApp[:len(zeroApp)-1], Unusual: true}},
		{"ID twice without a gap", zeroApp + zeroApp, lwa.ConsentLink{ApplicationID: zeroApp}},
		{"new and old ID", "new: " + zeroApp + ", old: " + zeroOld, lwa.ConsentLink{ApplicationID: zeroApp}},
		{"ID and Client ID", zeroOA2 + "\n" + zeroApp, lwa.ConsentLink{ApplicationID: zeroApp}},
		{"ID in a Japanese sentence", "アプリIDは" + zeroApp + "です", lwa.ConsentLink{ApplicationID: zeroApp}},
		{"ID with dashes", strings.ReplaceAll(zeroApp, "-", "–"), lwa.ConsentLink{ApplicationID: zeroApp}},
		{"ID", zeroApp, lwa.ConsentLink{ApplicationID: zeroApp}},
		{"old ID", zeroOld, lwa.ConsentLink{ApplicationID: zeroOld}},
		{"ID with blanks", "  " + zeroApp + " \n", lwa.ConsentLink{ApplicationID: zeroApp}},
		{"ID quoted", "「" + zeroApp + "」", lwa.ConsentLink{ApplicationID: zeroApp}},
		{"ID labelled", "Application ID: " + zeroApp, lwa.ConsentLink{ApplicationID: zeroApp}},
		{"ID labelled ja", "アプリケーションID：" + zeroApp, lwa.ConsentLink{ApplicationID: zeroApp}},
		{"ID in a sentence", "Our app is " + zeroApp + ", thanks.", lwa.ConsentLink{ApplicationID: zeroApp}},
		{"ID of 32 digits", "amzn1.sp.solution." + strings.Repeat("0", 32), lwa.ConsentLink{ApplicationID: zeroApp, Repaired: true, Unusual: true}},
		{"ID with a capital", "A" + zeroApp[1:], lwa.ConsentLink{ApplicationID: zeroApp, Repaired: true}},
		{"ID of another form", "amzn1.sp.newform.example1", lwa.ConsentLink{ApplicationID: "amzn1.sp.newform.example1", Unusual: true}},
		{"documentation's ID", "amzn1.sellerapps.app.2eca283f-9f5a-4d13-b16c-474EXAMPLE57", lwa.ConsentLink{ApplicationID: "amzn1.sellerapps.app.2eca283f-9f5a-4d13-b16c-474EXAMPLE57", Unusual: true}},
		{"full-width ID", "ａｍｚｎ１．ｓｐ．ｓｏｌｕｔｉｏｎ．" + zeroApp[18:], lwa.ConsentLink{ApplicationID: zeroApp}},
	} {
		got, err := ParseApp(c.text)
		if err != nil || got != c.want {
			t.Errorf("%s: %+v, %v; want %+v", c.name, got, err, c.want)
		}
	}
}

func TestParseAppRefuses(t *testing.T) {
	for _, c := range []struct {
		text string
		want Kind
	}{
		{"", Empty},
		{" \u3000\u200b", Empty},
		{strings.Repeat("a", maxPaste+1), TooLarge},
		{"what do I put here?", NotAnApp},
		{"00000000-0000-0000-0000-000000000000", NotAnApp},
		{zeroOA2, AppClientID},
		{"Client ID: " + zeroOA2, AppClientID},
		{"amzn1.oa2-cs.v1." + strings.Repeat("0", 64), AppClientSecret},
		{strings.Repeat("0123456789abcdef", 4), AppClientSecret},
		{"Atzr|EXAMPLE", AppToken},
		{"Atza%7CEXAMPLE", AppToken},
		{"AtzaiEXAMPLE", AppToken},
		{"A1EXAMPLE00031", AppSellerID},
		{"amzn1.vg.1234567", AppSellerID},
		{"XXXXX", Placeholder},
		{"<application id>", Placeholder},
		{"amzn1.sp.solution.XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX", Placeholder},
		{"amzn1.sp.solution.XXX", Placeholder},
		{"amzn1.sp.solution.<uuid>", Placeholder},
		{"amzn1.sp.solution.0000-XXXX", Placeholder},
		{"amzn1.sp.solution.0000...", Placeholder},
		{"amzn1.sp.solution.…00aa", Placeholder},
		{"amzn1.sp.solution.0000****-****-****-************", Placeholder},
		{"amzn1.sp.solution.••••••••-••••-••••-••••••••0000", Placeholder},
		{"https://" + jpHost + "/apps/authorize/consent?application_id={your_app_id}", Placeholder},
		{"https://" + jpHost + "/apps/authorize/consent?state=s", NoApplicationID},
		{"https://" + jpHost + "/home", OtherPage},
		{"https://" + jpHost + "/apps/manage", OtherPage},
		{"https://solutionproviderportal.amazon.com/", OtherPage},
		{"https://www.amazon.com/ap/oa?client_id=" + zeroOA2 + "&scope=advertising::campaign_management&response_type=code", LWALink},
		{"https://" + jpHost + "/apps/authorize/consent?application_id=" + zeroOA2, AppClientID},
		{"https://client-example.com/connect", NotAmazonLink},
		{strings.Replace(jpLink, ".co.jp", ".co.jp.evil.example", 1), NotAmazonLink},
		{strings.Replace(jpLink, "https://", "https://"+jpHost+"@evil.example/", 1), NotAmazonLink},
		{strings.Replace(jpLink, jpHost, jpHost+":8443", 1), NotAmazonLink},
		{strings.Replace(jpLink, "https", "ftp", 1), NotAmazonLink},
		{"javascript:open('" + jpLink + "')", NotAmazonLink},
		{"https://client-example.com/cb?spapi_oauth_code=" + fakeCode + "&selling_partner_id=A1EXAMPLE00031", AppRedirect},
		{"https://" + jpHost + "/apps/authorize/confirm/" + zeroApp + "?amazon_state=s", ConfirmPage},
		{"https://client-example.com/login?amazon_callback_uri=/apps/authorize/confirm/" + zeroApp + "&amazon_state=s", AppLoginURI},
		{jpLink + "\n" + strings.Replace(jpLink, zeroApp, zeroOld, 1), Ambiguous},
		{zeroApp + " or " + zeroOld, Ambiguous},
	} {
		_, err := ParseApp(c.text)
		var ae *Error
		if !errors.As(err, &ae) || ae.Kind != c.want {
			t.Errorf("%.80q: %v, want %s", c.text, err, c.want)
		}
	}
}

func TestCheckRedirectURI(t *testing.T) {
	for s, want := range map[string]Kind{
		"":                                  "",
		"https://client-example.com":        "",
		"https://client-example.com/cb?a=b": "",
		"http://client-example.com/":        RedirectURIScheme,
		"myapp://cb":                        RedirectURIScheme,
		"https://client-example.com/#cb":    RedirectURIFragment,
		"https://client-example.com/#":      RedirectURIFragment,
		"client-example.com/cb":             RedirectURIMalformed,
		"https://client example.com/":       RedirectURIMalformed,
		" https://client-example.com/":      RedirectURIMalformed,
		"https://":                          RedirectURIMalformed,
		"https://user@client-example.com/":  RedirectURIMalformed,
		"http://localhost:8080/cb":          RedirectURILocal,
		"https://localhost/cb":              RedirectURILocal,
		"http://127.0.0.1:8080/cb":          RedirectURILocal,
		"http://[::1]/cb":                   RedirectURILocal,
	} {
		got := Kind("")
		var ae *Error
		if err := CheckRedirectURI(s); errors.As(err, &ae) {
			got = ae.Kind
		}
		if got != want {
			t.Errorf("CheckRedirectURI(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestParseAppReadsItsOwnLinks(t *testing.T) {
	c := lwa.ConsentLink{Host: jpHost, ApplicationID: zeroApp, State: "a b&c+/=", RedirectURI: "https://client-example.com/cb?a=b", Draft: true}
	if again, err := ParseApp(c.URL()); err != nil || again != c {
		t.Errorf("read again: %+v, %v", again, err)
	}
}
