package main

import (
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

func TestPageIsWhole(t *testing.T) {
	text, err := page()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(text, "⟦") {
		t.Error("a text is missing")
	}
	for _, k := range lwa.Kinds() {
		if k.Source() == "" {
			t.Errorf("nobody knows where %s was read", k)
		}
		if !strings.Contains(text, "### `"+k.String()+"`") {
			t.Errorf("%s is not in it", k)
		}
	}
	if len(lwa.Kinds()) == 0 || len(paste.Kinds()) == 0 || len(paste.Warnings()) == 0 || len(paste.AmazonErrors()) == 0 {
		t.Error("a table is empty")
	}
	if strings.Contains(text, "github.com") {
		t.Error("it links to threads")
	}
}
