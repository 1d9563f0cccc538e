package account

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/internal/vault/vaulttest"
	"github.com/sellerkey/sellerkey/lwa"
)

// versioned is the nth token of an account.
func versioned(account, n int) lwa.Secret {
	size := 400
	if n%2 == 1 {
		size = 2048
	}
	return fake(fmt.Sprintf("account%d-version%d", account, n), size)
}

// versionOf reads the number back out of a whole token, -1 for anything else.
func versionOf(account int, v lwa.Secret) int {
	prefix := fmt.Sprintf("Atzr|FAKE-account%d-version", account)
	rest, ok := strings.CutPrefix(v.Reveal(), prefix)
	digits, _, _ := strings.Cut(rest, "-")
	n, err := strconv.Atoi(digits)
	if !ok || err != nil || !versioned(account, n).Equal(v) {
		return -1
	}
	return n
}

// testVault is the keychain of a helper process: the real one, or the folder.
func testVault(dir string) vault.Vault {
	if service := os.Getenv("SELLERKEY_TEST_SERVICE"); service != "" {
		return vault.NewKeychain(service)
	}
	return vaulttest.Folder(filepath.Join(dir, "ring"))
}

// TestHelperSave is no test: it is the program that the tests below kill. It
// saves without an end, and says before and after each saving what it is about.
func TestHelperSave(t *testing.T) {
	dir := os.Getenv("SELLERKEY_TEST_SAVE")
	if dir == "" {
		t.Skip("only run by other tests")
	}
	first, _ := strconv.Atoi(os.Getenv("SELLERKEY_TEST_FIRST"))
	count, _ := strconv.Atoi(os.Getenv("SELLERKEY_TEST_COUNT"))
	accounts, _ := strconv.Atoi(os.Getenv("SELLERKEY_TEST_ACCOUNTS"))
	base, _ := strconv.Atoi(os.Getenv("SELLERKEY_TEST_BASE"))
	s, err := Open(dir, testVault(dir), nil)
	if err != nil {
		t.Fatal(err)
	}
	for n := first; n < first+count; n++ {
		i := base + n%accounts
		fmt.Printf("begin %d %d\n", i, n)
		a, _ := example(i)
		var err error
		if old := s.Search(a.SellerID); len(old) == 1 && n%3 == 0 {
			err = replace(s, old[0].ID, versioned(i, n))
		} else {
			a.Name = fmt.Sprint("saved by ", n)
			_, err = s.Save(context.Background(), a, Secrets{RefreshToken: versioned(i, n), ClientSecret: fake("client", 80)})
		}
		if err != nil {
			fmt.Printf("error %v\n", err)
			os.Exit(3)
		}
		fmt.Printf("done %d %d\n", i, n)
	}
	os.Exit(0)
}

// helper is TestHelperSave in a process of its own.
func helper(ctx context.Context, dir string, base, first, count, accounts int) *exec.Cmd {
	cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestHelperSave$")
	cmd.Env = append(os.Environ(), "SELLERKEY_TEST_SAVE="+dir, fmt.Sprint("SELLERKEY_TEST_BASE=", base),
		fmt.Sprint("SELLERKEY_TEST_FIRST=", first), fmt.Sprint("SELLERKEY_TEST_COUNT=", count), fmt.Sprint("SELLERKEY_TEST_ACCOUNTS=", accounts))
	cmd.Stderr = os.Stderr
	return cmd
}

// TestKilled kills the program at a random moment of its saving, again and
// again, and looks each time with fresh eyes: what it called saved is there,
// whole; what it was about is the old or the new, never a mix; no account is
// doubled; no index is damaged.
func TestKilled(t *testing.T) {
	runs := 300
	if testing.Short() {
		runs = 30
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "ring"), 0o700); err != nil {
		t.Fatal(err)
	}
	killedTest(t, dir, runs, 40*time.Millisecond)
}

// killedTest lets each helper live up to the given time from its first saving on.
func killedTest(t *testing.T, dir string, runs int, life time.Duration) {
	const accounts = 4
	saved := map[int]int{}
	begun := map[int]int{}
	next, killed, total := 0, 0, 0
	for run := range runs {
		cmd := helper(t.Context(), dir, 0, next, 1_000_000, accounts)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		clear(begun)
		lines := bufio.NewScanner(out)
		started := false
		for lines.Scan() {
			var i, n int
			switch {
			case strings.HasPrefix(lines.Text(), "error"):
				t.Fatal(lines.Text())
			case scan(lines.Text(), "begin %d %d", &i, &n):
				begun[i] = n
				next = n + 1
				if !started {
					started = true
					// A different length of life each time, from the first
					// step of the first saving on.
					time.AfterFunc(rand.N(life), func() { _ = cmd.Process.Kill() })
				}
			case scan(lines.Text(), "done %d %d", &i, &n):
				saved[i] = n
				delete(begun, i)
				total++
			}
		}
		_ = cmd.Wait()
		if !started {
			t.Fatalf("run %d did nothing", run)
		}
		if len(begun) > 0 {
			killed++
		}

		s, err := Open(dir, testVault(dir), nil)
		if err != nil {
			t.Fatalf("run %d: %v", run, err)
		}
		if n := s.Notices(); n != nil {
			t.Fatalf("run %d: %+v", run, n)
		}
		seen := map[string]bool{}
		for _, a := range s.List() {
			if seen[a.SellerID] {
				t.Fatalf("run %d: %s is doubled", run, a.SellerID)
			}
			seen[a.SellerID] = true
		}
		for i := range accounts {
			a, _ := example(i)
			list := s.Search(a.SellerID)
			want, was := saved[i]
			about, dying := begun[i]
			if len(list) == 0 {
				if was {
					t.Fatalf("run %d: account %d is lost", run, i)
				}
				continue
			}
			secrets, err := s.Secrets(t.Context(), list[0].ID)
			if err != nil {
				t.Fatalf("run %d, account %d: %v", run, i, err)
			}
			got := versionOf(i, secrets.RefreshToken)
			if got < 0 || !secrets.ClientSecret.Equal(fake("client", 80)) {
				t.Fatalf("run %d, account %d: half a secret", run, i)
			}
			if got != want && !(dying && got == about) {
				t.Fatalf("run %d, account %d: version %d, saved was %d, under way %d", run, i, got, want, about)
			}
			saved[i] = got
		}
	}
	t.Logf("%d runs, %d killed in the middle of a saving, %d savings", runs, killed, total)
	if killed < runs/2 {
		t.Errorf("only %d of %d were killed in the middle of a saving", killed, runs)
	}
	// Nothing is left but what belongs to the accounts.
	s, err := Open(dir, testVault(dir), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range s.List() {
		if err := s.Forget(t.Context(), a.ID); err != nil {
			t.Fatal(err)
		}
	}
	left, _ := filepath.Glob(filepath.Join(dir, "ring", "*"))
	for _, f := range left {
		// A dead fake leaves its temporary files; real keychains have none.
		if !strings.HasSuffix(f, ".tmp") {
			t.Errorf("%s is left", filepath.Base(f))
		}
	}
}

func scan(line, format string, args ...any) bool {
	n, err := fmt.Sscanf(line, format, args...)
	return err == nil && n == len(args)
}

// TestTwoProcesses: two programs save different accounts into the same folder,
// and both are there afterwards.
func TestTwoProcesses(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "ring"), 0o700); err != nil {
		t.Fatal(err)
	}
	const each = 40
	var cmds []*exec.Cmd
	for w := range 2 {
		cmd := helper(t.Context(), dir, w*1000, 0, each, each)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		cmds = append(cmds, cmd)
	}
	for _, cmd := range cmds {
		if err := cmd.Wait(); err != nil {
			t.Fatal(err)
		}
	}
	s := mustOpen(t, dir, testVault(dir))
	if s.Notices() != nil || len(s.List()) != 2*each {
		t.Fatalf("%d of %d accounts", len(s.List()), 2*each)
	}
	for w := range 2 {
		for n := range each {
			a, _ := example(w*1000 + n)
			list := s.Search(a.SellerID)
			if len(list) != 1 {
				t.Fatalf("%s is there %d times", a.SellerID, len(list))
			}
			secrets, err := s.Secrets(t.Context(), list[0].ID)
			if err != nil || versionOf(w*1000+n, secrets.RefreshToken) != n {
				t.Fatal(err)
			}
		}
	}
}

// replace puts another refresh token in the place of the present one, as a
// refresh does.
func replace(s *Store, id string, next lwa.Secret) error {
	secrets, err := s.Secrets(context.Background(), id)
	if err != nil {
		return err
	}
	return s.replaceRefreshToken(context.Background(), id, secrets.RefreshToken, secrets.RefreshToken, next)
}
