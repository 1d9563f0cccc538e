package walk

import (
	"errors"
	"net/url"
	"time"

	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/lwa"
)

// CodeLife is how long Amazon keeps a code
// (https://developer-docs.amazon.com/sp-api/docs/website-authorization-workflow).
// The app learns of the code when it is pasted, so it counts down the most that can
// be left.
const CodeLife = 5 * time.Minute

// Pasted is the pasted text, as pasted.
func (w *Walk) Pasted() string { return w.pasted.Reveal() }

// ReadPaste reads what was pasted and keeps it whatever it is. The countdown
// starts with the first paste of a code and does not start again when the same
// code is pasted once more.
func (w *Walk) ReadPaste(text string) error {
	w.pasted = lwa.NewSecret(text)
	w.redirect, w.readErr = paste.ParseRedirect(text)
	if w.Visitor == Guide && kindOf(w.readErr) == paste.RefreshToken.String() {
		// The provider's last page showed it, for the settings of the tool.
		w.readErr = &paste.Error{Kind: paste.ProviderToken}
	}
	w.judge()
	if w.read && !w.code.Equal(w.redirect.Code) {
		w.code = w.redirect.Code
		w.readAt = w.now().Round(0)
		w.spent = false
		w.Token = lwa.Token{}
		w.aside = nil
	}
	return w.pasteErr
}

// judge decides whether the pasted address can be used.
func (w *Walk) judge() {
	w.pasteErr = w.readErr
	if w.pasteErr == nil {
		w.pasteErr = w.redirect.CheckState(w.issued)
	}
	w.read = w.pasteErr == nil
	w.matched = w.read && w.issued != ""
}

// ForgetPaste makes room for another address in the same attempt.
func (w *Walk) ForgetPaste() {
	w.pasted, w.redirect = lwa.Secret{}, paste.Redirect{}
	w.readErr, w.pasteErr, w.read, w.matched = nil, nil, false, false
}

// PasteError says why the pasted text cannot be used; nil when it can.
func (w *Walk) PasteError() error {
	if !w.read && w.pasteErr == nil {
		_, err := paste.ParseRedirect("")
		return err
	}
	return w.pasteErr
}

// Redirect is what the pasted address said; false before a usable one.
func (w *Walk) Redirect() (paste.Redirect, bool) { return w.redirect, w.read }

// SellerID is the seller ID as far as it is known.
func (w *Walk) SellerID() string { return w.redirect.SellerID }

// SetSellerID adds the seller ID by hand when the pasted text had none.
func (w *Walk) SetSellerID(id string) { w.redirect.SellerID = id }

// StateMatches reports whether the pasted address carries the state of the link
// that was opened. It is also false if no state is known to compare with. A wrong
// state is a [Walk.PasteError].
func (w *Walk) StateMatches() bool { return w.matched }

// CodeLeft is the most that can be left of the code's life: 0 when it is over
// or the code was spent. False without a code. A code that was set aside counts
// while it is good, see [Walk.ReadApp].
func (w *Walk) CodeLeft() (time.Duration, bool) {
	if !w.read && w.aside == nil {
		return 0, false
	}
	if w.spent {
		return 0, true
	}
	// Wall clock: a laptop that slept did not stop the code's clock.
	left := max(0, min(CodeLife-w.now().Round(0).Sub(w.readAt), CodeLife))
	return left, w.read || left > 0
}

// CodeLive reports that there is a code which can still be used, and is of use:
// leaving the walk now would lose it.
func (w *Walk) CodeLive() bool {
	left, ok := w.CodeLeft()
	return ok && left > 0 && w.Token.Access.IsEmpty() && !w.accepted
}

// CodeDead reports that the code is of no use any more, so that only a new
// attempt helps.
func (w *Walk) CodeDead() bool {
	left, ok := w.CodeLeft()
	return ok && left == 0
}

// Loses reports whether a change would cost a code that is still good. The
// change is tried on a copy. Another good code in its place is no loss: it's the
// newer one.
func (w *Walk) Loses(change func(*Walk)) bool {
	if !w.CodeLive() {
		return false
	}
	after := *w
	change(&after)
	return !after.CodeLive()
}

// Accept records that the tool provider has accepted code and seller ID, or has
// finished by itself, and goes to the end of a guide's walk.
func (w *Walk) Accept() {
	w.accepted, w.step = true, StepRegister
	if !w.read {
		w.ForgetPaste() // text of the provider's page, perhaps with a token
	}
}

// Accepted reports whether it has.
func (w *Walk) Accepted() bool { return w.accepted }

// ContinueURL is where the walk goes on from the app's login page (the hop
// with amazon_callback_uri): Amazon's confirm address with a new state. From
// then on that state is expected.
func (w *Walk) ContinueURL() (*url.URL, error) {
	var pe *paste.Error
	if !errors.As(w.pasteErr, &pe) || pe.Login == nil {
		return nil, w.PasteError()
	}
	if id := pe.Login.ApplicationID(); w.app.ApplicationID != "" && id != w.app.ApplicationID {
		return nil, &paste.Error{Kind: paste.OtherApp}
	}
	w.state = lwa.NewState()
	s, err := pe.Login.ConfirmURL(w.Host(), w.state, w.RedirectURI, w.Draft || pe.Login.Draft)
	if err != nil {
		return nil, err
	}
	w.issue(w.state)
	return url.Parse(s)
}
