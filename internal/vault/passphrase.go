package vault

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"
	"golang.org/x/text/unicode/norm"

	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/lwa"
)

// unlock gets the key of the file with its passphrase. Systems differ in how they
// compose letters such as é; the passphrase is the same.
func (f fileContent) unlock(passphrase string) (*age.X25519Identity, error) {
	key, err := decryptKey(f.Key, norm.NFC.String(passphrase))
	if errors.Is(err, age.ErrIncorrectIdentity) && !norm.NFC.IsNormalString(passphrase) {
		key, err = decryptKey(f.Key, passphrase) // an older file
	}
	if errors.Is(err, age.ErrIncorrectIdentity) {
		return nil, newError("open", WrongPassphrase, nil)
	}
	if err != nil {
		return nil, newError("open", Damaged, nil)
	}
	identity, err := age.ParseX25519Identity(key)
	if err != nil {
		return nil, newError("open", Damaged, nil)
	}
	return identity, nil
}

func decryptKey(key, passphrase string) (string, error) {
	scrypt, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return "", err
	}
	scrypt.SetMaxWorkFactor(scryptWork) // a doctored file could ask for gigabytes
	return decrypt(key, scrypt)
}

// newKey makes a key, and the same encrypted under a passphrase.
func newKey(passphrase string, work int) (*age.X25519Identity, string, error) {
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, "", newError("open", Unavailable, err)
	}
	recipient, err := age.NewScryptRecipient(norm.NFC.String(passphrase))
	if err != nil {
		return nil, "", newError("open", Refused, nil)
	}
	recipient.SetWorkFactor(work)
	key, err := encrypt(identity.String(), recipient)
	if err != nil {
		return nil, "", newError("open", Unavailable, nil)
	}
	return identity, key, nil
}

// ChangePassphrase puts another passphrase in the place of the present one, and
// encrypts every secret again, to another key: an older copy of the file opens
// with the older passphrase, and nothing in it opens the file as it is now. It
// takes some seconds.
//
// The error is a *[Error], [WrongPassphrase] if the present one is not
// right; then the file is as it was.
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
	if _, err := file.unlock(present.Reveal()); err != nil {
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
	if _, err := changed.unlock(next.Reveal()); err != nil {
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
