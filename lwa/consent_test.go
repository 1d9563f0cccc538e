package lwa

import (
	"strings"
	"testing"
)

const (
	testApp  = "amzn1.sp.solution.00000000-0000-0000-0000-000000000000"
	testHost = "sellercentral.amazon.co.jp"
)

func TestConsentURL(t *testing.T) {
	c := ConsentLink{Host: testHost, ApplicationID: testApp, State: "a b&c+/=", RedirectURI: "https://client-example.com/cb?a=b", Draft: true}
	want := "/apps/authorize/consent?application_id=" + testApp +
		"&state=a%20b%26c%2B%2F%3D&redirect_uri=https%3A%2F%2Fclient-example.com%2Fcb%3Fa%3Db&version=beta"
	if got := c.URL(); got != "https://"+testHost+want {
		t.Errorf("URL = %s", got)
	}
	if got := c.URLAt("http://127.0.0.1:4567/"); got != "http://127.0.0.1:4567"+want {
		t.Errorf("URLAt = %s", got)
	}
	if got := (ConsentLink{Host: testHost, ApplicationID: testApp}).URL(); got != "https://"+testHost+"/apps/authorize/consent?application_id="+testApp {
		t.Errorf("URL with nothing else = %s", got)
	}
}

func TestNewState(t *testing.T) {
	a, b := NewState(), NewState()
	if len(a) != 22 || a == b || strings.Trim(a, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
		t.Errorf("states %q, %q", a, b)
	}
}
