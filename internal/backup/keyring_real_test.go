//go:build linux

package backup

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// TestRealKeyringMoved: a backup made on a real keychain is restored into an encrypted
// file on another computer, and one made there into a keychain again. Accounts,
// secrets, dates and reminders are the same each time.
func TestRealKeyringMoved(t *testing.T) {
	if os.Getenv("SELLERKEY_TEST_KEYRING") != "1" {
		t.Skip("needs a real keychain that may be written to: SELLERKEY_TEST_KEYRING=1")
	}
	service := fmt.Sprintf("app.sellerkey.test.%d.backup", os.Getpid())
	now := time.Date(2026, 11, 28, 8, 0, 0, 0, time.UTC)
	computer := func(v vault.Vault) *account.Store {
		t.Helper()
		s, err := account.Open(t.TempDir(), v, func() time.Time { return now })
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			for _, a := range s.List() {
				if err := s.Forget(context.Background(), a.ID); err != nil {
					t.Error(err)
				}
			}
		})
		return s
	}
	inFile, err := vault.OpenFile(t.Context(), filepath.Join(t.TempDir(), vault.FileName), lwa.NewSecret("another passphrase"))
	if err != nil {
		t.Fatal(err)
	}
	first := computer(vault.NewKeychain(service + ".first"))
	app := "amzn1.application-oa2-client.00000000000000000000000000000000"
	keys := func(n int) account.Secrets {
		return account.Secrets{ClientSecret: lwa.NewSecret(fmt.Sprint("EXAMPLE-secret-", n)), RefreshToken: lwa.NewSecret(fmt.Sprintf("Atzr|EXAMPLE-%d-%s", n, strings.Repeat("x", 1900)))}
	}
	for i, a := range []account.Account{
		{Name: "東京店", Marketplace: "JP", SellerID: "A0EXAMPLE00001", ClientID: app, AuthorizedAt: date.On(2025, 12, 10), SecretMadeAt: date.On(2026, 6, 10), Shop: "Example", Stores: "JP", Layout: "client"},
		{Name: "São Paulo", Marketplace: "BR", SellerID: "A0EXAMPLE00002", ClientID: app, AuthorizedAt: date.On(2026, 1, 2), SecretMadeAt: date.On(2026, 5, 1), Vendor: true},
		{Name: "tests", Marketplace: "DE", ClientID: app, SelfAuthorized: true, Sandbox: true},
		{Name: "a tool", Marketplace: "US", ProviderApp: true, Provider: "Example Tools", ApplicationID: "amzn1.sp.solution.00000000-0000-0000-0000-000000000000", AuthorizedAt: date.On(2025, 11, 29)},
	} {
		secrets := keys(i)
		if a.ProviderApp {
			secrets = account.Secrets{}
		}
		if _, err := first.Save(t.Context(), a, secrets); err != nil {
			t.Fatal(err)
		}
	}

	from := first
	for _, to := range []*account.Store{computer(inFile), computer(vault.NewKeychain(service + ".third"))} {
		path := filepath.Join(t.TempDir(), "shops.sellerkey")
		b, err := Gather(t.Context(), from, from.List(), now)
		if err != nil {
			t.Fatal(err)
		}
		if err := Write(path, b, passphrase); err != nil {
			t.Fatal(err)
		}
		if b, err = Read(path, passphrase); err != nil {
			t.Fatal(err)
		}
		all, err := Compare(t.Context(), to, b)
		if err != nil {
			t.Fatal(err)
		}
		if _, saved, err := Restore(t.Context(), to, all, passphrase, now); err != nil || len(saved) != len(from.List()) {
			t.Fatalf("restored %d: %v", len(saved), err)
		}
		want, got := kept(t, from, now), kept(t, to, now)
		for i := range want {
			if !reflect.DeepEqual(got[i], want[i]) {
				t.Errorf("%s:\n%+v, was\n%+v", want[i].account.Title(), got[i], want[i])
			}
		}
		from = to
	}
}

// keep is what a computer has of an account, and when it will remind of it.
type keep struct {
	account                     account.Account
	client, refresh             string
	secretDue, authorizationDue date.Date
	state                       account.State
}

// kept is what a computer has of all accounts, by their titles. Each computer names
// them by IDs of its own.
func kept(t *testing.T, s *account.Store, now time.Time) (all []keep) {
	t.Helper()
	for _, a := range s.List() {
		secrets, err := s.Secrets(t.Context(), a.ID)
		if err != nil {
			t.Fatal(err)
		}
		k := keep{a, secrets.ClientSecret.Reveal(), secrets.RefreshToken.Reveal(), a.SecretDue(), a.AuthorizationDue(), a.State(now)}
		k.account.ID = ""
		all = append(all, k)
	}
	slices.SortFunc(all, func(a, b keep) int { return strings.Compare(a.account.Name, b.account.Name) })
	return all
}
