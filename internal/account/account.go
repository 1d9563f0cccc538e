// Package account is what SellerKey remembers between two starts.
//
// An [Account] says whose authorization it is and when it expires; it holds no
// secret and is kept in a plain index file ([Store]). The secrets of an account,
// its client secret, its refresh token and, for the hour that it lives, an access
// token, are in a [vault.Vault]. [Refresher] refreshes the tokens of the open
// accounts.
//
// Every write follows one rule: a refresh token exists once, and Amazon shows it
// once, so it goes into the vault and is read back before anything else is
// written down.
package account

import (
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unique"

	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/lwa"
)

// Account is one authorization: one app, one seller, one region. It holds no
// secret. Zero times are unknown.
type Account struct {
	// ID names the account in the index and in the vault. [Store.Save] makes it.
	ID string `json:"id"`
	// Name is the seller's own name for it, possibly empty; see [Account.Title].
	Name string `json:"name,omitempty"`
	// Marketplace is a country code of [lwa.Marketplaces].
	Marketplace   string `json:"marketplace,omitempty"`
	Vendor        bool   `json:"vendor,omitempty"`
	SellerID      string `json:"seller_id,omitempty"`
	ApplicationID string `json:"application_id,omitempty"`
	ClientID      string `json:"client_id,omitempty"`
	RedirectURI   string `json:"redirect_uri,omitempty"`
	// ReturnPage: the redirect URI shows the return page.
	ReturnPage bool `json:"return_page,omitempty"`
	// Draft: the app is not published; its consent link says version=beta.
	Draft bool `json:"draft,omitempty"`
	// SelfAuthorized: the refresh token came from Seller Central itself, not
	// from a consent page.
	SelfAuthorized bool `json:"self_authorized,omitempty"`
	// Sandbox: the app is a sandbox app, whose tokens work only at the sandbox hosts of
	// the SP-API. Nobody authorizes it.
	Sandbox bool `json:"sandbox,omitempty"`
	// ProviderApp: the app belongs to a tool provider, who has the tokens. The
	// entry holds no secret; it is there to remind of the yearly renewal.
	// Provider is the provider's name where it is known, Link the consent link.
	ProviderApp bool   `json:"provider_app,omitempty"`
	Provider    string `json:"provider,omitempty"`
	Link        string `json:"link,omitempty"`
	// Shop is the seller's name for the shop, as Amazon told it first. The accounts of
	// one seller's stores share it.
	Shop string `json:"shop,omitempty"`
	// Stores are the country codes of the stores that the authorization covers, with
	// blanks between, as of the last check; "" before one.
	Stores string `json:"stores,omitempty"`
	// Layout and SetupFile are the registration screen that its values are
	// typed into: the name of a layout, and the text of a provider's setup file,
	// which holds no secret. Both may be empty.
	Layout    string `json:"layout,omitempty"`
	SetupFile string `json:"setup_file,omitempty"`

	CreatedAt time.Time `json:"created_at,omitzero"`
	// AuthorizedAt is when the seller last allowed the access.
	AuthorizedAt date.Date `json:"authorized_at,omitzero"`
	// SecretMadeAt is when the client secret was made in the developer console.
	SecretMadeAt date.Date `json:"secret_made_at,omitzero"`
	// RenewedAt is when Amazon last gave an access token.
	RenewedAt time.Time `json:"renewed_at,omitzero"`

	// Problem is the [lwa.Kind] or [vault.Kind] of the last renewal, "" when it
	// went well.
	Problem string `json:"problem,omitempty"`

	// HasClientSecret and HasRefreshToken say what the vault should hold, so
	// that a list can tell without asking the vault.
	HasClientSecret bool `json:"has_client_secret,omitempty"`
	HasRefreshToken bool `json:"has_refresh_token,omitempty"`
	// HasPrevious: the vault also holds the former refresh token, until the
	// present one has worked.
	HasPrevious bool `json:"has_previous_token,omitempty"`
}

// Secrets are the two long-lived secrets of an account. An empty one is not
// there, or not to be changed.
type Secrets struct {
	ClientSecret, RefreshToken lwa.Secret
}

// Title is the name, or, without one, what tells the account from the others:
// "JP · A1EXAMPLE0000".
func (a Account) Title() string {
	if a.Name != "" {
		return a.Name
	}
	return SuggestName(a.Marketplace, a.SellerID)
}

// App tells the account's app from others, for a person: the provider's name or,
// without one, the end of the app's ID. It's "" when neither is known.
func (a Account) App() string {
	id := cmp.Or(a.ClientID, a.ApplicationID)
	switch {
	case a.Provider != "":
		return a.Provider
	case id == "":
		return ""
	}
	return "…" + id[max(0, len(id)-6):]
}

// SuggestName makes a name of a marketplace code and a seller ID.
func SuggestName(marketplace, sellerID string) string {
	switch {
	case marketplace == "":
		return sellerID
	case sellerID == "":
		return marketplace
	}
	return marketplace + nameSign + sellerID
}

// nameSign stands between the parts of a suggested name.
const nameSign = " · "

// unnamed reports whether an account has nothing by which a person could tell it
// from others: no seller ID, and no name but one of [Store]'s own making, the
// marketplace with a number.
func (a Account) unnamed() bool {
	if a.SellerID != "" {
		return false
	}
	number, own := strings.CutPrefix(a.Name, a.Marketplace+nameSign)
	_, err := strconv.Atoi(number)
	return a.Name == "" || own && err == nil
}

// Region is the region of the account's marketplace, "" when it is unknown.
func (a Account) Region() lwa.Region {
	m, _ := lwa.FindMarketplace(a.Marketplace)
	return m.Region
}

// Endpoint is where the SP-API takes the account's tokens.
func (a Account) Endpoint() lwa.Endpoint { return lwa.Endpoint{Region: a.Region(), Sandbox: a.Sandbox} }

// identity is what makes two savings the same account: the app, the seller and
// the region, because each region has a refresh token of its own. It is ""
// when app or seller are unknown: two sellers whose IDs were never asked must
// not overwrite each other's tokens.
func (a Account) identity() string {
	app := a.ClientID
	if app == "" {
		app = a.ApplicationID
	}
	if app == "" || a.SellerID == "" {
		return ""
	}
	region := string(a.Region())
	if region == "" {
		region = strings.ToUpper(a.Marketplace)
	}
	return app + "\x00" + strings.ToUpper(a.SellerID) + "\x00" + region
}

// OtherAccountError says that secrets are of another app, seller or region than
// those of the account that they were meant for.
type OtherAccountError struct {
	// Account is the one that they were meant for. Known is the saved account that they
	// belong to, or the zero Account; only [Store.Check] and [Store.Save] fill it in.
	Account, Known Account
	// Seller, App and Region tell what differs.
	Seller, App, Region bool
}

// Error is for logs.
func (e *OtherAccountError) Error() string {
	return fmt.Sprintf("account: another account (seller differs: %t, app: %t, region: %t)", e.Seller, e.App, e.Region)
}

// differs compares whose secrets a and b are, as far as both tell. The error is
// an *[OtherAccountError].
func (a Account) differs(b Account) error {
	unlike := func(x, y string) bool { return x != "" && y != "" && !strings.EqualFold(x, y) }
	e := &OtherAccountError{
		Account: a,
		Seller:  unlike(a.SellerID, b.SellerID),
		App:     unlike(a.ClientID, b.ClientID) || unlike(a.ApplicationID, b.ApplicationID),
		Region:  unlike(string(a.Region()), string(b.Region())),
	}
	if e.Seller || e.App || e.Region {
		return e
	}
	return nil
}

// newID makes the ID of a new account in a folder. Where there is an identity it
// follows from that, so that after a crash between vault and index the next try
// overwrites the secrets of the first. Two folders never share a keychain item.
func (a Account) newID(dir string) string {
	id := a.identity()
	if id == "" {
		return strings.ToLower(rand.Text())
	}
	sum := sha256.Sum256([]byte("sellerkey account 2\x00" + id + "\x00" + dir))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:16])[:26])
}

// validID keeps names of vault items and file names harmless whatever an index
// file says.
func validID(id string) bool {
	if id == "" || len(id) > 64 {
		return false
	}
	return strings.IndexFunc(id, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-'
	}) < 0
}

// tidy makes times what a file can hold: whole seconds in UTC, of years that
// RFC 3339 can write. Any other time becomes unknown. What the accounts of an agency
// have in common, their app and a setup file of some KB, is in memory once.
func tidy(a Account) Account {
	for _, s := range []*string{&a.ApplicationID, &a.ClientID, &a.SetupFile} {
		*s = unique.Make(*s).Value()
	}
	for _, t := range []*time.Time{&a.CreatedAt, &a.RenewedAt} {
		*t = t.UTC().Truncate(time.Second)
		if t.Year() < 1 || t.Year() > 9999 {
			*t = time.Time{}
		}
	}
	return a
}

// correct sees to what follows from another marketplace, which somebody had picked
// wrongly, or from another kind of app, which nothing in a token tells: a name that
// begins with the marketplace's code follows, and a provider's link leads to the
// authorization page of the new one. What a check has found at other hosts is
// forgotten. The error is an *[IndexError] if there is no such marketplace.
func (a *Account) correct(before Account, all []Account) error {
	if a.Endpoint() != before.Endpoint() {
		a.Stores = ""
	}
	if a.Marketplace == before.Marketplace {
		return nil
	}
	m, ok := lwa.FindMarketplace(a.Marketplace)
	if !ok {
		return ErrNotFound
	}
	a.Marketplace = m.Code
	was, ok := lwa.FindMarketplace(before.Marketplace)
	if !ok {
		return nil
	}
	if rest, ok := strings.CutPrefix(a.Name, was.Code+nameSign); ok {
		a.Name = untaken(all, a.ID, SuggestName(m.Code, rest))
	}
	if link, err := url.Parse(a.Link); err == nil && link.Host == was.Host(a.Vendor) {
		link.Host = m.Host(a.Vendor)
		a.Link = link.String()
	}
	return nil
}

// untaken is a title that no other account of the list has: wish, or wish with a
// number.
func untaken(list []Account, id, wish string) string {
	taken := make(map[string]bool, len(list))
	for _, a := range list {
		if a.ID != id {
			taken[a.Title()] = true
		}
	}
	title := wish
	for n := 2; taken[title]; n++ {
		title = SuggestName(wish, strconv.Itoa(n))
	}
	return title
}
