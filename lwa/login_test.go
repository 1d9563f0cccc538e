package lwa

import "testing"

func TestIsAmazonHost(t *testing.T) {
	for _, m := range Marketplaces() {
		for _, h := range []string{m.SellerHost, m.VendorHost} {
			if !IsAmazonHost(h) {
				t.Errorf("%s is a host of %s", h, m.Code)
			}
		}
	}
	for _, h := range []string{
		"sellercentral.amazon.de", "sellercentral.amazon.es", "sellercentral.amazon.fr", "sellercentral.amazon.it",
		"sellercentral.amazon.co.uk", "SellerCentral.Amazon.Co.JP", "sellercentral-japan.amazon.com", "vendorcentral.amazon.in",
	} {
		if !IsAmazonHost(h) {
			t.Errorf("%s is genuine", h)
		}
	}
	for _, h := range []string{
		"", "amazon.com", "www.amazon.com", "sellercentral.amazon", "sellercentral.amazon.com.", "sellercentral.amazon.com:443",
		"sellercentral.amazon.com.evil.example", "amazon.com.evil.example", "sellercentral.amazon.evil", "sellercentral.amazon.co",
		"sellercentral-amazon.com", "sellercentral.amazon.com@evil.example", "evil.example/sellercentral.amazon.com",
		"xsellercentral.amazon.com", "sellercentralx.amazon.com", "sellercentral-.amazon.com", "sellercentral-1.amazon.com",
		"evil.sellercentral.amazon.com.br.example", "sellercentral.xn--amazon-hra.com", "sellercentral.аmazon.com", "ｓellercentral.amazon.com",
		"vendorcentral.in", "www.vendorcentral.in.evil.example", "sellercentral.amazon.com/", "sellercentral.amazon.com ", "sellercentral..amazon.com",
	} {
		if IsAmazonHost(h) {
			t.Errorf("%q is not genuine", h)
		}
	}
}

func TestConfirmURL(t *testing.T) {
	const path = "/apps/authorize/confirm/" + testApp
	for _, c := range []struct {
		name, callback, host, state, redirect string
		draft, linkDraft                      bool
		want                                  string
	}{
		{
			"absolute", "https://sellercentral.amazon.com" + path, "", "ours", "", false, false,
			"https://sellercentral.amazon.com" + path + "?amazon_state=theirs&state=ours",
		},
		{
			"relative", path, testHost, "ours", "", false, false,
			"https://" + testHost + path + "?amazon_state=theirs&state=ours",
		},
		{
			"documentation's own", "https://amazon.com" + path, "", "ours", "https://client-example.com/cb", true, false,
			"https://amazon.com" + path + "?amazon_state=theirs&state=ours&redirect_uri=https%3A%2F%2Fclient-example.com%2Fcb&version=beta",
		},
		{
			"draft by Amazon", path, testHost, "ours", "", false, true,
			"https://" + testHost + path + "?amazon_state=theirs&state=ours&version=beta",
		},
		{
			"query dropped", path + "?a=b", testHost, "ours", "", false, false,
			"https://" + testHost + path + "?amazon_state=theirs&state=ours",
		},
		{
			"upper host", "https://SellerCentral.Amazon.com" + path, "", "ours", "", false, false,
			"https://sellercentral.amazon.com" + path + "?amazon_state=theirs&state=ours",
		},
	} {
		l := LoginURI{CallbackURI: c.callback, AmazonState: NewSecret("theirs"), Draft: c.linkDraft}
		got, err := l.ConfirmURL(c.host, c.state, c.redirect, c.draft)
		if err != nil || got != c.want {
			t.Errorf("%s: %s, %v; want %s", c.name, got, err, c.want)
		}
	}
	for _, c := range []struct{ callback, host string }{
		{"", testHost},
		{path, "evil.example"},
		{path, ""},
		{"apps/authorize/confirm", testHost},
		{"//evil.example" + path, testHost},
		{"/\\evil.example" + path, testHost},
		{"http://sellercentral.amazon.com" + path, testHost},
		{"https://sellercentral.amazon.com.evil.example" + path, testHost},
		{"https://user@sellercentral.amazon.com" + path, testHost},
		{"https://sellercentral.amazon.com@evil.example" + path, testHost},
		{"https://sellercentral.amazon.com:8443" + path, testHost},
		{"https://sellercentral.amazon.com:" + path, testHost},
		{"https://sellercentral.amazon.com." + path, testHost},
		{"https://www.amazon.com" + path, testHost},
		{"https://sellercentral.amazon.com/apps/authorize/confirmed", testHost},
		{"https://sellercentral.amazon.com/apps/authorize/confirm/../../evil", testHost},
		{"https://sellercentral.amazon.com/apps/authorize/confirm/%2e%2e/evil", testHost},
		{"https://sellercentral.amazon.com/apps/authorize/confirm%2fx", testHost},
		{"https://sellercentral.amazon.com" + path + "#x", testHost},
		{"javascript:alert(1)//" + path, testHost},
		{"https:sellercentral.amazon.com" + path, testHost},
		{"https://" + path, testHost},
	} {
		if got, err := (LoginURI{CallbackURI: c.callback}).ConfirmURL(c.host, "s", "", false); err == nil {
			t.Errorf("callback %q with host %q gave %s", c.callback, c.host, got)
		}
	}
}
