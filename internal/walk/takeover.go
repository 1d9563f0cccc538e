package walk

import (
	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/lwa"
)

// TakeOver reads a text that was pasted into a field. If it holds more than
// that field's value, everything in it goes where it belongs, over what was
// there, and TakeOver reports true; see [Walk.Taken] for what it was. Of several
// refresh tokens none is chosen; that is for [Walk.ChooseToken]. Keys of a sandbox app
// make it the walk of one, except beside a code, which no sandbox app gets.
func (w *Walk) TakeOver(text string) bool {
	f, ok := w.Find(text)
	if !ok {
		return false
	}
	values := len(f.Refresh) + len(f.Several)
	for _, found := range []bool{f.ClientID != "", !f.ClientSecret.IsEmpty(), f.SellerID != "", f.MarketplaceID != ""} {
		if found {
			values++
		}
	}
	if f.ClientID == "" && f.ClientSecret.IsEmpty() && len(f.Refresh)+len(f.Several) == 0 || values < 2 {
		return false
	}
	w.taken = &f
	if f.Sandbox && (w.Visitor == HasToken || w.Visitor == OwnApp && !w.read) {
		w.UseSandbox(true)
	}
	w.takeApp(f)
	if f.SellerID != "" && w.Visitor == HasToken {
		w.SetSellerID(f.SellerID)
	}
	w.takeMarket(f.MarketplaceID, f.Region)
	if w.Visitor == HasToken && len(f.Refresh) > 0 {
		w.RefreshToken = lwa.Secret{}
		if len(f.Refresh) == 1 {
			w.ChooseToken(0)
		}
	}
	return true
}

// takeApp takes the client ID and the client secret that were found.
func (w *Walk) takeApp(f paste.Found) {
	if f.ClientID != "" {
		w.ClientID = f.ClientID
	}
	if !f.ClientSecret.IsEmpty() {
		w.ClientSecret = f.ClientSecret
	}
}

// Find reads credentials from a text without taking any.
func (w *Walk) Find(text string) (paste.Found, bool) {
	f, err := paste.FindCredentials(text)
	return f, err == nil
}

// PutAway puts credentials that were pasted on another step where they belong,
// even a single one, and forgets that paste. It reports whether it did: a refresh
// token belongs to another walk.
func (w *Walk) PutAway() bool {
	f, err := paste.FindCredentials(w.Pasted())
	if err != nil || w.Visitor != OwnApp || f.ClientID == "" && f.ClientSecret.IsEmpty() {
		return false
	}
	w.takeApp(f)
	w.ForgetPaste()
	return true
}

// Taken is what [Walk.TakeOver] last found; false before that.
func (w *Walk) Taken() (paste.Found, bool) {
	if w.taken == nil {
		return paste.Found{}, false
	}
	return *w.taken, true
}

// ChooseToken takes one of several refresh tokens, with a marketplace of its
// region.
func (w *Walk) ChooseToken(i int) {
	t := w.taken.Refresh[i]
	w.RefreshToken = t.Token
	w.takeMarket(w.taken.MarketplaceID, t.Region)
}

// Chosen is the index of the refresh token that was taken, -1 for none.
func (w *Walk) Chosen() int {
	for i, t := range w.taken.Refresh {
		if t.Token.Equal(w.RefreshToken) {
			return i
		}
	}
	return -1
}

// takeMarket chooses the marketplace that a text names or, if the present one is
// in another region, the first of the region.
func (w *Walk) takeMarket(id, region string) {
	m, ok := lwa.FindMarketplace(id)
	if ok && (region == "" || string(m.Region) == region) {
		w.Choose(m, w.Vendor)
		return
	}
	if home := lwa.Region(region).Home(); home.Code != "" && home.Region != w.Market.Region {
		w.Choose(home, w.Vendor)
	}
}

// MissingCredentials names the values that this visitor still needs after a
// take-over.
func (w *Walk) MissingCredentials() []value.ID {
	var missing []value.ID
	for _, p := range w.Problems(StepCredentials) {
		if p.ID == "missing" || p.ID == paste.Empty.String() {
			missing = append(missing, p.Field)
		}
	}
	return missing
}
