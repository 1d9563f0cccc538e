package account

import (
	"slices"
	"testing"

	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/vault"
)

// TestCorrectMarketplace: everything but the marketplace stays, also over a restart.
func TestCorrectMarketplace(t *testing.T) {
	dir, v := t.TempDir(), vault.NewMemory()
	s := mustOpen(t, dir, v)
	a, secrets := example(1)
	a.Marketplace, a.Name, a.Layout = "JP", "JP · Example Store", "client"
	a.AuthorizedAt, a.SecretMadeAt = date.On(2026, 3, 1), date.On(2026, 2, 1)
	saved := mustSave(t, s, a, secrets)
	if _, err := s.RecordStores(saved.ID, []string{"JP"}, "Example Store"); err != nil {
		t.Fatal(err)
	}
	got, err := s.Update(saved.ID, func(a *Account) { a.Marketplace = "de" })
	if err != nil {
		t.Fatal(err)
	}
	want := saved
	want.Marketplace, want.Name, want.Shop = "DE", "DE · Example Store", "Example Store"
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	again := mustOpen(t, dir, v)
	if kept, err := again.Secrets(t.Context(), saved.ID); err != nil || !kept.RefreshToken.Equal(secrets.RefreshToken) || !kept.ClientSecret.Equal(secrets.ClientSecret) {
		t.Errorf("the secrets: %v", err)
	}
	if list := again.List(); len(list) != 1 || list[0] != got {
		t.Errorf("on the disk: %+v", list)
	}
	if _, err := s.Update(saved.ID, func(a *Account) { a.Marketplace = "XX" }); err == nil {
		t.Error("XX is no marketplace")
	}
	_, err = s.Update("nobody", func(a *Account) { a.Marketplace = "DE" })
	wantIndexKind(t, err, indexNotFound)

	// Authorized again, it's still the same account.
	next := got
	next.Name = ""
	if b := mustSave(t, s, next, secrets); b.ID != saved.ID {
		t.Error("another account was made")
	}
	// An entry of a provider's app leads to the page of its marketplace.
	p := Account{ProviderApp: true, Marketplace: "JP", SellerID: "A1EXAMPLE0001", Link: "https://sellercentral.amazon.co.jp/apps/authorize/consent?application_id=amzn1.sp.solution.0"}
	p = mustSave(t, s, p, Secrets{})
	if p, err = s.Update(p.ID, func(a *Account) { a.Marketplace = "AU" }); err != nil || p.Link != "https://sellercentral.amazon.com.au/apps/authorize/consent?application_id=amzn1.sp.solution.0" {
		t.Errorf("the link: %q, %v", p.Link, err)
	}
}

// TestSellersStandTogether: the list is read by shop. The marketplace in front of a
// name doesn't count, so that a corrected account keeps its place.
func TestSellersStandTogether(t *testing.T) {
	list := []Account{
		{ID: "1", Marketplace: "JP", Name: "JP · Example Store"},
		{ID: "2", Marketplace: "AU", Name: "Zebra", Shop: "Example Store"},
		{ID: "3", Marketplace: "JP", Name: "Middle"},
		{ID: "4", Marketplace: "US", Name: "Apple", SellerID: "A1EXAMPLE0004", Shop: "Apple"},
		{ID: "5", Marketplace: "UK", SellerID: "A1EXAMPLE0004"},
		{ID: "6", Marketplace: "AU", Name: "AU · Example Store"},
		{ID: "7", Marketplace: "SG", SellerID: "A0EXAMPLE0001"},
		{ID: "8", Marketplace: "SG", Name: "Apple in Singapore", Shop: "apple"},
		{ID: "9", Marketplace: "BR", Name: "Example Store of the South", Shop: "Example Store"},
	}
	order := func() (ids string) {
		sortAccounts(list)
		for _, a := range list {
			ids += a.ID
		}
		return ids
	}
	got := order()
	slices.Reverse(list)
	if again := order(); again != got {
		t.Errorf("sorted %s, then %s", got, again)
	}
	at := func(id byte) int { return slices.IndexFunc(list, func(a Account) bool { return a.ID[0] == id }) }
	together := func(ids string) {
		t.Helper()
		first, last := len(list), 0
		for i := range len(ids) {
			first, last = min(first, at(ids[i])), max(last, at(ids[i]))
		}
		if last-first != len(ids)-1 {
			t.Errorf("%s don't stand together in %s", ids, got)
		}
	}
	together("458")
	together("29")
	together("16")
	before := at('1')
	list[before].Marketplace, list[before].Name = "DE", "DE · Example Store"
	if order(); at('1')-at('6') > 1 || at('6')-at('1') > 1 {
		t.Error("a corrected account lost its place")
	}
}
