// Package backup reads and writes one file with accounts and their secrets, to
// move to another computer or to keep in a safe place. The file is encrypted under
// a passphrase with age (https://age-encryption.org/v1): without
// it nothing can be read, not even a shop's name, and no bit can change unnoticed.
package backup

import (
	"bytes"
	"crypto/rand"
	_ "embed"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"math/big"
	"os"
	"strings"
	"time"
	"unicode"

	"filippo.io/age"
	"golang.org/x/text/unicode/norm"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/lwa"
)

const (
	version = 1
	// header is the first line of an age file, scrypt the start of the second one if
	// a passphrase opens it: https://c2sp.org/age.
	header = "age-encryption.org/v1\n"
	scrypt = "-> scrypt "
	// work is scrypt's work factor: about a second for each guess.
	work = 18
	// maxSize limits what is read, in bytes. A thousand accounts need some 2 MiB.
	maxSize = 32 << 20
	// words is the number of words in a suggested passphrase: 77 bits.
	words = 6
)

// Kind says what is wrong with a backup. Its value is a stable identifier,
// and backup_error.<kind> its message.
type Kind string

// What can be wrong with a backup.
const (
	// NotFound: there is no such file, or no such folder.
	NotFound Kind = "not_found"
	// Exists: there is a file already, which is not replaced.
	Exists Kind = "exists"
	// Refused: the file system does not let us.
	Refused Kind = "refused"
	// Full: the disk is full.
	Full Kind = "full"
	// Failed: the file cannot be read or written for another reason.
	Failed Kind = "failed"
	// Foreign: the file is not a backup of SellerKey.
	Foreign Kind = "foreign"
	// WrongPassphrase: the passphrase does not open the file.
	WrongPassphrase Kind = "wrong_passphrase"
	// NoPassphrase: the passphrase is empty.
	NoPassphrase Kind = "no_passphrase"
	// Damaged: the file is cut or changed.
	Damaged Kind = "damaged"
	// Newer: a later version of SellerKey wrote the file.
	Newer Kind = "newer"
)

// Error is every error of this package.
type Error struct {
	Kind Kind
	Path string
}

// Error is for logs.
func (e *Error) Error() string { return "backup: " + string(e.Kind) }

// KindOf returns the kind of an error of this package, "" for any other one.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// Item is an account with its secrets.
type Item struct {
	Account account.Account
	Secrets account.Secrets
}

// Backup is what a file holds.
type Backup struct {
	MadeAt time.Time
	Items  []Item
}

// content is a backup before it is encrypted.
type content struct {
	Version  int         `json:"sellerkey_backup"`
	MadeAt   time.Time   `json:"made_at"`
	Accounts []savedItem `json:"accounts"`
}

type savedItem struct {
	Account      account.Account `json:"account"`
	ClientSecret string          `json:"client_secret,omitempty"`
	RefreshToken string          `json:"refresh_token,omitempty"`
}

//go:embed words.txt
var wordList string

// SuggestPassphrase returns six random words of the EFF's long list.
func SuggestPassphrase() lwa.Secret {
	list := strings.Fields(wordList)
	picked := make([]string, words)
	for i := range picked {
		n, _ := rand.Int(rand.Reader, big.NewInt(int64(len(list)))) // this reader never fails
		picked[i] = list[n.Int64()]
	}
	return lwa.NewSecret(strings.Join(picked, "-"))
}

// Write makes a new file at path, for this person alone, and reads it back. It
// takes some seconds. Errors are [*Error]; then there is no new file.
func Write(path string, b Backup, passphrase lwa.Secret) error {
	return write(path, b, passphrase, work)
}

func write(path string, b Backup, passphrase lwa.Secret, work int) error {
	data, err := encrypt(b, passphrase, work)
	if err != nil {
		return err
	}
	if err := disk.Create(path, data, 0o600); err != nil {
		return fail(path, err)
	}
	if back, err := Read(path, passphrase); err != nil || !back.equal(b) {
		_ = disk.Remove(path)
		return &Error{Kind: Failed, Path: path}
	}
	return nil
}

// tidy writes words that were read from paper as [SuggestPassphrase] does: small,
// with hyphens, in letters that every keyboard has.
func tidy(passphrase lwa.Secret) lwa.Secret {
	text := strings.ToLower(norm.NFKC.String(passphrase.Reveal()))
	return lwa.NewSecret(strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == '-' || unicode.IsSpace(r) }), "-"))
}

// Read opens a backup and changes nothing. Suggested words may be typed with
// spaces or capital letters. It takes about a second, or two. Errors are
// [*Error]; without a passphrase it is [NoPassphrase] at once, for what may be a
// backup.
func Read(path string, passphrase lwa.Secret) (Backup, error) {
	f, err := open(path)
	if err != nil {
		return Backup{}, fail(path, err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxSize+1))
	if err != nil {
		return Backup{}, fail(path, err)
	}
	b, err := decrypt(data, passphrase)
	if tidied := tidy(passphrase); KindOf(err) == WrongPassphrase && !tidied.Equal(passphrase) {
		b, err = decrypt(data, tidied)
	}
	if err != nil {
		return Backup{}, &Error{Kind: KindOf(err), Path: path}
	}
	return b, nil
}

// open opens a file, and nothing else: a named pipe would block until it has a
// writer.
func open(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		err = errNotAFile
	}
	if err != nil {
		return nil, err
	}
	return os.Open(path)
}

var errNotAFile = errors.New("backup: not a regular file")

// Looks reports whether a file begins as every age file does, a backup or a
// stranger's.
func Looks(path string) bool {
	f, err := open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	start := make([]byte, len(header))
	_, err = io.ReadFull(f, start)
	return err == nil && string(start) == header
}

func encrypt(b Backup, passphrase lwa.Secret, work int) ([]byte, error) {
	recipient, err := age.NewScryptRecipient(norm.NFC.String(passphrase.Reveal()))
	if err != nil {
		return nil, &Error{Kind: NoPassphrase}
	}
	recipient.SetWorkFactor(work)
	c := content{Version: version, MadeAt: b.MadeAt.UTC(), Accounts: []savedItem{}}
	for _, i := range b.Items {
		c.Accounts = append(c.Accounts, savedItem{i.Account, i.Secrets.ClientSecret.Reveal(), i.Secrets.RefreshToken.Reveal()})
	}
	plain, err := json.Marshal(c)
	if err != nil {
		return nil, &Error{Kind: Failed}
	}
	var out bytes.Buffer
	w, err := age.Encrypt(&out, recipient)
	if err == nil {
		_, err = w.Write(plain)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, &Error{Kind: Failed}
	}
	return out.Bytes(), nil
}

func decrypt(data []byte, passphrase lwa.Secret) (Backup, error) {
	if len(data) > maxSize || !bytes.HasPrefix(data, []byte(header+scrypt)) {
		return Backup{}, &Error{Kind: Foreign}
	}
	identity, err := age.NewScryptIdentity(norm.NFC.String(passphrase.Reveal()))
	if err != nil {
		return Backup{}, &Error{Kind: NoPassphrase}
	}
	identity.SetMaxWorkFactor(work) // a doctored file could ask for gigabytes
	var plain []byte
	r, err := age.Decrypt(bytes.NewReader(data), identity)
	if errors.Is(err, age.ErrIncorrectIdentity) {
		return Backup{}, &Error{Kind: WrongPassphrase}
	}
	if err == nil {
		plain, err = io.ReadAll(r)
	}
	if err != nil {
		return Backup{}, &Error{Kind: Damaged}
	}
	return parse(plain)
}

func parse(plain []byte) (Backup, error) {
	var v struct {
		Version int `json:"sellerkey_backup"`
	}
	if json.Unmarshal(plain, &v) != nil || v.Version < 1 {
		return Backup{}, &Error{Kind: Foreign}
	}
	if v.Version > version {
		return Backup{}, &Error{Kind: Newer}
	}
	var c content
	if json.Unmarshal(plain, &c) != nil {
		return Backup{}, &Error{Kind: Damaged}
	}
	b := Backup{MadeAt: c.MadeAt}
	for _, i := range c.Accounts {
		b.Items = append(b.Items, Item{i.Account, account.Secrets{
			ClientSecret: lwa.NewSecret(i.ClientSecret), RefreshToken: lwa.NewSecret(i.RefreshToken),
		}})
	}
	return b, nil
}

// equal reports whether a backup came back as it was written.
func (b Backup) equal(other Backup) bool {
	if len(b.Items) != len(other.Items) {
		return false
	}
	for i, x := range b.Items {
		y := other.Items[i]
		if x.Account != y.Account || !x.Secrets.ClientSecret.Equal(y.Secrets.ClientSecret) || !x.Secrets.RefreshToken.Equal(y.Secrets.RefreshToken) {
			return false
		}
	}
	return true
}

// fail turns an error of the file system into ours.
func fail(path string, err error) *Error {
	kind := Failed
	switch {
	case errors.Is(err, errNotAFile):
		kind = Foreign
	case errors.Is(err, fs.ErrNotExist):
		kind = NotFound
	case errors.Is(err, fs.ErrExist):
		kind = Exists
	case disk.IsRefused(err):
		kind = Refused
	case disk.IsFull(err):
		kind = Full
	}
	return &Error{Kind: kind, Path: path}
}
