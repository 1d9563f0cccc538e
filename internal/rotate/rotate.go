// Package rotate renews the client secret of an app, which Amazon calls rotating
// its LWA credentials
// (https://developer-docs.amazon.com/sp-api/docs/rotating-your-apps-lwa-credentials):
// every 180 days there is a new one, the old one works for seven more days, and
// refresh tokens stay as they are.
//
// A [Book] remembers where the secret is beside the vault: the files that "Use it
// in…" wrote, and for what it was copied. The new secret is tried at Amazon
// ([Book.Try]), then saved for all accounts of the app ([Book.Save]), then written
// into the files that nobody changed ([Book.Write]). What is left is listed
// ([Book.Items]) until a person ticks it off.
package rotate

import (
	"slices"
	"strings"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// OldSecretLife is for how many days the old client secret works after a new one
// was made.
const OldSecretLife = 7

// Book is what is known of the places of client secrets, beside a list of accounts.
// Several processes may use the same folder. With a store that writes nothing
// ([account.Open] with dir ""), a book remembers nothing.
type Book struct {
	store *account.Store
	now   func() time.Time
}

// New returns the book of a store's folder. now may be nil.
func New(store *account.Store, now func() time.Time) *Book {
	if now == nil {
		now = time.Now
	}
	return &Book{store, now}
}

// Kind says why a secret was not renewed. Its value is a stable identifier;
// rotate.error.<kind>.title and .todo are its message.
type Kind string

// Why a secret was not renewed.
const (
	// KindNoAccount: no saved account of the app has a client secret.
	KindNoAccount Kind = "no_account"
	// KindEmpty: nothing was pasted.
	KindEmpty Kind = "empty"
	// KindOtherValue: what was pasted is no client secret; [Error.Hint] says what.
	KindOtherValue Kind = "other_value"
	// KindSame: this secret is the one that is saved.
	KindSame Kind = "same_secret"
	// KindPlaces: the list of places can't be read or written.
	KindPlaces Kind = "places_failed"
)

// Error is an error of this package. It contains no value.
type Error struct {
	Kind Kind
	// Hint is what the pasted value is, with [KindOtherValue].
	Hint  paste.Hint
	cause error
}

// Error is for logs.
func (e *Error) Error() string { return "rotate: " + string(e.Kind) }

// Unwrap returns the system's error, if any.
func (e *Error) Unwrap() error { return e.cause }

// PartError says that some accounts of the app have the new secret, and the others
// still the old one, which works for seven days. Saving again completes it.
type PartError struct {
	Done, Left []account.Account
	// Err is a *[vault.Error] or an *[account.IndexError].
	Err error
}

// Error is for logs.
func (e *PartError) Error() string {
	return "rotate: some accounts have the old secret: " + e.Err.Error()
}

// Unwrap returns why the first of Left wasn't saved.
func (e *PartError) Unwrap() error { return e.Err }

// Accounts returns those of a list that share the client secret of an app.
func Accounts(list []account.Account, clientID string) []account.Account {
	return slices.DeleteFunc(slices.Clone(list), func(a account.Account) bool {
		return clientID == "" || !strings.EqualFold(a.ClientID, clientID) || !a.HasClientSecret || a.ProviderApp
	})
}

// accounts are the app's, as they are on the disk now.
func (b *Book) accounts(clientID string) ([]account.Account, error) {
	if _, err := b.store.Reload(); err != nil {
		return nil, err
	}
	found := Accounts(b.store.List(), clientID)
	if len(found) == 0 {
		return nil, &Error{Kind: KindNoAccount}
	}
	return found, nil
}

// Read takes the new client secret from what was pasted for the app. The error is an
// *[Error] if the text has no value or clearly another one.
func Read(clientID, text string) (lwa.Secret, error) {
	secret, _ := paste.Take(value.ClientSecret, text)
	if secret == "" {
		return lwa.Secret{}, &Error{Kind: KindEmpty}
	}
	for _, hint := range append(paste.CheckPair(clientID, secret), paste.CheckField(value.ClientSecret, secret)...) {
		if hint.BelongsElsewhere() {
			return lwa.Secret{}, &Error{Kind: KindOtherValue, Hint: hint}
		}
	}
	return lwa.NewSecret(secret), nil
}

// Rotation is a client secret that was replaced, and what is left to do.
type Rotation struct {
	ClientID string
	// Made is the day on which the new secret was made, Until the last one on which
	// the old secret works, or the first of two that end.
	Made, Until date.Date
	// Behind are the accounts that still have an older secret: saving the new one was
	// interrupted, or an older backup was restored.
	Behind []account.Account
	// Left is the number of places that may still have it.
	Left int
}

// DaysLeft is for how many days the old secret still works: 7 at first, 0 on the
// last day, less after it.
func (r Rotation) DaysLeft(now time.Time) int {
	return int(r.Until.Time().Sub(date.Of(now).Time()) / (24 * time.Hour))
}

// Rotations returns the rotations with something left: accounts that are behind,
// or, until the old secret ends, places. It touches neither the vault nor the files.
func (b *Book) Rotations() ([]Rotation, error) {
	f, err := b.read()
	if err != nil {
		return nil, err
	}
	var open []Rotation
	for _, r := range f.Rotations {
		x := b.rotation(f, r)
		if len(x.Behind) > 0 || x.Left > 0 && x.DaysLeft(b.now()) >= 0 {
			open = append(open, x)
		}
	}
	return open, nil
}

// Rotation returns the last rotation of an app, also one with nothing left.
func (b *Book) Rotation(clientID string) (Rotation, bool, error) {
	f, err := b.read()
	if err != nil {
		return Rotation{}, false, err
	}
	r, ok := f.rotation(clientID)
	if !ok {
		return Rotation{}, false, nil
	}
	return b.rotation(f, r), true, nil
}

func (b *Book) rotation(f *file, r rotation) Rotation {
	x := Rotation{ClientID: r.ClientID, Made: r.Made, Until: r.until(date.Of(b.now()))}
	for _, a := range Accounts(b.store.List(), r.ClientID) {
		if slices.Contains(r.Pending, a.ID) {
			x.Behind = append(x.Behind, a)
		}
		for _, p := range f.Places {
			if p.Account == a.ID && !p.done(r.Secret) {
				x.Left++
			}
		}
	}
	return x
}

// missing reports that a vault has lost a secret, which is no reason not to save a
// new one.
func missing(err error) bool { return vault.KindOf(err) == vault.NotFound }
