package ui

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/backup"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// stocked saves two accounts and a reminder in the real list.
func (h *harness) stocked() []account.Account {
	h.t.Helper()
	for i, acc := range []account.Account{
		{Name: "Tokyo shop", Marketplace: "JP", SellerID: "A1EXAMPLE00001", AuthorizedAt: date.Of(h.clock.Now()), SecretMadeAt: date.Of(h.clock.Now()), Layout: "plain"},
		{Marketplace: "US", SelfAuthorized: true},
		{Name: "Provider", Marketplace: "JP", ProviderApp: true, ApplicationID: h.amazon.Sample().ApplicationID, Link: "https://example.com/x"},
	} {
		var secrets account.Secrets
		if !acc.ProviderApp {
			acc.ClientID = h.amazon.Sample().ClientID
			secrets = account.Secrets{ClientSecret: lwa.NewSecret("EXAMPLE-secret"), RefreshToken: lwa.NewSecret("Atzr|EXAMPLE" + string(rune('a'+i)))}
		}
		if _, err := h.real.Store.Save(h.t.Context(), acc, secrets); err != nil {
			h.t.Fatal(err)
		}
	}
	h.a.showHome()
	return h.real.Store.List()
}

// laptopDies removes all that this computer knows.
func (h *harness) laptopDies() {
	h.t.Helper()
	for _, acc := range h.real.Store.List() {
		if err := h.real.Store.Forget(h.t.Context(), acc.ID); err != nil {
			h.t.Fatal(err)
		}
	}
	h.a.showHome()
}

// backsUp saves all accounts in the window and returns the file and its words.
func (h *harness) backsUp(name string) (file, words string) {
	h.t.Helper()
	h.press("menu.open")
	h.press("menu.backup")
	file = filepath.Join(h.dir, name)
	h.types("setup_make.path", file)
	words = h.field("vault_file.passphrase").Text
	h.press("backup.save")
	h.until("the backup", func() bool { return h.a.Screen().About.(*savingBackup).stop == nil })
	return file, words
}

// opensBackup opens a file as a double click does, and types the words.
func (h *harness) opensBackup(file, words string) {
	h.t.Helper()
	h.a.OpenArgument(file)
	h.types("restore.passphrase", words)
	h.press("restore.open")
	h.idle()
}

// idle waits until nothing is under way with the backup.
func (h *harness) idle() {
	h.t.Helper()
	h.until("the backup", func() bool {
		r, ok := h.a.Screen().About.(*restoring)
		return !ok || r.stop == nil
	})
}

// TestMovesToAnotherComputer: a backup is saved, opened on a computer that has
// nothing, and has everything in it but what was changed by the journey itself.
func TestMovesToAnotherComputer(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		before := h.stocked()
		file, words := h.backsUp("shops.sellerkey")
		h.sees("backup.next")
		if b, err := backup.Read(file, lwa.NewSecret(words)); err != nil || !slices.Equal(sorted(b), before) {
			t.Fatalf("the file has %+v, %v", b, err)
		}
		h.press("button.done")
		h.laptopDies()

		h.sees("backup.open")      // 1: offered where there is nothing yet, or a double click
		h.opensBackup(file, words) // 2: Open
		h.sees("restore.whole")    // nothing yet
		if len(h.real.Store.List()) != 0 {
			t.Fatal("opening it has added accounts")
		}
		h.press("restore.add") // 3
		h.idle()
		h.press("accounts.to_list") // 4
		after := h.real.Store.List()
		if len(after) != len(before) {
			t.Fatalf("%d accounts of %d", len(after), len(before))
		}
		for i, a := range before {
			if got := after[i]; got.Title() != a.Title() || got.AuthorizedAt != a.AuthorizedAt || got.SecretMadeAt != a.SecretMadeAt || got.Layout != a.Layout || got.Link != a.Link {
				t.Errorf("%+v became %+v", a, got)
			}
			was, err := h.real.Store.Secrets(t.Context(), after[i].ID)
			if err != nil || a.ProviderApp != was.RefreshToken.IsEmpty() {
				t.Errorf("%s: secrets %v", a.Title(), err)
			}
		}

		// The same file once more changes nothing.
		h.opensBackup(file, words)
		h.sees("restore.nothing_new")
		h.press("restore.add")
		h.idle()
		if again := h.real.Store.List(); !slices.Equal(again, after) {
			t.Errorf("the second time made %+v of %+v", again, after)
		}
	})
}

// sorted are the accounts of a backup as a list has them.
func sorted(b backup.Backup) (list []account.Account) {
	for _, i := range b.Items {
		list = append(list, i.Account)
	}
	return list
}

// TestRestoreAsksWhichIsNewer: other secrets stay until the person says that the
// backup's are newer; what gives way is kept until it is deleted.
func TestRestoreAsksWhichIsNewer(t *testing.T) {
	h := newHarness(t, "en")
	list := h.stocked()
	file, words := h.backsUp("shops.sellerkey")
	h.press("button.done")
	acc := list[slices.IndexFunc(list, func(a account.Account) bool { return a.SellerID != "" })]
	next := lwa.NewSecret("EXAMPLE-new-secret")
	if err := h.real.Store.SaveClientSecret(t.Context(), acc.ID, next, acc.SecretMadeAt.AddDays(1)); err != nil {
		t.Fatal(err)
	}
	has := func() lwa.Secret {
		s, err := h.real.Store.Secrets(t.Context(), acc.ID)
		if err != nil {
			t.Fatal(err)
		}
		return s.ClientSecret
	}
	h.opensBackup(file, words)
	h.sees("restore.conflict", "Name", acc.Title())
	h.press("restore.add")
	h.idle()
	if !has().Equal(next) {
		t.Fatal("unasked, the backup's secret took the place of the other one")
	}
	if got := backup.Replaced(h.real.Store); len(got) != 0 {
		t.Fatalf("set aside: %q", got)
	}
	h.opensBackup(file, words)
	h.chooses(h.word("restore.secret_backup", "Date", h.a.Words.Date(acc.SecretMadeAt.Time())))
	h.press("restore.add")
	h.idle()
	if has().Equal(next) {
		t.Fatal("the backup's secret was chosen and is not here")
	}
	kept := backup.Replaced(h.real.Store)
	if len(kept) != 1 {
		t.Fatalf("set aside: %q", kept)
	}
	h.press("accounts.to_list")
	h.clock.Pass(time.Minute)
	h.press("menu.open")
	h.press("menu.backup")
	h.sees("backup.replaced")
	h.press("restore.open")
	h.types("restore.passphrase", words)
	h.press("restore.open")
	h.idle()
	h.chooses(h.word("restore.secret_backup", "Date", h.a.Words.Date(acc.SecretMadeAt.AddDays(1).Time())))
	h.press("restore.add")
	h.idle()
	if !has().Equal(next) {
		t.Error("what was replaced does not come back")
	}
	for _, file := range backup.Replaced(h.real.Store) {
		h.a.openBackup(file)
		deleteSecrets(h.a, file, func(err error) {
			if err != nil {
				t.Error(err)
			}
		})
		h.press("backup.delete")
	}
	if got := backup.Replaced(h.real.Store); len(got) != 0 {
		t.Errorf("not deleted: %q", got)
	}
}

// TestBadBackups: each is answered with a sentence of its own, and nothing changes.
func TestBadBackups(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		h.stocked()
		file, words := h.backsUp("shops.sellerkey")
		h.press("button.done")
		h.laptopDies()
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		write := func(name string, data []byte) string {
			path := filepath.Join(h.dir, name)
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
			return path
		}
		foreign := write("key.age", []byte("age-encryption.org/v1\n-> X25519 EXAMPLE\nEXAMPLE\n"))
		h.a.OpenArgument(foreign)
		h.sees("backup_error.foreign", "File", foreign)
		gone := filepath.Join(h.dir, "gone.age")
		h.a.openBackup(gone)
		h.sees("backup_error.not_found", "File", gone)
		h.opensBackup(write("cut.sellerkey", data[:len(data)-1]), words)
		h.sees("backup_error.damaged")
		h.opensBackup(file, "")
		h.sees("backup_error.no_passphrase")
		h.types("restore.passphrase", "another passphrase")
		h.press("restore.open")
		h.idle()
		h.sees("backup_error.wrong_passphrase")

		// It can be typed again. There is no keychain, and an encrypted file takes its place.
		h.vault.refuse(vault.Missing)
		h.types("restore.passphrase", words)
		h.press("restore.open")
		h.idle()
		h.sees("restore.whole")
		h.press("restore.add")
		h.idle()
		h.sees("vault.missing.title")
		if len(h.real.Store.List()) != 0 {
			t.Fatal("there are accounts without their keys")
		}
		h.press("vault_file.offer")
		h.types("vault_file.passphrase", passphrase)
		h.types("vault_file.again", passphrase)
		h.press("vault_file.use")
		h.until("the list", func() bool {
			r, ok := h.a.Screen().About.(*restoring)
			return ok && r.done
		})
		if len(h.real.Store.List()) != 3 {
			t.Errorf("%d accounts", len(h.real.Store.List()))
		}
	})
}

// TestBackupOfSome: only the chosen accounts are saved, never over another file,
// and not without a passphrase worth the name.
func TestBackupOfSome(t *testing.T) {
	h := newHarness(t, "en")
	h.stocked()
	file, words := h.backsUp("shops.sellerkey")
	h.press("button.done")
	h.press("menu.open")
	h.press("menu.backup")
	h.types("setup_make.path", file)
	h.press("backup.save")
	h.until("a refusal", func() bool { return h.a.Screen().About.(*savingBackup).stop == nil })
	h.sees("backup_error.exists", "File", file)
	h.pressesCheck(h.word("backup.all", "Count", "3"))
	h.press("backup.save")
	h.sees("backup.none_chosen")
	h.pressesCheck("Tokyo shop")
	h.types("vault_file.passphrase", "short")
	h.press("backup.save")
	h.sees("vault_file.too_short")
	h.press("backup.other_words")
	if words == h.field("vault_file.passphrase").Text {
		t.Error("the same words again")
	}
	words = h.field("vault_file.passphrase").Text
	h.types("setup_make.path", filepath.Join(h.dir, "some"))
	h.press("backup.save")
	h.until("the backup", func() bool { return h.a.Screen().About.(*savingBackup).stop == nil })
	h.sees("backup.next")
	if b, err := backup.Read(filepath.Join(h.dir, "some.sellerkey"), lwa.NewSecret(words)); err != nil || len(b.Items) != 1 || b.Items[0].Account.Name != "Tokyo shop" {
		t.Errorf("%+v %v", b, err)
	}
}

// TestPracticeIsNotBackedUp: practice has no backups, and one that is opened leaves
// practice first.
func TestPracticeIsNotBackedUp(t *testing.T) {
	h := newHarness(t, "en")
	h.stocked()
	file, _ := h.backsUp("shops.sellerkey")
	h.press("button.done")
	h.a.StartPractice()
	h.press("menu.open")
	h.misses("menu.backup")
	h.a.ClearOverlays()
	h.a.OpenArgument(file)
	h.sees("restore.passphrase")
	if h.a.practising() {
		t.Error("still practicing")
	}
}
