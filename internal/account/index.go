package account

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	quick "github.com/segmentio/encoding/json"
	"golang.org/x/text/width"
)

// format is the version of the index file that is written, and how entries of
// older ones become new ones.
type format struct {
	version int
	// lift[v] makes an entry of version v one of version v+1.
	lift []func(json.RawMessage) (json.RawMessage, error)
}

// currentFormat: version 1 is the first. An index without a version counts as
// 0 and has the same entries.
func currentFormat() format {
	same := func(entry json.RawMessage) (json.RawMessage, error) { return entry, nil }
	return format{version: 1, lift: []func(json.RawMessage) (json.RawMessage, error){same}}
}

// index is the content of an index file.
type index struct {
	accounts []Account
	version  int
	// damaged: something in the file could not be read; lost counts the
	// entries of which nothing could be used.
	damaged bool
	lost    int
	newer   bool
}

// parse reads an index file. It takes any bytes: what it can make sense of is
// in the result, whatever the rest looks like.
func (f format) parse(data []byte) index {
	if accounts, ok := f.whole(data); ok {
		return index{accounts: accounts, version: f.version}
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")) // an editor's doing
	var file struct {
		Version  int               `json:"version"`
		Accounts []json.RawMessage `json:"accounts"`
	}
	err := json.Unmarshal(data, &file)
	whole := err == nil && file.Accounts != nil && file.Version >= 0
	x := index{version: file.Version, damaged: !whole}
	if !whole {
		x.version = findVersion(data, f.version)
		file.Accounts = findEntries(data)
	}
	if x.version > f.version {
		x.newer = true
		return x
	}
	intern := interner{}
	seen := map[string]bool{}
	for _, entry := range file.Accounts {
		a, clean, ok := f.entry(entry, x.version)
		if !ok || seen[a.ID] {
			x.damaged = true
			if !ok {
				x.lost++
			}
			continue
		}
		x.damaged = x.damaged || !clean
		seen[a.ID] = true
		intern.share(&a)
		x.accounts = append(x.accounts, a)
	}
	return x
}

// whole reads a file as this version writes it, in one go: the usual case, and
// what a start waits for, so it is read by the library that takes a quarter
// of the time. It is not ok when anything at all is unusual.
func (f format) whole(data []byte) ([]Account, bool) {
	var file struct {
		Version  int       `json:"version"`
		Accounts []Account `json:"accounts"`
	}
	file.Accounts = make([]Account, 0, bytes.Count(data, []byte("\n"))) // one in a line
	if quick.Unmarshal(data, &file) != nil || file.Version != f.version || len(file.Accounts) == 0 {
		return nil, false
	}
	intern := interner{}
	seen := make(map[string]struct{}, len(file.Accounts))
	for i := range file.Accounts {
		a := &file.Accounts[i]
		if _, twice := seen[a.ID]; twice || !validID(a.ID) {
			return nil, false
		}
		seen[a.ID] = struct{}{}
		intern.share(a)
	}
	return file.Accounts, true
}

// interner holds each text once: thousands of sellers share a few apps.
type interner map[string]string

func (in interner) share(a *Account) {
	for _, s := range []*string{&a.Marketplace, &a.ApplicationID, &a.ClientID, &a.RedirectURI, &a.Problem, &a.SetupFile} {
		if _, ok := in[*s]; !ok {
			in[*s] = *s
		}
		*s = in[*s]
	}
}

// entry reads one account. It is not clean when a field had to be left out.
func (f format) entry(raw json.RawMessage, version int) (a Account, clean, ok bool) {
	for v := version; v < f.version; v++ {
		var err error
		if raw, err = f.lift[v](raw); err != nil {
			return Account{}, false, false
		}
	}
	clean = true
	if err := json.Unmarshal(raw, &a); err != nil {
		// One bad date must not cost the account.
		clean = false
		a = Account{}
		var fields map[string]json.RawMessage
		if json.Unmarshal(raw, &fields) != nil {
			return Account{}, false, false
		}
		for name, value := range fields {
			one, err := json.Marshal(map[string]json.RawMessage{name: value})
			if err == nil {
				_ = json.Unmarshal(one, &a)
			}
		}
	}
	return a, clean, validID(a.ID)
}

// findVersion reads the version of a file that is no JSON any more.
func findVersion(data []byte, otherwise int) int {
	m := regexp.MustCompile(`^\s*\{\s*"version"\s*:\s*(\d+)`).FindSubmatch(data)
	if m == nil {
		return otherwise
	}
	v, err := strconv.Atoi(string(m[1]))
	if err != nil {
		return otherwise + 1 // too large for a number is too new as well
	}
	return v
}

// findEntries picks out everything that begins like an account. Entries start
// with their ID, and inside a text the quotation marks would be escaped, so
// damage to one entry hides no other.
func findEntries(data []byte) []json.RawMessage {
	starts := regexp.MustCompile(`\{\s*"id"\s*:`).FindAllIndex(data, -1)
	entries := make([]json.RawMessage, len(starts))
	for i, at := range starts {
		end := len(data)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		if json.NewDecoder(bytes.NewReader(data[at[0]:end])).Decode(&entries[i]) != nil {
			entries[i] = json.RawMessage(`0`) // no account: it counts as lost
		}
	}
	return entries
}

// encode writes an index file: a first line that is different every time, then
// one account in each line, so that damage stays where it is.
func (f format) encode(accounts []Account) (data []byte, head string, err error) {
	head = fmt.Sprintf(`{"version":%d,"revision":%q,"accounts":[`, f.version, strings.ToLower(rand.Text()))
	var b bytes.Buffer
	b.WriteString(head)
	for i, a := range accounts {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		line, err := json.Marshal(a)
		if err != nil {
			return nil, "", err
		}
		b.Write(line)
	}
	b.WriteString("\n]}\n")
	return b.Bytes(), head, nil
}

// sortAccounts sorts by title as it looks, not as it is encoded.
func sortAccounts(accounts []Account) {
	type keyed struct {
		key string
		a   *Account
	}
	list := make([]keyed, len(accounts))
	for i := range accounts {
		list[i] = keyed{fold(accounts[i].Title()), &accounts[i]}
	}
	order := func(x, y keyed) int {
		if c := strings.Compare(x.key, y.key); c != 0 {
			return c
		}
		return strings.Compare(x.a.ID, y.a.ID)
	}
	if slices.IsSortedFunc(list, order) {
		return // as we wrote it
	}
	slices.SortStableFunc(list, order)
	sorted := make([]Account, len(list))
	for i, k := range list {
		sorted[i] = *k.a
	}
	copy(accounts, sorted)
}

// fold makes text comparable for a person: ABC, abc and ＡＢＣ are the same.
func fold(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
		s = width.Fold.String(s)
	}
	return strings.ToLower(s)
}
