package practicetest

import (
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/internal/practice"
)

// Confirm is the seller in the browser: it opens a consent link of the pretend
// Amazon, presses Confirm, and returns the address that follows.
func Confirm(t testing.TB, link string) string {
	t.Helper()
	address, page := Meet(t, link, "")
	if address == "" {
		t.Fatalf("Confirm led nowhere: %s", page)
	}
	return address
}

// Meet is Confirm with a case chosen. It returns the page where there is no
// address that follows.
func Meet(t testing.TB, link string, c practice.Case) (address, page string) {
	t.Helper()
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := browser.Get(link)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	consent, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{"agree": {"1"}, "action": {"confirm"}, "practice_case": {string(c)}}
	signed := regexp.MustCompile(`(?s)name="practice_seller">.*?<option value="([^"]*)" selected>`).FindStringSubmatch(string(consent))
	if signed != nil {
		form.Set("practice_seller", signed[1])
	}
	hidden := regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)
	for _, m := range hidden.FindAllStringSubmatch(string(consent), -1) {
		form.Set(html.UnescapeString(m[1]), html.UnescapeString(m[2]))
	}
	if !form.Has("lang") {
		code := regexp.MustCompile(`\b(MD|SP)[A-Z0-9]{4,6}\b`).FindString(string(consent))
		t.Fatalf("no permission page at %s; it says %q", link, code)
	}
	to, _, _ := strings.Cut(link, "?")
	answer, err := browser.PostForm(to, form)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if at, err := answer.Location(); err == nil {
		return at.String(), ""
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return "", string(body)
}
