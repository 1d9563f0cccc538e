// Package walk is a seller's way from "my guide asks for a code" to having
// what the guide asks for: what is known, what is missing, which step follows,
// and when things run out.
//
// A [Walk] holds everything typed, as typed, so that going back, changing the
// language or meeting an error loses nothing. It knows no window. What it has
// to ask of Amazon it hands out as an [Order], which runs in the background.
package walk

import (
	"errors"
	"net/url"
	"slices"
	"time"

	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/setupfile"
	"github.com/sellerkey/sellerkey/lwa"
)

// CodeLife is how long Amazon keeps a code
// (https://developer-docs.amazon.com/sp-api/docs/website-authorization-workflow).
// The app learns of the code when it is pasted, so what it counts down is the
// most that can be left.
const CodeLife = 5 * time.Minute

// Visitor is who came, by what they have in hand.
type Visitor string

// The visitors.
const (
	// Guide came with a tool provider's link, and leaves with a code and a
	// seller ID typed into the provider's registration screen.
	Guide Visitor = "guide"
	// OwnApp came with an application of their own, and leaves with tokens.
	OwnApp Visitor = "own_app"
	// HasToken came with a refresh token, and leaves with access tokens.
	HasToken Visitor = "has_token"
)

// Step is one screen of the walk.
type Step string

// The steps, in the order in which they can come.
const (
	StepApp         Step = "app"
	StepConsent     Step = "consent"
	StepPaste       Step = "paste"
	StepCredentials Step = "credentials"
	StepTokens      Step = "tokens"
	StepRegister    Step = "register"
)

// Steps returns the visitor's steps in order.
func (v Visitor) Steps() []Step {
	switch v {
	case Guide:
		return []Step{StepApp, StepConsent, StepPaste, StepRegister}
	case HasToken:
		return []Step{StepCredentials, StepTokens}
	default:
		return []Step{StepApp, StepConsent, StepPaste, StepCredentials, StepTokens}
	}
}

// Walk is one seller's walk. Make one with [New]. It is not safe for
// concurrent use: it belongs to the window's goroutine.
type Walk struct {
	Visitor Visitor

	// What the person chose or typed.
	Market lwa.Marketplace
	Vendor bool
	Draft  bool
	// Sandbox: the app is a sandbox app. The visitor is [HasToken] then.
	Sandbox     bool
	RedirectURI string
	// ReturnPage: the owner of the app has put the return page there.
	ReturnPage bool
	ClientID   string
	// Secret values as typed, not tidied; see [Walk.Credentials].
	ClientSecret, RefreshToken lwa.Secret
	// SecretMadeAt is when the client secret was made, zero when unknown.
	SecretMadeAt date.Date

	// accepted: the tool provider has taken code and seller ID.
	accepted bool

	// AccountID names the saved account that this walk authorizes again; ""
	// for a new one.
	AccountID string

	// Shop is the name of the seller's shop where another account of it is known.
	Shop string

	// taken is what [Walk.TakeOver] found; nil before.
	taken *paste.Found

	// Token is what Amazon gave; empty before.
	Token lwa.Token

	now   func() time.Time
	step  Step
	setup *setupfile.File
	// layout is the one that was chosen; "" for none.
	layout Layout

	appText string
	app     lwa.ConsentLink
	appErr  error
	// host is a genuine Amazon host of the guide's link that is not the chosen
	// marketplace's usual one (sellercentral.amazon.de); "" otherwise.
	host string

	// of is the app of the current attempt, see [Walk.ReadApp].
	of attemptOf
	// aside is an attempt whose code was still good when another app was typed.
	aside *attempt

	// state of the current attempt; ours unless the guide's link brought one.
	state string
	// issued is the state that the pasted address must carry: that of the link
	// which was opened or copied here or, for a guide's link, the one written in
	// it. "" while no state is known.
	issued   string
	pasted   lwa.Secret
	redirect paste.Redirect
	// readErr is why the pasted text is no redirect, pasteErr why it cannot be
	// used; read: it can. matched: its state was compared and is the right one.
	readErr, pasteErr error
	read, matched     bool
	// code is the last one that was read, readAt and spent are about it. They
	// outlive the paste: a code that was used stays used when it is pasted again.
	code   lwa.Secret
	readAt time.Time
	spent  bool
}

// New starts a walk at its first step.
func New(v Visitor, market lwa.Marketplace, now func() time.Time) *Walk {
	w := &Walk{Visitor: v, Market: market, now: now}
	w.step = v.Steps()[0]
	_, w.appErr = paste.ParseApp("")
	w.state = lwa.NewState()
	return w
}

// Step returns the step that is showing.
func (w *Walk) Step() Step { return w.step }

// Done reports whether a step has all it needs.
func (w *Walk) Done(s Step) bool {
	switch s {
	case StepTokens:
		return !w.Token.Access.IsEmpty()
	case StepConsent:
		return w.read
	case StepRegister:
		return w.accepted
	default:
		return len(w.Problems(s)) == 0
	}
}

// Problem is something that keeps a step from being finished: the input, and
// the identifier of what to say about it.
type Problem struct {
	Field lwa.Value
	// ID is the key of the message. For the app field it is a kind of
	// [paste.Kind], for credentials in the wrong
	// field a [paste.Hint]; otherwise "missing".
	ID string
}

// The inputs that are not one of [lwa.Values].
const (
	FieldApp         lwa.Value = "app"
	FieldRedirectURI lwa.Value = "redirect_uri"
	FieldPaste       lwa.Value = "paste"
)

// Problems lists what a step still needs, in the order of its screen. Oddities
// that may be right all the same are not problems; they are hints
// ([paste.CheckField]).
func (w *Walk) Problems(s Step) []Problem {
	var p []Problem
	need := func(f lwa.Value, have bool) {
		if !have {
			p = append(p, Problem{f, "missing"})
		}
	}
	switch s {
	case StepApp:
		if w.appErr != nil {
			p = append(p, Problem{FieldApp, kindOf(w.appErr)})
		}
		if w.RedirectURI != "" {
			if err := paste.CheckRedirectURI(w.RedirectURI); err != nil {
				p = append(p, Problem{FieldRedirectURI, kindOf(err)})
			}
		}
	case StepPaste:
		if err := w.PasteError(); err != nil {
			p = append(p, Problem{FieldPaste, kindOf(err)})
		}
	case StepCredentials:
		c := w.Credentials()
		need(lwa.ValueClientID, c.ClientID != "")
		need(lwa.ValueClientSecret, !c.ClientSecret.IsEmpty())
		p = append(p, w.misplaced()...)
		if w.Visitor == HasToken {
			_, err := paste.FindRefreshToken(w.RefreshToken.Reveal())
			if err != nil {
				p = append(p, Problem{lwa.ValueRefreshToken, kindOf(err)})
			}
		}
	}
	return p
}

// Next goes to the following step if the present one has what it needs, and
// over steps whose answers are known already. It reports whether it moved.
func (w *Walk) Next() bool {
	if len(w.Problems(w.step)) > 0 {
		return false
	}
	steps := w.Visitor.Steps()
	for i := slices.Index(steps, w.step) + 1; i < len(steps); i++ {
		if steps[i] == StepCredentials && w.Done(StepCredentials) {
			continue
		}
		w.step = steps[i]
		return true
	}
	return false
}

// PassPaste goes on from an address that leaves nothing to look at: its state is
// that of the link, and it has a seller ID. Not to the tokens: only a press asks
// for those. It reports whether it moved.
func (w *Walk) PassPaste() bool {
	next := *w
	if w.step != StepPaste || !w.matched || w.redirect.SellerID == "" || w.CodeDead() || !next.Next() || next.step == StepTokens {
		return false
	}
	w.step = next.step
	return true
}

// Back goes to the step before and reports whether there was one. A step that
// was skipped on the way is shown on the way back, so that its entries can be
// corrected.
func (w *Walk) Back() bool {
	steps := w.Visitor.Steps()
	i := slices.Index(steps, w.step)
	if i <= 0 {
		return false
	}
	w.step = steps[i-1]
	return true
}

// CanGoTo reports whether a step lies open: every step before it has what it
// needs.
func (w *Walk) CanGoTo(s Step) bool {
	steps := w.Visitor.Steps()
	to := slices.Index(steps, s)
	if to < 0 {
		return false
	}
	for _, before := range steps[:to] {
		if before != StepConsent && len(w.Problems(before)) > 0 {
			return false
		}
	}
	return true
}

// GoTo shows a step if it lies open; otherwise it does nothing and returns
// false.
func (w *Walk) GoTo(s Step) bool {
	if !w.CanGoTo(s) {
		return false
	}
	w.step = s
	return true
}

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

// change begins an attempt for another app, or takes up the one set aside.
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

// App is the application ID that was read, or the reason why there is none.
func (w *Walk) App() (string, error) { return w.app.ApplicationID, w.appErr }

// AppIsLink reports whether the smart field holds a whole link, whose settings
// were taken over.
func (w *Walk) AppIsLink() bool { return w.appErr == nil && w.app.Host != "" }

// AppIsUnusual reports an application ID in none of the known forms, such as one
// that lost a character.
func (w *Walk) AppIsUnusual() bool { return w.appErr == nil && w.app.Unusual }

// takeHost chooses the marketplace of a link's host. Five European stores
// share one host: the chosen one stays when it is among them.
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

// SetSellerID adds the seller ID by hand when the pasted text had none.
func (w *Walk) SetSellerID(id string) { w.redirect.SellerID = id }

// StateMatches reports whether the pasted address carries the state of the link
// that was opened. It is false as well where no state is known to compare with;
// a wrong state is a [Walk.PasteError].
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

// CodeLive reports that there is a code which can still be used, and is of use:
// leaving the walk now would lose it.
func (w *Walk) CodeLive() bool {
	left, ok := w.CodeLeft()
	return ok && left > 0 && w.Token.Access.IsEmpty() && !w.accepted
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

// CodeDead reports that the code is of no use any more, so that only a new
// attempt helps.
func (w *Walk) CodeDead() bool {
	left, ok := w.CodeLeft()
	return ok && left == 0
}

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

// Refresh is the refresh token that the visitor brought (as a bare token or
// inside a whole answer), or the one that Amazon gave.
func (w *Walk) Refresh() (lwa.Secret, error) {
	if !w.Token.Refresh.IsEmpty() {
		return w.Token.Refresh, nil
	}
	return paste.FindRefreshToken(w.RefreshToken.Reveal())
}

// SellerID is the seller ID as far as it is known.
func (w *Walk) SellerID() string { return w.redirect.SellerID }

func kindOf(err error) string {
	var pasted *paste.Error
	if errors.As(err, &pasted) {
		return pasted.Kind.String()
	}
	return "missing"
}
