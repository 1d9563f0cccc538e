package practice

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sellerkey/sellerkey/lwa"
)

// seller is one seller account. The pretend seller has several under one sign-in,
// as real ones do: an authorization covers the stores of one of them.
type seller struct {
	number byte // goes into tokens, so it never changes; 0 is no seller
	id     string
	// stores are country codes, those where the seller sells first.
	stores  []string
	selling int
}

const storeName = "Practice Store"

// sellerID is that of the account of the home store, and of Japan's, from where the
// guides are.
const sellerID = "A0PRACTICE0001"

// sellers returns one account for North America, one for Europe, with Saudi Arabia
// apart, and one for each store of the Far East.
func (s *Server) sellers() []seller {
	all := []seller{
		{1, "", []string{"JP"}, 1},
		{2, "", []string{"US", "BR", "CA", "MX"}, 2},
		{3, "", []string{"UK", "DE", "FR", "IT", "ES", "IE", "BE", "NL", "SE", "PL", "TR", "ZA", "EG", "AE", "IN"}, 5},
		{4, "", []string{"AU"}, 1},
		{5, "", []string{"SG"}, 1},
		{6, "", []string{"SA"}, 1},
	}
	for i, one := range all {
		n := one.number
		if slices.Contains(one.stores, s.home.Code) {
			n = 1
		}
		all[i].id = fmt.Sprintf("%s%d", sellerID[:len(sellerID)-1], n)
	}
	return all
}

func (s seller) region() lwa.Region {
	m, _ := lwa.FindMarketplace(s.stores[0])
	return m.Region
}

// sellerIn finds the account of a store, or else that of the home store.
func (s *Server) sellerIn(code string) seller {
	var home seller
	for _, one := range s.sellers() {
		if slices.Contains(one.stores, code) {
			return one
		}
		if slices.Contains(one.stores, s.home.Code) {
			home = one
		}
	}
	return home
}

// sellerNumbered finds the account with a number, or else that of the home store.
func (s *Server) sellerNumbered(number byte) seller {
	all := s.sellers()
	if i := slices.IndexFunc(all, func(one seller) bool { return one.number == number }); i >= 0 {
		return all[i]
	}
	return s.sellerIn(s.home.Code)
}

// isSeller reports whether an account has this seller ID.
func (s *Server) isSeller(id string) bool {
	return slices.ContainsFunc(s.sellers(), func(one seller) bool { return one.id == id })
}

// sellerAt finds the account that somebody signs in to on a host of Seller or
// Vendor Central, or else that of the home store. On a host that several stores
// share, that is the home store's if it can be.
func (s *Server) sellerAt(host string) seller {
	if host == s.home.SellerHost || host == s.home.VendorHost {
		return s.sellerIn(s.home.Code)
	}
	for _, m := range lwa.Marketplaces() {
		if host == m.SellerHost || host == m.VendorHost {
			return s.sellerIn(m.Code)
		}
	}
	return s.sellerIn(s.home.Code)
}

// sellerChoices are the options of the list on the permission page.
func (s *Server) sellerChoices(lang string) (list []choice) {
	for _, one := range s.sellers() {
		var names []string
		for _, code := range one.stores[:one.selling] {
			names = append(names, s.words(lang, "market."+code))
		}
		list = append(list, choice{one.stores[0], storeName + ": " + strings.Join(names, ", ") + " (" + one.id + ")"})
	}
	return list
}

// storeTable has the domain, currency and language of each store, without the
// "amazon." in front.
const storeTable = `
CA ca CAD en_CA
US com USD en_US
MX com.mx MXN es_MX
BR com.br BRL pt_BR
IE ie EUR en_IE
ES es EUR es_ES
UK co.uk GBP en_GB
FR fr EUR fr_FR
BE com.be EUR nl_BE
NL nl EUR nl_NL
DE de EUR de_DE
IT it EUR it_IT
SE se SEK sv_SE
ZA co.za ZAR en_ZA
PL pl PLN pl_PL
EG eg EGP ar_EG
TR com.tr TRY tr_TR
SA sa SAR ar_SA
AE ae AED ar_AE
IN in INR en_IN
SG sg SGD en_SG
AU com.au AUD en_AU
JP co.jp JPY ja_JP`

// participations are the rows for a seller. Amazon lists internal ones as well
// (amzn/selling-partner-api-docs#761, #1260).
func (s *Server) participations(of seller) []participation {
	var all []participation
	add := func(m marketplace, store string, selling bool) {
		p := participation{Marketplace: m, StoreName: store}
		p.Participation.IsParticipating = selling
		all = append(all, p)
	}
	for i, code := range of.stores {
		_, row, _ := strings.Cut(storeTable, "\n"+code+" ")
		row, _, _ = strings.Cut(row, "\n")
		f := strings.Fields(row)
		known, _ := lwa.FindMarketplace(code)
		country, store := code, ""
		if code == "UK" {
			country = "GB"
		}
		if i < of.selling {
			store = storeName
		}
		add(marketplace{known.ID, country, "Amazon." + f[0], f[1], f[2], "www.amazon." + f[0]}, store, store != "")
	}
	first := all[0].Marketplace
	add(marketplace{"A0PRACTICENONAMZ", first.CountryCode, "Non-Amazon " + first.CountryCode, first.Currency, first.LanguageCode, "non-amazon.example"}, storeName, true)
	add(marketplace{"A0PRACTICESHADOW", first.CountryCode, "Invoicing_Shadow_Marketplace", first.Currency, first.LanguageCode, "shadow.example"}, "", false)
	return all
}
