package paste

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/sellerkey/sellerkey/lwa"
)

// FuzzParseRedirect: whatever is pasted, the reader does not panic, an error
// holds nothing of the paste, and a code is one word.
func FuzzParseRedirect(f *testing.F) {
	for _, file := range []string{"testdata/redirects.json", "testdata/redirects_more.json"} {
		for _, c := range readPasteCases(f, file) {
			f.Add(c.text())
		}
	}
	f.Add(strings.Repeat("aB1", 1000) + "#Ce") // found by fuzzing: a code with its state had no cap
	f.Fuzz(func(t *testing.T, text string) {
		r, err := ParseRedirect(text)
		if err == nil {
			code := r.Code.Reveal()
			if code == "" || len(code) > maxCode || !isASCII(code) || strings.ContainsFunc(code, unicode.IsSpace) {
				t.Errorf("code %q", code)
			}
			if strings.ContainsFunc(r.SellerID, unicode.IsSpace) {
				t.Errorf("seller ID %q", r.SellerID)
			}
			if r.CheckState(r.State) != nil {
				t.Errorf("state %q differs from itself", r.State)
			}
			return
		}
		if !r.Code.IsEmpty() || r.SellerID != "" || r.State != "" {
			t.Error("both a result and an error")
		}
		var pe *Error
		if !errors.As(err, &pe) || pe.Kind == "" {
			t.Fatalf("error %T %v", err, err)
		}
		checkErrorText(t, pe)
	})
}

// checkErrorText: an error's text is made of identifiers that are known
// beforehand.
func checkErrorText(t *testing.T, pe *Error) {
	t.Helper()
	rest := strings.TrimPrefix(pe.Error(), "paste: "+string(pe.Kind))
	if pe.AmazonCode != "" {
		rest = strings.TrimPrefix(rest, " "+pe.AmazonCode)
		if c, ok := FindAmazonError(pe.AmazonCode); !ok || c != pe.AmazonCode {
			t.Errorf("Amazon code %q", pe.AmazonCode)
		}
	}
	if rest != "" {
		t.Errorf("error text %q", pe.Error())
	}
	if pe.OAuthError != "" && !isErrorName(pe.OAuthError) {
		t.Errorf("OAuth error %q", pe.OAuthError)
	}
	if (pe.Login != nil) != (pe.Kind == LoginURI) {
		t.Errorf("login %v with kind %s", pe.Login != nil, pe.Kind)
	}
	if pe.Login != nil {
		u, err := pe.Login.ConfirmURL("sellercentral.amazon.co.jp", "s", "", false)
		if err != nil || !isSafeAmazonURL(u) {
			t.Errorf("confirm URL %q, %v", u, err)
		}
	}
}

// isSafeAmazonURL asks once more, by other means than the code under test.
func isSafeAmazonURL(u string) bool {
	rest, ok := strings.CutPrefix(u, "https://")
	host, _, _ := strings.Cut(rest, "/")
	return ok && !strings.ContainsAny(host, "@:?#\\") && (host == "amazon.com" || host == "www.vendorcentral.in" || strings.Contains(host, "central") && strings.Contains(host, ".amazon."))
}

// FuzzParseApp: no panic; a link that comes out is Amazon's, and
// reads the same when read again.
func FuzzParseApp(f *testing.F) {
	for _, c := range readPasteCases(f, "testdata/redirects.json") {
		f.Add(c.text())
	}
	for _, s := range []string{
		"https://sellercentral.amazon.co.jp/apps/authorize/consent?application_id=amzn1.sp.solution.00000000-0000-0000-0000-000000000000&version=beta&state=XXXXX",
		"sellercentral.amazon.com/apps/authorize/consent?application_id=amzn1.sellerapps.app.00000000-0000-0000-0000-000000000000&amp;redirect_uri=https%3A%2F%2Fclient-example.com%2Fcb%3Fa%3Db",
		"amzn1.sp.solution.00000000000000000000000000000000",
		"Atza1%7", // found by fuzzing: half an escape at the end
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		link, err := ParseApp(text)
		if err != nil {
			var pe *Error
			if !errors.As(err, &pe) || !slices.Contains(AppKinds(), pe.Kind) || pe.Error() != "paste: "+string(pe.Kind) {
				t.Errorf("error %v", err)
			}
			return
		}
		if link.ApplicationID == "" || !isASCII(link.ApplicationID) || link.Host != "" && !lwa.IsAmazonHost(link.Host) {
			t.Errorf("link %+v", link)
		}
		if len(link.URL()) > maxPaste || link.Host == "" {
			return
		}
		again, err := ParseApp(link.URL())
		if err != nil {
			t.Fatalf("%q: %v", link.URL(), err)
		}
		if again.ApplicationID != link.ApplicationID || again.Host != link.Host || again.Draft != link.Draft {
			t.Errorf("%+v became %+v", link, again)
		}
	})
}

// FuzzFindCredentials: no panic; what is found stands in the text as one piece
// of its alphabet, and is found again where it stands alone.
func FuzzFindCredentials(f *testing.F) {
	for _, c := range readCredentialCases(f) {
		f.Add(c.Text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		found, err := FindCredentials(text)
		if err != nil {
			var pe *Error
			if !errors.As(err, &pe) || pe.Kind == "" {
				t.Fatalf("error %T %v", err, err)
			}
			return
		}
		if found.ClientID != "" && Classify(found.ClientID) != ShapeClientID {
			t.Errorf("client ID %q", found.ClientID)
		}
		if s := found.ClientSecret.Reveal(); s != "" && Classify(s) != ShapeClientSecret {
			t.Errorf("client secret %q", s)
		}
		if s := found.SellerID; s != "" && Classify(s) != ShapeSellerID && Classify(s) != ShapeVendorGroup {
			t.Errorf("seller ID %q", s)
		}
		for _, r := range found.Refresh {
			token := r.Token.Reveal()
			if Classify(token) != ShapeRefreshToken || strings.ContainsFunc(token[len("Atzr|"):], func(r rune) bool { return r >= 0x80 || !isTokenByte(byte(r)) && r != '=' }) {
				t.Errorf("token %q", token)
			}
			if again, err := FindCredentials(token); err != nil || len(again.Refresh) != 1 || !again.Refresh[0].Token.Equal(r.Token) {
				t.Errorf("%q alone: %v, %v", token, again.Refresh, err)
			}
		}
	})
}
