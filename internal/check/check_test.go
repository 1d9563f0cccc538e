package check

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/spapi"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// amazon answers by region: with the stores of country codes, or with the kind of an
// error after "!".
type amazon struct {
	mu      sync.Mutex
	answers map[lwa.Region]string
	asked   []lwa.Region
	// sandbox: the sandboxes are asked.
	sandbox bool
}

func (a *amazon) MarketplaceParticipations(_ context.Context, at lwa.Endpoint, access lwa.Secret) ([]spapi.Participation, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.asked = append(a.asked, at.Region)
	text := a.answers[at.Region]
	if at.Sandbox != a.sandbox {
		return nil, errors.New("a host of the other kind was asked")
	}
	if kind, ok := strings.CutPrefix(text, "!"); ok {
		if kind == string(lwa.KindAccessTokenExpired) && access.Reveal() == "renewed" {
			text = "JP"
		} else {
			return nil, &lwa.Error{Kind: lwa.Kind(kind)}
		}
	}
	list := []spapi.Participation{{MarketplaceID: "A0EXAMPLENONAMZ", Name: "Non-Amazon US", Participating: true}}
	for code := range strings.FieldsSeq(text) {
		m, _ := lwa.FindMarketplace(code)
		list = append(list, spapi.Participation{MarketplaceID: m.ID, StoreName: "Shop " + code, Participating: code != "SE"})
	}
	return list, nil
}

const (
	na, eu, fe = lwa.NorthAmerica, lwa.Europe, lwa.FarEast
	forbidden  = "!" + string(lwa.KindForbidden)
	wrong      = "!" + string(lwa.KindWrongRegion)
	expired    = "!" + string(lwa.KindSecretExpired)
	offline    = "!" + string(lwa.KindOffline)
	throttled  = "!" + string(lwa.KindThrottled)
)

var now = time.Date(2026, 11, 28, 12, 0, 0, 0, time.Local)

// TestReasons: every cause of a refusal, with one, two and three regions answering.
func TestReasons(t *testing.T) {
	const role, region, sandbox, secret = CauseRole, CauseRegion, CauseSandbox, CauseSecret
	young := account.Account{Marketplace: "JP", CreatedAt: now, SecretMadeAt: date.Of(now).AddDays(-10)}
	brought := young
	brought.SelfAuthorized = true
	sandboxed := brought
	sandboxed.Sandbox = true
	old := young
	old.SecretMadeAt = date.Of(now).AddDays(-200)
	for _, c := range []struct {
		name    string
		account account.Account
		answers [3]string // na, eu, fe
		kind    lwa.Kind
		causes  []Cause
		works   string // the stores
		silent  []lwa.Region
	}{
		{"it works", young, [3]string{offline, offline, "JP"}, "", nil, "", nil},
		{"it belongs to Europe", young, [3]string{forbidden, "DE FR SE", forbidden}, lwa.KindForbidden, []Cause{region}, "FR DE SE", nil},
		{"it belongs to Europe, and America can't be reached", young, [3]string{offline, "DE", forbidden}, lwa.KindForbidden, []Cause{region}, "DE", []lwa.Region{na}},
		{"it belongs to two regions", young, [3]string{"US", "DE", forbidden}, lwa.KindForbidden, []Cause{region}, "US DE", nil},
		{"Amazon names the region", young, [3]string{"BR", wrong, wrong}, lwa.KindWrongRegion, []Cause{region}, "BR", nil},
		{"Amazon says that it's a region, and no more", young, [3]string{wrong, offline, wrong}, lwa.KindWrongRegion, []Cause{region}, "", []lwa.Region{eu}},
		{"all refuse", young, [3]string{forbidden, forbidden, forbidden}, lwa.KindForbidden, []Cause{role}, "", nil},
		{"all refuse what was brought", brought, [3]string{forbidden, wrong, forbidden}, lwa.KindForbidden, []Cause{sandbox, role}, "", nil},
		{"all refuse, and the secret is old", old, [3]string{forbidden, forbidden, forbidden}, lwa.KindForbidden, []Cause{secret, role}, "", nil},
		{"one is silent", young, [3]string{forbidden, throttled, forbidden}, lwa.KindForbidden, []Cause{role, region}, "", []lwa.Region{eu}},
		{"two are silent", brought, [3]string{offline, throttled, forbidden}, lwa.KindForbidden, []Cause{region, sandbox, role}, "", []lwa.Region{na, eu}},
		{"the sandbox takes it", sandboxed, [3]string{offline, offline, "US"}, "", nil, "", nil},
		{"the sandbox of Europe takes it", sandboxed, [3]string{forbidden, "US", forbidden}, lwa.KindForbidden, []Cause{region}, "DE", nil},
		{"all sandboxes refuse", sandboxed, [3]string{forbidden, forbidden, forbidden}, lwa.KindForbidden, []Cause{CauseProduction, role}, "", nil},
		{"another region says that the secret has expired", young, [3]string{expired, offline, forbidden}, lwa.KindSecretExpired, nil, "", nil},
		{"its own says so", young, [3]string{"US", "DE", expired}, lwa.KindSecretExpired, nil, "", nil},
		{"its own can't be reached", young, [3]string{"US", forbidden, offline}, lwa.KindOffline, nil, "", nil},
	} {
		api := &amazon{answers: map[lwa.Region]string{na: c.answers[0], eu: c.answers[1], fe: c.answers[2]}, sandbox: c.account.Sandbox}
		r := Question{API: api, Account: c.account, Access: lwa.NewSecret("first"), Now: now}.Ask(t.Context())
		if kindOf(r.Err) != c.kind {
			t.Errorf("%s: %v", c.name, r.Err)
		}
		if home := forbidden == c.answers[2] || wrong == c.answers[2]; len(api.asked) != map[bool]int{false: 1, true: 3}[home] {
			t.Errorf("%s: asked %v", c.name, api.asked)
		}
		if r.Reason == nil {
			if c.causes != nil {
				t.Errorf("%s: no reason", c.name)
			}
			continue
		}
		if !slices.Equal(r.Reason.Causes, c.causes) {
			t.Errorf("%s: %v, want %v", c.name, r.Reason.Causes, c.causes)
		}
		var works []string
		for _, s := range r.Reason.Stores() {
			works = append(works, s.Code)
		}
		if got := strings.Join(works, " "); got != c.works {
			t.Errorf("%s: works for %q, want %q", c.name, got, c.works)
		}
		var silent []lwa.Region
		for _, a := range r.Reason.Silent {
			silent = append(silent, a.Region)
		}
		if !slices.Equal(silent, c.silent) {
			t.Errorf("%s: silent are %v, want %v", c.name, silent, c.silent)
		}
		for _, lang := range i18n.Languages() {
			words, err := i18n.New(lang.Tag)
			if err != nil {
				t.Fatal(err)
			}
			title, text := r.Reason.Explain(words.T)
			if title == "" || text == "" || strings.Contains(title+text, "{{") {
				t.Errorf("%s in %s: %q %q", c.name, lang.Tag, title, text)
			}
		}
	}
}

// TestAskAgain: only the regions are asked again that said nothing.
func TestAskAgain(t *testing.T) {
	api := &amazon{answers: map[lwa.Region]string{na: forbidden, eu: offline, fe: forbidden}}
	q := Question{API: api, Account: account.Account{Marketplace: "JP"}, Now: now}
	first := q.Ask(t.Context())
	api.asked, api.answers[eu] = nil, "DE"
	q.Known = first.Answers
	second := q.Ask(t.Context())
	if !slices.Equal(api.asked, []lwa.Region{eu}) || second.Reason == nil || len(second.Reason.Works) != 1 {
		t.Errorf("asked %v: %+v", api.asked, second)
	}
	de, _ := lwa.FindMarketplace("DE")
	if got := second.Reason.Corrected(de); got.Err != nil || got.Shop("DE") != "Shop DE" || !slices.Equal(got.Codes(), []string{"DE"}) {
		t.Errorf("corrected: %+v", got)
	}
}

// TestStores: Amazon's internal rows are left out, and the stores that the
// authorization doesn't cover are named.
func TestStores(t *testing.T) {
	api := &amazon{answers: map[lwa.Region]string{fe: "SG JP"}}
	acc := account.Account{Marketplace: "JP", ClientID: "app"}
	r := Question{API: api, Account: acc, Now: now}.Ask(t.Context())
	if got := r.Codes(); !slices.Equal(got, []string{"SG", "JP"}) || r.Shop("JP") != "Shop JP" || r.Shop("AU") != "Shop SG" {
		t.Errorf("covers %q, shop %q", got, r.Shop("JP"))
	}
	words, err := i18n.New("en")
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Covered(words.T); !slices.Equal(got, []string{"Singapore (Shop SG)", "Japan (Shop JP)"}) {
		t.Errorf("covered %q", got)
	}
	for i, s := range []Store{{Name: "", Selling: false}, {Name: "Shop", Selling: true}, {Name: "Shop", Selling: true}, {Name: "", Selling: false}} {
		s.Marketplace = lwa.Marketplaces()[i]
		r.Answers[0].Stores = append(r.Answers[0].Stores[:i:i], s)
	}
	if got := r.Covered(words.T); !slices.Equal(got, []string{"United States, Mexico (Shop)", "Canada, Brazil: not selling"}) {
		t.Errorf("covered %q", got)
	}
	r = Question{API: api, Account: acc, Now: now}.Ask(t.Context())
	missing := r.Missing()
	if len(missing) != 1 || missing[0].Code != "AU" {
		t.Fatalf("missing %v", missing)
	}
	all := []account.Account{acc, {Marketplace: "SG", ClientID: "another app", Stores: "AU"}}
	if m, ok := Next(missing, acc, all); !ok || m.Code != "AU" {
		t.Errorf("next is %v %v", m.Code, ok)
	}
	all[1].ClientID = "app"
	if m, ok := Next(missing, acc, all); ok {
		t.Errorf("next is %v, which is authorized", m.Code)
	}
}

// TestCovers: an authorization covers its marketplace, and what Amazon named.
func TestCovers(t *testing.T) {
	a := account.Account{Marketplace: "DE", Stores: "FR IT"}
	for _, m := range lwa.Marketplaces() {
		if want := m.Code == "DE" || m.Code == "FR" || m.Code == "IT"; covers(a, m.Code) != want {
			t.Errorf("%s: %v", m.Code, !want)
		}
	}
}

// TestSandbox: the sandbox has the same store for everybody. It says nothing about the
// account, and nothing of it is written down.
func TestSandbox(t *testing.T) {
	store, err := account.Open(t.TempDir(), vault.NewMemory(), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	acc, err := store.Save(t.Context(), account.Account{Marketplace: "JP", Sandbox: true, SelfAuthorized: true}, account.Secrets{RefreshToken: lwa.NewSecret("Atzr|EXAMPLE")})
	if err != nil {
		t.Fatal(err)
	}
	api := &amazon{answers: map[lwa.Region]string{na: forbidden, eu: "US", fe: "US"}, sandbox: true}
	r := Question{API: api, Account: acc, Now: now}.Ask(t.Context())
	if err := r.Record(store, acc.ID); err != nil || r.Err != nil || !r.Sandbox || r.Stores() != nil || r.Missing() != nil {
		t.Errorf("%v: %+v", err, r)
	}
	if after, _ := store.Find(acc.ID); after != acc {
		t.Errorf("written down: %+v", after)
	}
	// The marketplace is corrected without a store of the account's.
	api.answers[fe] = forbidden
	r = Question{API: api, Account: acc, Now: now}.Ask(t.Context())
	if r.Reason == nil {
		t.Fatalf("%+v", r)
	}
	if got := r.Reason.Corrected(r.Reason.Stores()[0].Marketplace); got.Err != nil || !got.Sandbox || got.Missing() != nil {
		t.Errorf("corrected: %+v", got)
	}
}

// TestExpiredSecretIsRemembered: until a check works. Other refusals say nothing
// about the secret.
func TestExpiredSecretIsRemembered(t *testing.T) {
	store, err := account.Open(t.TempDir(), vault.NewMemory(), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	acc, err := store.Save(t.Context(), account.Account{Marketplace: "JP"}, account.Secrets{RefreshToken: lwa.NewSecret("Atzr|EXAMPLE")})
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range []struct {
		err  error
		want string
	}{
		{&lwa.Error{Kind: lwa.KindForbidden}, ""},
		{&lwa.Error{Kind: lwa.KindSecretExpired}, string(lwa.KindSecretExpired)},
		{&lwa.Error{Kind: lwa.KindOffline}, string(lwa.KindSecretExpired)},
		{nil, ""},
	} {
		if err := (Result{Err: c.err}).Record(store, acc.ID); err != nil {
			t.Fatal(err)
		}
		if got, _ := store.Find(acc.ID); got.Problem != c.want {
			t.Errorf("after check %d: %q, want %q", i+1, got.Problem, c.want)
		}
	}
}

// TestHosts: no production host is asked for a sandbox account, and no sandbox for
// any other, whatever the hosts answer.
func TestHosts(t *testing.T) {
	for _, sandbox := range []bool{false, true} {
		for _, status := range []int{200, 403, 401, 429, 500} {
			var mu sync.Mutex
			var asked []string
			api := &spapi.Client{HTTP: &http.Client{Transport: roundTrip(func(req *http.Request) (*http.Response, error) {
				mu.Lock()
				defer mu.Unlock()
				asked = append(asked, req.URL.Host)
				return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(`{"payload":[]}`)), Request: req}, nil
			})}}
			q := Question{API: api, Account: account.Account{Marketplace: "JP", Sandbox: sandbox, SelfAuthorized: true}, Access: lwa.NewSecret("Atza|EXAMPLE"), Now: now}
			q.Renew = func(context.Context) (lwa.Secret, error) { return lwa.NewSecret("Atza|EXAMPLE2"), nil }
			q.Ask(t.Context())
			if len(asked) == 0 || status == 403 && len(asked) != 3 {
				t.Errorf("%d: asked %q", status, asked)
			}
			for _, host := range asked {
				if strings.HasPrefix(host, "sandbox.") != sandbox {
					t.Errorf("a sandbox account: %v; asked is %s", sandbox, host)
				}
			}
		}
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// TestRenew: an access token that has run out is renewed once.
func TestRenew(t *testing.T) {
	api := &amazon{answers: map[lwa.Region]string{fe: "!" + string(lwa.KindAccessTokenExpired)}}
	renewals := 0
	q := Question{API: api, Account: account.Account{Marketplace: "JP"}, Now: now, Renew: func(context.Context) (lwa.Secret, error) {
		renewals++
		return lwa.NewSecret("renewed"), nil
	}}
	if r := q.Ask(t.Context()); r.Err != nil || renewals != 1 || len(r.Stores()) != 1 {
		t.Errorf("%d renewals: %+v", renewals, r)
	}
	refused := errors.New("refused")
	q.Renew = func(context.Context) (lwa.Secret, error) { return lwa.Secret{}, refused }
	if r := q.Ask(t.Context()); !errors.Is(r.Err, refused) {
		t.Errorf("%+v", r)
	}
}

// TestVendor: nothing is sent.
func TestVendor(t *testing.T) {
	r := Question{Account: account.Account{Marketplace: "JP", Vendor: true}, Now: now}.Ask(t.Context())
	if kindOf(r.Err) != lwa.KindNotForVendors {
		t.Errorf("%+v", r)
	}
}
