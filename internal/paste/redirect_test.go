package paste

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	manual "github.com/sellerkey/sellerkey/internal/docs"

	"github.com/sellerkey/sellerkey/lwa"
)

// pasteCase is a row of testdata/redirects*.json: a paste and what it is.
// Empty fields must be read as empty.
type pasteCase struct {
	ID, Origin, Paste string
	// Repeat and Then spell out a long paste: Paste so many times, then Then.
	Repeat      int
	Then        string
	IssuedState string `json:"issued_state"`
	Kind        Kind
	AmazonCode  string `json:"amazon_code"`
	OAuthError  string `json:"oauth_error"`
	Code        string
	SellerID    string `json:"seller_id"`
	State       string
	// Warnings must all be given; there may be more.
	Warnings []Warning
	// NotWarnings must not be given.
	NotWarnings []Warning `json:"not_warnings"`
}

func (c pasteCase) text() string {
	if c.Repeat > 0 {
		return strings.Repeat(c.Paste, c.Repeat) + c.Then
	}
	return c.Paste
}

func readPasteCases(t testing.TB, file string) []pasteCase {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []pasteCase
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(file, err)
	}
	return cases
}

// checkPaste reads a paste as a walk would: parse, then check the state.
func checkPaste(t *testing.T, c pasteCase) {
	t.Helper()
	r, err := ParseRedirect(c.text())
	if err == nil {
		err = r.CheckState(c.IssuedState)
	}
	code, seller, state := r.Code.Reveal(), r.SellerID, r.State
	var pe *Error
	if errors.As(err, &pe) {
		if seller == "" && state == "" {
			seller, state = pe.SellerID, pe.State
		}
	} else {
		pe = &Error{}
	}
	if pe.Kind != c.Kind || pe.AmazonCode != c.AmazonCode || pe.OAuthError != c.OAuthError {
		t.Errorf("kind = %q %q %q, want %q %q %q", pe.Kind, pe.AmazonCode, pe.OAuthError, c.Kind, c.AmazonCode, c.OAuthError)
	}
	if code != c.Code || seller != c.SellerID || state != c.State {
		t.Errorf("code %q seller %q state %q, want %q %q %q", code, seller, state, c.Code, c.SellerID, c.State)
	}
	for _, w := range c.Warnings {
		if !slices.Contains(r.Warnings, w) && string(w) != string(c.Kind) {
			t.Errorf("warnings = %v, want also %s", r.Warnings, w)
		}
	}
	for _, w := range c.NotWarnings {
		if slices.Contains(r.Warnings, w) {
			t.Errorf("warnings = %v, want no %s", r.Warnings, w)
		}
	}
	if t.Failed() {
		t.Logf("paste: %.300q", c.text())
	}
}

func TestParseRedirectGiven(t *testing.T) {
	cases := readPasteCases(t, "testdata/redirects.json")
	manual.Says(t, fmt.Sprintf("really paste | %d |", len(cases)))
	for _, c := range cases {
		t.Run(c.ID, func(t *testing.T) { checkPaste(t, c) })
	}
}

// TestParseRedirectKinds holds the kinds of damage and of mix-ups, each with
// the others of its kind.
func TestParseRedirectKinds(t *testing.T) {
	cases := readPasteCases(t, "testdata/redirects_more.json")
	manual.Says(t, fmt.Sprintf("damage and mix-up | %d |", len(cases)))
	for _, c := range cases {
		t.Run(c.ID, func(t *testing.T) { checkPaste(t, c) })
	}
}

// TestMarks: every warning has a place of its own.
func TestMarks(t *testing.T) {
	var m marks
	for _, w := range Warnings() {
		if m.has(w) {
			t.Errorf("%s is there before it's added", w)
		}
		m.add(w)
	}
	if got := m.list(); !slices.Equal(got, Warnings()) {
		t.Errorf("list = %v", got)
	}
}

// TestPasteErrorShowsNothing: a secret in a paste appears in no way of
// printing the error.
func TestPasteErrorShowsNothing(t *testing.T) {
	const secret = "EXAMPLEsecret0000042"
	for _, text := range []string{
		"Atzr|" + secret, "Atza|" + secret, "https://client-example.com/cb#access_token=Atza|" + secret,
		"https://client-example.com/cb?spapi_oauth_code=" + secret + "&error=access_denied",
		"https://client-example.com/cb?error=" + secret,
		"https://client-example.com/login?amazon_callback_uri=/apps/authorize/confirm/x&amazon_state=" + secret,
		"https://client-example.com/cb?spapi_oauth_code=" + secret + "&spapi_oauth_code=other0000000000001",
		"javascript:open('https://client-example.com/cb?spapi_oauth_code=" + secret + "')",
		`{"access_token":"Atza|` + secret + `","refresh_token":"Atzr|` + secret + `"}`,
		"https://client-example.com/cb?spapi_oauth_code=" + secret + "...",
	} {
		_, err := ParseRedirect(text)
		if err == nil {
			t.Errorf("%q was accepted", text)
			continue
		}
		for _, verb := range []string{"%v", "%s", "%q", "%+v", "%#v"} {
			if s := fmt.Sprintf(verb, err); strings.Contains(s, secret) {
				t.Errorf("%s shows the secret: %s", verb, s)
			}
		}
	}
	r, err := ParseRedirect("https://client-example.com/cb?spapi_oauth_code=" + secret)
	if err != nil || strings.Contains(fmt.Sprintf("%v %+v %#v", r, r, r), secret) {
		t.Error("a result shows its code")
	}
}

func TestCheckState(t *testing.T) {
	r := Redirect{Code: lwa.NewSecret("x"), SellerID: "A1EXAMPLE00001", State: "a b"}
	if r.CheckState("") != nil || r.CheckState("a b") != nil || r.CheckState("a+b") != nil {
		t.Error("the same state is refused")
	}
	var pe *Error
	if err := r.CheckState("ab"); !errors.As(err, &pe) || pe.Kind != StateMismatch || pe.State != "a b" || pe.SellerID != r.SellerID {
		t.Errorf("another state: %v", err)
	}
	r.State = ""
	if err := r.CheckState("ab"); !errors.As(err, &pe) || pe.Kind != StateMissing {
		t.Errorf("no state: %v", err)
	}
}
