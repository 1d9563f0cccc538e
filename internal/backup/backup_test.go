package backup

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/lwa"
)

func small() Backup {
	return Backup{MadeAt: time.Date(2026, 11, 28, 8, 0, 0, 0, time.UTC), Items: []Item{{
		account.Account{ID: "a", Name: "Tokyo shop", Marketplace: "JP", SellerID: "A1EXAMPLE0000", AuthorizedAt: date.Of(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))},
		account.Secrets{ClientSecret: lwa.NewSecret("EXAMPLE-secret"), RefreshToken: lwa.NewSecret("Atzr|EXAMPLE")},
	}}}
}

var passphrase = lwa.NewSecret("six-words-é")

func cheap(t *testing.T, b Backup) []byte {
	t.Helper()
	data, err := encrypt(b, passphrase, 1)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestEveryBit: a backup opens as it was written and not with any other bit, byte
// or length, and nothing in it is readable.
func TestEveryBit(t *testing.T) {
	data := cheap(t, small())
	for _, word := range []string{"Tokyo", "shop", "A1EXAMPLE", "Atzr", "JP", "2026"} {
		if bytes.Contains(data, []byte(word)) {
			t.Errorf("%q can be read", word)
		}
	}
	if b, err := decrypt(data, passphrase); err != nil || !b.equal(small()) || !b.MadeAt.Equal(small().MadeAt) {
		t.Fatalf("as it was written: %+v %v", b, err)
	}
	if _, err := decrypt(data, lwa.NewSecret("six-words-e\u0301")); err != nil {
		t.Errorf("the passphrase, composed otherwise: %v", err)
	}
	refused := func(what string, n int, data []byte) {
		b, err := decrypt(data, passphrase)
		if KindOf(err) == "" || len(b.Items) > 0 {
			t.Errorf("%s %d: %v", what, n, err)
		}
	}
	for bit := range 8 * len(data) {
		changed := bytes.Clone(data)
		changed[bit/8] ^= 1 << (bit % 8)
		refused("bit", bit, changed)
	}
	for n := range len(data) {
		refused("cut", n, data[:n])
	}
	refused("longer", 1, append(bytes.Clone(data), 0))
}

// sealed encrypts any text as a backup is.
func sealed(t *testing.T, text string, to age.Recipient) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to)
	if err == nil {
		_, err = w.Write([]byte(text))
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestRefused(t *testing.T) {
	recipient, _ := age.NewScryptRecipient(passphrase.Reveal())
	recipient.SetWorkFactor(1)
	costly, _ := age.NewScryptRecipient(passphrase.Reveal())
	costly.SetWorkFactor(work + 1)
	key, _ := age.GenerateX25519Identity()
	newer, _ := json.Marshal(map[string]any{"sellerkey_backup": version + 1, "accounts": "otherwise"})
	for name, c := range map[string]struct {
		data       []byte
		passphrase string
		want       Kind
	}{
		"empty":               {nil, passphrase.Reveal(), Foreign},
		"text":                {[]byte("Tokyo shop"), passphrase.Reveal(), Foreign},
		"wrong passphrase":    {cheap(t, small()), "another", WrongPassphrase},
		"no passphrase":       {cheap(t, small()), "", NoPassphrase},
		"cut":                 {cheap(t, small())[:300], passphrase.Reveal(), Damaged},
		"age for a key":       {sealed(t, "x", key.Recipient()), passphrase.Reveal(), Foreign},
		"somebody's age file": {sealed(t, "x", recipient), passphrase.Reveal(), Foreign},
		"somebody's JSON":     {sealed(t, `{"version":1}`, recipient), passphrase.Reveal(), Foreign},
		"newer":               {sealed(t, string(newer), recipient), passphrase.Reveal(), Newer},
		"too costly":          {sealed(t, "x", costly), passphrase.Reveal(), Damaged},
	} {
		if _, err := decrypt(c.data, lwa.NewSecret(c.passphrase)); KindOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func TestWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shops.age")
	if err := Write(filepath.Join(path, "nowhere"), small(), passphrase); KindOf(err) != NotFound {
		t.Errorf("no folder: %v", err)
	}
	if err := Write(path, small(), lwa.Secret{}); KindOf(err) != NoPassphrase {
		t.Errorf("no passphrase: %v", err)
	}
	if err := Write(path, small(), passphrase); err != nil {
		t.Fatal(err)
	}
	if b, err := Read(path, passphrase); err != nil || !b.equal(small()) {
		t.Errorf("read back: %+v %v", b, err)
	}
	words := lwa.NewSecret("pine-apple-rope")
	other := filepath.Join(t.TempDir(), "words.age")
	data, err := encrypt(small(), words, 1)
	if err = errors.Join(err, os.WriteFile(other, data, 0o600)); err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]Kind{"Pine apple  ROPE\n": "", "ｐｉｎｅ　ａｐｐｌｅ　ｒｏｐｅ": "", "pine-apple": WrongPassphrase} {
		if _, err := Read(other, lwa.NewSecret(typed)); KindOf(err) != want {
			t.Errorf("%q: %v", typed, err)
		}
	}
	before, _ := os.ReadFile(path)
	if err := Write(path, Backup{}, passphrase); KindOf(err) != Exists {
		t.Errorf("over another file: %v", err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("the other file has changed")
	}
}

func TestSuggestPassphrase(t *testing.T) {
	first := map[string]bool{}
	const times = 200
	for range times {
		suggested := strings.Split(SuggestPassphrase().Reveal(), "-")
		if len(suggested) < words {
			t.Fatalf("%d words", len(suggested))
		}
		first[suggested[0]] = true
	}
	// Of 7,776, three or so come twice; of 256, seventy would.
	if len(first) < times*3/4 {
		t.Errorf("only %d of %d first words differ", len(first), times)
	}
}

// TestWordList: with the numbers of five dice before its words, the list is the file
// https://www.eff.org/files/2016/07/18/eff_large_wordlist.txt.
func TestWordList(t *testing.T) {
	published := sha256.New()
	for i, word := range strings.Fields(wordList) {
		for side := 6 * 6 * 6 * 6; side > 0; side /= 6 {
			fmt.Fprint(published, i/side%6+1)
		}
		fmt.Fprintf(published, "\t%s\n", word)
	}
	if sum := fmt.Sprintf("%x", published.Sum(nil)); sum != "addd35536511597a02fa0a9ff1e5284677b8883b83e986e43f15a3db996b903e" {
		t.Errorf("the list has SHA-256 %s", sum)
	}
}

// TestWriteCSV: password managers find an entry for each secret by KeePassXC's
// header, whatever is in a name; nothing is replaced.
//
// KeePassXC itself isn't run here, because keepassxc-cli imports XML only. The window
// of version 2.7.4 (Debian 12) put such a file, with its first line as the names of the
// fields, into a database whose entries keepassxc-cli showed unchanged, with Japanese
// names, quotation marks, semicolons and notes of several lines.
func TestWriteCSV(t *testing.T) {
	b := small()
	b.Items[0].Account.Name = "Tokyo, \"main\"\nshop"
	b.Items[0].Account.ClientID = "amzn1.application-oa2-client.00000000000000000000000000000000"
	b.Items = append(b.Items, Item{Account: account.Account{Marketplace: "JP", ProviderApp: true}})
	path := filepath.Join(t.TempDir(), "shops.csv")
	if err := WriteCSV(path, b); err != nil {
		t.Fatal(err)
	}
	data, _ := os.ReadFile(path)
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatalf("%q %v", rows, err)
	}
	a := b.Items[0].Account
	for i, want := range [][]string{
		{"Group", "Title", "Username", "Password", "URL", "Notes"},
		{"SellerKey", a.Name + " (client secret)", a.ClientID, "EXAMPLE-secret"},
		{"SellerKey", a.Name + " (refresh token)", a.SellerID, "Atzr|EXAMPLE"},
	} {
		if !slices.Equal(rows[i][:len(want)], want) {
			t.Errorf("%q, want %q", rows[i], want)
		}
	}
	if !strings.Contains(rows[1][5], "Authorized: 2026-03-01") {
		t.Errorf("notes: %q", rows[1][5])
	}
	if err := WriteCSV(path, b); KindOf(err) != Exists {
		t.Errorf("again: %v", err)
	}
	for range 2 {
		if err := Delete(path); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("it is still there")
	}
}

// TestLooks: a file is told from others by its first line.
func TestLooks(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct {
		data string
		want bool
	}{
		"backup": {string(cheap(t, small())), true}, "setup file": {"version = 1\nprovider = \"Tool\"\n", false},
		"empty": {"", false}, "start": {header[:9], false},
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(c.data), 0o600); err != nil {
			t.Fatal(err)
		}
		if Looks(path) != c.want {
			t.Errorf("%s: %t", name, !c.want)
		}
	}
	if Looks(dir) || Looks(filepath.Join(dir, "gone")) {
		t.Error("a folder, or nothing, looks like a backup")
	}
	if _, err := Read(dir, passphrase); KindOf(err) != Foreign {
		t.Errorf("a folder: %v", err)
	}
}
