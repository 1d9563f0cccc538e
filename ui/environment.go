package ui

import (
	"net/url"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/spapi"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// Environment is where a walk takes place: the real Amazon, or the practice one.
// The two share nothing, neither accounts nor keychain items.
type Environment struct {
	LWA   *lwa.Client
	SPAPI *spapi.Client
	Store *account.Store
	// VaultFile is where an encrypted file can take the place of the keychain;
	// "" where that is not offered.
	VaultFile string
	// InFile: the secrets are in that file, and not in the keychain.
	InFile bool
	// Keychain is where such a file can move to when there is one after all.
	Keychain vault.Vault
	// ConsentOrigin replaces "https://<Seller Central host>"; "" does not.
	ConsentOrigin string
	// RegistrationURL is the tool provider's registration screen where it is known.
	RegistrationURL string
	// Sample holds the values to practise with; nil in the real environment.
	Sample *practice.Sample
	// SandboxSample holds those of the sandbox app.
	SandboxSample *practice.Sample

	fresh *account.Refresher
	// failed has the IDs of accounts whose last renewal failed. It isn't saved: lasting
	// problems are in the account's own state.
	failed map[string]bool
	// file is the encrypted file once it is open.
	file *vault.File
}

// at is an address of Amazon's permission pages in this environment: unchanged, or
// the same page of the practice one.
func (e *Environment) at(u *url.URL) string {
	origin, err := url.Parse(e.ConsentOrigin)
	if e.ConsentOrigin == "" || err != nil {
		return u.String()
	}
	moved := *u
	moved.Scheme, moved.Host = origin.Scheme, origin.Host
	return moved.String()
}

// keepFresh lets an account's access token be renewed from now on.
func (e *Environment) keepFresh(id string, t lwa.Token) { e.fresh.Keep(id, t) }
