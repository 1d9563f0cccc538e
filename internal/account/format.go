package account

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
)

// indexVersion is the version of the index file, the first one.
const indexVersion = 1

// index is the content of an index file.
type index struct {
	accounts []Account
	// damaged: something in the file couldn't be read; lost counts the entries that
	// couldn't be used at all.
	damaged bool
	lost    int
	newer   bool
}

// parseIndex reads an index file. It takes any bytes and salvages the accounts
// it can.
func parseIndex(data []byte) index {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")) // some editors add it
	if x, ok := parseGood(data); ok {
		return x
	}
	var file struct {
		Version  int               `json:"version"`
		Accounts []json.RawMessage `json:"accounts"`
	}
	err := json.Unmarshal(data, &file)
	x := index{damaged: err != nil || file.Accounts == nil || file.Version != indexVersion}
	version := file.Version
	if err != nil || file.Accounts == nil {
		version = findVersion(data)
		file.Accounts = findEntries(data)
	}
	if version > indexVersion {
		return index{newer: true}
	}
	seen := map[string]bool{}
	for _, entry := range file.Accounts {
		a, clean, ok := parseAccount(entry)
		if !ok || seen[a.ID] {
			x.damaged = true
			if !ok {
				x.lost++
			}
			continue
		}
		x.damaged = x.damaged || !clean
		seen[a.ID] = true
		x.accounts = append(x.accounts, a)
	}
	return x
}

// parseGood reads an index file in which nothing is damaged. It's quicker than taking
// the file apart, and the window waits for it.
func parseGood(data []byte) (x index, ok bool) {
	var file struct {
		Version  int       `json:"version"`
		Accounts []Account `json:"accounts"`
	}
	if json.Unmarshal(data, &file) != nil || file.Accounts == nil || file.Version != indexVersion {
		return index{}, false
	}
	seen := make(map[string]bool, len(file.Accounts))
	for i, a := range file.Accounts {
		if !validID(a.ID) || seen[a.ID] {
			return index{}, false
		}
		seen[a.ID] = true
		file.Accounts[i] = tidy(a)
	}
	return index{accounts: slices.Clip(file.Accounts)}, true
}

// parseAccount reads one account. It is not clean if a field had to be left out.
func parseAccount(raw json.RawMessage) (a Account, clean, ok bool) {
	clean = true
	if json.Unmarshal(raw, &a) != nil {
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
	return tidy(a), clean, validID(a.ID)
}

// findVersion reads the version of a file that is not JSON any more.
func findVersion(data []byte) int {
	m := regexp.MustCompile(`^\s*\{\s*"version"\s*:\s*(\d+)`).FindSubmatch(data)
	if m == nil {
		return indexVersion
	}
	v, err := strconv.Atoi(string(m[1]))
	if err != nil {
		return indexVersion + 1 // a number that large is newer as well
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

// encodeIndex writes an index file with one account a line, so that damage to
// one line leaves the others.
func encodeIndex(accounts []Account) ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, `{"version":%d,"accounts":[`, indexVersion)
	for i, a := range accounts {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		line, err := json.Marshal(a)
		if err != nil {
			return nil, err
		}
		b.Write(line)
	}
	b.WriteString("\n]}\n")
	return b.Bytes(), nil
}
