package account

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/sellerkey/sellerkey/lwa"
)

func TestState(t *testing.T) {
	day := func(n int) time.Time { return noon().AddDate(0, 0, n) }
	base := Account{ID: "a", CreatedAt: day(-1), HasRefreshToken: true, HasClientSecret: true}
	cases := []struct {
		name   string
		change func(*Account)
		level  Level
		ids    []ReasonID
	}{
		{"nothing known", func(*Account) {}, Fine, nil},
		{"new", func(a *Account) { a.SecretMadeAt, a.AuthorizedAt = noon(), noon() }, Fine, nil},
		{"secret, 31 days left", func(a *Account) { a.SecretMadeAt = day(-149) }, Fine, nil},
		{"secret, 30 days left", func(a *Account) { a.SecretMadeAt = day(-150) }, RenewSoon, []ReasonID{ReasonSecretDue}},
		{"secret, a day left", func(a *Account) { a.SecretMadeAt = day(-179) }, RenewSoon, []ReasonID{ReasonSecretDue}},
		{"secret, over", func(a *Account) { a.SecretMadeAt = day(-180) }, Attention, []ReasonID{ReasonSecretOverdue}},
		{"authorization, 31 days left", func(a *Account) { a.AuthorizedAt = day(-334) }, Fine, nil},
		{"authorization, 30 days left", func(a *Account) { a.AuthorizedAt = day(-335) }, RenewSoon, []ReasonID{ReasonAuthorizationDue}},
		{"authorization, over", func(a *Account) { a.AuthorizedAt = day(-365) }, Attention, []ReasonID{ReasonAuthorizationOverdue}},
		{"both", func(a *Account) { a.AuthorizedAt, a.SecretMadeAt = day(-340), day(-200) }, Attention, []ReasonID{ReasonSecretOverdue, ReasonAuthorizationDue}},
		{"self-authorized, over", func(a *Account) { a.AuthorizedAt, a.SelfAuthorized = day(-400), true }, RenewSoon, []ReasonID{ReasonAuthorizationDue}},
		{"self-authorized, over, works still", func(a *Account) {
			a.AuthorizedAt, a.SelfAuthorized, a.RenewedAt = day(-400), true, day(-1)
		}, Fine, nil},
		{"revoked", func(a *Account) { a.Problem = string(lwa.KindRevoked) }, Attention, []ReasonID{ReasonRevoked}},
		{"revoked after a year", func(a *Account) { a.Problem, a.AuthorizedAt = string(lwa.KindRevoked), day(-400) }, Attention, []ReasonID{ReasonRevoked}},
		{"secret refused as too old", func(a *Account) { a.Problem, a.SecretMadeAt = string(lwa.KindSecretExpired), day(-200) }, Attention, []ReasonID{ReasonSecretOverdue}},
		{"wrong key", func(a *Account) { a.Problem = string(lwa.KindClientAuth) }, Attention, []ReasonID{ReasonClient}},
		{"no network", func(a *Account) { a.Problem = string(lwa.KindOffline) }, Fine, nil},
		{"keychain locked", func(a *Account) { a.Problem = string(VaultLocked) }, Fine, nil},
		{"keychain empty", func(a *Account) { a.Problem = string(VaultNotFound) }, Attention, []ReasonID{ReasonSecretGone}},
		{"no token yet", func(a *Account) { a.HasRefreshToken = false }, Attention, []ReasonID{ReasonNoToken}},
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
		id := Account{}.newID()
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

func TestICS(t *testing.T) {
	out := string(ICS(noon(), "ja",
		Event{
			UID: "abc-secret", Date: time.Date(2027, 3, 31, 23, 0, 0, 0, time.FixedZone("JST", 9*3600)),
			Summary:     "シークレットの更新: 秋葉原; カメラ, レンズ\\本店、もうすぐ期限が切れますのでお早めに",
			Description: "one\r\ntwo\x00\x07", DaysBefore: []int{30, 1, 0},
		},
		Event{UID: "none", Summary: "no date"}))
	if strings.Count(out, "\n") != strings.Count(out, "\r\n") || !strings.HasSuffix(out, "END:VCALENDAR\r\n") {
		t.Error("line ends")
	}
	for l := range strings.SplitSeq(out, "\r\n") {
		if len(l) > 75 || !utf8.ValidString(l) {
			t.Errorf("%d octets: %q", len(l), l)
		}
	}
	whole := strings.ReplaceAll(out, "\r\n ", "")
	for _, want := range []string{
		"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:", "UID:abc-secret@sellerkey.app\r\n", "DTSTAMP:20261105T120000Z\r\n",
		"DTSTART;VALUE=DATE:20270331\r\n", "DTEND;VALUE=DATE:20270401\r\n",
		`SUMMARY;LANGUAGE=ja:シークレットの更新: 秋葉原\; カメラ\, レンズ\\本店、もうすぐ期限が切れますのでお早めに` + "\r\n",
		`DESCRIPTION;LANGUAGE=ja:one\ntwo` + "\r\n",
		"TRIGGER:-P29DT15H\r\n", "TRIGGER:-PT15H\r\n", "TRIGGER:PT9H\r\n",
	} {
		if !strings.Contains(whole, want) {
			t.Errorf("no %q in\n%s", want, whole)
		}
	}
	if strings.Count(out, "BEGIN:VEVENT") != 1 || strings.Count(out, "BEGIN:VALARM") != 3 || strings.Count(out, "BEGIN:") != strings.Count(out, "END:") {
		t.Error(out)
	}
	if bytes.Contains(ICS(noon(), "", Event{UID: "x", Date: noon(), Summary: "s"}), []byte("LANGUAGE")) {
		t.Error("a language that was not given")
	}
}
