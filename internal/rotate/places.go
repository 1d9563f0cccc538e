package rotate

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/lwa"
)

const (
	fileName = "places.json"
	lockName = "places.lock"
	saltSize = 16
)

// Place is where the client secret of an account was put, beside the vault.
type Place struct {
	// Account is its ID.
	Account string `json:"account"`
	// Target is [export.Target.ID], or [Screen].
	Target string `json:"target"`
	// Path is the file; "" for text that was copied or printed.
	Path string `json:"path,omitempty"`
	// Name is the account's name in that file, see [export.Values.AccountName].
	Name string `json:"name,omitempty"`
	// On is the day on which that was done.
	On date.Date `json:"on,omitzero"`
}

// Screen is the [Place.Target] of a tool provider's registration screen.
const Screen = "registration_screen"

func (p Place) same(q Place) bool { q.On = p.On; return p == q }

// record is a place with fingerprints of what was put there, see file.mark.
type record struct {
	Place
	// Secret is that of the client secret.
	Secret string `json:"secret,omitempty"`
	// Content is that of the whole file, where all of it was written here. A file of
	// a target that merges has more in it, which others may change as they like; and
	// the entry of a second account would change the whole.
	Content string `json:"content,omitempty"`
	// Ticked is the fingerprint of the new secret that a person has put there.
	Ticked string `json:"ticked,omitempty"`
}

// done reports whether the place has the secret with this fingerprint.
func (r record) done(next string) bool { return next != "" && (r.Secret == next || r.Ticked == next) }

// rotation is a client secret that was replaced.
type rotation struct {
	ClientID string    `json:"client_id"`
	Made     date.Date `json:"made"`
	// Ends is the last day of the secret before the former one, while something has it.
	Ends date.Date `json:"ends,omitzero"`
	// Secret is the fingerprint of the new one.
	Secret string `json:"secret"`
	// Pending are the accounts that still have an older secret.
	Pending []string `json:"pending,omitempty"`
}

// behind notes whether an account still has an older secret.
func (r *rotation) behind(id string, is bool) {
	r.Pending = slices.DeleteFunc(slices.Clone(r.Pending), func(p string) bool { return p == id })
	if is {
		r.Pending = append(r.Pending, id)
	}
}

// until is the last day of the former secret, or of the one before it if that ends first.
func (r rotation) until(today date.Date) date.Date {
	if !r.Ends.IsZero() && !r.Ends.Before(today) {
		return r.Ends
	}
	return r.Made.AddDays(OldSecretLife)
}

// file is the list of places in the data folder. It holds no secret, and no backup
// has it: the paths are those of this computer.
type file struct {
	Salt      []byte     `json:"salt"`
	Places    []record   `json:"places"`
	Rotations []rotation `json:"rotations,omitempty"`
}

// mark is a fingerprint: it recognizes a value and doesn't tell it. A plain keyed
// hash is enough, and none that takes long, because a client secret has 256 random
// bits, and every content has one in it: no computer tries them all. Every folder
// has another salt.
func (f *file) mark(kind string, value []byte) string {
	mac := hmac.New(sha256.New, f.Salt)
	mac.Write([]byte(kind + "\x00"))
	mac.Write(value)
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func (f *file) secretMark(s lwa.Secret) string { return f.mark("client secret", []byte(s.Reveal())) }

func (f *file) contentMark(content []byte) string { return f.mark("file", content) }

func (f *file) rotation(clientID string) (rotation, bool) {
	i := slices.IndexFunc(f.Rotations, func(r rotation) bool { return strings.EqualFold(r.ClientID, clientID) })
	if i < 0 {
		return rotation{}, false
	}
	return f.Rotations[i], true
}

// set puts a rotation in the place of the app's former one.
func (f *file) set(r rotation) {
	f.Rotations = slices.DeleteFunc(f.Rotations, func(x rotation) bool { return strings.EqualFold(x.ClientID, r.ClientID) })
	f.Rotations = append(f.Rotations, r)
}

// find returns the record of a place, or nil.
func (f *file) find(p Place) *record {
	for i := range f.Places {
		if f.Places[i].same(p) {
			return &f.Places[i]
		}
	}
	return nil
}

func (b *Book) path(name string) string { return filepath.Join(b.store.Dir(), name) }

// read reads the list. A missing or damaged one is empty: it only helps to remember.
func (b *Book) read() (*file, error) {
	f := &file{}
	if b.store.Dir() == "" {
		return f, nil
	}
	data, err := disk.Read(b.path(fileName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return f, &Error{Kind: KindPlaces, cause: err}
	}
	if json.Unmarshal(data, f) != nil {
		f = &file{}
	}
	return f, nil
}

// update changes the list under a lock, on what is on the disk now, and writes it
// if change returns true. What belongs to accounts that are gone is dropped.
func (b *Book) update(change func(f *file) bool) error {
	if b.store.Dir() == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), disk.Patience)
	defer cancel()
	unlock, err := disk.Lock(ctx, b.path(lockName))
	if err != nil {
		return &Error{Kind: KindPlaces, cause: err}
	}
	defer unlock()
	f, err := b.read()
	if err != nil {
		return err
	}
	if len(f.Salt) == 0 {
		f.Salt = make([]byte, saltSize)
		_, _ = rand.Read(f.Salt) // never fails
	}
	if !change(f) {
		return nil
	}
	if _, err := b.store.Reload(); err == nil { // another process may have saved the account
		f.prune(b.store)
	}
	data, err := json.MarshalIndent(f, "", "  ")
	if err == nil {
		err = disk.Write(b.path(fileName), append(data, '\n'), 0o600)
	}
	if err != nil {
		return &Error{Kind: KindPlaces, cause: err}
	}
	return nil
}

func (f *file) prune(s *account.Store) {
	gone := func(id string) bool { _, ok := s.Find(id); return !ok }
	f.Places = slices.DeleteFunc(f.Places, func(r record) bool { return gone(r.Account) })
	for i := range f.Rotations {
		f.Rotations[i].Pending = slices.DeleteFunc(f.Rotations[i].Pending, gone)
	}
	list := s.List()
	f.Rotations = slices.DeleteFunc(f.Rotations, func(r rotation) bool { return len(Accounts(list, r.ClientID)) == 0 })
}

// Remember notes that a file was written with the client secret of a saved account,
// or, without a path, that the text was copied or printed. The day is today.
func (b *Book) Remember(p Place, secret lwa.Secret) error {
	if p.Account == "" {
		return nil
	}
	p.On = date.Of(b.now())
	target, _ := export.Find(p.Target)
	whole := !target.Merges
	var content []byte
	if p.Path != "" {
		var err error
		if p.Path, err = filepath.Abs(p.Path); err == nil {
			content, err = export.ReadFile(p.Path)
		}
		if err != nil {
			return &Error{Kind: KindPlaces, cause: err}
		}
	}
	return b.update(func(f *file) bool {
		r := record{Place: p, Secret: f.secretMark(secret)}
		if whole && p.Path != "" {
			r.Content = f.contentMark(content)
		}
		f.Places = slices.DeleteFunc(f.Places, func(x record) bool {
			// What was at the same place is no longer there.
			over := p.Path != "" && x.Path == p.Path && (whole || x.Content != "" || x.Target == p.Target && x.Name == p.Name)
			return over || x.same(p)
		})
		f.Places = append(f.Places, r)
		return true
	})
}

// Places returns the files and copies that are remembered of an account, the
// oldest first.
func (b *Book) Places(accountID string) ([]Place, error) {
	f, err := b.read()
	var all []Place
	for _, r := range f.Places {
		if r.Account == accountID && r.Target != Screen {
			all = append(all, r.Place)
		}
	}
	return all, err
}

// Clear forgets a place. A file there stays as it is.
func (b *Book) Clear(p Place) error {
	return b.update(func(f *file) bool {
		n := len(f.Places)
		f.Places = slices.DeleteFunc(f.Places, func(r record) bool { return r.same(p) })
		return len(f.Places) < n
	})
}

// Forget forgets every place of an account, once [account.Store.Forget] has removed
// the account itself. If a crash prevents that, the next change of the list does it.
func (b *Book) Forget(accountID string) error {
	return b.update(func(f *file) bool {
		n := len(f.Places)
		f.Places = slices.DeleteFunc(f.Places, func(r record) bool { return r.Account == accountID })
		return len(f.Places) < n
	})
}

// Erase removes the list of places from a data folder.
func Erase(dir string) error {
	var err error
	for _, name := range []string{fileName, disk.TempName(fileName), lockName} {
		err = errors.Join(err, disk.Remove(filepath.Join(dir, name)))
	}
	return err
}
