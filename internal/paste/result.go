package paste

import (
	"crypto/subtle"
	"strings"

	"github.com/sellerkey/sellerkey/lwa"
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
	// State is the state as it came back, not compared yet:
	// see [Redirect.CheckState].
	State string
	// Warnings are what is odd about a paste that can be used all the same.
	Warnings []Warning
}

// CheckState compares the state that came back with the one that was sent out,
// in a time that does not depend on where they differ. It is nil when issued
// is empty, because then there is nothing to compare with; otherwise the error
// is a [*Error] of kind [StateMissing] or [StateMismatch].
//
// ParseRedirect can't check the state, because it doesn't know the one that was
// sent. Call CheckState with the state of the authorization link before using the
// code: a code of another walk may belong to another seller.
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

// plainSeller is the seller ID of an address, "" if it is a sample or cut.
func plainSeller(a *address) string {
	s := a.get(nameSellerID)
	if s == "" || !isWordByte(s[0]) || isSample(s) {
		return ""
	}
	return s
}

// plainValue is a value, "" if it is a template or nothing but dots. A run of
// X stays: a state may be anything, and some guides have a fixed one.
func plainValue(s string) string {
	if isTemplate(s) {
		return ""
	}
	return s
}

// result is the end of every good reading: it adds what the values
// themselves give cause to remark. All of it is soft, since Amazon documents
// the form of none of the values.
func (r *reading) result(code, sellerID, state string) (Redirect, error) {
	m := &r.marks
	switch shape := Classify(sellerID); {
	case sellerID == "":
		m.add(NoSellerID)
	case shape != ShapeSellerID && shape != ShapeVendorGroup:
		m.add(SellerIDUnusual)
	}
	if state == "" {
		m.add(NoState)
	}
	switch kind := tokenAt(code); {
	case kind != ShapeUnknown:
		m.add(LooksLikeToken)
	case len(code) != codeLen || !isAlnum(code):
		m.add(CodeUnusual)
		fallthrough
	default:
		if strings.Contains(r.text, "At") && findCredentials(r.text).anyToken() {
			m.add(TokensInText)
		}
	}
	if isAmazonsExample(code) {
		m.add(SampleValue)
	}
	return Redirect{Code: lwa.NewSecret(code), SellerID: sellerID, State: state, Warnings: m.list()}, nil
}
