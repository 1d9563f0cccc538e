package lwa

import "strings"

// Region is one of the three SP-API regions. An authorization covers the stores of
// one seller account in one region. Some stores of a region have seller accounts of
// their own (amzn/selling-partner-api-docs#3680, #2384).
type Region string

// The SP-API regions.
const (
	NorthAmerica Region = "na"
	Europe       Region = "eu"
	FarEast      Region = "fe"
)

// Regions returns the three regions.
func Regions() []Region { return []Region{NorthAmerica, Europe, FarEast} }

// Home is the largest marketplace of the region; its Code is "" for an unknown one.
func (r Region) Home() Marketplace {
	m, _ := FindMarketplace(map[Region]string{NorthAmerica: "US", Europe: "DE", FarEast: "JP"}[r])
	return m
}

// Endpoint is one of the addresses of the SP-API
// (https://developer-docs.amazon.com/sp-api/docs/sp-api-endpoints).
type Endpoint struct {
	Region Region
	// Sandbox: the region's sandbox, for sandbox apps
	// (https://developer-docs.amazon.com/sp-api/docs/sp-api-sandbox).
	Sandbox bool
}

// URL is the address without a trailing slash.
func (e Endpoint) URL() string {
	if e.Sandbox {
		return "https://sandbox.sellingpartnerapi-" + string(e.Region) + ".amazon.com"
	}
	return "https://sellingpartnerapi-" + string(e.Region) + ".amazon.com"
}

// Host is the host of the address.
func (e Endpoint) Host() string { return strings.TrimPrefix(e.URL(), "https://") }

// Marketplace is one of the Amazon stores where a seller can sell.
type Marketplace struct {
	// Code is the country code that Amazon's tables use ("JP", "UK", not "GB").
	Code string
	// ID is the marketplace ID, which looks like a seller ID.
	ID     string
	Region Region
	// SellerHost and VendorHost are where sellers and vendors sign in and see
	// the authorization page.
	SellerHost, VendorHost string
}

const (
	// sharedEurope serves the five oldest European stores. Country hosts
	// (sellercentral.amazon.de …) exist, too; Amazon's documentation and
	// samples use the shared one.
	sharedEurope = "sellercentral-europe.amazon.com"
	// sharedMiddleEast is the Vendor Central of Egypt, Saudi Arabia and
	// the U.A.E.
	sharedMiddleEast = "vendorcentral.amazon.me"
)

// Marketplaces returns every marketplace, region by region, in the order of
// Amazon's own table
// (https://developer-docs.amazon.com/sp-api/docs/marketplace-ids). The hosts of
// Ireland and the Vendor Central hosts of Ireland, South Africa and India are
// not in Amazon's pages, but in wide use.
func Marketplaces() []Marketplace {
	all := marketplaces()
	return all[:]
}

// marketplaces is an array, so that looking something up allocates nothing.
func marketplaces() [23]Marketplace {
	return [...]Marketplace{
		{"CA", "A2EUQ1WTGCTBG2", NorthAmerica, "sellercentral.amazon.ca", "vendorcentral.amazon.ca"},
		{"US", "ATVPDKIKX0DER", NorthAmerica, "sellercentral.amazon.com", "vendorcentral.amazon.com"},
		{"MX", "A1AM78C64UM0Y8", NorthAmerica, "sellercentral.amazon.com.mx", "vendorcentral.amazon.com.mx"},
		{"BR", "A2Q3Y263D00KWC", NorthAmerica, "sellercentral.amazon.com.br", "vendorcentral.amazon.com.br"},
		{"IE", "A28R8C7NBKEWEA", Europe, "sellercentral.amazon.ie", "vendorcentral.amazon.ie"},
		{"ES", "A1RKKUPIHCS9HS", Europe, sharedEurope, "vendorcentral.amazon.es"},
		{"UK", "A1F83G8C2ARO7P", Europe, sharedEurope, "vendorcentral.amazon.co.uk"},
		{"FR", "A13V1IB3VIYZZH", Europe, sharedEurope, "vendorcentral.amazon.fr"},
		{"BE", "AMEN7PMS3EDWL", Europe, "sellercentral.amazon.com.be", "vendorcentral.amazon.com.be"},
		{"NL", "A1805IZSGTT6HS", Europe, "sellercentral.amazon.nl", "vendorcentral.amazon.nl"},
		{"DE", "A1PA6795UKMFR9", Europe, sharedEurope, "vendorcentral.amazon.de"},
		{"IT", "APJ6JRA9NG5V4", Europe, sharedEurope, "vendorcentral.amazon.it"},
		{"SE", "A2NODRKZP88ZB9", Europe, "sellercentral.amazon.se", "vendorcentral.amazon.se"},
		{"ZA", "AE08WJ6YKNBMC", Europe, "sellercentral.amazon.co.za", "vendorcentral.amazon.co.za"},
		{"PL", "A1C3SOZRARQ6R3", Europe, "sellercentral.amazon.pl", "vendorcentral.amazon.pl"},
		{"EG", "ARBP9OOSHTCHU", Europe, "sellercentral.amazon.eg", sharedMiddleEast},
		{"TR", "A33AVAJ2PDY3EV", Europe, "sellercentral.amazon.com.tr", "vendorcentral.amazon.com.tr"},
		{"SA", "A17E79C6D8DWNP", Europe, "sellercentral.amazon.sa", sharedMiddleEast},
		{"AE", "A2VIGQ35RCS4UG", Europe, "sellercentral.amazon.ae", sharedMiddleEast},
		{"IN", "A21TJRUUN4KGV", Europe, "sellercentral.amazon.in", "www.vendorcentral.in"},
		{"SG", "A19VAU5U5O7RUS", FarEast, "sellercentral.amazon.sg", "vendorcentral.amazon.com.sg"},
		{"AU", "A39IBJ37TRP1C6", FarEast, "sellercentral.amazon.com.au", "vendorcentral.amazon.com.au"},
		{"JP", "A1VC38T7YXB528", FarEast, "sellercentral.amazon.co.jp", "vendorcentral.amazon.co.jp"},
	}
}

// FindMarketplace returns the marketplace of a country code ("JP"; "GB" means
// "UK") or a marketplace ID.
func FindMarketplace(codeOrID string) (Marketplace, bool) {
	want := strings.ToUpper(strings.TrimSpace(codeOrID))
	if want == "GB" {
		want = "UK"
	}
	for _, m := range marketplaces() {
		if m.Code == want || m.ID == want {
			return m, true
		}
	}
	return Marketplace{}, false
}

// Host returns the host of the authorization page.
func (m Marketplace) Host(vendor bool) string {
	if vendor {
		return m.VendorHost
	}
	return m.SellerHost
}
