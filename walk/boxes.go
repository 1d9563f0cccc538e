package walk

import (
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/setupfile"
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
	Value Value
	// Setup is the box of a provider's setup file, with the provider's label;
	// nil for a built-in layout.
	Setup  *setupfile.Box
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

// Use takes over what a provider's setup file sets: the app, the marketplace,
// and the boxes of the registration screen. What it leaves open stays as it is.
func (w *Walk) Use(f setupfile.File) {
	w.setup = &f
	if len(f.Marketplaces) > 0 {
		if m, ok := lwa.FindMarketplace(f.Marketplaces[0]); ok {
			w.Choose(m, f.Vendor)
		}
	}
	w.Vendor = f.Vendor
	if f.ApplicationID == "" {
		return
	}
	link := f.Link()
	if link.Host == "" {
		link.Host = w.Host()
	}
	_ = w.ReadApp(link.URL())
}

// Setup is the provider's setup file that this walk uses; nil without one.
func (w *Walk) Setup() *setupfile.File { return w.setup }

// Boxes are what a tool provider's registration screen asks for at the end of
// this walk: those of the setup file or, without one, the usual ones.
func (w *Walk) Boxes() Boxes {
	if w.setup != nil && len(w.setup.Boxes) > 0 {
		var boxes Boxes
		for i := range w.setup.Boxes {
			b := &w.setup.Boxes[i]
			boxes = append(boxes, Box{Value: Value(b.Value), Text: w.value(Value(b.Value)), Setup: b})
		}
		return boxes
	}
	seller := Box{Value: ValueSellerID, Text: lwa.NewSecret(w.redirect.SellerID)}
	if w.Visitor == Guide {
		return Boxes{seller, {Value: ValueCode, Text: w.redirect.Code}}
	}
	return Boxes{seller, {Value: ValueRefreshToken, Text: w.value(ValueRefreshToken)}}
}

// value is what goes into a box, empty where it is not known yet.
func (w *Walk) value(v Value) lwa.Secret {
	switch v {
	case ValueSellerID:
		return lwa.NewSecret(w.redirect.SellerID)
	case ValueCode:
		return w.redirect.Code
	case ValueRefreshToken:
		refresh, _ := w.Refresh()
		return refresh
	case ValueClientID:
		return lwa.NewSecret(w.Credentials().ClientID)
	case ValueClientSecret:
		return w.Credentials().ClientSecret
	case ValueAccessToken:
		return w.Token.Access
	}
	return lwa.Secret{}
}
