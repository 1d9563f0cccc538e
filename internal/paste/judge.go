package paste

import (
	"strings"
	"unicode"

	"github.com/sellerkey/sellerkey/lwa"
)

// judge decides what everything that was read amounts to. The order of the
// questions is the order of their weight: what is dangerous, what Amazon said,
// what the address says, and only then what the bare words look like.
func (r *reading) judge() (Redirect, error) {
	if r.badScheme || r.codeHasBadScheme() {
		return Redirect{}, &Error{Kind: BadScheme}
	}
	if err := r.refusal(); err != nil {
		return Redirect{}, err
	}
	found, err := r.chooseCode()
	if err != nil {
		return Redirect{}, err
	}
	if found != nil && found.generic && found.at.has(nameScope) {
		// Only other products of Login with Amazon send the scope along.
		return Redirect{}, &Error{Kind: LWACode}
	}
	if found != nil {
		return r.accept(found)
	}
	if err := r.namePage(); err != nil {
		return Redirect{}, err
	}
	return r.judgeWords()
}

func (r *reading) codeHasBadScheme() bool {
	for i := range r.addresses {
		a := &r.addresses[i]
		if !isWeb(a.scheme) && (a.known || len(r.addresses) == 1) {
			return true
		}
	}
	return false
}

// refusal is Amazon's "no" in an error=… parameter. It wins over a code
// beside it.
func (r *reading) refusal() *Error {
	for i := range r.addresses {
		a := &r.addresses[i]
		said := a.get(nameError)
		if said == "" && a.get(nameErrorText) == "" {
			continue
		}
		e := &Error{Kind: OAuthError, OAuthError: said, SellerID: plainValue(a.get(nameSellerID)), State: plainValue(a.get(nameState))}
		if code, ok := FindAmazonError(said); ok {
			return &Error{Kind: SellerCentralError, AmazonCode: code, SellerID: e.SellerID, State: e.State}
		}
		if strings.EqualFold(said, "access_denied") {
			e.Kind, e.OAuthError = Denied, "access_denied"
		} else if !isErrorName(said) {
			e.OAuthError = "other"
		}
		return e
	}
	return nil
}

// isErrorName reports an identifier as OAuth defines it (RFC 6749, 4.1.2.1),
// short enough to hold nothing else.
func isErrorName(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && c != '_' {
			return false
		}
	}
	return s != "" && len(s) <= 32
}

// found is the code that was chosen and what belongs to it.
type found struct {
	code            string
	generic         bool
	at              *address // the first that holds it
	sellerID, state string
}

// codeFlaw says why value is no code, "" if it may be one.
func codeFlaw(value string) Kind {
	switch {
	case value == "":
		return EmptyCode
	case strings.Contains(value, "..") && strings.Trim(value, ".") != "", strings.Contains(strings.TrimLeft(value, "*"), "***"):
		return Truncated
	case isCodeTemplate(value) || isSample(value):
		return Placeholder
	case len(value) > maxCode:
		return TooLarge
	}
	return ""
}

// chooseCode finds the one code, and the seller ID and state that came with
// it. A guide's sample or a shortened copy beside a whole address does not
// count; two different codes, states or sellers for one code are refused,
// because taking the first would be a guess about someone's account.
func (r *reading) chooseCode() (*found, error) {
	var f *found
	var flawed *address
	var why Kind
	ambiguous, own := false, r.hasOwnCode()
	for i := range r.addresses {
		a := &r.addresses[i]
		raw, generic := a.code()
		if raw == nil || generic && own {
			continue
		}
		value := codeValue(raw.value)
		if kind := codeFlaw(value); kind != "" {
			if flawed == nil || why == EmptyCode {
				flawed, why = a, kind
			}
			continue
		}
		if f == nil || raw.clash {
			f = &found{code: value, generic: generic, at: a}
		}
		ambiguous = ambiguous || raw.clash || f.code != value
	}
	switch {
	case f != nil:
		agree := r.gather(f, ambiguous)
		if ambiguous || !agree {
			return nil, &Error{Kind: Ambiguous, SellerID: f.sellerID, State: f.state}
		}
		return f, nil
	case flawed != nil:
		return nil, flawed.flawError(why)
	}
	return nil, nil
}

// hasOwnCode reports a code under Amazon's own name, beside which one under
// "code" does not count.
func (r *reading) hasOwnCode() bool {
	for i := range r.addresses {
		if a := &r.addresses[i]; a.has(nameCode) && codeFlaw(codeValue(a.get(nameCode))) == "" {
			return true
		}
	}
	return false
}

// flawError is the error of something that can't be a code. A template says nothing
// anywhere; a run of X may be next to values that are real.
func (a *address) flawError(why Kind) *Error {
	e := &Error{Kind: why}
	if raw, _ := a.code(); why != Placeholder || !isCodeTemplate(codeValue(raw.value)) || strings.Trim(raw.value, ".") == "" {
		e.SellerID, e.State = plainSeller(a), plainValue(a.get(nameState))
	}
	return e
}

// gather collects seller ID and state for a code and reports whether all
// places agree. Pieces of a query without an address of their own fill what is
// missing; another address does not, since it belongs to another walk.
func (r *reading) gather(f *found, anyCode bool) (agree bool) {
	var seller, state, looseSeller, looseState field
	for i := range r.addresses {
		a := &r.addresses[i]
		raw, generic := a.code()
		switch {
		case raw != nil && generic == f.generic && (anyCode || codeValue(raw.value) == f.code):
			merge(&seller, a.fields[nameSellerID], plainSeller(a))
			merge(&state, a.fields[nameState], plainValue(a.get(nameState)))
		case raw == nil && a.host == "" && a.scheme == "" && a.page() == pageOther:
			merge(&looseSeller, a.fields[nameSellerID], plainSeller(a))
			merge(&looseState, a.fields[nameState], plainValue(a.get(nameState)))
		}
	}
	if seller.value == "" {
		seller = looseSeller
	}
	if state.value == "" {
		state = looseState
	}
	if !seller.clash {
		f.sellerID = seller.value
	}
	if !state.clash {
		f.state = state.value
	}
	return !seller.clash && !state.clash
}

func merge(into *field, from field, value string) {
	if !from.set {
		return
	}
	into.put(value)
	into.clash = into.clash || from.clash
}

// codeValue takes blanks and control characters out of a code: none belongs
// there, and a line break that hid behind an escape would spoil it.
func codeValue(s string) string {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7f {
			return strings.Map(func(r rune) rune {
				if unicode.IsSpace(r) || isInvisible(r) {
					return -1
				}
				return r
			}, s)
		}
	}
	return s
}

// accept makes the result and says what is odd about it.
func (r *reading) accept(f *found) (Redirect, error) {
	m := &r.marks
	if f.generic && !f.at.labelled {
		m.add(GenericCodeParam)
	}
	if a := f.at; !a.labelled {
		switch {
		case a.scheme == "http":
			m.add(NotHTTPS)
		case a.host == "" && strings.HasPrefix(a.path, "/"):
			m.add(PathOnly)
		case a.host == "" && a.path == "" && a.scheme == "":
			m.add(QueryOnly)
		}
	}
	if isLogLine(r.text) {
		m.add(LogLine)
	}
	code := f.code
	if rest, ok := strings.CutSuffix(code, f.sellerID); ok && rest != "" {
		code = rest // the line break between the two was lost
	}
	return r.result(code, f.sellerID, f.state)
}

// namePage names what the addresses are that hold no code, and what Amazon's
// page says around them.
func (r *reading) namePage() *Error {
	pages := map[page]*address{}
	for i := range r.addresses {
		a := &r.addresses[i]
		p := a.page()
		if p == pageLogin {
			return a.loginError()
		}
		pages[p] = a
	}
	if a := pages[pageTokens]; a != nil {
		return &Error{Kind: TokensInURL, SellerID: plainSeller(a), State: plainValue(a.get(nameState))}
	}
	if code, ok := FindAmazonError(r.text); ok {
		return &Error{Kind: SellerCentralError, AmazonCode: code}
	}
	if kind, ok := FindPage(r.text); ok {
		return &Error{Kind: kind}
	}
	if a := pages[pageConsent]; a != nil && pages[pageSignIn] == nil && pages[pageConfirm] == nil && r.isMalformed(a) {
		return &Error{Kind: MalformedConsent}
	}
	for _, named := range []struct {
		page page
		kind Kind
	}{
		{pageLWA, LWALink}, {pageSignIn, SignInPage}, {pageConfirm, ConfirmPage}, {pageConsent, ConsentLink}, {pageCentral, OtherPage},
	} {
		if pages[named.page] != nil {
			return &Error{Kind: named.kind}
		}
	}
	return nil
}

// isMalformed reports a consent link that Amazon cannot read as it stands: it
// answers MD1000, MD4010 or MD9999 to a second "?", to "&amp;" and to a missing
// application ID. A line break does no harm, the browser drops it.
func (r *reading) isMalformed(consent *address) bool {
	return consent.questions > 0 || consent.get(nameApplicationID) == "" || consent.unnamedID || r.marks.has(HTMLEscaped)
}

// loginError describes the hop to the app's login URI.
func (a *address) loginError() *Error {
	e := &Error{Kind: UntrustedCallback, SellerID: plainSeller(a), State: plainValue(a.get(nameState))}
	l := &lwa.LoginURI{
		CallbackURI: a.get(nameCallback),
		AmazonState: lwa.NewSecret(a.get(nameAmazonState)),
		SellerID:    e.SellerID,
		Draft:       strings.EqualFold(a.get(nameVersion), "beta"),
	}
	// Any genuine host will do here: the question is whether the callback is
	// Amazon's, and a relative one is.
	if _, err := l.ConfirmURL("sellercentral.amazon.com", "", "", false); err == nil {
		e.Kind, e.Login = LoginURI, l
	}
	return e
}

// isLogLine reports a line of a server's log.
func isLogLine(text string) bool {
	for _, verb := range []string{"GET /", "POST /", "HEAD /"} {
		if strings.Contains(text, verb) {
			return true
		}
	}
	return strings.Contains(text, " HTTP/1.") || strings.Contains(text, " HTTP/2")
}
