package main

import (
	"bytes"
	"html"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/i18n"
)

// TestPageIsCurrent: what providers download is what the texts say.
func TestPageIsCurrent(t *testing.T) {
	want, err := page()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../docs/return.html")
	if err != nil {
		t.Fatal(err)
	}
	// A checkout on Windows may have other line ends.
	if !bytes.Equal(bytes.ReplaceAll(got, []byte("\r\n"), []byte("\n")), bytes.ReplaceAll(want, []byte("\r\n"), []byte("\n"))) {
		t.Error("docs/return.html isn't current: run go generate ./i18n")
	}
}

// TestPageIsSelfContained: one script and one style, both allowed by their
// hashes, and nothing in the page that could ask for, keep or send anything.
func TestPageIsSelfContained(t *testing.T) {
	content, err := page()
	if err != nil {
		t.Fatal(err)
	}
	text := string(content)
	for tag, directive := range map[string]string{"script": "script-src", "style": "style-src"} {
		found := regexp.MustCompile(`(?s)<`+tag+`[^>]*>(.*?)</`+tag+`>`).FindAllStringSubmatch(text, -1)
		if len(found) != 1 {
			t.Fatalf("%d of <%s>", len(found), tag)
		}
		if want := directive + " '" + hash([]byte(found[0][1])) + "';"; !strings.Contains(text, want) {
			t.Errorf("the policy lacks %s", want)
		}
	}
	if found := regexp.MustCompile(`(?i)\b(src|href|action|style|on[a-z]+)\s*=\s*["']|https?:|fetch\(|XMLHttp|WebSocket|sendBeacon|EventSource|import\(|(local|session)Storage|cookie|indexedDB|caches|innerHTML|url\(|@import|window\.open|location\s*=`).FindString(text); found != "" {
		t.Errorf("the page has %q", found)
	}
	for _, l := range i18n.Languages() {
		w, err := i18n.New(l.Tag)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(text, html.EscapeString(w.T("return_page.plain"))) {
			t.Errorf("without scripts the page says nothing in %s", l.Name)
		}
	}
}
