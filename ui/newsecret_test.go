package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/check"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/internal/rotate"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
)

// oneApp saves three accounts of one app in the real list, whose client secret expires in
// two weeks.
func (h *harness) oneApp() []account.Account {
	h.t.Helper()
	s := h.amazon.Sample()
	for i, market := range []string{"JP", "US", "DE"} {
		acc := account.Account{
			Name: fmt.Sprintf("Shop %d", i+1), Marketplace: market, SellerID: fmt.Sprintf("A0EXAMPLE%05d", i), ClientID: s.ClientID,
			AuthorizedAt: date.Of(h.clock.Now()), SecretMadeAt: date.Of(h.clock.Now()).AddDays(-166), Layout: "client",
		}
		if i > 0 {
			acc.Layout = ""
		}
		if _, err := h.real.Store.Save(h.t.Context(), acc, account.Secrets{ClientSecret: s.ClientSecret, RefreshToken: s.RefreshToken}); err != nil {
			h.t.Fatal(err)
		}
	}
	h.a.showHome()
	return h.real.Store.List()
}

// usedIn writes an account's credentials into a file, as "Use it in…" does.
func (h *harness) usedIn(acc account.Account, target, path string) {
	h.t.Helper()
	secrets, err := h.real.Store.Secrets(h.t.Context(), acc.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	place := rotate.Place{Account: acc.ID, Target: target, Path: path}
	if path != "" {
		format, _ := export.Find(target)
		text, err := format.Render(export.Values{
			ClientID: acc.ClientID, ClientSecret: secrets.ClientSecret, RefreshToken: secrets.RefreshToken, SellerID: acc.SellerID, Marketplace: acc.Marketplace,
		})
		if err != nil {
			h.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text.Reveal()), 0o600); err != nil {
			h.t.Fatal(err)
		}
	}
	if err := rotate.New(h.real.Store, h.clock.Now).Remember(place, secrets.ClientSecret); err != nil {
		h.t.Fatal(err)
	}
}

// makesSecret is the app's owner at Amazon.
func (h *harness) makesSecret() lwa.Secret {
	h.t.Helper()
	secret, ok := h.amazon.RotateSecret(h.amazon.Sample().ClientID)
	if !ok {
		h.t.Fatal("Amazon doesn't know the app")
	}
	return secret
}

// renews pastes a secret and waits for what comes of it.
func (h *harness) renews(secret string) {
	h.t.Helper()
	h.pastes("new_secret.field", secret)
	h.press("new_secret.save")
	h.tried()
}

func (h *harness) tried() {
	h.t.Helper()
	n := h.a.Screen().About.(*newSecret)
	h.until("an answer", func() bool { return n.stop == nil })
}

// have expects every account to have a secret.
func (h *harness) have(secret lwa.Secret, accounts ...account.Account) {
	h.t.Helper()
	for _, acc := range accounts {
		if got, err := h.real.Store.Secrets(h.t.Context(), acc.ID); err != nil || !got.ClientSecret.Equal(secret) || got.RefreshToken.IsEmpty() {
			h.t.Errorf("%s has %s, not %s: %v", acc.Title(), got.ClientSecret.Hint(), secret.Hint(), err)
		}
	}
}

func (h *harness) holds(path string, secret lwa.Secret) bool {
	h.t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		h.t.Fatal(err)
	}
	return strings.Contains(string(data), secret.Reveal())
}

// TestRenewsClientSecret: from the list, three accounts of one app take the new secret
// together; the files that are as they were written get it after one question; the
// others are listed until they are checked off.
func TestRenewsClientSecret(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		home := t.TempDir()
		t.Setenv("HOME", home)
		t.Setenv("USERPROFILE", home)
		h := newHarness(t, lang)
		accounts, old := h.oneApp(), h.amazon.Sample().ClientSecret
		file := func(name string) string { return filepath.Join(home, name) }
		h.usedIn(accounts[0], "dotenv", file("shop.env"))
		h.usedIn(accounts[1], "json", file("shop.json"))
		h.usedIn(accounts[1], "amazon_js", file("edited.mjs"))
		h.usedIn(accounts[2], "php_jlevers", "")
		h.usedIn(accounts[2], "node_file", file("gone"))
		edited, err := os.ReadFile(file("edited.mjs"))
		if err != nil {
			t.Fatal(err)
		}
		for path, text := range map[string]string{"edited.mjs": string(edited) + "// mine\n"} {
			if err := os.WriteFile(file(path), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Remove(file("gone")); err != nil {
			t.Fatal(err)
		}

		h.pressText(h.word("new_secret.title")) // 1: from the list
		h.press("open.page", "Label", h.word("amazon_label.develop_apps"))
		if got := h.opened[0].String(); got != "https://sellercentral.amazon.de/sellingpartner/developerconsole" &&
			got != "https://sellercentral.amazon.co.jp/sellingpartner/developerconsole" && got != "https://sellercentral.amazon.com/sellingpartner/developerconsole" {
			t.Errorf("opened %s", got)
		}
		secret := h.makesSecret()
		h.renews("\n  " + secret.Reveal() + " \n")
		h.have(secret, accounts...)
		for _, acc := range h.real.Store.List() {
			if s := acc.State(h.clock.Now()); acc.SecretMadeAt != date.Of(h.clock.Now()) || s.Level != account.Fine {
				t.Errorf("%s: made %v, %+v", acc.Title(), acc.SecretMadeAt, s)
			}
		}
		if h.holds(file("shop.env"), secret) || h.holds(file("shop.json"), secret) {
			t.Error("a file was written before anybody was asked")
		}
		until := h.a.Words.Date(h.clock.Now().AddDate(0, 0, 7))
		if text := h.a.Words.N("new_secret.old_until", 7, "Date", until); !strings.Contains(h.screen(), text) {
			t.Errorf("the seven days are not counted in\n%s", h.screen())
		}
		h.sees("rotate.state.edited")
		h.sees("rotate.state.gone")
		h.sees("new_secret.copied", "Date", h.a.Words.Date(h.clock.Now()))
		h.sees("new_secret.screen") // the registration screen asks for it

		h.key(fyne.KeyReturn) // the files that are as they were
		h.tried()
		for name, want := range map[string]bool{"shop.env": true, "shop.json": true, "edited.mjs": false} {
			if got := h.holds(file(name), secret); got != want || got == h.holds(file(name), old) {
				t.Errorf("%s has the new secret: %v", name, got)
			}
		}
		h.press("new_secret.replace")
		h.tried()
		if !h.holds(file("edited.mjs"), secret) || h.holds(file("edited.mjs"), old) {
			t.Error("the edited file has the old secret")
		}

		// Checked off, and remembered.
		target, _ := export.Find("php_jlevers")
		h.pressText(h.word("accounts.place", "Market", target.Name, "Seller", accounts[2].Title()))
		left := func() int {
			r, _, err := rotate.New(h.real.Store, h.clock.Now).Rotation(accounts[0].ClientID)
			if err != nil {
				t.Fatal(err)
			}
			return r.Left
		}
		h.until("the check", func() bool { return left() == 2 })
		h.press("details.calendar")
		h.press("button.ok")
		dates, err := os.ReadFile(filepath.Join(home, "SellerKey.ics"))
		if n := strings.Count(string(dates), "-secret"); err != nil || n != len(accounts) {
			t.Errorf("the calendar has %d secrets, %v", n, err)
		}
		h.press("button.done")

		// The list is found again, from the list of accounts and from the account.
		h.press("new_secret.see_left")
		h.waits("rotate.state.gone")
		h.misses("new_secret.files")
		h.press("button.done")
		h.a.openAccount(accounts[2])
		h.waits("tokens.renew_now")
		h.press("new_secret.see_left")
		h.waits("rotate.state.gone")
		h.press("tokens.helper")
		h.until("the small window", func() bool { return h.a.Beside() != nil })
		h.a.Beside().Close()
		h.press("export.title")
		h.waits("export.preview")
		if u := h.a.Screen().About.(*useIn); u.target().ID != "node_file" || u.path != file("gone") {
			t.Errorf("opened %s at %s", u.target().ID, u.path)
		}
		h.press("button.back")
		h.press("button.done")
		h.waits("tokens.renew_now")

		// A week later nobody is reminded anymore.
		h.press("accounts.to_list")
		h.sees("new_secret.see_left")
		h.pass(8 * 24 * time.Hour)
		h.a.showHome()
		h.misses("new_secret.see_left")
	})
}

// TestWrongNewSecret: what isn't a new client secret is refused with a reason, and nothing
// is replaced.
func TestWrongNewSecret(t *testing.T) {
	h := newHarness(t, "en")
	accounts, sample := h.oneApp(), h.amazon.Sample()
	h.press("new_secret.title")
	h.press("new_secret.save")
	h.sees("credentials.missing")
	for text, id := range map[string]string{
		sample.ClientID:                     "hint.same_as_client_id",
		sample.RefreshToken.Reveal():        "hint.is_refresh_token",
		sample.ApplicationID:                "hint.is_application_id",
		"https://sellercentral.amazon.com/": "hint.is_url",
	} {
		h.pastes("new_secret.field", text)
		h.press("new_secret.save")
		h.sees(id)
	}
	h.renews(sample.ClientSecret.Reveal())
	h.sees("rotate.error.same_secret.title")
	h.sees("new_secret.unchanged")
	h.renews("amzn1.oa2-cs.v1." + strings.Repeat("0", 63) + "f")
	h.sees("new_secret.refused.title")
	h.sees("new_secret.unchanged")
	h.have(sample.ClientSecret, accounts...)
	for _, acc := range h.real.Store.List() {
		if acc.Problem != "" {
			t.Errorf("%s has the problem %s", acc.Title(), acc.Problem)
		}
	}

	// A whole text holds it among others.
	secret := h.makesSecret()
	h.renews("LWA_APP_ID=" + sample.ClientID + "\nLWA_CLIENT_SECRET=" + secret.Reveal() + "\n")
	h.have(secret, accounts...)
}

// TestNewSecretOffline: without a connection nothing is replaced, and the same press works
// once there is one.
func TestNewSecretOffline(t *testing.T) {
	h := newHarness(t, "ja")
	accounts, old := h.oneApp(), h.amazon.Sample().ClientSecret
	secret, url := h.makesSecret(), h.real.LWA.TokenURL
	h.real.LWA.TokenURL = "http://127.0.0.1:1/"
	h.press("new_secret.title")
	h.renews(secret.Reveal())
	h.sees("new_secret.unchanged")
	h.have(old, accounts...)
	h.real.LWA.TokenURL = url
	h.press("button.try_again")
	h.tried()
	h.have(secret, accounts...)
}

// TestNewSecretPart: a keychain that refuses in between leaves some accounts with the old
// secret, which the list says until it's made good.
func TestNewSecretPart(t *testing.T) {
	h := newHarness(t, "pt-BR")
	accounts, old := h.oneApp(), h.amazon.Sample().ClientSecret
	secret := h.makesSecret()
	h.vault.refuseSetting(secret, 2)
	h.press("new_secret.title")
	h.renews(secret.Reveal())
	h.sees("vault.locked.title")
	h.sees("new_secret.part", "Done", accounts[0].Title(), "Left", titlesOf(h.a, accounts[1:]))
	h.have(secret, accounts[0])
	h.have(old, accounts[1:]...)
	h.press("button.back")
	h.sees("new_secret.behind")

	h.vault.refuseSetting(lwa.Secret{}, 0)
	h.press("new_secret.title")
	h.renews(secret.Reveal())
	h.have(secret, accounts...)
	h.press("button.done")
	h.misses("new_secret.title")
}

// TestPracticeNewSecret: practice mode makes a new client secret itself, and nothing goes to
// Amazon.
func TestPracticeNewSecret(t *testing.T) {
	h := newHarness(t, "en")
	h.a.StartPractice()
	env := h.a.env
	acc, err := env.Store.Save(t.Context(), account.Account{Name: "Practice", Marketplace: "JP", ClientID: env.Sample.ClientID},
		account.Secrets{ClientSecret: env.Sample.ClientSecret, RefreshToken: env.Sample.RefreshToken})
	if err != nil {
		t.Fatal(err)
	}
	h.a.openAccount(acc)
	h.waits("tokens.renew_now")
	h.press("details.open")
	h.press("new_secret.title")
	if h.offers("open.page", "Label", h.word("amazon_label.develop_apps")) {
		t.Error("practice leads to Amazon")
	}
	h.key(fyne.KeyReturn) // makes one
	h.sees("new_secret.practice_made")
	h.key(fyne.KeyReturn) // tries it
	h.tried()
	h.sees("new_secret.nothing_left")
	secrets, err := env.Store.Secrets(t.Context(), acc.ID)
	if err != nil || secrets.ClientSecret.Equal(env.Sample.ClientSecret) {
		t.Errorf("still the old secret: %v", err)
	}
	if _, err := env.LWA.Refresh(t.Context(), lwa.Credentials{ClientID: acc.ClientID, ClientSecret: secrets.ClientSecret}, secrets.RefreshToken); err != nil {
		t.Error(err)
	}
	if len(h.opened) > 0 {
		t.Errorf("opened %v", h.opened)
	}
}

// TestExpiredByCheck: when a check says that the secret has expired, the card leads to a
// new one.
func TestExpiredByCheck(t *testing.T) {
	h := newHarness(t, "en")
	accounts := h.oneApp()
	if _, err := h.real.Store.Update(accounts[0].ID, func(acc *account.Account) { acc.Problem = string(lwa.KindSecretExpired) }); err != nil {
		t.Fatal(err)
	}
	h.a.showHome()
	h.sees("new_secret.overdue")
	h.atAccount(func(s *session) {
		s.doing, s.checked.at, s.checked.Err = "checking", h.clock.Now(), &lwa.Error{Kind: lwa.KindForbidden}
		s.checked.Reason = &check.Reason{Causes: []check.Cause{check.CauseSecret}}
	})
	h.press("new_secret.title")
	h.sees("new_secret.lead")
}

// TestRefusedSecretLeadsThere: an account that Amazon refuses offers the new secret, and
// has a token after it.
func TestRefusedSecretLeadsThere(t *testing.T) {
	h := newHarness(t, "en")
	accounts := h.oneApp()
	secret := h.makesSecret()
	h.clock.Pass(8 * 24 * time.Hour) // the old one doesn't work any more
	h.a.openAccount(accounts[0])
	h.waits("lwa.client_auth_failed.title")
	h.press("new_secret.title")
	h.key(fyne.KeyEscape) // leaving loses nothing
	h.waits("lwa.client_auth_failed.title")
	h.press("new_secret.title")
	h.types("new_secret.made", h.a.Words.Date(h.clock.Now().AddDate(0, 0, -8)))
	h.renews(secret.Reveal())
	h.sees("new_secret.past")
	h.press("button.done")
	h.waits("tokens.access_token_text")
	h.misses("lwa.client_auth_failed.title")
	if got := h.real.Store.List()[0].SecretMadeAt; got != date.Of(h.clock.Now()).AddDays(-8) {
		t.Errorf("made on %v", got)
	}

	h.press("details.open")
	h.holdsText("details.secret_made", h.a.Words.Date(h.clock.Now().AddDate(0, 0, -8)))
}

// TestRememberedPlaces: the account's settings show where it's used, and forget it.
func TestRememberedPlaces(t *testing.T) {
	h := newHarness(t, "en")
	accounts := h.oneApp()
	path := filepath.Join(h.dir, "shop.env")
	h.usedIn(accounts[0], "dotenv", path)
	h.a.openAccount(accounts[0])
	h.waits("tokens.renew_now")
	h.press("details.open")
	h.sees("new_secret.places")
	if !strings.Contains(h.screen(), path) {
		t.Errorf("the path is missing in\n%s", h.screen())
	}
	h.press("new_secret.forget")
	h.press("new_secret.forget")
	h.misses("new_secret.places")
	if places, err := rotate.New(h.real.Store, h.clock.Now).Places(accounts[0].ID); err != nil || len(places) > 0 {
		t.Errorf("remembers %v, %v", places, err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Error("the file is gone")
	}
}

// TestWrongFieldFirst: a press with something missing or wrong leads to the first field
// that is, in sight with the line that says so.
func TestWrongFieldFirst(t *testing.T) {
	h := newHarness(t, "ja")
	h.oneApp()
	h.a.Win.Resize(fyne.NewSize(720, 560))
	h.press("new_secret.title")
	wants := func(field, said string) {
		t.Helper()
		h.press("new_secret.save")
		if got := h.a.Win.Canvas().Focused(); got != fyne.Focusable(h.field(field)) {
			t.Errorf("the keyboard is at %T", got)
		}
		for _, p := range h.objects() {
			if textOf(p.object) == "! "+said {
				if window := areaOf(fyne.Position{}, h.a.Win.Canvas().Size()); !p.area.inside(p.clip.cut(window), 0.5) {
					t.Errorf("%q is out of sight", said)
				}
				return
			}
		}
		t.Errorf("%q isn't said", said)
	}
	wants("new_secret.field", h.word("credentials.missing"))
	h.pastes("new_secret.field", h.makesSecret().Reveal())
	h.types("new_secret.made", "x")
	wants("new_secret.made", h.word("details.date_unread", "Example", h.a.Words.Date(date.On(2026, time.November, 22).Time())))
}

// TestPasteReplaces: a value that's pasted into a field that has one takes its place, by
// the keys and by the toolkit's menu, here and in a walk. Half a value doesn't.
func TestPasteReplaces(t *testing.T) {
	secret := func(digit string) string { return "amzn1.oa2-cs.v1." + strings.Repeat(digit, 64) }
	fields := map[string]func(h *harness){
		"new_secret.field":    func(h *harness) { h.oneApp(); h.press("new_secret.title") },
		"value.client_secret": func(h *harness) { h.at(walk.HasToken, walk.StepCredentials) },
	}
	for field, show := range fields {
		for name, at := range map[string]int{"start": 0, "end": len(secret("1"))} {
			for _, menu := range []bool{false, true} {
				t.Run(fmt.Sprint(field, " ", name, " ", menu), func(t *testing.T) {
					h := newHarness(t, "en")
					show(h)
					h.types(field, secret("1"))
					e := h.field(field)
					e.CursorColumn = at
					h.clip.SetContent(secret("2"))
					paste := fyne.Shortcut(&fyne.ShortcutPaste{Clipboard: h.clip})
					if menu {
						e.Entry.TypedShortcut(paste)
					} else {
						e.TypedShortcut(paste)
					}
					if got := h.field(field).Text; got != secret("2") {
						t.Errorf("the field has %q", got)
					}
					e = h.field(field)
					h.types(field, secret("1")[:40])
					e.CursorColumn = 40
					h.clip.SetContent(secret("1")[40:])
					e.TypedShortcut(paste)
					if got := h.field(field).Text; got != secret("1") {
						t.Errorf("two halves became %q", got)
					}
				})
			}
		}
	}
}

// TestDayInAnotherLanguage: a day that was typed is the same one in another language.
func TestDayInAnotherLanguage(t *testing.T) {
	h := newHarness(t, "pt-BR")
	h.oneApp()
	h.press("new_secret.title")
	h.types("new_secret.made", "05/11/2025")
	day := date.On(2025, time.November, 5)
	for _, lang := range []string{"en", "ja", "pt-BR"} {
		h.speaks(lang)
		if got, want := h.field("new_secret.made").Text, h.a.Words.Date(day.Time()); got != want {
			t.Errorf("%s has %q, not %q", lang, got, want)
		}
		if n := h.a.Screen().About.(*newSecret); n.made.day != day {
			t.Errorf("in %s it's %v", lang, n.made.day)
		}
	}
}

// TestChecksOff: the list is finished once every box is checked, and only then is Done
// what Enter presses. A copy checks nothing, and a box that is unchecked has its buttons
// again. A file without the old secret can get the new one.
func TestChecksOff(t *testing.T) {
	h := newHarness(t, "en")
	acc := h.oneApp()[0]
	if _, err := h.real.Store.Update(acc.ID, func(acc *account.Account) { acc.Layout = "" }); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(h.dir, "shop.env")
	h.usedIn(acc, "php_jlevers", "")
	h.usedIn(acc, "dotenv", path)
	if err := os.WriteFile(path, []byte("OTHER=1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	copied := h.word("new_secret.copied", "Date", h.a.Words.Date(h.clock.Now()))
	h.press("new_secret.title")
	secret := h.makesSecret()
	h.renews(secret.Reveal())
	h.sees("new_secret.title_left")
	h.sees("rotate.state.changed")
	if !strings.Contains(h.screen(), copied) {
		t.Errorf("no %q in\n%s", copied, h.screen())
	}
	kind := func() kit.ButtonKind { return h.control(h.word("button.done")).(*kit.Button).Kind }
	open := func() {
		t.Helper()
		h.misses("new_secret.nothing_left")
		h.key(fyne.KeyReturn)
		h.sees("new_secret.title_left")
		if kind() == kit.Primary {
			t.Error("Done is what to press")
		}
	}
	open()

	h.press("export.title") // of the copy
	h.waits("export.preview")
	h.press("export.to_clipboard")
	h.press("button.back")
	h.waits("rotate.state.changed")
	open()

	n := h.a.Screen().About.(*newSecret)
	php, _ := export.Find("php_jlevers")
	env, _ := export.Find("dotenv")
	done := func(want int) {
		t.Helper()
		h.until("the check", func() bool { return rotate.Count(n.items, rotate.Done) == want })
		h.settle()
	}
	h.pressText(php.Name)
	done(1)
	n.look(h.a)
	h.until("the list", func() bool { return !strings.Contains(h.screen(), copied) })
	h.pressText(php.Name)
	done(0)
	if !strings.Contains(h.screen(), copied) {
		t.Errorf("unchecked, it has no buttons:\n%s", h.screen())
	}
	open()
	h.pressText(php.Name)
	h.pressText(env.Name)
	done(2)
	h.sees("new_secret.nothing_left")
	if kind() != kit.Primary {
		t.Error("Done isn't what to press")
	}
	h.key(fyne.KeyReturn)
	h.misses("new_secret.title_left")
}

// atNewSecret shows the renewal of the client secret of three accounts, in some state.
func (h *harness) atNewSecret(change func(*newSecret)) {
	h.withAccounts(3, func(int, *account.Account) {})
	n := openNewSecret(h.a, h.a.env.Store.List()[0], nil)
	n.back = h.a.showHome
	change(n)
	h.a.show(n.screen)
	h.settle()
}

// placesLeft has a place in every state.
func (h *harness) placesLeft(n *newSecret) {
	list, err := n.book.Save(h.t.Context(), n.acc.ClientID, lwa.NewSecret("example-2"), date.Of(h.clock.Now()))
	if err != nil {
		h.t.Fatal(err)
	}
	n.left, n.looked, n.renewed = true, true, list
	place := func(i int, state rotate.State, target, path string) {
		n.items = append(n.items, rotate.Item{Place: rotate.Place{Account: list[i].ID, Target: target, Path: path}, State: state})
	}
	place(0, rotate.Ready, "dotenv", "/home/seller/projects/a-rather-long-name-of-a-project/configuration/.env")
	place(0, rotate.Done, "json", "/home/seller/amazon-sp-api.json")
	place(0, rotate.Edited, "python_env", "/home/seller/tool/.env")
	place(1, rotate.Changed, "python_file", "/home/seller/.config/python-sp-api/credentials.yml")
	place(1, rotate.Gone, "node_file", "/home/seller/.amzspapi/credentials")
	place(2, rotate.Blocked, "amazon_js", "/media/seller/USB/app.config.mjs")
	n.items[len(n.items)-1].Err = &export.Error{Kind: export.KindReadOnly}
	place(2, rotate.Copied, "php_jlevers", "")
	place(2, rotate.Typed, rotate.Screen, "")
}

// withPlacesLeft is an account whose client secret was renewed, and is due again, with
// places that have the old one.
func (h *harness) withPlacesLeft() *session {
	h.t.Helper()
	h.withAccounts(2, func(int, *account.Account) {})
	store := h.a.env.Store
	acc, book := store.List()[0], rotate.New(store, h.clock.Now)
	for _, target := range []string{"php_jlevers", "amazon_java"} {
		if err := book.Remember(rotate.Place{Account: acc.ID, Target: target}, lwa.NewSecret("example")); err != nil {
			h.t.Fatal(err)
		}
	}
	saved, err := book.Save(h.t.Context(), acc.ClientID, lwa.NewSecret("example-2"), date.Of(h.clock.Now()))
	if err != nil {
		h.t.Fatal(err)
	}
	return h.holdingOf(func(d *session) {
		d.env, d.account = h.a.env, saved[0]
		d.account.SecretMadeAt = date.Of(h.clock.Now()).AddDays(-160)
	})
}

// refuseSetting lets the vault refuse a value from the nth time on; an empty value ends
// that.
func (v *testVault) refuseSetting(value lwa.Secret, nth int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.never, v.nth = value, nth
}

// unwanted reports whether a value is refused now.
func (v *testVault) unwanted(s lwa.Secret) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.never.IsEmpty() || !v.never.Equal(s) {
		return false
	}
	v.nth--
	return v.nth <= 0
}
