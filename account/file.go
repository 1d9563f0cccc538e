package account

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"
	"time"

	"filippo.io/age"
	"filippo.io/age/armor"

	"github.com/sellerkey/sellerkey/lwa"
)

// FileVault is a file of secrets, encrypted under a passphrase with age
// (https://age-encryption.org). It is for computers without a keychain, and for
// nobody who was not asked.
//
// The passphrase opens a key that lies in the file; each secret is encrypted to
// that key. So the passphrase costs its second once, at the opening, and what
// stays in memory is the key and no secret. Whoever copies the file can try
// passphrases on it for as long as he likes.
type FileVault struct {
	path     string
	identity *age.X25519Identity

	mu sync.Mutex
	// cached is the file as it was at stamp; it holds nothing readable.
	cached vaultFile
	stamp  fileStamp
}

// vaultFile is the content of the file.
type vaultFile struct {
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

const vaultFileVersion = 1

// OpenFileVault opens the vault file at path, or starts a new one there when
// there is none. It takes about a second: that is what makes guessing slow.
//
// The error is a *[VaultError]: [VaultWrongPassphrase], [VaultDamaged],
// [VaultRefused] for a file that may not be touched or an empty passphrase …
// A file that does not open is left as it is.
func OpenFileVault(ctx context.Context, path string, passphrase lwa.Secret) (*FileVault, error) {
	return openFileVault(ctx, path, passphrase, 18)
}

func openFileVault(ctx context.Context, path string, passphrase lwa.Secret, work int) (*FileVault, error) {
	if passphrase.IsEmpty() {
		return nil, vaultErr("open", VaultRefused, nil)
	}
	if ctx.Err() != nil {
		return nil, gone(ctx, "open")
	}
	f := &FileVault{path: path}
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
		return nil, gone(ctx, "open")
	}
}

func (f *FileVault) open(ctx context.Context, passphrase string, work int) error {
	waiting, cancel := context.WithTimeout(ctx, lockPatience)
	defer cancel()
	unlock, err := lockFile(waiting, f.path+".lock")
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
	identity, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return vaultErr("open", VaultRefused, nil)
	}
	key, err := decrypt(file.Key, identity)
	if errors.Is(err, age.ErrIncorrectIdentity) {
		return vaultErr("open", VaultWrongPassphrase, nil)
	}
	if err == nil {
		f.identity, err = age.ParseX25519Identity(key)
	}
	if err != nil {
		return vaultErr("open", VaultDamaged, nil)
	}
	return nil
}

func (f *FileVault) create(ctx context.Context, passphrase string, work int) error {
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		return vaultErr("open", VaultUnavailable, err)
	}
	recipient, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return vaultErr("open", VaultRefused, nil)
	}
	recipient.SetWorkFactor(work)
	key, err := encrypt(identity.String(), recipient)
	if err != nil {
		return vaultErr("open", VaultUnavailable, nil)
	}
	// After a cancel no file may stay under a passphrase that was given up.
	if ctx.Err() != nil {
		return gone(ctx, "open")
	}
	f.identity = identity
	return f.store("open", vaultFile{Version: vaultFileVersion, Key: key})
}

// Get implements [Vault].
func (f *FileVault) Get(ctx context.Context, key string) (lwa.Secret, error) {
	if ctx.Err() != nil {
		return lwa.Secret{}, gone(ctx, "get")
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	file, err := f.load()
	if err != nil {
		return lwa.Secret{}, f.fail("get", err)
	}
	return f.item("get", file, key)
}

// Set implements [Vault]. An empty value is the same as [FileVault.Delete].
func (f *FileVault) Set(ctx context.Context, key string, v lwa.Secret) error {
	if len(v.Reveal()) > maxSecret {
		return vaultErr("set", VaultTooBig, nil)
	}
	if v.IsEmpty() {
		return f.Delete(ctx, key)
	}
	text, err := encrypt(key+"\n"+v.Reveal(), f.identity.Recipient())
	if err != nil {
		return vaultErr("set", VaultUnavailable, nil)
	}
	return f.change(ctx, "set", func(items map[string]string) { items[key] = text }, func(file vaultFile) bool {
		got, err := f.item("set", file, key)
		return err == nil && got.Equal(v)
	})
}

// Delete implements [Vault].
func (f *FileVault) Delete(ctx context.Context, key string) error {
	return f.change(ctx, "delete", func(items map[string]string) { delete(items, key) }, func(file vaultFile) bool {
		_, there := file.Items[key]
		return !there
	})
}

// change rewrites the file under the lock, and reads it back. All it waits for
// is the disk, and the lock of another process.
func (f *FileVault) change(ctx context.Context, op string, edit func(map[string]string), right func(vaultFile) bool) error {
	if ctx.Err() != nil {
		return gone(ctx, op)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	unlock, err := lockFile(ctx, f.path+".lock")
	if err != nil {
		if ctx.Err() != nil {
			return gone(ctx, op)
		}
		return f.fail(op, err)
	}
	defer unlock()
	file, err := f.load()
	if err != nil {
		return f.fail(op, err)
	}
	items := make(map[string]string, len(file.Items)+1)
	for k, v := range file.Items {
		items[k] = v
	}
	edit(items)
	file.Items = items
	if err := f.store(op, file); err != nil {
		return err
	}
	f.stamp = fileStamp{} // read back what is on the disk, not what is known
	if file, err = f.load(); err != nil {
		return f.fail(op, err)
	}
	if !right(file) {
		return vaultErr(op, VaultMismatch, nil)
	}
	return nil
}

// item decrypts one secret.
func (f *FileVault) item(op string, file vaultFile, key string) (lwa.Secret, error) {
	text, ok := file.Items[key]
	if !ok {
		return lwa.Secret{}, vaultErr(op, VaultNotFound, nil)
	}
	plain, err := decrypt(text, f.identity)
	name, value, _ := strings.Cut(plain, "\n")
	if err != nil || name != key {
		return lwa.Secret{}, vaultErr(op, VaultDamaged, nil)
	}
	return lwa.NewSecret(value), nil
}

// errVaultFile: the file is none of ours, or not any more.
var errVaultFile = errors.New("not a vault file")

// load reads the file unless it is the one that was read before.
func (f *FileVault) load() (vaultFile, error) {
	info, err := os.Stat(f.path)
	if err != nil {
		return vaultFile{}, err
	}
	stamp := fileStamp{info.Size(), info.ModTime()}
	// A file that was written just now may be written again within the same
	// tick of its clock.
	if stamp == f.stamp && time.Since(stamp.at) > time.Second {
		return f.cached, nil
	}
	data, err := os.ReadFile(f.path)
	if err != nil {
		return vaultFile{}, err
	}
	var file vaultFile
	if json.Unmarshal(data, &file) != nil || file.Version != vaultFileVersion || file.Key == "" {
		return vaultFile{}, errVaultFile
	}
	f.cached, f.stamp = file, stamp
	return file, nil
}

func (f *FileVault) store(op string, file vaultFile) error {
	data, err := json.MarshalIndent(file, "", "\t")
	if err == nil {
		err = writeFile(f.path, data)
	}
	if err != nil {
		return f.fail(op, err)
	}
	return nil
}

// fail turns an error of the file system into ours.
func (f *FileVault) fail(op string, err error) error {
	kind := VaultUnavailable
	switch {
	case errors.Is(err, errVaultFile):
		kind = VaultDamaged
	case errors.Is(err, fs.ErrPermission), readOnly(err):
		kind = VaultRefused
	case errors.Is(err, fs.ErrNotExist):
		kind = VaultMissing
	case diskFull(err):
		kind = VaultFull
	}
	return vaultErr(op, kind, err)
}

func encrypt(plain string, to age.Recipient) (string, error) {
	var b bytes.Buffer
	a := armor.NewWriter(&b)
	w, err := age.Encrypt(a, to)
	if err != nil {
		return "", err
	}
	if _, err := io.WriteString(w, plain); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	if err := a.Close(); err != nil {
		return "", err
	}
	return b.String(), nil
}

func decrypt(text string, with age.Identity) (string, error) {
	r, err := age.Decrypt(armor.NewReader(strings.NewReader(text)), with)
	if err != nil {
		return "", err
	}
	plain, err := io.ReadAll(r)
	return string(plain), err
}
