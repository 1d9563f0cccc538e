package paste

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"testing"

	manual "github.com/sellerkey/sellerkey/internal/docs"
	"github.com/sellerkey/sellerkey/internal/value"
)

// credentialCase is a row of testdata/credentials.json: a text and what is in it.
type credentialCase struct {
	ID, Source, Text string
	ClientID         string `json:"client_id"`
	ClientSecret     string `json:"client_secret"`
	Refresh          []struct{ Token, Region string }
	SellerID         string `json:"seller_id"`
	MarketplaceID    string `json:"marketplace_id"`
	Region           string
	Sandbox, Hidden  bool
	Unneeded         []Unneeded
	Several          []value.ID
	Kind             Kind
}

func readCredentialCases(t testing.TB) []credentialCase {
	t.Helper()
	data, err := os.ReadFile("testdata/credentials.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []credentialCase
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

func TestFindCredentials(t *testing.T) {
	cases := readCredentialCases(t)
	manual.Says(t, fmt.Sprintf("hold credentials | %d |", len(cases)))
	for _, c := range cases {
		t.Run(c.ID, func(t *testing.T) {
			f, err := FindCredentials(c.Text)
			kind := Kind("")
			if e, ok := err.(*Error); ok {
				kind = e.Kind
			}
			if kind != c.Kind || f.ClientID != c.ClientID || f.ClientSecret.Reveal() != c.ClientSecret || f.SellerID != c.SellerID ||
				f.MarketplaceID != c.MarketplaceID || f.Region != c.Region || f.Sandbox != c.Sandbox {
				t.Errorf("%s: ID %q secret %q seller %q marketplace %q region %q sandbox %v", kind, f.ClientID, f.ClientSecret.Reveal(), f.SellerID, f.MarketplaceID, f.Region, f.Sandbox)
			}
			if !slices.Equal(f.Unneeded, c.Unneeded) || !slices.Equal(f.Several, c.Several) || c.Hidden && !f.Hidden {
				t.Errorf("unneeded %v several %v hidden %v", f.Unneeded, f.Several, f.Hidden)
			}
			got := make([]struct{ Token, Region string }, 0, len(f.Refresh))
			for _, r := range f.Refresh {
				got = append(got, struct{ Token, Region string }{r.Token.Reveal(), r.Region})
			}
			if !slices.Equal(got, c.Refresh) {
				t.Errorf("tokens %q", got)
			}
			if t.Failed() {
				t.Logf("text:\n%s", c.Text)
			}
		})
	}
}
