package paste

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"testing"

	manual "github.com/sellerkey/sellerkey/internal/docs"
)

// TestPages: the texts of pages get the right card, and other texts get none.
func TestPages(t *testing.T) {
	data, err := os.ReadFile("testdata/pages.json")
	if err != nil {
		t.Fatal(err)
	}
	var pages []struct {
		ID, Lang, Source, Text string
		Kind                   Kind
		AmazonCode             string `json:"amazon_code"`
	}
	if err := json.Unmarshal(data, &pages); err != nil {
		t.Fatal(err)
	}
	harmless := 0
	for _, p := range pages {
		if p.Kind == "" {
			harmless++
		}
		t.Run(p.ID, func(t *testing.T) {
			_, err := ParseRedirect(p.Text)
			e, ok := err.(*Error)
			if !ok {
				t.Fatalf("taken as an address: %q", p.Text)
			}
			code, found := FindAmazonError(p.Text)
			page, isPage := FindPage(p.Text)
			if found != (p.AmazonCode != "") || code != p.AmazonCode || e.AmazonCode != p.AmazonCode {
				t.Errorf("code %q, %q; want %q: %q", code, e.AmazonCode, p.AmazonCode, p.Text)
			}
			switch {
			case p.Kind == "" && (isPage || !slices.Contains([]Kind{NotRedirect, NoCode, TooLarge}, e.Kind)):
				t.Errorf("a card %s, %s for %q", e.Kind, page, p.Text)
			case p.Kind != "" && e.Kind != p.Kind:
				t.Errorf("%s, want %s: %q", e.Kind, p.Kind, p.Text)
			}
		})
	}
	manual.Says(t, fmt.Sprintf("%d of them harmless | %d |", harmless, len(pages)))
}
