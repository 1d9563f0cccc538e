package main

import (
	"path/filepath"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/doctor"
	"github.com/sellerkey/sellerkey/internal/native"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/spapi"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/internal/version"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui"
)

// appID identifies the program to the system and the toolkit.
const appID = "app.sellerkey"

// In the data folder, next to the list of accounts and the settings.
const (
	practiceFolder = "practice"
	logFolder      = "logs"
)

func newVault(o options, service string) vault.Vault {
	if o.vault == "memory" {
		return vault.NewMemory()
	}
	return vault.NewKeychain(service)
}

// realEnvironment is Amazon itself, or the test servers that flags name. Its
// secrets are in the encrypted file if there is one, locked at first, or else in
// the keychain.
func realEnvironment(o options, dir string) (*ui.Environment, error) {
	keychain := newVault(o, vault.Service)
	present := keychain
	vaultFile := filepath.Join(dir, vault.FileName)
	inFile := o.vault != "memory" && vault.FileAt(vaultFile)
	if inFile {
		present = nil
	}
	if o.vault == "memory" {
		vaultFile = "" // offer to save nothing
	}
	store, err := account.Open(dir, present, time.Now)
	if err != nil {
		return nil, err
	}
	return &ui.Environment{
		LWA:           &lwa.Client{TokenURL: o.tokenURL},
		SPAPI:         &spapi.Client{BaseURL: o.spapiURL, Version: version.Number()},
		ConsentOrigin: o.consentOrigin,
		Store:         store,
		VaultFile:     vaultFile,
		InFile:        inFile,
		Keychain:      keychain,
	}, nil
}

// doctorDeps are those of a check from the window.
func doctorDeps(o options, dir string) doctor.Deps {
	usual, _ := dataDir(options{})
	return doctor.Deps{
		Dir: dir, DefaultDir: usual, Vault: newVault(o, vault.Service), Version: version.Number(), Shown: true,
		TokenURL: o.tokenURL, SPAPIURL: o.spapiURL,
	}
}

// practiceEnvironment starts the pretend Amazon. Its accounts have their own folder
// and keychain items.
func practiceEnvironment(o options, dir string, home lwa.Marketplace, words func(lang, id string) string) (*ui.Environment, error) {
	server := practice.New(practice.Options{Now: time.Now, Home: home, Words: words})
	if err := server.Start("127.0.0.1:0"); err != nil {
		return nil, err
	}
	store, err := account.Open(filepath.Join(dir, practiceFolder), newVault(o, vault.PracticeService), time.Now)
	if err != nil {
		return nil, err
	}
	sample, sandbox := server.Sample(), server.Sandbox()
	return &ui.Environment{
		LWA:             &lwa.Client{TokenURL: server.TokenURL()},
		SPAPI:           &spapi.Client{BaseURL: server.RegionsURL(), Version: version.Number()},
		ConsentOrigin:   server.Origin(),
		RegistrationURL: server.RegistrationURL(),
		Store:           store,
		Sample:          &sample,
		SandboxSample:   &sandbox,
		MakeSecret:      server.RotateSecret,
	}, nil
}

// links is the choice whether browsers open this program; nil without one.
func links() ui.Links {
	if l := native.NewLinks(walk.ReturnScheme); l != nil {
		return l
	}
	return nil
}
