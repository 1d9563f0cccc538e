package paste

import "testing"

func TestAmazonErrors(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range AmazonErrors() {
		if seen[e.Code] || e.Who == "" {
			t.Errorf("%+v", e)
		}
		seen[e.Code] = true
		if got, ok := FindAmazonError("Error: " + e.Code + "."); !ok || got != e.Code {
			t.Errorf("%s found as %q", e.Code, got)
		}
	}
	for _, code := range []string{
		"MD1000", "MD4010", "MD5100", "MD5101", "MD5110", "MD9000", "MD9001", "MD9010", "MD9100", "MD9999",
		"SPDC8143", "SPSA0404", "SPSA2043", "CONSENT_LIMIT_REACHED",
	} {
		if !seen[code] {
			t.Errorf("%s is missing", code)
		}
	}
}

func TestFindAmazonError(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "no code": "", "MD5": "", "MD50000": "", "XMD1000": "", "MD1000A": "", "SPICE123": "", "Md.1000": "",
		"md1000": "MD1000", "エラーMD1000です": "MD1000", "(MD9100)": "MD9100", "MD4100": "MD4100", "SPDC0001": "SPDC0001",
		"MD4111 … MD1000": "MD1000", "code=consent_limit_reached": "CONSENT_LIMIT_REACHED",
	} {
		if got, ok := FindAmazonError(text); got != want || ok != (want != "") {
			t.Errorf("FindAmazonError(%q) = %q, %v", text, got, ok)
		}
	}
}
