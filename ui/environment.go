package ui

import (
	"net/url"
	"slices"
	"time"

	"github.com/sellerkey/sellerkey/i18n"
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
	// VaultFile is the path of the encrypted file that can replace the keychain; "" if
	// that isn't offered.
	VaultFile string
	// InFile: the secrets are in that file, and not in the keychain.
	InFile bool
	// Keychain is where its secrets can move once there is a keychain.
	Keychain vault.Vault
	// ConsentOrigin replaces "https://<Seller Central host>" unless it is "".
	ConsentOrigin string
	// RegistrationURL is the tool provider's registration screen; "" if unknown.
	RegistrationURL string
	// Sample holds the values to practise with; nil in the real environment.
	Sample *practice.Sample
	// SandboxSample holds those of the sandbox app.
	SandboxSample *practice.Sample
	// MakeSecret makes a new client secret for an app, as its owner does at Amazon; nil in
	// the real environment.
	MakeSecret func(clientID string) (lwa.Secret, bool)

	fresh *account.Refresher
	// failed has the IDs of accounts whose last renewal failed. It isn't saved: lasting
	// problems are in the account's own state.
	failed map[string]bool
	// file is the encrypted file; nil until it is open.
	file *vault.File
}

// keeperName is what a text calls the place where the secrets are.
func (e *Environment) keeperName(words *i18n.Localizer) string {
	if e.InFile {
		return words.T("vault_file.name")
	}
	return words.Keychain()
}

// useFile takes the secrets from the encrypted file that was opened.
func (e *Environment) useFile(f *vault.File) {
	e.file, e.InFile = f, true
	e.Store.SetVault(f)
}

// leaveFile goes back to the keychain.
func (e *Environment) leaveFile() {
	e.file, e.InFile = nil, false
	e.Store.SetVault(e.Keychain)
}

// needing are the accounts of a list that aren't fine.
func (e *Environment) needing(list []account.Account, now time.Time) []account.Account {
	return slices.DeleteFunc(slices.Clone(list), func(acc account.Account) bool {
		return acc.State(now).Level == account.Fine && !e.failed[acc.ID]
	})
}

// at returns the address of an Amazon permission page in this environment:
// unchanged, or the same page of practice mode.
func (e *Environment) at(u *url.URL) string {
	origin, err := url.Parse(e.ConsentOrigin)
	if e.ConsentOrigin == "" || err != nil {
		return u.String()
	}
	moved := *u
	moved.Scheme, moved.Host = origin.Scheme, origin.Host
	return moved.String()
}
