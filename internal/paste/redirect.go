package paste

import (
	"crypto/subtle"
	"strings"

	"github.com/sellerkey/sellerkey/lwa"
)

const (
	// maxPaste is refused before it is read: no address is anywhere near it.
	maxPaste = 64 << 10
	// maxJunk is the most that is accepted without any address in it. A whole
	// error page with the address inside is longer and welcome.
	maxJunk = 4 << 10
	// maxCode caps what is passed on as a code. Amazon documents no length;
	// its tokens are at most 2,048 bytes.
	maxCode = 2 << 10
)

// Redirect is what Amazon sent back with the seller: the contents of the
// finished address
// (https://developer-docs.amazon.com/sp-api/docs/website-authorization-workflow).
type Redirect struct {
	// Code is the OAuth code. It is spent once, within five minutes.
	Code lwa.Secret
	// SellerID is the merchant token, or a vendor group ("amzn1.vg.…"). It is
	// empty when the paste has none.
	SellerID string
	// State is the check value as it came back. Nobody has compared it yet:
	// see [Redirect.CheckState].
	State string
	// Warnings are the oddities of the paste, none of which makes it unusable.
	Warnings []Warning
}

// CheckState compares the state that came back with the one that was sent out,
// in a time that does not depend on where they differ. It is nil when issued
// is empty, because then there is nothing to compare with; otherwise the error
// is a [*Error] of kind [StateMissing] or [StateMismatch].
//
// ParseRedirect does not enforce the state, since it does not know it. Whoever
// opened the permission page must call CheckState with the state of that link
// before spending the code: a code that belongs to another walk may belong to
// another seller.
func (r Redirect) CheckState(issued string) error {
	if issued == "" {
		return nil
	}
	kind := StateMissing
	if r.State != "" {
		if subtle.ConstantTimeCompare(stateForm(r.State), stateForm(issued)) == 1 {
			return nil
		}
		kind = StateMismatch
	}
	return &Error{Kind: kind, SellerID: r.SellerID, State: r.State}
}

// stateForm makes "+" and a blank the same: in a query string both can stand
// for either, and which one was meant is lost on the way.
func stateForm(s string) []byte { return []byte(strings.ReplaceAll(s, " ", "+")) }

// ParseRedirect reads the finished address out of a pasted text, in whatever
// state of disrepair it is. Every error is a [*Error] that says what the
// text is instead.
//
// It takes time and memory in proportion to the length of the text, and
// refuses more than 64 KiB unread. It does four things in a row, and each has
// its file: clean takes off the accidents of copying (redirectclean.go),
// findAddresses and readAddress find addresses and read their parameters
// (redirectread.go), readLabels does so for tables and JSON
// (redirectlabel.go), and judge decides what it all amounts to
// (redirectjudge.go).
func ParseRedirect(text string) (Redirect, error) {
	if len(text) > maxPaste {
		return Redirect{}, &Error{Kind: TooLarge}
	}
	r := reading{}
	r.text, r.lines = clean(text, &r.marks)
	if r.text == "" {
		return Redirect{}, &Error{Kind: Empty}
	}
	r.findAddresses(r.text)
	if !r.hasCode() {
		r.readLabels()
	}
	return r.judge()
}
