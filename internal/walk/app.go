package walk

import (
	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/lwa"
)

// AppText is the smart field as typed.
func (w *Walk) AppText() string { return w.appText }

// attemptOf says which app an attempt is for: its ID, and the state that the
// guide's link brought.
type attemptOf struct{ id, state string }

// attempt is one trip to Amazon's page and back.
type attempt struct {
	of            attemptOf
	state, issued string
	pasted        lwa.Secret
}

// ReadApp takes the smart field: an application ID or a whole consent link. A
// link also sets marketplace, seller or vendor, draft, redirect URI and the
// check value, because the provider wrote it as the app needs it. Another app
// begins another attempt; while the code of the former one is good, that one
// comes back with its app.
func (w *Walk) ReadApp(text string) error {
	if text == w.appText && w.app.ApplicationID != "" {
		return w.appErr
	}
	w.appText = text
	link, err := paste.ParseApp(text)
	if err == nil && link.Host != "" {
		w.takeHost(link.Host)
		w.Draft = link.Draft
		w.RedirectURI = link.RedirectURI
	}
	w.app, w.appErr = link, err
	if of := (attemptOf{link.ApplicationID, link.State}); err == nil && of != w.of {
		w.change(of)
	}
	return err
}

// change begins an attempt for another app, or goes back to the one set aside.
func (w *Walk) change(of attemptOf) {
	if w.read && w.CodeLive() {
		w.aside = &attempt{w.of, w.state, w.issued, w.pasted}
	}
	w.of = of
	back := w.aside
	w.newAttempt()
	if back != nil && back.of == of && w.CodeLive() {
		w.aside, w.state, w.issued = nil, back.state, back.issued
		_ = w.ReadPaste(back.pasted.Reveal())
	}
}

// App is the application ID that was read, or why none was read.
func (w *Walk) App() (string, error) { return w.app.ApplicationID, w.appErr }

// AppIsLink reports whether the smart field holds a whole link, whose settings
// were taken over.
func (w *Walk) AppIsLink() bool { return w.appErr == nil && w.app.Host != "" }

// AppIsUnusual reports an application ID in none of the known forms, such as one
// that lost a character.
func (w *Walk) AppIsUnusual() bool { return w.appErr == nil && w.app.Unusual }

// takeHost chooses the marketplace of a link's host. Five European stores share one
// host: if the chosen one is among them, it stays.
func (w *Walk) takeHost(host string) {
	w.host = ""
	for _, vendor := range []bool{w.Vendor, !w.Vendor} {
		if w.Market.Host(vendor) == host {
			w.Vendor = vendor
			return
		}
	}
	for _, m := range lwa.Marketplaces() {
		for _, vendor := range []bool{false, true} {
			if m.Host(vendor) == host {
				w.Market, w.Vendor = m, vendor
				return
			}
		}
	}
	w.host = host
}

// Choose sets the marketplace, and whether Seller or Vendor Central is meant.
func (w *Walk) Choose(m lwa.Marketplace, vendor bool) {
	if m == w.Market && vendor == w.Vendor {
		return
	}
	w.Market, w.Vendor, w.host = m, vendor, ""
}

// Host is where the permission page of this walk is.
func (w *Walk) Host() string {
	if w.host != "" {
		return w.host
	}
	return w.Market.Host(w.Vendor)
}

// Link is the consent link of the present attempt. Its state is the guide's,
// or 128 random bits that serve for one attempt.
func (w *Walk) Link() (lwa.ConsentLink, error) {
	if w.appErr != nil {
		return lwa.ConsentLink{}, w.appErr
	}
	return lwa.ConsentLink{
		Host:          w.Host(),
		ApplicationID: w.app.ApplicationID,
		State:         w.state,
		RedirectURI:   w.RedirectURI,
		Draft:         w.Draft,
	}, nil
}

// HandedOut records that the link was opened or copied. From now on the address
// that comes back must carry its state, and so must one that was pasted before.
func (w *Walk) HandedOut() {
	w.aside = nil
	w.issue(w.state)
}

// issue sets the state to compare with, and compares again.
func (w *Walk) issue(state string) {
	w.issued = state
	if !w.pasted.IsEmpty() {
		w.judge()
	}
}

// UseSandbox turns the walk into that of a sandbox app, or back into one of a
// refresh token for production. Nobody authorizes a sandbox app: its credentials and
// its refresh token come from the developer console
// (https://developer-docs.amazon.com/sp-api/docs/sp-api-sandbox).
func (w *Walk) UseSandbox(on bool) {
	w.Sandbox = on
	if on && w.Visitor != HasToken {
		w.Visitor, w.step, w.aside = HasToken, StepCredentials, nil
		w.newAttempt()
	}
}

// endpoint is where the SP-API will take the walk's tokens.
func (w *Walk) endpoint() lwa.Endpoint {
	return lwa.Endpoint{Region: w.Market.Region, Sandbox: w.Sandbox}
}

// StartOver drops code and paste and goes back to Amazon's page with a new
// state; everything else stays.
func (w *Walk) StartOver() {
	w.aside = nil
	w.newAttempt()
	w.Token = lwa.Token{}
	w.step = StepConsent
}

func (w *Walk) newAttempt() {
	w.accepted = false
	w.ForgetPaste()
	w.state, w.issued = w.app.State, w.app.State
	if w.state == "" {
		w.state = lwa.NewState()
	}
}
