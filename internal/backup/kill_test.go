package backup

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/vault/vaulttest"
	"github.com/sellerkey/sellerkey/lwa"
)

// killedAt is when the accounts of the tests below were saved or restored.
var killedAt = time.Date(2026, 11, 28, 8, 0, 0, 0, time.UTC)

func openAt(t *testing.T, dir string) *account.Store {
	t.Helper()
	s, err := account.Open(dir, vaulttest.Folder(filepath.Join(dir, "ring")), func() time.Time { return killedAt })
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// shops are the accounts of the backup and, where there is one, what the computer
// has of it.
func shops() (backup Backup, here []Item) {
	shop := func(n int, version string) Item {
		month := map[string]time.Month{"here": time.March, "backup": time.June}[version]
		a := account.Account{
			Name: fmt.Sprintf("shop %d %s", n, version), Marketplace: "JP", SellerID: fmt.Sprintf("A1EXAMPLE%04d", n),
			ClientID: "amzn1.application-oa2-client.0000", AuthorizedAt: date.On(2026, month, 1), SecretMadeAt: date.On(2026, month, 2),
		}
		return Item{a, account.Secrets{
			ClientSecret: lwa.NewSecret("EXAMPLE-secret-" + version), RefreshToken: lwa.NewSecret("Atzr|EXAMPLE-" + version + strings.Repeat("x", 300)),
		}}
	}
	half := shop(2, "here")
	half.Secrets.ClientSecret = lwa.Secret{}
	return Backup{MadeAt: killedAt, Items: []Item{
		shop(0, "backup"), shop(1, "backup"), shop(2, "backup"), shop(3, "backup"),
		{Account: account.Account{ID: "provider", Name: "guide", Marketplace: "JP", ProviderApp: true, ApplicationID: "amzn1.sp.solution.0000"}},
	}}, []Item{shop(0, "here"), shop(1, "here"), half}
}

// restoreAt restores the backup: the secrets of the first shop replace those that
// are here, those of the second don't.
func restoreAt(t *testing.T, s *account.Store, now time.Time) {
	t.Helper()
	b, _ := shops()
	all, err := Compare(t.Context(), s, b)
	if err != nil {
		t.Fatal(err)
	}
	all[0].Replace = all[0].Conflict
	if _, _, err := restore(t.Context(), s, all, passphrase, now, 1); err != nil {
		t.Fatal(err)
	}
}

// TestHelperRestore is no test: it is the program that the test below kills.
func TestHelperRestore(t *testing.T) {
	dir := os.Getenv("SELLERKEY_TEST_RESTORE")
	if dir == "" {
		t.Skip("only run by other tests")
	}
	s := openAt(t, dir)
	fmt.Println("begin")
	restoreAt(t, s, killedAt)
	fmt.Println("done")
	os.Exit(0)
}

// state is all that a folder has of the accounts, by seller ID or name.
func state(t *testing.T, dir string) map[string]Item {
	t.Helper()
	s := openAt(t, dir)
	if n := s.Notices(); n != nil {
		t.Fatalf("notices: %+v", n)
	}
	found := map[string]Item{}
	for _, a := range s.List() {
		secrets, err := s.Secrets(t.Context(), a.ID)
		if err != nil {
			t.Fatal(err)
		}
		key := a.SellerID + a.Provider
		if _, doubled := found[key]; doubled {
			t.Fatalf("%s is doubled", a.Title())
		}
		found[key] = Item{a, secrets}
	}
	return found
}

// TestKilledRestoring kills a restore 500 times, at any of its steps. Each account is
// then in the list as before or as restored, and so is each of its secrets; what was
// replaced is in a backup that opens; and restoring once more completes it.
func TestKilledRestoring(t *testing.T) {
	kills := 500
	if testing.Short() {
		kills = 50
	}
	start := t.TempDir()
	if err := os.Mkdir(filepath.Join(start, "ring"), 0o700); err != nil {
		t.Fatal(err)
	}
	s := openAt(t, start)
	_, here := shops()
	for _, i := range here {
		if _, err := s.Save(t.Context(), i.Account, i.Secrets); err != nil {
			t.Fatal(err)
		}
	}
	before := state(t, start)
	for part := range 4 { // which mostly wait for the disk
		t.Run(fmt.Sprint(part), func(t *testing.T) {
			t.Parallel()
			killRestores(t, start, before, kills/4)
		})
	}
}

// killRestores restores into copies of a folder, whose accounts are before, until so
// many restores were killed.
func killRestores(t *testing.T, start string, before map[string]Item, kills int) {
	dir := filepath.Join(t.TempDir(), "data") // always the same, because IDs depend on it
	fresh := func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(dir, os.DirFS(start)); err != nil {
			t.Fatal(err)
		}
	}
	fresh()
	began := time.Now()
	restoreAt(t, openAt(t, dir), killedAt)
	life := time.Since(began) // some get to the end
	after := state(t, dir)
	if len(after) != 5 || after["A1EXAMPLE0000"].Account == before["A1EXAMPLE0000"].Account {
		t.Fatalf("restored %+v", after)
	}

	killed, amid, runs := 0, 0, 0
	for ; killed < kills && runs < 20*kills; runs++ {
		fresh()
		if !killedRestoring(t, dir, rand.N(life)) {
			continue
		}
		killed++
		now := state(t, dir)
		changed := 0
		for key, item := range now {
			old, had := before[key]
			if item.Account != after[key].Account && !(had && item.Account == old.Account) {
				t.Fatalf("kill %d: %s is neither as before nor as restored: %+v", killed, key, item.Account)
			}
			for _, x := range [][3]lwa.Secret{
				{item.Secrets.RefreshToken, old.Secrets.RefreshToken, after[key].Secrets.RefreshToken},
				{item.Secrets.ClientSecret, old.Secrets.ClientSecret, after[key].Secrets.ClientSecret},
			} {
				if !x[0].Equal(x[1]) && !x[0].Equal(x[2]) {
					t.Fatalf("kill %d: a secret of %s is neither as before nor as restored", killed, key)
				}
			}
			if item.Account != old.Account {
				changed++
			}
		}
		for key := range before {
			if _, ok := now[key]; !ok {
				t.Fatalf("kill %d: %s is lost", killed, key)
			}
		}
		if changed > 0 && changed < 4 {
			amid++
		}
		replaced := Replaced(openAt(t, dir))
		if len(replaced) == 0 && !now["A1EXAMPLE0000"].Secrets.RefreshToken.Equal(before["A1EXAMPLE0000"].Secrets.RefreshToken) {
			t.Fatalf("kill %d: a token was replaced, and is in no backup", killed)
		}
		for _, path := range replaced {
			b, err := Read(path, passphrase)
			if err != nil || len(b.Items) != 1 || !b.Items[0].Secrets.RefreshToken.Equal(before["A1EXAMPLE0000"].Secrets.RefreshToken) {
				t.Fatalf("kill %d: the backup of what was replaced: %v", killed, err)
			}
		}
		restoreAt(t, openAt(t, dir), killedAt.Add(time.Minute))
		again := state(t, dir)
		for key, item := range after {
			x := again[key]
			if key == "A1EXAMPLE0000" {
				// Where the new secrets were already here, nothing is left to replace.
				x.Account.Name, x.Account.HasPrevious = item.Account.Name, item.Account.HasPrevious
			}
			if x.Account != item.Account || !x.Secrets.RefreshToken.Equal(item.Secrets.RefreshToken) || !x.Secrets.ClientSecret.Equal(item.Secrets.ClientSecret) {
				t.Fatalf("kill %d: restored once more, %s is %+v, not %+v", killed, key, x.Account, item.Account)
			}
		}
		if len(again) != len(after) {
			t.Fatalf("kill %d: %d accounts", killed, len(again))
		}
	}
	t.Logf("%d of %d were killed, %d of them between two accounts", killed, runs, amid)
	if killed < kills || amid < kills/20 {
		t.Errorf("%d were killed, %d of them between two accounts", killed, amid)
	}
}

// killedRestoring runs a restore in a process of its own, kills it so long after its
// beginning, and reports whether that was before its end.
func killedRestoring(t *testing.T, dir string, life time.Duration) bool {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestHelperRestore$")
	cmd.Env = append(os.Environ(), "SELLERKEY_TEST_RESTORE="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := false
	said := ""
	for lines := bufio.NewScanner(out); lines.Scan(); {
		switch lines.Text() {
		case "begin":
			time.AfterFunc(life, func() { _ = cmd.Process.Kill() })
		case "done":
			done = true
		default:
			said += lines.Text() + "\n"
		}
	}
	if err := cmd.Wait(); err != nil && said != "" {
		t.Fatal(said)
	}
	return !done
}
