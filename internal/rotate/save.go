package rotate

import (
	"context"
	"errors"
	"slices"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/setupfile"
	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
)

// Tried is how Amazon answered the new secret.
type Tried struct {
	// Account is the ID of the account whose refresh token was used, "" if the app
	// asked for itself. Renewal is what it got; a new refresh token is saved already.
	Account string
	Renewal account.Renewal
}

// Try asks Amazon for a token with the new secret and the refresh token of one of
// the app's accounts, or, if none has a good one, for the app itself. Apart from a
// new refresh token, which Amazon may send along, it saves nothing. One that the
// vault doesn't take is kept by fresh, which saves it with the next renewal.
//
// A refused secret is an *[lwa.Error] of [lwa.KindClientAuth]. Other errors are
// those of the network and the vault, an *[account.UnsavedError] (then the renewal
// is good), and *[Error]: [KindSame] if every account has this secret already and
// nothing of its renewal is left to do.
func (b *Book) Try(ctx context.Context, client *lwa.Client, fresh *account.Refresher, clientID string, secret lwa.Secret) (Tried, error) {
	accounts, err := b.accounts(clientID)
	if err != nil {
		return Tried{}, err
	}
	same := true
	for _, a := range accounts {
		has, err := b.store.Secrets(ctx, a.ID)
		if err != nil && !missing(err) {
			return Tried{}, err
		}
		same = same && has.ClientSecret.Equal(secret)
	}
	if again, err := b.unfinished(clientID, secret); err != nil {
		return Tried{}, err
	} else if same && !again {
		return Tried{}, &Error{Kind: KindSame}
	}
	cred := lwa.Credentials{ClientID: accounts[0].ClientID, ClientSecret: secret}
	for _, a := range accounts {
		if !a.HasRefreshToken {
			continue
		}
		renewal, err := fresh.TrySecret(ctx, a.ID, secret)
		if !anotherToken(err) {
			return Tried{a.ID, renewal}, err
		}
	}
	_, err = client.Grantless(ctx, cred, lwa.Scopes()[0].Value)
	return Tried{}, err
}

// unfinished reports that the app's renewal isn't done: an account counts as behind, or
// a place may have the old secret while that works. Later the same secret is a mistake.
func (b *Book) unfinished(clientID string, secret lwa.Secret) (bool, error) {
	f, err := b.read()
	r, ok := f.rotation(clientID)
	if err != nil || !ok {
		return false, err
	}
	last := b.rotation(f, r)
	return len(last.Behind) > 0 || r.Secret == f.secretMark(secret) && last.Left > 0 && last.DaysLeft(b.now()) >= 0, nil
}

// anotherToken reports whether, as far as Amazon tells, the problem is the refresh token
// and not the secret: it's missing, revoked, or another app's.
func anotherToken(err error) bool {
	var e *lwa.Error
	if unsaved := (*account.UnsavedError)(nil); errors.As(err, &unsaved) {
		return false
	}
	return missing(err) || errors.As(err, &e) && (e.Kind.NeedsConsent() || e.Kind == lwa.KindClientNotAuthorized)
}

// Save puts the new secret, which [Book.Try] has tried, in the place of the old one
// of every account of the app. It was made at the given day; zero, or a day to come,
// means today, and the same secret keeps its first day. Each account has the old or the
// new secret at any moment.
//
// Errors are *[Error] and *[account.IndexError], after which nothing has changed,
// and *[PartError]. Saving again completes what was interrupted.
func (b *Book) Save(ctx context.Context, clientID string, secret lwa.Secret, made date.Date) ([]account.Account, error) {
	accounts, err := b.accounts(clientID)
	if err != nil {
		return nil, err
	}
	today := date.Of(b.now())
	if made.IsZero() || today.Before(made) {
		made = today
	}
	// Written down first: if this is interrupted, the next start knows.
	err = b.update(func(f *file) bool {
		r := f.follow(rotation{ClientID: clientID, Made: made, Secret: f.secretMark(secret)}, accounts, today)
		made = r.Made
		for _, a := range accounts {
			r.Pending = append(r.Pending, a.ID)
			if p := (Place{Account: a.ID, Target: Screen}); asksForSecret(a) && f.find(p) == nil {
				f.Places = append(f.Places, record{Place: p})
			}
		}
		f.set(r)
		return true
	})
	if err != nil {
		return nil, err
	}
	var done []account.Account
	for i, a := range accounts {
		err := b.store.SaveClientSecret(ctx, a.ID, secret, made)
		if errors.Is(err, account.ErrNotFound) {
			continue // forgotten meanwhile
		}
		if err != nil {
			return done, &PartError{Done: done, Left: accounts[i:], Err: err}
		}
		if saved, ok := b.store.Find(a.ID); ok {
			done = append(done, saved)
		}
		// If this fails, the account counts as behind until the secret is saved again.
		_ = b.update(func(f *file) bool {
			r, _ := f.rotation(clientID)
			r.behind(a.ID, r.Secret != f.secretMark(secret)) // another process may save another one
			f.set(r)
			return true
		})
	}
	return done, nil
}

// Recheck takes note of client secrets that came from elsewhere, such as a backup. An
// account counts as behind if its secret isn't the one of the app's last renewal, and
// isn't known to be newer. Errors are *[Error] and those of [account.Store.Secrets].
func (b *Book) Recheck(ctx context.Context, accounts []account.Account) error {
	has := make([]lwa.Secret, len(accounts))
	for i, a := range accounts {
		s, err := b.store.Secrets(ctx, a.ID)
		if err != nil && !missing(err) {
			return err
		}
		has[i] = s.ClientSecret
	}
	return b.update(func(f *file) bool {
		for i, a := range accounts {
			if r, ok := f.rotation(a.ClientID); ok && !has[i].IsEmpty() {
				r.behind(a.ID, f.secretMark(has[i]) != r.Secret && !r.Made.Before(a.SecretMadeAt))
				f.set(r)
			}
		}
		return len(f.Rotations) > 0
	})
}

// follow dates a rotation after the app's last one. The same secret, saved again, is as
// old as it was; and while something still has the secret before the last one, that one
// ends first.
func (f *file) follow(r rotation, accounts []account.Account, today date.Date) rotation {
	last, ok := f.rotation(r.ClientID)
	ends := last.until(today)
	switch {
	case !ok:
	case last.Secret == r.Secret:
		r.Ends = last.Ends
		if last.Made.Before(r.Made) {
			r.Made = last.Made
		}
	case !ends.Before(today) && ends.Before(r.until(today)) && f.left(last, accounts):
		r.Ends = ends
	}
	return r
}

// left reports whether an account or a place has the secret from before the rotation.
func (f *file) left(r rotation, accounts []account.Account) bool {
	return slices.ContainsFunc(accounts, func(a account.Account) bool {
		return slices.Contains(r.Pending, a.ID) ||
			slices.ContainsFunc(f.Places, func(p record) bool { return p.Account == a.ID && !p.done(r.Secret) })
	})
}

// asksForSecret reports whether the registration screen that an account's values
// were typed into has a box for the client secret.
func asksForSecret(a account.Account) bool {
	if a.Layout != string(walk.LayoutSetup) && (a.Layout != "" || a.SetupFile == "") {
		return a.Layout == string(walk.LayoutClient)
	}
	f, err := setupfile.Read([]byte(a.SetupFile))
	return err == nil && slices.ContainsFunc(f.Boxes, func(b setupfile.Box) bool { return b.Value == value.ClientSecret })
}
