package walk

import (
	"slices"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/setupfile"
	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/lwa"
)

// Box is one box of a registration screen.
type Box struct {
	Value value.ID
	// Setup is the box of a provider's setup file, with the provider's label;
	// nil for a built-in layout.
	Setup  *setupfile.Box
	Text   lwa.Secret
	Copied bool
	// Held: it's on the clipboard now.
	Held bool
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

// VisitorOf is who a setup file is for: the seller of a provider's app, or,
// where the registration screen wants tokens or credentials as well, somebody
// with an app of their own. False when the file names no app, so that the
// person has to say what they have in hand.
func VisitorOf(f setupfile.File) (Visitor, bool) {
	if f.ApplicationID == "" {
		return "", false
	}
	for _, b := range f.Boxes {
		if b.Value.GivesAccess() || b.Value == value.ClientID {
			return OwnApp, true
		}
	}
	return Guide, true
}

// Takes reports whether the file can be used in this walk without losing
// anything that was entered: it is for this kind of visitor, and for the same
// app unless no app is named yet.
func (w *Walk) Takes(f setupfile.File) bool {
	v, ok := VisitorOf(f)
	if !ok {
		return w.Visitor != Guide
	}
	return v == w.Visitor && (w.appText == "" || w.app.ApplicationID == f.ApplicationID)
}

// Entered reports whether the walk holds anything that the person entered.
func (w *Walk) Entered() bool {
	return w.appText != "" || w.ClientID != "" || !w.ClientSecret.IsEmpty() || !w.RefreshToken.IsEmpty() ||
		!w.pasted.IsEmpty() || !w.Token.Refresh.IsEmpty() || !w.Token.Access.IsEmpty()
}

// Use takes over what a provider's setup file sets: the app, the marketplace,
// and the boxes of the registration screen. What it leaves open stays as it is.
// With a code at hand for the same app, only the registration screen is new:
// the rest is what the code was got with.
func (w *Walk) Use(f setupfile.File) {
	w.setup = &f
	if w.read && w.app.ApplicationID == f.ApplicationID {
		return
	}
	if len(f.Marketplaces) > 0 {
		if m, ok := lwa.FindMarketplace(f.Marketplaces[0]); ok {
			w.Choose(m, f.Vendor)
		}
	}
	if f.Vendor {
		w.Vendor = true
	}
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

// Layout names the boxes of a registration screen.
type Layout string

// The layouts. All but the first are built in.
const (
	// LayoutSetup has the boxes of the walk's setup file.
	LayoutSetup Layout = "setup"
	// LayoutCode is the screen of a provider that has an app of its own: seller
	// ID and OAuth code.
	LayoutCode Layout = "code"
	// LayoutClient is the one of a tool that uses the seller's app: Client ID,
	// client secret and refresh token.
	LayoutClient Layout = "client"
	// LayoutRefresh wants the seller ID and the refresh token.
	LayoutRefresh Layout = "refresh"
)

// values are the boxes of a built-in layout, from top to bottom.
func (l Layout) values() []value.ID {
	switch l {
	case LayoutCode:
		return []value.ID{value.SellerID, value.Code}
	case LayoutClient:
		return []value.ID{value.ClientID, value.ClientSecret, value.RefreshToken}
	case LayoutRefresh:
		return []value.ID{value.SellerID, value.RefreshToken}
	}
	return nil
}

// Layouts returns the layouts to choose from, the usual one first: that of the
// setup file, then the built-in ones that this visitor can fill in. There is
// always at least one.
func (w *Walk) Layouts() []Layout {
	var all []Layout
	if w.setup != nil && len(w.setup.Boxes) > 0 {
		all = append(all, LayoutSetup)
	}
	usual := []Layout{LayoutClient, LayoutRefresh, LayoutCode}
	if w.Visitor == Guide {
		usual = []Layout{LayoutCode, LayoutClient, LayoutRefresh}
	}
	for i, l := range usual {
		if w.canFill(l) || i == 0 && len(all) == 0 && w.nothingFills(usual) {
			all = append(all, l)
		}
	}
	return all
}

func (w *Walk) nothingFills(layouts []Layout) bool {
	return !slices.ContainsFunc(layouts, w.canFill)
}

// canFill reports whether every value of a layout is known, except the seller ID,
// which a seller knows. A spent code is of no use; for one that has only expired the
// seller can get another.
func (w *Walk) canFill(l Layout) bool {
	for _, v := range l.values() {
		if v != value.SellerID && w.value(v).IsEmpty() || v == value.Code && w.spent {
			return false
		}
	}
	return true
}

// Layout is the layout that was chosen or, without a choice that can be filled
// in, the usual one.
func (w *Walk) Layout() Layout {
	all := w.Layouts()
	if slices.Contains(all, w.layout) {
		return w.layout
	}
	return all[0]
}

// ChooseLayout chooses one of [Walk.Layouts].
func (w *Walk) ChooseLayout(l Layout) { w.layout = l }

// Recall takes the registration screen that was saved with an account.
func (w *Walk) Recall(a account.Account) {
	w.layout = Layout(a.Layout)
	if f, err := setupfile.Read([]byte(a.SetupFile)); err == nil {
		w.setup = &f
	}
}

// setupText is the setup file as it is saved with an account; "" for none, and for one
// of practice mode, whose page is gone by the next start.
func (w *Walk) setupText() string {
	if w.setup == nil {
		return ""
	}
	text, err := w.setup.Encode()
	if err != nil {
		return ""
	}
	return string(text)
}

// Boxes are what a tool provider's registration screen asks for at the end of
// this walk, in the chosen layout.
func (w *Walk) Boxes() Boxes {
	var boxes Boxes
	layout := w.Layout()
	if layout == LayoutSetup {
		for i := range w.setup.Boxes {
			b := &w.setup.Boxes[i]
			boxes = append(boxes, Box{Value: b.Value, Text: w.value(b.Value), Setup: b})
		}
		return boxes
	}
	for _, v := range layout.values() {
		boxes = append(boxes, Box{Value: v, Text: w.value(v)})
	}
	return boxes
}

// value is what goes into a box, empty where it is not known yet.
func (w *Walk) value(v value.ID) lwa.Secret {
	switch v {
	case value.SellerID:
		return lwa.NewSecret(w.redirect.SellerID)
	case value.Code:
		return w.redirect.Code
	case value.RefreshToken:
		refresh, _ := w.Refresh()
		return refresh
	case value.ClientID:
		return lwa.NewSecret(w.Credentials().ClientID)
	case value.ClientSecret:
		return w.Credentials().ClientSecret
	case value.AccessToken:
		return w.Token.Access
	case value.ApplicationID:
		return lwa.NewSecret(w.app.ApplicationID)
	case value.MarketplaceID:
		return lwa.NewSecret(w.Market.ID)
	case value.Region:
		return lwa.NewSecret(string(w.Market.Region))
	case value.Endpoint:
		return lwa.NewSecret(w.endpoint().URL())
	}
	return lwa.Secret{}
}
