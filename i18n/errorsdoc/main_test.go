package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/lwa"
)

func TestPageIsUpToDate(t *testing.T) {
	want, err := page()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../docs/errors.md")
	if err != nil {
		t.Fatal(err)
	}
	if strings.ReplaceAll(string(got), "\r\n", "\n") != want {
		t.Error("docs/errors.md is not what the tables say: go generate ./i18n")
	}
}

// TestRetry holds what the page says about trying again against the answers
// that were met in the field.
func TestRetry(t *testing.T) {
	raw, err := os.ReadFile("../../lwa/testdata/answers.json")
	if err != nil {
		t.Fatal(err)
	}
	var answers []struct {
		Name  string
		Kind  lwa.Kind
		Retry retry
	}
	if err := json.Unmarshal(raw, &answers); err != nil {
		t.Fatal(err)
	}
	for _, a := range answers {
		if a.Kind != "" && kindNotes()[a.Kind].retry != a.Retry {
			t.Errorf("%s: %s, want %s", a.Name, kindNotes()[a.Kind].retry, a.Retry)
		}
	}
}

func TestPageIsWhole(t *testing.T) {
	text, err := page()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(text, "⟦") {
		t.Error("a text is missing")
	}
	for _, k := range lwa.Kinds() {
		if note := kindNotes()[k]; note.source == "" || again(note.retry) == "" {
			t.Errorf("%s: no source, or nothing on trying again", k)
		}
		if !strings.Contains(text, "### `"+string(k)+"`") {
			t.Errorf("%s is not in it", k)
		}
	}
	for _, k := range paste.Kinds() {
		if pasteSources()[k] == "" {
			t.Errorf("%s has no source", k)
		}
	}
	for _, w := range paste.Warnings() {
		if warningSources()[w] == "" {
			t.Errorf("%s has no source", w)
		}
	}
	if len(lwa.Kinds()) == 0 || len(paste.Kinds()) == 0 || len(paste.Warnings()) == 0 || len(paste.AmazonErrors()) == 0 {
		t.Error("a table is empty")
	}
	if strings.Contains(text, "github.com") {
		t.Error("it links to threads")
	}
}
