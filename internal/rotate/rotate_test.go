package rotate

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

const tokenPath = "/auth/o2/token"

func TestRead(t *testing.T) {
	sample := practice.New(practice.Options{}).Sample()
	secret := sample.ClientSecret.Reveal()
	for _, good := range []string{secret, "  " + secret + "\r\n", "Client secret: " + secret, "LWA_CLIENT_SECRET='" + secret + "'", "“" + secret + "”", strings.Repeat("ab", 32)} {
		got, err := Read(sample.ClientID, good)
		if err != nil || !strings.Contains(good, got.Reveal()) || len(got.Reveal()) < 64 {
			t.Errorf("%v", err)
		}
	}
	for text, want := range map[string]Error{
		"": {Kind: KindEmpty}, " \n": {Kind: KindEmpty},
		sample.ClientID:                {Kind: KindOtherValue, Hint: paste.HintSameAsClientID},
		sample.ApplicationID:           {Kind: KindOtherValue, Hint: paste.HintIsApplicationID},
		sample.RefreshToken.Reveal():   {Kind: KindOtherValue, Hint: paste.HintIsRefreshToken},
		"https://sellercentral.amazon": {Kind: KindOtherValue, Hint: paste.HintIsURL},
		"amzn1.application-oa2-client.00000000000000000000000000000001": {Kind: KindOtherValue, Hint: paste.HintIsClientID},
	} {
		_, err := Read(sample.ClientID, text)
		var e *Error
		if !errors.As(err, &e) || *e != want {
			t.Errorf("%.12q: %v, want %v", text, err, want)
		}
	}
}

// state is everything that a failed try must leave as it is.
func (d *desk) state() string {
	d.t.Helper()
	var b strings.Builder
	for _, name := range []string{"accounts.json", fileName} {
		data, _ := os.ReadFile(filepath.Join(d.files.Dir, name))
		b.Write(data)
	}
	for _, a := range d.accounts {
		s, err := d.store.Secrets(d.t.Context(), a.ID)
		if err != nil {
			d.t.Fatal(err)
		}
		b.WriteString(s.ClientSecret.Reveal() + s.RefreshToken.Reveal())
	}
	return b.String()
}

// TestRefused: whatever Amazon or the network says, the old secret stays, and no
// account has a problem that it didn't have.
func TestRefused(t *testing.T) {
	d := newDesk(t, 2)
	d.use(d.accounts[0], target(t, "dotenv"), filepath.Join(t.TempDir(), ".env"), "")
	wrong := lwa.NewSecret("amzn1.oa2-cs.v1." + strings.Repeat("ab", 32))
	before := d.state()
	for name, test := range map[string]struct {
		fault practice.Fault
		want  lwa.Kind
	}{
		"another secret":  {practice.Fault{}, lwa.KindClientAuth},
		"a proxy's page":  {practice.Fault{Status: 407, ContentType: "text/html", Body: "<html>proxy</html>"}, ""},
		"no connection":   {practice.Fault{Reset: true}, ""},
		"a broken answer": {practice.Fault{Status: 200, Body: "{"}, ""},
		"busy":            {practice.Fault{Status: 429, RetryAfter: "600"}, lwa.KindThrottled},
		"down":            {practice.Fault{Status: 503, RetryAfter: "600"}, lwa.KindUnavailable},
	} {
		d.amazon.SetFault(tokenPath, test.fault)
		_, err := d.book.Try(t.Context(), d.client, d.fresh, d.sample.ClientID, wrong)
		var e *lwa.Error
		if !errors.As(err, &e) || test.want != "" && e.Kind != test.want {
			t.Errorf("%s: %v", name, err)
		}
		if d.state() != before {
			t.Errorf("%s: something has changed", name)
		}
	}
	d.amazon.ClearFaults()
	_, err := d.book.Try(t.Context(), d.client, d.fresh, d.sample.ClientID, d.sample.ClientSecret)
	d.wantKind(err, KindSame)
	_, err = d.book.Try(t.Context(), d.client, d.fresh, "amzn1.application-oa2-client.other", wrong)
	d.wantKind(err, KindNoAccount)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.book.Try(ended, d.client, d.fresh, d.sample.ClientID, wrong); err == nil {
		t.Error("canceled, and no error")
	}
	d.store.SetVault(nil)
	if _, err := d.book.Try(t.Context(), d.client, d.fresh, d.sample.ClientID, wrong); vault.KindOf(err) != vault.Locked {
		t.Errorf("a locked vault: %v", err)
	}
}

// TestTriedWith: the secret is tried with a good refresh token, or for the app alone.
func TestTriedWith(t *testing.T) {
	d := newDesk(t, 0)
	d.clock.Set(time.Now()) // of the tokens
	bad := lwa.NewSecret("Atzr|EXAMPLE" + strings.Repeat("0", 300))
	first := d.add(account.Account{SellerID: "A0EXAMPLEA", Marketplace: "JP", ClientID: d.sample.ClientID}, account.Secrets{ClientSecret: d.sample.ClientSecret, RefreshToken: bad})
	d.add(account.Account{SellerID: "A0EXAMPLEB", Marketplace: "JP", ClientID: d.sample.ClientID}, account.Secrets{ClientSecret: d.sample.ClientSecret})
	secret := d.newSecret()
	tried, err := d.book.Try(t.Context(), d.client, d.fresh, d.sample.ClientID, secret)
	if err != nil || tried.Account != "" {
		t.Errorf("no good refresh token: %+v, %v", tried, err)
	}
	if a, _ := d.store.Find(first.ID); a.Problem != "" {
		t.Errorf("a try is no renewal, but the account has the problem %q", a.Problem)
	}
	// Another process has got a token with the old secret: it proves nothing.
	good := d.add(account.Account{SellerID: "A0EXAMPLEC", Marketplace: "JP", ClientID: d.sample.ClientID}, account.Secrets{ClientSecret: d.sample.ClientSecret, RefreshToken: d.sample.RefreshToken})
	if _, err := account.NewRefresher(d.store, d.client.Refresh, nil).Token(t.Context(), good.ID); err != nil {
		t.Fatal(err)
	}
	tried, err = d.book.Try(t.Context(), d.client, d.fresh, d.sample.ClientID, secret)
	if err != nil || tried.Account != good.ID || tried.Renewal.Shared || tried.Renewal.Token.Access.IsEmpty() {
		t.Errorf("%q %v", tried.Account, err)
	}
}

// TestChangedRefreshToken: Amazon may send another refresh token along, and it's the
// only copy.
func TestChangedRefreshToken(t *testing.T) {
	d := newDesk(t, 1)
	secret := d.newSecret()
	next := lwa.NewSecret("Atzr|EXAMPLE-next-" + strings.Repeat("0", 300))
	answer := practice.Fault{Status: 200, Times: 1, Body: `{"access_token":"Atza|EXAMPLE0000","refresh_token":"` + next.Reveal() + `","token_type":"bearer","expires_in":3600}`}
	d.amazon.SetFault(tokenPath, answer)
	tried, err := d.book.Try(t.Context(), d.client, d.fresh, d.sample.ClientID, secret)
	if err != nil || !tried.Renewal.RefreshChanged {
		t.Fatal(tried, err)
	}
	if s, err := d.store.Secrets(t.Context(), d.accounts[0].ID); err != nil || !s.RefreshToken.Equal(next) || !s.ClientSecret.Equal(d.sample.ClientSecret) {
		t.Error("the new refresh token isn't saved, or the client secret is", err)
	}
	// The vault refuses: the answer has the only copy.
	d.vault.setsLeft = 0
	answer.Body = strings.ReplaceAll(answer.Body, "next", "last")
	d.amazon.SetFault(tokenPath, answer)
	tried, err = d.book.Try(t.Context(), d.client, d.fresh, d.sample.ClientID, secret)
	var unsaved *account.UnsavedError
	if !errors.As(err, &unsaved) || !strings.Contains(tried.Renewal.Token.Refresh.Reveal(), "last") {
		t.Errorf("%v", err)
	}
	// And the next renewal saves it.
	d.vault.setsLeft = -1
	answer.Body = strings.ReplaceAll(answer.Body, `"refresh_token":"`+tried.Renewal.Token.Refresh.Reveal()+`",`, "")
	d.amazon.SetFault(tokenPath, answer)
	if _, err := d.fresh.Renew(t.Context(), d.accounts[0].ID); err != nil {
		t.Fatal(err)
	}
	if s, err := d.store.Secrets(t.Context(), d.accounts[0].ID); err != nil || !s.RefreshToken.Equal(tried.Renewal.Token.Refresh) {
		t.Error("the refresh token that the vault didn't take is lost", err)
	}
}

// TestSave: every account of the app, and only those.
func TestSave(t *testing.T) {
	d := newDesk(t, 3)
	other := d.add(account.Account{SellerID: "A0EXAMPLEX", Marketplace: "JP", ClientID: d.amazon.Published().ClientID}, account.Secrets{ClientSecret: d.amazon.Published().ClientSecret})
	entry := d.add(account.Account{SellerID: "A0EXAMPLEY", Marketplace: "JP", ClientID: d.sample.ClientID, ProviderApp: true}, account.Secrets{})
	if _, err := d.store.Update(d.accounts[1].ID, func(a *account.Account) { a.Problem = string(lwa.KindSecretExpired) }); err != nil {
		t.Fatal(err)
	}
	made := date.On(2026, time.May, 10)
	secret := d.newSecret()
	saved, err := d.book.Save(t.Context(), strings.ToUpper(d.sample.ClientID), secret, made)
	if err != nil || len(saved) != 3 {
		t.Fatal(len(saved), err)
	}
	for i, a := range saved {
		s, err := d.store.Secrets(t.Context(), a.ID)
		if err != nil || !s.ClientSecret.Equal(secret) || !s.RefreshToken.Equal(d.sample.RefreshToken) || a.SecretMadeAt != made || a.Problem != "" {
			t.Errorf("account %d: %+v, %v", i, a, err)
		}
	}
	if s, _ := d.store.Secrets(t.Context(), other.ID); !s.ClientSecret.Equal(d.amazon.Published().ClientSecret) {
		t.Error("another app's account has the secret")
	}
	if a, _ := d.store.Find(entry.ID); a.HasClientSecret {
		t.Error("a reminder of a provider's app has the secret")
	}
	r := d.rotation()
	if r.Made != made || r.Until != date.On(2026, time.May, 17) || r.DaysLeft(d.clock.Now()) != 5 || len(r.Behind) != 0 || r.Left != 0 {
		t.Errorf("%+v, %d days left", r, r.DaysLeft(d.clock.Now()))
	}
	_, err = d.book.Try(t.Context(), d.client, d.fresh, d.sample.ClientID, secret)
	d.wantKind(err, KindSame)
	if open, err := d.book.Rotations(); err != nil || len(open) != 0 {
		t.Error("nothing is left, but there is an open rotation", err)
	}
}

// TestPart: the keychain is locked after the second account; saving again completes.
func TestPart(t *testing.T) {
	d := newDesk(t, 3)
	secret := d.newSecret()
	d.vault.setsLeft = 2
	_, err := d.book.Save(t.Context(), d.sample.ClientID, secret, date.Date{})
	var part *PartError
	if !errors.As(err, &part) || len(part.Done) != 2 || len(part.Left) != 1 || vault.KindOf(err) != vault.Locked {
		t.Fatalf("%+v", err)
	}
	open, err := New(d.store, d.clock.Now).Rotations()
	if err != nil || len(open) != 1 || len(open[0].Behind) != 1 || open[0].Behind[0].ID != part.Left[0].ID {
		t.Fatalf("%+v, %v", open, err)
	}
	if s, err := d.store.Secrets(t.Context(), part.Left[0].ID); err != nil || !s.ClientSecret.Equal(d.sample.ClientSecret) {
		t.Error("the third account doesn't have the old secret", err)
	}
	d.vault.setsLeft = -1
	// Also after the seven days: the accounts can't be left behind for good.
	d.clock.Pass(30 * 24 * time.Hour)
	if open, _ := d.book.Rotations(); len(open) != 1 {
		t.Error("forgotten after seven days")
	}
	if _, err := d.book.Try(t.Context(), d.client, d.fresh, d.sample.ClientID, secret); err != nil {
		t.Fatal(err)
	}
	saved, err := d.book.Save(t.Context(), d.sample.ClientID, secret, date.Of(d.clock.Now()))
	if err != nil || len(saved) != 3 {
		t.Fatal(err)
	}
	made := date.On(2026, time.May, 12) // when it was saved at first
	for _, a := range saved {
		if r := d.rotation(); a.SecretMadeAt != made || r.Made != made || r.Until != made.AddDays(OldSecretLife) {
			t.Errorf("%v %+v", a.SecretMadeAt, r)
		}
	}
	if open, _ := d.book.Rotations(); len(open) != 0 {
		t.Errorf("%+v", open)
	}
	// Every account had it, but the record of the last was lost: that too completes.
	if err := d.book.update(func(f *file) bool { f.Rotations[0].Pending = []string{d.accounts[2].ID}; return true }); err != nil {
		t.Fatal(err)
	}
	if _, err := d.book.Try(t.Context(), d.client, d.fresh, d.sample.ClientID, secret); err != nil {
		t.Error(err)
	}
}

// TestTwice: of two old secrets, the first one ends first, as long as something has it.
func TestTwice(t *testing.T) {
	first, second := date.On(2026, time.May, 19), date.On(2026, time.May, 24)
	for name, test := range map[string]struct {
		write bool
		days  int
		want  date.Date
	}{
		"left":      {false, 5, first},
		"written":   {true, 5, second},
		"ended":     {false, 8, date.On(2026, time.May, 27)},
		"last day":  {false, 7, first},
		"same date": {false, 0, first},
	} {
		d := newDesk(t, 2)
		d.use(d.accounts[0], target(t, "dotenv"), filepath.Join(t.TempDir(), ".env"), "")
		d.renewed()
		if test.write {
			d.write(d.items())
		}
		d.clock.Pass(time.Duration(test.days) * 24 * time.Hour)
		secret := d.renewed()
		if r := d.rotation(); r.Until != test.want {
			t.Errorf("%s: until %v, want %v", name, r.Until, test.want)
		}
		if _, err := d.book.Save(t.Context(), d.sample.ClientID, secret, date.Date{}); err != nil || d.rotation().Until != test.want {
			t.Errorf("%s: saved again, until %v, %v", name, d.rotation().Until, err)
		}
		if d.clock.Set(first.Time().Add(36 * time.Hour)); test.days == 5 && d.rotation().Until != second {
			t.Errorf("%s: until %v after the first ended", name, d.rotation().Until)
		}
	}
}

// TestAgain: after a crash between the vault and the files, the same secret again
// completes it. Once that is done, or half a year later, it's refused: a new one is due.
func TestAgain(t *testing.T) {
	d := newDesk(t, 2)
	d.use(d.accounts[0], target(t, "dotenv"), filepath.Join(t.TempDir(), ".env"), "")
	try := func(secret lwa.Secret) error {
		_, err := d.book.Try(t.Context(), d.client, d.fresh, d.sample.ClientID, secret)
		return err
	}
	d.wantKind(try(d.sample.ClientSecret), KindSame)
	secret := d.renewed()
	if err := try(secret); err != nil {
		t.Error(err)
	}
	d.write(d.items())
	d.wantKind(try(secret), KindSame)
	secret = d.renewed()
	d.clock.Pass(8 * 24 * time.Hour)
	d.wantKind(try(secret), KindSame)
}

// TestDayToCome: a secret that exists wasn't made in the future.
func TestDayToCome(t *testing.T) {
	d := newDesk(t, 1)
	saved, err := d.book.Save(t.Context(), d.sample.ClientID, d.newSecret(), date.On(2030, time.January, 1))
	if today := date.On(2026, time.May, 12); err != nil || saved[0].SecretMadeAt != today || d.rotation().Made != today {
		t.Errorf("%+v %v", saved, err)
	}
}

// TestLostSecret: a new secret helps an account whose old one the vault has lost.
func TestLostSecret(t *testing.T) {
	d := newDesk(t, 1)
	if err := d.vault.Delete(t.Context(), d.accounts[0].ID+".client_secret"); err != nil {
		t.Fatal(err)
	}
	d.renewed()
	if _, err := d.store.Secrets(t.Context(), d.accounts[0].ID); err != nil {
		t.Error(err)
	}
}

// TestSandbox: a sandbox app has a secret of its own.
func TestSandbox(t *testing.T) {
	d := newDesk(t, 1)
	sandbox := d.amazon.Sandbox()
	a := d.add(account.Account{SellerID: "A0EXAMPLES", Marketplace: "JP", ClientID: sandbox.ClientID, Sandbox: true},
		account.Secrets{ClientSecret: sandbox.ClientSecret, RefreshToken: sandbox.RefreshToken})
	secret, _ := d.amazon.RotateSecret(sandbox.ClientID)
	tried, err := d.book.Try(t.Context(), d.client, d.fresh, sandbox.ClientID, secret)
	if err != nil || tried.Account != a.ID {
		t.Fatal(err)
	}
	if saved, err := d.book.Save(t.Context(), sandbox.ClientID, secret, date.Date{}); err != nil || len(saved) != 1 {
		t.Fatal(err)
	}
	if s, _ := d.store.Secrets(t.Context(), d.accounts[0].ID); !s.ClientSecret.Equal(d.sample.ClientSecret) {
		t.Error("the production app's secret has changed")
	}
}

// TestRecheck: a backup from before the renewal brings the old secret back, and a
// renewal elsewhere a newer one.
func TestRecheck(t *testing.T) {
	for name, test := range map[string]struct {
		secret lwa.Secret // the zero one is the renewed
		made   date.Date
		behind bool
	}{
		"the renewed one":     {made: date.On(2026, time.May, 12)},
		"older":               {secret: lwa.NewSecret("EXAMPLE-old"), made: date.On(2025, time.November, 20), behind: true},
		"older, without date": {secret: lwa.NewSecret("EXAMPLE-old"), behind: true},
		"newer":               {secret: lwa.NewSecret("EXAMPLE-newer"), made: date.On(2026, time.June, 1)},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, 2)
			if secret := d.renewed(); test.secret.IsEmpty() {
				test.secret = secret
			}
			a := d.accounts[0]
			if err := d.store.SaveClientSecret(t.Context(), a.ID, test.secret, test.made); err != nil {
				t.Fatal(err)
			}
			a, _ = d.store.Find(a.ID)
			if err := d.book.Recheck(t.Context(), []account.Account{a}); err != nil {
				t.Fatal(err)
			}
			behind := d.rotation().Behind
			if got := len(behind) == 1 && behind[0].ID == a.ID; got != test.behind || len(behind) > 1 {
				t.Errorf("behind: %v, want %v", behind, test.behind)
			}
		})
	}
}

// TestAnotherSecretMeanwhile: two programs save two secrets. The account that has the
// one that isn't the last counts as behind.
func TestAnotherSecretMeanwhile(t *testing.T) {
	d := newDesk(t, 1)
	first, second := d.newSecret(), d.newSecret()
	d.vault.onSet = func() { // the other program is done before the first has noted that it is
		d.vault.onSet = nil
		if _, err := d.book.Save(t.Context(), d.sample.ClientID, second, date.Date{}); err != nil {
			t.Error(err)
		}
	}
	if _, err := d.book.Save(t.Context(), d.sample.ClientID, first, date.Date{}); err != nil {
		t.Fatal(err)
	}
	if has, err := d.store.Secrets(t.Context(), d.accounts[0].ID); err != nil || !has.ClientSecret.Equal(first) {
		t.Fatal("the vault has another secret than the one that came last", err)
	}
	if n := len(d.rotation().Behind); n != 1 {
		t.Errorf("%d accounts behind, want 1", n)
	}
}
