package walk

import (
	"github.com/sellerkey/sellerkey/lwa"
)

// Value names what can be typed into a registration screen.
type Value string

// The values that a registration screen can ask for.
const (
	ValueSellerID     Value = "seller_id"
	ValueCode         Value = "code"
	ValueRefreshToken Value = "refresh_token"
	ValueClientID     Value = "client_id"
	ValueClientSecret Value = "client_secret"
	ValueAccessToken  Value = "access_token"
)

// IsSecret reports whether the value is to be masked, and taken off the
// clipboard again.
func (v Value) IsSecret() bool { return v != ValueSellerID && v != ValueClientID }

// Box is one box of a registration screen.
type Box struct {
	Value  Value
	Text   lwa.Secret
	Copied bool
}

// Boxes are the boxes of a registration screen in their order.
type Boxes []Box

// Next is the index of the box to copy now: the first that was not copied and
// has something in it; -1 when all are done.
func (b Boxes) Next() int {
	for i, box := range b {
		if !box.Copied && !box.Text.IsEmpty() {
			return i
		}
	}
	return -1
}

// Boxes are what a tool provider's registration screen asks for at the end of
// this walk.
func (w *Walk) Boxes() Boxes {
	seller := Box{Value: ValueSellerID, Text: lwa.NewSecret(w.redirect.SellerID)}
	if w.Visitor == Guide {
		return Boxes{seller, {Value: ValueCode, Text: w.redirect.Code}}
	}
	refresh, _ := w.Refresh()
	return Boxes{seller, {Value: ValueRefreshToken, Text: refresh}}
}
