package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
)

// TestSecretDate: the day on which a client secret was created is taken from the
// command line or asked for on a terminal, once.
func TestSecretDate(t *testing.T) {
	day := date.On(2026, time.November, 22)
	for name, tt := range map[string]struct {
		terminal bool
		stdin    string
		args     []string
		code     int
		asked    bool
		want     date.Date
	}{
		"said":                        {false, "", []string{"--secret-made", "2026-11-22"}, exitDone, false, day},
		"said, on a terminal":         {true, "", []string{"--secret-made", "2026-11-22"}, exitDone, false, day},
		"said wrongly":                {true, "", []string{"--secret-made", "22nd"}, exitUsage, false, date.Date{}},
		"asked":                       {true, "2026-11-22\n", nil, exitDone, true, day},
		"answered at the second time": {true, "last year\nNov 22, 2026\n", nil, exitDone, true, day},
		"not known":                   {true, "\n", nil, exitDone, true, date.Date{}},
		"no answer":                   {true, "", nil, exitDone, true, date.Date{}},
		"a script":                    {false, "2026-11-22\n", nil, exitDone, false, date.Date{}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.env.Interactive = tt.terminal
			path := filepath.Join(t.TempDir(), "keys.env")
			if err := os.WriteFile(path, []byte(dotenv(d.amazon.Sample())), 0o600); err != nil {
				t.Fatal(err)
			}
			_, said, code := d.run(tt.stdin, append([]string{"add", "--from", path}, tt.args...)...)
			if code != tt.code || strings.Contains(said, "Client secret created on") != tt.asked {
				t.Fatalf("exit %d: %s", code, said)
			}
			store, err := account.Open(d.dir, d.env.Keychain, time.Now)
			if err != nil {
				t.Fatal(err)
			}
			if tt.code != exitDone {
				if len(store.List()) != 0 {
					t.Error("an account was saved")
				}
				return
			}
			if got := store.List()[0].SecretMadeAt; got != tt.want {
				t.Errorf("saved is %v, want %v", got, tt.want)
			}
			if _, said, _ = d.run("", "add", "--from", path); strings.Contains(said, "Client secret created on") != (tt.terminal && tt.want.IsZero()) {
				t.Errorf("the second time it says %s", said)
			}
		})
	}
}
