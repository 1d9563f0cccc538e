package paste

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/internal/value"
)

var longToken = "Atzr|" + strings.Repeat("EXAMPLEtoken0000", 20)

func TestClassify(t *testing.T) {
	for text, want := range map[string]Shape{
		"": "", "hello": "", fakeCode: "", "SELLERONEXY": "",
		zeroApp: ShapeApplicationID, zeroOld: ShapeApplicationID, zeroOA2: ShapeClientID,
		"amzn1.oa2-cs.v1." + strings.Repeat("0", 64): ShapeClientSecret,
		strings.Repeat("0123456789abcdef", 4):        ShapeClientSecret,
		"Atzr|EXAMPLE":                               ShapeRefreshToken,
		"Atzr%7CEXAMPLE":                             ShapeRefreshToken,
		"Atza|EXAMPLE":                               ShapeAccessToken,
		"Atc|EXAMPLE":                                ShapeGrantlessToken,
		"Atz.sprdt|EXAMPLE":                          ShapeRestrictedToken,
		"A1EXAMPLE00031":                             ShapeSellerID,
		"amzn1.vg.1234567":                           ShapeVendorGroup,
		"A1VC38T7YXB528":                             ShapeMarketplaceID,
		"ATVPDKIKX0DER":                              ShapeMarketplaceID,
		"https://client-example.com":                 ShapeURL,
		"AtzaiEXAMPLE":                               ShapePictureToken,
		"AtzrlEXAMPLE":                               ShapePictureToken,
		"Atzr¦EXAMPLE":                               ShapePictureToken,
		"Atzrium":                                    ShapePictureToken,
		"Atzr":                                       "",
		"Atzec":                                      "",
	} {
		if got := Classify(text); got != want {
			t.Errorf("Classify(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestTidy(t *testing.T) {
	for _, c := range []struct {
		text, want string
		repairs    []Repair
	}{
		{"", "", nil},
		{zeroOA2, zeroOA2, nil},
		{"  " + zeroOA2 + " ", zeroOA2, []Repair{RepairBlanks}},
		{zeroOA2 + "\n", zeroOA2, []Repair{RepairLineBreaks}},
		{zeroOA2 + "\r\n", zeroOA2, []Repair{RepairLineBreaks}},
		{"Atzr|EXAM\nPLE", "Atzr|EXAMPLE", []Repair{RepairLineBreaks}},
		{"Atzr|EXAM PLE", "Atzr|EXAMPLE", []Repair{RepairBlanks}},
		{"Atzr|EXAM\u3000PLE", "Atzr|EXAMPLE", []Repair{RepairBlanks}},
		{`"Atzr|EXAMPLE"`, "Atzr|EXAMPLE", []Repair{RepairQuotes}},
		{`"Atzr|EXAMPLE",`, "Atzr|EXAMPLE", []Repair{RepairQuotes}},
		{"“Atzr|EXAMPLE”", "Atzr|EXAMPLE", []Repair{RepairQuotes}},
		{"「Atzr|EXAMPLE」", "Atzr|EXAMPLE", []Repair{RepairQuotes}},
		{"Atzr｜EXAMPLE", "Atzr|EXAMPLE", []Repair{RepairFullWidth}},
		{"Ａｔｚｒ|EXAMPLE", "Atzr|EXAMPLE", []Repair{RepairFullWidth}},
		{"\ufeffAtzr|EX\u200bAMPLE", "Atzr|EXAMPLE", []Repair{RepairInvisible}},
		{"Atzr%7CEXAMPLE", "Atzr|EXAMPLE", []Repair{RepairEscape}},
		{"Client ID: " + zeroOA2, zeroOA2, []Repair{RepairLabel}},
		{"クライアントID：" + zeroOA2, zeroOA2, []Repair{RepairLabel}},
		{"LWA_CLIENT_SECRET=abc", "abc", []Repair{RepairLabel}},
		{`"refresh_token": "Atzr|EXAMPLE",`, "Atzr|EXAMPLE", []Repair{RepairLabel, RepairQuotes}},
	} {
		got, repairs := Tidy(c.text)
		if got != c.want {
			t.Errorf("Tidy(%q) = %q, want %q", c.text, got, c.want)
		}
		for _, r := range c.repairs {
			if !slices.Contains(repairs, r) {
				t.Errorf("Tidy(%q) repaired %v, want %v", c.text, repairs, c.repairs)
			}
		}
		if c.repairs == nil && repairs != nil {
			t.Errorf("Tidy(%q) repaired %v, want nothing", c.text, repairs)
		}
		if again, more := Tidy(got); again != got || more != nil {
			t.Errorf("Tidy(%q) = %q, %v: not at rest", got, again, more)
		}
	}
}

func TestCheckField(t *testing.T) {
	newSecret := "amzn1.oa2-cs.v1." + strings.Repeat("0", 64)
	for _, c := range []struct {
		field value.ID
		text  string
		want  Hint
	}{
		{value.ClientID, "", ""},
		{value.ClientID, zeroOA2, ""},
		{value.ClientID, " " + zeroOA2 + "\n", ""},
		{value.ClientID, zeroApp, HintIsApplicationID},
		{value.ClientID, newSecret, HintIsClientSecret},
		{value.ClientID, longToken, HintIsRefreshToken},
		{value.ClientID, "A1EXAMPLE00031", HintIsSellerID},
		{value.ClientID, "https://client-example.com", HintIsURL},
		{value.ClientID, zeroOA2[:40], HintTooShort},
		{value.ClientID, "something", HintUnusualShape},
		{value.ClientSecret, newSecret, ""},
		{value.ClientSecret, strings.Repeat("0", 64), ""},
		{value.ClientSecret, zeroOA2, HintIsClientID},
		{value.ClientSecret, newSecret[:40], HintTooShort},
		{value.ClientSecret, "deadbeef", HintTooShort},
		{value.ClientSecret, "something else!", HintUnusualShape},
		{value.RefreshToken, longToken, ""},
		{value.RefreshToken, "Atzr|EXAMPLE", HintTooShort},
		{value.RefreshToken, "Atza|EXAMPLE", HintIsAccessToken},
		{value.RefreshToken, "Atc|EXAMPLE", HintIsAccessToken},
		{value.RefreshToken, "AtzriEXAMPLE", HintIsPictureText},
		{value.RefreshToken, zeroOA2, HintIsClientID},
		{value.RefreshToken, "something", HintUnusualShape},
	} {
		got := CheckField(c.field, c.text)
		if c.want == "" && got != nil || c.want != "" && !slices.Equal(got, []Hint{c.want}) {
			t.Errorf("CheckField(%s, %.60q) = %v, want %q", c.field, c.text, got, c.want)
		}
	}
	if CheckPair(zeroOA2, " "+zeroOA2) == nil || CheckPair("", "") != nil || CheckPair(zeroOA2, "other") != nil {
		t.Error("CheckPair")
	}
}

func TestFindRefreshToken(t *testing.T) {
	for _, text := range []string{
		longToken,
		" " + longToken + "\n",
		`"` + longToken + `"`,
		longToken[:80] + "\n" + longToken[80:160] + "\r\n" + longToken[160:],
		"> " + longToken[:80] + "\n> " + longToken[80:],
		"Refresh token: " + longToken,
		"リフレッシュトークンは" + longToken + "です。",
		strings.Replace(longToken, "|", "｜", 1),
		strings.Replace(longToken, "|", "%7C", 1),
		`{"access_token":"Atza|EXAMPLEexample01","token_type":"bearer","expires_in":3600,"refresh_token":"` + longToken + `"}`,
		"{\n  \"access_token\": \"Atza|EXAMPLE\",\n  \"refresh_token\": \"" + longToken[:90] + "\n" + longToken[90:] + "\",\n  \"expires_in\": 3600\n}",
		`{\"refresh_token\":\"` + longToken + `\"}`,
		"refresh_token=" + longToken + "&state=s",
		longToken + "\n" + longToken,
	} {
		got, err := FindRefreshToken(text)
		if err != nil || got.Reveal() != longToken {
			t.Errorf("%.60q…: %q, %v", text, got.Reveal(), err)
		}
	}
	if got, err := FindRefreshToken("some-other-form-0001"); err != nil || got.Reveal() != "some-other-form-0001" {
		t.Errorf("an unknown form: %v", err)
	}
	for text, want := range map[string]Kind{
		"":                                 Empty,
		"\u200b ":                          Empty,
		strings.Repeat("a", maxPaste+1):    TooLarge,
		"AtzriEXAMPLEexample":              PictureText,
		`{"refresh_token":"AtzaiEXAMPLE"}`: PictureText,
		"Atza|EXAMPLEexample":              AccessToken,
		`{"access_token":"Atza|EXAMPLE"}`:  AccessToken,
		"Atzr|":                            Truncated,
		"Atzr|EXAMPLEexample...":           Truncated,
		zeroOA2:                            ClientID,
		zeroApp:                            ApplicationID,
		"amzn1.oa2-cs.v1." + strings.Repeat("0", 64):               ClientSecret,
		longToken + "\n" + strings.Replace(longToken, "0", "1", 1): Ambiguous,
		"<refresh token>":       Placeholder,
		"I have no idea at all": NotRedirect,
		"A1EXAMPLE00031":        NotRedirect,
		"https://client-example.com/cb?spapi_oauth_code=" + fakeCode: NotRedirect,
	} {
		got, err := FindRefreshToken(text)
		var pe *Error
		if !errors.As(err, &pe) || pe.Kind != want || !got.IsEmpty() {
			t.Errorf("%.60q: %v, want %s", text, err, want)
		}
	}
}
