package walk

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/lwa"
)

func TestTakeOver(t *testing.T) {
	const (
		id     = "amzn1.application-oa2-client.0000000000000000000000000000000a"
		secret = "amzn1.oa2-cs.v1.000000000000000000000000000000000000000000000000000000000000cafe"
	)
	token := func(n string) string { return "Atzr|IwEBIEXAMPLE" + n + strings.Repeat("-Examp1e", 40) }
	japan, _ := lwa.FindMarketplace("JP")
	germany, _ := lwa.FindMarketplace("DE")
	begin := func(v Visitor) *Walk { return New(v, japan, time.Now) }

	w := begin(HasToken)
	if w.TakeOver(id) || w.TakeOver("LWA_APP_ID="+id) || w.TakeOver("nothing") {
		t.Error("a single value was taken over")
	}
	if !w.TakeOver("CLIENT_ID=" + id + "\nCLIENT_SECRET=" + secret + "\nREFRESH_TOKEN=" + token("1") + "\nSELLER_ID=A1EXAMPLE00001\nMARKETPLACE=DE") {
		t.Fatal("a whole .env was not taken over")
	}
	if w.ClientID != id || w.ClientSecret.Reveal() != secret || w.RefreshToken.Reveal() != token("1") || w.SellerID() != "A1EXAMPLE00001" || w.Market != germany {
		t.Errorf("ID %q, seller %q, market %s", w.ClientID, w.SellerID(), w.Market.Code)
	}
	if len(w.Problems(StepCredentials)) > 0 || len(w.MissingCredentials()) > 0 {
		t.Error(w.Problems(StepCredentials))
	}

	w = begin(HasToken)
	if !w.TakeOver("REFRESH_TOKEN_NA=" + token("1") + "\nREFRESH_TOKEN_EU=" + token("2")) {
		t.Fatal("two regions were not taken over")
	}
	if f, ok := w.Taken(); !ok || len(f.Refresh) != 2 || !w.RefreshToken.IsEmpty() || w.Chosen() != -1 {
		t.Errorf("%d tokens, chosen %d", len(f.Refresh), w.Chosen())
	}
	if got := w.MissingCredentials(); !slices.Equal(got, []value.ID{value.ClientID, value.ClientSecret, value.RefreshToken}) {
		t.Errorf("missing %v", got)
	}
	w.ChooseToken(1)
	if w.RefreshToken.Reveal() != token("2") || w.Market.Region != lwa.Europe || w.Chosen() != 1 {
		t.Errorf("market %s, chosen %d", w.Market.Code, w.Chosen())
	}

	// With an app of one's own the code brings the token.
	w = begin(OwnApp)
	if !w.TakeOver(token("1")+"\n"+id+"\n"+secret) || w.ClientID != id || w.ClientSecret.Reveal() != secret || !w.RefreshToken.IsEmpty() || w.Market != japan {
		t.Error("an app's credentials were not taken over")
	}
}
