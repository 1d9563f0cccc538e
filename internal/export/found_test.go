package export

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/lwa"
)

// TestFoundAgain: credentials in any format of ours are read back by the program.
func TestFoundAgain(t *testing.T) {
	pick := func(alphabet string, n int) string {
		var b strings.Builder
		for range n {
			b.WriteByte(alphabet[rand.N(len(alphabet))])
		}
		return b.String()
	}
	const (
		hex     = "0123456789abcdef"
		letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	)
	markets := lwa.Marketplaces()
	for round := range 200 {
		m := markets[round%len(markets)]
		secret := "amzn1.oa2-cs.v1." + pick(hex, 64)
		if round%2 == 0 {
			secret = pick(hex, 64)
		}
		v := Values{
			ClientID: "amzn1.application-oa2-client." + pick(hex, 32), ClientSecret: lwa.NewSecret(secret),
			RefreshToken: lwa.NewSecret("Atzr|Iw" + pick(letters, 300+rand.N(200))),
			SellerID:     "A1" + pick("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 11) + "7", Marketplace: m.Code, AccountName: "EXAMPLE",
		}
		for _, target := range Targets() {
			text, err := target.Render(v)
			if err != nil {
				t.Fatal(target.ID, err)
			}
			f, err := paste.FindCredentials(text.Reveal())
			if err != nil {
				t.Fatalf("%s: %v", target.ID, err)
			}
			if f.ClientID != v.ClientID || !f.ClientSecret.Equal(v.ClientSecret) {
				t.Fatalf("%s: ID %q, secret %q\n%s", target.ID, f.ClientID, f.ClientSecret.Reveal(), text.Reveal())
			}
			if target.needs&needToken != 0 && (len(f.Refresh) != 1 || !f.Refresh[0].Token.Equal(v.RefreshToken)) {
				t.Fatalf("%s: refresh tokens %v\n%s", target.ID, f.Refresh, text.Reveal())
			}
			if f.SellerID != "" && f.SellerID != v.SellerID || f.MarketplaceID != "" && f.MarketplaceID != m.ID || f.Region != "" && f.Region != string(m.Region) {
				t.Fatalf("%s: seller %q, marketplace %q, region %q\n%s", target.ID, f.SellerID, f.MarketplaceID, f.Region, text.Reveal())
			}
			if strings.Contains(text.Reveal(), v.SellerID) && f.SellerID == "" || strings.Contains(text.Reveal(), m.ID) && f.MarketplaceID == "" {
				t.Fatalf("%s: seller %q and marketplace %q are in it\n%s", target.ID, v.SellerID, m.ID, text.Reveal())
			}
		}
	}
}
