package practicetest

import (
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// Confirm is the seller in the browser: it opens a consent link of the pretend
// Amazon, presses Confirm, and returns the address that follows.
func Confirm(t testing.TB, link string) string {
	t.Helper()
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := browser.Get(link)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	page, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{"agree": {"1"}, "action": {"confirm"}}
	hidden := regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)
	for _, m := range hidden.FindAllStringSubmatch(string(page), -1) {
		form.Set(html.UnescapeString(m[1]), html.UnescapeString(m[2]))
	}
	if !form.Has("lang") {
		code := regexp.MustCompile(`\b(MD|SP)[A-Z0-9]{4,6}\b`).FindString(string(page))
		t.Fatalf("no permission page at %s; it says %q", link, code)
	}
	to, _, _ := strings.Cut(link, "?")
	answer, err := browser.PostForm(to, form)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	at, err := answer.Location()
	if err != nil {
		t.Fatalf("Confirm led nowhere: %s", answer.Status)
	}
	return at.String()
}
