package account

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

func TestState(t *testing.T) {
	day := func(n int) date.Date { return date.Of(noon()).AddDays(n) }
	base := Account{ID: "a", CreatedAt: noon().AddDate(0, 0, -1), HasRefreshToken: true, HasClientSecret: true}
	cases := []struct {
		name   string
		change func(*Account)
		level  Level
		ids    []ReasonID
	}{
		{"nothing known", func(*Account) {}, Fine, nil},
		{"new", func(a *Account) { a.SecretMadeAt, a.AuthorizedAt = day(0), day(0) }, Fine, nil},
		{"secret, 31 days left", func(a *Account) { a.SecretMadeAt = day(-149) }, Fine, nil},
		{"secret, 30 days left", func(a *Account) { a.SecretMadeAt = day(-150) }, RenewSoon, []ReasonID{reasonSecretDue}},
		{"secret, a day left", func(a *Account) { a.SecretMadeAt = day(-179) }, RenewSoon, []ReasonID{reasonSecretDue}},
		{"secret, over", func(a *Account) { a.SecretMadeAt = day(-180) }, Attention, []ReasonID{reasonSecretOverdue}},
		{"authorization, 31 days left", func(a *Account) { a.AuthorizedAt = day(-334) }, Fine, nil},
		{"authorization, 30 days left", func(a *Account) { a.AuthorizedAt = day(-335) }, RenewSoon, []ReasonID{reasonAuthorizationDue}},
		{"authorization, over", func(a *Account) { a.AuthorizedAt = day(-365) }, Attention, []ReasonID{reasonAuthorizationOverdue}},
		{"both", func(a *Account) { a.AuthorizedAt, a.SecretMadeAt = day(-340), day(-200) }, Attention, []ReasonID{reasonSecretOverdue, reasonAuthorizationDue}},
		{"self-authorized, over", func(a *Account) { a.AuthorizedAt, a.SelfAuthorized = day(-400), true }, RenewSoon, []ReasonID{reasonAuthorizationDue}},
		{"self-authorized, over, works still", func(a *Account) {
			a.AuthorizedAt, a.SelfAuthorized, a.RenewedAt = day(-400), true, noon().AddDate(0, 0, -1)
		}, Fine, nil},
		{"revoked", func(a *Account) { a.Problem = string(lwa.KindRevoked) }, Attention, []ReasonID{reasonRevoked}},
		{"revoked after a year", func(a *Account) { a.Problem, a.AuthorizedAt = string(lwa.KindRevoked), day(-400) }, Attention, []ReasonID{reasonRevoked}},
		{"secret refused as too old", func(a *Account) { a.Problem, a.SecretMadeAt = string(lwa.KindSecretExpired), day(-200) }, Attention, []ReasonID{reasonSecretExpired}},
		{"wrong key", func(a *Account) { a.Problem = string(lwa.KindClientAuth) }, Attention, []ReasonID{reasonClient}},
		{"no network", func(a *Account) { a.Problem = string(lwa.KindOffline) }, Fine, nil},
		{"keychain locked", func(a *Account) { a.Problem = string(vault.Locked) }, Fine, nil},
		{"keychain empty", func(a *Account) { a.Problem = string(vault.NotFound) }, Attention, []ReasonID{reasonSecretGone}},
		{"no token yet", func(a *Account) { a.HasRefreshToken = false }, Attention, []ReasonID{reasonNoToken}},
		{"a date in the future", func(a *Account) { a.SecretMadeAt = day(100) }, Fine, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := base
			c.change(&a)
			s := a.State(noon())
			var ids []ReasonID
			for _, r := range s.Reasons {
				ids = append(ids, r.ID)
			}
			if s.Level != c.level || !slices.Equal(ids, c.ids) {
				t.Errorf("%s %v, want %s %v", s.Level, ids, c.level, c.ids)
			}
		})
	}
}

func TestAccountHoldsNoSecret(t *testing.T) {
	// A secret type in the record would be written to the index, masked at
	// best and useless in any case.
	for f := range reflect.TypeFor[Account]().Fields() {
		if f.Type == reflect.TypeFor[lwa.Secret]() {
			t.Errorf("field %s", f.Name)
		}
	}
	s := fmt.Sprintf("%+v %#v", Secrets{RefreshToken: fake("x", 40)}, Secrets{RefreshToken: fake("x", 40)})
	j, _ := json.Marshal(Secrets{RefreshToken: fake("x", 40)})
	if strings.Contains(s+string(j), "FAKE") {
		t.Error(s, string(j))
	}
}

func TestNames(t *testing.T) {
	for _, c := range [][3]string{{"JP", "A1FAKE", "JP · A1FAKE"}, {"", "A1FAKE", "A1FAKE"}, {"JP", "", "JP"}, {"", "", ""}} {
		if got := SuggestName(c[0], c[1]); got != c[2] {
			t.Errorf("%q", got)
		}
	}
	seen := map[string]bool{}
	for range 100 {
		id := Account{}.newID("")
		if !validID(id) || seen[id] {
			t.Fatal(id)
		}
		seen[id] = true
	}
	for _, bad := range []string{"", "A", "a/b", "a.b", "..", strings.Repeat("a", 65), "ä"} {
		if validID(bad) {
			t.Error(bad)
		}
	}
}
