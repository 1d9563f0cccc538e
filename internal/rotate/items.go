package rotate

import (
	"context"
	"errors"
	"io/fs"
	"slices"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// State says what has to happen with a place. Its value is a stable identifier;
// rotate.state.<state> is its message.
type State string

// The states of a place.
const (
	// Ready: the file has the old secret and is as it was written. [Book.Write] puts
	// the new secret into it.
	Ready State = "ready"
	// Edited: the file has the old secret, and somebody has changed it elsewhere.
	// [Book.Write] can replace the secret, and nothing else.
	Edited State = "edited"
	// Changed: the secret that was written is no longer in the file.
	Changed State = "changed"
	// Gone: there is no file at the path. It was deleted or moved.
	Gone State = "gone"
	// Blocked: the file can't be read or written. [Item.Err] says why: a link, a
	// folder, write-protected, somebody else's…
	Blocked State = "blocked"
	// Copied: the text was copied or printed, and where it went isn't known.
	Copied State = "copied"
	// Typed: the secret was typed into a tool provider's registration screen.
	Typed State = "typed"
	// Done: the place has the new secret.
	Done State = "done"
)

// Writable reports whether [Book.Write] can write to the place.
func (s State) Writable() bool { return s == Ready || s == Edited }

// Item is a place and its state.
type Item struct {
	Place
	State State
	// Err is an *[export.Error] if the place is [Blocked].
	Err error
}

// Count returns how many items have one of the states.
func Count(items []Item, states ...State) (n int) {
	for _, i := range items {
		if slices.Contains(states, i.State) {
			n++
		}
	}
	return n
}

// Before returns the places that a new secret of the app would have to go to. It
// reads the files and touches no vault.
func (b *Book) Before(clientID string) ([]Item, error) {
	accounts, err := b.accounts(clientID)
	if err != nil {
		return nil, err
	}
	f, err := b.read()
	if err != nil {
		return nil, err
	}
	for _, a := range accounts {
		if p := (Place{Account: a.ID, Target: Screen}); asksForSecret(a) && f.find(p) == nil {
			f.Places = append(f.Places, record{Place: p})
		}
	}
	return f.look(accounts, ""), nil
}

// Items returns the places of the app's last rotation, those that are done
// included. It reads the files and touches no vault. Without a rotation there are
// none.
func (b *Book) Items(clientID string) ([]Item, error) {
	f, err := b.read()
	if err != nil {
		return nil, err
	}
	r, ok := f.rotation(clientID)
	if !ok {
		return nil, nil
	}
	items := f.look(Accounts(b.store.List(), clientID), r.Secret)
	for _, i := range items {
		// The file has it already: by hand, or from a process that was killed.
		if x := f.find(i.Place); i.State == Done && !x.done(r.Secret) {
			err = errors.Join(err, b.wrote(*x, r.Secret, nil))
		}
	}
	return items, err
}

// look returns the state of every place of the accounts. next is the fingerprint of
// the new secret, "" before there is one.
func (f *file) look(accounts []account.Account, next string) (items []Item) {
	for _, a := range accounts {
		for _, r := range f.Places {
			if r.Account == a.ID {
				state, err := f.state(r, next)
				items = append(items, Item{r.Place, state, err})
			}
		}
	}
	return items
}

func (f *file) state(r record, next string) (State, error) {
	switch {
	case r.done(next):
		return Done, nil
	case r.Target == Screen:
		return Typed, nil
	case r.Path == "":
		return Copied, nil
	}
	content, err := export.ReadFile(r.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Gone, nil
	case err != nil:
		return Blocked, err
	}
	return f.stateOf(r, next, content), nil
}

// stateOf is the state of a file with this content.
func (f *file) stateOf(r record, next string, content []byte) State {
	old, newer := false, false
	for _, s := range secretsIn(content) {
		mark := f.mark("client secret", content[s.start:s.end])
		old = old || mark == r.Secret
		newer = newer || mark == next
	}
	switch {
	case old && (r.Content == "" || r.Content == f.contentMark(content)):
		return Ready
	case old:
		return Edited
	case newer:
		return Done
	}
	return Changed
}

// span is a part of a file.
type span struct{ start, end int }

// shortestSecret is far less than a client secret has: 64 characters, or 80.
const shortestSecret = 8

// secretsIn finds what can be a client secret: words of letters, digits, ".",
// "-" and "_". No format escapes these or takes them apart, so a secret is found in
// every file that "Use it in…" writes, and can be replaced where it stands, without
// touching another byte. A secret of other characters isn't found; Amazon makes none.
func secretsIn(content []byte) (found []span) {
	start := 0
	for i := range len(content) + 1 {
		if i < len(content) && isSecretByte(content[i]) {
			continue
		}
		if i-start >= shortestSecret {
			found = append(found, span{start, i})
		}
		start = i + 1
	}
	return found
}

func isSecretByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_'
}

// replace puts the new secret in the place of the one with the given fingerprint.
func (f *file) replace(content []byte, old string, secret lwa.Secret) []byte {
	var out []byte
	at := 0
	for _, s := range secretsIn(content) {
		if f.mark("client secret", content[s.start:s.end]) == old {
			out = append(append(out, content[at:s.start]...), secret.Reveal()...)
			at = s.end
		}
	}
	return append(out, content[at:]...)
}

// errOther: the file isn't what it was a moment ago.
var errOther = errors.New("rotate: the file was changed meanwhile")

// Write puts the saved secret of the app into the files of the given items that are
// writable, in place of the old one: every other byte, and who may read the file,
// stay as they are. It returns the items with their states afterwards. Errors are
// *[Error] and those of the vault; a file that could not be written is [Blocked].
func (b *Book) Write(ctx context.Context, files export.Files, clientID string, items []Item) ([]Item, error) {
	secret, err := b.saved(ctx, clientID)
	if err != nil {
		return items, err
	}
	f, err := b.read()
	if err != nil {
		return items, err
	}
	next := f.secretMark(secret)
	items = slices.Clone(items)
	for i, item := range items {
		if !item.State.Writable() {
			continue
		}
		r := f.find(item.Place)
		if r == nil || r.done(next) { // cleared meanwhile, or written with another one of the same file
			items[i].State = Done
			continue
		}
		after, err := f.rewrite(files, *r, item.State, secret)
		switch {
		case errors.Is(err, errOther):
			items[i].State, items[i].Err = f.state(*r, next)
		case err != nil:
			items[i].State, items[i].Err = Blocked, err
		default:
			items[i].State = Done
		}
		if items[i].State == Done {
			if err := b.wrote(*r, next, after); err != nil {
				return items, err
			}
		}
	}
	return items, nil
}

// rewrite replaces the old secret in a file, also where it's that of another account
// of the app, and returns the new content.
func (f *file) rewrite(files export.Files, r record, state State, secret lwa.Secret) (after []byte, err error) {
	next := f.secretMark(secret)
	err = files.Replace(r.Path, func(before []byte) ([]byte, error) {
		if now := f.stateOf(r, next, before); now != state && now != Ready {
			return nil, errOther
		}
		after = f.replace(before, r.Secret, secret)
		return after, nil
	})
	return after, err
}

// wrote notes that a file has the new secret. after is its content if all of it was
// written here, or nil.
func (b *Book) wrote(r record, next string, after []byte) error {
	return b.update(func(f *file) bool {
		x := f.find(r.Place)
		if x == nil {
			return false
		}
		x.Secret, x.On = next, date.Of(b.now())
		if x.Content != "" && after != nil {
			x.Content = f.contentMark(after)
		}
		return true
	})
}

// saved returns the client secret that the app's accounts have by now.
func (b *Book) saved(ctx context.Context, clientID string) (lwa.Secret, error) {
	accounts, err := b.accounts(clientID)
	if err != nil {
		return lwa.Secret{}, err
	}
	f, err := b.read()
	if err != nil {
		return lwa.Secret{}, err
	}
	r, ok := f.rotation(clientID)
	for _, a := range accounts {
		has, err := b.store.Secrets(ctx, a.ID)
		switch {
		case err != nil && !missing(err):
			return lwa.Secret{}, err
		case ok && f.secretMark(has.ClientSecret) == r.Secret:
			return has.ClientSecret, nil
		}
	}
	return lwa.Secret{}, &vault.Error{Op: "get", Kind: vault.NotFound}
}

// Copied notes that the text of a target was copied or printed with the client secret
// of a saved account. A place that may have an old secret stays as it is: the tool has
// the new one only once somebody has pasted it there, and ticks the place off.
func (b *Book) Copied(p Place, secret lwa.Secret) error {
	f, err := b.read()
	if err != nil {
		return err
	}
	a, _ := b.store.Find(p.Account)
	if x := f.find(p); x != nil {
		if r, ok := f.rotation(a.ClientID); ok && !x.done(r.Secret) {
			return nil
		}
	}
	return b.Remember(p, secret)
}

// Tick notes that a person has put the new secret into a place, or, with on false,
// that this isn't so.
func (b *Book) Tick(clientID string, p Place, on bool) error {
	return b.update(func(f *file) bool {
		r, ok := f.rotation(clientID)
		x := f.find(p)
		if !ok || x == nil {
			return false
		}
		x.Ticked = ""
		if on {
			x.Ticked = r.Secret
		}
		return true
	})
}
