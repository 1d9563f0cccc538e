package vault

import (
	"fmt"
	"os"
	"testing"

	system "github.com/zalando/go-keyring"

	"github.com/sellerkey/sellerkey/lwa"
)

// needKeyring skips where no keychain was put up for the tests, as
// scripts/keyring-test does, away from the person's own.
func needKeyring(t *testing.T) string {
	t.Helper()
	if os.Getenv("SELLERKEY_TEST_KEYRING") != "1" {
		t.Skip("needs a real keychain that may be written to: SELLERKEY_TEST_KEYRING=1")
	}
	return fmt.Sprintf("app.sellerkey.test.%d", os.Getpid())
}

func TestRealKeyring(t *testing.T) {
	service := needKeyring(t)
	k := NewKeychain(service)
	if err := Probe(t.Context(), k); err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{30, 400, keychainLimit, 30} {
		v := fake("real", n)
		if err := k.Set(t.Context(), "key", v); err != nil {
			t.Fatal(err)
		}
		wantSecret(t, k, "key", v)
	}
	odd := lwa.NewSecret(" 秘密\n")
	if err := k.Set(t.Context(), "key", odd); err != nil {
		t.Fatal(err)
	}
	wantSecret(t, k, "key", odd)
	if got, err := system.Get(service, "key"); err != nil || got != odd.Reveal() {
		t.Fatal("a short value is not stored as it is:", err)
	}
	if err := k.Delete(t.Context(), "key"); err != nil {
		t.Fatal(err)
	}
	wantSecret(t, k, "key", lwa.Secret{})
}
