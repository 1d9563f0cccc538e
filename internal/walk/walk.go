// Package walk is a seller's way from "my guide asks for a code" to having
// what the guide asks for: what is known, what is missing, which step follows,
// and when things run out.
//
// A [Walk] holds everything typed, as typed, so that going back, changing the
// language or meeting an error loses nothing. It knows no window. What it has
// to ask of Amazon it hands out as an [Order], which runs in the background.
//
//   - walk.go has the steps and what each needs;
//   - app.go reads the app and makes the link, code.go reads the address that comes
//     back and counts the code's life down;
//   - credentials.go and takeover.go read credentials, boxes.go has a registration
//     screen;
//   - order.go gets the tokens.
package walk

import (
	"errors"
	"slices"
	"time"

	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/setupfile"
	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/lwa"
)

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
	Field value.ID
	// ID is the key of the message. For the app field it is a kind of
	// [paste.Kind], for credentials in the wrong
	// field a [paste.Hint]; otherwise "missing".
	ID string
}

// The inputs that are not one of [value.All].
const (
	FieldApp         value.ID = "app"
	FieldRedirectURI value.ID = "redirect_uri"
	FieldPaste       value.ID = "paste"
)

// Problems lists what a step still needs, in the order of its screen. Oddities
// that may be right all the same are not problems; they are hints
// ([paste.CheckField]).
func (w *Walk) Problems(s Step) []Problem {
	var p []Problem
	need := func(f value.ID, have bool) {
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
		need(value.ClientID, c.ClientID != "")
		need(value.ClientSecret, !c.ClientSecret.IsEmpty())
		p = append(p, w.misplaced()...)
		if w.Visitor == HasToken {
			_, err := paste.FindRefreshToken(w.RefreshToken.Reveal())
			if err != nil {
				p = append(p, Problem{value.RefreshToken, kindOf(err)})
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

// Refresh is the refresh token that the visitor brought (as a bare token or
// inside a whole answer), or the one that Amazon gave.
func (w *Walk) Refresh() (lwa.Secret, error) {
	if !w.Token.Refresh.IsEmpty() {
		return w.Token.Refresh, nil
	}
	return paste.FindRefreshToken(w.RefreshToken.Reveal())
}

func kindOf(err error) string {
	var pasted *paste.Error
	if errors.As(err, &pasted) {
		return pasted.Kind.String()
	}
	return "missing"
}
