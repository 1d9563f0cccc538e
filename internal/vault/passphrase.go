package vault

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"
	"golang.org/x/text/unicode/norm"
)

// scryptWork is scrypt's work factor: about a second.
const scryptWork = 18

// unlockKey gets the key of a file with its passphrase. Systems differ in how they
// compose letters such as é; the passphrase is the same.
func unlockKey(encrypted, passphrase string) (*age.X25519Identity, error) {
	key, err := decryptKey(encrypted, norm.NFC.String(passphrase))
	if errors.Is(err, age.ErrIncorrectIdentity) && !norm.NFC.IsNormalString(passphrase) {
		key, err = decryptKey(encrypted, passphrase) // an older file
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
