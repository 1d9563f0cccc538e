package vault

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"filippo.io/age"

	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/lwa"
)

// FileName is the name of the encrypted file in a data folder.
const FileName = "secrets.age"

// File is a file of secrets, encrypted under a passphrase with age
// (https://age-encryption.org). It is for computers without a keychain, and
// used only after the person chose it.
//
// The passphrase opens a key in the file, and each secret is encrypted to that key.
// So only opening takes a second, and what stays in memory is the key and no secret.
// A person who copies the file can try passphrases on it without limit.
type File struct {
	path string

	mu       sync.Mutex
	identity *age.X25519Identity
	// key is the identity as the file has it. When it has another one, another
	// program has changed the passphrase.
	key string
	// cached is the file as it was at stamp; it holds nothing readable.
	cached fileContent
	stamp  fileStamp
}

// fileContent is the content of the file.
type fileContent struct {
	Version int `json:"version"`
	// Key is the age identity, encrypted under the passphrase.
	Key string `json:"key"`
	// Items are the secrets, each with its own name inside, so that nobody can
	// swap them unnoticed.
	Items map[string]string `json:"items"`
}

type fileStamp struct {
	size int64
	at   time.Time
}

const (
	fileVersion = 1
	// asideMark is in the name of a file whose passphrase was forgotten.
	asideMark = ".aside-"
)

// OpenFile opens the vault file at path, or starts a new one there when
// there is none. It takes about a second: that is what makes guessing slow.
//
// The error is a *[Error]: [WrongPassphrase], [Damaged],
// [Refused] for a file that may not be touched or an empty passphrase …
// A file that does not open is left as it is.
func OpenFile(ctx context.Context, path string, passphrase lwa.Secret) (*File, error) {
	return openFile(ctx, path, passphrase, scryptWork)
}

func openFile(ctx context.Context, path string, passphrase lwa.Secret, work int) (*File, error) {
	if passphrase.IsEmpty() {
		return nil, newError("open", Refused, nil)
	}
	if ctx.Err() != nil {
		return nil, Gone(ctx, "open")
	}
	f := &File{path: path}
	// In its own goroutine, because scrypt listens to nobody.
	done := make(chan error, 1)
	go func() { done <- f.open(ctx, passphrase.Reveal(), work) }()
	select {
	case err := <-done:
		if err != nil {
			return nil, err
		}
		return f, nil
	case <-ctx.Done():
		return nil, Gone(ctx, "open")
	}
}

func (f *File) open(ctx context.Context, passphrase string, work int) error {
	waiting, cancel := context.WithTimeout(ctx, disk.Patience)
	defer cancel()
	unlock, err := disk.Lock(waiting, f.path+".lock")
	if err != nil {
		return f.fail("open", err)
	}
	defer unlock()
	file, err := f.load()
	if errors.Is(err, fs.ErrNotExist) {
		return f.create(ctx, passphrase, work)
	}
	if err != nil {
		return f.fail("open", err)
	}
	f.identity, err = unlockKey(file.Key, passphrase)
	f.key = file.Key
	return err
}

func (f *File) create(ctx context.Context, passphrase string, work int) error {
	identity, key, err := newKey(passphrase, work)
	if err != nil {
		return err
	}
	// After a cancel no file may stay under a passphrase that was given up.
	if ctx.Err() != nil {
		return Gone(ctx, "open")
	}
	f.identity, f.key = identity, key
	return f.store("open", fileContent{Version: fileVersion, Key: key})
}

// Get implements [Vault].
func (f *File) Get(ctx context.Context, key string) (lwa.Secret, error) {
	if ctx.Err() != nil {
		return lwa.Secret{}, Gone(ctx, "get")
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	file, err := f.known()
	if err != nil {
		return lwa.Secret{}, f.fail("get", err)
	}
	return f.item("get", file, key)
}

// Keys returns the names of all secrets in the file, sorted.
func (f *File) Keys(ctx context.Context) ([]string, error) {
	if ctx.Err() != nil {
		return nil, Gone(ctx, "get")
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	file, err := f.known()
	if err != nil {
		return nil, f.fail("get", err)
	}
	return slices.Sorted(maps.Keys(file.Items)), nil
}

// Set implements [Vault]. An empty value is the same as [File.Delete].
func (f *File) Set(ctx context.Context, key string, v lwa.Secret) error {
	if len(v.Reveal()) > maxSecret {
		return newError("set", TooBig, nil)
	}
	if v.IsEmpty() {
		return f.Delete(ctx, key)
	}
	return f.change(ctx, "set", func(items map[string]string) error {
		text, err := encrypt(key+"\n"+v.Reveal(), f.identity.Recipient())
		items[key] = text
		return err
	}, func(file fileContent) bool {
		got, err := f.item("set", file, key)
		return err == nil && got.Equal(v)
	})
}

// Delete implements [Vault].
func (f *File) Delete(ctx context.Context, key string) error {
	return f.change(ctx, "delete", func(items map[string]string) error {
		delete(items, key)
		return nil
	}, func(file fileContent) bool {
		_, there := file.Items[key]
		return !there
	})
}

// ChangePassphrase replaces the passphrase and encrypts every secret again, to a new
// key: an old copy of the file opens with the old passphrase, but nothing in it opens
// the file as it is now. It takes some seconds.
//
// The error is an *[Error], of the kind [WrongPassphrase] if present is wrong; then
// the file is unchanged.
func (f *File) ChangePassphrase(ctx context.Context, present, next lwa.Secret) error {
	return f.changePassphrase(ctx, present, next, scryptWork)
}

func (f *File) changePassphrase(ctx context.Context, present, next lwa.Secret, work int) error {
	if next.IsEmpty() {
		return newError("open", Refused, nil)
	}
	// No secret may be written to the old key meanwhile, here or elsewhere.
	f.mu.Lock()
	defer f.mu.Unlock()
	unlock, err := disk.Lock(ctx, f.path+".lock")
	if err != nil {
		if ctx.Err() != nil {
			return Gone(ctx, "open")
		}
		return f.fail("open", err)
	}
	defer unlock()
	file, err := f.known()
	if err != nil {
		return f.fail("open", err)
	}
	if _, err := unlockKey(file.Key, present.Reveal()); err != nil {
		return err
	}
	identity, key, err := newKey(next.Reveal(), work)
	if err != nil {
		return err
	}
	changed := fileContent{Version: fileVersion, Key: key, Items: make(map[string]string, len(file.Items))}
	for name, text := range file.Items {
		plain, err := decrypt(text, f.identity)
		if err == nil {
			text, err = encrypt(plain, identity.Recipient())
		}
		if err != nil {
			return newError("open", Damaged, nil)
		}
		changed.Items[name] = text
	}
	// What is about to replace the only copy of these secrets opens, or it does not.
	if _, err := unlockKey(changed.Key, next.Reveal()); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return Gone(ctx, "open")
	}
	if err := f.store("open", changed); err != nil {
		return err
	}
	f.identity, f.key, f.stamp = identity, key, fileStamp{}
	return nil
}

// change rewrites the file under the lock, and reads it back. All it waits for
// is the disk, and the lock of another process.
func (f *File) change(ctx context.Context, op string, edit func(map[string]string) error, right func(fileContent) bool) error {
	if ctx.Err() != nil {
		return Gone(ctx, op)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	unlock, err := disk.Lock(ctx, f.path+".lock")
	if err != nil {
		if ctx.Err() != nil {
			return Gone(ctx, op)
		}
		return f.fail(op, err)
	}
	defer unlock()
	file, err := f.known()
	if err != nil {
		return f.fail(op, err)
	}
	items := make(map[string]string, len(file.Items)+1)
	for k, v := range file.Items {
		items[k] = v
	}
	if edit(items) != nil {
		return newError(op, Unavailable, nil)
	}
	file.Items = items
	if err := f.store(op, file); err != nil {
		return err
	}
	f.stamp = fileStamp{} // read back what is on the disk, not what is known
	if file, err = f.known(); err != nil {
		return f.fail(op, err)
	}
	if !right(file) {
		return newError(op, Mismatch, nil)
	}
	return nil
}

// item decrypts one secret.
func (f *File) item(op string, file fileContent, key string) (lwa.Secret, error) {
	text, ok := file.Items[key]
	if !ok {
		return lwa.Secret{}, newError(op, NotFound, nil)
	}
	plain, err := decrypt(text, f.identity)
	name, value, _ := strings.Cut(plain, "\n")
	if err != nil || name != key {
		return lwa.Secret{}, newError(op, Damaged, nil)
	}
	return lwa.NewSecret(value), nil
}

var (
	// errNotOurs: this is not a file of ours, or not any more.
	errNotOurs = errors.New("not a vault file")
	// errOtherKey: the file is to be opened again.
	errOtherKey = errors.New("another passphrase")
)

// known is load for a file that was opened.
func (f *File) known() (fileContent, error) {
	file, err := f.load()
	if err == nil && file.Key != f.key {
		err = errOtherKey
	}
	return file, err
}

// load reads the file unless it is the one that was read before.
func (f *File) load() (fileContent, error) {
	info, err := os.Stat(f.path)
	if err != nil {
		return fileContent{}, err
	}
	stamp := fileStamp{info.Size(), info.ModTime()}
	// A file that was written just now may be written again within the same
	// tick of its clock.
	if stamp == f.stamp && time.Since(stamp.at) > time.Second {
		return f.cached, nil
	}
	data, err := disk.Read(f.path)
	if err != nil {
		return fileContent{}, err
	}
	var file fileContent
	if json.Unmarshal(data, &file) != nil || file.Version != fileVersion || file.Key == "" {
		return fileContent{}, errNotOurs
	}
	f.cached, f.stamp = file, stamp
	return file, nil
}

func (f *File) store(op string, file fileContent) error {
	data, err := json.MarshalIndent(file, "", "\t")
	if err == nil {
		err = disk.Write(f.path, data, 0o600)
	}
	if err != nil {
		return f.fail(op, err)
	}
	return nil
}

// fail turns an error of the file system into ours.
func (f *File) fail(op string, err error) error {
	kind := Unavailable
	switch {
	case errors.Is(err, errNotOurs):
		kind = Damaged
	case errors.Is(err, errOtherKey):
		kind = Locked
	case disk.IsRefused(err):
		kind = Refused
	case errors.Is(err, fs.ErrNotExist):
		kind = Missing
	case disk.IsFull(err):
		kind = Full
	}
	return newError(op, kind, err)
}
